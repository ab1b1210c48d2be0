"""Which of the lines that begin with a number begin a numbered paragraph.

A year, an amount or a cross-reference can stand at the start of a line too. A paragraph's number
is told from them by its place in a sequence that rises by one through the whole text: of all such
sequences the one with the most and the most likely members is chosen.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.furniture import STOP_TAIL, WIDEST_HEADING, Row, width_of
from ingest.numbering import Number, read_number

# What a line adds to a sequence: one that may open a block, one in mid-sentence, one that looks
# like a numbered heading; and what it loses inside quotation marks.
_OPENING_SCORE = 1.0
_RUNNING_SCORE = -0.2
_HEADING_SCORE = 0.4
_QUOTED_COST = 1.2
# A sequence may leave out numbers, start above one, or start again under a heading, at a price.
_GAP_COST = 0.7
_MISSING_COST = 0.02
_MOST_MISSING = 12
# More than that is left out where a part of the report is: as sure as a start again.
_LEAP_COST = 2.0
_LATE_START_COST = 1.5
_RESTART_COST = 2.0
# Where the report has started again once, it does so elsewhere too.
_LATER_RESTART_COST = 1.0
# A number of another automatic list can follow, but one of the same list is likelier.
_OTHER_LIST_COST = 0.3
# An opening quotation mark that nothing closes is a misprint after so many lines.
_LONGEST_QUOTATION = 60

# A number of four digits that is none of a paragraph.
_YEARS = range(1800, 2100)

_HEADING_END = re.compile(r"[.。．;；:：,，、!！…،؛]" + STOP_TAIL)
_BEGINNING_MARK = re.compile(r"(?:^|[\s(])([“”])(?=\S)")
_QUOTATION_MARK = re.compile(r"[“«「『”»」』]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A line that begins with a number.

    Attributes:
        index: its place among the rows.
        number: the number it begins with.
        score: how likely it begins a paragraph, seen alone.
        list_name: the list that counts it, where that is known.
        is_heading_like: whether it is short, ends without a stop, and a block follows it.
        is_in_order: whether its number goes on from those above; a number that is used again or
            stands at another place does not.
    """

    index: int
    number: Number
    score: float
    list_name: str | None
    is_heading_like: bool
    is_in_order: bool = True


@dataclass(frozen=True, slots=True)
class _Link:
    """The best sequence that ends with a start: its total score and the link before.

    `has_restarted` says whether it starts again somewhere.
    """

    total: float
    start: Start
    before: "_Link | None"
    has_restarted: bool


def has_heading_shape(rows: Sequence[Row], first: int, end: int) -> bool:
    """Say whether rows ``[first, end)`` are few enough words, without a stop behind them."""
    return (
        _HEADING_END.search(rows[end - 1].text) is None
        and sum(width_of(row.text) for row in rows[first:end]) <= WIDEST_HEADING
    )


def looks_like_heading(rows: Sequence[Row], first: int, end: int) -> bool:
    """Say whether rows ``[first, end)`` have the shape of a heading and a block follows them."""
    return end < len(rows) and rows[end].opens_block and has_heading_shape(rows, first, end)


def find_starts(rows: Sequence[Row]) -> list[Start]:
    """Return every line that begins with a number, in order, headings that are marked apart."""
    starts: list[Start] = []
    quoted_since: int | None = None
    list_level = _main_list_level(rows)
    opening_marks = _opening_marks(rows)
    for index, row in enumerate(rows):
        number = _paragraph_number(row)
        if number is not None:
            is_quoted = quoted_since is not None and index - quoted_since <= _LONGEST_QUOTATION
            is_nested = len(number.value) == 1 and (row.list_level or 0) > list_level
            is_heading_like = len(row.text) > number.length and looks_like_heading(
                rows, index, index + 1
            )
            score = (
                _RUNNING_SCORE
                if not row.opens_block
                else _HEADING_SCORE
                if is_heading_like
                else _OPENING_SCORE
            )
            starts.append(
                Start(
                    index=index,
                    number=number,
                    score=score - _QUOTED_COST if is_quoted or is_nested else score,
                    list_name=row.list_name,
                    is_heading_like=is_heading_like,
                )
            )
        marks = _QUOTATION_MARK.findall(row.text)
        if marks:
            quoted_since = index if marks[-1] in opening_marks else None
        elif row.text.count('"') % 2:
            quoted_since = index if quoted_since is None else None
    return starts


