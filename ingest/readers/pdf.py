"""PDF files with a text layer: bytes become lines in reading order, notes and tables.

What is on the pages is read by `ingest.readers.pdf_page`; tables, columns, running headers and
footnotes are told from it by place, size and repetition, never by words. A mark raised above the
line that calls a note of its page is taken out of the text. Any other raised digit is kept as
such: what no note on the page answers, a second call of the same note, an exponent (``km²``). So
``2011年¹`` never reads ``2011年1``.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingest.errors import DocumentError
from ingest.furniture import ends_sentence
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.numbering import is_power_of_unit
from ingest.readers.pdf_bidi import is_right_to_left
from ingest.readers.pdf_columns import LineReader
from ingest.readers.pdf_furniture import split_furniture
from ingest.readers.pdf_lines import TextLine
from ingest.readers.pdf_notes import FootNote, read_calls, split_notes
from ingest.readers.pdf_page import PdfFile, Rule, open_pdf
from ingest.readers.pdf_tables import Table, split_tables
from ingest.report import Line, Source, Span

# A page with a larger share of characters that no font maps to Unicode cannot be quoted; where
# only the spaces are unmapped it is one in eight. A few are bullets.
_MOST_GARBLED_SHARE = 0.05
_MOST_GARBLED_COUNT = 5
# Lines further apart than this many times the spacing within paragraphs have a gap between them.
_PARAGRAPH_GAP = 1.2
# Baseline to baseline in type sizes, where a document has too few wrapped lines to tell.
_USUAL_SPACING = 1.45
_LEAST_WRAPPED = 5
# A line that reaches this share of its column's width goes on in the next one.
_FULL_SHARE = 0.85
# Points of indentation that one leading space stands for, as a share of the type size.
_INDENT_OF_SPACE = 0.5


@dataclass(slots=True)
class _Pages:
    """What was read of the pages so far; `rules` and `tables` by page.

    Pages that are left out have no `rules`; the rules of tables are in none.
    """

    lines: list[TextLine]
    rules: dict[int, list[Rule]]
    tables: dict[int, list[Table]]
    without_text: list[int]
    garbled: list[int]
    turned: list[int]


def read_pdf(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """Return the text of a PDF file in reading order, with its tables where they stand.

    Lines keep the gaps and the indentation of the page; notes stand behind all other lines.

    Raises:
        DocumentError: the file is no PDF, encrypted with a password, truncated, damaged, beyond
            the limits, or without text that can be read. The message
            does not name the file; whoever knows its name puts it in front.
    """
    with open_pdf(data, limits=limits) as file:
        pages = _read_pages(file)
    lines, furniture = split_furniture(pages.lines)
    if not (lines or pages.tables) or len(pages.garbled) > len(pages.rules):
        raise _no_text(pages)
    body_size = _body_size(lines)
    body: list[TextLine] = []
    notes: list[FootNote] = []
    found: list[FootNote] = []
    for page, members in groupby(lines, key=lambda line: line.page):
        kept, found = split_notes(
            list(members),
            pages.rules[page],
            body_size=body_size,
            open_note=found[-1] if found else None,
        )
        if found and found[0].page != page:
            notes.pop()
        notes.extend(found)
        body.extend(kept)
    writer = _Writer({(note.page, note.label) for note in notes})
    writer.write(body, pages.tables)
    for note in notes:
        writer.write_note(note)
    return Source(
        text=writer.text,
        lines=tuple(writer.lines),
        furniture=tuple(dict.fromkeys(" ".join(line.text.split()) for line in furniture)),
        findings=tuple(_findings(pages)),
    )


def _read_pages(file: PdfFile) -> _Pages:
    pages = _Pages(lines=[], rules={}, tables={}, without_text=[], garbled=[], turned=[])
    reader = LineReader()
    for page in file.pages():
        text = "".join(glyph.text for glyph in page.glyphs)
        if page.garbled_count > max(
            _MOST_GARBLED_COUNT, _MOST_GARBLED_SHARE * (len(text) + page.garbled_count)
        ):
            pages.garbled.append(page.number)
            continue
        if not text.strip():
            pages.without_text.append(page.number)
            continue
        if page.turned_count:
            pages.turned.append(page.number)
        is_rtl = is_right_to_left(text)
        glyphs, rules, tables = split_tables(page.glyphs, page.rules, is_rtl=is_rtl)
        if tables:
            pages.tables[page.number] = tables
        pages.rules[page.number] = rules
        reader.add(glyphs, page=page.number, is_rtl=is_rtl)
    pages.lines.extend(reader.lines())
    return pages


def _no_text(pages: _Pages) -> DocumentError:
    if pages.garbled:
        return DocumentError(
            "found garbled text, its fonts do not say which characters they draw, expected text "
            "that can be copied; export it again, or run OCR on it (ocrmypdf --force-ocr)"
        )
    return DocumentError(
        "found no text layer, only images, expected a PDF file with text; run OCR on it first "
        "(ocrmypdf)"
    )


def _findings(pages: _Pages) -> list[str]:
    kinds = (
        (pages.without_text, "no text on", "run OCR on it (ocrmypdf) if it is scanned"),
        (pages.garbled, "garbled text left out on", "run OCR on it (ocrmypdf --force-ocr)"),
        (pages.turned, "text that runs another way left out on", "check the page"),
    )
    return [
        f"{what} {'page' if len(numbers) == 1 else 'pages'} {_ranges(numbers)}; {advice}"
        for numbers, what, advice in kinds
        if numbers
    ]


def _ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers as ``1, 3-5``."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return ", ".join(
        str(group[0]) if len(group) == 1 else f"{group[0]}-{group[-1]}" for group in groups
    )


def _body_size(lines: Sequence[TextLine]) -> float:
    """Return the type size of most characters; 0 where there are none."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=sizes.__getitem__, default=0.0)


