"""From characters on a page to its lines in reading order, column by column.

A page is cut as in the recursive X-Y cut: a gutter is white space that runs down between lines,
and where lines on both sides of it are columns, what stands above, the columns and what stands
below are each cut further. Of every gutter the evidence is weighed whether its lines are read
down or across: how sentences and paragraph numbers go on, how the lines stand beside each other,
how they fill their side. A gutter that one page proves holds for the whole document.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingest.furniture import ends_sentence, ends_with_full_stop
from ingest.numbering import read_heading_mark, read_item_mark, read_number
from ingest.readers.pdf_lines import HEIGHT, Segment, TextLine, are_beside, block_lines, segments_of
from ingest.readers.pdf_page import Glyph

# Points by which the columns of one page may stand off those of another.
_TOLERANCE = 6.0
# Evidence that makes columns of a place; of one where another page has them.
_PROOF = 2.5
_PROOF_OF_KNOWN = -1.0
# Places tried on a page; a table has more gaps that are none.
_MOST_GUTTERS = 30
# A column's share of the width of the text, and its letters' share of its characters.
_NARROWEST_COLUMN = 0.22
_LEAST_SHARE_OF_LETTERS = 0.33
# Lines on a side that make columns where no other page has any, and that fill them.
_LEAST_LINES = 2
_LEAST_ROWS = 4
# From baseline to baseline across the page, in type sizes, where one part ends.
_PART_GAP = 1.8
# A line that reaches this share of its column is full; this share filled, and of so many lines.
_FULL = 0.9
_FILLED = 0.7
_LEAST_FILLED = 0.33
# Lines at heights of their own, of all on the side with fewer.
_APART = 0.2
_LEAST_SHARE_APART = 0.5
# What is set off in a column begins in this share of it.
_WIDEST_INDENT = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Two columns: the segments above, in the order of reading, and below, and where they part.

    `edge` is where the lines of the second column begin.
    """

    above: list[Segment]
    sides: tuple[list[Segment], list[Segment]]
    below: list[Segment]
    edge: int
    gap: float


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    segments: list[Segment]
    is_rtl: bool


class LineReader:
    """Reads one page after the other; `lines` are those of all pages."""

    def __init__(self) -> None:
        self._edges: list[int] = []
        self._pending: list[_Page] = []
        self._lines: dict[int, list[TextLine]] = {}

    def add(self, glyphs: Sequence[Glyph], *, page: int, is_rtl: bool) -> None:
        """Read a page, or keep it until all pages have told where columns are."""
        segments = sorted(segments_of(glyphs), key=lambda one: (one.baseline, one.left))
        one = _Page(page, segments, is_rtl)
        is_open = any(True for _ in _candidates(segments, self._edges, is_rtl=is_rtl))
        if is_open and self._find(segments, is_rtl=is_rtl) is None:
            self._pending.append(one)
        else:
            self._read(one)

    def lines(self) -> list[TextLine]:
        """Return the lines of all pages in reading order."""
        for page in self._pending:
            self._read(page)
        self._pending.clear()
        return [line for number in sorted(self._lines) for line in self._lines[number]]

    def _read(self, page: _Page) -> None:
        self._lines[page.number] = [
            line
            for block, members in enumerate(self._blocks(page.segments, is_rtl=page.is_rtl))
            for line in block_lines(members, page=page.number, block=block, is_rtl=page.is_rtl)
        ]

    def _blocks(
        self, segments: list[Segment], *, is_rtl: bool, is_column: bool = False
    ) -> list[list[Segment]]:
        """Return the segments of every column and full-width part, in reading order.

        A column is cut further only where the lines on both sides are many.
        """
        found = self._find(segments, is_rtl=is_rtl, is_column=is_column)
        if found is None:
            return [segments] if segments else []
        return [
            block
            for part in (found.above, *found.sides, found.below)
            for block in self._blocks(
                part, is_rtl=is_rtl, is_column=is_column or part in found.sides
            )
        ]

    def _find(
        self, segments: Sequence[Segment], *, is_rtl: bool, is_column: bool = False
    ) -> _Columns | None:
        """Return the columns for which there is most evidence, or None where lines run across."""
        best: tuple[float, _Columns] | None = None
        for columns in _candidates(segments, self._edges, is_rtl=is_rtl):
            is_known = any(abs(columns.edge - edge) < _TOLERANCE for edge in self._edges)
            evidence = _evidence(
                columns, segments, is_known=is_known, is_column=is_column, is_rtl=is_rtl
            )
            if evidence is not None and evidence >= (_PROOF_OF_KNOWN if is_known else _PROOF):
                # Numbers leave a gap in front of their text too, but a smaller one.
                weight = evidence + min(columns.gap / columns.sides[0][0].size, 3.0)
                if best is None or weight > best[0]:
                    best = (weight, columns)
        if best is None:
            return None
        if all(abs(best[1].edge - edge) >= _TOLERANCE for edge in self._edges):
            self._edges.append(best[1].edge)
        return best[1]


