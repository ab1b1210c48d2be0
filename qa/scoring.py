"""What one answer is worth: its figures against the gold of its question.

The figures are defined in ``data/questions/README.md``; a question that failed counts as wrong
everywhere.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from statistics import fmean
from typing import TypeGuard, TypeVar

from qa.answer import Answer

# In these types the references are key phrases to be quoted, or free text to be compared by
# content: no short answer is expected.
_WITHOUT_SHORT_ANSWER = frozenset({"definition", "how", "why", "summary", "long"})

_MARKER = re.compile(r"\[\d+\]")
_SPACE = re.compile(r"\s+")
# Keeps two parts of a text apart when white space is gone, so that nothing is found across them.
_APART = "\0"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


Entry = TypeVar("Entry")


class Figure(StrEnum):
    """What is measured; the value is its name in the reports."""

    HIT_AT_1 = "hit@1"
    HIT_AT_5 = "hit@5"
    RECALL_AT_5 = "recall@5"
    RECIPROCAL_RANK = "MRR@10"
    FIRST_CITATION = "first citation"
    CITATION_PRECISION = "citation precision"
    CITATION_RECALL = "citation recall"
    CONTAINS = "contains"
    SHORT_ANSWER = "short F1"
    REFUSED_RIGHTLY = "refused rightly"
    REFUSED_WRONGLY = "refused wrongly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What a right answer is.

    Attributes:
        language: of the question; ``-`` where the file does not say.
        type: kind of question; ``-`` where the file does not say.
        answerable: whether the documents hold the answer.
        known: whether `paragraphs` and `answers` are known; else only a refusal can be judged.
        paragraphs: labels that a perfect answer cites.
        also_ok: further labels that may be cited.
        answers: strings to be found; of each entry one alternative is enough.
    """

    language: str
    type: str
    answerable: bool
    known: bool
    paragraphs: frozenset[str]
    also_ok: frozenset[str]
    answers: tuple[tuple[str, ...], ...]


def gold_of(fields: Mapping[str, object]) -> Gold | None:
    """Return the gold among a question's fields, None where there is none or it is malformed."""
    answerable = fields.get("answerable")
    paragraphs = fields.get("gold")
    also_ok = fields.get("also_ok", [])
    answers = _alternatives(fields.get("answers", []))
    if not (
        isinstance(answerable, bool)
        and _are_texts(paragraphs)
        and _are_texts(also_ok)
        and answers is not None
    ):
        return None
    if fields.get("match") == "any" and answers:
        answers = [tuple(text for entry in answers for text in entry)]
    return Gold(
        language=str(fields.get("lang", "-")),
        type=str(fields.get("type", "-")),
        answerable=answerable,
        known=not fields.get("gold_unknown", False),
        paragraphs=frozenset(paragraphs),
        also_ok=frozenset(also_ok),
        answers=tuple(answers),
    )


def score(gold: Gold, answer: Answer) -> dict[Figure, float]:
    """Return the figures that apply to one question, each 0..1."""
    refused = float(answer.status == "not_found")
    if not gold.answerable:
        return {Figure.REFUSED_RIGHTLY: refused}
    scores = {Figure.REFUSED_WRONGLY: refused}
    if gold.known:
        ranking = [passage.paragraph for passage in answer.passages]
        cited = [citation.paragraph for citation in answer.citations]
        scores |= ranking_scores(gold, [] if answer.status == "error" else ranking)
        scores |= _citation_scores(gold, cited if answer.status == "answered" else [])
        scores |= _text_scores(gold, answer)
    return scores


def is_right_answer(gold: Gold, answer: Answer) -> bool | None:
    """Return whether the answer is right as a whole, which is what its confidence speaks of.

    Right is an answer whose first citation is right, and the refusal of a question that has no
    answer. None where nobody can tell: an answer is given and there is one, but which is unknown.
    """
    if not gold.answerable:
        return answer.status == "not_found"
    if answer.status != "answered":
        return False
    if not gold.known:
        return None
    return bool(score(gold, answer)[Figure.FIRST_CITATION])


