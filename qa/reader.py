"""Read a question beside paragraphs: where the answer stands, and whether it is there at all."""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.token_network import TokenNetwork
from ingest.report import Span
from qa.reader_input import (
    ReaderInput,
    Tokens,
    reader_input,
    reading_windows,
    tokens_of,
)

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

MODEL_FILE = Path(__file__).resolve().parent.parent / "data" / "models" / "reader" / "reader.onnx"
WINDOW_COUNT = 16
"""Windows that are read of a long paragraph, at most: some 1,100 tokens."""
SPAN_COUNT = 5
"""Spans kept of each paragraph."""
SPAN_TOKEN_LIMIT = 60
"""Tokens in an answer span, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSpan:
    """A range of a paragraph that may be the answer.

    Attributes:
        span: in the paragraph's text.
        score: sum of its start and end log-probabilities, at most 0, with "no answer here" among
            the outcomes.
    """

    span: Span
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reader makes of one paragraph.

    Attributes:
        answerable: log-odds that the paragraph answers the question.
        spans: candidates for the answer, the likeliest first.
    """

    answerable: float
    spans: tuple[ReadSpan, ...]

    @property
    def span_lead(self) -> float:
        """How far the likeliest span's score lies above the next; infinite where there is none."""
        scores = [found.score for found in self.spans[:2]]
        return scores[0] - scores[1] if len(scores) == 2 else math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is read: a text under a title (or heading), which may be empty."""

    title: str
    text: str


class Reader:
    """The trained reader. Loads at the first reading; safe in several threads.

    The cores go to the rows, which is as fast as to one row after the other.
    """

    def __init__(self, *, cache_folder: Path, model_file: Path = MODEL_FILE) -> None:
        self._network = TokenNetwork(model_file, cache_folder=cache_folder)

    def read(self, question: str, pages: Sequence[Page]) -> list[Reading]:
        """Return a reading of each page, in their order: that of the window which answers best.

        Raises:
            ModelError: the model cannot be loaded.
        """
        asked = self._tokens(question).ids
        rows: list[tuple[int, ReaderInput]] = []
        for number, page in enumerate(pages):
            title = self._tokens(page.title).ids if page.title else []
            passage = self._tokens(page.text)
            windows = reading_windows(page.text, passage)[:WINDOW_COUNT]
            rows += [
                (number, reader_input(asked, title, passage, window=window)) for window in windows
            ]
        read = list(self._pool.map(self._run, [row for _, row in rows]))
        return [
            max(
                (
                    reading
                    for (owner, _), reading in zip(rows, read, strict=True)
                    if owner == number
                ),
                key=lambda reading: reading.answerable,
            )
            for number in range(len(pages))
        ]

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=os.cpu_count() or 1)

    def _tokens(self, text: str) -> Tokens:
        return tokens_of(text, tokenizer=self._network.tokenizer)

    def _run(self, row: ReaderInput) -> Reading:
        import numpy

        types = numpy.array([row.types], dtype=numpy.int64)
        start, end, answerable = self._network.run(row.ids, types=types)
        return Reading(
            answerable=float(answerable[0]),
            spans=tuple(_best_spans(start[0], end[0], row)),
        )


def _best_spans(
    start: "NDArray[numpy.float32]", end: "NDArray[numpy.float32]", row: ReaderInput
) -> list[ReadSpan]:
    """Return the likeliest spans of a row that do not overlap, best first."""
    import numpy

    passage = slice(row.offset, row.offset + len(row.passage.spans))
    begins = _log_softmax(numpy.concatenate([start[:1], start[passage]]))[1:]
    ends = _log_softmax(numpy.concatenate([end[:1], end[passage]]))[1:]
    pairs = begins[:, None] + ends[None, :]
    count = len(row.passage.spans)
    allowed = numpy.triu(numpy.ones((count, count), dtype=bool)) & ~numpy.triu(
        numpy.ones((count, count), dtype=bool), SPAN_TOKEN_LIMIT
    )
    pairs = numpy.where(allowed, pairs, -numpy.inf)
    kept: list[ReadSpan] = []
    while len(kept) < SPAN_COUNT and count:
        place = int(pairs.argmax())
        first, last = divmod(place, count)
        score = float(pairs[first, last])
        if not numpy.isfinite(score):
            break
        span = Span(start=row.passage.spans[first][0], end=row.passage.spans[last][1])
        if span.end > span.start:
            kept.append(ReadSpan(span=span, score=score))
        pairs[: last + 1, first:] = -numpy.inf  # all that overlap
    return kept


def _log_softmax(logits: "NDArray[numpy.float32]") -> "NDArray[numpy.float32]":
    import numpy

    shifted = logits - logits.max()
    result: NDArray[numpy.float32] = shifted - numpy.log(numpy.exp(shifted).sum())
    return result
