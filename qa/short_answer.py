"""The short answer within the sentences that were chosen: an exact span, or none.

A wrong figure that is easy to repeat is worse than none, so where several spans of the asked-for
type stand in the sentences, one is given only if the question's own words single it out.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.lexical import simplified
from ingest.report import Span
from qa import spans
from qa.answer_type import (
    AnswerType,
    Expectation,
    asked_measure,
    asks_for_country,
    asks_for_day_or_month,
    asks_for_money,
    asks_for_person,
    asks_for_year,
)
from qa.retriever import Query

FINDERS: Mapping[AnswerType, Callable[[str], list[Span]]] = {
    AnswerType.NUMBER: spans.quantities,
    AnswerType.DATE: spans.dates,
    AnswerType.PLACE: spans.places,
    AnswerType.NAME: spans.names,
}
"""What finds spans of a type; the other types have no short answer of their own."""

PROOF_LENGTH = 80
"""Longest sentence, in code points, that answers a yes-or-no question in short."""
_MARKS = " ，,。；;：:、.!?！？"
_GENERIC_MEASURES = "个项名位种"
_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿数半双单首末第全每]")
_ARTICLE = re.compile(rf"一[{_GENERIC_MEASURES}套]")
# What stands in front of the place where something happened.
_LOCATIVE = re.compile(
    r"(?:[在于赴到]|前往|\b(?:in|at|to|à|au|aux|en|dans|в|во|на) (?:the |la |le |el )?"
    r"|(?<!\w)(?:في|إلى) )$",
    re.IGNORECASE,
)
_ENDS_ITEM = re.compile(r"[、，。；：！？,;:()（）\n]|\.(?:\s|$)")
_ENDS_COUNTED = re.compile(rf"{_ENDS_ITEM.pattern}|\d")
"""The same for what is counted: the next number begins the next item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A span of the asked-for type in one of the sentences, `text`."""

    text: str
    span: Span

    @property
    def words(self) -> str:
        return self.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A quoted text and where in it the reader sees the answer.

    Attributes:
        text: what is quoted.
        read: in `text`; None where the reader sees nothing in it.
        is_sure: whether the reader gives that span more than even odds.
    """

    text: str
    read: Span | None
    is_sure: bool


def short_answers(
    query: Query, sentences: Sequence[Sentence], expectation: Expectation
) -> list[str]:
    """Return the exact spans of the sentences that answer in short, or none.

    One where one fact is asked; where a list is asked, the longest enumeration of one sentence.
    What the question says itself is no answer to it.

    Args:
        query: the question.
        sentences: what is quoted, the most important first.
        expectation: what would answer the question.
    """
    finder = asked_finder(query.text, expectation)
    texts = [sentence.text for sentence in sentences]
    is_sure = any(sentence.is_sure for sentence in sentences if sentence.read)
    read = next((_cut(sentence) for sentence in sentences if sentence.read), None)
    asked = query.text.casefold()
    if expectation.type is AnswerType.YES_NO:
        # What proves it is the sentence, not a part of it.
        return [texts[0]] if len(texts[0]) <= PROOF_LENGTH else []
    if finder is None:
        return [read.words] if read and expectation.type.has_short_form else []
    found = [
        [
            _Candidate(text=text, span=span)
            for span in finder(readable(text))
            if not _is_said(simplified(text[span.start : span.end]), asked)
        ]
        for text in texts
    ]
    if expectation.is_list:
        lists: list[list[str]] = []
        for text, each in zip(texts, found, strict=True):
            run = spans.largest_enumeration(readable(text), [c.span for c in each])
            lists.append([text[span.start : span.end] for span in run])
        longest = max(lists, key=len, default=[])
        return list(dict.fromkeys(longest)) or ([read.words] if read else [])
    candidates = [candidate for each in found for candidate in each]
    if expectation.type is AnswerType.NUMBER:
        # Of several figures the wrong one is easily repeated: the question has to single it out.
        best = _best_quantity(query, candidates)
        if not read or (not is_sure and (best or len(candidates) > 1)):
            return [best.words] if best else []
        is_other = not _is_counted(query, read)
        if best and is_other and any(counts_what_is_asked(query, text) for text in texts):
            return [best.words]
    if read:
        fitting = _of_type(read, candidates, query, expectation)
        return [fitting.words] if fitting else []
    if expectation.type is AnswerType.NAME:
        best = candidates[0] if len({c.words for c in candidates}) == 1 else None
    else:
        if expectation.type is AnswerType.PLACE:
            located = [c for c in candidates if _LOCATIVE.search(c.text, 0, c.span.start)]
            candidates = located or candidates
        best = _single(candidates) or _outstanding(
            candidates, lambda candidate: _nearness(candidate, query.all_weights)
        )
    return [best.words] if best else []


