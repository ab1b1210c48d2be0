"""A small training run makes a reader that can be served."""

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from index import default_model
from index.embedder import Embedder
from ingest.errors import InputError, ModelError
from ingest.report import Span
from qa.reader import Page, Reader
from qa.reader_input import WINDOW_LIMIT, tokens_of
from qa.training import __main__ as training
from qa.training import prepare
from qa.training.export import export, shipped_state
from qa.training.groups import GroupMaker, Pair, bilingual, glossed, nearest_passages
from qa.training.rows import RowMaker, RowSet, read_rows
from qa.training.squad import Example, read_squad
from qa.training.train import train
from ui.settings import Settings

FACTS = [
    (
        "海关署",
        "海关署成立于1987年，总部设在港口城市，负责检查货柜。",
        "1987年",
        "海关署何时成立？",
    ),
    (
        "渔业署",
        "渔业署有四十名检查员，他们每月出海两次，检查渔网。",
        "四十名",
        "渔业署有多少检查员？",
    ),
    (
        "林业署",
        "林业署在山区办公，由一名署长领导，管理全国的林木。",
        "一名署长",
        "林业署由谁领导？",
    ),
    (
        "水务署",
        "水务署每年发表两份报告，介绍河流的水质和水量情况。",
        "两份",
        "水务署每年发表几份报告？",
    ),
]


@pytest.fixture
def examples(tmp_path: Path) -> list[Example]:
    path = tmp_path / "squad.json"
    articles = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": context,
                    "qas": [
                        {
                            "question": question,
                            "answers": [{"text": answer, "answer_start": context.index(answer)}],
                        }
                    ],
                }
            ],
        }
        for title, context, answer, question in FACTS
    ]
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    return read_squad(path)


def test_nearest_passages_are_others_without_the_answer(
    examples: list[Example], embedder: Embedder
) -> None:
    nearest = nearest_passages(examples, among=examples, embedder=embedder)
    for index, others in enumerate(nearest):
        assert sorted(others) == [other for other in range(4) if other != index]


def test_each_group_begins_with_the_pair_that_answers(
    examples: list[Example], settings: Settings
) -> None:
    maker = GroupMaker(
        examples,
        nearest=[[1, 2], [0, 2], [0, 1], [0, 1]],
        lexicons=[{"成立": ["establish"], "多少": ["how many"]}],
        readings={},
        cache_folder=settings.cache,
    )
    for seed in range(5):
        groups = list(maker.groups(generator=random.Random(seed)))
        assert len(groups) == 4
        for first, *others in groups:
            assert first.answer is not None
            said = first.text[first.answer.start : first.answer.end]
            assert said in {answer for _, _, answer, _ in FACTS}
            # A near miss is made where there is something to change; what is found comes last.
            assert len(others) in (1, 2)
            assert not any(other.answer for other in others)
            assert others[-1].question == first.question and said not in others[-1].text
            for other in others:
                assert other.is_ranked == (other.question == first.question) or said in other.text


def test_written_near_misses_stand_beside_the_passage_they_miss(
    examples: list[Example], settings: Settings
) -> None:
    maker = GroupMaker(
        [replace(examples[0], near_misses=("海关署何时解散？",))],
        nearest=[[]],
        lexicons=[],
        readings={},
        cache_folder=settings.cache,
    )
    others = [
        other
        for seed in range(20)
        for group in maker.groups(generator=random.Random(seed))
        for other in group[1:]
    ]
    written = [other for other in others if other.text == FACTS[0][1] and "解" in other.question]
    assert 10 <= len(written) < 20
    assert not any(other.is_ranked or other.answer for other in written)


def test_foreign_questions_bring_the_words_of_the_glossary(
    examples: list[Example], settings: Settings
) -> None:
    maker = GroupMaker(
        [replace(examples[1], question="How many inspectors check the nets?")],
        nearest=[[]],
        lexicons=[],
        readings={},
        cache_folder=settings.cache,
    )
    asked = {
        group[0].question
        for seed in range(20)
        for group in maker.groups(generator=random.Random(seed))
    }
    assert asked == {
        "How many inspectors check the nets?",
        "How many inspectors check the nets? (检查员 检查)",
    }


def test_a_row_is_a_window_of_its_passage_that_holds_the_answer(settings: Settings) -> None:
    context = "".join(f"第{number}处检查了{number}个货柜。" for number in range(100, 160))
    start = context.index("151个货柜")
    pair = Pair(
        question="第151处检查了多少货柜？",
        title="",
        text=context,
        answer=Span(start=start, end=start + len("151个货柜")),
        is_ranked=True,
    )
    tokenizer = default_model.tokenizer(default_model.prepared_folder(settings.cache))
    spans = tokens_of(context, tokenizer=tokenizer).spans
    lengths: set[int] = set()
    firsts: set[int] = set()
    for seed in range(20):
        maker = RowMaker(tokenizer)
        rows = maker.row_set([[pair]], generator=random.Random(seed))
        ((row,),) = rows.groups
        offset = rows.input(row).offset - row.window.start
        begin, end = (spans[place - offset] for place in row.place)
        assert context[begin[0] : end[1]] == "151个货柜"
        assert len(row.window) <= WINDOW_LIMIT
        lengths.add(len(row.window))
        firsts.add(row.window.start)
    assert len(lengths) > 3 and len(firsts) > 3


