"""What kind of answer a question asks for, in six languages."""

import re
from dataclasses import dataclass
from enum import Enum

from qa import answer_patterns as patterns
from qa.answer_patterns import compiled


class AnswerType(Enum):
    """The field's usual answer types."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    NAME = "name"
    DEFINITION = "definition"
    HOW = "how"
    WHY = "why"
    YES_NO = "yesno"
    SUMMARY = "summary"
    COMPARISON = "comparison"
    LOCATE = "locate"
    OTHER = "other"

    @property
    def is_overview(self) -> bool:
        """Whether the answer is gathered from several paragraphs."""
        return self in {AnswerType.SUMMARY, AnswerType.COMPARISON}

    @property
    def is_explained(self) -> bool:
        """Whether the answer takes several sentences."""
        return self.is_overview or self in {
            AnswerType.DEFINITION,
            AnswerType.HOW,
            AnswerType.WHY,
        }

    @property
    def has_short_form(self) -> bool:
        """Whether a few words can be the answer."""
        return self not in {AnswerType.SUMMARY, AnswerType.LOCATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What would answer a question.

    Attributes:
        type: the kind of answer.
        is_list: whether several of it are asked for.
        is_told: whether it is what the report says about something, or whether it mentions it.
    """

    type: AnswerType
    is_list: bool
    is_told: bool = False

    @property
    def is_broad(self) -> bool:
        """Whether no single span of a text can be the answer."""
        return (
            self.is_list
            or self.type.is_overview
            or self.type in {AnswerType.LOCATE, AnswerType.YES_NO}
        )


# The first pattern that is found wins, so what is specific stands first.
_PATTERNS = (
    (AnswerType.LOCATE, compiled(patterns.LOCATE)),
    (AnswerType.DATE, compiled(patterns.YEAR, patterns.DATE)),
    (AnswerType.COMPARISON, compiled(patterns.COMPARISON)),
    (AnswerType.NUMBER, compiled(patterns.NUMBER)),
    (AnswerType.PLACE, compiled(patterns.COUNTRY, patterns.PLACE)),
    (AnswerType.DEFINITION, compiled(patterns.DEFINITION)),
    (AnswerType.SUMMARY, compiled(patterns.TOLD, patterns.MENTIONED, patterns.SUMMARY)),
    (AnswerType.WHY, compiled(patterns.WHY)),
    (AnswerType.YES_NO, compiled(patterns.YES_NO)),
    (AnswerType.NAME, compiled(patterns.NAME)),
    (AnswerType.HOW, compiled(patterns.HOW)),
)
_LIST = compiled(patterns.LIST)
_TOLD = compiled(patterns.TOLD, patterns.MENTIONED)
_MENTIONED = compiled(patterns.MENTIONED)
_MENTIONED_BEHIND = compiled(patterns.MENTIONED_BEHIND)
_YEAR = compiled(patterns.YEAR)
_DAY_OR_MONTH = compiled(patterns.DAY_OR_MONTH)
_COUNTRY = compiled(patterns.COUNTRY)
_PERSON = compiled(patterns.PERSON)
_MONEY = compiled(patterns.MONEY)
_COUNT = compiled(patterns.COUNT)
_MEASURE = re.compile(patterns.MEASURE)


def expected_answer(question: str) -> Expectation:
    """Return what would answer `question` (Chinese in Simplified script)."""
    kind = _first_type(question)
    return Expectation(
        type=kind,
        is_list=bool(_LIST.search(question)),
        is_told=kind is AnswerType.SUMMARY and _TOLD.search(question) is not None,
    )


def asked_of_each(question: str) -> AnswerType:
    """Return what a comparison asks of each side: "which is longer, and how long is each?"."""
    return _first_type(question, other_than=AnswerType.COMPARISON)


def _first_type(question: str, *, other_than: AnswerType | None = None) -> AnswerType:
    return next(
        (
            kind
            for kind, pattern in _PATTERNS
            if kind is not other_than and pattern.search(question)
        ),
        AnswerType.OTHER,
    )


def sought(question: str) -> str:
    """Return what a question for a place in the report, or what it says or mentions, looks for.

    That is the question without the words that ask for it, which stand in many paragraphs ("in
    paragraph 14 of resolution ...", "the report"); any other question as it is.
    """
    kind, pattern = _PATTERNS[0]
    assert kind is AnswerType.LOCATE
    rest = _TOLD.sub(" ", pattern.sub(" ", question))
    if _MENTIONED.search(question):
        rest = _MENTIONED_BEHIND.sub("", rest)
    return rest if re.search(r"\w", rest) else question


def told_of(question: str, *, thing: str) -> str | None:
    """Return a question for what the report says, asked of another thing; None for any other."""
    told = _TOLD.search(question)
    if told is None:
        return None
    if re.search(r"[\u4e00-\u9fff]", question):  # where the asking stands behind
        return f"关于{thing}，报告说了什么？"
    closing = _MENTIONED_BEHIND.search(question)
    behind = closing.group() if closing and _MENTIONED.search(question) else "?"
    return f"{question[: told.end()].rstrip()} {thing}{behind}"


def asked_count(question: str) -> int | None:
    """Return how many things a question asks for ("which two countries"), None for any number."""
    match = _COUNT.search(question)
    if match is None:
        return None
    word = match.group(match.lastindex or 0).casefold()
    return next(count for count, words in patterns.COUNTS.items() if word in words.split())


def asks_for_year(question: str) -> bool:
    """Return whether a question about time wants a year and nothing finer."""
    return _YEAR.search(question) is not None


def asks_for_day_or_month(question: str) -> bool:
    """Return whether a question about time wants more than a year."""
    return _DAY_OR_MONTH.search(question) is not None


def asks_for_country(question: str) -> bool:
    """Return whether a question about places wants countries."""
    return _COUNTRY.search(question) is not None


def asks_for_person(question: str) -> bool:
    """Return whether a question about a name wants a person or whoever acts."""
    return _PERSON.search(question) is not None


def asks_for_money(question: str) -> bool:
    """Return whether a question about a quantity wants a sum of money."""
    return _MONEY.search(question) is not None


def asked_measure(question: str) -> str | None:
    """Return the Chinese measure word or unit that a question asks to be counted in, or None."""
    match = _MEASURE.search(question)
    return match["measure"] if match else None
