"""The reader's page of a whole report in a real browser: found, stepped through, cited, printed."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from index.library import Library
from tests.browser.conftest import Opener, Theme, start
from tests.browser.looks import in_every_look, unfit
from ui.bootstrap import build_service

REPORT = "CTOC/COP/2012/10"
QUOTE = "2011年，各参加国缉获了9,219公斤可卡因"


@pytest.fixture
def address(server_url: str) -> str:
    return f"{server_url}/documents/CTOC%2FCOP%2F2012%2F10"


@pytest.fixture
def reader(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator(".search")).to_be_visible()
    return page


def test_the_contents_lead_to_the_first_paragraph_of_each_section(reader: Page) -> None:
    links = reader.locator(".contents a")
    assert links.all_inner_texts() == reader.locator("article h2").all_inner_texts()
    links.nth(4).click()
    heading = reader.locator("article h2").nth(4)
    expect(heading).to_have_text("五. 改进执法合作和机构间协调")
    target = reader.locator(":target")
    expect(target).to_be_in_viewport()
    assert target.evaluate("one => one.previousElementSibling.tagName") == "H2"


def test_what_is_searched_is_counted_and_stepped_through_in_the_text(reader: Page) -> None:
    field, place = reader.locator(".search input"), reader.locator(".search p")
    field.fill("可卡因")
    expect(place).to_have_text("1 of 2")
    found = "[...CSS.highlights.get('found')].map((range) => range.toString())"
    assert reader.evaluate(found) == ["可卡因", "可卡因"]
    here = "[...CSS.highlights.get('found-here')][0].startContainer.parentElement.parentElement.id"
    assert reader.evaluate(here) == "27"
    field.press("Enter")
    expect(place).to_have_text("2 of 2")
    assert reader.evaluate(here) == "29"
    expect(reader.locator('[id="29"]')).to_be_in_viewport()
    reader.locator("[data-move='1']").click()
    expect(place).to_have_text("1 of 2")
    field.fill("<b>.*")
    expect(place).to_have_text("Nothing found")
    assert reader.evaluate("CSS.highlights.get('found').size") == 0


def test_the_keys_go_from_paragraph_to_paragraph_but_not_while_one_writes(reader: Page) -> None:
    reader.evaluate("location.hash = '29'")
    reader.keyboard.press("j")
    expect(reader.locator(":target")).to_have_id("30")
    reader.keyboard.press("k")
    reader.keyboard.press("k")
    expect(reader.locator(":target")).to_have_id("28")
    expect(reader.locator(":target")).to_be_in_viewport()
    reader.keyboard.press("/")
    reader.keyboard.type("jk")
    expect(reader.locator(".search input")).to_have_value("jk")
    expect(reader.locator(":target")).to_have_id("28")


def test_an_address_with_a_quote_before_its_label_marks_it(page: Page, address: str) -> None:
    page.goto(f"{address}?quote=97-{97 + len(QUOTE)}#29")
    expect(page.locator("mark")).to_have_text(QUOTE)
    expect(page.locator("mark")).to_be_in_viewport()
    page.goto(f"{address}?quote=97-99999#29")
    expect(page.locator(":target")).to_have_id("29")
    expect(page.locator("mark")).to_have_count(0)


def test_a_citation_is_copied_in_each_form(reader: Page, address: str) -> None:
    paragraph = reader.locator('[id="25(a)"]')
    paragraph.locator(".citations > summary").click()
    menu = paragraph.locator(".citations")
    expected = {
        "UN style": "CTOC/COP/2012/10, para. 25 (a).",
        "Plain text": f"CTOC/COP/2012/10, para. 25 (a), {address}#25(a)",
        "Markdown": f"](<{address}#25(a)>)",
        "BibTeX": "  number = {CTOC/COP/2012/10},",
    }
    for name, text in expected.items():
        menu.get_by_role("button", name=name).click()
        expect(menu.locator("[role=status]")).to_contain_text("Copied")
        reader.wait_for_function(
            "text => navigator.clipboard.readText().then((got) => got.includes(text))", arg=text
        )
    reader.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="BibTeX")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_on_paper_there_is_the_report_and_nothing_round_it(reader: Page) -> None:
    reader.emulate_media(media="print")
    for hidden in ("header.site", ".beside", ".original", ".citations >> nth=0"):
        expect(reader.locator(hidden)).to_be_hidden()
    expect(reader.locator('[id="29"] > p')).to_be_visible()
    expect(reader.locator("h1")).to_be_visible()


def test_a_long_report_opens_at_its_marked_paragraph(
    page: Page, library: Library, tmp_path: Path
) -> None:
    rows = [
        {"doc_id": "LONG", "passage_id": str(n), "lang": "en", "title": "Long", "text": text}
        for n in range(1, 3001)
        # Few different texts, since each is embedded once.
        for text in ["The only one." if n == 77 else "It says more than one line. " * (n % 9 + 1)]
    ]
    path = tmp_path / "long.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    library.add(path)
    page.goto(start(build_service(library), tmp_path, []) + "/documents/LONG?quote=0-12#2500")
    expect(page.locator(":target mark")).to_have_text("It says more")
    expect(page.locator(":target mark")).to_be_in_viewport()
    page.locator(".search input").fill("only one")
    expect(page.locator(".search p")).to_have_text("1 of 1")
    expect(page.locator('[id="77"]')).to_be_in_viewport()


def test_a_hostile_report_shows_as_text(page: Page, hostile_url: str, hostile_text: str) -> None:
    page.goto(f"{hostile_url}/documents")
    page.goto(hostile_url + page.locator("main a[href^='/documents/']").first.get_attribute("href"))
    expect(page.locator("article")).to_contain_text("<img")
    assert page.locator("article :is(img, script, b, iframe)").count() == 0
    page.locator(".search input").fill("<img")
    expect(page.locator(".search p")).to_contain_text("1 of")
    assert page.evaluate("window.taken") is None


@in_every_look
def test_every_state_fits_and_is_accessible(
    opened: Opener, address: str, theme: Theme, width: int, locale: str
) -> None:
    page = opened(theme=theme, width=width, locale=locale)
    page.goto(f"{address}?paragraph=29&quote=97-118#29")
    expect(page.locator("mark")).to_be_in_viewport()
    assert unfit(page) == []
    page.locator(".search input").fill("可卡因")
    expect(page.locator(".search p")).not_to_be_empty()
    page.locator('[id="29"] .citations > summary').click()
    assert unfit(page) == []
    assert page.evaluate("document.documentElement.dir") == ("rtl" if locale == "ar" else "ltr")


def test_an_arabic_report_runs_from_right_to_left_in_an_english_page(
    page: Page, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "report.ar.txt"
    path.write_text(
        "تقرير اللجنة\n\n1. عقدت اللجنة دورتها.\n\n2. اعتمدت قرارين.\n", encoding="utf-8"
    )
    library.add(path, symbol="A/1", language="ar")
    page.goto(start(build_service(library), tmp_path, []) + "/documents/A%2F1#2")
    assert page.evaluate("document.documentElement.dir") == "ltr"
    label, text = page.locator(":target .label"), page.locator(":target > p")
    assert label.bounding_box()["x"] > text.bounding_box()["x"]
    page.goto(page.url.partition("#")[0] + "#%")
    page.locator(".search input").fill("اللجنة")
    expect(page.locator(".search p")).to_have_text("1 of 2")
