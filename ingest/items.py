"""The sub-items of a numbered paragraph: (a), (b), under them (i), (ii), and so on."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.furniture import Row, ends_with_full_stop
from ingest.numbering import Mark, Readings, read_item_mark, readings_after
from ingest.report import Span

_ITEM_END = re.compile(
    r"[.．。:：;；,，、،؛?？!！…—–-][\"'”’»」』)）]*[\d*]{0,3}$"
    r"|(?:^|[\s,;])(?:and|or|et|ou|y|e|o|u|и|или|و|أو)$|[和或及]$"
)
_COLON = re.compile(r"[:：]$")
# What stands in front of a mark within an enumeration in a sentence.
_BEFORE_INLINE_MARK = re.compile(
    r"(?:[;；,，、،؛]|\b(?:and|or|et|ou|y|e|o|u|и|или|و|أو)|[和或及])\s?(?=\S{1,6}[)）])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A row, or what is left of it behind a number or mark.

    Attributes:
        text: what is left, without white space in front.
        span: where it stands in the source, from the number or mark on.
        row: the whole row.
    """

    text: str
    span: Span
    row: Row

    @property
    def mark(self) -> Mark | None:
        """The sub-item mark that it begins with; an automatic one needs no bracket."""
        before = self.row.text[: len(self.row.text) - len(self.text)]
        is_automatic = self.row.list_level is not None and before[-1:] in ("", "\t")
        return read_item_mark(self.text, is_automatic=is_automatic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A sub-item; `marks` from the outermost, such as ``("(a)", "(ii)")``."""

    marks: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A paragraph taken apart.

    Attributes:
        lead: its own text, before the first sub-item and after the last one.
        items: in order.
        missing: marks that the counting leaves out, such as ``(c)`` behind ``(b)``, with what
            stands around them, in order.
    """

    lead: tuple[Piece, ...]
    items: tuple[Item, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A mark at the start of a piece.

    Attributes:
        position: the piece's place.
        mark: the mark.
        follows_colon: whether a list is announced above it; not one that goes on in the sentence,
            as in ``: (a) one; (b) two``.
        is_loose: whether the line above ends early but without a stop: only a mark that comes
            next in an open list is one there, as in a list of names.
    """

    position: int
    mark: Mark
    follows_colon: bool
    is_loose: bool


def split_items(pieces: Sequence[Piece]) -> Items:
    """Take the pieces of one paragraph apart into its own text and its sub-items.

    A list begins with the first mark of its kind, goes on with the next one, and holds lists of
    other kinds. A mark in mid-sentence is a cross-reference. What follows the last sub-item as a
    block of its own belongs to the paragraph. Without sub-items everything is lead.
    """
    pieces = _with_inner_marks(pieces)
    candidates = _candidates(pieces)
    levels: list[tuple[Readings, str]] = []
    opened: list[tuple[int, tuple[str, ...]]] = []
    missing: list[str] = []
    last_second = {
        reading.kind: number
        for number, candidate in enumerate(candidates)
        for reading in candidate.mark.readings
        if reading.value == 2
    }
    for number, candidate in enumerate(candidates):
        after = candidates[number + 1].mark.readings if number + 1 < len(candidates) else ()
        lists = {kind for kind, second in last_second.items() if second > number}
        depth, readings = _place(levels, candidate, lists=lists, after=after)
        if not readings or (
            candidate.is_loose
            and (depth == len(levels) or not readings_after(levels[depth][0], readings))
        ):
            continue
        if depth < len(levels) and readings[0].value - levels[depth][0][0].value > 1:
            above = "".join(mark for _, mark in levels[:depth])
            missing.append(f"{above}{levels[depth][1]} is followed by {candidate.mark.printed}")
        del levels[depth:]
        levels.append((readings, candidate.mark.printed))
        opened.append((candidate.position, tuple(mark for _, mark in levels)))
    if not opened:
        return Items(lead=tuple(pieces), items=(), missing=())
    return _cut(pieces, opened, tuple(missing))


def _candidates(pieces: Sequence[Piece]) -> list[_Candidate]:
    """Return the marks that no sentence runs into."""
    found: list[_Candidate] = []
    for position, (above, piece) in enumerate(zip([None, *pieces], pieces, strict=False)):
        mark = piece.mark
        # The first piece stands behind the number, an inner mark behind the outer one.
        if mark is None:
            continue
        if above is None or above.row is piece.row:
            follows_colon, is_loose = True, False
        else:
            follows_colon = _COLON.search(above.text) is not None
            is_loose = not piece.row.is_parted and _ITEM_END.search(above.text) is None
            if is_loose and not above.row.is_short:
                continue
        found.append(
            _Candidate(position=position, mark=mark, follows_colon=follows_colon, is_loose=is_loose)
        )
    ends = [*(candidate.position for candidate in found[1:]), len(pieces)]
    return [
        replace(candidate, follows_colon=False)
        if candidate.follows_colon and _goes_on_inline(candidate, pieces[candidate.position : end])
        else candidate
        for candidate, end in zip(found, ends, strict=False)
    ]


def _goes_on_inline(candidate: _Candidate, pieces: Sequence[Piece]) -> bool:
    """Say whether the mark that comes next stands in the sentence that the candidate begins."""
    text = " ".join(piece.text for piece in pieces)
    return any(
        (mark := read_item_mark(text[found.end() :])) is not None
        and readings_after(candidate.mark.readings, mark.readings)
        for found in _BEFORE_INLINE_MARK.finditer(text)
    )


def _with_inner_marks(pieces: Sequence[Piece]) -> list[Piece]:
    """Make the inner mark of a row that begins with two, as in ``(a) (i)``, a piece of its own."""
    parted: list[Piece] = []
    for piece in pieces:
        mark = piece.mark
        rest = piece.text[mark.length :] if mark is not None else ""
        if mark is not None and read_item_mark(rest) is not None:
            middle = piece.span.end - len(rest)
            outer = Span(start=piece.span.start, end=middle)
            parted.append(Piece(text=piece.text[: mark.length], span=outer, row=piece.row))
            piece = Piece(text=rest, span=Span(start=middle, end=piece.span.end), row=piece.row)
        parted.append(piece)
    return parted


def _place(
    levels: Sequence[tuple[Readings, str]],
    candidate: _Candidate,
    *,
    lists: Collection[str],
    after: Readings,
) -> tuple[int, Readings]:
    """Return how deep the mark stands and how to read it; no reading where it is no sub-item.

    Args:
        levels: the lists that are open, outermost first, each with its last mark.
        candidate: the mark.
        lists: kinds of which a second mark comes later, so that a first one can open a list.
        after: the readings of the mark that comes next.
    """
    readings = candidate.mark.readings
    kinds = {reading.kind for above, _ in levels for reading in above}
    opening = tuple(
        reading
        for reading in readings
        if reading.value == 1
        and reading.kind not in kinds
        and (candidate.follows_colon or reading.kind in lists)
    )
    for depth in range(len(levels) - 1, -1, -1):
        next_readings = readings_after(levels[depth][0], readings)
        if next_readings:
            # `(i)` after `(h)`: the Roman one where `(ii)` comes next.
            if readings_after(opening, after):
                return len(levels), opening
            return depth, next_readings
    if opening:
        return len(levels), opening
    # The source may leave out a mark, use one twice or leave out its first bracket.
    for depth in range(len(levels) - 1, -1, -1):
        odd_readings = tuple(
            reading
            for reading in readings
            for above in levels[depth][0]
            if reading.system == above.system and reading.value - above.value in (0, 1, 2)
        )
        if odd_readings:
            return depth, odd_readings
    return 0, ()


def _cut(
    pieces: Sequence[Piece],
    opened: Sequence[tuple[int, tuple[str, ...]]],
    missing: tuple[str, ...],
) -> Items:
    first, last = opened[0][0], opened[-1][0]
    end = _end_of_last(pieces, first, last)
    bounds = [*(position for position, _ in opened), end]
    items: list[Item] = []
    for number, (position, marks) in enumerate(opened):
        mark = pieces[position].mark
        length = mark.length if mark is not None else 0
        head = pieces[position]
        rest = Piece(text=head.text[length:], span=head.span, row=head.row)
        items.append(Item(marks=marks, pieces=(rest, *pieces[position + 1 : bounds[number + 1]])))
    return Items(lead=(*pieces[:first], *pieces[end:]), items=tuple(items), missing=missing)


def _end_of_last(pieces: Sequence[Piece], first: int, last: int) -> int:
    """Return where the last sub-item ends and text of the paragraph itself goes on.

    That is a new block behind a full stop that is not indented deeper than the sub-item's mark.
    """
    base = min((piece.row.indent for piece in pieces[:first]), default=0)
    mark_indent = pieces[last].row.indent
    for position in range(last + 1, len(pieces)):
        row, above = pieces[position].row, pieces[position - 1]
        if above.row is row or not ends_with_full_stop(above.text):
            continue
        if (row.is_parted or above.row.is_short) and not base <= mark_indent < row.indent:
            return position
    return len(pieces)