def ranking_scores(gold: Gold, ranking: Sequence[str]) -> dict[Figure, float]:
    """Return the figures of a ranking, labels best first; each 0..1."""
    top = ranking[:5]
    ranks = [rank for rank, label in enumerate(ranking[:10], start=1) if label in gold.paragraphs]
    return {
        Figure.HIT_AT_1: float(ranking[:1] != [] and ranking[0] in gold.paragraphs | gold.also_ok),
        Figure.HIT_AT_5: float(not gold.paragraphs.isdisjoint(top)),
        Figure.RECALL_AT_5: _share(gold.paragraphs, lambda label: label in top),
        Figure.RECIPROCAL_RANK: 1 / ranks[0] if ranks else 0.0,
    }


def _citation_scores(gold: Gold, cited: Sequence[str]) -> dict[Figure, float]:
    accepted = gold.paragraphs | gold.also_ok
    return {
        Figure.FIRST_CITATION: float(cited[:1] != [] and cited[0] in accepted),
        Figure.CITATION_PRECISION: _share(cited, lambda label: label in accepted),
        Figure.CITATION_RECALL: _share(gold.paragraphs, lambda label: label in cited),
    }


def _text_scores(gold: Gold, answer: Answer) -> dict[Figure, float]:
    # Yes and no are a judgment on the answer, not words of it.
    is_judgment = gold.type == "yesno" and set(gold.answers) <= {("YES",), ("NO",)}
    if not gold.answers or is_judgment or gold.type == "long":
        return {}
    answered = answer.status == "answered"
    # A marker is no part of the text: `[1]` must not pass for the number 1.
    text = _APART.join([_MARKER.sub(_APART, answer.answer), *answer.short_answers])
    found = _share(
        gold.answers, lambda entry: any(_contains(text, alternative) for alternative in entry)
    )
    scores = {Figure.CONTAINS: found if answered else 0.0}
    if gold.type not in _WITHOUT_SHORT_ANSWER:
        given = " ".join(answer.short_answers)
        f1 = max(_f1(given, " ".join(reference)) for reference in product(*gold.answers))
        scores[Figure.SHORT_ANSWER] = f1 if answered else 0.0
    return scores


def _share(entries: Iterable[Entry], is_right: Callable[[Entry], bool]) -> float:
    """Return the share of the entries that are right, 0 where there are none."""
    return fmean([float(is_right(entry)) for entry in entries] or [0.0])


def _contains(text: str, wanted: str) -> bool:
    """Say whether `wanted` stands in `text`, white space aside, a number only as a whole one."""
    text, wanted = _SPACE.sub("", text), _SPACE.sub("", wanted)
    if _NUMBER.fullmatch(wanted):
        whole = rf"(?<!\d)(?<!\d[.,]){re.escape(wanted)}(?!\d|[.,]\d)"
        return re.search(whole, text) is not None
    return wanted in text


def _f1(given: str, reference: str) -> float:
    """Return the harmonic mean of precision and recall of the words, or of Chinese characters."""
    is_chinese = bool(_HAN.search(given + reference))
    given_counts = Counter(_tokens(given, is_chinese=is_chinese))
    reference_counts = Counter(_tokens(reference, is_chinese=is_chinese))
    common_count = (given_counts & reference_counts).total()
    if not common_count:
        return 0.0
    return 2 * common_count / (given_counts.total() + reference_counts.total())


def _tokens(text: str, *, is_chinese: bool) -> list[str]:
    plain = "".join(
        " " if unicodedata.category(character)[0] in "PSZC" else character
        for character in unicodedata.normalize("NFKC", text).casefold()
    )
    return [*plain.replace(" ", "")] if is_chinese else plain.split()


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _alternatives(value: object) -> list[tuple[str, ...]] | None:
    """Return the entries of `answers` with their alternatives, None where it is malformed."""
    if not isinstance(value, list):
        return None
    entries = [[entry] if isinstance(entry, str) else entry for entry in value]
    return [tuple(entry) for entry in entries] if all(map(_are_texts, entries)) else None