def _candidates(
    segments: Sequence[Segment], edges: Sequence[int], *, is_rtl: bool
) -> Iterator[_Columns]:
    """Yield every run of lines that a gutter parts, without the lines that run across.

    The lines of the second column begin at one place; it is where some line stands beside
    another one.
    """
    pairs = list(_side_by_side(segments))
    if not pairs:
        return
    places = {round(one.right + 1.0 if is_rtl else one.left - 1.0) for one in segments}
    places.update(edges)
    depths = {
        place: sum(left.right <= place <= right.left for left, right in pairs) for place in places
    }
    likely = sorted(places.difference(edges), key=lambda one: (-depths[one], one))
    for place in (*edges, *likely[:_MOST_GUTTERS]):
        start = 0
        for is_crossing, group in groupby(_crosses(segments, place)):
            end = start + len(list(group))
            if not is_crossing:
                found = _parted(segments, start, end, place, is_rtl=is_rtl)
                if found is not None:
                    yield found
            start = end


def _parted(
    segments: Sequence[Segment], start: int, end: int, place: int, *, is_rtl: bool
) -> _Columns | None:
    """Return the columns among lines that a gutter parts, None where a side is empty.

    A part above or below them, set off on both sides, whose lines begin in other places than
    those of the second column, such as the masthead, belongs to the text across the page.
    """
    parts = _parts(segments[start:end])
    seconds = [
        {round(one.right if is_rtl else one.left) for one in part if _is_second(one, place, is_rtl)}
        for part in parts
    ]
    ends = [one.left if is_rtl else one.right for one in segments]
    reach = max(_TOLERANCE, _WIDEST_INDENT * abs((min(ends) if is_rtl else max(ends)) - place))
    at_home = [
        number
        for number, begins in enumerate(seconds)
        if any(abs(begin - place) < reach for begin in begins)
    ]
    if not at_home:
        return None
    homes = {begin for number in at_home for begin in seconds[number]}
    foreign = [number for number, begins in enumerate(seconds) if begins and not begins & homes]
    first = max((number + 1 for number in foreign if number < at_home[0]), default=0)
    last = min((number for number in foreign if number > at_home[-1]), default=len(parts))
    start, end = start + sum(map(len, parts[:first])), end - sum(map(len, parts[last:]))
    members = segments[start:end]
    second = [one for one in members if _is_second(one, place, is_rtl)]
    columns = [one for one in members if not _is_second(one, place, is_rtl)], second
    left, right = columns[::-1] if is_rtl else columns
    if not left or not right:
        return None
    return _Columns(
        above=list(segments[:start]),
        sides=columns,
        below=list(segments[end:]),
        edge=place,
        gap=min(one.left for one in right) - max(one.right for one in left),
    )


def _is_second(one: Segment, place: float, is_rtl: bool) -> bool:
    """Say whether a segment beside a gutter stands in the column that is read second."""
    return one.right <= place if is_rtl else one.left >= place


