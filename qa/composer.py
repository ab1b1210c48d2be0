"""Choose the sentences that answer, and the short answer within them. No language model."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.lexical import simplified
from index.library import Library
from index.store import PassageStore
from ingest.report import Paragraph, Span
from ingest.sentences import enclosing_sentence
from qa import spans
from qa.answer_type import (
    AnswerType,
    Expectation,
    asked_measure,
    asks_for_country,
    asks_for_year,
)
from qa.retriever import Hit, Query

CONSIDERED_COUNT = 5
"""Hits that an answer over several paragraphs may cite."""
LEXICAL_WEIGHT = 0.2
"""What a sentence with every word of the question gains over its cosine."""
CARRIED_SHARE = 0.6
"""What a word of the question counts in a sentence behind the one of its paragraph that has it.

Sentences go on about what was named before ("the unit investigated ..."). The four numbers from
`LEXICAL_WEIGHT` to `SENTENCE_MARGIN` were measured by how often the chosen sentences contain the
answer, on the report's development questions, DRCD, CMRC 2018, DRAGONBall and XQuAD.
"""
TYPE_BONUS = 0.03
"""What a sentence gains that holds something of the asked-for type."""
SENTENCE_MARGIN = 0.04
"""How far below the best sentence of its paragraph a further one may score and still be cited."""
SENTENCE_LIMIT = 2
"""Sentences cited of one paragraph, at most."""
LONG_SENTENCE_LIMIT = 3
"""The same where an explanation or a list is asked for."""
PARAGRAPH_MARGIN = 0.4
"""How far below the first hit a further one may score and still be cited in a summary.

