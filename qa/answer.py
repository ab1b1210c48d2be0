"""What an answer is, and the check that every quote in it is verbatim."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Status = Literal["answered", "not_found", "error"]

_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One statement's proof.

    Attributes:
        marker: the number that stands in the answer as ``[1]``.
        document: id of the document.
        paragraph: label of the paragraph.
        label: what a reader calls the place, in the question's language.
        section: headings above the paragraph, outermost first.
        page: the page on which the paragraph begins, or None where the source marks none.
        quote: exactly ``text[start:end]`` of the paragraph.
        start: first code point of the quote in the paragraph's text.
        end: one past its last code point.
        link: path of the paragraph on the server, ``/documents/<id>#<label>``.
    """

    marker: int
    document: str
    paragraph: str
    label: str
    section: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPassage:
    """One place of the ranking; `score` falls from the first to the last, within 0..1."""

    document: str
    paragraph: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The record that every door gives for a question (field by field the public interface).

    Attributes:
        id: the question's id; ``1`` where it was asked alone.
        language: the question's language (``zh``, ``zh-Hant``, ``en``, ``fr``, ``es``, ``ru``,
            ``ar``), in which labels, refusals and joining words are written.
        confidence: estimated probability that the answer is right, 0..1.
        citations: in the order of their importance.
        passages: the ranking, best first.
        seconds: time spent on the question.
        error: why the question failed, with status ``error`` only.
    """

    id: str
    question: str
    language: str
    status: Status
    answer: str
    short_answers: tuple[str, ...]
    confidence: float
    citations: tuple[Citation, ...]
    passages: tuple[RankedPassage, ...]
    seconds: float
    error: str | None


def failed(*, id: str, question: str, error: str) -> Answer:
    """Return the record of a question that could not be asked."""
    return Answer(
        id=id,
        question=question,
        language="en",
        status="error",
        answer="",
        short_answers=(),
        confidence=0.0,
        citations=(),
        passages=(),
        seconds=0.0,
        error=error,
    )


def escape_markers(text: str) -> str:
    """Return `text` with bracketed numbers in full-width brackets (NFKC-equal to the original).

    Sources contain reference numbers such as ``[5]``; inside an answer they would read as markers.
    """
    return _MARKER.sub(r"［\1］", text)


def verify(answer: Answer, *, text_of: Callable[[str, str], str]) -> None:
    """Check that the answer proves what it says.

    Args:
        answer: the answer to check.
        text_of: (document id, paragraph label) to the paragraph's text.

    Raises:
        AssertionError: a quote is not verbatim, a marker has no citation or a citation no marker,
            or an answer that was not found cites something. Each is a defect of the composer, so
            it is never caught and shown as an answer.
    """
    markers = {int(found) for found in _MARKER.findall(answer.answer)}
    cited = [citation.marker for citation in answer.citations]
    if cited != list(range(1, len(cited) + 1)):
        raise AssertionError(f"markers {cited} do not count up from 1")
    if set(cited) != markers:
        raise AssertionError(f"citations {cited} but markers {sorted(markers)} in the answer")
    if (answer.status == "answered") != bool(cited):
        raise AssertionError(f"status {answer.status} with {len(cited)} citations")
    for citation in answer.citations:
        text = text_of(citation.document, citation.paragraph)
        if not citation.quote or text[citation.start : citation.end] != citation.quote:
            raise AssertionError(
                f"the quote of [{citation.marker}] is not in {citation.document} "
                f"{citation.paragraph}: {citation.quote!r}"
            )
