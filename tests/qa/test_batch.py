"""A batch keeps what it has, asks nothing twice, and writes formats that are safe to open."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ingest.errors import InputError, LibraryError, QuestionFileError
from qa.answer import Answer, Citation, RankedPassage
from qa.answer_files import AnsweredQuestion, encode_answers, read_answers, write_answers
from qa.batch import BatchProgress, BatchResult, run_batch
from qa.questions import Question
from qa.record import from_record, to_record

REPOSITORY = Path(__file__).parents[2]
FORMATS = [".jsonl", ".csv", ".xlsx", ".md", ".docx"]


def answer_to(question: Question) -> Answer:
    """Return an answer that tells by its text which question it answers."""
    return Answer(
        id=question.id,
        question=question.text,
        language="zh",
        status="answered",
        answer=f"{question.text}：113起刑事案件 [1]",
        short_answers=("113起",),
        confidence=0.97,
        citations=(
            Citation(
                marker=1,
                document="CTOC/COP/2012/10",
                paragraph="25(a)",
                label="CTOC/COP/2012/10，第25(a)段",
                section=("五. 改进执法合作和机构间协调",),
                page=None,
                quote="2011年，该机构调查了113起刑事案件",
                start=61,
                end=80,
                link="/documents/CTOC%2FCOP%2F2012%2F10#25(a)",
            ),
        ),
        passages=(RankedPassage(document="CTOC/COP/2012/10", paragraph="25(a)", score=0.93),),
        seconds=0.21,
        error=None,
    )


class Asker:
    """Answers, remembers what it was asked, and fails on demand."""

    def __init__(self, *, failing: str = "", error: BaseException | None = None) -> None:
        self.asked: list[str] = []
        self.failing = failing
        self.error = error

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question.text)
        if self.error is not None and question.text == self.failing:
            raise self.error
        return answer_to(question)


def questions_file(folder: Path, *texts: str) -> Path:
    path = folder / "questions.txt"
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def saved_texts(path: Path) -> list[str]:
    return [row.question.text for row in read_answers(path)]


def test_a_record_has_the_interface_fields_in_order_and_reads_back() -> None:
    answer = answer_to(Question(id="q1", text="几起？", documents=(), context=(), input={}))
    record = json.loads(json.dumps(to_record(answer)))
    assert [*record] == [
        *("id", "question", "status", "answer", "short_answers", "confidence", "citations"),
        *("passages", "seconds", "error", "language"),
    ]
    assert [*record["citations"][0]] == [
        *("marker", "document", "paragraph", "label", "section", "page", "quote", "start", "end"),
        "link",
    ]
    assert record["citations"][0]["section"] == ["五. 改进执法合作和机构间协调"]
    assert from_record(record) == answer
    with pytest.raises(InputError, match="field status"):
        from_record({**record, "status": "perhaps"})


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_finished_output_is_kept_and_asks_nothing_again(tmp_path: Path, suffix: str) -> None:
    questions, answers = questions_file(tmp_path, "一？", "二？"), tmp_path / f"a{suffix}"
    run_batch(questions, answers, ask=Asker())
    content, asker = answers.read_bytes(), Asker()
    result = run_batch(questions, answers, ask=asker)
    assert asker.asked == [] and answers.read_bytes() == content
    assert result == BatchResult(
        answered_count=2, not_found_count=0, failed_count=0, kept_count=2, remaining_count=0
    )


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("error", "message"),
    [
        (LibraryError("the library is gone"), "the library is gone"),
        (ZeroDivisionError("by\nzero"), "ZeroDivisionError: by zero"),
    ],
)
def test_a_failed_row_stops_no_other_and_is_asked_again(
    tmp_path: Path, suffix: str, error: Exception, message: str
) -> None:
    questions, answers = questions_file(tmp_path, "一？", "二？", "三？"), tmp_path / f"a{suffix}"
    first = run_batch(questions, answers, ask=Asker(failing="二？", error=error))
    assert (first.answered_count, first.failed_count) == (2, 1)
    records = answers if suffix == ".jsonl" else tmp_path / f".a{suffix}.jsonl"
    assert [row.answer.error for row in read_answers(records)] == [None, message, None]
    asker = Asker()
    second = run_batch(questions, answers, ask=asker)
    assert asker.asked == ["二？"]
    assert (second.answered_count, second.kept_count) == (3, 2)
    assert saved_texts(records) == ["一？", "二？", "三？"]
    assert not list(tmp_path.glob("*partial*"))


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_interruption_keeps_what_was_answered(tmp_path: Path, suffix: str) -> None:
    questions, answers = questions_file(tmp_path, "一？", "二？", "三？"), tmp_path / f"a{suffix}"
    with pytest.raises(KeyboardInterrupt):
        run_batch(questions, answers, ask=Asker(failing="二？", error=KeyboardInterrupt()))
    asker = Asker()
    run_batch(questions, answers, ask=asker)
    assert asker.asked == ["二？", "三？"]
    assert answers.exists() and not list(tmp_path.glob("*partial*"))


def test_jsonl_output_grows_with_every_answer(tmp_path: Path) -> None:
    questions, answers = questions_file(tmp_path, "一？", "二？"), tmp_path / "a.jsonl"
    seen: list[list[str]] = []
    run_batch(questions, answers, ask=Asker(), progress=lambda _: seen.append(saved_texts(answers)))
    assert seen == [[], ["一？"], ["一？", "二？"]]


def test_a_torn_last_line_is_dropped_and_asked_again(tmp_path: Path) -> None:
    questions, answers = questions_file(tmp_path, "一？", "二？", "三？"), tmp_path / "a.jsonl"
    run_batch(questions, answers, ask=Asker())
    whole = answers.read_bytes()
    lines = whole.splitlines(keepends=True)
    # Every place at which the second line can be cut, in the middle of a character too.
    for end in range(0, len(lines[1]), 7):
        answers.write_bytes(lines[0] + lines[1][:end])
        asker = Asker()
        run_batch(questions, answers, ask=asker)
        assert asker.asked == ["二？", "三？"]
        assert answers.read_bytes() == whole


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_killed_at_any_moment_nothing_that_was_written_is_asked_twice(
    tmp_path: Path, suffix: str
) -> None:
    questions = questions_file(tmp_path, *(f"问题{number}？" for number in range(30)))
    log = tmp_path / "log"
    script = f"""
