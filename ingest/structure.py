"""From lines to labelled paragraphs: numbers, sub-items, headings, annexes.

Nothing here knows the words of one report. `ingest.furniture` takes the page away,
`ingest.chain` finds the numbered paragraphs, `ingest.items` their sub-items; here headings and
annexes are told from text, and everything gets its label.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from ingest.chain import (
    Start,
    choose_starts,
    find_starts,
    has_heading_shape,
    looks_like_heading,
)
from ingest.furniture import Note, Row, Table, ends_with_full_stop, read_body, width_of
from ingest.items import Piece, split_items
from ingest.normalizer import join_lines, vocabulary
from ingest.numbering import (
    Reading,
    Readings,
    is_contents_line,
    read_heading_mark,
    read_item_mark,
    read_number,
    readings_after,
)
from ingest.report import FRONT_MATTER, Line, Paragraph, Span

_LONGEST_HEADING_ROWS = 3
# In a narrow column a heading with a number has more rows, of no more words.
_LONGEST_NUMBERED_ROWS = 6
# Columns; a heading without a number has to be shorter to be told from a sentence.
_WIDEST_PLAIN_HEADING = 160
# Columns of a sentence that is surely no heading, signature or table cell.
_NARROWEST_PROSE = 40

_COLON = re.compile(r"[:：]$")
# What a heading without number never begins with: a small letter, a bullet, a bracket.
_NO_HEADING_START = re.compile(r"[a-zà-öø-ÿа-яё•·▪●○–—*(（\[\"“«-]")
_ANNEX = re.compile(
    r"(?P<label>"
    r"(?:附件|附录|附錄|附文)(?:\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[A-Z]|[IVX]{1,5})(?!\w))?"
    r"|(?:Annexe?s?|ANNEXE?S?|Anexos?|ANEXOS?|Appendix|APPENDIX|Appendice|APPENDICE|Apéndice|APÉNDICE"
    r"|Enclosures?|ENCLOSURES?|Attachments?|ATTACHMENTS?|Pièces? jointes?|Documentos? adjuntos?"
    r"|Приложени[ея]|ПРИЛОЖЕНИ[ЕЯ]|Добавление|ДОБАВЛЕНИЕ|Дополнение|ДОПОЛНЕНИЕ)(?:\s(?:[IVXLC]{1,7}|[A-ZА-Я]|\d{1,2})(?!\w))?"
    r"|(?:المرفقات|المرفق|مرفق|التذييل|الضميمة)(?:\s(?:ال\w{3,6}(?:\sعشر)?|\d{1,2}|\w)(?!\w))?"
    r")(?:\s?[.．:：、]\s*|\s+[-–—]\s+|\s+(?=\S)|$)(?P<title>.*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What the lines of a report hold; see `ingest.report.Report` for the first six.

    Attributes:
        title: the heading that the format marks as the title, else None.
        opening: the lines before the first paragraph, in blocks that empty lines part.
        furniture: running headers and footers.
    """

    numbered: bool
    paragraphs: tuple[Paragraph, ...]
    front_matter: tuple[Paragraph, ...]
    footnotes: tuple[Paragraph, ...]
    tables: tuple[Paragraph, ...]
    findings: tuple[str, ...]
    title: str | None
    opening: tuple[tuple[str, ...], ...]
    furniture: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """A heading.

    Attributes:
        readings: how its number can be read; none where it has none.
        text: clean text.
        level: where the format marks it, see `ingest.report.Line`; else None.
    """

    readings: Readings
    text: str
    level: int | None

    @property
    def is_certain(self) -> bool:
        """Whether it is more than a short line that looks like a heading."""
        return self.level is not None or bool(self.readings)


