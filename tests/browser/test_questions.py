"""The page of question files in a real browser, over the real server and model."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from qa.answer_files import AnsweredQuestion, encode_row, read_answers
from tests.browser.conftest import Opener
from ui.bootstrap import DEVELOPMENT_QUESTIONS

QUESTION = "2011年，集装箱管制方案各参加国缉获了多少公斤可卡因？"
QUOTE = "9,219公斤可卡因"
REFUSED = "第99段说什么？"
ANSWERED_MILLISECONDS = 60_000
QUESTION_COUNT = 24
"""Of a file that takes some seconds, so that something can be done meanwhile."""


@pytest.fixture
def page_of_questions(page: Page, own_server) -> Page:
    page.goto(f"{own_server.url}/questions")
    return page


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """Three rows: one answered, one refused, one that is no question."""
    path = tmp_path / "to ask.csv"
    path.write_text(f"Nr,QUESTION,id\n1,{QUESTION},a\n2,{REFUSED},b\n3,,c\n", encoding="utf-8")
    return path


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """So many questions that they take some seconds."""
    path = tmp_path / "long.jsonl"
    lines = DEVELOPMENT_QUESTIONS.read_text(encoding="utf-8").splitlines()[:QUESTION_COUNT]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def start(page: Page, file: Path) -> str:
    """Send and start a file; returns the address of its job."""
    page.locator("#upload input").set_input_files(file)
    page.get_by_role("button", name="Start").click()
    expect(page).to_have_url(re.compile(r"\?job="))
    return page.url


def expect_state(page: Page, state: str) -> None:
    expect(page.locator("#job-state")).to_have_attribute(
        "data-state", state, timeout=ANSWERED_MILLISECONDS
    )


def downloaded(page: Page, format: str) -> bytes:
    with page.expect_download() as download:
        page.locator(f"[data-format={format}]").click()
    assert download.value.suggested_filename == f"answers-long.{format}"
    return download.value.path().read_bytes()


def test_a_file_is_previewed_and_what_is_wrong_with_it_said(
    page_of_questions: Page, small_file: Path, tmp_path: Path
) -> None:
    page = page_of_questions
    page.locator("#upload input").set_input_files(small_file)
    expect(page.locator("#found")).to_have_text("to ask.csv: questions: 3")
    expect(page.locator("#column")).to_have_text("Taken from the column “QUESTION”.")
    expect(page.locator("#bad-rows")).to_contain_text("Rows that are no questions: 1")
    rows = page.locator("#first-rows tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text(QUESTION)
    expect(rows.nth(2)).to_contain_text("the question is missing or empty")
    expect(page.get_by_role("button", name="Start")).to_be_focused()
    page.get_by_role("button", name="Choose another file").click()
    expect(page.locator("#preview")).to_be_hidden()
    bad = tmp_path / "bad.csv"
    bad.write_text("frage\nWer?\n", encoding="utf-8")
    page.locator("#upload input").set_input_files(bad)
    expect(page.locator("#file-problem")).to_have_text(
        "bad.csv has no column `question`; the columns found are: frage"
    )
    expect(page.locator("#preview")).to_be_hidden()


def test_answers_are_looked_through_by_kind_and_each_leads_to_its_source(
    page_of_questions: Page, own_server, small_file: Path
) -> None:
    page = page_of_questions
    start(page, small_file)
    expect_state(page, "done")
    expect(page.locator("#announcement")).to_contain_text("to ask.csv: Finished")
    rows = page.locator("#rows tr.answer")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text(QUOTE)
    expect(rows.nth(0).locator(".sources a")).to_contain_text("CTOC/COP/2012/10，第29段")
    expect(rows.nth(2)).to_contain_text("the question is missing or empty")

    opener = rows.nth(0).get_by_role("button")
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    source = page.locator(".detail:visible .source").first
    expect(source.locator("mark")).to_contain_text(QUOTE)
    paragraph = own_server.library.paragraph("CTOC/COP/2012/10", "29").text
    expect(source.locator("blockquote")).to_have_text(paragraph)
    page.keyboard.press("Enter")
    expect(page.locator(".detail:visible")).to_have_count(0)

    kinds = page.get_by_role("group", name="Show")
    kinds.get_by_role("radio", name="Not found 1").check()
    expect(rows).to_have_count(1)
    rows.nth(0).click()
    expect(page.locator(".detail:visible h4")).to_have_text("Nearest paragraphs")
    expect(page.locator(".detail:visible .source")).to_have_count(3)
    expect(page.locator(".detail:visible mark")).to_have_count(0)
    kinds.get_by_role("radio", name="Failed 1").check()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Failed")
    page.keyboard.press("ArrowLeft")
    expect(kinds.get_by_role("radio", name="Low confidence 0")).to_be_checked()
    expect(page.locator("#no-rows")).to_be_visible()

    kinds.get_by_role("radio", name="All 3").check()
    rows.nth(0).get_by_role("button").click()
    page.locator(".detail:visible .source a").first.click()
    expect(page).to_have_url(re.compile(r"/documents/.*#29$"))
    expect(page.locator(":target mark")).to_contain_text(QUOTE)


def test_the_run_goes_on_when_the_page_is_closed_and_every_download_opens(
    page_of_questions: Page, opened: Opener, own_server, long_file: Path
) -> None:
    address = start(page_of_questions, long_file)
    expect(page_of_questions.locator("#rows tr.answer").first).to_be_visible(
        timeout=ANSWERED_MILLISECONDS
    )
    page_of_questions.close()
    page = opened()
    page.goto(address)
    expect(page.locator("#job-title")).to_have_text("long.jsonl")
    expect(page.locator("#remaining")).to_have_text(re.compile(r"^about \d+ \w+ left"))
    expect_state(page, "done")
    expect(page.locator("#done")).to_have_text(f"{QUESTION_COUNT} of {QUESTION_COUNT} questions")

    rows = [json.loads(line) for line in downloaded(page, "jsonl").decode().splitlines()]
    asked = [json.loads(line) for line in long_file.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [one["id"] for one in asked]
    table = list(csv.DictReader(io.StringIO(downloaded(page, "csv").decode("utf-8-sig"))))
    assert [row["question"] for row in table] == [one["question"] for one in asked]
    sheet = load_workbook(io.BytesIO(downloaded(page, "xlsx"))).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        one["id"] for one in asked
    ]
    assert downloaded(page, "md").decode().count("\n## ") == QUESTION_COUNT - 1
    document = Document(io.BytesIO(downloaded(page, "docx")))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [f"{one['id']}. {one['question']}" for one in asked]
    assert QUOTE in "\n".join(one.text for one in document.paragraphs)


def test_a_run_is_stopped_and_resumed_and_removed(
    page_of_questions: Page, own_server, long_file: Path
) -> None:
    page = page_of_questions
    address = start(page, long_file)
    expect(page.locator("#rows tr.answer").first).to_be_visible(timeout=ANSWERED_MILLISECONDS)
    page.get_by_role("button", name="Stop").click()
    expect_state(page, "stopped")
    job = own_server.data_folder / "jobs" / address.split("job=")[1]
    stopped_count = len(read_answers(job / "answers.jsonl"))
    assert 0 < stopped_count < QUESTION_COUNT
    page.get_by_role("button", name="Resume").click()
    expect_state(page, "done")
    answers = read_answers(job / "answers.jsonl")
    assert len({row.answer.id for row in answers}) == len(answers) == QUESTION_COUNT

    earlier = page.locator("#jobs li", has=page.locator("[aria-current]"))
    expect(earlier).to_contain_text(f"Finished · {QUESTION_COUNT} of {QUESTION_COUNT} questions")
    page.get_by_role("button", name="Remove").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("long.jsonl")
    dialog.get_by_role("button", name="Remove").click()
    expect(page.locator("#job")).to_be_hidden()
    expect(page.locator("#earlier-title")).to_be_focused()
    assert not job.exists()


def test_a_file_is_asked_of_the_chosen_documents_alone(
    page_of_questions: Page, own_server, small_file: Path, tmp_path: Path
) -> None:
    page = page_of_questions
    other = tmp_path / "other.txt"
    other.write_text("A report\n\n29. The bridge was built.\n", encoding="utf-8")
    own_server.library.add(other)
    page.reload()
    page.locator("#upload input").set_input_files(small_file)
    page.get_by_text("Ask certain documents only").click()
    page.get_by_role("checkbox", name="other").check()
    page.get_by_role("button", name="Start").click()
    expect_state(page, "done")
    expect(page.locator("#asked-of")).to_have_text("Asked of: other")
    expect(page.locator("#rows .sources a")).to_have_count(0)
    own_server.library.remove("other")


def test_the_address_of_a_job_that_is_gone_says_so_and_asks_no_further(
    page: Page, own_server
) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{own_server.url}/questions?job=20000101-000000-00000000")
    expect(page.locator("#jobs-problem")).to_contain_text("there is no batch job")
    expect(page.locator("#job")).to_be_hidden()
    page.wait_for_timeout(1500)
    assert sum("/api/batch/2000" in url for url in requested) == 1


def test_five_thousand_answers_stay_usable(
    page_of_questions: Page, own_server, small_file: Path
) -> None:
    page = page_of_questions
    address = start(page, small_file)
    expect_state(page, "done")
    answers = own_server.data_folder / "jobs" / address.split("job=")[1] / "answers.jsonl"
    (one, *_) = read_answers(answers)
    many = (
        AnsweredQuestion(question=one.question, answer=replace(one.answer, id=str(number)))
        for number in range(1, 5001)
    )
    answers.write_text("".join(map(encode_row, many)), encoding="utf-8")
    page.reload()
    rows = page.locator("#rows tr.answer")
    expect(rows).to_have_count(50)
    expect(page.locator("#which")).to_have_text("1–50 of 5,000")
    milliseconds = page.evaluate(
        """async () => {
            const started = performance.now();
            document.getElementById("next").click();
            while (!document.querySelector("#rows th")?.textContent.startsWith("51")) {
                await new Promise((shown) => requestAnimationFrame(shown));
            }
            return performance.now() - started;
        }"""
    )
    assert milliseconds < 3000
    expect(page.locator("#which")).to_have_text("51–100 of 5,000")


def test_hostile_questions_file_names_and_fields_stay_text(
    page_of_questions: Page, tmp_path: Path, hostile_text: str
) -> None:
    page = page_of_questions
    path = tmp_path / "<img src=x onerror=taken=1>.jsonl"
    asked = f"第29段说什么？ {hostile_text}"
    rows = [{"id": hostile_text, "question": asked}, {"id": "2", "question": 7}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    page.locator("#upload input").set_input_files(path)
    expect(page.locator("#first-rows tr").first).to_contain_text(asked)
    page.get_by_role("button", name="Start").click()
    expect_state(page, "done")
    expect(page.locator("#job-title")).to_have_text(path.name)
    row = page.locator("#rows tr.answer").first
    expect(row.locator(".opener")).to_have_text(asked)
    row.locator(".opener").click()
    expect(page.locator(".detail:visible .whole")).to_be_visible()
    expect(page.locator("#jobs a").first).to_have_text(path.name)
    assert page.locator("main").locator("img, b, [href^='javascript']").count() == 0
    assert page.evaluate("window.taken") is None
