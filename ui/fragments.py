"""The parts of the chat page as HTML fragments, every text in them escaped."""

import re
from collections.abc import Sequence

from qa.answer import Answer
from ui.conversations import Conversations
from ui.frame import template
from ui.languages import direction, texts
from ui.render import percent, to_text
from ui.sources import Shelf, sources_of

HIGH_CONFIDENCE = 0.8
"""Confidence from which on an answer is called sure: four of five such answers are right."""
MEDIUM_CONFIDENCE = 0.5
"""Confidence from which on it is called likely: more of them are right than wrong."""
SHORT_ANSWER_COUNT = 12
"""Short answers shown above the sentences; longer lists stand in the sentences anyway."""
LONGEST_INLINE_COUNT = 24
"""Code points beyond which a short answer of several stands on a line of its own."""

_MARKER = re.compile(r"\[(\d+)\]")


def question_html(question: str, *, language: str) -> str:
    """Return a question in the direction of its own script, with what can be done with it.

    Args:
        question: as it was asked.
        language: of the interface.
    """
    return template("question.html").render(question=question, text=texts(language))


def answer_html(answer: Answer, *, language: str, shelf: Shelf, is_new: bool = False) -> str:
    """Return an answer: in short, in sentences, with its sources and what to ask next.

    Markers and citations are links to the reader's page. Each carries `data-source`, the number
    of the hidden element in the same fragment that holds its paragraph for the source panel, so
    showing a source takes no request.

    Args:
        answer: what to show.
        language: of the interface; what is quoted and said keeps its own.
        shelf: where the documents stand.
        is_new: whether it has just been given, so that it is announced.

    Raises:
        NotFoundError: a paragraph that the answer cites has left the library meanwhile.
    """
    lines = answer.answer.split("\n") if answer.answer else []
    return template("answer.html").render(
        answer=answer,
        text=texts(language),
        answer_direction=direction(answer.language),
        paragraphs=[_pieces(line) for line in lines if line.strip()],
        short_answers=answer.short_answers[:SHORT_ANSWER_COUNT],
        longest_inline=LONGEST_INLINE_COUNT,
        sources=sources_of(answer, shelf=shelf) if answer.status != "error" else [],
        copied=to_text(answer),
        level=confidence_level(answer.confidence),
        percentage=percent(answer.confidence),
        is_new=is_new,
    )


def questions_html(questions: Sequence[str], *, title: str) -> str:
    """Return questions to click under a title; nothing where there are none."""
    return template("next.html").render(questions=questions, title=title)


def conversations_html(conversations: Conversations, *, language: str) -> str:
    """Return the menu of the conversations that a browser keeps."""
    return template("conversations.html").render(conversations=conversations, text=texts(language))


def confidence_level(confidence: float) -> str:
    """Return ``high``, ``medium`` or ``low``."""
    if confidence >= HIGH_CONFIDENCE:
        return "high"
    return "medium" if confidence >= MEDIUM_CONFIDENCE else "low"


def _pieces(line: str) -> list[tuple[str, int | None]]:
    """Cut a line at its markers: (text, None) and ("", marker) in order."""
    pieces: list[tuple[str, int | None]] = []
    for index, piece in enumerate(_MARKER.split(line)):
        if index % 2:
            pieces.append(("", int(piece)))
        elif piece:
            pieces.append((piece, None))
    return pieces
