"""Tables on a page of a PDF file, told by their ruling lines.

With rules in both directions the cells are what the rules enclose. With horizontal ones alone
(above, under the heads, below) the columns are parted by the white space that runs through.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.normalizer import join_lines
from ingest.readers.pdf_lines import read_column
from ingest.readers.pdf_page import Glyph, Rule

# Points within which rules are the same one, or touch.
_TOLERANCE = 3.0
# Points; shorter rules underline words.
_SHORTEST_RULE = 8.0
# A grid with less text than this share of its cells is a drawing.
_LEAST_FILLED = 0.3
# A table without vertical rules has three horizontal ones and so many rows with two cells.
_LEAST_HORIZONTAL = 3
_LEAST_FULL_ROWS = 3
# Share of the type size that parts columns where no rule does.
_COLUMN_GAP = 0.8
# Rows are further apart than the lines in a cell by this much, where any differ.
_ROW_GAP = 1.15

_Rows = tuple[tuple[str, ...], ...]
_Range = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table and its place, in points from the left and the top of the page.

    Attributes:
        left: where it begins.
        right: where it ends.
        top: where its first row begins.
        rows: of as many cells each, in the order of reading, clean text. A cell that spans
            several has its text in the first of them.
    """

    left: float
    right: float
    top: float
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Places of the lines between columns and between rows, outer ones too, rising."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def holds(self, glyph: Glyph) -> bool:
        x, y = _middle(glyph)
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell(self, glyph: Glyph) -> tuple[int, int]:
        """Return row and column of a glyph that it holds, from 0."""
        x, y = _middle(glyph)
        return sum(y > one for one in self.ys[1:-1]), sum(x > one for one in self.xs[1:-1])


def split_tables(
    glyphs: Sequence[Glyph], rules: Sequence[Rule], *, is_rtl: bool
) -> tuple[list[Glyph], list[Rule], list[Table]]:
    """Return the characters and rules outside tables, and the tables from the top."""
    rules = _merged(rules)
    left, found = list(glyphs), list[Table]()
    for component in _components(rules):
        grid = _grid(component)
        inside = [glyph for glyph in left if grid is not None and grid.holds(glyph)]
        if grid is None or not inside:
            continue
        rows = _ruled_rows(inside, grid, component, is_rtl=is_rtl)
        if _is_filled(rows):
            found.append(Table(left=grid.xs[0], right=grid.xs[-1], top=grid.ys[0], rows=rows))
            taken = set(map(id, inside))
            left = [glyph for glyph in left if id(glyph) not in taken]
            rules = [rule for rule in rules if rule not in component]
    for group in [part for stack in _stacks(rules) for part in _tabular(stack, left)]:
        inside = [glyph for glyph in left if _is_between(glyph, group)]
        rows = _spaced_rows(inside, group, is_rtl=is_rtl)
        if sum(sum(map(bool, row)) >= 2 for row in rows) >= _LEAST_FULL_ROWS:
            first = group[0]
            found.append(Table(left=first.left, right=first.right, top=first.top, rows=rows))
            taken = set(map(id, inside))
            left = [glyph for glyph in left if id(glyph) not in taken]
            rules = [rule for rule in rules if rule not in group]
    return left, rules, sorted(found, key=lambda table: table.top)


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.baseline - 0.3 * glyph.size


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules with those in one line put together."""
    merged: list[Rule] = []
    for is_horizontal in (True, False):
        lines: list[Rule] = []
        for rule in sorted(
            (rule for rule in rules if rule.is_horizontal == is_horizontal),
            key=lambda one: (one.top, one.left) if is_horizontal else (one.left, one.top),
        ):
            for index in range(len(lines) - 1, max(-1, len(lines) - 60), -1):
                if _continues(lines[index], rule, is_horizontal=is_horizontal):
                    lines[index] = _hull(lines[index], rule)
                    break
            else:
                lines.append(rule)
        merged.extend(
            line
            for line in lines
            if max(line.right - line.left, line.bottom - line.top) >= _SHORTEST_RULE
        )
    return merged


def _continues(line: Rule, rule: Rule, *, is_horizontal: bool) -> bool:
    if is_horizontal:
        return (
            abs(line.top - rule.top) <= _TOLERANCE
            and rule.left <= line.right + _TOLERANCE
            and line.left <= rule.right + _TOLERANCE
        )
    return (
        abs(line.left - rule.left) <= _TOLERANCE
        and rule.top <= line.bottom + _TOLERANCE
        and line.top <= rule.bottom + _TOLERANCE
    )


def _hull(one: Rule, other: Rule) -> Rule:
    return Rule(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def _components(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules in groups that touch each other."""
    pending, groups = list(rules), list[list[Rule]]()
    while pending:
        group = [pending.pop()]
        for member in group:
            touching = [
                rule
                for rule in pending
                if rule.left <= member.right + _TOLERANCE
                and member.left <= rule.right + _TOLERANCE
                and rule.top <= member.bottom + _TOLERANCE
                and member.top <= rule.bottom + _TOLERANCE
            ]
            group.extend(touching)
            taken = set(map(id, touching))
            pending = [rule for rule in pending if id(rule) not in taken]
        groups.append(group)
    return groups


