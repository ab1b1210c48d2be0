"""How long adding one report takes to a library of 100,000 paragraphs, beside smaller ones.

The vectors are made up, so that what is measured is the library and not the model. The ratios say
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

DOCUMENT_COUNTS = (0, 200, 1_000)
"""Documents that the libraries hold already."""
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
        libraries = {
            size: Library.create(
                work / str(size), embedder=MadeUpEmbedder(), cache_folder=settings.cache
            )
            for size in DOCUMENT_COUNTS
        }
        for size, library in libraries.items():
            if size:
                library.add(_passages(work / "all.jsonl", chance, range(size)))
        seconds: dict[str, dict[int, list[float]]] = {"added": {}, "replaced": {}, "removed": {}}
        for round_number in range(ROUNDS):
            identifier = max(DOCUMENT_COUNTS) + round_number
            first = _passages(work / "first.jsonl", chance, [identifier])
            second = _passages(work / "second.jsonl", chance, [identifier])
            for size, library in libraries.items():
                works: dict[str, Callable[[], object]] = {
                    "added": partial(library.add, first),
                    "replaced": partial(library.add, second),
                    "removed": partial(library.remove, f"R/{identifier}"),
                }
                for change, work_done in works.items():
                    seconds[change].setdefault(size, []).append(_timed(work_done))
        for library in libraries.values():
            library.close()
    head = "".join(f"{size * PARAGRAPH_COUNT:>12,}" for size in DOCUMENT_COUNTS)
    print(f"{f'one report of {PARAGRAPH_COUNT} paragraphs to':32}{head}   ratios to the first")
    for change, by_size in seconds.items():
        medians = [statistics.median(by_size[size]) for size in DOCUMENT_COUNTS]
        times = "".join(f"{median:>10.2f} s" for median in medians)
        ratios = "".join(f"{median / medians[0]:>8.2f}" for median in medians[1:])
        print(f"{change:32}{times}{ratios}")


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
