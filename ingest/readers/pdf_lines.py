"""From characters on a page to its lines in reading order: columns, lines, spaces."""

import itertools
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.furniture import ends_with_full_stop
from ingest.numbering import raised
from ingest.readers.pdf_bidi import is_right_to_left, logical_order, mend_brackets
from ingest.readers.pdf_page import Glyph

# Shares of the type size, the unit that typographers call em.
_ROW_TOLERANCE = 0.2
_SEGMENT_GAP = 0.7
_WORD_GAP = 0.1
# Joined letters stand in boxes of their own shape, with gaps between.
_ARABIC_WORD_GAP = 0.2
# The space behind the last word of a right-to-left line can hang over its letters.
_LEAST_SPACE = 0.05
_CHINESE_WORD_GAP = 0.5
_COLUMN_WIDTH_OF_SPACE = 0.5
_WIDEST_SINGLE_SPACE = 2.0
# Type of letters without descenders and accents.
_HEIGHT = 0.75
# A raised or lowered mark is smaller than its line and stands off its baseline by this much.
_MARK_SIZE = 0.92
_LEAST_RISE = 0.1
_MOST_RISE = 0.65
# Rows that make columns where no page before had a gutter at the same place; fewer where a
# sentence runs down on each side.
_LEAST_ROWS = 4
_LEAST_ROWS_OF_SENTENCES = 2
# A line that reaches this share of its column is full, in a script without small letters.
_FULL = 0.9
# Places tried on a page; a table has more gaps that are none.
_MOST_GUTTERS = 30
# From the line above to a heading, in type sizes.
_HEADING_GAP = 1.8
# Points by which a gutter may move from page to page.
_GUTTER_TOLERANCE = 6.0
# Rows beside a gutter for each one that runs across between them.
_LEAST_RATIO = 2
# Columns whose lines stand at heights of their own need fewer: no row of a table does.
_LEAST_LINES_APART = 3
_LEAST_SHARE_APART = 0.5
_LEAST_SHARE_OF_LETTERS = 0.5
# From line to line, as a multiple of the least distance, where a block begins.
_BLOCK_PITCH = 1.15
# A column's share of the width of the text; a full line's share of its column, and the share of
# such lines, which lists and tables do not reach.
_NARROWEST_COLUMN = 0.22
_FILLED = 0.7
_LEAST_FILLED = 0.33


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line in the order of reading, all raised or none."""

    text: str
    is_raised: bool

    @property
    def written(self) -> str:
        """Its text, with raised digits as such."""
        return raised(self.text) if self.is_raised else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of one column; everything in points from the left and top of the page.

    Attributes:
        page: from 1.
        block: the column, or the part of the page across all columns, counted from 0 in reading
            order.
        left: where it begins.
        right: where it ends.
        baseline: where its letters stand.
        size: of most of its type.
        indent: how far it begins inside its block, on the side where its script begins.
        pieces: what it says.
    """

    page: int
    block: int
    left: float
    right: float
    baseline: float
    size: float
    indent: float
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All its pieces as they are written."""
        return "".join(piece.written for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Segment:
    """Characters on one baseline without a wide gap; `size` is that of the largest."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    baseline: float
    size: float

    @property
    def top(self) -> float:
        return self.baseline - _HEIGHT * self.size


_TextRow = list[_Segment]


