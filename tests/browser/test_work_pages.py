"""The main states of library, question files and quality, pairwise over theme, width, language."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Opener, Theme
from tests.browser.looks import in_every_look, unfit

MEASURED_MILLISECONDS = 60_000


@pytest.fixture(scope="module")
def question_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "to ask.csv"
    rows = ["第29段说什么？,CTOC/COP/2012/10", "第99段说什么？,", ",CTOC/COP/2012/10"]
    path.write_text("question,document\n" + "\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def job_address(browser: Browser, own_server, question_file: Path) -> str:
    """The address of a job that is done; what can be measured has been measured."""
    page = browser.new_page()
    page.goto(f"{own_server.url}/quality")
    page.locator("#measure").click()
    expect(page.locator(".evaluation")).to_have_count(1, timeout=MEASURED_MILLISECONDS)
    page.goto(f"{own_server.url}/questions")
    page.locator("#upload input").set_input_files(question_file)
    page.locator("#start").click()
    expect(page.locator("#job-state[data-state=done]")).to_be_visible()
    address = page.url
    page.close()
    return address


@in_every_look
def test_every_state_fits_and_is_accessible(
    opened: Opener,
    own_server,
    job_address: str,
    question_file: Path,
    theme: Theme,
    width: int,
    locale: str,
) -> None:
    page = opened(theme=theme, width=width, locale=locale)

    def check(state: str) -> None:
        assert unfit(page) == [], state

    page.goto(f"{own_server.url}/documents")
    check("library")
    page.locator("[data-act=rename]").first.click()
    check("a title is changed")
    page.keyboard.press("Escape")
    page.locator("[data-act=remove]").first.click()
    check("a removal is confirmed")

    page.goto(f"{own_server.url}/questions")
    page.locator("#upload input").set_input_files(question_file)
    expect(page.locator("#preview")).to_be_visible()
    check("a question file is previewed")

    page.goto(job_address)
    openers = page.locator("#rows .opener")
    expect(openers).to_have_count(3)
    for opener in openers.all():
        opener.click()
    expect(page.locator("#rows .source mark").first).to_be_visible()
    check("answers with their sources")

    page.goto(f"{own_server.url}/quality")
    expect(page.locator(".evaluation")).to_be_visible()
    check("quality")
    assert page.evaluate("document.documentElement.dir") == ("rtl" if locale == "ar" else "ltr")