import sys, time
from pathlib import Path
sys.path[:0] = [{str(REPOSITORY)!r}, {str(Path(__file__).parent)!r}]
from test_batch import answer_to
from qa.batch import run_batch
def ask(question):
    time.sleep(0.03)
    with open({str(log)!r}, "a") as file:
        file.write(question.text + "\\n")
    return answer_to(question)
run_batch(Path({str(questions)!r}), Path({str(tmp_path / ("a" + suffix))!r}), ask=ask)
"""
    kill_count = 0
    growing = tmp_path / ("a.jsonl" if suffix == ".jsonl" else "a.csv.partial.jsonl")
    for goal in (5, 12, 20):
        process = subprocess.Popen([sys.executable, "-c", script])
        while process.poll() is None:
            if growing.exists() and growing.read_bytes().count(b"\n") >= goal:
                os.kill(process.pid, signal.SIGKILL)
                kill_count += 1
                break
            time.sleep(0.002)
        process.wait()
    assert kill_count == 3
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
    asked = log.read_text(encoding="utf-8").split()
    # Each kill can cost the one answer that was asked but not yet written.
    assert len(asked) <= 30 + kill_count
    assert set(asked) == {f"问题{number}？" for number in range(30)}
    records = tmp_path / ("a.jsonl" if suffix == ".jsonl" else ".a.csv.jsonl")
    assert saved_texts(records) == [f"问题{number}？" for number in range(30)]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_output_of_other_questions_is_refused_and_left_alone(
    tmp_path: Path, suffix: str
) -> None:
    answers = tmp_path / f"a{suffix}"
    run_batch(questions_file(tmp_path, "一？", "二？"), answers, ask=Asker())
    content, asker = answers.read_bytes(), Asker()
    with pytest.raises(InputError, match="was made from other questions"):
        run_batch(questions_file(tmp_path, "一？", "别的？"), answers, ask=asker)
    assert asker.asked == [] and answers.read_bytes() == content
    run_batch(questions_file(tmp_path, "别的？"), answers, ask=asker, resume=False)
    assert asker.asked == ["别的？"]


def test_the_same_question_in_another_document_or_context_is_another_question(
    tmp_path: Path,
) -> None:
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    row = {"id": "a", "question": "多少？", "document": "A/1", "context": ["哪里？"]}
    questions.write_text(json.dumps(row), encoding="utf-8")
    run_batch(questions, answers, ask=Asker())
    for change in ({"document": "A/2"}, {"context": []}, {"id": "b"}):
        questions.write_text(json.dumps({**row, **change}), encoding="utf-8")
        with pytest.raises(InputError, match="other questions"):
            run_batch(questions, answers, ask=Asker())


def test_a_file_may_be_corrected_extended_and_reordered_between_runs(tmp_path: Path) -> None:
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    first = '{"id": "a", "question": "一？"}\n'
    last = '{"id": "c", "question": "三？"}\n'
    questions.write_text(first + "{oops\n" + last, encoding="utf-8")
    assert run_batch(questions, answers, ask=Asker()).failed_count == 1
    questions.write_text(last + '{"id": "b", "question": "二？"}\n' + first, encoding="utf-8")
    asker = Asker()
    run_batch(questions, answers, ask=asker)
    assert asker.asked == ["二？"]
    assert saved_texts(answers) == ["三？", "二？", "一？"]


def test_equal_questions_with_equal_ids_each_get_their_row(tmp_path: Path) -> None:
    questions, answers = tmp_path / "q.csv", tmp_path / "a.jsonl"
    questions.write_text("id,question\nx,一？\nx,一？\nx,二？\n", encoding="utf-8")
    run_batch(questions, answers, ask=Asker())
    asker = Asker()
    assert run_batch(questions, answers, ask=asker).kept_count == 3
    assert asker.asked == [] and saved_texts(answers) == ["一？", "一？", "二？"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_without_resume_the_old_output_stands_until_the_new_one_is_whole(
    tmp_path: Path, suffix: str
) -> None:
    questions, answers = questions_file(tmp_path, "一？", "二？"), tmp_path / f"a{suffix}"
    run_batch(questions, answers, ask=Asker())
    content = answers.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        run_batch(
            questions, answers, ask=Asker(failing="二？", error=KeyboardInterrupt()), resume=False
        )
    assert answers.read_bytes() == content
    asker = Asker()
    run_batch(questions, answers, ask=asker)
    assert asker.asked == ["二？"], "the interrupted repetition is resumed"
    assert not list(tmp_path.glob("*partial*"))


def test_a_deleted_output_is_made_afresh(tmp_path: Path) -> None:
    questions, answers = questions_file(tmp_path, "一？"), tmp_path / "a.csv"
    run_batch(questions, answers, ask=Asker())
    answers.unlink()
    asker = Asker()
    run_batch(questions, answers, ask=asker)
    assert asker.asked == ["一？"] and answers.exists()


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("content", [b"my notes", b"my notes\n", b'{"a": 1}\n', b"\xff\xfe\n"])
def test_a_file_of_something_else_is_never_overwritten(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    questions, answers = questions_file(tmp_path, "一？"), tmp_path / f"a{suffix}"
    answers.write_bytes(content)
    asker = Asker()
    with pytest.raises(InputError, match="choose another output"):
        run_batch(questions, answers, ask=asker)
    assert asker.asked == [] and answers.read_bytes() == content


def test_an_output_that_cannot_be_written_is_refused_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    questions, asker = questions_file(tmp_path, "一？"), Asker()
    (tmp_path / "folder.csv").mkdir()
    before = sorted(tmp_path.iterdir())
    for name in ("missing/a.jsonl", "questions.txt/a.jsonl", "folder.csv"):
        with pytest.raises(InputError, match="cannot write"):
            run_batch(questions, tmp_path / name, ask=asker)
    assert sorted(tmp_path.iterdir()) == before
    for name in ("a.pdf", "a", "a.jsonl.gz"):
        with pytest.raises(QuestionFileError, match=r"expected \.jsonl, \.csv, .* or \.docx"):
            run_batch(questions, tmp_path / name, ask=asker)
    same = tmp_path / "q.jsonl"
    same.write_text('{"question": "一？"}', encoding="utf-8")
    with pytest.raises(QuestionFileError, match="is the question file"):
        run_batch(same, tmp_path / "." / "q.jsonl", ask=asker)
    assert asker.asked == []


def test_two_runs_cannot_write_one_output_at_once(tmp_path: Path) -> None:
    questions, answers = questions_file(tmp_path, "一？"), tmp_path / "a.jsonl"
    entered, leave = threading.Event(), threading.Event()

    def slow(question: Question) -> Answer:
        entered.set()
        leave.wait(10)
        return answer_to(question)

    thread = threading.Thread(target=run_batch, args=(questions, answers), kwargs={"ask": slow})
    thread.start()
    entered.wait(10)
    with pytest.raises(InputError, match="another run is writing"):
        run_batch(questions, answers, ask=Asker())
    leave.set()
    thread.join()
    assert saved_texts(answers) == ["一？"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "questions.txt"]


def test_progress_counts_and_a_stop_leaves_a_run_to_resume(tmp_path: Path) -> None:
    questions, answers = questions_file(tmp_path, "一？", "二？", "三？"), tmp_path / "a.jsonl"
    told: list[BatchProgress] = []
    asker = Asker(failing="一？", error=LibraryError("gone"))
    stop: Callable[[], bool] = lambda: len(asker.asked) == 2  # noqa: E731
    result = run_batch(questions, answers, ask=asker, progress=told.append, should_stop=stop)
    assert [(step.done_count, step.failed_count) for step in told] == [(0, 0), (1, 1), (2, 1)]
    assert (result.failed_count, result.remaining_count) == (1, 1)
    told.clear()
    assert run_batch(questions, answers, ask=Asker(), progress=told.append).remaining_count == 0
    assert [(step.done_count, step.kept_count) for step in told] == [(1, 1), (2, 1), (3, 1)]


def test_documents_of_the_run_are_asked_where_a_row_names_none(tmp_path: Path) -> None:
    questions = tmp_path / "q.csv"
    questions.write_text("question,document\n一？,\n二？,B/2\n", encoding="utf-8")
    asked: list[tuple[str, ...]] = []

    def ask(question: Question) -> Answer:
        asked.append(question.documents)
        return answer_to(question)

    run_batch(questions, tmp_path / "a.jsonl", ask=ask, documents=["A/1"])
    assert asked == [("A/1",), ("B/2",)]


def rows_to_write() -> list[AnsweredQuestion]:
    plain = Question(
        id="q1", text="=1+1", documents=(), context=(), input={"topic": "@x", "n": -2, "l": ["a"]}
    )
    second = replace(plain, id="q2", text="几起？", input={"topic": "crime", "more": None})
    return [
        AnsweredQuestion(question=row, answer=answer_to(row) if row is second else refused(row))
        for row in (plain, second)
    ]


def refused(question: Question) -> Answer:
    return replace(
        answer_to(question),
        status="not_found",
        answer="-没有",
        citations=(),
        short_answers=(),
        confidence=0.5,
    )


HEADER = [
    *("id", "question", "status", "answer", "short_answers", "confidence", "citations", "error"),
    *("input.topic", "input.n", "input.l", "input.more"),
]
CITATION = "[1] CTOC/COP/2012/10，第25(a)段: “2011年，该机构调查了113起刑事案件”"


def test_csv_opens_in_a_spreadsheet_as_text() -> None:
    data = encode_answers(rows_to_write(), suffix=".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [
        HEADER,
        ["q1", "'=1+1", "not_found", "'-没有", "", "0.5", "", "", "'@x", "'-2", '["a"]', ""],
        [
            *("q2", "几起？", "answered", "几起？：113起刑事案件 [1]", "113起", "0.97"),
            *(CITATION, "", "crime", "", "", ""),
        ],
    ]


def test_xlsx_holds_text_and_numbers_and_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(encode_answers(rows_to_write(), suffix=".xlsx"))).active
    first, second, third = sheet.iter_rows(values_only=True)
    assert list(first) == HEADER
    assert second[:6] == ("q1", "'=1+1", "not_found", "'-没有", None, 0.5)
    assert second[8:11] == ("'@x", -2, '["a"]')
    assert third[6] == CITATION
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds.isdisjoint({"f", "e"}), "neither formula nor error value"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x0bc", "a\ufffdb\ufffdc"),
        ("#N/A", "#N/A"),
        ("长" * 40_000, "长" * 32_766 + "…"),
        ("\U00020000" * 20_000, "\U00020000" * 16_383 + "…"),
    ],
)
def test_xlsx_cells_keep_what_a_cell_can_hold(text: str, expected: str) -> None:
    question = Question(id="1", text=text, documents=(), context=(), input={})
    row = AnsweredQuestion(question=question, answer=replace(answer_to(question), answer=""))
    sheet = load_workbook(io.BytesIO(encode_answers([row], suffix=".xlsx"))).active
    assert sheet["B2"].value == expected and sheet["B2"].data_type == "s"


def test_markdown_reads_as_written_and_holds_no_markup_of_its_own(tmp_path: Path) -> None:
    question = Question(id="1", text="# <b>几</b>\n- 起？", documents=(), context=(), input={})
    answer = replace(answer_to(question), answer="- 一 [1]\n12. *二*")
    failure = replace(refused(question), status="error", error="`gone`")
    write_answers(
        tmp_path / "a.md",
        [
            AnsweredQuestion(question=question, answer=answer),
            AnsweredQuestion(question=question, answer=failure),
        ],
    )
    heading = "## 1. \\# \\<b\\>几\\</b\\> - 起？\n\n"
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == (
        f"{heading}\\- 一 \\[1\\]\n12\\. \\*二\\*\n\n"
        "> 2011年，该机构调查了113起刑事案件\n>\n> — \\[1\\] CTOC/COP/2012/10，第25(a)段\n\n"
        f"{heading}**Error:** \\`gone\\`\n\n"
    )


def test_unknown_fields_and_what_was_asked_of_stand_in_the_jsonl_row(tmp_path: Path) -> None:
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    row = {"id": "a", "question": "几？", "document": "A/1", "context": ["谁？"], "lang": "zh"}
    questions.write_text(json.dumps(row), encoding="utf-8")
    run_batch(questions, answers, ask=Asker())
    record = json.loads(answers.read_text(encoding="utf-8"))
    assert record["document"] == ["A/1"] and record["context"] == ["谁？"]
    assert record["input"] == {"lang": "zh"}
    assert [*record][:3] == ["id", "question", "status"]
