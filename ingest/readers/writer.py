"""Writes the text of a format that knows its own blocks."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.report import Line, Source, Span

# Characters; a table with a longer cell is there for the layout of the page.
_LONGEST_CELL = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, a heading or an item of a list as it is shown.

    Attributes:
        text: its lines, parted by line feeds, with the automatic number in front.
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

    def write_note(self, mark: str, blocks: Sequence[Block | Table]) -> None:
        """Write a footnote; `mark` is not in its text."""
        texts = [block.text.strip() for block in blocks if isinstance(block, Block)]
        self._add(Block(text="\n".join(texts)), note=mark)

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
            if any(cells):
                self._add(Block(text=" | ".join(cells)), table=self._table_count)

    def _add(self, block: Block, *, note: str | None = None, table: int | None = None) -> None:
        text = block.text.strip("\n")
        if not text.strip():
            return
        lines = [text.replace("\n", " ")] if block.heading_level is not None else text.split("\n")
        if self._lines:
            self._add_line(Line(text="", source=self._span(""), page=None))
        for position, line in enumerate(lines):
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
                    table=table,
                )
            )

    def _add_line(self, line: Line) -> None:
        self._lines.append(line)
        self._parts.append(line.text)
        self._length = line.source.end + 1

    def _span(self, text: str) -> Span:
        return Span(start=self._length, end=self._length + len(text))


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
