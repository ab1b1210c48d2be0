"""Choose the sentences that answer. No language model."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from index.library import Library
from index.store import PassageStore
from ingest.report import Paragraph, Span
from ingest.sentences import enclosing_sentence
from qa import spans
from qa.answer_type import AnswerType, Expectation, asked_count, asked_of_each
from qa.reader import Reading
from qa.reranker import ReadHit
from qa.retriever import Hit, Query
from qa.short_answer import (
    FINDERS,
    Sentence,
    counts_what_is_asked,
    readable,
    short_answers,
)

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
COUNTED_BONUS = 0.1
"""What a sentence gains where a number is asked for and one of its numbers counts what is asked."""
READ_BONUS = 0.15
"""What a sentence gains in which the reader is sure that the answer stands."""
SURE_LIKELIHOOD = 0.5
"""Of a span, from which on the reader is sure of it."""
LEAST_LOG_LIKELIHOOD = -3.0
"""Log-likelihood of a span from which on it is believed where it stands out."""
CLEAR_LEAD = 3.0
"""How far a span's log-likelihood lies above the next where it stands out: 20 times as likely."""
SENTENCE_MARGIN = 0.15
"""How far below the best sentence of its paragraph a further one may score and still be cited."""
SENTENCE_LIMIT = 2
"""Sentences cited of one paragraph, at most."""
LONG_SENTENCE_LIMIT = 3
"""The same where an explanation or a list is asked for."""
PARAGRAPH_MARGIN = 0.4
"""How far below the first hit a further one may score and still be cited in a summary.

As a share of the way down to the last hit: across languages all scores lie closer together.
"""
LISTED_LOG_ODDS = 2.0
"""How sure the reader has to be of a further paragraph that it holds items of a list."""
_REFERS_BACK = re.compile(
    r"该|这|此(?!外)|上述|它|他们?(?!国)|她"
    r"|(?:this|these|that|those|it|they|he|she|ce|cette|ces|cela|ils?|elles?|est[eao]s?|es[eao]s?"
    r"|этот?|эта|эти|он[аио]?|و?هذ[اه]|و?هؤلاء|و?هي|و?هو)\b",
    re.IGNORECASE,
)
SHORT_LENGTH = 80
"""Longest item of an enumeration, in code points, that still is a short answer."""
SIDE_COUNT = 2
"""Paragraphs cited in a comparison, unless it names more countries."""
PARAGRAPH_LIMIT = 4
"""Paragraphs cited in a summary or comparison, at most."""


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

    @property
    def place(self) -> tuple[str, str]:
        """The document and the label of the paragraph."""
        return self.document, self.paragraph.label

    def is_of(self, hit: Hit) -> bool:
        """Return whether this is said in the paragraph of `hit`."""
        return self.place == (hit.document, hit.paragraph.label)

    def overlaps(self, other: "Statement") -> bool:
        """Return whether both have words of one paragraph in common."""
        begin = max(self.span.start, other.span.start)
        return self.place == other.place and begin < min(self.span.end, other.span.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What an answer says, the most important statement first, and its short answers."""

    statements: tuple[Statement, ...]
    short_answers: tuple[str, ...]


class Composer(Protocol):
    """Makes an answer of hits."""

    def compose(
        self, query: Query, *, expectation: Expectation, hits: Sequence[ReadHit]
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
        self, query: Query, *, expectation: Expectation, hits: Sequence[ReadHit]
    ) -> Composition:
        """See `Composer.compose`."""
        if not hits:
            return Composition(statements=(), short_answers=())
        chosen = [hits[0]]
        said_of_each = expectation
        limit = PARAGRAPH_LIMIT
        if expectation.type is AnswerType.COMPARISON:
            said_of_each = replace(expectation, type=asked_of_each(query.text))
            named_count = len(spans.country_codes(query.text))
            limit = min(PARAGRAPH_LIMIT, max(SIDE_COUNT, named_count))
        if expectation.type.is_overview:
            # No single place answers: the reader, who looks for one, does not choose them.
            best = max(read.retrieved for read in hits)
            spread = best - min(read.retrieved for read in hits)
            near = [
                r
                for r in hits
                if best - r.retrieved <= PARAGRAPH_MARGIN * spread
                or (r.hit.rank <= CONSIDERED_COUNT and _is_beside(r.hit, hits[0].hit))
            ]
            ranked = [hits[0], *(r for r in near if r is not hits[0])]
            chosen = _naming(query.text, hits, ranked, limit=limit)
        elif expectation.is_list:
            # Items of one list can stand in several paragraphs: each that surely has some is read.
            chosen += [r for r in hits[1:] if r.reading.answerable >= LISTED_LOG_ODDS]
        asked_items = asked_count(query.text)
        statements: list[Statement] = []

        def in_short() -> list[str]:
            return _in_short(query, statements, said_of_each, expectation, hits)

        for read in chosen[:limit]:
            if any(statement.is_of(read.hit) for statement in statements):
                continue  # an item of an enumeration that was cited as a whole
            if expectation.is_list and asked_items and len(in_short()) >= asked_items:
                break  # "which two": more of their kind are told of something else
            statements.extend(
                self._enumeration(read.hit, expectation, [other.hit for other in hits])
                or self._sentences(
                    query, said_of_each, read, is_overview=expectation.type.is_overview
                )
            )
        return Composition(statements=tuple(statements), short_answers=tuple(in_short()))

    def _announced(self, best: Span, expectation: Expectation, read: ReadHit) -> list[Statement]:
        """Return the items that `best` of a hit announces and nothing else ("the risks are:")."""
        hit = read.hit
        lead = Statement(document=hit.document, paragraph=hit.paragraph, span=best)
        if not lead.text.rstrip().endswith(("：", ":")) or _as_read(lead, [read]).is_sure:
            return []
        finder = FINDERS.get(expectation.type)
        if finder is not None and finder(readable(lead.text)):
            return []
        return _whole(hit.document, self._items_of(hit.document, hit.paragraph.label))

    def _sentences(
        self, query: Query, expectation: Expectation, read: ReadHit, *, is_overview: bool
    ) -> list[Statement]:
        """Return the sentences of a hit to be said: the best, and those almost as good.

        Where the best only announces a list, its items are said instead.
        """
        hit = read.hit
        candidates = self._candidates(query, expectation, read)
        best = candidates[0].span if candidates else Span(start=0, end=0)
        if announced := self._announced(best, expectation, read):
            return announced
        several = expectation.is_list or expectation.type.is_explained
        limit = LONG_SENTENCE_LIMIT if several or is_overview else SENTENCE_LIMIT
        # The reader, who looks for one place, raises one of the sentences that an overview takes.
        margin = SENTENCE_MARGIN + (READ_BONUS if is_overview else 0.0)
        chosen = [
            candidate.span
            for candidate in candidates[:limit]
            if candidates[0].score - candidate.score <= margin
        ]
        if expectation.is_list:
            chosen = [enclosing_sentence(hit.paragraph.text, span) for span in chosen]
        elif FINDERS.get(expectation.type) in {None, spans.names}:
            chosen += _referred_to(hit.paragraph.text, chosen[0], [c.span for c in candidates])
        return [
            Statement(document=hit.document, paragraph=hit.paragraph, span=span)
            for span in _merged(hit.paragraph.text, chosen)
        ]

    def _candidates(
        self, query: Query, expectation: Expectation, read: ReadHit
    ) -> list[_Candidate]:
        """Return the sentences of a hit, best first."""
        hit = read.hit
        finder = FINDERS.get(expectation.type)
        weights = query.weights_in(shares_language=hit.shares_language)
        possible = sum(weights.values()) or 1.0
        said: set[str] = set()
        found: list[_Candidate] = []
        for match in self._store.sentence_scores(query.vector, paragraph=hit.key):
            text = hit.paragraph.text[match.span.start : match.span.end]
            terms = set(self._library.search_terms(text))
            shared = sum(
                weight * (1.0 if term in terms else CARRIED_SHARE)
                for term, weight in weights.items()
                if term in terms or term in said
            )
            said |= terms
            score = match.score + LEXICAL_WEIGHT * shared / possible
            if finder is not None and finder(readable(text)):
                score += TYPE_BONUS
            if expectation.type is AnswerType.NUMBER and counts_what_is_asked(query, text):
                score += COUNTED_BONUS
            score += READ_BONUS * _read_share(match.span, read)
            found.append(_Candidate(span=match.span, score=score))
        return sorted(found, key=lambda candidate: -candidate.score)

    def _enumeration(
        self, hit: Hit, expectation: Expectation, hits: Sequence[Hit]
    ) -> list[Statement]:
        """Return every item of the list that a hit belongs to, where a list is asked for."""
        if not expectation.is_list and not expectation.type.is_overview:
            return []
        own_items = self._items_of(hit.document, hit.paragraph.label)
        finder = FINDERS.get(expectation.type)
        if finder is not None and (not own_items or finder(readable(hit.paragraph.text))):
            return []  # what is asked for are spans of the text, not the items
        if own_items:
            return _whole(hit.document, own_items)
        label = hit.paragraph.label
        parent = label.rpartition("(")[0]
        items = self._items_of(hit.document, parent) if parent else []
        # One item can answer alone; where several were found, the list itself is asked for.
        found = {near.paragraph.label for near in hits[:CONSIDERED_COUNT]}
        if sum(item.label in found for item in items) < 2:
            return []
        # The item that was found leads: the first citation alone should convince.
        return _whole(hit.document, sorted(items, key=lambda item: item.label != label))

    def _items_of(self, document: str, label: str) -> list[Paragraph]:
        """Return the items right below the paragraph `label`, in their order."""
        paragraphs = self._library.document(document).paragraphs
        return [p for p in paragraphs if p.label.rpartition("(")[0] == label]


def _in_short(
    query: Query,
    statements: Sequence[Statement],
    said_of_each: Expectation,
    expectation: Expectation,
    hits: Sequence[ReadHit],
) -> list[str]:
    """Return what answers in short within the statements, each once."""
    if expectation.is_list and _are_items(statements):
        items = [statement.text.rstrip("；;。.،, ") for statement in statements]
        return items if max(map(len, items)) <= SHORT_LENGTH else []
    listed: list[str] = []
    gathers = expectation.is_list or expectation.type is AnswerType.COMPARISON
    for _, said in groupby(statements, key=lambda s: s.place):
        quoted = [_as_read(s, hits) for s in said]
        if not listed or gathers:
            listed += short_answers(query, quoted, said_of_each)
    return list(dict.fromkeys(listed))


def said_once(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return statements in their order, those that share words of a paragraph as one."""
    once: list[Statement] = []
    for statement in statements:
        shared = [other for other in once if statement.overlaps(other)]
        if not shared:
            once.append(statement)
            continue
        spans_said = [one.span for one in (*shared, statement)]
        whole = Span(start=min(s.start for s in spans_said), end=max(s.end for s in spans_said))
        once[once.index(shared[0])] = replace(statement, span=whole)
        once = [one for one in once if one not in shared[1:]]
    return tuple(once)


def _referred_to(text: str, sentence: Span, sentences: Sequence[Span]) -> list[Span]:
    """Return the sentence before one that begins with what refers to it ("this resolution").

    Alone such a sentence does not say what it is about.
    """
    if not _REFERS_BACK.match(text, sentence.start):
        return []
    before = [span for span in sentences if span.end <= sentence.start]
    return [max(before, key=lambda span: span.start)] if before else []


def _naming(
    question: str, hits: Sequence[ReadHit], chosen: Sequence[ReadHit], *, limit: int
) -> list[ReadHit]:
    """Return `chosen` so that its first `limit` name each country the question names.

    The first hit that names one which is not named yet comes right behind the first of all.
    """
    cited = list(chosen)
    asked = spans.country_codes(question).values()
    if not asked:
        return cited
    named = [set(spans.country_codes(read.hit.paragraph.text).values()) for read in hits]
    for code in asked:
        bearers = [read for read, codes in zip(hits, named, strict=True) if code in codes]
        if bearers and not any(read in bearers for read in cited[:limit]):
            cited.insert(1, bearers[0])
    return cited


def _is_beside(hit: Hit, first: Hit) -> bool:
    """Return whether a hit stands under the heading of `first`: it goes on with its subject."""
    section = first.paragraph.section
    return bool(section) and (hit.document, hit.paragraph.section) == (first.document, section)


def _read_share(sentence: Span, read: ReadHit) -> float:
    """Return how likely the answer begins in `sentence`, 0..1, were it in this paragraph at all."""
    likelihoods = [math.exp(found.score) for found in read.reading.spans]
    inside = [
        likelihood
        for found, likelihood in zip(read.reading.spans, likelihoods, strict=True)
        if sentence.start <= found.span.start < sentence.end
    ]
    return sum(inside) / sum(likelihoods) if inside else 0.0


def _as_read(statement: Statement, hits: Sequence[ReadHit]) -> Sentence:
    """Return a statement with where in it the reader sees the answer."""
    text = statement.text
    for read in hits:
        if not statement.is_of(read.hit):
            continue
        for found in read.reading.spans[:1]:
            start = found.span.start - statement.span.start
            if 0 <= start < len(text):
                # What goes on beyond the quoted sentence is not quoted.
                end = min(found.span.end - statement.span.start, len(text))
                is_sure = math.exp(found.score) > SURE_LIKELIHOOD or _stands_out(read.reading)
                return Sentence(text=text, read=Span(start=start, end=end), is_sure=is_sure)
    return Sentence(text=text, read=None, is_sure=False)


def _stands_out(reading: Reading) -> bool:
    """Return whether the likeliest span is likely enough and leaves the next far behind."""
    is_likely = reading.spans[0].score >= LEAST_LOG_LIKELIHOOD
    return is_likely and reading.span_lead >= CLEAR_LEAD


def _whole(document: str, paragraphs: Sequence[Paragraph]) -> list[Statement]:
    return [
        Statement(document=document, paragraph=p, span=Span(start=0, end=len(p.text)))
        for p in paragraphs
        if p.text
    ]


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