@dataclass(slots=True)
class _Outline:
    """The headings above the paragraph that comes next, outermost first."""

    levels: list[_Heading] = field(default_factory=list)

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self.levels)

    def add(self, headings: Sequence[_Heading]) -> None:
        """Take headings that stand together, outermost first.

        A number that goes on from one above replaces it and all below; a first number of a new
        kind goes one deeper. A heading without number replaces those without number. A level
        that the format marks says it all.
        """
        for position, heading in enumerate(headings):
            if heading.level is not None:
                while self.levels and not _is_above(self.levels[-1], heading.level):
                    self.levels.pop()
                self.levels.append(heading)
                continue
            while position == 0 and self.levels and not self.levels[-1].is_certain:
                self.levels.pop()
            depth, readings = self._place(heading.readings)
            del self.levels[depth:]
            self.levels.append(_Heading(readings=readings, text=heading.text, level=None))

    def continues(self, heading: _Heading) -> bool:
        """Say whether the heading's number is the next one of a level."""
        return any(readings_after(above.readings, heading.readings) for above in self.levels)

    def _place(self, readings: Readings) -> tuple[int, Readings]:
        for depth in range(len(self.levels) - 1, -1, -1):
            next_readings = readings_after(self.levels[depth].readings, readings)
            if next_readings:
                return depth, next_readings
        # Not the next number: a first one, or the source left one out.
        firsts = tuple(reading for reading in readings if reading.value == 1)
        for depth, above in enumerate(self.levels):
            kinds = {reading.kind for reading in above.readings}
            same_kind = tuple(one for one in firsts or readings if one.kind in kinds)
            if same_kind:
                return depth, same_kind
        return len(self.levels), firsts or readings


def _is_above(heading: _Heading, level: int) -> bool:
    return heading.level is not None and heading.level < level


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """A numbered paragraph's rows ``[first, end)`` and what stands below it.

    Attributes:
        below: the end of the rows ``[end, below)``, which a marked heading opens and under which
            text without number stands; mostly there are none.
        headings: those right above the next paragraph, outermost first.
    """

    start: Start
    first: int
    end: int
    below: int
    headings: tuple[_Heading, ...]


