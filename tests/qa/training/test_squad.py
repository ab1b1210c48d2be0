"""Question files in SQuAD form."""

import gzip
import json
from pathlib import Path

import pytest

from ingest.errors import QuestionFileError
from ingest.report import Span
from qa.training.squad import read_squad

CONTEXT = "该部门成立于1998年。它有十二名官员。"


def article(*entries: dict[str, object]) -> dict[str, object]:
    return {"title": "部门", "paragraphs": [{"context": CONTEXT, "qas": list(entries)}]}


def entry(text: str, start: int, **more: object) -> dict[str, object]:
    return {
        "id": "1",
        "question": " 何时成立？ ",
        "answers": [{"text": text, "answer_start": start}],
        **more,
    }


def test_answerable_questions_are_read(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [article(entry("1998年", 6))]}), encoding="utf-8")
    (example,) = read_squad(path)
    assert example.question == "何时成立？"
    assert example.title == "部门"
    assert example.answer == Span(start=6, end=11)
    assert example.context[6:11] == "1998年"


def test_impossible_questions_are_near_misses_of_their_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    impossible = {"question": " 何时解散？", "answers": [], "is_impossible": True}
    content = {"data": [article(entry("1998年", 6), impossible), article(entry("1998年", 6))]}
    path.write_text(json.dumps(content), encoding="utf-8")
    first, second = read_squad(path)
    assert first.near_misses == ("何时解散？",)
    assert second.near_misses == ()


def test_impossible_questions_and_misplaced_answers_are_no_examples(tmp_path: Path) -> None:
    path = tmp_path / "set.json.gz"
    rows = [
        entry("1998年", 6, is_impossible=True),
        entry("1998年", 3),
        {**entry("1998年", 6), "answers": []},
    ]
    path.write_bytes(gzip.compress(json.dumps({"data": [article(*rows)]}).encode()))
    assert read_squad(path) == []


def test_another_file_is_refused_with_what_was_expected(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text('{"rows": []}', encoding="utf-8")
    with pytest.raises(QuestionFileError, match="expected a SQuAD file"):
        read_squad(path)
