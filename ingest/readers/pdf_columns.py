"""From characters on a page to its lines in reading order, column by column.

A page is cut as in the recursive X-Y cut: a gutter is white space that runs down between lines,
and where lines on both sides of it are columns, what stands above, the columns and what stands
below are each cut further. Of every gutter the evidence is weighed whether its lines are read
down or across: how sentences and paragraph numbers go on, how the lines stand beside each other,
how they fill their side. A gutter that one page proves holds for the whole document.
"""

from collections import deque
from collections.abc import Iterator, Sequence, Set
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
# What it counts that lines stand at heights of their own, which rows of a table do not, and that
# both sides are filled by their lines, or none; a sentence that goes on counts 1.
_APART = 2.0
_FILLED = 2.5
_UNFILLED = -1.0
# Type sizes of the gap that count as much.
_WIDEST_GAP = 3.0
# Places tried on a page, for a table has many; pages kept until others tell of columns.
_MOST_GUTTERS = 30
_MOST_PENDING = 50
# A column's share of the width of the text, and its letters' share of its characters.
_NARROWEST_COLUMN = 0.22
_LEAST_SHARE_OF_LETTERS = 0.33
# Lines on a side that make columns where no other page has any; in a column, or among many lines
# that run across, and to say that they fill it.
_LEAST_LINES = 2
_LEAST_ROWS = 4
# From baseline to baseline across the page, in type sizes, where one part ends.
_PART_GAP = 1.8
# What is set off in a column begins in this share of it.
_WIDEST_INDENT = 0.25
# A line that reaches this share of its column is full; one of this share fills it, and so many
# of all lines have to.
_FULL = 0.9
_FILLED_SHARE = 0.7
_LEAST_FILLED = 0.33
# Type sizes between baselines of one line.
_SAME_LINE = 0.2
_LEAST_SHARE_APART = 0.5
# Gaps in a line whose words are spread, and by which share they may differ.
_LEAST_GAPS = 3
_SAME_GAP = 0.25

_Row = list[Segment]


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
    weigher: "_Weigher"