class _Writer:
    """Gives every paragraph its label and its clean text."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.front_matter: list[Paragraph] = []
        self.footnotes: list[Paragraph] = []
        self.tables: list[Paragraph] = []
        self.sections: list[tuple[int, tuple[str, ...]]] = []
        self.findings: list[str] = []
        self._words = vocabulary("\n".join(row.text for row in rows))
        self._label_counts: Counter[str] = Counter()

    def join(self, texts: Sequence[str]) -> str:
        """Return the lines as clean text, with the words of this report."""
        return join_lines(texts, words=self._words)

    def unique(self, label: str, *, finding: bool = True) -> str:
        """Return `label`, or `label#2` and so on where it stands already."""
        self._label_counts[label] += 1
        count = self._label_counts[label]
        if count == 1:
            return label
        if finding:
            self.findings.append(f"{label} stands again as {label}#{count}")
        return f"{label}#{count}"

    def open(self, row: Row, section: tuple[str, ...]) -> None:
        """Note that what stands behind the row, tables too, is in this section."""
        self.sections.append((row.source.start, section))

    def add(self, label: str, pieces: Sequence[Piece], section: tuple[str, ...]) -> None:
        """Add a paragraph whose label is unique already; one without text is left out."""
        paragraph = self.paragraph(label, pieces, section)
        if paragraph.text:
            self.paragraphs.append(paragraph)

    def paragraph(self, label: str, pieces: Sequence[Piece], section: tuple[str, ...]) -> Paragraph:
        """Return the paragraph that the pieces make, in the order of the source."""
        return Paragraph(
            label=label,
            text=self.join([piece.text for piece in pieces]),
            section=section,
            page=pieces[0].row.page if pieces else None,
            source=Span(
                start=min((piece.span.start for piece in pieces), default=0),
                end=max((piece.span.end for piece in pieces), default=0),
            ),
        )


def read_structure(lines: Sequence[Line]) -> Structure:
    """Return the paragraphs of a report with all that stands around them.

    Args:
        lines: the whole source in order, as a reader gives them; without any line that has
            something on it, everything in the result is empty.
    """
    body = read_body(lines)
    rows = body.rows
    starts = find_starts(rows)
    annexes = _find_annexes(rows, starts)
    writer = _Writer(rows)
    bounds = [*annexes, len(rows)]
    numbered, opening_end = _read_segment(rows, 0, bounds[0], starts, writer)
    for first, end in pairwise(bounds):
        _read_annex(rows, first, end, starts, writer)
    for number, table in enumerate(body.tables, start=1):
        _read_table(table, number, writer)
    for note in body.notes:
        _read_note(note, writer)
    title = _title_row(rows[: bounds[0]])
    return Structure(
        numbered=numbered,
        paragraphs=tuple(writer.paragraphs),
        front_matter=tuple(writer.front_matter),
        footnotes=tuple(writer.footnotes),
        tables=tuple(writer.tables),
        findings=tuple(writer.findings),
        title=None if title is None else join_lines([rows[title].text]),
        opening=tuple(
            tuple(row.text for row in block) for block in _line_blocks(rows[:opening_end])
        ),
        furniture=body.furniture,
    )


def _read_segment(
    rows: Sequence[Row],
    first: int,
    end: int,
    starts: Sequence[Start],
    writer: _Writer,
    *,
    annex: str = "",
    heading: str = "",
) -> tuple[bool, int]:
    """Read the rows ``[first, end)``, the body of the report or one annex.

    Returns:
        Whether it numbers its paragraphs, and where what stands before the first one ends.
    """
    rows = rows[:end]
    chosen = choose_starts([s for s in starts if first <= s.index < end], rows)
    outline = _Outline()
    base = (heading,) if heading else ()
    prefix = f"{annex}/" if annex else ""
    if not _numbers_paragraphs(rows, first, chosen):
        return False, _read_unnumbered(rows, first, writer, prefix=prefix, base=base)
    regions = _regions(rows, chosen)
    has_plain_headings = any(not one.readings for region in regions for one in region.headings)
    opening_end, headings = _trailing_headings(
        rows,
        first,
        regions[0].first,
        is_opening=True,
        takes_plain=has_plain_headings,
    )
    title = _title_row(rows)
    outline.add(
        [
            _marked_heading(rows[index])
            for index in range(first, opening_end)
            if rows[index].heading_level is not None and index != title
        ]
    )
    outline.add(headings)
    _read_opening(rows[first:opening_end], writer, label=annex or FRONT_MATTER, base=base)
    misplaced = {one.start.number.value for one in regions if not one.start.is_in_order}
    previous: Start | None = None
    above = ""
    for region in regions:
        label = writer.unique(prefix + region.start.number.label)
        if region.start.is_in_order:
            _report_gap(previous, region.start, misplaced, prefix, writer)
            previous = region.start
        elif label == prefix + region.start.number.label:
            writer.findings.append(f"{label} stands out of order, behind {above}")
        above = label
        section = (*base, *outline.section)
        writer.open(rows[region.first], section)
        inner = _inner_heading(rows, region, outline)
        if inner is None:
            _read_numbered(rows[region.first : region.end], region.start, label, section, writer)
        else:
            begin, below, heading_found = inner
            _read_numbered(rows[region.first : begin], region.start, label, section, writer)
            outline.add([heading_found])
            _read_under_heading(
                rows[below : region.end],
                heading_found,
                prefix,
                (*base, *outline.section),
                writer,
            )
        _read_below(rows[region.end : region.below], outline, prefix, base, writer)
        if region.headings:
            outline.add(region.headings)
            writer.open(rows[region.below], (*base, *outline.section))
    return True, opening_end


def _numbers_paragraphs(rows: Sequence[Row], first: int, chosen: Sequence[Start]) -> bool:
    """Say whether the numbers are the paragraphs', not those of a list or of the headings."""
    if not chosen:
        return False
    heading_count = sum(start.is_heading_like for start in chosen)
    ends = [*(start.index for start in chosen[1:]), len(rows)]
    prose_counts = [
        _prose_count(rows, start.index + 1, end) for start, end in zip(chosen, ends, strict=True)
    ]
    if heading_count > 0.6 * len(chosen) and sum(prose_counts) >= heading_count:
        return False
    above, below = _prose_count(rows, first, chosen[0].index), prose_counts[-1]
    if chosen[0].index > first and _COLON.search(rows[chosen[0].index - 1].text):
        # A colon announces a list; only a list that is most of the text is the text itself.
        return above + below <= len(chosen) // 2
    return max(above, below) <= 2 * len(chosen) + 2


