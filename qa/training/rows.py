"""Pairs of question and passage made ready for the network, and files of them."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import InputError
from qa.reader_input import (
    WINDOW_LIMIT,
    ReaderInput,
    Tokens,
    reader_input,
    reading_windows,
    tokens_of,
)
from qa.training.groups import Pair

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

SHORTEST_WINDOW = 48
"""Fewest tokens of a passage that windows are cut for; the most are those of use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question beside a window of a passage.

    Attributes:
        question: which of the texts of its `RowSet` is asked.
        title: which of them stands above the passage; None for none.
        passage: which of them is read.
        window: which of the passage's tokens are read.
        place: first and last token of the answer in the network's input, both 0 for none.
        is_answered: whether the passage answers.
        is_ranked: whether the row is compared with the first of its group.
    """

    question: int
    title: int | None
    passage: int
    window: range
    place: tuple[int, int]
    is_answered: bool
    is_ranked: bool


class RowSet:
    """Groups of rows, the one with the answer first in each, over texts that they share.

    Attributes:
        groups: the rows.
        texts: token ids of each text.
    """

    def __init__(self, groups: Sequence[Sequence[Row]], texts: Sequence[Sequence[int]]) -> None:
        self.groups = groups
        self.texts = texts

    def input(self, row: Row) -> ReaderInput:
        """Return what the network takes for a row of this set; its tokens have no spans."""
        return reader_input(
            self.texts[row.question],
            () if row.title is None else self.texts[row.title],
            Tokens(ids=self.texts[row.passage], spans=()),
            window=row.window,
        )

    def length(self, row: Row) -> int:
        """Return about how many tokens the input of a row has."""
        title = 0 if row.title is None else len(self.texts[row.title])
        return len(self.texts[row.question]) + title + len(row.window)

    def save(self, path: Path) -> None:
        """Write the set as a compressed ``.npz`` file."""
        import numpy

        table = [
            (
                row.question,
                -1 if row.title is None else row.title,
                row.passage,
                row.window.start,
                row.window.stop,
                *row.place,
                row.is_answered,
                row.is_ranked,
            )
            for group in self.groups
            for row in group
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        numpy.savez_compressed(
            path,
            tokens=numpy.array([token for text in self.texts for token in text], numpy.int32),
            lengths=numpy.array([len(text) for text in self.texts], numpy.int32),
            rows=numpy.array(table, numpy.int32).reshape(-1, 9),
            sizes=numpy.array([len(group) for group in self.groups], numpy.int32),
        )


def read_rows(paths: Sequence[Path]) -> RowSet:
    """Return one set of all groups in files that `RowSet.save` wrote.

    Raises:
        InputError: a file cannot be read or is not of this form.
    """
    import numpy

    groups: list[list[Row]] = []
    texts: list[list[int]] = []
    for path in paths:
        try:
            with numpy.load(path) as parts:
                new_texts = _cut(parts["tokens"], parts["lengths"])
                new_groups = _cut(parts["rows"], parts["sizes"])
        except (OSError, ValueError, KeyError) as error:
            raise InputError(
                f"{path}: found {type(error).__name__} {error}; expected a file that "
                "`python -m qa.training.prepare` wrote"
            ) from error
        known = len(texts)
        groups += [[_row(values, known) for values in group.tolist()] for group in new_groups]
        texts += [text.tolist() for text in new_texts]
    return RowSet(groups, texts)


def _cut(
    values: "NDArray[numpy.int32]", lengths: "NDArray[numpy.int32]"
) -> "list[NDArray[numpy.int32]]":
    import numpy

    return numpy.split(values, numpy.cumsum(lengths)[:-1])


def _row(values: Sequence[int], known: int) -> Row:
    """Return a row of a file whose texts are numbered from `known` on in the set."""
    question, title, passage, start, stop, first, last, is_answered, is_ranked = values
    return Row(
        question=known + question,
        title=None if title < 0 else known + title,
        passage=known + passage,
        window=range(start, stop),
        place=(first, last),
        is_answered=bool(is_answered),
        is_ranked=bool(is_ranked),
    )


class RowMaker:
    """Tokenizes pairs and cuts rows out of them."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self._tokenizer = tokenizer
        self._numbers: dict[tuple[int, ...], int] = {}

    def row_set(self, groups: Iterable[Sequence[Pair]], *, generator: random.Random) -> RowSet:
        """Return a set of those groups whose first pair, the one with the answer, makes a row."""
        made = ([self.row(pair, generator=generator) for pair in group] for group in groups)
        kept = [[row for row in rows if row is not None] for rows in made if rows[0] is not None]
        return RowSet(kept, list(self._numbers))

    def row(self, pair: Pair, *, generator: random.Random) -> Row | None:
        """Return a row of a pair: a random window of the passage that holds the answer.

        None where no window holds all of the answer or it does not lie on token borders.
        """
        question = tokens_of(pair.question, tokenizer=self._tokenizer).ids
        title = tokens_of(pair.title, tokenizer=self._tokenizer).ids
        passage = tokens_of(pair.text, tokenizer=self._tokenizer)
        limit = generator.randint(SHORTEST_WINDOW, WINDOW_LIMIT)
        windows = reading_windows(pair.text, passage, limit=limit)
        if pair.answer is not None:
            inside = passage.touching(pair.answer)
            windows = [w for w in windows if inside and inside[0] in w and inside[-1] in w]
        if not windows:
            return None
        window = generator.choice(windows)
        place: tuple[int, int] | None = (0, 0)
        if pair.answer is not None:
            place = reader_input(question, title, passage, window=window).place(pair.answer)
        if place is None:
            return None
        return Row(
            question=self._number(question),
            title=self._number(title) if title else None,
            passage=self._number(passage.ids),
            window=window,
            place=place,
            is_answered=pair.answer is not None,
            is_ranked=pair.is_ranked,
        )

    def _number(self, ids: Sequence[int]) -> int:
        return self._numbers.setdefault(tuple(ids), len(self._numbers))