As a share of the way down to the last hit: across languages all scores lie closer together.
"""
PARAGRAPH_LIMIT = 4
"""Paragraphs cited in a summary or comparison, at most."""

_GENERIC_MEASURES = "个项名位种"
_LONG = {
    AnswerType.DEFINITION,
    AnswerType.HOW,
    AnswerType.WHY,
    AnswerType.SUMMARY,
    AnswerType.COMPARISON,
}
_SEVERAL_PARAGRAPHS = {AnswerType.SUMMARY, AnswerType.COMPARISON}
_FINDERS: Mapping[AnswerType, Callable[[str], list[Span]]] = {
    AnswerType.NUMBER: spans.quantities,
    AnswerType.DATE: spans.dates,
    AnswerType.PLACE: spans.places,
    AnswerType.NAME: spans.names,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A range of a paragraph that is said in the answer."""

    document: str
    paragraph: Paragraph
    span: Span

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.paragraph.text[self.span.start : self.span.end]

    def is_of(self, hit: Hit) -> bool:
        """Return whether this is said in the paragraph of `hit`."""
        return (self.document, self.paragraph.label) == (hit.document, hit.paragraph.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What an answer says, the most important statement first, and its short answers."""

    statements: tuple[Statement, ...]
    short_answers: tuple[str, ...]


class Composer(Protocol):
    """Makes an answer of hits."""

    def compose(
        self, query: Query, *, expectation: Expectation, hits: Sequence[Hit]
    ) -> Composition:
        """Return what to answer; no statements where nothing in `hits` can be said.

        Only the paragraphs of `hits`, their sub-items and their lead-ins may be cited, each
        statement is a range of its paragraph's text, and the same input gives the same output.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A sentence and how well it fits the question; scores compare within a paragraph."""

    span: Span
    score: float


class ExtractiveComposer:
    """Quotes the sentences that are nearest to the question in meaning, words and type.

    The best hit is always cited; which of its sentences, and how many, depends on what is asked.
    """

    def __init__(self, library: Library, *, store: PassageStore) -> None:
        self._library = library
        self._store = store

    def compose(
        self, query: Query, *, expectation: Expectation, hits: Sequence[Hit]
    ) -> Composition:
        """See `Composer.compose`."""
        if not hits:
            return Composition(statements=(), short_answers=())
        limit = 1
        if expectation.type in _SEVERAL_PARAGRAPHS:
            spread = hits[0].score - hits[-1].score
            near = [h for h in hits if hits[0].score - h.score <= PARAGRAPH_MARGIN * spread]
            limit = min(len(near), PARAGRAPH_LIMIT)
        statements: list[Statement] = []
        for hit in hits[:limit]:
            if any(statement.is_of(hit) for statement in statements):
                continue  # an item of an enumeration that was cited as a whole
            statements.extend(
                self._enumeration(hit, expectation, hits)
                or self._sentences(query, expectation, hit)
            )
        if expectation.is_list and _are_items(statements):
            listed = [statement.text.rstrip("；;。.،, ") for statement in statements]
        else:
            listed = short_answers(query, statements, expectation)
        return Composition(statements=tuple(statements), short_answers=tuple(listed))

    def _sentences(self, query: Query, expectation: Expectation, hit: Hit) -> list[Statement]:
        """Return the sentences of a hit to be said: the best, and those almost as good."""
        candidates = self._candidates(query, expectation, hit)
        several = expectation.is_list or expectation.type in _LONG
        limit = LONG_SENTENCE_LIMIT if several else SENTENCE_LIMIT
        chosen = [
            candidate.span
            for candidate in candidates[:limit]
            if candidates[0].score - candidate.score <= SENTENCE_MARGIN
        ]
        if expectation.is_list:
            chosen = [enclosing_sentence(hit.paragraph.text, span) for span in chosen]
        return [
            Statement(document=hit.document, paragraph=hit.paragraph, span=span)
            for span in _merged(hit.paragraph.text, chosen)
        ]

    def _candidates(self, query: Query, expectation: Expectation, hit: Hit) -> list[_Candidate]:
        """Return the sentences of a hit, best first."""
        finder = _FINDERS.get(expectation.type)
        possible = sum(query.weights.values()) or 1.0
        said: set[str] = set()
        found: list[_Candidate] = []
        for match in self._store.sentence_scores(query.vector, paragraph=hit.key):
            text = hit.paragraph.text[match.span.start : match.span.end]
            terms = set(self._library.search_terms(text))
            shared = sum(
                weight * (1.0 if term in terms else CARRIED_SHARE)
                for term, weight in query.weights.items()
                if term in terms or term in said
            )
            said |= terms
            score = match.score + LEXICAL_WEIGHT * shared / possible
            if finder is not None and finder(_readable(text)):
                score += TYPE_BONUS
            found.append(_Candidate(span=match.span, score=score))
        return sorted(found, key=lambda candidate: -candidate.score)

    def _enumeration(
        self, hit: Hit, expectation: Expectation, hits: Sequence[Hit]
    ) -> list[Statement]:
        """Return every item of the list that a hit belongs to, where a list is asked for."""
        is_typed = expectation.type in _FINDERS  # then each item is a span, not a paragraph
        if is_typed or not (expectation.is_list or expectation.type in _SEVERAL_PARAGRAPHS):
            return []
        label = hit.paragraph.label
        announces = hit.paragraph.text.endswith(("：", ":"))
        parent = label if announces else label.rpartition("(")[0]
        items = [
            paragraph
            for paragraph in self._library.document(hit.document).paragraphs
            if parent and paragraph.label.rpartition("(")[0] == parent
        ]
        # One item can answer alone; where several were found, the list itself is asked for.
        found = {near.paragraph.label for near in hits[:CONSIDERED_COUNT]}
        if not announces and sum(item.label in found for item in items) < 2:
            return []
        return [
            Statement(document=hit.document, paragraph=item, span=Span(start=0, end=len(item.text)))
            for item in items
        ]


def short_answers(
    query: Query, statements: Sequence[Statement], expectation: Expectation
) -> list[str]:
    """Return the exact spans of the statements that answer in short, or none.

    One where one fact is asked, of the first statement that has something of its type; where a
    list is asked, the longest enumeration of one statement. What the question says itself is no
    answer to it.
    """
    finder = _finder(query.text, expectation)
    if finder is None:
        return []
    asked = query.text.casefold()
    found: list[tuple[str, list[Span]]] = []
    for statement in statements:
        each = [
            span
            for span in finder(_readable(statement.text))
            if not _is_said(simplified(statement.text[span.start : span.end]), asked)
        ]
        found.append((statement.text, each))
    if expectation.is_list:
        text, best = max(
            ((text, spans.largest_enumeration(_readable(text), each)) for text, each in found),
            key=lambda entry: len(entry[1]),
        )
        return list(dict.fromkeys(text[span.start : span.end] for span in best))
    for text, each in found:
        if each:
            best_one = max(each, key=lambda span: _fit(_readable(text), span, query, expectation))
            if expectation.type is AnswerType.NUMBER:
                best_one = _with_noun(_readable(text), best_one, asked)
            return [text[best_one.start : best_one.end]]
    return []


def _is_said(text: str, question: str) -> bool:
    """Return whether a question says `text` itself; a number within a longer one is another."""
    return re.search(rf"(?<!\d){re.escape(text.casefold())}(?!\d)", question) is not None


def _finder(question: str, expectation: Expectation) -> Callable[[str], list[Span]] | None:
    if expectation.type is AnswerType.DATE and asks_for_year(question):
        return spans.years
    if expectation.type is AnswerType.PLACE and asks_for_country(question):
        return spans.countries
    if expectation.type is AnswerType.OTHER and expectation.is_list:
        return spans.items
    return _FINDERS.get(expectation.type)


def _readable(text: str) -> str:
    """Return `text` in Simplified script where that keeps every offset."""
    converted = simplified(text)
    return converted if len(converted) == len(text) else text


def _fit(text: str, span: Span, query: Query, expectation: Expectation) -> float:
    """Return how well a span fits: the asked-for measure first, then how near the question is."""
    fit = _nearness(text, span, query.weights)
    if expectation.type is AnswerType.NUMBER:
        measure = asked_measure(query.text)
        if measure and measure in text[span.start : span.end]:
            fit += sum(query.weights.values())
    return fit


def _with_noun(text: str, span: Span, question: str) -> Span:
    """Return a count with what is counted, where the question names that: ``15个国家``."""
    if text[span.end - 1] not in _GENERIC_MEASURES:
        return span
    for length in (4, 3, 2):
        noun = text[span.end : span.end + length]
        if len(noun) == length and noun.isalpha() and noun.casefold() in question:
            return Span(start=span.start, end=span.end + length)
    return span


def _are_items(statements: Sequence[Statement]) -> bool:
    """Return whether the statements are whole items of one enumeration."""
    parents = {statement.paragraph.label.rpartition("(")[0] for statement in statements}
    whole = all(len(s.text) == len(s.paragraph.text) for s in statements)
    return len(statements) > 1 and whole and len(parents) == 1 and parents != {""}


def _merged(text: str, chosen: Sequence[Span]) -> list[Span]:
    """Join neighbouring ranges of `text`; the one with the first of `chosen` stands first."""
    ranges: list[Span] = []
    for span in sorted(chosen, key=lambda span: span.start):
        if ranges and not text[ranges[-1].end : span.start].strip():
            ranges[-1] = Span(start=ranges[-1].start, end=max(ranges[-1].end, span.end))
        else:
            ranges.append(span)
    return sorted(ranges, key=lambda span: not span.start <= chosen[0].start < span.end)


def _nearness(text: str, span: Span, weights: Mapping[str, float]) -> float:
    """Return how much of the question stands round a span, nearer words counting more."""
    folded = text.lower()
    total = 0.0
    for term, weight in weights.items():
        word = term.removeprefix("+")
        distances = [
            max(0, span.start - match.end(), match.start() - span.end)
            for match in re.finditer(re.escape(word), folded)
            if len(word) > 1
        ]
        if distances:
            total += weight / (2 + min(distances))
    return total
