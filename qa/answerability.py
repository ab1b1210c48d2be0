"""Whether there is an answer at all: evidence of several kinds, weighed into one probability."""

import functools
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from qa.answer_type import AnswerType, Expectation
from qa.composer import Statement
from qa.lookup import HAN_NUMBER, han_number
from qa.reader import Reading
from qa.reranker import ReadHit
from qa.retriever import Query
from qa.short_answer import (
    asked_finder,
    counts_what_is_asked,
    is_told_for_certain,
    readable,
)
from qa.spans import country_codes, without_years, years_covered

_ACRONYM = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9-]{2,}(?![^\W_])")
_QUOTED = re.compile(r"《([^《》]+)》|“([^“”]+)”|「([^「」]+)」|«\s?([^«»]+?)\s?»|\"([^\"]+)\"")
_FIGURE = re.compile(r"(?<![\d.,/])\d+(?:[.,]\d+)*(?![\d/])")
# The first of something is often told in other words.
_ORDINAL = re.compile(r"第(?!一(?![百十]))[一二三四五六七八九十百\d]+(?=[届次期轮号章条])")
_HAN_FIGURE = re.compile(HAN_NUMBER)
LOG_ODDS_LIMIT = 6.0
"""Log-odds of the reader beyond which it is not believed further."""
LOWEST_LOG_PROBABILITY = -10.0
"""Log-probability of a span below which none is told from another."""
WIDEST_LEAD = 5.0
"""Difference of log-probabilities from which on the likeliest span is the only one."""
BROAD_LOG_ODDS = -2.0
"""The lowest where no single span can be the answer."""

NAMED_SHARE = 1 / 3
"""Share of a thing's words, by weight, of which a text has to have more to name it.

Of "climate change" the word "change" alone is no third.
"""

WEIGHTS_FILE = (
    Path(__file__).resolve().parent.parent / "data" / "models" / "verdict" / "weights.json"
)
"""Weights of `features` for each probability of a `Verdict`; its card says how they were fitted."""
ANSWER_THRESHOLD = 0.5
"""Probability that there is an answer from which on one is given: where there likelier is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for and against an answer; each is a number that a weight is put on.

    Attributes:
        first_reading: log-odds of the reader that the first hit answers.
        best_reading: the highest of all hits that were read.
        first_span: log-probability of what the reader marks in the first hit, with "no answer here"
            among the outcomes.
        span_lead: how far that lies above the next likeliest span, at most `WIDEST_LEAD`.
        quoted_reading: log-odds of the reader that what is quoted of the first cited paragraph
            answers by itself.
        lead: how far the first hit's score lies above the second's.
        lacks_type: 1 where a number, date or country is asked for and the cited sentences hold
            none, and where it is asked what is said about something that the cited paragraphs, in
            the question's language, do not name.
        lacks_name: 1 where another place, a name or the items of a list are asked for and none is
            told in the cited sentences; many are not told by their form. The same of what is said
            about something, in another language.
        counts_other: 1 where a number is asked for, in the language of the cited sentences, and
            none of theirs counts what the question names.
        lacks_year: 1 where the question names a year and the cited paragraphs name only others.
        says_other_year: 1 where the question names a year and the cited sentences name only others.
        missing_places: share of the countries of the question that the cited paragraphs and what
            stands above them do not name.
        missing_names: the same of its acronyms and quoted names.
        missing_figures: the same of its figures.
        covered: share of the question's search terms, by weight, that the cited paragraphs have.
        retrieved: score with which the first hit was found.
        focus: 1 divided by the number of documents that were searched, 0 for gathered passages.
            The more there are, the more stand in them that merely looks like an answer.
        met: cosine that three of four tokens of the question reach in the cited sentences.
        is_preselected: 1 where a few gathered passages are searched instead of whole reports. All
            of them look like an answer, so that looking like one says less.
        is_cross: 1 where the question's language is not the first hit's.
        is_broad: 1 where no single span can be the answer.
    """

    first_reading: float
    best_reading: float
    first_span: float
    span_lead: float
    quoted_reading: float
    lead: float
    lacks_type: float
    lacks_name: float
    counts_other: float
    lacks_year: float
    says_other_year: float
    missing_places: float
    missing_names: float
    missing_figures: float
    covered: float
    retrieved: float
    focus: float
    met: float
    is_preselected: float
    is_cross: float
    is_broad: float