def _opening_marks(rows: Sequence[Row]) -> str:
    """Return the marks that open quotations: of ``“`` and ``”`` the one that words begin with."""
    counts = Counter(mark for row in rows for mark in _BEGINNING_MARK.findall(row.text))
    return f"«「『{'”' if counts['”'] > counts['“'] else '“'}"


def _paragraph_number(row: Row) -> Number | None:
    if row.heading_level is not None or row.is_table_row:
        return None
    return read_number(row.text)


def _main_list_level(rows: Sequence[Row]) -> int:
    """Return how deep most automatic numbers stand: deeper ones count lists in a paragraph."""
    levels = Counter(
        row.list_level
        for row in rows
        if row.list_level is not None
        and (number := _paragraph_number(row)) is not None
        and len(number.value) == 1
    )
    return max(levels, key=lambda level: (levels[level], -level), default=0)


def choose_starts(starts: Sequence[Start], rows: Sequence[Row]) -> list[Start]:
    """Return those of `starts` that begin numbered paragraphs, in order.

    The numbers rise by one, also in parts (3, 3.1, 3.2, 4); where the source leaves numbers out,
    uses one twice or puts one at another place, the rest still counts. Of equally likely lines
    the earlier one is taken. Empty where nothing is numbered.
    """
    best = _best_sequence(starts, rows)
    chosen: list[Start] = []
    while best is not None:
        chosen.append(best.start)
        best = best.before
    chosen.reverse()
    return _with_irregular(chosen, starts, rows)


def _best_sequence(starts: Sequence[Start], rows: Sequence[Row]) -> _Link | None:
    exact: dict[tuple[int, ...], _Link] = {}
    # Under 3 also what ends with 3.1 or 3.2.4: 4 can follow each of them.
    under: dict[tuple[int, ...], _Link] = {}
    # The best sequence of each number of parts, which any higher number can follow.
    best_of_depth: dict[int, _Link] = {}
    best: _Link | None = None
    for start in starts:
        value = start.number.value
        before, total = None, 0.0 if set(value) == {1} else -_LATE_START_COST
        is_restart = False
        for link, cost in _links_before(value, exact, under):
            if link is None:
                continue
            if not _may_share_list(link.start, start):
                cost += _OTHER_LIST_COST
            if link.total - cost > total:
                before, total = link, link.total - cost
        if (
            (leapt := best_of_depth.get(len(value))) is not None
            and leapt.start.number.value < value
            and start.score >= _OPENING_SCORE
            and leapt.total - _LEAP_COST > total
        ):
            before, total = leapt, leapt.total - _LEAP_COST
        if (
            best is not None
            and set(value) == {1}
            and best.total - _restart_cost(best) > total
            and start.index > 0
            and looks_like_heading(rows, start.index - 1, start.index)
        ):
            before, total, is_restart = best, best.total - _restart_cost(best), True
        has_restarted = is_restart or (before is not None and before.has_restarted)
        link = _Link(total + start.score, start, before, has_restarted)
        if value not in exact or link.total > exact[value].total:
            exact[value] = link
        for length in range(1, len(value) + 1):
            held = under.get(value[:length])
            if held is None or link.total > held.total:
                under[value[:length]] = link
        held = best_of_depth.get(len(value))
        if held is None or link.total > held.total:
            best_of_depth[len(value)] = link
        if best is None or link.total > best.total:
            best = link
    return best if best is not None and best.total > 0 else None