class LineReader:
    """Reads one page after the other; what it learns of columns holds for the pages after."""

    def __init__(self) -> None:
        self._gutters: set[int] = set()

    def read(self, glyphs: Sequence[Glyph], *, page: int, is_rtl: bool) -> list[TextLine]:
        """Return the lines of a page in reading order; without characters, none."""
        segments = _with_marks(_segments(glyphs))
        lines: list[TextLine] = []
        for block, members in enumerate(self._blocks(segments, is_rtl=is_rtl)):
            lines.extend(_block_lines(members, page=page, block=block, is_rtl=is_rtl))
        return lines

    def _blocks(self, segments: Sequence[_Segment], *, is_rtl: bool) -> list[list[_Segment]]:
        """Return the segments of every column and full-width part, in reading order."""
        segments = sorted(segments, key=lambda one: (one.baseline, one.left))
        gutter = self._find_gutter(segments, is_rtl=is_rtl)
        if gutter is None:
            return [segments] if segments else []
        self._gutters.add(gutter)
        blocks: list[list[_Segment]] = []
        crosses = _crosses(segments, gutter)
        was_full = False
        for is_full, group in itertools.groupby(
            zip(crosses, segments, strict=True), key=lambda pair: pair[0]
        ):
            members = [one for _, one in group]
            sides = [
                [one for one in members if one.right <= gutter],
                [one for one in members if one.left >= gutter],
            ]
            if is_full or (any(crosses) and _is_one_line_with_a_gap(*sides)):
                if was_full:
                    blocks[-1].extend(members)
                else:
                    blocks.append(members)
                was_full = True
                continue
            was_full = False
            for side in sides[::-1] if is_rtl else sides:
                blocks.extend(self._blocks(side, is_rtl=is_rtl))
        return blocks

    def _find_gutter(self, segments: Sequence[_Segment], *, is_rtl: bool) -> int | None:
        """Return a place between columns, from the left, or None where lines run across.

        It is where most pairs of lines side by side leave a gap. A gap between a number and its
        text, or in a table, is none: each column is filled by its lines and has a good share of
        the width. Where their lines stand at heights of their own, one that is filled is enough.
        A few lines are enough where sentences run down on both sides.
        """
        pairs = list(_side_by_side(segments))
        if not pairs:
            return None
        width = max(one.right for one in segments) - min(one.left for one in segments)
        depths = Counter[int]()
        for middle in {round((left.right + right.left) / 2) for left, right in pairs}:
            depths[middle] = sum(a.right < middle < b.left for a, b in pairs)
        likely = [middle for middle, _ in depths.most_common(_MOST_GUTTERS)]
        crossed = {
            middle: sum(one.left < middle < one.right for one in segments) for middle in likely
        }
        found: list[int] = []
        for middle in likely:
            rows = _rows_beside(segments, middle)
            sides = [[row[side] for row in rows] for side in (0, 1)]
            if any(abs(middle - known) < _GUTTER_TOLERANCE for known in self._gutters):
                if rows:
                    return middle
            elif (
                len(rows) >= _LEAST_ROWS
                or (
                    crossed[middle] <= len(rows)
                    and all(_runs_on(side, is_rtl=is_rtl) for side in sides)
                )
            ) and all(_is_column(side, width) for side in sides):
                found.append(middle)
        # Numbers leave a gap in front of their text too, but a smaller one.
        middle = min(found or likely, key=lambda one: (crossed[one], -_gap_at(segments, one)))
        if found:
            return middle
        is_gutter = _LEAST_RATIO * crossed[middle] <= len(segments) and _runs_apart(
            segments, middle, width, is_rtl=is_rtl
        )
        return middle if is_gutter else None


def _is_one_line_with_a_gap(left: Sequence[_Segment], right: Sequence[_Segment]) -> bool:
    """Say whether what stands on one side of a gutter ends or begins a line of the other side.

    Among lines across the columns it is one of them, whose gap between words is wide.
    """
    fewer, more = sorted((left, right), key=len)
    return len(_lines_of(fewer)) == 1 and any(_is_beside(fewer[0], one) for one in more)


def _gap_at(segments: Sequence[_Segment], middle: float) -> float:
    """Return the width of the gap between what stands on the left and on the right of a place."""
    return min(one.left for one in segments if one.left >= middle) - max(
        one.right for one in segments if one.right <= middle
    )


