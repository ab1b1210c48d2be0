"""Take the README's picture of the chat page.

Start `make run`, then: .venv/bin/python tests/browser/screenshot.py [ADDRESS]
"""

import sys
from pathlib import Path

from conftest import CHROMIUM, OFFLINE_ARGUMENTS
from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "screenshot.png"
QUESTIONS = (
    "2011年集装箱管制方案缉获了多少公斤可卡因？",
    "How many criminal cases did the transnational crime unit of Sierra Leone investigate?",
)


def take(address: str) -> None:
    """Ask the questions, open the last answer's first source and save the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OFFLINE_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-US")
        page.goto(address)
        for number, question in enumerate(QUESTIONS):
            box = page.locator("#question textarea")
            box.fill(question)
            box.press("Enter")
            page.locator(".answer").nth(number).wait_for()
        page.locator(".answer").last.locator("a.marker").first.click()
        page.wait_for_timeout(1000)
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860")
