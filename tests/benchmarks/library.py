"""How long adding one report takes to a library of 100,000 paragraphs, beside an empty one.

The vectors are made up, so that what is measured is the library and not the model. The ratio says
whether the time is in proportion to the report or to the library.
"""

import hashlib
import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from index.library import Library
from ingest.report import Span
from ui.settings import load_settings

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

DOCUMENT_COUNT = 1_000
PARAGRAPH_COUNT = 100
"""Paragraphs of each document."""
WORD_COUNT = 40
"""Words of each paragraph, drawn as words are used: a few often, most of them seldom."""
VOCABULARY_COUNT = 20_000
DIMENSION_COUNT = 64
ROUNDS = 5


class MadeUpEmbedder:
    """Gives every text a vector of its own."""

    name = "made up"

    def embed_passages(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """See `Embedder.embed_passages`."""
        import numpy

        seeds = [int.from_bytes(hashlib.sha256(t.encode()).digest()[:4], "big") for t in texts]
        rows = [numpy.random.default_rng(seed).normal(size=DIMENSION_COUNT) for seed in seeds]
        matrix = numpy.array(rows, dtype=numpy.float32).reshape(-1, DIMENSION_COUNT)
        unit: NDArray[numpy.float32] = matrix / numpy.linalg.norm(matrix, axis=1, keepdims=True)
        return unit

    def embed_queries(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """See `Embedder.embed_queries`."""
        return self.embed_passages(texts)

    def windows(self, text: str) -> list[Span]:
        """See `Embedder.windows`."""
        return [Span(start=0, end=len(text))]


def main() -> None:
    """Print the medians and their ratios."""
    chance = random.Random(1)
    settings = load_settings()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        large, empty = (
            Library.create(work / kind, embedder=MadeUpEmbedder(), cache_folder=settings.cache)
            for kind in ("large", "empty")
        )
        started = time.perf_counter()
        large.add(_passages(work / "all.jsonl", chance, range(DOCUMENT_COUNT)))
        took = time.perf_counter() - started
        print(f"{DOCUMENT_COUNT * PARAGRAPH_COUNT:,} paragraphs: {took:.0f} s")
        seconds: dict[str, dict[str, list[float]]] = {"added": {}, "replaced": {}, "removed": {}}
        for round_number in range(ROUNDS):
            identifier = DOCUMENT_COUNT + round_number
            first = _passages(work / "first.jsonl", chance, [identifier])
            second = _passages(work / "second.jsonl", chance, [identifier])
            for kind, library in (("empty", empty), ("large", large)):
                works: dict[str, Callable[[], object]] = {
                    "added": partial(library.add, first),
                    "replaced": partial(library.add, second),
                    "removed": partial(library.remove, f"R/{identifier}"),
                }
                for change, work_done in works.items():
                    seconds[change].setdefault(kind, []).append(_timed(work_done))
        large.close()
        empty.close()
    print(
        f"{f'one report of {PARAGRAPH_COUNT} paragraphs':32}{'empty':>10}{'large':>10}{'ratio':>8}"
    )
    for change, by_kind in seconds.items():
        small, big = (statistics.median(by_kind[kind]) for kind in ("empty", "large"))
        print(f"{change:32}{small:>8.2f} s{big:>8.2f} s{big / small:>8.2f}")


def _timed(work_done: Callable[[], object]) -> float:
    started = time.perf_counter()
    work_done()
    return time.perf_counter() - started


def _passages(path: Path, chance: random.Random, documents: Sequence[int]) -> Path:
    """Write documents of made-up words as a passage file."""
    sums = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY_COUNT + 1)))
    with path.open("w", encoding="utf-8") as file:
        for document in documents:
            for number in range(1, PARAGRAPH_COUNT + 1):
                words = chance.choices(range(VOCABULARY_COUNT), cum_weights=sums, k=WORD_COUNT)
                row = {
                    "doc_id": f"R/{document}",
                    "passage_id": str(number),
                    "lang": "en",
                    "title": f"Report {document}",
                    "text": " ".join(f"w{word}" for word in words) + ".",
                }
                file.write(json.dumps(row) + "\n")
    return path


if __name__ == "__main__":
    main()
