"""Collections made of SQuAD examples are in the form that `report-qa eval` reads."""

import gzip
import json
from pathlib import Path

import pytest

from ingest.report import Span
from qa.benchmark import find_collections
from qa.training.collections import make_collections
from qa.training.squad import Example

REST = "报告以六种语文印发，供各国代表团使用。"
FILLER = "该机构每年向大会提交一份报告，介绍上一年的各项活动以及下一年的工作计划。"


def example(name: str, year: int) -> Example:
    answer = f"{year}年"
    context = f"{name}成立于{answer}，总部设在港口。{FILLER}{REST}"
    start = context.index(answer)
    return Example(
        question=f"{name}何时成立？",
        title=f"{name} (机构)",
        context=context,
        answer=Span(start=start, end=start + len(answer)),
        answers=(answer,),
    )


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = ["海关署", "渔业署", "林业署", "水务署", "邮政署", "铁路署", "航空署", "广播署"]
    examples = [example(name, 1980 + index) for index, name in enumerate(names)]
    make_collections(
        examples[:6],
        others=examples[6:],
        count=6,
        seed=1,
        output=tmp_path,
    )
    return tmp_path


def test_every_collection_is_found_as_what_it_is(folder: Path) -> None:
    found = {one.name: one for one in find_collections(folder)}
    assert set(found) == {"open", "dropped_unans", "gapped"}
    assert not any(one.is_closed for one in found.values())
    assert len(found["dropped_unans"].dropped_documents) == 3


def test_half_of_the_questions_have_lost_their_document(folder: Path) -> None:
    dropped = json.loads((folder / "dropped" / "drop_docs.json").read_text())
    asked = rows(folder / "dropped" / "questions_unans.jsonl.gz")
    assert [row["answerable"] for row in asked].count(False) == len(dropped) == 3
    for row in asked:
        assert row["answerable"] == bool(row["gold"])
        assert not {f"d{str(gold)[1:]}" for gold in row["gold"]} & set(dropped)


def test_a_gapped_passage_answers_exactly_the_answerable_questions(folder: Path) -> None:
    passages = rows(folder / "gapped" / "passages.jsonl.gz")
    texts = "\n".join(str(row["text"]) for row in passages)
    asked = rows(folder / "gapped" / "questions.jsonl.gz")
    assert len(asked) == 6
    originals = [str(row["text"]) for row in rows(folder / "open" / "passages.jsonl.gz")]
    changed = [row for row in passages if row["text"] not in originals]
    assert len(changed) == 6
    for row in asked:
        name = str(row["question"])[:3]
        assert (f"{name}成立于" in texts) == row["answerable"]
