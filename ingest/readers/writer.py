"""Writes the text of a format that knows its own blocks."""

from ingest.report import Line, Source, Span


class SourceWriter:
    """Puts blocks into one text, an empty line between them, and remembers the lines."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lines: list[Line] = []
        self._length = 0

    def add(
        self,
        text: str,
        *,
        heading_level: int | None = None,
        list_level: int | None = None,
        note: str | None = None,
        table: int | None = None,
    ) -> None:
        """Add a block; one without text is left out.

        Args:
            text: its lines, parted by line feeds. A heading or a table's row is one line.
            heading_level: see `ingest.report.Line`, also for the rest.
            list_level: likewise.
            note: likewise.
            table: likewise.
        """
        if heading_level is not None or table is not None:
            text = text.replace("\n", " ")
        lines = [line for line in text.split("\n") if line.strip()]
        if lines and self._lines:
            self._write("")
        for position, line in enumerate(lines):
            self._write(
                line,
                starts_block=position == 0,
                heading_level=heading_level,
                list_level=list_level if position == 0 else None,
                note=note,
                table=table,
            )

    def source(self, *, furniture: tuple[str, ...] = (), findings: tuple[str, ...] = ()) -> Source:
        """Return all that was added."""
        return Source(
            text="\n".join(self._parts),
            lines=tuple(self._lines),
            furniture=furniture,
            findings=findings,
        )

    def _write(
        self,
        text: str,
        *,
        starts_block: bool = False,
        heading_level: int | None = None,
        list_level: int | None = None,
        note: str | None = None,
        table: int | None = None,
    ) -> None:
        self._lines.append(
            Line(
                text=text,
                source=Span(start=self._length, end=self._length + len(text)),
                page=None,
                starts_block=starts_block,
                heading_level=heading_level,
                list_level=list_level,
                note=note,
                table=table,
            )
        )
        self._parts.append(text)
        self._length += len(text) + 1
