"""From characters on a page to the lines of one column, with the spaces between words."""

import itertools
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
HEIGHT = 0.75
# A raised or lowered mark is smaller than its line and stands off its baseline by this much.
_MARK_SIZE = 0.92
_LEAST_RISE = 0.1
_MOST_RISE = 0.65


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
class Segment:
    """Characters on one baseline without a wide gap; `size` is that of the largest."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    baseline: float
    size: float

    @property
    def top(self) -> float:
        """Where its letters end above."""
        return self.baseline - HEIGHT * self.size


def read_column(glyphs: Sequence[Glyph], *, is_rtl: bool) -> list[str]:
    """Return the text of the lines of a single column, such as the cell of a table."""
    segments = segments_of(glyphs)
    return [line.text for line in block_lines(segments, page=0, block=0, is_rtl=is_rtl)]


def segments_of(glyphs: Sequence[Glyph]) -> list[Segment]:
    """Return the characters of a page in segments, marks in those that they stand next to."""
    return _with_marks(_segments(glyphs))


def _segments(glyphs: Sequence[Glyph]) -> list[Segment]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.baseline):
        if rows and glyph.baseline - rows[-1][0].baseline <= _ROW_TOLERANCE * glyph.size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    segments: list[Segment] = []
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


def _segment(glyphs: Sequence[Glyph]) -> Segment:
    members = tuple(glyphs)
    while members[-1].text == " ":
        members = members[:-1]
    return Segment(
        members,
        members[0].left,
        max(glyph.right for glyph in members),
        Counter(glyph.baseline for glyph in members).most_common(1)[0][0],
        max(glyph.size for glyph in members),
    )


def _with_marks(segments: Sequence[Segment]) -> list[Segment]:
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
    members: dict[int, list[Segment]] = {}
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


def _is_mark(mark: Segment, base: Segment) -> bool:
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


def block_lines(
    segments: Sequence[Segment], *, page: int, block: int, is_rtl: bool
) -> list[TextLine]:
    """Return the segments of one column or full-width part as lines, from the top."""
    groups: list[list[Segment]] = []
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


def _continues(group: Sequence[Segment], segment: Segment) -> bool:
    """Say whether the segment stands in the line of the group, beside what is there."""
    slack = _WORD_GAP * segment.size
    return any(are_beside(one, segment) for one in group) and all(
        one.right <= segment.left + slack or one.left >= segment.right - slack for one in group
    )


def are_beside(one: Segment, other: Segment) -> bool:
    """Say whether most of the lower one's height is that of the other too."""
    common = min(one.baseline, other.baseline) - max(one.top, other.top)
    return common > 0.5 * HEIGHT * min(one.size, other.size)


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
