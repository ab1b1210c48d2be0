"""The command line as other people's scripts meet it: exit status, the two streams, the fields."""

import gzip
import hashlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from reportlab.pdfgen.canvas import Canvas

from index.library import FILE_NAME
from qa.evaluation_store import kept_evaluations
from qa.record import to_record
from qa.service import Service
from ui.bootstrap import open_library
from ui.cli import main
from ui.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("report-qa")
REPORT_FILE = ROOT / "data" / "reports" / "CTOC-COP-2012-10" / "ctoc-cop-2012-10.zh.txt"
REPORT = "CTOC/COP/2012/10"
QUESTION = "2011年，集装箱管制方案各参加国缉获了多少公斤可卡因？"
DEVELOPMENT = ROOT / "data" / "questions" / "ctoc-cop-2012-10.jsonl"


def run(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program as a process of its own."""
    return subprocess.run(
        [PROGRAM, *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module", autouse=True)
def own_library(settings: Settings) -> None:
    """Make the library of the data folder, so that no test is told that it is being made."""
    open_library(settings, named=None).close()


@pytest.fixture
def call(settings: Settings, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    """Run a command in this process with the tests' own data folder."""
    for name in os.environ.keys() - environment.keys():
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def called(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return called


@pytest.fixture(scope="module")
def named(
    tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A library made by `documents add` of good and bad files, and what the command said."""
    work = tmp_path_factory.mktemp("named")
    passages(work / "good.jsonl", ("A", "1", "Rome is the capital of Italy."), ("B", "1", "Two."))
    (work / "bad.jsonl").write_text("{\n")
    passages(work / "last.jsonl", ("C", "1", "Three."))
    names = ("good.jsonl", "bad.jsonl", "missing.txt", "picture.png", "last.jsonl")
    said = run(
        environment,
        *("documents", "add", *(str(work / name) for name in names), "--library", str(work / "l")),
    )
    return work / "l", said


def passages(path: Path, *rows: tuple[str, str, str]) -> Path:
    path.write_text(
        "".join(
            json.dumps({"doc_id": d, "passage_id": p, "lang": "en", "title": d, "text": t}) + "\n"
            for d, p, t in rows
        ),
        encoding="utf-8",
    )
    return path


def one_line(result: Result) -> str:
    """Return the only line on standard error of a command that failed with 1."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("report-qa: ")
    return line


def commands(command: click.Command = main, *path: str) -> list[tuple[str, ...]]:
    """Return the path of every command."""
    found = [path]
    for name, inner in getattr(command, "commands", {}).items():
        found += commands(inner, *path, name)
    return found


# Help


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_has_an_example_and_every_option_a_help_text(command, call) -> None:
    result = call(*command, "--help")
    assert result.exit_code == 0
    assert re.search(r"Example: .*report-qa " + " ".join(command), result.stdout)
    found = main
    for name in command:
        found = found.commands[name]
    assert all(option.help for option in found.params if isinstance(option, click.Option))


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from ui.cli import main; main(['ask', '--help'], standalone_mode=False);"
        "print([m for m in ('numpy', 'faiss', 'onnxruntime', 'torch', 'jieba', 'opencc', 'gradio',"
        " 'fastapi', 'pydantic', 'matplotlib', 'openpyxl', 'tokenizers', 'sentence_transformers',"
        " 'transformers') if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert ran.stderr.strip() == "[]"


def test_one_question_loads_no_torch(environment: dict[str, str]) -> None:
    code = (
        f"import sys; from ui.cli import main; main(['ask', {QUESTION!r}], standalone_mode=False);"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers', 'gradio', 'fastapi',"
        " 'matplotlib') if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment
    )
    assert ran.stderr.splitlines()[-1] == "[]"


# Asking


def test_ask_json_is_one_object_with_the_fields_of_the_interface(
    environment: dict[str, str], service: Service
) -> None:
    ran = run(environment, "ask", QUESTION, "--json")
    assert ran.returncode == 0
    record = json.loads(ran.stdout)  # nothing before, nothing behind
    assert list(record)[:10] == [
        "id",
        "question",
        "status",
        "answer",
        "short_answers",
        "confidence",
        "citations",
        "passages",
        "seconds",
        "error",
    ]
    citation = record["citations"][0]
    assert list(citation)[:10] == [
        "marker",
        "document",
        "paragraph",
        "label",
        "section",
        "page",
        "quote",
        "start",
        "end",
        "link",
    ]
    assert list(record["passages"][0]) == ["document", "paragraph", "score"]
    assert (record["id"], record["status"], record["error"]) == ("1", "answered", None)
    assert (citation["marker"], citation["document"], citation["paragraph"]) == (1, REPORT, "29")
    assert citation["label"] == f"{REPORT}，第29段"
    assert citation["link"] == "/documents/CTOC%2FCOP%2F2012%2F10#29"
    text = service.library.paragraph(REPORT, "29").text
    assert citation["quote"] == text[citation["start"] : citation["end"]]
    assert len(record["passages"]) == 10
    # Every door takes the one path: the service itself gives the same record.
    assert record | {"seconds": 0} == to_record(service.ask(QUESTION)) | {"seconds": 0}


def test_ask_writes_the_answer_alone_to_standard_output(environment: dict[str, str]) -> None:
    ran = run(environment | {"FORCE_COLOR": "1", "PYTHONIOENCODING": "latin-1"}, "ask", QUESTION)
    assert ran.returncode == 0
    assert "9,219公斤" in ran.stdout.splitlines()[0] and "第29段" in ran.stdout
    assert "\x1b" not in ran.stdout and "\r" not in ran.stdout and ran.stderr == ""


def test_a_refusal_is_a_result(call) -> None:
    result = call("ask", "What does paragraph 99 say?", "--json", "--top-k", "3")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert (record["status"], record["citations"]) == ("not_found", [])
    assert len(record["passages"]) == 3


@pytest.mark.parametrize("question", ["", "  \n"])
def test_an_empty_question_is_said_to_be_empty(call, question: str) -> None:
    assert "the question is empty" in one_line(call("ask", question))


def test_a_question_of_100_000_characters_is_refused(call) -> None:
    line = one_line(call("ask", "长" * 100_000))
    assert "100,000 characters, at most 2,000" in line and len(line) < 200


@pytest.mark.parametrize("top_k", ["0", "101", "10000", "many"])
def test_a_ranking_of_another_length_is_wrong_usage(call, top_k: str) -> None:
    result = call("ask", QUESTION, "--top-k", top_k)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--top-k" in result.stderr


def test_bytes_that_are_no_text_are_wrong_usage(environment: dict[str, str]) -> None:
    ran = subprocess.run([PROGRAM, "ask", b"\xff\xfe"], env=environment, capture_output=True)
    assert ran.returncode == 2
    assert b"no UTF-8 text" in ran.stderr and b"Traceback" not in ran.stderr


def test_an_unknown_document_is_named_with_those_that_are_there(call) -> None:
    line = one_line(call("ask", QUESTION, "--document", REPORT, "--document", "A/1"))
    assert "no document 'A/1'; it holds CTOC/COP/2012/10" in line


def test_a_library_that_is_not_there_is_an_error_and_is_not_made(call, tmp_path: Path) -> None:
    for command in (
        ["ask", "x"],
        ["documents", "list"],
        ["documents", "rebuild"],
        ["batch", str(DEVELOPMENT), "-o", str(tmp_path / "a.jsonl")],
    ):
        line = one_line(call(*command, "--library", tmp_path / "none"))
        assert f"there is no library in {tmp_path / 'none'}" in line
    assert list(tmp_path.iterdir()) == []


def test_a_library_that_is_a_file_is_wrong_usage(call) -> None:
    result = call("ask", "x", "--library", REPORT_FILE)
    assert result.exit_code == 2 and "is a file" in result.stderr


def test_a_misspelt_setting_is_an_error(call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_QA_TYPO", "1")
    line = one_line(call("ask", "x"))
    assert "unknown setting REPORT_QA_TYPO; expected one of REPORT_QA_CACHE" in line


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5"])
def test_a_limit_that_is_no_number_is_an_error(
    call, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("REPORT_QA_PAGES", value)
    line = one_line(call("ask", "x"))
    assert f"REPORT_QA_PAGES is {value!r}, expected a whole number above 0" in line


def test_a_traceback_is_shown_with_debug_only(environment: dict[str, str]) -> None:
    plain = run(environment, "ask", "")
    assert (plain.returncode, plain.stdout, plain.stderr.count("\n")) == (1, "", 1)
    debug = run(environment, "--debug", "ask", "")
    assert (debug.returncode, debug.stdout) == (1, "")
    assert debug.stderr.startswith("Traceback") and "QuestionError" in debug.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_error_that_nobody_foresaw_is_one_line_too(
    environment: dict[str, str], unbuffered: str
) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [PROGRAM, "documents", "list"],
            env=environment | {"PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert ran.returncode == 1
    assert "No space left on device" in ran.stderr and ran.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_reason_to_complain(environment: dict[str, str]) -> None:
    program = subprocess.Popen(
        [PROGRAM, "documents", "show", REPORT, "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None and program.stderr is not None
    program.stdout.close()  # before anything is written, so that it cannot fit into the pipe
    assert program.stderr.read() == b""
    assert program.wait(timeout=30) == 1


# Documents


def test_adding_several_files_adds_the_good_ones_and_ends_with_1(named) -> None:
    _, said = named
    assert said.returncode == 1
    assert [line.split(":")[0] for line in said.stdout.splitlines()] == [
        "added A",
        "added B",
        "added C",
    ]
    errors = [line for line in said.stderr.splitlines() if line.startswith("report-qa: ")]
    assert ["bad.jsonl" in errors[0], "missing.txt" in errors[1], "picture.png" in errors[2]] == [
        True
    ] * 3
    assert len(errors) == 3 and "Traceback" not in said.stderr


def test_an_answer_over_several_reports_says_which_one_each_citation_is_from(
    call, tmp_path: Path
) -> None:
    customs, fishery = "海关署年报", "渔业署年报"
    library = ("--library", tmp_path / "l")
    rows = (
        (customs, "1", "海关署有检查员二百一十人，其中八十人在港口工作。"),
        (customs, "2", "海关署的总部设在港口城市，负责检查货柜。"),
        (fishery, "1", "渔业署每月出海两次，检查渔网和渔船。"),
        (fishery, "2", "渔业署有检查员四十人，全部在沿海工作。"),
    )
    call("documents", "add", passages(tmp_path / "two.jsonl", *rows), *library)
    question = f"比较{customs}和{fishery}，哪个署的检查员更多？"
    asked = json.loads(call("ask", question, "--json", *library).stdout)
    assert {one["document"] for one in asked["citations"]} == {customs, fishery}
    questions = tmp_path / "questions.txt"
    questions.write_text(question, encoding="utf-8")
    shown = [call("ask", question, *library).stdout]
    for suffix in ("csv", "md"):
        answers = tmp_path / f"answers.{suffix}"
        assert call("batch", questions, "-o", answers, *library).exit_code == 0
        shown.append(answers.read_text(encoding="utf-8"))
    for text in shown:
        for one in asked["citations"]:
            # Markdown writes a bracket of text with a backslash.
            assert f"[{one['marker']}] {one['label']}" in text.replace("\\", "")
            assert one["label"].startswith(one["document"])


def test_slow_and_hostile_files_stop_none_of_the_others(
    call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "z.txt"):
        (tmp_path / name).write_text("1. One.\n\n2. Two.\n", encoding="utf-8")
    os.mkfifo(tmp_path / "slow.txt")  # opening it never ends
    canvas = Canvas(str(tmp_path / "long.pdf"))
    for number in range(1, 4):
        canvas.drawString(72, 720, f"{number}. A paragraph of the report.")
        canvas.showPage()
    canvas.save()
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b" " * 2**21))
    (tmp_path / "large.txt").write_text("1. One.\n" + "word " * 2**18, encoding="utf-8")
    deep = b"<html>" + b"<div>" * 100_000 + b"<p>1. One.</p>"
    (tmp_path / "deep.html").write_bytes(deep)
    for name in ("FILE_MIB", "EXPANDED_MIB", "PAGES"):
        monkeypatch.setenv(f"REPORT_QA_{name}", "1")
    # Enough to load what tells languages, on a busy machine too.
    monkeypatch.setenv("REPORT_QA_SECONDS_PER_FILE", "6")
    names = ("a.txt", "slow.txt", "long.pdf", "bomb.jsonl.gz", "large.txt", "deep.html", "z.txt")
    library = ("--library", tmp_path / "l")
    result = call("documents", "add", *(tmp_path / name for name in names), *library)
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == ["added a", "added z"]
    for line, said in zip(
        result.stderr.splitlines(),
        (
            "slow.txt: found more than could be read in 6 seconds",
            "long.pdf: found 3 pages, expected at most 1",
            "bomb.jsonl.gz: found more than 1 MiB packed in it",
            "large.txt: found more than 1 MiB",
            "deep.html: ",
        ),
        strict=True,
    ):
        assert line.startswith(f"report-qa: {said}")
    assert call("ask", "What does paragraph 2 of a say?", *library).exit_code == 0


def test_a_folder_stands_for_the_files_in_it_and_below(call, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "b" / "deep").mkdir(parents=True)
    (folder / ".git").mkdir()
    rows = {
        "c.jsonl": "C",
        "a.JSONL": "A",
        "b/deep/b.jsonl": "B",
        ".hidden.jsonl": "hidden",
        "~$c.jsonl": "locked",
        ".git/x.jsonl": "kept by git",
        "notes.xyz": "unknown suffix",
    }
    for name, document in rows.items():
        passages(folder / name, (document, "1", "Words."))
    (folder / "b" / "bad.jsonl").write_text("{\n")
    (folder / "again.jsonl").symlink_to(folder / "nowhere")
    (folder / "b" / "round").symlink_to(folder)
    own = passages(tmp_path / "own.jsonl", ("own", "1", "Words."))
    result = call("documents", "add", folder, own, "--library", tmp_path / "l")
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        "added A",
        "added B",
        "added C",
        "added own",
    ]
    (line,) = result.stderr.splitlines()
    assert line.startswith("report-qa: bad.jsonl: ")
    (folder / "b" / "bad.jsonl").unlink()
    assert call("documents", "add", folder, "--library", tmp_path / "l").exit_code == 0


def test_add_json_tells_what_was_found_in_each_file(call, tmp_path: Path) -> None:
    report = tmp_path / "gaps.md"
    report.write_text(
        "# A report\n\nIt was asked for.[^1]\n\n1. One.\n\n2. Two:\n\n(a) First.\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n4. Four.\n\n[^1]: By them.\n"
    )
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{\n")
    place = ("--library", tmp_path / "l")
    result = call("documents", "add", report, bad, "--language", "en", "--json", *place)
    assert result.exit_code == 1
    added, failed = json.loads(result.stdout)
    record = json.loads(call("documents", "show", "gaps", "--json", *place).stdout)
    assert added == {
        "file": str(report),
        "document": "gaps",
        "change": "added",
        "title": "A report",
        "language": "en",
        "session": None,
        "session_dates": None,
        "agenda_item": None,
        "date": None,
        "numbered": True,
        "counts": {
            "paragraphs": 3,
            "sub_items": 1,
            "footnotes": 1,
            "tables": 1,
            "table_rows": len(record["tables"]),
            "front_matter": 1,
        },
        "findings": record["findings"],
        "error": None,
    }
    assert record["counts"] == added["counts"]
    assert any("3" in finding for finding in record["findings"])
    assert failed["file"] == str(bad) and failed["error"] in result.stderr


def test_a_folder_without_reports_is_said_to_be_one_and_stops_nothing(call, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "picture.png").touch()
    assert f"{empty}: found no report in the folder" in one_line(
        call("documents", "add", empty, "--library", tmp_path / "l")
    )
    own = passages(tmp_path / "own.jsonl", ("own", "1", "Words."))
    result = call("documents", "add", empty, own, "--library", tmp_path / "l")
    assert (result.exit_code, result.stdout.split(":")[0]) == (1, "added own")


def test_a_file_whose_name_is_no_text_is_named_and_stops_nothing(call, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / os.fsdecode(b"\xff.txt")).write_text("1. One.\n\n2. Two.\n")
    passages(folder / "own.jsonl", ("own", "1", "Words."))
    result = call("documents", "add", folder, "--library", tmp_path / "l")
    assert (result.exit_code, result.stdout.split(":")[0]) == (1, "added own")
    (line,) = result.stderr.splitlines()
    assert "\\udcff.txt: found a file name that is not UTF-8" in line


def test_progress_is_shown_on_a_terminal_only(environment: dict[str, str], tmp_path: Path) -> None:
    paths = [
        passages(tmp_path / f"{name}.jsonl", (name, "1", f"Words of {name}.")) for name in "abcd"
    ]
    place = ["--library", str(tmp_path / "l")]
    quiet = run(environment, "documents", "add", *map(str, paths[:2]), *place)
    assert (quiet.returncode, quiet.stderr) == (0, "")
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    command = [PROGRAM, "documents", "add", *map(str, paths[2:]), *place]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=theirs, text=True
    )
    shown = os.read(ours, 65536).decode()
    os.close(theirs)
    os.close(ours)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["added c", "added d"]
    assert "c.jsonl (1 of 2)" in shown and "1/1" in shown


def test_list_and_show_give_the_records_of_the_interface(call) -> None:
    listed = call("documents", "list", "--json")
    (summary,) = json.loads(listed.stdout)
    content = REPORT_FILE.read_bytes()
    assert summary["document"] == REPORT and summary["language"] == "zh"
    assert summary["source"] == REPORT_FILE.name
    assert summary["sha256"] == hashlib.sha256(content).hexdigest()
    assert summary["paragraph_count"] == 73 and "paragraphs" not in summary
    record = json.loads(call("documents", "show", REPORT, "--json").stdout)
    assert record["title"] == summary["title"]
    assert len(record["paragraphs"]) == 73
    assert list(record["paragraphs"][0])[:4] == ["paragraph", "section", "page", "text"]
    assert {"front_matter", "footnotes"} <= record.keys()
    one = json.loads(call("documents", "show", REPORT, "--json", "--paragraph", "25(a)").stdout)
    assert one in record["paragraphs"] and "113起" in one["text"]
    plain = call("documents", "show", REPORT, "--paragraph", "25(a)").stdout
    assert plain == one["text"] + "\n"
    whole = call("documents", "show", REPORT).stdout
    assert f"25(a)  {one['text']}\n" in whole and one["section"][0] in whole
    assert call("documents", "list").stdout.startswith(f"{REPORT}  zh  73  ")


def test_show_tells_the_other_editions_of_a_paragraph(call, tmp_path: Path) -> None:
    place = ("--library", tmp_path / "l")
    path = passages(tmp_path / "report.jsonl", ("A", "1", "One."), ("A", "2", "Two."))
    call("documents", "add", path, *place)
    path = passages(tmp_path / "rapport.jsonl", ("A", "2", "Deux."))
    call("documents", "add", path, "--language", "fr", *place)
    french = {"document": "A@fr", "language": "fr", "link": "/documents/A%40fr#2"}
    record = json.loads(call("documents", "show", "A", "--json", *place).stdout)
    assert [one["editions"] for one in record["paragraphs"]] == [[], [french]]
    assert [edition["document"] for edition in record["editions"]] == ["A@fr"]
    one = call("documents", "show", "A", "--json", "--paragraph", "2", *place)
    assert json.loads(one.stdout) == record["paragraphs"][1]


def test_what_cannot_be_shown_is_named(call) -> None:
    assert "no document 'A/1'" in one_line(call("documents", "show", "A/1"))
    assert "no paragraph '61'" in one_line(call("documents", "show", REPORT, "--paragraph", "61"))


def test_a_replacement_is_said_on_standard_error_and_the_same_file_changes_nothing(
    call, tmp_path: Path
) -> None:
    place = ("--library", tmp_path / "l")
    first = passages(tmp_path / "first.jsonl", ("A", "1", "Old."))
    assert call("documents", "add", first, *place).stdout.startswith("added A: ")
    again = call("documents", "add", first, *place)
    assert again.exit_code == 0 and again.stdout.startswith("unchanged A: ")
    assert again.stderr == ""
    second = call("documents", "add", passages(tmp_path / "b.jsonl", ("A", "1", "New.")), *place)
    assert second.exit_code == 0 and second.stdout.startswith("replaced A: ")
    assert "A was there already and has been replaced by b.jsonl" in second.stderr
    assert call("documents", "show", "A", "--paragraph", "1", *place).stdout == "New.\n"


def test_a_document_gets_another_title_and_keeps_its_id(call, tmp_path: Path) -> None:
    place = ("--library", tmp_path / "l")
    call("documents", "add", passages(tmp_path / "a.jsonl", ("A", "1", "One.")), *place)
    renamed = call("documents", "rename", "A", "Another title", *place)
    assert (renamed.exit_code, renamed.stdout) == (0, "renamed A: Another title\n")
    (listed,) = json.loads(call("documents", "list", "--json", *place).stdout)
    assert (listed["document"], listed["title"]) == ("A", "Another title")
    assert "no document 'B'" in one_line(call("documents", "rename", "B", "Title", *place))
    assert "expected 1 to" in one_line(call("documents", "rename", "A", " ", *place))


def test_removing_several_removes_those_that_are_there_and_ends_with_1(
    call, tmp_path: Path
) -> None:
    place = ("--library", tmp_path / "l")
    path = passages(tmp_path / "p.jsonl", ("A", "1", "One."), ("B", "1", "Two."))
    call("documents", "add", path, *place)
    result = call("documents", "remove", "A", "X", "B", *place)
    assert (result.exit_code, result.stdout) == (1, "removed A\nremoved B\n")
    assert "no document 'X'; it holds B" in result.stderr
    assert call("documents", "list", *place).stdout == ""


def test_a_library_of_another_model_says_how_to_repair_it_and_that_repairs_it(
    call, tmp_path: Path
) -> None:
    place = ("--library", tmp_path / "l")
    call(
        "documents",
        "add",
        passages(tmp_path / "p.jsonl", ("A", "1", "Rome is the capital of Italy.")),
        *place,
    )
    with sqlite3.connect(tmp_path / "l" / FILE_NAME) as database:
        database.execute("UPDATE meta SET value = 'other' WHERE key = 'model'")
        database.execute("UPDATE vectors SET vector = zeroblob(1536)")
    line = one_line(call("ask", "What is the capital of Italy?", *place))
    command = re.search(r"`report-qa (documents rebuild --library \S+)`", line)
    assert "the model other" in line and command
    result = call(*command[1].split())
    assert result.exit_code == 0
    assert result.stdout == f"rebuilt {tmp_path / 'l'}: 1 documents\n"
    record = json.loads(call("ask", "What is the capital of Italy?", "--json", *place).stdout)
    assert record["citations"][0]["quote"] == "Rome is the capital of Italy."


def test_a_damaged_library_is_one_line(call, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(os.urandom(10_000))
    for command in (["ask", "x"], ["documents", "list"], ["documents", "add", str(REPORT_FILE)]):
        line = one_line(call(*command, "--library", tmp_path))
        assert "is damaged or not a library" in line


# Question files


def test_a_question_file_without_a_question_column_is_wrong_usage(call, tmp_path: Path) -> None:
    questions = tmp_path / "q.csv"
    questions.write_text("id,text\n1,Where?\n")
    for command in (
        ["batch", str(questions), "-o", str(tmp_path / "a.jsonl")],
        ["eval", str(questions)],
    ):
        result = call(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "no column `question`; the columns found are: id, text" in result.stderr
    assert not (tmp_path / "a.jsonl").exists()


@pytest.mark.parametrize(
    ("questions", "answers"), [("q.txt", "a.pdf"), ("q.doc", "a.jsonl"), ("none.txt", "a.jsonl")]
)
def test_a_file_of_another_kind_is_wrong_usage(
    call, tmp_path: Path, questions: str, answers: str
) -> None:
    for name in ("q.txt", "q.doc"):
        (tmp_path / name).write_text("Where?\n")
    result = call("batch", tmp_path / questions, "-o", tmp_path / answers)
    assert result.exit_code == 2 and len(result.stderr.splitlines()) == 1


def test_a_bad_row_fails_alone_and_stands_in_its_place(call, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    rows = [
        json.dumps({"id": "a", "question": QUESTION}),
        "{",
        json.dumps({"id": "c", "question": " "}),
        json.dumps({"id": "d", "question": "x", "document": "A/1"}),
        json.dumps({"question": "长" * 2001}),
        json.dumps({"id": "f", "question": "What does paragraph 99 say?", "kept": 7}),
    ]
    questions.write_text("\n".join(rows))
    result = call("batch", questions, "-o", tmp_path / "a.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "1 answered, 1 not found, 4 failed (0 kept from before)" in result.stderr
    records = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [(record["id"], record["status"]) for record in records] == [
        ("a", "answered"),
        ("2", "error"),
        ("c", "error"),
        ("d", "error"),
        ("5", "error"),
        ("f", "not_found"),
    ]
    assert "not valid JSON" in records[1]["error"] and "A/1" in records[3]["error"]
    assert records[5]["input"] == {"kept": 7}


def test_a_batch_that_is_interrupted_and_killed_goes_on_and_asks_nothing_twice(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """A kept row carries the seconds of its first asking, so its line shows it was not repeated."""
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()
    texts = [f"{n} {json.loads(line)['question']}" for n, line in enumerate(lines[:40])]
    questions, answers = tmp_path / "q.txt", tmp_path / "a.jsonl"
    questions.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    command = ["batch", str(questions), "-o", str(answers)]
    kept: list[bytes] = []
    for ending, status in ((signal.SIGINT, 1), (signal.SIGKILL, -signal.SIGKILL)):
        program = subprocess.Popen(
            [PROGRAM, *command],
            env=environment,
            stderr=subprocess.PIPE,
            # A suite that runs in the background has Ctrl-C ignored and would hand that on.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        deadline = time.monotonic() + 60
        while len(complete_lines(answers)) < len(kept) + 5:
            assert program.poll() is None and time.monotonic() < deadline
            time.sleep(0.01)
        program.send_signal(ending)
        _, errors = program.communicate()
        assert program.returncode == status and b"Traceback" not in errors
        found = complete_lines(answers)
        assert found[: len(kept)] == kept and len(kept) < len(found) < len(texts)
        kept = found
    last = run(environment, *command)
    assert last.returncode == 0
    assert f"({len(kept)} kept from before)" in last.stderr
    final = complete_lines(answers)
    assert final[: len(kept)] == kept
    assert [json.loads(line)["question"] for line in final] == texts
    assert [json.loads(line)["id"] for line in final] == [str(n + 1) for n in range(len(texts))]
    again = run(environment, *command)
    assert again.returncode == 0 and f"({len(texts)} kept from before)" in again.stderr
    assert complete_lines(answers) == final


def complete_lines(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n")[:-1] if path.exists() else []


def test_eval_prints_the_figures_writes_a_report_and_keeps_both(
    call, tmp_path: Path, settings: Settings
) -> None:
    gold = tmp_path / "gold.jsonl"
    # Questions of several types: groups are plotted beside each other.
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()[4:8]
    gold.write_text("\n".join(lines), encoding="utf-8")
    result = call("eval", gold, "-o", tmp_path / "report.html")
    assert result.exit_code == 0
    assert "hit@1" in result.stdout
    assert re.search(r"^([1-9]\d*) of \1 citations verbatim$", result.stdout, re.MULTILINE)
    assert re.search(r"^by language .*^by type ", result.stdout, re.MULTILINE | re.DOTALL)
    assert "\x1b" not in result.stdout and "\r" not in result.stdout
    assert "seconds" not in result.stdout
    kept = [one.evaluation for one in kept_evaluations(settings.data / "evaluations")]
    (measured,) = [one for one in kept if one.name == "gold.jsonl"]
    assert [one.question.text for one in measured.questions] == [
        json.loads(line)["question"] for line in lines
    ]
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "hit@5" in html and "<svg" in html
    again = call("eval", gold, "-o", tmp_path / "again.html")
    assert again.stdout == result.stdout
    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "report.html").read_bytes()
    early = call("eval", gold, "-o", tmp_path / "none" / "report.html")
    assert (early.exit_code, early.stdout) == (2, "") and "no folder that exists" in early.stderr


def test_eval_measures_the_chosen_collections_of_a_folder(call, tmp_path: Path) -> None:
    """A pool with its own passages, and questions about the user's library beside it."""
    pool = tmp_path / "pool"
    pool.mkdir()
    passages(
        pool / "passages.jsonl",
        ("A", "1", "Rome is the capital of Italy."),
        ("B", "2", "Pi is a number."),
    )
    rows = [
        {
            "question": "What is the capital of Italy?",
            "answerable": True,
            "gold": ["1"],
            "answers": ["Rome"],
        },
        {"question": "What is Pi?", "answerable": True, "gold": ["2"], "answers": ["a number"]},
    ]
    lines = "\n".join(map(json.dumps, rows))
    for name in ("pool", "left"):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "questions.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "report").mkdir()
    first = DEVELOPMENT.read_text(encoding="utf-8").splitlines()[4]
    (tmp_path / "report" / "questions.jsonl").write_text(first, encoding="utf-8")
    result = call("eval", tmp_path, "--only", "pool", "--only", "rep*", "--limit", "1")
    assert result.exit_code == 0, result.stderr
    rows_printed = [line.split() for line in result.stdout.splitlines()[2:4]]
    assert [row[:2] + row[4:6] for row in rows_printed] == [
        ["pool", "1", "1.000", "1.000–1.000"],
        ["report", "1", "1.000", "1.000–1.000"],
    ]
    assert "by language" not in result.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "x"], "are for a folder of collections"),
        (["--distractors", DEVELOPMENT], "are for a folder of collections"),
        (["--limit", "0"], "not in the range"),
    ],
)
def test_eval_options_that_do_not_fit_a_file_are_wrong_usage(
    call, options: Sequence[str | Path], said: str
) -> None:
    result = call("eval", DEVELOPMENT, *options)
    assert (result.exit_code, result.stdout) == (2, "") and said in result.stderr


def test_distractors_without_a_cross_lingual_collection_are_wrong_usage(
    call, tmp_path: Path
) -> None:
    (tmp_path / "questions.jsonl").write_bytes(DEVELOPMENT.read_bytes())
    result = call("eval", tmp_path, "--distractors", DEVELOPMENT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "of which none is chosen" in result.stderr


# Serving


def test_a_port_in_use_is_one_line(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run(environment, "serve", "--port", str(taken.getsockname()[1]))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "cannot listen on 127.0.0.1 port" in ran.stderr and "Traceback" not in ran.stderr


def test_a_port_that_does_not_exist_is_wrong_usage(call) -> None:
    assert call("serve", "--port", "65536").exit_code == 2


def test_the_library_of_a_named_folder_holds_only_what_was_added(named, call) -> None:
    folder, _ = named
    listed = json.loads(call("documents", "list", "--json", "--library", folder).stdout)
    assert [record["document"] for record in listed] == ["A", "B", "C"]
    record = json.loads(
        call("ask", "What is the capital of Italy?", "--json", "--library", folder).stdout
    )
    assert record["citations"][0]["quote"] == "Rome is the capital of Italy."