class Kind(Enum):
    """What a question names."""

    PLACE = "place"
    NAME = "name"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something that a question names.

    Attributes:
        name: as the question has it.
        kind: a country, a name (acronym or quoted title) or a figure.
        is_said: whether a text names it too.
    """

    name: str
    kind: Kind
    is_said: bool


def mentions(
    question: str,
    texts: Sequence[str],
    *,
    other_names: Callable[[str], Sequence[str]],
    shares_language: bool,
) -> list[Mention]:
    """Return the names and figures of `question`, each once, with whether any of `texts` has them.

    Ordinals of sessions and the like (第七届) are figures, years are none. Countries count as the
    same in all languages. What is quoted in another language than that of the texts is a
    translation, which no text can have, and left out.

    Args:
        question: as it was asked.
        texts: where to look.
        other_names: gives what else is called what a name names; a text may have any of them.
        shares_language: whether question and texts are in one language.
    """
    said = "\n".join(texts)
    folded = readable(said).casefold()
    said_codes = set(country_codes(said).values())
    figures = {match.group() for match in _FIGURE.finditer(said)}
    figures |= {str(han_number(match.group())) for match in _HAN_FIGURE.finditer(said)}
    ordinals = {_ordinal_value(match) for match in _ORDINAL.finditer(said)}
    found = [
        Mention(name=name, kind=Kind.PLACE, is_said=code in said_codes)
        for name, code in country_codes(question).items()
    ]
    quoted = _QUOTED.finditer(question) if shares_language else ()
    for match in (*_ACRONYM.finditer(question), *quoted):
        name = next(filter(None, match.groups()), match.group())
        is_said = any(other.casefold() in folded for other in (name, *other_names(name)))
        found.append(Mention(name=name, kind=Kind.NAME, is_said=is_said))
    for match in _ORDINAL.finditer(question) if shares_language else ():
        is_said = _ordinal_value(match) in ordinals
        found.append(Mention(name=match.group(), kind=Kind.FIGURE, is_said=is_said))
    for match in _FIGURE.finditer(without_years(question)):
        is_said = match.group() in figures
        found.append(Mention(name=match.group(), kind=Kind.FIGURE, is_said=is_said))
    first: dict[str, Mention] = {}
    for mention in found:
        first.setdefault(mention.name, mention)
    return list(first.values())


def _ordinal_value(match: re.Match[str]) -> int:
    number = match.group().removeprefix("第")
    return int(number) if number.isdecimal() else han_number(number)


def _missing_share(mentioned: Sequence[Mention], kind: Kind) -> float:
    """Return which share of what a question names of one kind no text has."""
    said = [mention.is_said for mention in mentioned if mention.kind is kind]
    return 1 - sum(said) / len(said) if said else 0.0


def weigh(
    query: Query,
    *,
    expectation: Expectation,
    read: Sequence[ReadHit],
    quoted: Reading,
    statements: Sequence[Statement],
    terms: frozenset[str],
    headings: Sequence[str],
    other_names: Callable[[str], Sequence[str]],
    years: Sequence[str],
    document_count: int,
    met: float,
    is_preselected: bool,
    is_cross: bool,
) -> Evidence:
    """Return the evidence for an answer that says `statements`.

    Args:
        query: the question.
        expectation: what would answer it.
        read: the hits, best first; not empty.
        quoted: what the reader makes of what is cited of the first cited paragraph.
        statements: what is cited; not empty.
        terms: search terms of the cited paragraphs and what stands above them.
        headings: titles and headings above the cited paragraphs.
        other_names: gives what else is called what a name names.
        years: that the question names.
        document_count: documents that were searched.
        met: how far the cited sentences meet the question; see `Aligner.met`.
        is_preselected: whether a few gathered passages were searched instead of reports.
        is_cross: whether the first hit is in another language than the question.
    """
    texts = list(dict.fromkeys(statement.paragraph.text for statement in statements))
    finder = asked_finder(query.text, expectation)
    lacks = finder is not None and not any(finder(readable(s.text)) for s in statements)
    is_certain = is_told_for_certain(query.text, expectation)
    said_years = {year for text in (*texts, *headings) for year in years_covered(text)}
    quoted_years = {year for s in statements for year in years_covered(s.text)}
    mentioned = mentions(
        query.text,
        [*texts, *headings],
        other_names=other_names,
        shares_language=not is_cross,
    )
    weights = query.weights_in(shares_language=not is_cross)
    possible = sum(weights.values())
    first = read[0].reading
    best = max(each.reading.answerable for each in read)
    covered = sum(w for term, w in weights.items() if term in terms) / possible if possible else 0.0
    # What is told of a thing that no cited word names is told of something else.
    is_unnamed = expectation.is_told and covered < NAMED_SHARE
    is_elsewhere = expectation.type is AnswerType.SUMMARY and (is_unnamed or not covered)
    is_broad = expectation.is_broad and not is_elsewhere
    return Evidence(
        first_reading=_limited(first.answerable, is_broad=is_broad),
        best_reading=_limited(best, is_broad=is_broad),
        first_span=max(LOWEST_LOG_PROBABILITY, first.spans[0].score if first.spans else -math.inf),
        span_lead=min(WIDEST_LEAD, first.span_lead),
        quoted_reading=_limited(quoted.answerable, is_broad=is_broad),
        lead=read[0].hit.score - read[1].hit.score if len(read) > 1 else 0.0,
        lacks_type=float((lacks and is_certain) or (is_unnamed and not is_cross)),
        lacks_name=float((lacks and not is_certain) or (is_unnamed and is_cross)),
        counts_other=float(
            expectation.type is AnswerType.NUMBER
            and not is_cross
            and not any(counts_what_is_asked(query, s.text) for s in statements)
        ),
        lacks_year=float(bool(years) and bool(said_years) and said_years.isdisjoint(years)),
        says_other_year=float(
            bool(years) and bool(quoted_years) and quoted_years.isdisjoint(years)
        ),
        missing_places=_missing_share(mentioned, Kind.PLACE),
        missing_names=_missing_share(mentioned, Kind.NAME),
        missing_figures=_missing_share(mentioned, Kind.FIGURE),
        covered=covered,
        retrieved=read[0].retrieved,
        focus=0.0 if is_preselected else 1 / document_count,
        met=met,
        is_preselected=float(is_preselected),
        is_cross=float(is_cross),
        is_broad=float(is_broad),
    )


def _limited(log_odds: float, *, is_broad: bool) -> float:
    """Return the reader's log-odds within what it is believed.

    It looks for one span: where no single span can be the answer, its no says little.
    """
    lowest = BROAD_LOG_ODDS if is_broad else -LOG_ODDS_LIMIT
    return max(lowest, min(LOG_ODDS_LIMIT, log_odds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Two probabilities, each 0..1.

    Attributes:
        right: that the composed answer is right: there is an answer, and it stands where cited.
        answerable: that there is an answer at all.
    """

    right: float
    answerable: float