def _grid(rules: Sequence[Rule]) -> _Grid | None:
    """Return the grid that rules in both directions make; None with less than 2 rows or columns."""
    if len({rule.is_horizontal for rule in rules}) < 2:
        return None
    xs = _places([rule.left for rule in rules] + [rule.right for rule in rules])
    ys = _places([rule.top for rule in rules] + [rule.bottom for rule in rules])
    return _Grid(xs, ys) if len(xs) >= 3 and len(ys) >= 3 else None


def _places(values: Iterable[float]) -> tuple[float, ...]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > 2 * _TOLERANCE:
            places.append(value)
    return tuple(places)


def _ruled_rows(
    glyphs: Sequence[Glyph], grid: _Grid, rules: Sequence[Rule], *, is_rtl: bool
) -> _Rows:
    """Return the cells' text; cells without a rule between them are one."""
    row_count, column_count = len(grid.ys) - 1, len(grid.xs) - 1
    first = {
        (row, column): (row, column) for row in range(row_count) for column in range(column_count)
    }
    for row, column in first:
        y = (grid.ys[row] + grid.ys[row + 1]) / 2
        x = (grid.xs[column] + grid.xs[column + 1]) / 2
        if column and not any(
            not rule.is_horizontal
            and abs(rule.left - grid.xs[column]) <= 2 * _TOLERANCE
            and rule.top <= y <= rule.bottom
            for rule in rules
        ):
            first[row, column] = first[row, column - 1]
        elif row and not any(
            rule.is_horizontal
            and abs(rule.top - grid.ys[row]) <= 2 * _TOLERANCE
            and rule.left <= x <= rule.right
            for rule in rules
        ):
            first[row, column] = first[row - 1, column]
    return _texts([first[grid.cell(glyph)] for glyph in glyphs], glyphs, grid, is_rtl=is_rtl)


def _texts(
    cells: Sequence[tuple[int, int]], glyphs: Sequence[Glyph], grid: _Grid, *, is_rtl: bool
) -> _Rows:
    members: dict[tuple[int, int], list[Glyph]] = {}
    for cell, glyph in zip(cells, glyphs, strict=True):
        members.setdefault(cell, []).append(glyph)
    columns = range(len(grid.xs) - 1)
    rows = (
        tuple(
            join_lines(read_column(members.get((row, column), ()), is_rtl=is_rtl))
            for column in (reversed(columns) if is_rtl else columns)
        )
        for row in range(len(grid.ys) - 1)
    )
    return tuple(row for row in rows if any(row))


def _is_filled(rows: _Rows) -> bool:
    cells = [cell for row in rows for cell in row]
    return (
        len(rows) >= 2
        and sum(map(bool, cells)) >= _LEAST_FILLED * len(cells)
        and any(sum(map(bool, row)) >= 2 for row in rows)
    )


