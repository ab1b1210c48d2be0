"""What the reader makes of the hits puts them into a better order."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy
import pytest

from ingest.report import Paragraph, Span
from qa.answer_type import AnswerType, Expectation, expected_answer
from qa.reader import Page, Reading
from qa.reranker import READ_COUNT, Reranker
from qa.retriever import Hit, Query

OTHER = Expectation(type=AnswerType.OTHER, is_list=False)


@dataclass
class FakeReader:
    """Finds in a text the number that it is."""

    asked: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def read(self, question: str, pages: Sequence[Page]) -> list[Reading]:
        self.asked.append(question)
        self.titles = [page.title for page in pages]
        return [Reading(answerable=float(page.text), spans=()) for page in pages]


class IndifferentReader(FakeReader):
    """Finds an answer as likely in one text as in the other."""

    def read(self, question: str, pages: Sequence[Page]) -> list[Reading]:
        return [Reading(answerable=0.0, spans=()) for page in pages]


class FakeAligner:
    """Aligns each text by the fraction of its number."""

    def align(self, question: str, texts: Sequence[str]) -> list[float]:
        return [float(text) % 1 for text in texts]


class EvenAligner:
    """Aligns all texts alike."""

    def align(self, question: str, texts: Sequence[str]) -> list[float]:
        return [0.5 for text in texts]


class FakeLibrary:
    """Two documents in two languages."""

    def titles(self) -> dict[str, str]:
        return {"A": "甲", "B": "Title"}


def hit(
    rank: int,
    reading: float,
    *,
    document: str = "A",
    section: tuple[str, ...] = (),
    shares_language: bool = True,
) -> Hit:
    text = str(reading)
    return Hit(
        key=rank,
        document=document,
        paragraph=Paragraph(
            label=str(rank),
            text=text,
            section=section,
            page=None,
            source=Span(start=0, end=len(text)),
        ),
        rank=rank,
        score=0.8 - rank / 100,
        shares_language=shares_language,
    )


def query(language: str, glossed: tuple[str, ...] = ()) -> Query:
    return Query(
        text="问",
        language=language,
        vector=numpy.zeros(3),
        weights={},
        synonyms=(),
        glossed=glossed,
        glossed_weights={},
        glossed_share=0.0,
        titled=frozenset(),
        rest=None,
    )


def reranker_with(reader: FakeReader) -> Reranker:
    return Reranker(FakeLibrary(), aligner=FakeAligner(), reader=reader)  # type: ignore[arg-type]


def rerank(language: str, hits: Sequence[Hit], named_count: int = 0) -> list[str]:
    reranker = reranker_with(FakeReader())
    asked = query(language)
    read, unread = reranker.rerank(
        asked, latest=asked.text, expectation=OTHER, hits=hits, named_count=named_count
    )
    ordered = [*(each.hit for each in read), *unread]
    assert [each.rank for each in ordered] == list(range(1, len(hits) + 1))
    scores = [each.score for each in ordered]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    return [each.paragraph.label for each in ordered]


def test_a_sure_reading_wins_over_a_slightly_better_score() -> None:
    # Scores 0.79, 0.78 and 0.77; a unit of the log-odds is worth 0.0129: 0.751, 0.819, 0.770.
    assert rerank("zh", [hit(1, -3.0), hit(2, 3.0), hit(3, 0.0)]) == ["2", "3", "1"]


def test_a_reader_that_sees_no_answer_anywhere_moves_little() -> None:
    # Scores 0.79 and 0.78; a unit of the log-odds is worth 0.0035, below it 0.0115.
    assert rerank("zh", [hit(1, -4.0), hit(2, -3.0)]) == ["1", "2"]
    assert rerank("zh", [hit(1, -2.0), hit(2, 0.0)]) == ["2", "1"]


def test_across_languages_the_reader_is_believed_less() -> None:
    # Scores 0.79 and 0.78; a unit of the log-odds is worth 0.006 there, and 0.013 within one.
    def both(second: float, *, shares_language: bool) -> list[Hit]:
        readings = ((1, 0.0), (2, second))
        return [hit(rank, value, shares_language=shares_language) for rank, value in readings]

    assert rerank("zh", both(1.0, shares_language=True)) == ["2", "1"]
    assert rerank("ru", both(1.0, shares_language=False)) == ["1", "2"]
    assert rerank("ru", both(2.0, shares_language=False)) == ["2", "1"]


def test_across_languages_a_better_alignment_wins() -> None:
    # Scores 0.79, 0.78 and 0.77; 0.4 times 0.2 is more than lies between.
    readings = (0.1, 0.1, 0.3)
    hits = [hit(rank, value, shares_language=False) for rank, value in enumerate(readings, 1)]
    assert rerank("ru", hits) == ["3", "1", "2"]


def test_an_alignment_moves_no_paragraph_in_the_questions_own_language() -> None:
    hits = [hit(1, 0.0), hit(2, 0.0), hit(3, 0.2, shares_language=False)]
    # Alone in its language it is as well aligned as the mean, so it keeps its score.
    assert rerank("ru", hits) == ["1", "2", "3"]
    assert rerank("zh", [hit(1, 0.0), hit(2, 0.3)]) == ["1", "2"]


NAMED = ((1, -4.0), (2, 4.0))


@pytest.mark.parametrize("language", ["zh", "ru"])
def test_paragraphs_called_by_name_stay_in_front(language: str) -> None:
    hits = [hit(rank, reading, shares_language=language == "zh") for rank, reading in NAMED]
    assert rerank(language, hits, named_count=1) == ["1", "2"]


def test_hits_beyond_those_read_follow_in_their_order() -> None:
    hits = [hit(rank, 4.0 if rank == READ_COUNT + 2 else 0.0) for rank in range(1, 14)]
    assert rerank("zh", hits) == [str(rank) for rank in range(1, 14)]


def test_nothing_found_gives_nothing() -> None:
    assert rerank("zh", []) == []


def test_each_page_bears_its_heading_and_the_question_its_glosses() -> None:
    reader = FakeReader()
    reranker = reranker_with(reader)
    hits = [hit(1, 0.0, section=("一", "二")), hit(2, 0.0), hit(3, 0.0, document="B")]
    asked = query("en", ("法官", "国家"))
    reranker.rerank(asked, latest=asked.text, expectation=OTHER, hits=hits, named_count=0)
    assert reader.titles == ["二", "甲", "Title"]
    assert reader.asked == ["问 (法官 国家)"]


def test_a_follow_up_is_read_with_the_question_before_in_brackets() -> None:
    reader = FakeReader()
    asked = replace(query("zh"), text="有多少法官？ 在哪里？")
    reranker_with(reader).rerank(
        asked, latest="在哪里？", expectation=OTHER, hits=[hit(1, 0.0)], named_count=0
    )
    assert reader.asked == ["在哪里？ (有多少法官？)"]


def first_of(
    question: str, *texts: str, shares_language: bool = True, documents: str = "AA"
) -> str:
    """Return which of two texts comes first that were found 0.004 apart and read alike."""
    hits: list[Hit] = []
    for rank, (text, document) in enumerate(zip(texts, documents, strict=True)):
        found = hit(1, 0.0, document=document, shares_language=shares_language)
        paragraph = replace(found.paragraph, text=text)
        hits.append(replace(found, paragraph=paragraph, score=0.8 - 0.004 * rank))
    asked = replace(query("zh"), text=question)
    read, _ = Reranker(
        FakeLibrary(),  # type: ignore[arg-type]
        aligner=EvenAligner(),  # type: ignore[arg-type]
        reader=IndifferentReader(),  # type: ignore[arg-type]
    ).rerank(
        asked,
        latest=question,
        expectation=expected_answer(question),
        hits=hits,
        named_count=0,
    )
    return read[0].hit.paragraph.text


def test_a_paragraph_without_what_is_asked_for_falls_behind() -> None:
    without, holds = "检查员分组工作，每天在港口。", "检查员共有八人，每天在港口。"
    assert first_of("有多少检查员？", without, holds) == holds
    assert first_of("检查员做什么？", without, holds) == without


def test_a_paragraph_without_the_country_asked_about_falls_behind() -> None:
    other, togo = "加纳有一个港口机构。", "多哥有一个港口机构。"
    assert first_of("多哥有什么机构？", other, togo) == togo
    assert first_of("那里有什么机构？", other, togo) == other


def test_a_long_paragraph_comes_before_a_short_one() -> None:
    short, long = "港口" * 40, "港口" * 80  # 0.011 times log 2 is 0.0076
    assert first_of("什么？", short, long) == long
    assert first_of("什么？", short, long, documents="AB") == long
    assert first_of("什么？", "港口" * 1200, "港口" * 2400) == "港口" * 1200


def test_across_languages_length_counts_within_a_document() -> None:
    short, long = "港口" * 40, "港口" * 80
    assert first_of("什么？", short, long, shares_language=False) == long
    assert first_of("什么？", short, long, shares_language=False, documents="AB") == short
