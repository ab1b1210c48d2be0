"""``python -m qa.training.glossary``: make the word lists that lead questions into Chinese.

See ``data/models/glossary/README.md``.
"""

import argparse
import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from index import default_model
from index.embedder import Embedder, OnnxEmbedder
from index.lexical import simplified
from qa.training.lexicon import read_cedict

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

NEIGHBOUR_COUNT = 10
"""k of the local scaling."""
SKIPPED_COUNT = 60
"""Commonest words of a language that get no entry."""
SENSE_COUNT = 5
"""English glosses of a Chinese word that are looked at."""
GLOSS_COUNT = 4
"""Chinese words in an entry, at most."""
MARGIN = 0.06
"""How far below the best one a further Chinese word may score."""
SPREAD = 0.03
"""Of the softmax that turns scores into shares."""
PHRASE_LENGTH = 3
"""Words of an English gloss that is looked up as one, at most."""
_ROWS = 500
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def glossary(
    words: Sequence[str],
    chinese: Mapping[str, Sequence[str]],
    *,
    embedder: Embedder,
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each of `words` that has Chinese counterparts, with their shares, the best first.

    Args:
        words: of one language, the commonest first.
        chinese: Chinese words with their English glosses.
        embedder: of words and glosses.
    """
    import numpy

    pairs = [(word, gloss) for word, glosses in chinese.items() for gloss in glosses]
    heads, head_rows = _rows([word for word, _ in pairs])
    glosses, gloss_rows = _rows([gloss for _, gloss in pairs])
    source = embedder.embed_queries(words)
    targets = [
        (embedder.embed_queries(texts), rows)
        for texts, rows in ((heads, head_rows), (glosses, gloss_rows))
    ]
    density = [
        (_density(source, vectors), _density(vectors, source), vectors, rows)
        for vectors, rows in targets
    ]
    for begin in range(0, len(words), _ROWS):
        part = slice(begin, begin + _ROWS)
        # Twice the cosine less how crowded it is round either word; the mean of word and gloss.
        scores = sum(
            (2 * (source[part] @ vectors.T) - own[part, None] - other[None])[:, rows] / 2
            for own, other, vectors, rows in density
        )
        for word, row in zip(words[part], numpy.asarray(scores), strict=True):
            found: dict[str, float] = {}
            for place in numpy.argpartition(-row, min(8, len(row) - 1))[:8].tolist():
                head = pairs[place][0]
                found[head] = max(found.get(head, -1.0), float(row[place]))
            if max(found.values()) >= 0:
                yield word, _shares(found)


def common_words(
    cedict: Mapping[str, Sequence[str]], frequencies: Mapping[str, int], *, lowest: int
) -> dict[str, list[str]]:
    """Return the words of a dictionary that are common, and the names, with their short glosses."""
    return {
        word: kept
        for word, glosses in cedict.items()
        if _HAN.fullmatch(word)
        and simplified(word) == word
        and frequencies.get(word, 0) >= (1 if glosses[0][:1].isupper() else lowest)
        and (kept := [gloss for gloss in glosses if len(gloss.split()) <= PHRASE_LENGTH])
    }


def read_frequencies(path: Path) -> dict[str, int]:
    """Return how often each word of a file in the form of jieba's ``dict.txt`` occurs."""
    return {
        fields[0]: int(fields[1])
        for line in path.read_text("utf-8").splitlines()
        if len(fields := line.split(" ")) > 1
    }


def write_entries(path: Path, entries: Mapping[str, Mapping[str, float]]) -> None:
    """Write a glossary as `qa.glossary.read_entries` reads it."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for word, shares in entries.items():
            listed = " ".join(f"{term} {share:.2f}" for term, share in shares.items())
            file.write(f"{word}\t{listed}\n")


def main() -> None:
    """Read the arguments and write one list a language."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.glossary", description=__doc__)
    parser.add_argument("words", nargs="+", metavar="LANGUAGE=FILE", help="commonest word first")
    parser.add_argument("--cedict", type=Path, required=True, help="CC-CEDICT, gzipped")
    parser.add_argument("--frequencies", type=Path, required=True, help="jieba's dict.txt")
    parser.add_argument("--lowest", type=int, default=60, help="frequency of a common word")
    parser.add_argument("--cache", type=Path, required=True, help="folder of prepared models")
    parser.add_argument("--output", type=Path, required=True, help="folder of the lists")
    options = parser.parse_args()
    frequencies = read_frequencies(options.frequencies)
    chinese = common_words(
        read_cedict(options.cedict, limit=SENSE_COUNT), frequencies, lowest=options.lowest
    )
    default_model.prepared_folder(options.cache)
    embedder = OnnxEmbedder(cache_folder=options.cache)
    for given in options.words:
        language, _, path = given.partition("=")
        words = Path(path).read_text("utf-8").split()
        entries = glossary(words, chinese, embedder=embedder)
        kept = dict(islice(entries, SKIPPED_COUNT, None))
        write_entries(options.output / f"{language}.tsv.gz", kept)


def _rows(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the different texts, and for each given one its place among them."""
    places: dict[str, int] = {}
    rows = [places.setdefault(text, len(places)) for text in texts]
    return list(places), rows


def _density(
    vectors: "NDArray[numpy.float32]", others: "NDArray[numpy.float32]"
) -> "NDArray[numpy.float32]":
    """Return for each vector the mean cosine of its nearest `NEIGHBOUR_COUNT` among `others`."""
    import numpy

    count = min(NEIGHBOUR_COUNT, len(others))
    parts = [
        numpy.partition(vectors[begin : begin + _ROWS] @ others.T, -count, axis=1)[:, -count:]
        for begin in range(0, len(vectors), _ROWS)
    ]
    result: NDArray[numpy.float32] = numpy.concatenate([part.mean(axis=1) for part in parts])
    return result


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    """Return the softmax over the best scores."""
    import numpy

    ranked = sorted(scores.items(), key=lambda entry: -entry[1])[:GLOSS_COUNT]
    kept = [(head, score) for head, score in ranked if ranked[0][1] - score <= MARGIN]
    odds = numpy.exp((numpy.array([score for _, score in kept]) - kept[0][1]) / SPREAD)
    return {head: float(share) for (head, _), share in zip(kept, odds / odds.sum(), strict=True)}


if __name__ == "__main__":
    main()