def _stacks(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return horizontal rules of one width that stand above each other, from the top."""
    stacks: list[list[Rule]] = []
    for rule in sorted((rule for rule in rules if rule.is_horizontal), key=lambda one: one.top):
        for stack in stacks:
            if (
                abs(stack[0].left - rule.left) <= _TOLERANCE
                and abs(stack[0].right - rule.right) <= _TOLERANCE
            ):
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return stacks


def _tabular(stack: Sequence[Rule], glyphs: Sequence[Glyph]) -> Iterator[list[Rule]]:
    """Yield those parts of a stack between whose rules the same white space runs through."""
    part, shared = list(stack[:1]), list[_Range]()
    for above, below in pairwise(stack):
        band = [
            glyph for glyph in glyphs if glyph.text != " " and _is_between(glyph, [above, below])
        ]
        gaps = _gaps(band)
        common = _common(shared, gaps) if shared else gaps
        if common or not band:
            part, shared = [*part, below], common or shared
            continue
        if len(part) >= _LEAST_HORIZONTAL:
            yield part
        part, shared = ([above, below], gaps) if gaps else ([below], [])
    if len(part) >= _LEAST_HORIZONTAL:
        yield part


def _gaps(glyphs: Sequence[Glyph]) -> list[_Range]:
    """Return the ranges from left to right, wide enough to part columns, that hold no glyph."""
    gaps: list[_Range] = []
    reach: float | None = None
    for glyph in sorted(glyphs, key=lambda one: one.left):
        if reach is not None and glyph.left - reach > _COLUMN_GAP * glyph.size:
            gaps.append((reach, glyph.left))
        reach = max(glyph.right, reach or glyph.right)
    return gaps


def _common(some: Sequence[_Range], others: Sequence[_Range]) -> list[_Range]:
    return [
        (max(a[0], b[0]), min(a[1], b[1]))
        for a in some
        for b in others
        if min(a[1], b[1]) - max(a[0], b[0]) > _TOLERANCE
    ]


def _is_between(glyph: Glyph, stack: Sequence[Rule]) -> bool:
    x, y = _middle(glyph)
    return stack[0].left <= x <= stack[0].right and stack[0].top <= y <= stack[-1].top


def _spaced_rows(glyphs: Sequence[Glyph], stack: Sequence[Rule], *, is_rtl: bool) -> _Rows:
    """Return the cells between horizontal rules."""
    visible = [glyph for glyph in glyphs if glyph.text != " "]
    if not visible:
        return ()
    xs = [stack[0].left, *(sum(gap) / 2 for gap in _gaps(visible))]
    columns = _Grid((*xs, stack[0].right), (stack[0].top, stack[-1].top))
    opening = len(xs) - 1 if is_rtl else 0
    rules = [rule.top for rule in stack]
    ys = _places([*rules, *_row_tops(visible, rules, columns, opening)])
    grid = _Grid(columns.xs, ys)
    return _texts([grid.cell(glyph) for glyph in visible], visible, grid, is_rtl=is_rtl)


def _row_tops(
    glyphs: Sequence[Glyph], rules: Sequence[float], columns: _Grid, opening: int
) -> list[float]:
    """Return where rows begin: below a gap, or, where all lines stand alike, at a first cell.

    Args:
        glyphs: of the table, without spaces.
        rules: places of the horizontal rules.
        columns: the columns alone.
        opening: the column in which rows are read first.
    """
    size = max(glyph.size for glyph in glyphs)
    baselines = _places(glyph.baseline for glyph in glyphs)
    gaps = [
        (below - above, below)
        for above, below in pairwise(baselines)
        if not any(above < rule < below for rule in rules)
    ]
    narrowest = min((gap for gap, _ in gaps), default=0.0)
    tops = [below - size for gap, below in gaps if gap > _ROW_GAP * narrowest]
    return tops or [glyph.baseline - size for glyph in glyphs if columns.cell(glyph)[1] == opening]