def _prose_count(rows: Sequence[Row], first: int, end: int) -> int:
    """Count the blocks of prose without a mark of their own among the rows."""
    count = 0
    opening: Row | None = None
    for index in range(first, end):
        row = rows[index]
        if row.is_parted or rows[index - 1].is_short or index == first:
            opening = row if read_item_mark(row.text) is None else None
        if (
            opening is not None
            and (index + 1 == end or rows[index + 1].opens_block)
            and ends_with_full_stop(row.text)
            and (row is not opening or width_of(row.text) >= _NARROWEST_PROSE)
        ):
            count += 1
            opening = None
    return count


def _regions(rows: Sequence[Row], chosen: Sequence[Start]) -> list[_Region]:
    """Return the numbered paragraphs with their rows and the headings that follow them.

    A number with nothing but a short line under which its first part comes (``3. Findings``
    above ``3.1``) is a heading, not a paragraph.
    """
    kept = [
        start
        for start, following in zip(chosen, [*chosen[1:], None], strict=True)
        if not (
            following is not None
            and start.is_heading_like
            and following.number.value == (*start.number.value, 1)
        )
    ]
    regions: list[_Region] = []
    for start, following in zip(kept, [*kept[1:], None], strict=True):
        if following is None:
            below, headings = len(rows), list[_Heading]()
        else:
            below, headings = _trailing_headings(
                rows, start.index + 1, following.index, is_opening=False, takes_plain=True
            )
        marked = range(start.index + 1, below)
        regions.append(
            _Region(
                start=start,
                first=start.index,
                end=next((n for n in marked if rows[n].heading_level is not None), below),
                below=below,
                headings=tuple(headings),
            )
        )
    return regions


def _trailing_headings(
    rows: Sequence[Row], first: int, end: int, *, is_opening: bool, takes_plain: bool
) -> tuple[int, list[_Heading]]:
    """Return where the headings right above `rows[end]` begin, and the headings.

    Args:
        rows: of the whole text.
        first: no heading begins before this row.
        end: the row that they stand above.
        is_opening: whether they stand above the first paragraph, where only first numbers count
            (`I.`, `A.`), because the title and a table of contents stand there too.
        takes_plain: whether headings without number count.
    """
    found: list[tuple[int, _Heading]] = []
    title = _title_row(rows) if is_opening else None
    begin = end
    while begin > first:
        block = _heading_block(rows, first, begin, takes_plain=takes_plain)
        if block is None:
            break
        if _goes_on_list(rows[first : block[0]], block[1]):
            break
        begin, heading = block
        if is_opening and (
            begin == title
            or not _begins_outline(heading, is_lowest=not found, is_top=begin == first)
        ):
            break
        if (
            found
            and heading.level is None
            and readings_after(heading.readings, found[-1][1].readings)
        ):
            # (a) and (b) with nothing between them are a list, not headings.
            found.pop()
            break
        found.append((begin, heading))
        if is_opening and not heading.is_certain:
            break
    while found and not found[-1][1].is_certain and not _stands_apart(rows, first, found[-1][0]):
        found.pop()
    return (found[-1][0] if found else end), [heading for _, heading in reversed(found)]


