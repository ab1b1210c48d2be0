"""What is quoted of the hits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy
import pytest

from index.store import SentenceMatch
from ingest.report import Paragraph, Span
from ingest.sentences import split_sentences
from qa.answer_type import AnswerType, Expectation
from qa.composer import (
    LONG_SENTENCE_LIMIT,
    PARAGRAPH_LIMIT,
    SENTENCE_LIMIT,
    Composition,
    ExtractiveComposer,
    Statement,
    said_once,
)
from qa.evaluation import Evaluation
from qa.reader import Reading, ReadSpan
from qa.reranker import ReadHit
from qa.retriever import Hit, Query
from qa.service import Service

NUMBER = Expectation(type=AnswerType.NUMBER, is_list=False)
PLACE = Expectation(type=AnswerType.PLACE, is_list=False)
PLACES = Expectation(type=AnswerType.PLACE, is_list=True)
HOW = Expectation(type=AnswerType.HOW, is_list=False)
OTHER = Expectation(type=AnswerType.OTHER, is_list=False)
LIST = Expectation(type=AnswerType.OTHER, is_list=True)
SUMMARY = Expectation(type=AnswerType.SUMMARY, is_list=False)
COMPARISON = Expectation(type=AnswerType.COMPARISON, is_list=False)


def paragraph(label: str, text: str, *, section: tuple[str, ...] = ()) -> Paragraph:
    return Paragraph(
        label=label, text=text, section=section, page=None, source=Span(start=0, end=len(text))
    )


@dataclass(frozen=True)
class FakeLibrary:
    """A library of one document that knows characters as search terms."""

    paragraphs: Sequence[Paragraph]

    def document(self, document: str) -> SimpleNamespace:
        assert document == "D"
        return SimpleNamespace(paragraphs=tuple(self.paragraphs))

    def search_terms(self, text: str) -> list[str]:
        return list(text)


@dataclass(frozen=True)
class FakeStore:
    """A store that gives every sentence the score it is told, else 0."""

    paragraphs: Sequence[Paragraph]
    scores: Mapping[str, float]

    def sentence_scores(self, query: object, *, paragraph: int) -> list[SentenceMatch]:
        text = self.paragraphs[paragraph].text
        return [
            SentenceMatch(span=span, score=self.scores.get(text[span.start : span.end], 0.0))
            for span in split_sentences(text)
        ]


def query(text: str, weights: Mapping[str, float] | None = None) -> Query:
    return Query(
        text=text,
        language="zh",
        vector=numpy.zeros(3),
        weights=weights or {},
        synonyms=(),
        glossed=(),
        glossed_weights={},
        glossed_share=0.0,
        titled=frozenset(),
        rest=None,
    )


def reading(
    text: str, answer: str | Mapping[str, float] | None, *, answerable: float = 0.0
) -> Reading:
    """What a reader makes of a text: sure of one answer, of several as given, or blind to all."""
    likely = {answer: -0.1} if isinstance(answer, str) else answer or {}
    return Reading(
        answerable=answerable,
        spans=tuple(
            ReadSpan(
                span=Span(start=text.index(words), end=text.index(words) + len(words)), score=score
            )
            for words, score in likely.items()
        ),
    )


def compose(
    expectation: Expectation,
    paragraphs: Sequence[Paragraph],
    *,
    ranking: Mapping[str, float],
    scores: Mapping[str, float] | None = None,
    asked: Query | None = None,
    spans: Mapping[str, str | Mapping[str, float]] | None = None,
    answerable: float = 0.0,
) -> Composition:
    """Compose from `paragraphs`.

    `ranking` holds the labels of the hits with their scores, `spans` what the reader sees in them
    and `answerable` its log-odds that each of them answers.
    """
    composer = ExtractiveComposer(
        FakeLibrary(paragraphs),  # type: ignore[arg-type]
        store=FakeStore(paragraphs, scores or {}),  # type: ignore[arg-type]
    )
    keys = {one.label: key for key, one in enumerate(paragraphs)}
    hits = [
        ReadHit(
            hit=Hit(
                key=keys[label],
                document="D",
                paragraph=paragraphs[keys[label]],
                rank=rank,
                score=score,
                shares_language=True,
            ),
            retrieved=score,
            reading=reading(
                paragraphs[keys[label]].text, (spans or {}).get(label), answerable=answerable
            ),
        )
        for rank, (label, score) in enumerate(ranking.items(), start=1)
    ]
    return composer.compose(asked or query("？"), expectation=expectation, hits=hits)


def said(composition: Composition) -> list[tuple[str, str]]:
    return [(statement.paragraph.label, statement.text) for statement in composition.statements]


THREE = paragraph("1", "甲句。乙句。丙句。")


@pytest.mark.parametrize("kind", AnswerType)
@pytest.mark.parametrize("is_list", [False, True])
def test_the_best_hit_is_cited_first_whatever_is_asked(kind: AnswerType, is_list: bool) -> None:
    others = [paragraph(str(number), f"第{number}句。") for number in range(2, 6)]
    composition = compose(
        Expectation(type=kind, is_list=is_list),
        [THREE, *others],
        ranking={"4": 0.9, "1": 0.8, "2": 0.7, "3": 0.1},
    )
    assert said(composition)[0] == ("4", "第4句。")


def test_the_best_sentence_alone_is_said_where_it_stands_out() -> None:
    composition = compose(
        OTHER, [THREE], ranking={"1": 0.9}, scores={"甲句。": 0.7, "乙句。": 0.9, "丙句。": 0.7}
    )
    assert said(composition) == [("1", "乙句。")]


def test_neighbours_that_are_almost_as_good_become_one_quote() -> None:
    composition = compose(
        OTHER, [THREE], ranking={"1": 0.9}, scores={"甲句。": 0.88, "乙句。": 0.9, "丙句。": 0.1}
    )
    assert said(composition) == [("1", "甲句。乙句。")]


def test_the_sentence_with_what_was_read_is_said() -> None:
    scores = {"甲句。": 0.82, "乙句。": 0.5, "丙句。": 0.8}
    composition = compose(OTHER, [THREE], ranking={"1": 0.9}, scores=scores, spans={"1": "丙"})
    assert said(composition) == [("1", "丙句。"), ("1", "甲句。")]
    assert composition.short_answers == ("丙",)


def test_the_range_with_the_best_sentence_stands_first() -> None:
    composition = compose(
        OTHER, [THREE], ranking={"1": 0.9}, scores={"甲句。": 0.88, "乙句。": 0.1, "丙句。": 0.9}
    )
    assert said(composition) == [("1", "丙句。"), ("1", "甲句。")]


@pytest.mark.parametrize(("expectation", "limit"), [(OTHER, SENTENCE_LIMIT), (HOW, 3), (LIST, 3)])
def test_of_equal_sentences_as_many_are_said_as_fit_the_question(
    expectation: Expectation, limit: int
) -> None:
    assert LONG_SENTENCE_LIMIT == 3
    long = paragraph("1", "甲。乙。丙。丁。戊。")
    composition = compose(expectation, [long], ranking={"1": 0.9})
    assert said(composition) == [("1", long.text[: 2 * limit])]


def test_words_of_the_question_and_a_span_of_the_type_lift_a_sentence() -> None:
    two = paragraph("1", "缉获大麻。缉获25公斤。")
    scores = {"缉获大麻。": 0.50, "缉获25公斤。": 0.40}
    plain = compose(OTHER, [two], ranking={"1": 0.9}, scores=scores)
    assert said(plain) == [("1", two.text)]
    words = compose(
        OTHER,
        [two],
        ranking={"1": 0.9},
        scores=scores,
        asked=query("麻", {"麻": 1.0, "大": 1.0}),
    )
    # The second sentence goes on about what the first one names and keeps a share of its words.
    assert said(words) == [("1", "缉获大麻。")]
    typed = compose(NUMBER, [two], ranking={"1": 0.9}, scores={"缉获大麻。": 0.50})
    assert said(typed) == [("1", "缉获大麻。")]
    scores = {"缉获大麻。": 0.50, "缉获25公斤。": 0.33}
    assert said(compose(OTHER, [two], ranking={"1": 0.9}, scores=scores)) == [("1", "缉获大麻。")]
    assert said(compose(NUMBER, [two], ranking={"1": 0.9}, scores=scores)) == [("1", two.text)]


ENUMERATION = [
    paragraph("5", "方案确保："),
    paragraph("5(a)", "自主权；"),
    paragraph("5(b)", "方案做法；"),
    paragraph("5(c)", "合作。"),
    paragraph("6", "别的。"),
    paragraph("50(a)", "不属于它。"),
]
ITEMS = [("5(a)", "自主权；"), ("5(b)", "方案做法；"), ("5(c)", "合作。")]


@pytest.mark.parametrize("expectation", [LIST, SUMMARY])
def test_a_hit_that_announces_a_list_is_answered_by_all_its_items_in_order(
    expectation: Expectation,
) -> None:
    composition = compose(expectation, ENUMERATION, ranking={"5": 0.9, "6": 0.1})
    assert said(composition) == ITEMS


def test_the_items_of_a_list_are_its_short_answers_without_their_stops() -> None:
    composition = compose(LIST, ENUMERATION, ranking={"5": 0.9, "6": 0.1})
    assert composition.short_answers == ("自主权", "方案做法", "合作")


def test_two_found_items_stand_for_their_whole_list_which_the_first_found_leads() -> None:
    composition = compose(LIST, ENUMERATION, ranking={"5(c)": 0.9, "6": 0.5, "5(a)": 0.4})
    assert said(composition) == [ITEMS[2], ITEMS[0], ITEMS[1]]


@pytest.mark.parametrize(
    ("question", "cited"),
    [("去了哪些国家？", ["1", "2"]), ("去了哪两个国家？", ["1"]), ("去了哪三个国家？", ["1", "2"])],
)
def test_a_list_is_gathered_until_it_has_as_many_items_as_are_asked_for(
    question: str, cited: list[str]
) -> None:
    paragraphs = [paragraph("1", "去了马里和多哥。"), paragraph("2", "去了加纳和贝宁。")]
    composition = compose(
        PLACES, paragraphs, ranking={"1": 0.9, "2": 0.8}, asked=query(question), answerable=3.0
    )
    assert [label for label, _ in said(composition)] == cited
    assert composition.short_answers == ("马里", "多哥", "加纳", "贝宁")[: 2 * len(cited)]


def test_one_found_item_answers_alone() -> None:
    composition = compose(LIST, ENUMERATION, ranking={"5(c)": 0.9, "6": 0.1, "50(a)": 0.05})
    assert said(composition) == [("5(c)", "合作。")]


@pytest.mark.parametrize("expectation", [OTHER, HOW, NUMBER, PLACES])
def test_no_whole_list_is_cited_where_one_thing_or_spans_of_a_type_are_asked(
    expectation: Expectation,
) -> None:
    composition = compose(expectation, ENUMERATION, ranking={"5(c)": 0.9, "5(a)": 0.8, "6": 0.1})
    assert said(composition) == [("5(c)", "合作。")]


@pytest.mark.parametrize("expectation", [OTHER, HOW, NUMBER])
def test_a_hit_that_does_nothing_but_announce_is_answered_by_its_items(
    expectation: Expectation,
) -> None:
    composition = compose(expectation, ENUMERATION, ranking={"5": 0.9, "6": 0.1})
    assert said(composition) == ITEMS


def test_what_is_asked_for_can_stand_in_what_announces_a_list() -> None:
    lead = paragraph("5", "方案确保：")
    read = compose(OTHER, [lead, *ENUMERATION[1:]], ranking={"5": 0.9}, spans={"5": "方案"})
    assert said(read) == [("5", "方案确保：")]
    counted = paragraph("5", "方案确保3项权利：")
    composition = compose(NUMBER, [counted, *ENUMERATION[1:]], ranking={"5": 0.9})
    assert said(composition) == [("5", "方案确保3项权利：")]


def test_of_both_sides_in_one_paragraph_the_reader_does_not_drop_one() -> None:
    both = paragraph("1", "甲港查了5艘船。乙港查了8艘船。")
    composition = compose(
        COMPARISON,
        [both],
        ranking={"1": 0.9},
        scores={"甲港查了5艘船。": 0.7, "乙港查了8艘船。": 0.6},
        asked=query("甲港和乙港，哪个查的船多？各有多少艘？"),
        spans={"1": "5艘"},
    )
    assert said(composition) == [("1", both.text)]


def test_a_colon_without_items_is_a_sentence_like_any_other() -> None:
    composition = compose(LIST, [paragraph("7", "如下：")], ranking={"7": 0.9})
    assert said(composition) == [("7", "如下：")]


@pytest.mark.parametrize(
    ("expectation", "cited"), [(SUMMARY, ["1", "2", "3", "4"]), (COMPARISON, ["1", "2"])]
)
def test_a_summary_quotes_every_paragraph_that_is_as_good_as_the_first_a_comparison_two(
    expectation: Expectation, cited: list[str]
) -> None:
    paragraphs = [paragraph(str(number), f"第{number}句。") for number in range(1, 7)]
    near = compose(expectation, paragraphs, ranking={"3": 0.9, "1": 0.9, "2": 0.1})
    assert [label for label, _ in said(near)] == ["3", "1"]
    many = compose(expectation, paragraphs, ranking={one.label: 0.9 for one in paragraphs})
    assert [label for label, _ in said(many)] == cited
    assert PARAGRAPH_LIMIT == 4


def test_a_comparison_tells_of_each_side_what_is_asked() -> None:
    paragraphs = [paragraph("1", "甲港查了5艘船。"), paragraph("2", "乙港查了8艘船。")]
    composition = compose(
        COMPARISON,
        paragraphs,
        ranking={"1": 0.9, "2": 0.9},
        asked=query("甲港和乙港，哪个查的船多？各有多少艘？"),
    )
    assert [text for _, text in said(composition)] == ["甲港查了5艘船。", "乙港查了8艘船。"]
    assert composition.short_answers == ("5艘", "8艘")


def test_a_summary_takes_what_was_found_first_of_the_section_of_the_first_hit() -> None:
    own, other = ("二. 缉毒",), ("三. 枪支",)
    sections = {"1": own, "2": other, "3": own, "4": other, "5": other, "6": own}
    paragraphs = [paragraph(label, f"第{label}句。", section=s) for label, s in sections.items()]
    ranking = {"1": 1.0, "2": 0.3, "3": 0.29, "4": 0.2, "5": 0.1, "6": 0.0}
    composition = compose(SUMMARY, paragraphs, ranking=ranking)
    assert [label for label, _ in said(composition)] == ["1", "3"]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("甲方通过了决议。该决议请乙方报告。", OTHER, "甲方通过了决议。该决议请乙方报告。"),
        ("甲方通过了决议。此外乙方报告。", OTHER, "此外乙方报告。"),
        ("该决议请乙方报告。丙句。", OTHER, "该决议请乙方报告。"),
        ("甲方有5艘船。该船有8人。", NUMBER, "该船有8人。"),
        ("A unit was set up. It hired staff.", OTHER, "A unit was set up. It hired staff."),
        ("A unit was set up. Italy hired staff.", OTHER, "Italy hired staff."),
    ],
)
def test_what_a_sentence_refers_back_to_is_quoted_with_it(
    text: str, kind: Expectation, expected: str
) -> None:
    last = split_sentences(text)[0 if text.startswith("该") else 1]
    composition = compose(
        kind,
        [paragraph("1", text)],
        ranking={"1": 0.9},
        scores={text[last.start : last.end]: 0.9},
    )
    assert said(composition) == [("1", expected)]


@pytest.mark.parametrize(
    ("texts", "scores", "cited"),
    [
        # The other country is found far behind, or among others that are as near as it.
        (["加纳有甲。", "加纳也有丙。", "多哥有乙。", "别处有丁。"], [0.9, 0.85, 0.2, 0.1], (0, 2)),
        (["加纳有甲。", "别处有丁。", "多哥有乙。", "别处有戊。"], [0.9, 0.89, 0.88, 0.1], (0, 2)),
    ],
)
def test_a_comparison_cites_each_country_that_it_names(
    texts: list[str], scores: list[float], cited: tuple[int, ...]
) -> None:
    paragraphs = [paragraph(str(number), text) for number, text in enumerate(texts, start=1)]
    composition = compose(
        COMPARISON,
        paragraphs,
        ranking={one.label: score for one, score in zip(paragraphs, scores, strict=True)},
        asked=query("Ghana和Togo有什么不同？"),
    )
    assert said(composition) == [(str(place + 1), texts[place]) for place in cited]


def test_an_item_that_was_cited_with_its_list_is_not_cited_again() -> None:
    composition = compose(SUMMARY, ENUMERATION, ranking={"5": 0.9, "5(b)": 0.9, "6": 0.9})
    assert said(composition) == [*ITEMS, ("6", "别的。")]


@pytest.mark.parametrize("expectation", [OTHER, NUMBER, HOW])
def test_without_hits_nothing_is_said(expectation: Expectation) -> None:
    assert compose(expectation, [], ranking={}) == Composition(statements=(), short_answers=())


@pytest.mark.parametrize("expectation", [SUMMARY, COMPARISON, PLACES])
def test_without_hits_nothing_is_said_of_several_things_either(expectation: Expectation) -> None:
    assert compose(expectation, [], ranking={}) == Composition(statements=(), short_answers=())


def test_the_same_question_gives_the_same_answer(service: Service) -> None:
    question = "保护证人和受害人方面做了什么？"
    first, second = (replace(service.ask(question), seconds=0.0) for _ in range(2))
    assert first == second


def test_every_development_question_is_answered_from_its_best_hit_in_its_own_words(
    development: Evaluation,
) -> None:
    """Citation 1 is passage 1, its item or its lead-in; short answers stand in the quotes."""
    answered = [one.answer for one in development.questions if one.answer.status == "answered"]
    assert len(answered) > 50
    for answer in answered:
        first, best = answer.citations[0].paragraph, answer.passages[0].paragraph
        assert first.split("(")[0] == best.split("(")[0]
        quotes = [citation.quote for citation in answer.citations]
        for short in answer.short_answers:
            assert any(short in quote for quote in quotes)
        assert len(set(answer.short_answers)) == len(answer.short_answers)


@pytest.mark.parametrize(
    ("likely", "answers"),
    [
        ({"25项": -1.3, "四个": -6.6}, ("25项",)),  # it stands out
        ({"25项": -1.3, "四个": -2.0}, ()),  # the next is nearly as likely
        ({"25项": -5.0, "四个": -9.0}, ()),  # hardly likely itself
    ],
)
def test_a_number_that_the_reader_sees_alone_is_believed(
    likely: Mapping[str, float], answers: tuple[str, ...]
) -> None:
    composition = compose(
        NUMBER,
        [paragraph("1", "甲港是四个试点港口之一，导致25项定罪。")],
        ranking={"1": 0.9},
        asked=query("甲港有多少人判了刑？", {"甲港": 1.0}),
        spans={"1": likely},
    )
    assert composition.short_answers == answers


def test_what_is_said_is_said_once() -> None:
    def statement(label: str, start: int, end: int) -> Statement:
        span = Span(start=start, end=end)
        return Statement(document="D", paragraph=paragraph(label, "甲句。乙句。丙句。"), span=span)

    first, second, third = ((0, 3), (3, 6), (6, 9))
    whole = statement("1", 0, 9)
    assert said_once([statement("1", *first), statement("1", *second)]) == (
        statement("1", *first),
        statement("1", *second),
    )
    assert said_once([whole, statement("1", *second), statement("2", *second)]) == (
        whole,
        statement("2", *second),
    )
    assert said_once([statement("1", *third), statement("1", *first), whole]) == (whole,)
    assert said_once([statement("1", 0, 6), statement("1", 3, 9)]) == (whole,)
