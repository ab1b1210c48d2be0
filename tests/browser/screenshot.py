"""Take the README's pictures of the pages, over a server of its own.

.venv/bin/python -m tests.browser.screenshot
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, OFFLINE_ARGUMENTS, start
from ui.bootstrap import build_service, example_questions, open_library
from ui.settings import load_settings

FOLDER = Path(__file__).resolve().parents[2] / "docs"
EXAMPLES = Path(__file__).resolve().parents[2] / "data" / "questions" / "examples.txt"
MEASURED_MILLISECONDS = 300_000
COCAINE = "2011年集装箱管制方案缉获了多少公斤可卡因？"
CASES = (
    "How many criminal cases did the transnational crime unit of Sierra Leone investigate in 2011?"
)
UNANSWERABLE = "2016年缉获了多少公斤可卡因？"


def take_all(browser: Browser, address: str) -> None:
    """Take every picture."""
    chat = opened(browser, address, locale="zh-CN")
    ask(chat, COCAINE, CASES)
    chat.locator(".answer").last.locator("a.marker").first.click()
    take(chat, "chat")
    refused = opened(browser, address, locale="en-US", theme="dark")
    ask(refused, UNANSWERABLE)
    take(refused, "refusal")
    phone = opened(browser, address, locale="ar", width=390)
    ask(phone, COCAINE)
    take(phone, "phone")
    report = f"{address}/documents/CTOC%2FCOP%2F2012%2F10"
    reader = opened(browser, f"{report}?paragraph=29&quote=97-166#29", locale="zh-CN")
    take(reader, "reader")
    take(opened(browser, f"{address}/documents", locale="fr-FR"), "library")
    questions = opened(browser, f"{address}/questions", locale="en-US")
    questions.locator("#upload input").set_input_files(EXAMPLES)
    questions.locator("#start").click()
    done = questions.locator("#job-state[data-state=done]")
    expect(done).to_be_visible(timeout=MEASURED_MILLISECONDS)
    questions.locator("#rows .opener").first.click()
    questions.locator("#job").evaluate("one => one.scrollIntoView()")
    take(questions, "questions")
    quality = opened(browser, f"{address}/quality", locale="en-US", theme="dark")
    quality.locator("#measure").click()
    expect(quality.locator(".evaluation")).to_have_count(1, timeout=MEASURED_MILLISECONDS)
    take(quality, "quality")


def opened(
    browser: Browser, address: str, *, locale: str, theme: str = "light", width: int = 1280
) -> Page:
    context = browser.new_context(
        locale=locale,
        color_scheme=theme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
    )
    page = context.new_page()
    page.goto(address)
    return page


def ask(page: Page, *questions: str) -> None:
    for number, question in enumerate(questions):
        box = page.locator("#question textarea")
        box.fill(question)
        box.press("Enter")
        page.locator(".answer").nth(number).wait_for()
    page.locator("#next h2").wait_for()


def take(page: Page, name: str) -> None:
    page.wait_for_timeout(800)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        settings = load_settings({"REPORT_QA_DATA": work})
        library = open_library(settings, named=None)
        address = start(build_service(library), Path(work), example_questions())
        FOLDER.mkdir(exist_ok=True)
        take_all(
            playwright.chromium.launch(executable_path=CHROMIUM, args=OFFLINE_ARGUMENTS), address
        )


if __name__ == "__main__":
    main()
