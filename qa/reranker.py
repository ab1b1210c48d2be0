"""What their words mean, and what the reader makes of them, puts the hits into a better order."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from index.library import Library
from ingest.report import Paragraph
from qa.alignment import Aligner
from qa.answer_type import Expectation
from qa.reader import Page, Reader, Reading
from qa.retriever import Hit, Query
from qa.short_answer import asked_finder, is_told_for_certain, readable
from qa.spans import country_codes

ALIGNED_COUNT = 20
"""Hits of which those in another language than the question's are aligned with it.

On XQuAD over Chinese passages the right one is among them for 88 to 98 questions of 100.
"""
ALIGNMENT_WEIGHT = 0.45
"""What a better alignment by 1 adds to a retrieval score.

Measured on XQuAD over Chinese passages, where hit@1 rises by 5 to 19 points, and on the report.
"""
READ_COUNT = 10
"""Hits that are read."""
READING_WEIGHT = 0.013
"""What one unit of the reader's log-odds adds to a retrieval score within a language.

Measured on the reports of ``data/training/reports/verdict``, where it and what follows raise hit@1
among the paragraphs read from 0.88 to 0.95, and on DRAGONBall; flat from 0.01 to 0.02.
"""
CROSS_READING_WEIGHT = 0.006
"""The same across languages, where alignment knows more.

On the same reports hit@1 of questions in other languages rises from 0.88 to 0.92, flat from 0.006
to 0.008; on XQuAD over Chinese passages it stays at 0.86 and falls to 0.84 at 0.01.
"""
UNSEEN_LOG_ODDS = -2.0
"""Highest log-odds of all hits at which the reader's order counts half.

Where it sees an answer nowhere, the question is put in words that it does not recognise, and which
no of its is the louder says little. Measured with an earlier reader: a right first hit more on the
report, none less on DRCD, CMRC 2018 and DRAGONBall.
"""
LOG_ODDS_LIMIT = 4.0
"""Log-odds beyond which the reader is not believed further."""
TYPE_WEIGHT = 0.006
"""What a paragraph loses that holds nothing of the asked-for type, where its form tells that.

This and the two below were fitted to the reports of ``data/training/reports/verdict`` with the
weight of the reader, by the likelihood of the right paragraph among those read.
"""
COUNTRY_WEIGHT = 0.01
"""What a paragraph loses that names, with what stands above it, no country of the question's."""
LENGTH_WEIGHT = 0.011
"""What a paragraph gains that is e times as long as those it is compared with.

A long one says more, while cosines prefer short ones, which say one thing. Across languages, where
the alignment makes up for the length, that holds within a document: there hit@1 of the reports
rises from 0.90 to 0.92, while XQuAD loses where passages of all documents are compared.
"""
LENGTH_RANGE = (15, 2000)
"""Lengths, in code points, beyond which a paragraph loses and gains no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHit:
    """A hit and what the reader makes of its paragraph.

    Attributes:
        hit: with its new rank and score.
        retrieved: the score it was found with, alignment included.
        reading: of its paragraph.
    """

    hit: Hit
    retrieved: float
    reading: Reading


class Reranker:
    """Aligns and reads the first hits of a ranking and ranks them anew."""

    def __init__(self, library: Library, *, aligner: Aligner, reader: Reader) -> None:
        self._library = library
        self._aligner = aligner
        self._reader = reader

    def warm_up(self) -> None:
        """Load both models."""
        self._aligner.align("?", ["?"])
        self._reader.read("?", [Page(title="", text="?")])

    def rerank(
        self,
        query: Query,
        *,
        latest: str,
        expectation: Expectation,
        hits: Sequence[Hit],
        named_count: int,
    ) -> tuple[list[ReadHit], list[Hit]]:
        """Return the hits that were read, best first, and those that follow them unread.

        Ranks go on counting through both lists and scores fall through both, within 0..1.

        Args:
            query: the question.
            latest: the question without the one before it that it may be searched behind.
            expectation: what would answer it.
            hits: the retriever's ranking.
            named_count: how many of `hits` the question calls by name: these stay in front.
        """
        hits = self._aligned(query, hits=hits, named_count=named_count)
        titles = self._library.titles()
        first, rest = hits[:READ_COUNT], hits[READ_COUNT:]
        readings = self._reader.read(
            as_read(query, latest=latest),
            [
                Page(
                    title=heading_of(hit.paragraph, title=titles[hit.document]),
                    text=hit.paragraph.text,
                )
                for hit in first
            ],
        )
        seen = _seen(readings)
        lengths = _length_gains(first)
        losses = _losses(query, expectation, first, titles)
        scores = [
            _fused(
                hit,
                reading,
                seen * (READING_WEIGHT if hit.shares_language else CROSS_READING_WEIGHT),
                length - loss,
            )
            for hit, reading, length, loss in zip(first, readings, lengths, losses, strict=True)
        ]
        order = sorted(range(len(first)), key=lambda i: (min(i, named_count), -scores[i], i))
        read: list[ReadHit] = []
        floor = 1.0
        for rank, index in enumerate(order, start=1):
            floor = min(floor, scores[index])
            hit = replace(first[index], rank=rank, score=floor)
            read.append(ReadHit(hit=hit, retrieved=first[index].score, reading=readings[index]))
        unread = [replace(hit, score=min(floor, hit.score)) for hit in rest]
        return read, unread

    def reread(self, query: Query, *, latest: str, title: str, text: str) -> Reading:
        """Return what the reader makes of a text alone, such as what is quoted of a paragraph.

        Args:
            query: the question.
            latest: as in `rerank`.
            title: what stands above the text.
            text: not empty.
        """
        (reading,) = self._reader.read(
            as_read(query, latest=latest), [Page(title=title, text=text)]
        )
        return reading

    def _aligned(self, query: Query, *, hits: Sequence[Hit], named_count: int) -> list[Hit]:
        """Return the ranking with the hits in other languages moved by their alignment.

        It moves them beside each other: those in the question's own language, which have no
        alignment, keep their scores, and so do the others on average.
        """
        foreign = [
            index
            for index, hit in enumerate(hits[:ALIGNED_COUNT])
            if index >= named_count and not hit.shares_language
        ]
        if not foreign:
            return list(hits)
        aligned = self._aligner.align(query.text, [hits[i].paragraph.text for i in foreign])
        mean = sum(aligned) / len(aligned)
        scores = [hit.score for hit in hits]
        for index, value in zip(foreign, aligned, strict=True):
            score = scores[index] + ALIGNMENT_WEIGHT * (value - mean)
            scores[index] = max(0.0, min(1.0, score))
        order = sorted(range(len(hits)), key=lambda i: (min(i, named_count), -scores[i], i))
        return [
            replace(hits[index], rank=rank, score=scores[index])
            for rank, index in enumerate(order, start=1)
        ]


def heading_of(paragraph: Paragraph, *, title: str) -> str:
    """Return what stands above a paragraph: its nearest heading, else the document's title."""
    return paragraph.section[-1] if paragraph.section else title


