"""What a report is: types only."""

from dataclasses import dataclass

# A badly damaged document has thousands; the first ones tell what is wrong with it.
_MOST_FINDINGS = 10
FRONT_MATTER = "front matter"
"""Label of what stands before everything else in a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a source, as every reader hands it on.

    What a format does not know for certain keeps its default; the structure is then told from
    the text.

    Attributes:
        text: the line as it stands in the source, without its line break; white space, also in
            front, is kept, because indentation tells where a sub-item ends. An automatic number
            stands in it as a reader of the document sees it, with a tab behind it.
        source: where it stands in the source's text; ``text`` is exactly that slice.
        page: the page it stands on where the format itself says so (from 1), else None.
        starts_block: whether the format says that a block (a paragraph, a heading) begins here.
        heading_level: of a heading, from 1 for the outermost; 0 for the document's title.
        list_level: of a line with an automatic number or bullet, from 0 for the outermost list.
        list_name: which list counts it, where the format tells lists apart.
        note: the mark of the footnote that the line belongs to (``1``, ``*``); the mark itself
            is not in the text. The lines of one note follow each other; the first one starts a
            block, the others do not.
        called_at: of a note's first line: the place in the source's text that calls it, where the
            format tells.
        table: the table, counted from 1, of which the line is a row, its cells parted by ``|``.
            With a heading level too it is the table's caption.
    """

    text: str
    source: Span
    page: int | None
    starts_block: bool = False
    heading_level: int | None = None
    list_level: int | None = None
    list_name: str | None = None
    note: str | None = None
    called_at: int | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a reader makes of a file's bytes.

    Attributes:
        text: the decoded text; every line and every paragraph says where in it it stands.
        lines: all of it in order, empty lines too.
        furniture: running headers and footers that the format keeps apart from the text; they
            can tell the document's symbol.
        findings: what the reader left out or found odd, one line each, for people to read.
    """

    text: str
    lines: tuple[Line, ...]
    furniture: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One citable unit: a numbered paragraph, a sub-item, a footnote, a table's row.

    Attributes:
        label: the document's own number, such as ``25`` or ``25(a)``; unique within the report.
        text: clean text, without the number; every quote is a slice of it.
        section: headings above it, outermost first.
        page: the page on which it begins where the source marks it, else None.
        source: where it stands in the text of its `Source`.
        called_by: of a footnote: the label of the paragraph, the front matter or the row of a
            table whose text calls it; None where the source does not tell, or a heading does, and
            for everything else.
    """

    label: str
    text: str
    section: tuple[str, ...]
    page: int | None
    source: Span
    called_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much of each kind there is in a report; `paragraphs` are those that are no sub-items."""

    paragraphs: int
    sub_items: int
    footnotes: int
    tables: int
    table_rows: int
    front_matter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What can be cited of a document, each kind in the order of the document."""

    paragraphs: tuple[Paragraph, ...]
    front_matter: tuple[Paragraph, ...]
    footnotes: tuple[Paragraph, ...]
    tables: tuple[Paragraph, ...]

    @property
    def head(self) -> str:
        """The front matter that stands before everything else; empty where there is none."""
        return next((one.text for one in self.front_matter if one.label == FRONT_MATTER), "")

    @property
    def counts(self) -> Counts:
        """How much of each kind there is."""
        sub_item_count = sum("(" in paragraph.label for paragraph in self.paragraphs)
        return Counts(
            paragraphs=len(self.paragraphs) - sub_item_count,
            sub_items=sub_item_count,
            footnotes=len(self.footnotes),
            tables=len({row.label.rpartition("/")[0] for row in self.tables}),
            table_rows=len(self.tables),
            front_matter=len(self.front_matter),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Contents):
    """A report as it was read from one file.

    Attributes:
        symbol: the document's symbol, such as ``CTOC/COP/2012/10``; where it has none, the file
            name without suffix, or the ``doc_id`` of a passage file.
        title: its title, in one line; the symbol where none was recognised.
        language: ``zh``, ``en``, ``fr``, ``es``, ``ru`` or ``ar``.
        numbered: whether the document numbers its paragraphs itself.
        paragraphs: numbered paragraphs and sub-items in the order of the document, or every
            paragraph where the document numbers none.
        front_matter: what stands before the first numbered paragraph (label ``front matter``,
            its lines kept apart by line breaks), before the first one of an annex (label of the
            annex), and text without number right under a heading (label: the heading's number).
        footnotes: labels ``note 1``, ``note 2``, ... or ``note *``.
        tables: one row each, labels ``table 1/1``, ``table 1/2``, ...; the cells are parted by
            bars, the caption is the innermost heading. Only formats that mark tables have them.
        findings: what looked odd, one line each (gaps, duplicates), for people to read.
    """

    symbol: str
    title: str
    language: str
    numbered: bool
    findings: tuple[str, ...]

    @property
    def summary(self) -> str:
        """What was found in one line, such as ``60 paragraphs, 13 sub-items, no gaps``."""
        counts = self.counts
        parts = [_count(counts.paragraphs, "paragraph")]
        if self.numbered:
            parts.append(_count(counts.sub_items, "sub-item"))
        if self.tables:
            parts.append(_count(counts.table_rows, "table row"))
        if not self.numbered:
            parts.append("numbered here because the document numbers none")
        elif not self.findings:
            parts.append("no gaps")
        parts.extend(self.findings[:_MOST_FINDINGS])
        if len(self.findings) > _MOST_FINDINGS:
            parts.append(f"and {len(self.findings) - _MOST_FINDINGS} more findings")
        return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