Judge = Callable[[Evidence], Verdict]
"""What weighs evidence: `judge`, or what stands in for it while weights are fitted."""


def judge(evidence: Evidence) -> Verdict:
    """Return how likely the answer is right, by the shipped weights."""
    return judge_with(_weights(), evidence)


def judge_with(weights: Mapping[str, Mapping[str, float]], evidence: Evidence) -> Verdict:
    """Return how likely the answer is right, by two logistic models over the evidence.

    Args:
        weights: of `features`, for each probability of a `Verdict` by its name.
        evidence: for the answer.
    """
    return Verdict(
        right=_probability(evidence, weights["right"]),
        answerable=_probability(evidence, weights["answerable"]),
    )


def features(evidence: Evidence) -> dict[str, float]:
    """Return all that a weight is put on: the evidence, what of it counts together, and 1."""
    return {
        **asdict(evidence),
        # Where words are shared and the reader says no, the rest of the question is not there;
        # where none are, the question may just be put in other words, and it sees less.
        "first_reading * covered": evidence.first_reading * evidence.covered,
        # Across languages no words are shared: the other numbers say something else there.
        "first_reading * is_cross": evidence.first_reading * evidence.is_cross,
        "retrieved * is_cross": evidence.retrieved * evidence.is_cross,
        "met * is_cross": evidence.met * evidence.is_cross,
        # Acronyms of another language are often not those of the text.
        "missing_names * is_cross": evidence.missing_names * evidence.is_cross,
        # One report in another language gives less away than one in the question's own.
        "focus * is_cross": evidence.focus * evidence.is_cross,
        "constant": 1.0,
    }


@functools.cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    loaded: dict[str, dict[str, float]] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded


def _probability(evidence: Evidence, weights: Mapping[str, float]) -> float:
    total = sum(weights[name] * value for name, value in features(evidence).items())
    return 1 / (1 + math.exp(-total))
