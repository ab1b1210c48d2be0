"""The answers of a question file as people look through them: a page of one kind at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.answer import Answer

LOW_CONFIDENCE = 0.6
"""Below it an answer should be checked first: by its own estimate two in five of them are wrong."""


class Kind(StrEnum):
    """Which answers to look at."""

    ALL = "all"
    REFUSED = "refused"
    UNSURE = "unsure"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """Some answers of one kind.

    Attributes:
        counts: how many answers there are of each kind.
        first: place of the first answer on this page among those of its kind, from 0.
        answers: in the order of the question file.
    """

    counts: Mapping[Kind, int]
    first: int
    answers: tuple[Answer, ...]


def page_of(answers: Sequence[Answer], *, kind: Kind, first: int, count: int) -> ReviewPage:
    """Return at most `count` answers of a kind, from the place `first` on."""
    of_kind = [answer for answer in answers if kind in _kinds(answer)]
    found = Counter(each for answer in answers for each in _kinds(answer))
    return ReviewPage(
        counts={each: found[each] for each in Kind},
        first=first,
        answers=tuple(of_kind[first : first + count]),
    )


def _kinds(answer: Answer) -> tuple[Kind, ...]:
    match answer.status:
        case "error":
            return Kind.ALL, Kind.FAILED
        case "not_found":
            return Kind.ALL, Kind.REFUSED
        case "answered":
            is_unsure = answer.confidence < LOW_CONFIDENCE
            return (Kind.ALL, Kind.UNSURE) if is_unsure else (Kind.ALL,)