def _crosses(segments: Sequence[_Segment], gutter: float) -> list[bool]:
    """Say of each segment whether it belongs to the text across the columns.

    That text runs over the gutter. A number or mark in front of such a line and a short heading
    right above it, set off from the columns, belong to it too.
    """
    crosses = [one.left < gutter < one.right for one in segments]
    for place in [place for place, is_crossing in enumerate(crosses) if is_crossing]:
        for step in (-1, 1):
            other = place + step
            while 0 <= other < len(segments) and _is_beside(segments[place], segments[other]):
                crosses[other] = True
                other += step
    for place in range(len(segments) - 2, -1, -1):
        one, below = segments[place], segments[place + 1]
        above = segments[place - 1].baseline if place else 0.0
        if (
            crosses[place + 1]
            and below.baseline - one.baseline > _HEIGHT * one.size
            and one.baseline - above > _HEADING_GAP * one.size
        ):
            crosses[place] = True
    return crosses


def read_column(glyphs: Sequence[Glyph], *, is_rtl: bool) -> list[str]:
    """Return the text of the lines of a single column, such as the cell of a table."""
    segments = _with_marks(_segments(glyphs))
    return [line.text for line in _block_lines(segments, page=0, block=0, is_rtl=is_rtl)]


def _rows_beside(
    segments: Sequence[_Segment], middle: float
) -> list[tuple[list[_Segment], list[_Segment]]]:
    """Return what each row has on the left and on the right of a place.

    There are none where too many rows between them run across.
    """
    rows: list[tuple[list[_Segment], list[_Segment]]] = []
    crossing_count = pending_count = 0
    for _, group in itertools.groupby(
        segments, key=lambda one: round(one.baseline / (_HEIGHT * one.size))
    ):
        members = list(group)
        left = [one for one in members if one.right <= middle]
        right = [one for one in members if one.left >= middle]
        if len(left) + len(right) < len(members):
            pending_count += bool(rows)
        elif left and right:
            rows.append((left, right))
            crossing_count, pending_count = crossing_count + pending_count, 0
    return rows if len(rows) >= _LEAST_RATIO * crossing_count else []


def _runs_apart(segments: Sequence[_Segment], middle: float, width: float, *, is_rtl: bool) -> bool:
    """Say whether text runs down on both sides of a place, each side with heights of its own.

    The rows of a table begin side by side; paragraphs in columns do not. Nor do a table's cells
    run on in the next row. What stands beside the masthead has no sentences.
    """
    crosses = [one.left < middle < one.right for one in segments]
    for is_crossing, group in itertools.groupby(
        zip(crosses, segments, strict=True), key=lambda pair: pair[0]
    ):
        members = [one for _, one in group]
        sides = [
            _lines_of([one for one in members if one.right <= middle]),
            _lines_of([one for one in members if one.left >= middle]),
        ]
        if is_crossing or not all(sides):
            continue
        are_apart = (
            min(map(len, sides)) >= _LEAST_LINES_APART
            and max(map(len, sides)) >= _LEAST_ROWS
            and (_are_apart(*sides) or _are_apart(*map(_block_starts, sides)))
        )
        run_on = all(_runs_on(side, is_rtl=is_rtl) for side in sides)
        are_filled = any(_is_column(side, width) for side in sides)
        if (
            # Two of the three, and few lines across where heights tell nothing.
            are_apart + run_on + are_filled >= 2
            and (are_apart or sum(crosses) <= min(map(len, sides)))
            and all(_extent(side) >= _NARROWEST_COLUMN * width for side in sides)
            and all(_is_prose(side) for side in sides)
            and (run_on or all(_has_sentence(side, is_rtl=is_rtl) for side in sides))
        ):
            return True
    return False


