"""A question beside a passage, as the reader's network takes it: the same in training and use."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from index.lexical import simplified
from ingest.report import Span
from ingest.sentences import split_sentences

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BEGIN, END = 0, 2
"""Token ids of ``<s>`` and ``</s>`` in the tokenizer of multilingual-e5-small (XLM-RoBERTa's)."""
QUESTION_LIMIT = 96
"""Tokens of a question that are read; longer ones are cut."""
TITLE_LIMIT = 32
"""Tokens of a title that are read."""
WINDOW_LIMIT = 128
"""Tokens of a passage that are read at once, in sentences.

Of a few sentences the reader tells the answer better than of a long passage. Measured on CMRC 2018
and DRCD: read whole, the likeliest span has an F1 of 0.66 and 0.68, in windows of 80 to 224 tokens
0.75 to 0.78 and 0.76 to 0.79, in the same time.
"""


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


def reading_windows(text: str, tokens: Tokens, *, limit: int = WINDOW_LIMIT) -> list[range]:
    """Return which tokens of a passage are read together, the first window first.

    A window holds whole sentences, as many as have at most `limit` tokens together, and each
    begins about where the one before has its middle, so that no sentence loses its neighbours.
    Only a sentence that is longer itself is cut. A passage without tokens is one empty window.

    Args:
        text: the passage.
        tokens: all its tokens.
        limit: tokens in a window, at least 2.
    """
    count = len(tokens.ids)
    if count <= limit:
        return [range(count)]
    starts = [start for start, _ in tokens.spans]
    borders = sorted(
        {0, count, *(bisect_left(starts, sentence.start) for sentence in split_sentences(text))}
    )
    for begin, end in pairwise(tuple(borders)):
        if end - begin > limit:
            borders.extend(range(begin + limit // 2, end, limit // 2))
    borders.sort()
    windows: list[range] = []
    first = 0
    while True:
        last = max(first + 1, bisect_right(borders, borders[first] + limit) - 1)
        windows.append(range(borders[first], borders[last]))
        if borders[last] == count:
            return windows
        middle = (borders[first] + borders[last]) / 2
        first = max(first + 1, bisect_right(borders, middle) - 1)


def reader_input(
    question: Sequence[int], title: Sequence[int], passage: Tokens, *, window: range
) -> ReaderInput:
    """Return the row of a question beside the part of a passage that lies in `window`.

    Args:
        question: token ids without special ones.
        title: token ids, empty for none.
        passage: all its tokens.
        window: which of them are read.
    """
    head = [BEGIN, *question[:QUESTION_LIMIT], END]
    middle = [*title[:TITLE_LIMIT], END] if title else []
    part = slice(window.start, window.stop)
    read = Tokens(ids=passage.ids[part], spans=passage.spans[part])
    ids = [*head, *middle, *read.ids, END]
    return ReaderInput(
        ids=ids,
        types=[0] * len(head) + [1] * (len(ids) - len(head)),
        offset=len(head) + len(middle),
        passage=read,
    )