def test_an_answer_that_no_window_holds_makes_no_row(settings: Settings) -> None:
    context = "货柜，" * 200
    answer = Span(start=0, end=len(context))
    pair = Pair(question="什么？", title="", text=context, answer=answer, is_ranked=True)
    tokenizer = default_model.tokenizer(default_model.prepared_folder(settings.cache))
    maker = RowMaker(tokenizer)
    assert maker.row(pair, generator=random.Random(1)) is None
    assert not maker.row_set([[pair]], generator=random.Random(1)).groups


def test_rows_are_the_same_in_the_file_they_are_saved_to(
    examples: list[Example], settings: Settings, tmp_path: Path
) -> None:
    made = _rows(examples, settings)
    made.save(tmp_path / "rows.npz")
    read = read_rows([tmp_path / "rows.npz"])
    assert read.groups == made.groups
    assert [list(text) for text in read.texts] == [list(text) for text in made.texts]
    first = made.groups[0][0]
    assert read.input(first) == replace(made.input(first), passage=read.input(first).passage)
    twice = read_rows([tmp_path / "rows.npz"] * 2)
    assert len(twice.groups) == 2 * len(made.groups)
    for group, again in zip(made.groups, twice.groups[len(made.groups) :], strict=True):
        assert [twice.input(row) for row in again] == [read.input(row) for row in group]
    # Four facts in two passes share their passages.
    assert len(made.groups) == 8
    assert len({group[0].passage for group in made.groups}) == 4


def test_a_file_that_holds_no_rows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.npz").write_bytes(b"nothing")
    with pytest.raises(InputError, match=r"qa\.training\.prepare"):
        read_rows([tmp_path / "rows.npz"])


def _rows(examples: list[Example], settings: Settings) -> RowSet:
    """Return the rows of two passes over examples."""
    maker = GroupMaker(
        examples,
        nearest=[[1, 2], [0, 2], [0, 1], [0, 1]],
        lexicons=[],
        readings={},
        cache_folder=settings.cache,
    )
    generator = random.Random(1)
    groups = [group for _ in range(2) for group in maker.groups(generator=generator)]
    tokenizer = default_model.tokenizer(default_model.prepared_folder(settings.cache))
    return RowMaker(tokenizer).row_set(groups, generator=generator)


def test_glossed_questions_keep_figures_and_spell_what_has_no_gloss() -> None:
    text = glossed(
        ["海关署", "在", "1987", "年", "成立"],
        lexicon={"成立": ["establish"], "在": ["in"], "年": ["year"]},
        readings={"海": "hai", "关": "guan", "署": "shu"},
        generator=random.Random(1),
    )
    assert text == "haiguanshu in 1987 year establish"
    assert bilingual(text, ["设立"]) == "haiguanshu in 1987 year establish (设立)"
    assert bilingual(text, []) == text


def test_two_steps_of_training_give_a_reader_that_reads(
    examples: list[Example],
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = ["--cache", str(settings.cache)]
    rows_file = tmp_path / "rows.npz"
    given = [str(tmp_path / "squad.json"), "--passes", "3", "--output", str(rows_file)]
    monkeypatch.setattr("sys.argv", ["prepare", *given, *cache])
    prepare.main()
    rows = read_rows([rows_file])
    assert len(rows.groups) == 3 * len(examples)
    monkeypatch.setattr(
        "sys.argv", ["training", str(rows_file), "--steps", "2", "--output", str(tmp_path), *cache]
    )
    training.main()
    state, graph = tmp_path / "reader.pt", tmp_path / "reader.onnx"
    initial = shipped_state(graph)
    _assert_near(initial, torch.load(state, weights_only=True))
    model_folder = default_model.prepared_folder(settings.cache)
    train(
        rows,
        model_folder=model_folder,
        output=state,
        step_count=1,
        seed=1,
        in_bfloat16=True,
        initial=initial,
    )
    export(state, model_folder=model_folder, output=graph)
    assert graph.stat().st_size < 25_000_000
    reader = Reader(cache_folder=settings.cache, model_file=graph)
    pages = [Page(title=title, text=context) for title, context, _, _ in FACTS]
    readings = reader.read("海关署何时成立？", pages)
    assert len(readings) == 4
    for page, reading in zip(pages, readings, strict=True):
        assert reading.spans
        scores = [found.score for found in reading.spans]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= f.span.start < f.span.end <= len(page.text) for f in reading.spans)


def _assert_near(left: Mapping[str, torch.Tensor], right: Mapping[str, torch.Tensor]) -> None:
    """Check that two states differ by no more than int8 does: half a step of a matrix column."""
    assert left.keys() == right.keys()
    for name, values in right.items():
        step = 2 * values.abs().max() / 254
        assert (left[name] - values).abs().max() <= step, name


def test_a_file_that_is_no_reader_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match="expected an ONNX graph"):
        shipped_state(tmp_path / "reader.onnx")