def counts_what_is_asked(query: Query, text: str) -> bool:
    """Return whether a number of `text` counts something that the question names."""
    return any(
        _is_counted(query, _Candidate(text=text, span=span))
        for span in spans.quantities(readable(text))
    )


def _is_counted(query: Query, candidate: _Candidate) -> bool:
    return _evidence(_behind(candidate), query.all_weights) > 0


def _cut(sentence: Sentence) -> _Candidate:
    """Return what was read in a sentence, without the marks round it."""
    assert sentence.read is not None
    start, end = sentence.read.start, sentence.read.end
    while start < end - 1 and sentence.text[start] in _MARKS:
        start += 1
    while end > start + 1 and sentence.text[end - 1] in _MARKS:
        end -= 1
    return _Candidate(text=sentence.text, span=Span(start=start, end=end))


def _of_type(
    read: _Candidate, candidates: Sequence[_Candidate], query: Query, expectation: Expectation
) -> _Candidate | None:
    """Return what was read, made to fit the asked-for type where it is too long or too short.

    A candidate that was read in part is taken whole. Of several quantities or dates that were read
    together the one that the question singles out is taken, else all stay. Where the type is told
    for certain and stands in the sentences, what was read besides it is not believed: it is taken
    if there is only one.
    """
    if expectation.type is AnswerType.NUMBER and (measure := asked_measure(query.text)):
        candidates = _measured(candidates, measure) or candidates
    touched = [
        candidate
        for candidate in candidates
        if candidate.text == read.text
        and candidate.span.start < read.span.end
        and read.span.start < candidate.span.end
    ]
    if not touched and candidates and is_told_for_certain(query.text, expectation):
        return _single(candidates)
    if expectation.type is AnswerType.NUMBER and not _may_count(read.words):
        return None
    whole = [c for c in touched if _holds(c.span, read.span)]
    if whole and expectation.type is AnswerType.NUMBER:
        if _counts_other_things(query, [c for c in candidates if c.text == read.text]):
            return None
        return _with_noun(whole[0], query.all_weights)
    if whole:
        return whole[0]
    if expectation.type is AnswerType.NUMBER and touched:
        return _best_quantity(query, touched) or (touched[0] if len(touched) == 1 else read)
    if expectation.type is AnswerType.DATE and len(touched) == 1:
        return touched[0]
    return read


def _counts_other_things(query: Query, candidates: Sequence[_Candidate]) -> bool:
    """Return whether the numbers of a sentence are an enumeration of what is not asked for.

    Of "they seized 5 kg of A, 3 kg of B" neither answers how many kilograms of C they seized.
    """
    is_enumeration = len(candidates) > 1 and not all(map(_before, candidates))
    return (
        is_enumeration
        and all(map(_behind, candidates))
        and asked_measure(query.text) is not None
        and not any(_is_counted(query, candidate) for candidate in candidates)
        and _evidence(readable(candidates[0].text), query.all_weights) > 0
    )


def is_told_for_certain(question: str, expectation: Expectation) -> bool:
    """Return whether everything of the asked-for type is told by its form."""
    if expectation.type is AnswerType.PLACE:
        return asks_for_country(question)
    return expectation.type in {AnswerType.NUMBER, AnswerType.DATE}


def _may_count(words: str) -> bool:
    """Return whether `words` can say how much: Chinese always does so with a numeral."""
    return not _HAN.search(words) or _NUMERAL.search(readable(words)) is not None


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def readable(text: str) -> str:
    """Return `text` in Simplified script where that keeps every offset."""
    converted = simplified(text)
    return converted if len(converted) == len(text) else text