def _restart_cost(link: _Link) -> float:
    return _LATER_RESTART_COST if link.has_restarted else _RESTART_COST


def _may_share_list(start: Start, other: Start) -> bool:
    return None in (start.list_name, other.list_name) or start.list_name == other.list_name


def _links_before(
    value: tuple[int, ...],
    exact: dict[tuple[int, ...], _Link],
    under: dict[tuple[int, ...], _Link],
) -> list[tuple[_Link | None, float]]:
    """Return what may stand before a number, each with what the step costs."""
    parent, last = value[:-1], value[-1]
    links = [(under.get((*parent, last - 1)), 0.0)]
    if parent and last == 1:
        links.append((exact.get(parent), 0.0))
        links.append((under.get((*parent[:-1], parent[-1] - 1)), 0.0))
    links.extend(
        (under.get((*parent, last - 1 - missing)), _GAP_COST + _MISSING_COST * missing)
        for missing in range(1, min(_MOST_MISSING, last - 2) + 1)
    )
    return links


def _with_irregular(
    chosen: Sequence[Start], starts: Sequence[Start], rows: Sequence[Row]
) -> list[Start]:
    """Add the paragraphs whose numbers do not go on from those above.

    They bear the number of a neighbour, one that is missing elsewhere, or over a gap any near
    one. Behind the last one, a single number in a block of its own may lie far above it.
    """
    merged: list[Start] = []
    position = 0
    values = {start.number.value for start in chosen}
    for start, following in pairwise([*chosen, None]):
        assert start is not None
        merged.append(start)
        while position < len(starts) and starts[position].index <= start.index:
            position += 1
        between: list[Start] = []
        while position < len(starts) and (
            following is None or starts[position].index < following.index
        ):
            between.append(starts[position])
            position += 1
        if following is None and len(between) == 1 and _is_late_last(start, between[0], rows):
            merged.append(between[0])
        # Clauses 1, 2, 3 inside a paragraph are its own, whatever number it bears.
        elif not _rises(between):
            merged.extend(
                replace(other, is_in_order=False)
                for other in between
                if _begins_sentence(other, rows)
                and _may_share_list(start, other)
                and _is_irregular(other, start, following, values)
            )
    return merged


def _begins_sentence(start: Start, rows: Sequence[Row]) -> bool:
    """Say whether the number opens a block and no small letter follows it."""
    text = rows[start.index].text[start.number.length :]
    return start.score >= _OPENING_SCORE and not text[:1].islower()


def _rises(starts: Sequence[Start]) -> bool:
    """Say whether one of the numbers stands somewhere above the one that follows it."""
    above: set[tuple[int, ...]] = set()
    for start in starts:
        *parent, last = start.number.value
        if (*parent, last - 1) in above:
            return True
        above.add(start.number.value)
    return False


def _is_irregular(
    other: Start, above: Start, below: Start | None, chosen: Collection[tuple[int, ...]]
) -> bool:
    """Say whether a number between two neighbours of the sequence can be a paragraph's."""
    value, here = other.number.value, above.number.value
    there = below.number.value if below is not None else here
    if value in (here, there):
        return True
    if not len(value) == len(here) == len(there) or abs(value[-1] - here[-1]) >= _MOST_MISSING:
        return False
    is_over_gap = there[-1] - here[-1] > 1
    # Of 6 and 5 at the end only 5 is in the sequence.
    goes_on = (*value[:-1], value[-1] - 1) in (here, there)
    is_between = min(chosen) < value < max(chosen)
    return is_over_gap or (value not in chosen and (goes_on or is_between))


def _is_late_last(last: Start, other: Start, rows: Sequence[Row]) -> bool:
    """Say whether a number far above the last one begins the last paragraph, and is no year."""
    value, below = other.number.value, last.number.value
    return (
        rows[other.index].is_parted
        and _begins_sentence(other, rows)
        and _may_share_list(last, other)
        and len(value) == len(below)
        and below < value
        and value[-1] not in _YEARS
    )