def _runs_on(lines: Sequence[_TextRow], *, is_rtl: bool) -> bool:
    """Say whether a sentence of one side goes on from a line to the next.

    The next one then begins with a small letter; without such letters the first one is full.
    """
    if len(lines) < _LEAST_ROWS_OF_SENTENCES:
        return False
    left, right = min(row[0].left for row in lines), max(row[-1].right for row in lines)
    slack = (1 - _FULL) * (right - left)
    for above, below in itertools.pairwise(lines):
        end, start = _ends(above, is_rtl=is_rtl)[1], _ends(below, is_rtl=is_rtl)[0]
        is_full = above[0].left <= left + slack if is_rtl else above[-1].right >= right - slack
        is_caseless = start[0].isalpha() and start[0].lower() == start[0].upper()
        if start[0].islower() or (is_caseless and is_full and end[-1].isalnum()):
            return True
    return False


def _has_sentence(lines: Sequence[_TextRow], *, is_rtl: bool) -> bool:
    return any(ends_with_full_stop(_ends(line, is_rtl=is_rtl)[1]) for line in lines)


def _ends(line: _TextRow, *, is_rtl: bool) -> tuple[str, str]:
    """Return the first and the last character of a line in the order of reading."""
    texts = [glyph.text for one in line for glyph in one.glyphs if glyph.text != " "]
    return (texts[-1], texts[0]) if is_rtl else (texts[0], texts[-1])


def _are_apart(one: Sequence[_TextRow], other: Sequence[_TextRow]) -> bool:
    """Say whether most lines of the side with fewer stand beside none of the other."""
    fewer, more = sorted((one, other), key=len)
    heights = [line[0].baseline for line in more]
    apart_count = sum(
        all(abs(line[0].baseline - height) > _ROW_TOLERANCE * line[0].size for height in heights)
        for line in fewer
    )
    return len(fewer) > 1 and apart_count >= _LEAST_SHARE_APART * len(fewer)


def _block_starts(lines: Sequence[_TextRow]) -> list[_TextRow]:
    """Return the lines that stand further from the one above than lines of a paragraph do."""
    pitches = [below[0].baseline - above[0].baseline for above, below in itertools.pairwise(lines)]
    return [
        line
        for line, pitch in zip(lines, [None, *pitches], strict=True)
        if pitch is None or pitch > _BLOCK_PITCH * min(pitches)
    ]


def _lines_of(segments: Sequence[_Segment]) -> list[_TextRow]:
    """Return the segments, sorted by baseline as they are, in lines."""
    lines: list[_TextRow] = []
    for one in segments:
        if lines and one.baseline - lines[-1][0].baseline <= _ROW_TOLERANCE * one.size:
            lines[-1].append(one)
        else:
            lines.append([one])
    return lines


def _is_prose(lines: Sequence[_TextRow]) -> bool:
    text = "".join(
        glyph.text for line in lines for one in line for glyph in one.glyphs if glyph.text != " "
    )
    return sum(map(str.isalpha, text)) >= _LEAST_SHARE_OF_LETTERS * len(text)


def _extent(rows: Sequence[Sequence[_Segment]]) -> float:
    return max(one.right for row in rows for one in row) - min(
        one.left for row in rows for one in row
    )


def _is_column(rows: Sequence[Sequence[_Segment]], width: float) -> bool:
    """Say whether the rows of one side have a good share of the width and fill it with text."""
    extent = _extent(rows)
    filled_count = sum(sum(one.right - one.left for one in row) >= _FILLED * extent for row in rows)
    return extent >= _NARROWEST_COLUMN * width and filled_count >= _LEAST_FILLED * len(rows)


def _side_by_side(segments: Sequence[_Segment]) -> Iterator[tuple[_Segment, _Segment]]:
    """Yield each segment with the next one to its right, sorted by baseline as they are."""
    for index, one in enumerate(segments):
        nearest: _Segment | None = None
        for step in (-1, 1):
            other = index + step
            while (
                0 <= other < len(segments)
                and abs(segments[other].baseline - one.baseline) < _HEIGHT * one.size
            ):
                candidate = segments[other]
                if candidate.left >= one.right and (
                    nearest is None or candidate.left < nearest.left
                ):
                    nearest = candidate
                other += step
        if nearest is not None:
            yield one, nearest