def _parts(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return the segments, sorted by baseline as they are, between gaps that run across."""
    parts: list[list[Segment]] = []
    for one in segments:
        if parts and one.baseline - parts[-1][-1].baseline <= _PART_GAP * one.size:
            parts[-1].append(one)
        else:
            parts.append([one])
    return parts


def _crosses(segments: Sequence[Segment], gutter: float) -> list[bool]:
    """Say of each segment whether it belongs to the text across the columns.

    That text runs over the gutter. A number or mark in front of such a line and a short heading
    right above it, set off from the columns, belong to it too.
    """
    crosses = [one.left < gutter < one.right for one in segments]
    for place in [place for place, is_crossing in enumerate(crosses) if is_crossing]:
        for step in (-1, 1):
            other = place + step
            while 0 <= other < len(segments) and are_beside(segments[place], segments[other]):
                crosses[other] = True
                other += step
    for place in range(len(segments) - 2, -1, -1):
        one, below = segments[place], segments[place + 1]
        above = segments[place - 1].baseline if place else 0.0
        if (
            crosses[place + 1]
            and below.baseline - one.baseline > HEIGHT * one.size
            and one.baseline - above > _PART_GAP * one.size
        ):
            crosses[place] = True
    return crosses


def _side_by_side(segments: Sequence[Segment]) -> Iterator[tuple[Segment, Segment]]:
    """Yield each segment with the next one to its right, sorted by baseline as they are."""
    for index, one in enumerate(segments):
        nearest: Segment | None = None
        for step in (-1, 1):
            other = index + step
            while (
                0 <= other < len(segments)
                and abs(segments[other].baseline - one.baseline) < HEIGHT * one.size
            ):
                candidate = segments[other]
                if candidate.left >= one.right and (
                    nearest is None or candidate.left < nearest.left
                ):
                    nearest = candidate
                other += step
        if nearest is not None:
            yield one, nearest


def _evidence(
    columns: _Columns, segments: Sequence[Segment], *, is_known: bool, is_column: bool, is_rtl: bool
) -> float | None:
    """Return what speaks for columns, less what speaks for rows; None where they are none."""
    first, second = (block_lines(side, page=0, block=0, is_rtl=is_rtl) for side in columns.sides)
    fewer = min(first, second, key=len)
    is_enclosed = bool(columns.above or columns.below)
    if len(fewer) < _LEAST_LINES and (not is_known or (is_enclosed and not _are_apart(first, second))):
        return None
    extents = [_extent(side) for side in (first, second)]
    crossing_count = sum(one.left < columns.edge < one.right for one in segments)
    if not is_known and len(fewer) < _LEAST_ROWS and (is_column or crossing_count > len(fewer)):
        return None
    if not is_known and (
        _is_spread(columns) or _is_behind_marks(columns.sides[0], is_rtl=is_rtl)
    ):
        return None
    width = max(one.right for one in segments) - min(one.left for one in segments)
    if not is_known and (
        min(extents) < _NARROWEST_COLUMN * width or not all(map(_is_prose, (first, second)))
    ):
        return None
    rows = sorted([*first, *second], key=lambda one: one.baseline)
    filled = sum(
        sum(one.right - one.left >= _FILLED * extent for one in side) >= _LEAST_FILLED * len(side)
        for side, extent in zip((first, second), extents, strict=True)
    )
    full = _full(first, is_rtl=is_rtl) | _full(second, is_rtl=is_rtl)
    by_columns, by_rows = _order([*first, *second], full), _order(_in_rows(rows), full)
    weight = (
        (by_columns - by_rows)
        + (2.0 if len(fewer) >= _LEAST_LINES + 1 and _are_apart(first, second) else 0.0)
        + (-1.0, 0.0, 2.5 if len(fewer) >= _LEAST_ROWS else 1.0)[filled]
    )
    if DEBUG: print("  EV", round(columns.edge), "known" if is_known else "", len(first), len(second), "col", by_columns, "row", by_rows, "filled", filled, "apart", _are_apart(first, second), "->", weight, first[0].text[:30], "|", second[0].text[:30])
    return weight


DEBUG = False


def _in_rows(lines: Sequence[TextLine]) -> list[TextLine]:
    rows: list[list[TextLine]] = []
    for line in lines:
        if rows and line.baseline - rows[-1][0].baseline <= _APART * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.left)]


def _full(lines: Sequence[TextLine], *, is_rtl: bool) -> set[int]:
    """Return the lines, by identity, that reach the end of their column."""
    left, right = min(one.left for one in lines), max(one.right for one in lines)
    slack = (1 - _FULL) * (right - left)
    return {
        id(one)
        for one in lines
        if (one.left <= left + slack if is_rtl else one.right >= right - slack)
    }


def _order(lines: Sequence[TextLine], full: set[int]) -> float:
    """Weigh how well each line goes on with the one above it, and how paragraphs are numbered."""
    weight = sum(_goes_on(a.text, b.text, id(a) in full) for a, b in pairwise(lines))
    numbers = [n.value[-1] for line in lines if (n := read_number(line.text)) is not None]
    return weight + sum(1.0 if b == a + 1 else -1.0 for a, b in pairwise(numbers))


def _goes_on(above: str, below: str, is_full: bool) -> float:
    start = below.lstrip()[:1]
    is_marked = (
        read_number(below) or read_item_mark(below) or read_heading_mark(below)
    ) is not None
    if is_marked:
        return 1.0 if ends_sentence(above) else -1.0 if is_full else 0.0
    if start.islower():
        return -1.0 if ends_with_full_stop(above) else 1.0
    if ends_sentence(above):
        return 0.0
    if start.isalpha() and start.lower() == start.upper():
        return 0.5 if is_full else -0.5
    return -0.25 if start.isupper() else 0.0


def _are_apart(one: Sequence[TextLine], other: Sequence[TextLine]) -> bool:
    """Say whether most lines of the side with fewer stand beside none of the other."""
    fewer, more = sorted((one, other), key=len)
    apart_count = sum(
        all(abs(line.baseline - beside.baseline) > _APART * line.size for beside in more)
        for line in fewer
    )
    return apart_count >= _LEAST_SHARE_APART * len(fewer)


def _is_spread(columns: _Columns) -> bool:
    """Say whether most rows have gaps like the gutter between all their words."""
    spread_count = row_count = 0
    for row in _rows_of(sorted([*columns.sides[0], *columns.sides[1]], key=lambda one: one.baseline)):
        row.sort(key=lambda one: one.left)
        gaps = [(b.left - a.right, a, b) for a, b in pairwise(row)]
        own = [
            gap for gap, a, b in gaps if (a in columns.sides[0]) != (b in columns.sides[0])
        ]
        if own:
            row_count += 1
            spread_count += len(gaps) > 2 and all(abs(gap - own[0]) <= 0.25 * own[0] for gap, *_ in gaps)
    return row_count > 0 and 2 * spread_count >= row_count


def _is_behind_marks(first: Sequence[Segment], *, is_rtl: bool) -> bool:
    """Say whether numbers or marks that are set off stand at the end of lines of one side.

    They begin lines of the other side then, and the gap is the one behind them.
    """
    count = 0
    for row in _rows_of(first):
        row.sort(key=lambda one: -one.right if is_rtl else one.left)
        if len(row) > 1:
            text = block_lines(row[-1:], page=0, block=0, is_rtl=is_rtl)[0].text
            mark = read_number(text) or read_item_mark(text)
            count += mark is not None and mark.length >= len(text)
    return count > 1


def _rows_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for one in segments:
        if rows and one.baseline - rows[-1][0].baseline <= _APART * one.size:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _is_prose(lines: Sequence[TextLine]) -> bool:
    text = "".join("".join(line.text.split()) for line in lines)
    return sum(map(str.isalpha, text)) >= _LEAST_SHARE_OF_LETTERS * len(text)


def _extent(lines: Sequence[TextLine]) -> float:
    return max(one.right for one in lines) - min(one.left for one in lines)
