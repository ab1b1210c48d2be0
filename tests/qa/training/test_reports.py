"""Reports with questions become question files in SQuAD form."""

import gzip
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from ingest.errors import QuestionFileError
from qa.training.reports import main, squad_articles
from qa.training.squad import read_squad

REPORT = """关于港口的报告

一. 概况

1. 本报告介绍2011年港口的情况。

2. 海关署检查了1,250个货柜。受检的港口有蒙巴萨、达喀尔和洛美。

3. 下一次会议将在2013年举行。
"""


def question(text: str, *gold: str, answers: object = (), **more: object) -> Mapping[str, object]:
    return {"question": text, "answerable": bool(gold), "gold": gold, "answers": answers, **more}


ROWS = (
    question("查了多少箱子？", "2", answers=["1,250个"]),
    question("Which ports?", "2", answers=["达喀尔", ["洛美", "洛美港"]]),
    question("港口和会议？", "2", "3", answers=["货柜", "2013年"]),
    question("Who was fined?", near=["2"]),
    question("在哪儿开会？", near=["1"]),
    question("哪一段讲会议？", "3"),
    question("那达喀尔呢？", "2", answers=["1,250个"], context=["查了多少箱子？"]),
)


def write(folder: Path, rows: Sequence[Mapping[str, object]]) -> None:
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_questions_stand_with_the_words_that_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "port", ROWS)
    output = tmp_path / "set.json.gz"
    monkeypatch.setattr(sys, "argv", ["reports", str(tmp_path), "--output", str(output)])
    main()
    examples = read_squad(output)
    said = [
        (one.question, one.context[one.answer.start : one.answer.end], one.near_misses)
        for one in examples
    ]
    assert said == [
        ("查了多少箱子？", "1,250个", ("Who was fined?",)),
        ("Which ports?", "达喀尔和洛美", ("Who was fined?",)),
        ("港口和会议？", "货柜", ("Who was fined?",)),
        ("港口和会议？", "2013年", ()),
    ]
    assert {one.title for one in examples} == {"一. 概况"}
    assert len(json.loads(gzip.decompress(output.read_bytes()))["data"]) == 2


@pytest.mark.parametrize(
    "row", [question("Who?", "7", answers=["1,250个"]), question("Who was fined?", near=["7"])]
)
def test_a_question_about_a_paragraph_that_is_not_there_is_named(
    row: Mapping[str, object], tmp_path: Path
) -> None:
    write(tmp_path / "port", [row])
    with pytest.raises(
        QuestionFileError, match=r"questions\.jsonl: report\.txt has no paragraph 7;"
    ):
        list(squad_articles(tmp_path))