def _segments(glyphs: Sequence[Glyph]) -> list[_Segment]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.baseline):
        if rows and glyph.baseline - rows[-1][0].baseline <= _ROW_TOLERANCE * glyph.size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    segments: list[_Segment] = []
    for row in rows:
        members: list[Glyph] = []
        for glyph in sorted(row, key=lambda one: one.left):
            if glyph.text == " ":
                # Spaces at the ends of a line reach into the gutter.
                if members:
                    members.append(glyph)
                continue
            visible = next((one for one in reversed(members) if one.text != " "), None)
            if visible is not None and glyph.left - visible.right > _SEGMENT_GAP * glyph.size:
                segments.append(_segment(members))
                members = []
            members.append(glyph)
        if members:
            segments.append(_segment(members))
    return segments


def _segment(glyphs: Sequence[Glyph]) -> _Segment:
    members = tuple(glyphs)
    while members[-1].text == " ":
        members = members[:-1]
    return _Segment(
        members,
        members[0].left,
        max(glyph.right for glyph in members),
        Counter(glyph.baseline for glyph in members).most_common(1)[0][0],
        max(glyph.size for glyph in members),
    )


def _with_marks(segments: Sequence[_Segment]) -> list[_Segment]:
    """Put raised and lowered marks into the segments that they stand in or next to."""
    segments = sorted(segments, key=lambda one: one.baseline)
    baselines = [one.baseline for one in segments]
    reach = _MOST_RISE * max((one.size for one in segments), default=0.0)
    owners: dict[int, int] = {}
    for place, mark in enumerate(segments):
        bases = [
            other
            for other in range(
                bisect_left(baselines, mark.baseline - reach),
                bisect_right(baselines, mark.baseline + reach),
            )
            if _is_mark(mark, segments[other])
        ]
        if bases:
            owners[place] = min(
                bases, key=lambda other: abs(segments[other].baseline - mark.baseline)
            )
    members: dict[int, list[_Segment]] = {}
    for place, segment in enumerate(segments):
        # A mark can have one of its own; each step leads to larger type or a longer segment.
        while place in owners:
            place = owners[place]
        members.setdefault(place, []).append(segment)
    return [
        replace(
            segments[place],
            glyphs=tuple(glyph for one in group for glyph in one.glyphs),
            left=min(one.left for one in group),
            right=max(one.right for one in group),
        )
        for place, group in members.items()
    ]


def _is_mark(mark: _Segment, base: _Segment) -> bool:
    """Say whether it stands above or below the base's line, in smaller type or as an accent.

    An accent is drawn over or under a letter, as vowel signs are.
    """
    rise = abs(base.baseline - mark.baseline) / base.size
    slack = _SEGMENT_GAP * base.size / 2
    if mark.size >= _MARK_SIZE * base.size:
        return (
            _LEAST_RISE < rise < _MOST_RISE
            and mark.size <= base.size
            and mark.right - mark.left < mark.size
            and len(mark.glyphs) < len(base.glyphs)
            and base.left <= mark.left <= base.right
        )
    return (
        _LEAST_RISE < rise < _MOST_RISE
        and mark.left <= base.right + slack
        and mark.right >= base.left - slack
    )