def _goes_on_list(rows: Sequence[Row], heading: _Heading) -> bool:
    """Say whether what looks like a heading is the next sub-item of a list that `rows` end with.

    A list goes on until a full stop.
    """
    if not rows or ends_with_full_stop(rows[-1].text):
        return False
    for row in reversed(rows):
        mark = read_item_mark(row.text, is_automatic=row.list_level is not None)
        if mark is not None and readings_after(mark.readings, heading.readings):
            return True
        if mark is not None and set(mark.readings) & set(heading.readings):
            return False
    return False


def _begins_outline(heading: _Heading, *, is_lowest: bool, is_top: bool) -> bool:
    """Say whether it can stand above the first paragraph: a first number, or none and no title."""
    if heading.level is not None:
        return True
    if heading.readings:
        return any(reading.value == 1 for reading in heading.readings)
    return is_lowest and not is_top


def _stands_apart(rows: Sequence[Row], first: int, index: int) -> bool:
    """Say whether the text above the row is finished, so that a plain heading can begin there."""
    return index == first or ends_with_full_stop(rows[index - 1].text)


def _heading_block(
    rows: Sequence[Row], first: int, end: int, *, takes_plain: bool
) -> tuple[int, _Heading] | None:
    """Return the heading that ends above `rows[end]`, with its first row; None for text."""
    shortest = max(first, end - _LONGEST_NUMBERED_ROWS)
    plain: tuple[int, _Heading] | None = None
    for begin in range(end - 1, shortest - 1, -1):
        row = rows[begin]
        if is_contents_line(row.text):
            break
        heading = _read_heading(rows, begin, end)
        if heading is not None and heading.is_certain:
            return begin, heading
        if heading is not None and takes_plain and end - begin < _LONGEST_HEADING_ROWS:
            plain = (begin, heading)
        # The row goes on with the one above only where nothing parts them.
        above = rows[begin - 1] if begin > first else row
        if row.is_parted or (row.blank_count > 0 and above.is_short):
            break
    return plain


def _read_heading(rows: Sequence[Row], begin: int, end: int) -> _Heading | None:
    """Return rows ``[begin, end)`` as one heading, or None where they do not look like one."""
    row = rows[begin]
    if row.heading_level is not None and end - begin == 1:
        return _marked_heading(row)
    if any(one.heading_level is not None or one.is_table_row for one in rows[begin:end]):
        return None
    if not row.opens_block or not has_heading_shape(rows, begin, end):
        return None
    texts = [one.text for one in rows[begin:end]]
    above_announces = begin > 0 and _COLON.search(rows[begin - 1].text) is not None
    numbered = _numbered_heading(texts)
    if numbered is not None:
        is_item = read_heading_mark(row.text) is None and read_item_mark(row.text) is not None
        return None if not numbered.text or (is_item and above_announces) else numbered
    is_plain = (
        not above_announces
        and _NO_HEADING_START.match(row.text) is None
        and any(character.isalpha() for character in row.text)
        and sum(width_of(text) for text in texts) <= _WIDEST_PLAIN_HEADING
        and (row.is_parted or begin == 0 or ends_with_full_stop(rows[begin - 1].text))
    )
    return _Heading(readings=(), text=join_lines(texts), level=None) if is_plain else None


def _marked_heading(row: Row) -> _Heading:
    """Return the row as the heading that the format says it is."""
    heading = _numbered_heading([row.text])
    if heading is None or not heading.text:
        return _Heading(readings=(), text=join_lines([row.text]), level=row.heading_level)
    return replace(heading, level=row.heading_level)