class _Writer:
    """Writes the lines of the text one below the other.

    It begins with the page and label of every note.

    Attributes:
        lines: so far.
    """

    def __init__(self, labels: Set[tuple[int, str]]) -> None:
        self.lines: list[Line] = []
        self._length = 0
        self._table_count = 0
        self._uncalled = set(labels)
        self._called_at: dict[tuple[int, str], int] = {}

    @property
    def text(self) -> str:
        """All lines, joined by line breaks."""
        return "\n".join(line.text for line in self.lines)

    def write(self, lines: Sequence[TextLine], tables: Mapping[int, Sequence[Table]]) -> None:
        """Write the running text and, each at its place, the tables of every page."""
        spacing = _spacing(lines)
        by_page = {page: list(members) for page, members in groupby(lines, lambda one: one.page)}
        previous: TextLine | None = None
        for page in sorted({*by_page, *tables}):
            members = by_page.get(page, [])
            places: dict[int, list[Table]] = {}
            for table in tables.get(page, ()):
                places.setdefault(_place_of(table, members), []).append(table)
            for position, line in enumerate(members):
                has_gap = previous is not None and _has_gap(previous, line, spacing)
                if has_gap:
                    self._add("", page)
                for table in places.get(position, ()):
                    self._write_table(table, page)
                if position in places and (has_gap or position == 0):
                    self._add("", page)
                self._add(self._without_calls(line), page)
                previous = line
            for table in places.get(len(members), ()):
                self._write_table(table, page)

    def write_note(self, note: FootNote) -> None:
        """Write a footnote, behind the running text."""
        self._add("", note.page)
        for position, (page, text) in enumerate(note.lines):
            self._add(
                text,
                page,
                starts_block=position == 0,
                note=note.label,
                called_at=self._called_at.get((note.page, note.label)) if position == 0 else None,
            )

    def _write_table(self, table: Table, page: int) -> None:
        self._table_count += 1
        for row in table.rows:
            self._add(" | ".join(row), page, starts_block=True, table=self._table_count)

    def _add(
        self,
        text: str,
        page: int,
        *,
        starts_block: bool = False,
        note: str | None = None,
        called_at: int | None = None,
        table: int | None = None,
    ) -> None:
        start = self._length
        self.lines.append(
            Line(
                text=text,
                source=Span(start=start, end=start + len(text)),
                page=page,
                starts_block=starts_block,
                note=note,
                called_at=called_at,
                table=table,
            )
        )
        self._length += len(text) + 1

    def _without_calls(self, line: TextLine) -> str:
        """Return the line as it is written next, without marks that call notes.

        The place of each of these is kept. A note is called once. A mark behind a unit of length
        is an exponent.
        """
        written = " " * round(max(0.0, line.indent) / (_INDENT_OF_SPACE * line.size))
        for piece in line.pieces:
            keys = {(line.page, label) for label in read_calls(piece.text)}
            if (
                piece.is_raised
                and keys
                and keys <= self._uncalled
                and not is_power_of_unit(written, piece.text.strip())
            ):
                self._uncalled -= keys
                self._called_at.update(dict.fromkeys(keys, self._length + len(written)))
            else:
                written += piece.written
        return written


def _place_of(table: Table, lines: Sequence[TextLine]) -> int:
    """Return the place among the lines of a page before which the table stands.

    Only the column that it stands in tells, or the columns that it runs across.
    """
    beside = [
        (place, line)
        for place, line in enumerate(lines)
        if line.left < table.right and table.left < line.right
    ]
    below = [place for place, line in beside if line.baseline > table.top]
    if below:
        return below[0]
    return beside[-1][0] + 1 if beside else len(lines)


def _has_gap(above: TextLine, line: TextLine, spacing: float) -> bool:
    """Say whether the page leaves a gap between two lines, one below the other."""
    if above.page != line.page or line.baseline <= above.baseline:
        return False
    size = (above.size + line.size) / 2
    return line.baseline - above.baseline > _PARAGRAPH_GAP * spacing * size


def _spacing(lines: Sequence[TextLine]) -> float:
    """Return the distance of lines within paragraphs in type sizes, the middle one of all.

    Full lines in mid-sentence are within a paragraph with the line below.
    """
    reach: dict[tuple[int, int], float] = {}
    for line in lines:
        key = (line.page, line.block)
        reach[key] = max(line.right, reach.get(key, 0.0))
    wrapped = sorted(
        (line.baseline - above.baseline) / above.size
        for above, line in pairwise(lines)
        if (above.page, above.block) == (line.page, line.block)
        and abs(above.size - line.size) < 0.1 * above.size
        and above.right - above.left >= _FULL_SHARE * (reach[above.page, above.block] - above.left)
        and not ends_sentence(above.text)
    )
    return wrapped[len(wrapped) // 2] if len(wrapped) >= _LEAST_WRAPPED else _USUAL_SPACING