class LineReader:
    """Reads one page after the other; `lines` are those of all pages."""

    def __init__(self) -> None:
        self._edges: list[int] = []
        self._pending: deque[_Page] = deque()
        self._lines: dict[int, list[TextLine]] = {}

    def add(self, glyphs: Sequence[Glyph], *, page: int, is_rtl: bool) -> None:
        """Read a page, or keep it until other pages have told where columns are."""
        segments = sorted(segments_of(glyphs), key=lambda one: (one.baseline, one.left))
        one = _Page(page, segments, _Weigher(is_rtl=is_rtl))
        if self._find(one, segments) is None and one.weigher.is_undecided:
            self._pending.append(one)
            if len(self._pending) > _MOST_PENDING:
                self._read(self._pending.popleft())
        else:
            self._read(one)

    def lines(self) -> list[TextLine]:
        """Return the lines of all pages in reading order."""
        while self._pending:
            self._read(self._pending.popleft())
        return [line for number in sorted(self._lines) for line in self._lines[number]]

    def _read(self, page: _Page) -> None:
        self._lines[page.number] = [
            line
            for block, members in enumerate(self._blocks(page, page.segments))
            for line in block_lines(
                members, page=page.number, block=block, is_rtl=page.weigher.is_rtl
            )
        ]

    def _blocks(
        self, page: _Page, segments: list[Segment], *, is_column: bool = False
    ) -> list[list[Segment]]:
        """Return the segments of every column and full-width part, in reading order.

        A column is cut further only where the lines on both sides are many.
        """
        found = self._find(page, segments, is_column=is_column)
        if found is None:
            return [segments] if segments else []
        return [
            block
            for number, part in enumerate((found.above, *found.sides, found.below))
            for block in self._blocks(page, part, is_column=is_column or number in (1, 2))
        ]

    def _find(
        self, page: _Page, segments: Sequence[Segment], *, is_column: bool = False
    ) -> _Columns | None:
        """Return the columns for which there is most evidence, or None where lines run across."""
        best: tuple[float, _Columns] | None = None
        for columns in _candidates(segments, self._edges, is_rtl=page.weigher.is_rtl):
            is_known = any(abs(columns.edge - edge) < _TOLERANCE for edge in self._edges)
            evidence = page.weigher.weigh(columns, segments, is_known=is_known, is_column=is_column)
            if evidence is not None and evidence >= (_PROOF_OF_KNOWN if is_known else _PROOF):
                # Numbers leave a gap in front of their text too, but a smaller one.
                weight = evidence + min(columns.gap / columns.sides[0][0].size, _WIDEST_GAP)
                if best is None or weight > best[0]:
                    best = (weight, columns)
        if best is None:
            return None
        edge = best[1].edge
        if not is_column and all(abs(edge - known) >= _TOLERANCE for known in self._edges):
            self._edges.append(edge)
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

    They begin with the first part, set off on both sides, that has lines where the second column
    begins; above stands the masthead. What stands below in other places is text across the page.
    """
    parts = _parts(segments[start:end])
    seconds = [
        {round(one.right if is_rtl else one.left) for one in part if _is_second(one, place, is_rtl)}
        for part in parts
    ]
    width = max(
        max(one.right for one in segments) - place, place - min(one.left for one in segments)
    )
    at_home = [
        number
        for number, begins in enumerate(seconds)
        if any(abs(begin - place) < _WIDEST_INDENT * width for begin in begins)
    ]
    if not at_home:
        return None
    homes = {begin for number in at_home for begin in seconds[number]}
    foreign = [number for number, begins in enumerate(seconds) if begins and not begins & homes]
    first = at_home[0]
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


@dataclass(frozen=True, slots=True)
class _Ends:
    """How what a segment says begins and ends.

    `number` is the last part of the paragraph number that it begins with; `is_mark` says whether
    it is a number or mark and nothing else.
    """

    start: str
    number: int | None
    is_marked: bool
    is_mark: bool
    ends_sentence: bool
    ends_with_full_stop: bool
    letter_count: int
    length: int


class _Weigher:
    """Weighs what speaks for columns on a page.

    Attributes:
        is_rtl: whether lines of the page are read from the right.
        is_undecided: whether there were columns on it if only another page had some there.
    """

    def __init__(self, *, is_rtl: bool) -> None:
        self.is_rtl = is_rtl
        self.is_undecided = False
        self._ends: dict[int, _Ends] = {}

    def weigh(
        self, columns: _Columns, segments: Sequence[Segment], *, is_known: bool, is_column: bool
    ) -> float | None:
        """Return what speaks for columns, less what speaks for rows; None where they are none."""
        first, second = map(self._rows, columns.sides)
        fewer = min(first, second, key=len)
        are_apart = _are_apart(first, second)
        if len(fewer) < _LEAST_LINES and (columns.above or columns.below) and not are_apart:
            return None
        filled_count = sum(map(_is_filled, (first, second)))
        full = {id(row[-1]) for side in (first, second) for row in self._full(side)}
        across = self._rows([*columns.sides[0], *columns.sides[1]])
        of_first = set(map(id, columns.sides[0]))
        in_rows = [
            part
            for row in across
            for is_first in (True, False)
            if (part := [one for one in row if (id(one) in of_first) == is_first])
        ]
        weight = (
            self._order([*first, *second], full)
            - self._order(in_rows, full)
            + (_APART if are_apart and len(fewer) > _LEAST_LINES else 0.0)
            + (_UNFILLED, 0.0, _FILLED if len(fewer) >= _LEAST_ROWS else 1.0)[filled_count]
        )
        if weight >= _PROOF_OF_KNOWN:
            self.is_undecided = True
        if is_known:
            return weight
        width = _extent([[one] for one in segments])
        crossing_count = sum(one.left < columns.edge < one.right for one in segments)
        is_possible = (
            len(fewer) >= (_LEAST_ROWS if is_column else _LEAST_LINES)
            and (len(fewer) >= _LEAST_ROWS or crossing_count <= len(fewer))
            and min(map(_extent, (first, second))) >= _NARROWEST_COLUMN * width
            and all(map(self._is_prose, (first, second)))
            and not _is_spread(across, columns.edge)
            and not self._ends_with_marks(first)
        )
        return weight if is_possible else None

    def _rows(self, segments: Sequence[Segment]) -> list[_Row]:
        """Return what stands on one baseline in the order of reading, from the top."""
        rows: list[_Row] = []
        for one in sorted(segments, key=lambda one: one.baseline):
            if rows and one.baseline - rows[-1][0].baseline <= _SAME_LINE * one.size:
                rows[-1].append(one)
            else:
                rows.append([one])
        for row in rows:
            row.sort(key=lambda one: -one.right if self.is_rtl else one.left)
        return rows

    def _read(self, one: Segment) -> _Ends:
        found = self._ends.get(id(one))
        if found is None:
            text = block_lines([one], page=0, block=0, is_rtl=self.is_rtl)[0].text.strip()
            number, mark = read_number(text), read_item_mark(text) or read_heading_mark(text)
            found = self._ends[id(one)] = _Ends(
                start=text[:1],
                number=None if number is None else number.value[-1],
                is_marked=(number or mark) is not None,
                is_mark=any(
                    found is not None and found.length >= len(text) for found in (number, mark)
                ),
                ends_sentence=ends_sentence(text),
                ends_with_full_stop=ends_with_full_stop(text),
                letter_count=sum(map(str.isalpha, text)),
                length=len(text),
            )
        return found

    def _full(self, rows: Sequence[_Row]) -> list[_Row]:
        """Return the rows that reach the end of their column."""
        slack = (1 - _FULL) * _extent(rows)
        if self.is_rtl:
            end = min(row[-1].left for row in rows)
            return [row for row in rows if row[-1].left <= end + slack]
        end = max(row[-1].right for row in rows)
        return [row for row in rows if row[-1].right >= end - slack]

    def _order(self, rows: Sequence[_Row], full: Set[int]) -> float:
        """Weigh how well each line goes on with the one above, and how paragraphs are numbered."""
        weight = sum(
            self._goes_on(above[-1], below[0], is_full=id(above[-1]) in full)
            for above, below in pairwise(rows)
        )
        numbers = [n for row in rows if (n := self._read(row[0]).number) is not None]
        return weight + sum(1.0 if b == a + 1 else -1.0 for a, b in pairwise(numbers))

    def _goes_on(self, one: Segment, other: Segment, *, is_full: bool) -> float:
        above, below = self._read(one), self._read(other)
        if below.is_marked:
            return 1.0 if above.ends_sentence else -1.0 if is_full else 0.0
        if below.start.islower():
            return -1.0 if above.ends_with_full_stop else 1.0
        if above.ends_sentence:
            return 0.0
        if below.start.isupper():
            return -0.25
        # Scripts without small letters.
        return (0.5 if is_full else -0.5) if below.start.isalpha() else 0.0

    def _is_prose(self, rows: Sequence[_Row]) -> bool:
        ends = [self._read(one) for row in rows for one in row]
        letter_count = sum(one.letter_count for one in ends)
        return letter_count >= _LEAST_SHARE_OF_LETTERS * sum(one.length for one in ends)

    def _ends_with_marks(self, first: Sequence[_Row]) -> bool:
        """Say whether numbers or marks that are set off stand at the end of lines of one side.

        They begin lines of the other side then, and the gap is the one behind them.
        """
        return sum(len(row) > 1 and self._read(row[-1]).is_mark for row in first) > 1


def _is_spread(rows: Sequence[_Row], edge: int) -> bool:
    """Say whether most rows have gaps like the one at the edge between all their words."""
    spread_count = row_count = 0
    for row in rows:
        pairs = list(pairwise(sorted(row, key=lambda one: one.left)))
        gaps = [right.left - left.right for left, right in pairs]
        own = [
            gap
            for gap, pair in zip(gaps, pairs, strict=True)
            if pair[0].right <= edge <= pair[1].left
        ]
        row_count += len(own)
        spread_count += (
            len(own) == 1
            and len(gaps) >= _LEAST_GAPS
            and all(abs(gap - own[0]) <= _SAME_GAP * own[0] for gap in gaps)
        )
    return row_count > 0 and 2 * spread_count >= row_count


def _are_apart(one: Sequence[_Row], other: Sequence[_Row]) -> bool:
    """Say whether most lines of the side with fewer stand beside none of the other."""
    fewer, more = sorted((one, other), key=len)
    heights = [row[0].baseline for row in more]
    apart_count = sum(
        all(abs(row[0].baseline - height) > _SAME_LINE * row[0].size for height in heights)
        for row in fewer
    )
    return apart_count >= _LEAST_SHARE_APART * len(fewer)


def _extent(rows: Sequence[_Row]) -> float:
    return max(one.right for row in rows for one in row) - min(
        one.left for row in rows for one in row
    )


def _is_filled(rows: Sequence[_Row]) -> bool:
    """Say whether enough lines take most of the width of their column."""
    least = _FILLED_SHARE * _extent(rows)
    return sum(_extent([row]) >= least for row in rows) >= _LEAST_FILLED * len(rows)