def _numbered_heading(texts: Sequence[str]) -> _Heading | None:
    """Return the lines as a heading with a number, its text empty where only the number is there.

    None where they begin with no number or mark.
    """
    mark = read_heading_mark(texts[0])
    item = read_item_mark(texts[0]) if mark is None else None
    number = read_number(texts[0]) if mark is None and item is None else None
    if mark is not None:
        text = join_lines([texts[0][mark.length :], *texts[1:]])
        return _Heading(
            readings=mark.readings, text=mark.printed + text if text else "", level=None
        )
    if item is not None:
        text = join_lines([texts[0][item.length :], *texts[1:]])
        return _Heading(readings=item.readings, text=join_lines([item.printed, text]), level=None)
    if number is not None:
        text = join_lines([texts[0][number.length :], *texts[1:]])
        reading = Reading(kind=f"number {len(number.value)}", value=number.value[-1])
        return _Heading(
            readings=(reading,), text=f"{number.label}. {text}" if text else "", level=None
        )
    return None


def _title_row(rows: Sequence[Row]) -> int | None:
    """Return the row that is marked as the title of the report, if any.

    That is the one outermost heading, without a number, above all others and the first number.
    """
    marked = [(row.heading_level, n) for n, row in enumerate(rows) if row.heading_level is not None]
    if not marked:
        return None
    (level, index), *others = sorted(marked)
    is_title = (
        index == marked[0][1]
        and (level == 0 or not others or others[0][0] > level)
        and (level == 0 or bool(others) or index == 0)
        and _numbered_heading([rows[index].text]) is None
        and not any(read_number(row.text) for row in rows[:index])
    )
    return index if is_title else None


def _inner_heading(
    rows: Sequence[Row], region: _Region, outline: _Outline
) -> tuple[int, int, _Heading] | None:
    """Return the numbered heading inside a paragraph's rows, as (first row, end, heading).

    Only the next one of the outline counts: below it stands text without a number.
    """
    for begin in range(region.first + 1, region.end):
        if not rows[begin].opens_block or read_heading_mark(rows[begin].text) is None:
            continue
        for end in range(begin + 1, min(begin + _LONGEST_HEADING_ROWS, region.end - 1) + 1):
            heading = _read_heading(rows, begin, end) if rows[end].opens_block else None
            if heading is not None and outline.continues(heading):
                return begin, end, heading
    return None


def _read_below(
    rows: Sequence[Row], outline: _Outline, prefix: str, base: tuple[str, ...], writer: _Writer
) -> None:
    """Read rows that begin with a marked heading and hold no number."""
    marked = [index for index, row in enumerate(rows) if row.heading_level is not None]
    for index, end in pairwise([*marked, len(rows)]):
        heading = _marked_heading(rows[index])
        outline.add([heading])
        section = (*base, *outline.section)
        writer.open(rows[index], section)
        if end > index + 1:
            _read_under_heading(rows[index + 1 : end], heading, prefix, section, writer)


def _read_under_heading(
    rows: Sequence[Row],
    heading: _Heading,
    prefix: str,
    section: tuple[str, ...],
    writer: _Writer,
) -> None:
    """Keep text that stands between a heading and the next number, under the heading's number.

    A heading without number, or with one that could be a paragraph's, is its own label.
    """
    name = heading.text
    if heading.readings and not name[0].isdecimal():
        name = re.split(r"[.、]|(?<=[)）])|\s(?=[-–—])", name, maxsplit=1)[0]
    label = writer.unique(prefix + name, finding=False)
    writer.front_matter.append(writer.paragraph(label, _pieces(rows), section))
    writer.findings.append(f"text without number under {heading.text!r} is kept as {label}")


def _read_numbered(
    rows: Sequence[Row],
    start: Start,
    label: str,
    section: tuple[str, ...],
    writer: _Writer,
) -> None:
    """Add one numbered paragraph and its sub-items."""
    first, *others = _pieces(rows)
    rest = Piece(text=first.text[start.number.length :], span=first.span, row=first.row)
    items = split_items([rest, *others])
    writer.add(label, items.lead, section)
    for item in items.items:
        writer.add(writer.unique(label + "".join(item.marks)), item.pieces, section)
    writer.findings.extend(f"{label}: {missing}" for missing in items.missing)