def _block_lines(
    segments: Sequence[_Segment], *, page: int, block: int, is_rtl: bool
) -> list[TextLine]:
    groups: list[list[_Segment]] = []
    for segment in sorted(segments, key=lambda one: one.baseline):
        group = next((group for group in reversed(groups[-4:]) if _continues(group, segment)), None)
        if group is None:
            groups.append([segment])
        else:
            group.append(segment)
    block_left = min((one.left for one in segments), default=0.0)
    block_right = max((one.right for one in segments), default=0.0)
    lines: list[TextLine] = []
    for group in groups:
        main = max(group, key=lambda one: one.right - one.left)
        left, right = min(one.left for one in group), max(one.right for one in group)
        glyphs = [glyph for one in group for glyph in one.glyphs]
        size = Counter(glyph.size for glyph in main.glyphs).most_common(1)[0][0]
        lines.append(
            TextLine(
                page=page,
                block=block,
                left=left,
                right=right,
                baseline=main.baseline,
                size=size,
                indent=block_right - right if is_rtl else left - block_left,
                pieces=_pieces(glyphs, main.baseline, size, is_rtl=is_rtl),
            )
        )
    return lines


def _continues(group: Sequence[_Segment], segment: _Segment) -> bool:
    """Say whether the segment stands in the line of the group, beside what is there."""
    slack = _WORD_GAP * segment.size
    return any(_is_beside(one, segment) for one in group) and all(
        one.right <= segment.left + slack or one.left >= segment.right - slack for one in group
    )


def _is_beside(one: _Segment, other: _Segment) -> bool:
    """Say whether most of the lower one's height is that of the other too."""
    common = min(one.baseline, other.baseline) - max(one.top, other.top)
    return common > 0.5 * _HEIGHT * min(one.size, other.size)


def _pieces(
    glyphs: Sequence[Glyph], baseline: float, size: float, *, is_rtl: bool
) -> tuple[Piece, ...]:
    characters: list[tuple[str, bool]] = []
    previous: Glyph | None = None
    has_space = False
    for glyph in _with_accents(glyphs):
        if glyph.text == " ":
            has_space = True
            continue
        if previous is not None:
            gap = (glyph.left - previous.right) / size
            if gap > _WIDEST_SINGLE_SPACE:
                characters.extend([(" ", False)] * round(gap / _COLUMN_WIDTH_OF_SPACE))
            elif (has_space and (gap >= _LEAST_SPACE or not is_rtl)) or (
                gap > _WORD_GAP and gap > _word_gap(previous.text, glyph.text)
            ):
                characters.append((" ", False))
        is_raised = (
            glyph.size < _MARK_SIZE * size and baseline - glyph.baseline > _LEAST_RISE * size
        )
        characters.append((glyph.text, is_raised))
        previous, has_space = glyph, False
    order = logical_order([text for text, _ in characters], is_rtl=is_rtl)
    if order != list(range(len(order))):
        mended = mend_brackets("".join(characters[index][0][0] for index in order))
        characters = [
            (first + characters[index][0][1:], characters[index][1])
            for index, first in zip(order, mended, strict=True)
        ]
    return tuple(
        Piece("".join(text for text, _ in group), is_raised)
        for is_raised, group in (
            (is_raised, list(group))
            for is_raised, group in itertools.groupby(characters, key=lambda pair: pair[1])
        )
    )


def _with_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters from left to right, accents drawn over a letter put behind it."""
    accents = [one for one in glyphs if unicodedata.category(one.text[0]) == "Mn"]
    letters = sorted(
        (one for one in glyphs if unicodedata.category(one.text[0]) != "Mn"),
        key=lambda one: (one.left, one.right),
    )
    for accent in accents if letters else ():
        middle = (accent.left + accent.right) / 2
        place = min(
            range(len(letters)),
            key=lambda index: abs((letters[index].left + letters[index].right) / 2 - middle),
        )
        letters[place] = replace(letters[place], text=letters[place].text + accent.text)
    return letters


def _word_gap(before: str, after: str) -> float:
    """Return the gap, as a share of the type size, from which on a space parts two characters."""
    chinese_count = sum(
        unicodedata.east_asian_width(character) in "WF" for character in (before[-1], after[0])
    )
    if chinese_count == 2:
        return _CHINESE_WORD_GAP
    is_arabic = any(is_right_to_left(text) for text in (before, after))
    return _ARABIC_WORD_GAP if is_arabic or chinese_count else _WORD_GAP
