"""Writes the text of a format that knows its own blocks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.report import Line, Source, Span

# Characters; a table with a longer cell is there for the layout of the page.
_LONGEST_CELL = 1000
# Code points that Unicode keeps for programs' own use stand around the name of a note where the
# text of a block calls it; they are in no line.
_CALL = re.compile("\ufdd0([^\ufdd0\ufdd1]*)\ufdd1")


def call_of(note: str) -> str:
    """Return what a block's text holds where it calls the note of that name."""
    return f"\ufdd0{note}\ufdd1"


def without_calls(text: str) -> str:
    """Return the text without the calls of notes."""
    return _CALL.sub("", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, a heading or an item of a list as it is shown.

    Attributes:
        text: its lines, parted by line feeds, with the automatic number in front; `call_of` marks
            where it calls a note.
        heading_level: see `ingest.report.Line`.
        list_level: likewise.
        list_name: likewise.
        is_caption: whether it is the caption of the table that follows at once.
    """

    text: str
    heading_level: int | None = None
    list_level: int | None = None
    list_name: str | None = None
    is_caption: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: the blocks of each cell of each row."""

    rows: tuple[tuple[tuple["Block | Table", ...], ...], ...]


class SourceWriter:
    """Puts blocks into one text, an empty line between them, and remembers the lines."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lines: list[Line] = []
        self._length = 0
        self._table_count = 0
        self._called_at: dict[str, int] = {}

    def write(self, blocks: Sequence[Block | Table]) -> None:
        """Write the running text; a table that is only there for the layout is part of it."""
        for position, block in enumerate(blocks):
            following = blocks[position + 1] if position + 1 < len(blocks) else None
            if isinstance(block, Table):
                if _is_layout(block):
                    self.write([one for row in block.rows for cell in row for one in cell])
                else:
                    self._write_table(block, blocks[position - 1] if position else None)
            elif not (block.is_caption and isinstance(following, Table)):
                self._add(block)

    def write_note(self, mark: str, blocks: Sequence[Block | Table], *, name: str) -> None:
        """Write a footnote, behind the text that calls it by its name.

        Its mark is not in its text.
        """
        texts = [block.text.strip() for block in blocks if isinstance(block, Block)]
        self._add(Block(text="\n".join(texts)), note=mark, called_at=self._called_at.get(name))

    def source(self, *, furniture: tuple[str, ...] = (), findings: tuple[str, ...] = ()) -> Source:
        """Return all that was written."""
        return Source(
            text="\n".join(self._parts),
            lines=tuple(self._lines),
            furniture=furniture,
            findings=findings,
        )

    def _write_table(self, table: Table, above: Block | Table | None) -> None:
        self._table_count += 1
        if isinstance(above, Block) and above.is_caption:
            self._add(Block(text=above.text, heading_level=1), table=self._table_count)
        for row in table.rows:
            cells = [" ".join(_words(cell)) for cell in row]
            if any(map(without_calls, cells)):
                self._add(Block(text=" | ".join(cells)), table=self._table_count)

    def _add(
        self,
        block: Block,
        *,
        note: str | None = None,
        called_at: int | None = None,
        table: int | None = None,
    ) -> None:
        text = block.text.strip("\n")
        if not without_calls(text).strip():
            return
        lines = [text.replace("\n", " ")] if block.heading_level is not None else text.split("\n")
        if self._lines:
            self._add_line(Line(text="", source=self._span(""), page=None))
        for position, marked in enumerate(lines):
            line = without_calls(marked)
            for name, place in _calls(marked):
                # White space at the end of a line belongs to no paragraph.
                place = min(place, len(line.rstrip()))
                self._called_at.setdefault(name, self._length + place)
            self._add_line(
                Line(
                    text=line,
                    source=self._span(line),
                    page=None,
                    starts_block=position == 0,
                    heading_level=block.heading_level,
                    list_level=block.list_level if position == 0 else None,
                    list_name=block.list_name if position == 0 else None,
                    note=note,
                    called_at=called_at if position == 0 else None,
                    table=table,
                )
            )

    def _add_line(self, line: Line) -> None:
        self._lines.append(line)
        self._parts.append(line.text)
        self._length = line.source.end + 1

    def _span(self, text: str) -> Span:
        return Span(start=self._length, end=self._length + len(text))


def _calls(text: str) -> Iterator[tuple[str, int]]:
    """Yield the notes that a line calls, each with its place in the line without any call."""
    length = 0
    for call in _CALL.finditer(text):
        yield call[1], call.start() - length
        length += len(call[0])


def _is_layout(table: Table) -> bool:
    cells = [cell for row in table.rows for cell in row]
    return (
        all(sum(map(bool, row)) <= 1 for row in table.rows)
        or any(
            isinstance(one, Table) or one.heading_level is not None
            for cell in cells
            for one in cell
        )
        or any(sum(map(len, _words(cell))) > _LONGEST_CELL for cell in cells)
    )


def _words(cell: Sequence[Block | Table]) -> list[str]:
    return [word for one in cell if isinstance(one, Block) for word in one.text.split()]