def _pieces(rows: Sequence[Row]) -> list[Piece]:
    return [Piece(text=row.text, span=row.source, row=row) for row in rows]


def _report_gap(
    previous: Start | None,
    start: Start,
    misplaced: Container[tuple[int, ...]],
    prefix: str,
    writer: _Writer,
) -> None:
    """Say which numbers the source leaves out before `start` and has at no other place."""
    *parent, last = start.number.value
    above = 0
    if previous is not None and len(previous.number.value) >= len(start.number.value):
        *above_parent, value = previous.number.value[: len(start.number.value)]
        above = value if above_parent == parent else 0
    missing = [n for n in range(above + 1, last) if (*parent, n) not in misplaced]
    # Numbers in a row differ from their places by the same amount.
    for _, group in groupby(enumerate(missing), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        labels = [".".join(map(str, (*parent, number))) for number in (numbers[0], numbers[-1])]
        writer.findings.append(
            f"{prefix}{labels[0]} is missing"
            if len(numbers) == 1
            else f"{prefix}{labels[0]} to {labels[1]} are missing"
        )


def _line_blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows in blocks that empty lines part, even where these say nothing in text."""
    blocks: list[list[Row]] = []
    for row in rows:
        if not blocks or row.blank_count:
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _read_opening(
    rows: Sequence[Row], writer: _Writer, *, label: str, base: tuple[str, ...]
) -> None:
    """Add what stands before the first paragraph: lines of their own, so each stays one.

    Only a line that goes on, being full or in mid-sentence prose, is joined with the next.
    """
    groups: list[list[Row]] = []
    for block in _line_blocks(rows):
        for position, row in enumerate(block):
            if position == 0 or block[position - 1].is_short or row.is_parted:
                groups.append([])
            groups[-1].append(row)
    text = "\n".join(writer.join([row.text for row in group]) for group in groups)
    if text.strip():
        writer.front_matter.append(
            Paragraph(
                label=label,
                text=text,
                section=base,
                page=rows[0].page,
                source=Span(start=rows[0].source.start, end=rows[-1].source.end),
            )
        )


def _read_unnumbered(
    rows: Sequence[Row], first: int, writer: _Writer, *, prefix: str, base: tuple[str, ...]
) -> int:
    """Add every block as a paragraph, counted here; return where the first one begins."""
    blocks = _text_blocks(rows, first)
    title = _title_row(rows)
    # Where headings are marked, no other short line is one.
    marked = (n for n, row in enumerate(rows) if row.heading_level is not None and n != title)
    first_marked = next(marked, len(rows))
    headings = {
        begin: heading
        for begin, end in blocks
        if end - begin <= _LONGEST_HEADING_ROWS
        and end < len(rows)
        and (heading := _read_heading(rows, begin, end)) is not None
        and (heading.is_certain or begin < first_marked)
        and not is_contents_line(rows[begin].text)
    }
    outline = _Outline()
    # Short blocks before the first prose are the title and what belongs to it; a numbered one
    # among them, or the last of several, is the first heading.
    opening = [begin for begin, _ in blocks]
    body_at = next((n for n, begin in enumerate(opening) if begin not in headings), len(blocks))
    while (
        body_at > 0 and opening[body_at - 1] != title and headings[opening[body_at - 1]].is_certain
    ):
        body_at -= 1
    if body_at > 1 and not headings[opening[body_at - 1]].is_certain and body_at < len(blocks):
        body_at -= opening[body_at] not in headings
    opening_end = blocks[body_at][0] if body_at < len(blocks) else len(rows)
    _read_opening(rows[first:opening_end], writer, label=prefix[:-1] or FRONT_MATTER, base=base)
    number = 0
    pending: list[_Heading] = []
    for begin, end in blocks[body_at:]:
        if begin in headings:
            pending.append(headings[begin])
            continue
        outline.add(pending)
        pending = []
        number += 1
        section = (*base, *outline.section)
        writer.open(rows[begin], section)
        writer.add(writer.unique(f"{prefix}{number}"), _pieces(rows[begin:end]), section)
    return opening_end


def _text_blocks(rows: Sequence[Row], first: int) -> list[tuple[int, int]]:
    """Return the blocks of the rows from `first` on, as (first row, end)."""
    has_parts = any(row.is_parted for row in rows[first + 1 :])
    begins = [
        index
        for index in range(first, len(rows))
        if index == first
        or rows[index].is_parted
        or (
            rows[index].opens_block
            and (
                read_heading_mark(rows[index].text) is not None
                or (not has_parts and rows[index - 1].is_short)
            )
        )
    ]
    return list(pairwise([*begins, len(rows)]))


def _find_annexes(rows: Sequence[Row], starts: Sequence[Start]) -> list[int]:
    """Return the rows at which annexes begin: their headings, standing alone behind the body."""
    body = next((s.index for s in starts if s.number.value[-1] == 1 and s.score > 0), len(rows))
    return [
        index
        for index in range(body + 1, len(rows))
        if rows[index].opens_block
        and _ANNEX.fullmatch(rows[index].text)
        and looks_like_heading(rows, index, index + 1)
        and not is_contents_line(rows[index].text)
    ]


def _read_annex(
    rows: Sequence[Row], first: int, end: int, starts: Sequence[Start], writer: _Writer
) -> None:
    """Read one annex, whose heading is the row `first` and may go on below it."""
    found = _ANNEX.fullmatch(rows[first].text)
    assert found is not None
    titles = [found["title"]] if found["title"] else []
    begin = first + 1
    while (
        begin < end
        and len(titles) < _LONGEST_HEADING_ROWS
        and looks_like_heading(rows[:end], begin, begin + 1)
        and read_heading_mark(rows[begin].text) is None
        and read_number(rows[begin].text) is None
    ):
        # A remark in brackets says in which languages the annex is there.
        if not rows[begin].text.startswith("["):
            titles.append(rows[begin].text)
        begin += 1
    label = writer.unique(join_lines([found["label"]]), finding=False)
    title = writer.join(titles)
    heading = f"{label}. {title}" if title else label
    writer.open(rows[first], (heading,))
    _read_segment(
        rows,
        begin,
        end,
        starts,
        writer,
        annex=label,
        heading=heading,
    )


def _read_note(note: Note, writer: _Writer) -> None:
    pieces = _pieces(note.rows)
    pieces[0] = Piece(
        text=pieces[0].text[note.mark_length :], span=pieces[0].span, row=pieces[0].row
    )
    label = writer.unique(f"note {note.mark}", finding=False)
    paragraph = writer.paragraph(label, pieces, ())
    if paragraph.text:
        writer.footnotes.append(replace(paragraph, called_by=_caller(note.called_at, writer)))


def _caller(place: int | None, writer: _Writer) -> str | None:
    """Return the label of what stands at a place of the source, the innermost, if anything."""
    if place is None:
        return None
    around = [
        one
        for one in (*writer.front_matter, *writer.paragraphs, *writer.tables)
        if one.source.start <= place <= one.source.end
    ]
    return max(around, key=lambda one: one.source.start).label if around else None


def _read_table(table: Table, number: int, writer: _Writer) -> None:
    """Add a table's rows, in the section in which the table stands."""
    if not table.rows:
        return
    start = table.rows[0].source.start
    opened_count = bisect_right(writer.sections, start, key=lambda opened: opened[0])
    above = writer.sections[opened_count - 1][1] if opened_count else ()
    caption = join_lines([table.caption])
    section = (*above, *([caption] if caption else []))
    for position, row in enumerate(table.rows, start=1):
        label = writer.unique(f"table {number}/{position}", finding=False)
        writer.tables.append(writer.paragraph(label, _pieces([row]), section))
