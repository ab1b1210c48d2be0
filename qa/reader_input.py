"""A question beside a passage, as the reader's network takes it: the same in training and use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.lexical import simplified
from ingest.report import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BEGIN, END = 0, 2
"""Token ids of ``<s>`` and ``</s>`` in the tokenizer of multilingual-e5-small (XLM-RoBERTa's)."""
QUESTION_LIMIT = 96
"""Tokens of a question that are read; longer ones are cut."""
TITLE_LIMIT = 32
"""Tokens of a title that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of a text.

    Attributes:
        ids: of the tokenizer.
        spans: half-open code-point range of each token in the text.
    """

    ids: Sequence[int]
    spans: Sequence[tuple[int, int]]

    def touching(self, span: Span) -> list[int]:
        """Return the indices of the tokens that have a part in `span`."""
        return [
            index
            for index, (start, end) in enumerate(self.spans)
            if start < span.end and span.start < end
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderInput:
    """One row: ``<s> question </s> title </s> passage </s>``.

    Attributes:
        ids: token ids.
        types: 0 for the question's part, 1 for the passage's.
        offset: place of the passage's first token in `ids`.
        passage: the tokens of the passage that are in the row.
    """

    ids: list[int]
    types: list[int]
    offset: int
    passage: Tokens

    def place(self, answer: Span) -> tuple[int, int] | None:
        """Return the first and last token (both inclusive) of `answer`; None if it is not here."""
        spans = self.passage.spans
        inside = self.passage.touching(answer)
        if not inside or spans[inside[-1]][1] < answer.end:
            return None
        if spans[inside[0]][0] > answer.start:
            return None
        return self.offset + inside[0], self.offset + inside[-1]


def one_script(text: str) -> str:
    """Return `text` with Traditional Chinese in Simplified script, code point by code point.

    Most of the training questions are Simplified. A text whose length would change stays as it
    is, so that ranges in the one are ranges in the other.
    """
    converted = simplified(text)
    return converted if len(converted) == len(text) else text


def tokens_of(text: str, *, tokenizer: "Tokenizer") -> Tokens:
    """Return the tokens of `text` as it is read, in one script."""
    encoding = tokenizer.encode(one_script(text), add_special_tokens=False)
    return Tokens(ids=encoding.ids, spans=encoding.offsets)


def reader_input(
    question: Sequence[int], title: Sequence[int], passage: Tokens, *, first: int, limit: int
) -> ReaderInput:
    """Return the row of a question beside the part of a passage that begins at token `first`.

    Args:
        question: token ids without special ones.
        title: token ids, empty for none.
        passage: all its tokens.
        first: the passage's first token that is read.
        limit: tokens in the whole row.
    """
    head = [BEGIN, *question[:QUESTION_LIMIT], END]
    middle = [*title[:TITLE_LIMIT], END] if title else []
    room = limit - len(head) - len(middle) - 1
    part = slice(first, first + room)
    read = Tokens(ids=passage.ids[part], spans=passage.spans[part])
    ids = [*head, *middle, *read.ids, END]
    return ReaderInput(
        ids=ids,
        types=[0] * len(head) + [1] * (len(ids) - len(head)),
        offset=len(head) + len(middle),
        passage=read,
    )


def room_for_passage(question: Sequence[int], title: Sequence[int], *, limit: int) -> int:
    """Return how many tokens of a passage a row of `limit` tokens takes."""
    title_count = min(len(title), TITLE_LIMIT) + 1 if title else 0
    return limit - min(len(question), QUESTION_LIMIT) - title_count - 3