def asked_finder(question: str, expectation: Expectation) -> Callable[[str], list[Span]] | None:
    """Return what finds spans of just the kind that a question asks for; None where nothing can."""
    if expectation.type is AnswerType.DATE and asks_for_year(question):
        return spans.years
    if expectation.type is AnswerType.DATE and asks_for_day_or_month(question):
        return spans.days_and_months
    if expectation.type is AnswerType.PLACE and asks_for_country(question):
        return spans.countries
    if expectation.type is AnswerType.NAME and asks_for_person(question):
        return None  # no pattern tells a person's name from other words in six languages
    if expectation.type is AnswerType.OTHER and expectation.is_list:
        return spans.items
    if expectation.type is AnswerType.NUMBER:
        if asks_for_money(question):
            return spans.sums
        measure = asked_measure(question)
        return _counts if measure is None or measure in _GENERIC_MEASURES else spans.quantities
    return FINDERS.get(expectation.type)


def _counts(text: str) -> list[Span]:
    """Return the quantities of `text` but those that only stand for an article: ``一名``."""
    return [
        span
        for span in spans.quantities(text)
        if not _ARTICLE.fullmatch(text, span.start, span.end)
    ]


def _is_said(text: str, question: str) -> bool:
    """Return whether a question says `text` itself; a number within a longer one is another."""
    return re.search(rf"(?<!\d){re.escape(text.casefold())}(?!\d)", question) is not None


def _best_quantity(query: Query, candidates: Sequence[_Candidate]) -> _Candidate | None:
    """Return the quantity that is asked for, with what is counted where the question names it."""
    measure = asked_measure(query.text)
    if measure:
        candidates = _measured(candidates, measure)
    best = _single(candidates) or _outstanding(
        candidates, lambda candidate: _evidence(_behind(candidate), query.all_weights)
    )
    if best is None and all(_before(candidate) for candidate in candidates):
        # In a bare enumeration ("... 5 kg of A, 3 kg of B") the words in front of the first number
        # belong to all of them, so they are asked only where every number has its own.
        best = _outstanding(
            candidates, lambda candidate: _evidence(_before(candidate), query.all_weights)
        )
    return _with_noun(best, query.all_weights) if best else None


def _measured(candidates: Sequence[_Candidate], measure: str) -> list[_Candidate]:
    """Return the candidates that are counted as asked; a general measure word may be another."""
    same = [candidate for candidate in candidates if measure in readable(candidate.words)]
    return same if same or measure not in _GENERIC_MEASURES else list(candidates)


def _single(candidates: Sequence[_Candidate]) -> _Candidate | None:
    return candidates[0] if len({candidate.words for candidate in candidates}) == 1 else None


def _outstanding(
    candidates: Sequence[_Candidate], fit: Callable[[_Candidate], float]
) -> _Candidate | None:
    """Return the candidate that fits better than every other one, or None."""
    ranked = sorted(((fit(candidate), candidate) for candidate in candidates), key=lambda e: -e[0])
    if not ranked or ranked[0][0] <= 0:
        return None
    best = ranked[0]
    rivals = [score for score, candidate in ranked if candidate.words != best[1].words]
    return best[1] if not rivals or rivals[0] < best[0] else None


def _behind(candidate: _Candidate) -> str:
    """Return what follows a span up to the end of its item: what is counted."""
    rest = candidate.text[candidate.span.end :]
    end = _ENDS_COUNTED.search(rest)
    return readable(rest[: end.start()] if end else rest)


def _before(candidate: _Candidate) -> str:
    """Return what stands in front of a span within its item."""
    front = candidate.text[: candidate.span.start]
    starts = [match.end() for match in _ENDS_ITEM.finditer(front)]
    return readable(front[starts[-1] if starts else 0 :]).strip()


def _evidence(text: str, weights: Mapping[str, float]) -> float:
    """Return how much of the question stands in `text`."""
    folded = text.casefold()
    return sum(
        weight
        for term, weight in weights.items()
        if len(word := term.removeprefix("+")) > 1 and word in folded
    )


def _nearness(candidate: _Candidate, weights: Mapping[str, float]) -> float:
    """Return how much of the question stands round a span, nearer words counting more."""
    folded = readable(candidate.text).casefold()
    span = candidate.span
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


def _with_noun(candidate: _Candidate, weights: Mapping[str, float]) -> _Candidate:
    """Return a count with what is counted, where that is a word of the question: ``15个国家``."""
    text, span = candidate.text, candidate.span
    if text[span.end - 1 : span.end] not in _GENERIC_MEASURES:
        return candidate
    for length in (4, 3, 2):
        noun = readable(text[span.end : span.end + length])
        # A term as it was cut is a whole word, a mere pair of characters need not be one.
        if len(noun) == length and noun in weights:
            return _Candidate(text=text, span=Span(start=span.start, end=span.end + length))
    return candidate
