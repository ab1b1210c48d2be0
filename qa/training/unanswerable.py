"""Make pairs of question and passage that do not answer, from pairs that do."""

import random
import re
from collections.abc import Sequence

from ingest.report import Span
from ingest.sentences import split_sentences
from qa.training.squad import Example

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(
    r"《[^》]{2,20}》|「[^」]{2,12}」|“[^”]{2,12}”"
    r"|(?<=\s)[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)*"
)


def without_answer(example: Example) -> str | None:
    """Return the context without every sentence that holds the answer.

    What is left speaks of the same thing and does not answer: the near miss. None where too
    little would be left, or where the answer still stands in it.
    """
    sentences = split_sentences(example.context)
    kept = [
        span
        for span in sentences
        if not any(answer in example.context[span.start : span.end] for answer in example.answers)
        and not (span.start < example.answer.end and example.answer.start < span.end)
    ]
    if len(kept) == len(sentences) or sum(span.end - span.start for span in kept) < 60:
        return None
    text = _joined(example.context, kept)
    return None if any(answer in text for answer in example.answers) else text


def without_another_sentence(
    example: Example, *, generator: random.Random
) -> tuple[str, Span] | None:
    """Return the context without one sentence that has no part in the answer, and the answer.

    The counterpart of `without_answer`: a gap in the text must not give an unanswerable pair away.
    None for a context of a single sentence.
    """
    sentences = split_sentences(example.context)
    others = [
        index
        for index, span in enumerate(sentences)
        if span.end <= example.answer.start or span.start >= example.answer.end
    ]
    if not others:
        return None
    left_out = generator.choice(others)
    kept = [span for index, span in enumerate(sentences) if index != left_out]
    before = [span for span in kept if span.start <= example.answer.start]
    if not before:
        return None
    offset = len(_joined(example.context, before)) - before[-1].end
    answer = Span(start=example.answer.start + offset, end=example.answer.end + offset)
    text = _joined(example.context, kept)
    wanted = example.context[example.answer.start : example.answer.end]
    return (text, answer) if text[answer.start : answer.end] == wanted else None


def with_another_number(example: Example, *, generator: random.Random) -> str | None:
    """Return the question with one number or year changed to one that the context lacks."""
    numbers = list(_NUMBER.finditer(example.question))
    if not numbers:
        return None
    match = generator.choice(numbers)
    for _ in range(5):
        changed = _changed_number(match.group(), generator)
        if changed not in example.context and changed != match.group():
            return example.question[: match.start()] + changed + example.question[match.end() :]
    return None


def with_another_name(
    example: Example, *, names: Sequence[str], own: str | None, generator: random.Random
) -> str | None:
    """Return the question with one name changed to one of `names` that the context lacks.

    Args:
        example: whose question is changed.
        names: other names of the same language.
        own: the name to replace where the caller knows one, else one is looked for by its form.
        generator: of random choices.
    """
    if own is None:
        matches = list(_NAME.finditer(example.question))
        if not matches:
            return None
        own = generator.choice(matches).group()
    for _ in range(5):
        other = generator.choice(names)
        if other not in example.context and other not in example.question:
            return example.question.replace(own, other)
    return None


def with_another_word(
    example: Example,
    *,
    words: Sequence[str],
    others: Sequence[str],
    generator: random.Random,
) -> str | None:
    """Return the question with one of its words changed to another one that the context lacks.

    Args:
        example: whose question is changed.
        words: of the question, those that tell it from other questions.
        others: words of that kind of other questions in the same language.
        generator: of random choices.
    """
    shared = [word for word in words if word in example.context]
    if not shared or not others:
        return None
    own = generator.choice(shared)
    for _ in range(5):
        other = generator.choice(others)
        if other not in example.context and other not in example.question:
            return example.question.replace(own, other)
    return None


def names_of(example: Example) -> list[str]:
    """Return the names in the question that are told by their form."""
    return [match.group() for match in _NAME.finditer(example.question)]


def _changed_number(number: str, generator: random.Random) -> str:
    if number.isdigit() and len(number) == 4 and "1000" < number < "2100":
        step = generator.choice([-20, -10, -5, -3, -2, -1, 1, 2, 3, 5, 10, 20])
        return str(int(number) + step)
    position = generator.choice([i for i, sign in enumerate(number) if sign.isdigit()])
    digits = "123456789".replace(number[position], "")
    return number[:position] + generator.choice(digits) + number[position + 1 :]


def _joined(text: str, spans: Sequence[Span]) -> str:
    """Return the `spans` of `text` one behind the other, each with the space that followed it."""
    pieces: list[str] = []
    for span in spans:
        gap = text[span.end : span.end + 1]
        pieces.append(text[span.start : span.end] + (gap if gap.isspace() else ""))
    return "".join(pieces).rstrip()
