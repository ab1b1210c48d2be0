"""The library page in a real browser: every way through it, over the real server and model."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

REPORT = "CTOC/COP/2012/10"
EMBEDDED_MILLISECONDS = 30_000


@pytest.fixture
def page_of_library(page: Page, own_server) -> Page:
    page.goto(f"{own_server.url}/documents")
    return page


def report_file(folder: Path, symbol: str, *sentences: str) -> Path:
    paragraphs = [f"{number}. {text}" for number, text in enumerate(sentences, start=1)]
    path = folder / f"{symbol.replace('/', '-')}.txt"
    path.write_text(f"{symbol}\n\nA report\n\n" + "\n\n".join(paragraphs), encoding="utf-8")
    return path


def item_of(page: Page, document: str) -> Locator:
    return page.locator(f"#listed li[data-document={json.dumps(document)}]")


def test_files_are_added_each_with_what_was_found_in_it_or_why_not(
    page_of_library: Page, own_server, tmp_path: Path
) -> None:
    page = page_of_library
    gap = tmp_path / "gap.txt"
    gap.write_text("A report\n\n1. One.\n\n2. Two.\n\n4. Four.\n", encoding="utf-8")
    bad = tmp_path / "picture.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    good = report_file(tmp_path, "A/60/1", "The road was built.", "It is long.")
    page.locator("#upload input").set_input_files([gap, bad, good])
    uploads = page.locator("#uploads > li")
    expect(uploads).to_have_count(3)
    expect(uploads.nth(2)).to_contain_text("Added", timeout=EMBEDDED_MILLISECONDS)
    expect(uploads.nth(0)).to_contain_text("Paragraphs: 3")
    expect(uploads.nth(0).locator("details")).to_contain_text("Looked odd: 1")
    expect(uploads.nth(0).locator("details li")).to_contain_text("3")
    expect(uploads.nth(1)).to_contain_text("Not added")
    expect(uploads.nth(1).locator(".problem")).to_contain_text("picture.png: found an image")
    expect(uploads.nth(2)).to_contain_text("Nothing looked odd")
    expect(uploads.locator("progress")).to_have_count(0)
    expect(page.locator("#announcement")).to_have_text("A-60-1.txt: Added")
    expect(item_of(page, "A/60/1")).to_contain_text("Paragraphs: 2")
    assert own_server.library.has("A/60/1")
    uploads.nth(2).locator("a").click()
    expect(page).to_have_url(f"{own_server.url}/documents/{quote('A/60/1', safe='')}")


def test_a_file_is_added_by_dropping_it(page_of_library: Page) -> None:
    page = page_of_library
    dropped = page.evaluate_handle(
        """() => {
            const dropped = new DataTransfer();
            dropped.items.add(new File(["A report\\n\\n1. It was dropped.\\n"], "dropped.txt"));
            return dropped;
        }"""
    )
    page.dispatch_event("#upload", "dragover", {"dataTransfer": dropped})
    expect(page.locator("#upload.dragged")).to_be_visible()
    page.dispatch_event("#upload", "drop", {"dataTransfer": dropped})
    expect(page.locator("#upload.dragged")).to_have_count(0)
    expect(item_of(page, "dropped")).to_be_visible(timeout=EMBEDDED_MILLISECONDS)


def test_a_title_is_changed_in_place_with_the_keyboard_alone(
    page_of_library: Page, own_server
) -> None:
    page, before = page_of_library, own_server.library.titles()[REPORT]
    item = item_of(page, REPORT)
    item.locator("[data-act=rename]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Never kept")
    page.keyboard.press("Escape")
    expect(item.locator("[data-act=rename]")).to_be_focused()
    assert own_server.library.titles()[REPORT] == before
    page.keyboard.press("Enter")
    expect(item.locator("form input")).to_have_value(before)
    page.keyboard.type("Technical <b>assistance</b>")
    page.keyboard.press("Enter")
    expect(item.locator("a.title")).to_have_text("Technical <b>assistance</b>")
    expect(item.locator("[data-act=rename]")).to_be_focused()
    assert own_server.library.titles()[REPORT] == "Technical <b>assistance</b>"
    own_server.library.rename(REPORT, before)


def test_a_file_that_is_done_takes_nothing_from_who_writes_a_title(
    page_of_library: Page, tmp_path: Path
) -> None:
    page = page_of_library
    page.get_by_role("checkbox", name=f"Choose {REPORT}").check()
    item_of(page, REPORT).locator("[data-act=rename]").click()
    page.keyboard.type("Half a ti")
    page.locator("#upload input").set_input_files(report_file(tmp_path, "A/60/5", "It was."))
    item_of(page, REPORT).locator("form input").focus()
    expect(item_of(page, "A/60/5")).to_be_visible(timeout=EMBEDDED_MILLISECONDS)
    expect(item_of(page, REPORT).locator("form input")).to_be_focused()
    expect(item_of(page, REPORT).locator("form input")).to_have_value("Half a ti")
    expect(page.get_by_role("checkbox", name=f"Choose {REPORT}")).to_be_checked()


def test_a_title_that_is_refused_is_said_beside_it(page_of_library: Page, own_server) -> None:
    item = item_of(page_of_library, REPORT)
    item.locator("[data-act=rename]").click()
    item.locator("form input").fill("   ")
    page_of_library.keyboard.press("Enter")
    expect(item.locator(".problem")).to_contain_text("expected 1 to 500")


def test_a_document_is_removed_only_after_a_yes(
    page_of_library: Page, own_server, tmp_path: Path
) -> None:
    page = page_of_library
    own_server.library.add(report_file(tmp_path, "A/60/2", "The bridge was built."))
    page.reload()
    item = item_of(page, "A/60/2")
    item.locator("[data-act=remove]").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Remove this document from the library?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(item.locator("[data-act=remove]")).to_be_focused()
    assert own_server.library.has("A/60/2")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Remove").click()
    expect(item).to_have_count(0)
    assert not own_server.library.has("A/60/2")
    expect(page.locator("#announcement")).to_contain_text("A/60/2")


def test_a_yes_counts_also_right_after_a_dialog_was_shut(page_of_library: Page) -> None:
    answers = page_of_library.evaluate(
        """async () => {
            const { confirmed } = await import("/site/page.js");
            const dialog = document.getElementById("removal");
            const first = confirmed(dialog, "first");
            dialog.close();
            const second = confirmed(dialog, "second");
            await new Promise((later) => setTimeout(later, 100));
            dialog.close("yes");
            return [await first, await second];
        }"""
    )
    assert answers == [False, True]


def test_one_document_or_several_are_taken_to_the_chat(
    page_of_library: Page, own_server, tmp_path: Path
) -> None:
    page = page_of_library
    own_server.library.add(report_file(tmp_path, "A/60/3", "The port was built."))
    page.reload()
    link = item_of(page, REPORT).get_by_role("link", name="Ask only this one")
    expect(link).to_have_attribute("href", "/?document=CTOC/COP/2012/10")
    for document in (REPORT, "A/60/3"):
        page.get_by_role("checkbox", name=f"Choose {document}").check()
    page.get_by_role("button", name="Ask the chosen ones").click()
    chosen = "document=CTOC%2FCOP%2F2012%2F10&document=A%2F60%2F3"
    expect(page).to_have_url(f"{own_server.url}/?{chosen}")


def test_the_list_is_searched_by_title_and_symbol(
    page_of_library: Page, own_server, tmp_path: Path
) -> None:
    page = page_of_library
    own_server.library.add(report_file(tmp_path, "A/60/4", "The dam was built."))
    own_server.library.rename("A/60/4", "Dams and <i>rivers</i>")
    page.reload()
    for sought in ("a/60/4", "RIVERS"):
        page.get_by_role("searchbox").fill(sought)
        expect(page.locator("#listed li:visible")).to_have_count(1)
        expect(page.locator("#shown-count")).to_have_text("Documents: 1")
    page.get_by_role("searchbox").fill("")
    assert page.locator("#listed li:visible").count() > 1


def test_hostile_names_titles_and_findings_stay_text(
    page_of_library: Page, own_server, tmp_path: Path, hostile_text: str
) -> None:
    page = page_of_library
    row = {
        "doc_id": hostile_text,
        "passage_id": "1",
        "lang": "en",
        "title": hostile_text,
        "text": "The committee met.",
    }
    added = tmp_path / "<img src=x onerror=taken=1>.jsonl"
    added.write_text(json.dumps(row), encoding="utf-8")
    page.locator("#upload input").set_input_files(added)
    item = page.locator("#uploads > li")
    expect(item).to_contain_text("Added", timeout=EMBEDDED_MILLISECONDS)
    expect(item.locator(".file")).to_have_text(added.name)
    expect(item.locator("a")).to_have_text(hostile_text)
    listed = page.locator("#listed li").last
    expect(listed.locator("a.title")).to_have_text(hostile_text)
    assert page.locator("main").locator("img, b, [href^='javascript']").count() == 0
    assert page.evaluate("window.taken") is None
    listed.locator("[data-act=remove]").click()
    expect(page.locator("dialog .name")).to_have_text(hostile_text)
    page.locator("dialog [value=yes]").click()
    expect(listed.locator("a.title")).not_to_have_text(hostile_text)
