"""The ranking: never worse than one leg alone, scores that fall, named paragraphs first."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.dense import FaissStore
from index.lexical import simplified
from index.library import Library
from qa.evaluation import Evaluation
from qa.retriever import Hit, Query, Retriever

REPORT = "CTOC/COP/2012/10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A development question made ready, the labels that are right for it, and the final first."""

    language: str
    query: Query
    right: frozenset[str]
    first: str


@pytest.fixture(scope="module")
def store(report_library: Library) -> FaissStore:
    return FaissStore(report_library)


@pytest.fixture(scope="module")
def retriever(report_library: Library, store: FaissStore) -> Retriever:
    return Retriever(report_library, store=store)


@pytest.fixture(scope="module")
def searched(retriever: Retriever, development: Evaluation) -> list[Searched]:
    return [
        Searched(
            language=one.answer.language,
            query=retriever.query(simplified(one.question.text), language=one.answer.language),
            right=one.gold.paragraphs | one.gold.also_ok,
            first=one.answer.passages[0].paragraph,
        )
        for one in development.questions
        if one.gold.answerable and not one.question.context
    ]


def right_counts(firsts: Sequence[str | None], searched: Sequence[Searched]) -> Mapping[str, int]:
    """Return for each language how many of the first hits are right."""
    counts: dict[str, int] = defaultdict(int)
    for first, question in zip(firsts, searched, strict=True):
        counts[question.language] += first in question.right
    return counts


def test_in_no_language_is_the_ranking_worse_than_either_search_alone(
    report_library: Library,
    store: FaissStore,
    searched: list[Searched],
) -> None:
    def label(keys: Sequence[int]) -> str | None:
        return report_library.paragraphs_at(keys)[keys[0]][1].label if keys else None

    dense, lexical, final = [], [], []
    for question in searched:
        query = question.query
        found = store.dense_search(query.vector, documents=(), limit=1)
        dense.append(label([match.paragraph for match in found]))
        words = store.lexical_search(query.weights, documents=(), limit=1)
        lexical.append(label([match.paragraph for match in words]))
        final.append(question.first)
    of_dense, of_lexical, of_final = (
        right_counts(firsts, searched) for firsts in (dense, lexical, final)
    )
    assert set(of_final) == {"zh", "zh-Hant", "en", "fr", "es", "ru", "ar"}
    worse = {
        language: (of_dense[language], of_lexical[language], count)
        for language, count in of_final.items()
        if count < max(of_dense[language], of_lexical[language])
    }
    assert worse == {}


def test_scores_lie_within_0_and_1_and_fall_with_the_rank(
    retriever: Retriever, searched: list[Searched]
) -> None:
    for question in searched:
        hits = retriever.retrieve(question.query, documents=(), limit=100)
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert 0 < scores[-1] <= scores[0] <= 1
        assert [hit.rank for hit in hits] == list(range(1, 74))
        assert len({hit.key for hit in hits}) == 73


def test_a_shorter_ranking_is_the_beginning_of_the_longer(
    retriever: Retriever, searched: list[Searched]
) -> None:
    query = searched[0].query
    assert (
        retriever.retrieve(query, documents=(), limit=3)
        == (retriever.retrieve(query, documents=(), limit=10)[:3])
    )


def test_named_paragraphs_stand_first_in_their_order_with_score_1_and_only_once(
    report_library: Library, retriever: Retriever
) -> None:
    query = retriever.query("枪支项目覆盖几个国家？", language="zh")
    named = [(REPORT, report_library.paragraph(REPORT, label)) for label in ("60", "53", "1")]
    assert retriever.retrieve(query, documents=(), limit=1)[0].paragraph.label == "53"
    hits = retriever.retrieve(query, documents=(), limit=100, named=named)
    assert [(hit.paragraph.label, hit.score) for hit in hits[:3]] == [
        ("60", 1.0),
        ("53", 1.0),
        ("1", 1.0),
    ]
    assert hits[3].score < 1
    assert len({hit.paragraph.label for hit in hits}) == len(hits) == 73


def test_a_restriction_keeps_other_documents_out(library: Library, tmp_path: Path) -> None:
    source = tmp_path / "passages.jsonl"
    rows = [
        {"doc_id": name, "passage_id": "1", "lang": "en", "title": "", "text": f"{name} grows rice"}
        for name in ("Mali", "Togo")
    ]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    library.add(source)
    retriever = Retriever(library, store=FaissStore(library))

    def found(documents: Sequence[str]) -> list[Hit]:
        query = retriever.query("What does Togo grow?", language="en")
        return retriever.retrieve(query, documents=documents, limit=10)

    assert [hit.document for hit in found([])] == ["Togo", "Mali"]
    assert [hit.document for hit in found(["Mali"])] == ["Mali"]


def test_an_empty_library_gives_no_hits(library: Library) -> None:
    retriever = Retriever(library, store=FaissStore(library))
    query = retriever.query("Anything?", language="en")
    assert retriever.retrieve(query, documents=(), limit=10) == []


def test_a_word_that_no_document_has_is_searched_by_its_synonyms(retriever: Retriever) -> None:
    query = retriever.query("货柜里查出了什么？", language="zh")
    assert "集装箱" in query.synonyms
    assert query.weights["集装箱"] > 0
    # 货柜 is in no paragraph; 集装箱 itself is a word of the report and needs no synonym.
    assert "货柜" not in retriever.query("集装箱里查出了什么？", language="zh").synonyms
    assert retriever.query("What was found in containers?", language="en").synonyms == ()


def test_the_title_of_a_document_does_not_choose_among_its_paragraphs(
    library: Library, tmp_path: Path
) -> None:
    texts = {
        "北方轮渡公司": (
            "北方轮渡公司2019年表现良好。北方轮渡公司感谢员工的努力。",
            "全年运送旅客120万人次，船票比上年贵了3%。",
        ),
        "南方轮渡公司": (
            "南方轮渡公司2019年表现良好。南方轮渡公司感谢员工的努力。",
            "全年运送旅客310万人次，船票比上年贵了5%。",
        ),
    }
    rows = [
        {"doc_id": t, "passage_id": f"{t}-{i}", "lang": "zh", "title": t, "text": text}
        for t, passages in texts.items()
        for i, text in enumerate(passages)
    ]
    source = tmp_path / "passages.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    library.add(source)
    retriever = Retriever(library, store=FaissStore(library))

    for company in texts:
        query = retriever.query(f"{company}2019年的票价上涨了多少？", language="zh")
        found = retriever.retrieve(query, documents=(), limit=10)
        assert [hit.paragraph.label for hit in found[:2]] == [f"{company}-1", f"{company}-0"]

        # Where nothing else is said, it is the name that is looked for.
        query = retriever.query(f"介绍一下{company}。", language="zh")
        assert query.rest is not None
        (first, *_) = retriever.retrieve(query, documents=(), limit=10)
        assert first.paragraph.label == f"{company}-0"