def as_read(query: Query, *, latest: str) -> str:
    """Return the question as it is read: with what helps to understand it in brackets.

    That is the question before it, and its glosses or synonyms, as in training.
    """
    helps = [query.text.removesuffix(latest).strip(), *(query.glossed or query.synonyms)]
    given = " ".join(filter(None, helps))
    return f"{latest} ({given})" if given else latest


def _seen(readings: Sequence[Reading]) -> float:
    """Return how far the reader sees an answer in any page, 0..1."""
    highest = max((reading.answerable for reading in readings), default=UNSEEN_LOG_ODDS)
    return 1 / (1 + math.exp(UNSEEN_LOG_ODDS - highest))


def _length_gains(hits: Sequence[Hit]) -> list[float]:
    """Return what each hit gains by its length, 0 on average among those it is compared with.

    In the question's language these are all, across languages those of the same document.
    """
    shortest, longest = LENGTH_RANGE
    lengths = [math.log(max(shortest, min(longest, len(hit.paragraph.text)))) for hit in hits]
    beside: dict[str | None, list[float]] = defaultdict(list)
    for hit, length in zip(hits, lengths, strict=True):
        beside[_compared_in(hit)].append(length)
    return [
        LENGTH_WEIGHT * (length - fmean(beside[_compared_in(hit)]))
        for hit, length in zip(hits, lengths, strict=True)
    ]


def _compared_in(hit: Hit) -> str | None:
    """Return the document in which a hit's length counts; None: in all."""
    return None if hit.shares_language else hit.document


def _losses(
    query: Query, expectation: Expectation, hits: Sequence[Hit], titles: Mapping[str, str]
) -> list[float]:
    """Return what each hit loses by what its form tells that it lacks, 0 or more."""
    finder = asked_finder(query.text, expectation)
    if not is_told_for_certain(query.text, expectation):
        finder = None
    asked = set(country_codes(query.text).values())
    losses: list[float] = []
    for hit in hits:
        text = readable(hit.paragraph.text)
        loss = TYPE_WEIGHT if finder is not None and not finder(text) else 0.0
        if asked:
            said = "\n".join([titles[hit.document], *hit.paragraph.section, text])
            missing = asked - set(country_codes(said).values())
            loss += COUNTRY_WEIGHT * len(missing) / len(asked)
        losses.append(loss)
    return losses


def _fused(hit: Hit, reading: Reading, weight: float, gain: float) -> float:
    """Return the score of a hit that was read, 0..1."""
    limited = max(-LOG_ODDS_LIMIT, min(LOG_ODDS_LIMIT, reading.answerable))
    # Shifted and scaled into 0..1 the same way for all hits, whichever language they are in.
    most = LOG_ODDS_LIMIT * READING_WEIGHT
    most += LENGTH_WEIGHT * math.log(LENGTH_RANGE[1] / LENGTH_RANGE[0])
    least = most + TYPE_WEIGHT + COUNTRY_WEIGHT
    return (hit.score + weight * limited + gain + least) / (1 + least + most)
