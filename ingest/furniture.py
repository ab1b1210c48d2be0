"""Take from the lines what belongs to the page and not to the text.

Running headers and footers, page numbers and footnotes are told by their shape, their place and
their repetition, never by the words of one report.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.numbering import is_power_of_unit, raised, read_item_mark, read_number
from ingest.report import Line, Span

# A document symbol of the United Nations: capitals, then at least two parts behind slashes, one
# of them with a digit, such as A/67/305/Add.1 or E/CN.15/2013/2.
SYMBOL = r"[A-Z]{1,8}(?:\.\d{1,3})?(?=[A-Z0-9./-]*/[A-Z.-]*\d)(?:/[A-Za-z0-9.-]*[A-Za-z0-9]){2,7}"

_INVISIBLE_EDGE = (
    "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1a"
)
# A stop ends a sentence also before closing quotes and a note's mark, but not in `L.2` or `12.5`.
# Arabic and German quotations close with the mark that opens English ones.
STOP_TAIL = r"[\"'“”’»」』)）\]】\s]*[*⁰¹²³⁴-⁹]{0,3}$|(?:[^\W\d_]{2}\.|[。；])\d{1,3}$"
_STOP = re.compile(r"[.．。!！?？:：;；…؟؛۔]" + STOP_TAIL)
_FULL_STOP = re.compile(r"[.．。!！?？…؟۔]" + STOP_TAIL)
_JOB_NUMBER = re.compile(
    r"(?:(?P<before>\d{1,4})(?:/\d{1,4})?\s+)?(?:[A-Z]{1,4}\.)?\d{2}-\d{5,6}(?!\d)\s*(?:\([A-Z]\)|\*)?"
    r"(?:\s+(?P<after>\d{1,4})(?:/\d{1,4})?)?(?:\s+\d{6})*(?:\s+\*\d{6,8}\*)?|\*\d{6,8}\*"
)
_SYMBOL_LINE = re.compile(
    rf"(?:(?P<before>\d{{1,4}})\s+)?(?P<symbol>{SYMBOL})\*?(?:\s+(?P<after>\d{{1,4}}))?"
)
_PAGE_LINE = re.compile(
    r"(?:page|página|pág\.|стр\.|страница|صفحة|الصفحة)\s*(?P<before>\d{1,4})(?:\s*(?:/|of|de|sur|из|من)\s*\d{1,4})?"
    r"|第\s*(?P<han>\d{1,4})\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|[-–—]\s*(?P<after>\d{1,4})\s*[-–—]",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"(?P<before>\d{1,4})(?:\s?/\s?\d{1,4})?")
_RULE = re.compile(r"[_―─━—–-]{5,}")
_NOTES_HEADING = re.compile(
    r"(?:end|foot)?notes|notas|сноски|примечания|(?:注|注释|脚注|尾注)|الحواشي", re.IGNORECASE
)
_NOTE = re.compile(
    r"[\[［(（]?(?P<label>\*{1,4}|†|‡|[¹²³⁰⁴-⁹]{1,3}|[①-⑳]|\d{1,3}(?=\s|[.)]\s|[^\d\s.,%/-])"
    r"|[a-z](?=\s))[\]］）.)]?\s*(?=\S)"
)
# Characters of the longest line made of page numbers, job numbers and symbols.
_LONGEST_FURNITURE = 60
# Bare numbers count as page numbers only when they rise by one with a page's lines between them.
_LEAST_ROWS_OF_PAGE = 15
# Above this many columns a typical line is not wrapped: it is a whole paragraph.
_UNWRAPPED_WIDTH = 180
# A line below this share of a full line ends its block.
_SHORT_SHARE = 0.7
_LONGEST_RUNNING_TITLE = 120
# Columns; what is wider is a paragraph, whatever its form.
WIDEST_HEADING = 240
# In double-spaced text at least this share of the lines goes on below an empty line.
_LEAST_WRAPPED_SHARE = 0.15
# Where blocks are lines, at least this share of them is cut in mid-sentence.
_LEAST_CUT_SHARE = 0.2
# A running header that is not known by its shape stands on at least so many pages.
_LEAST_REPEATS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line with something on it.

    Attributes:
        text: without white space and direction marks at its ends.
        source: where that text stands in the source.
        indent: columns of white space in front of it.
        blank_count: empty lines right above it, but for the one between any two lines where
            blocks stand further apart.
        page: the page it stands on, where that is certain.
        is_short: whether it is clearly shorter than a full line, so that a block ends with it.
        is_parted: whether an empty line above it, or the way the file is written, says that it
            begins a block; empty lines at page breaks and in double-spaced text say nothing.
        opens_block: whether it may begin a block: it is parted, or what stands above is short or
            ends a sentence.
        heading_level: as the format marks it, see `ingest.report.Line`; None also for a whole
            numbered sentence in the form of a heading.
        list_level: see `ingest.report.Line`.
        list_name: likewise.
        is_table_row: whether it is the row of a table that stands in the opening, such as the
            masthead, which neither a number nor a heading begins.
    """

    text: str
    source: Span
    indent: int
    blank_count: int
    page: int | None
    is_short: bool = False
    is_parted: bool = False
    opens_block: bool = True
    heading_level: int | None = None
    list_level: int | None = None
    list_name: str | None = None
    is_table_row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote: its own mark (``1``, ``*``), its rows and where in the source it is called.

    The first row begins with `mark_length` code points of the mark, none where the format keeps
    the mark apart.
    """

    mark: str
    mark_length: int
    rows: tuple[Row, ...]
    called_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that the format marks: its caption, empty where it has none, and its rows."""

    caption: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The lines of a report, sorted.

    Attributes:
        rows: the running text, in order.
        notes: footnotes and endnotes, in order.
        tables: in order, those above the first number apart: such as the masthead or the table
            of contents, they are running text.
        furniture: running headers and footers, in order.
    """

    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    tables: tuple[Table, ...]
    furniture: tuple[str, ...]


def ends_sentence(text: str) -> bool:
    """Say whether `text` ends with a full stop, colon, semicolon, question or exclamation mark."""
    return _STOP.search(text[-12:]) is not None


def ends_with_full_stop(text: str) -> bool:
    """Say whether `text` ends with a full stop, a question or exclamation mark."""
    return _FULL_STOP.search(text[-12:]) is not None


def is_job_number(text: str) -> bool:
    """Say whether the line is a job number, with nothing else but page numbers and a bar code."""
    return _JOB_NUMBER.fullmatch(text) is not None


def width_of(text: str) -> int:
    """Return the columns that `text` takes; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text)


def read_body(lines: Sequence[Line]) -> Body:
    """Sort the lines into running text, footnotes and furniture, and find the certain pages."""
    opening_end = _opening_end(lines)
    rows = list(
        _rows(
            [
                line
                for index, line in enumerate(lines)
                if line.note is None and (line.table is None or index < opening_end)
            ]
        )
    )
    widths = sorted(width_of(row.text) for row in rows)
    width = widths[len(widths) * 9 // 10] if widths else 0
    is_double_spaced = _is_double_spaced(rows, width)
    if is_double_spaced and _has_wider_gaps(rows):
        rows = [replace(row, blank_count=max(0, row.blank_count - 1)) for row in rows]
        is_double_spaced = False
    blocks_are_lines = _blocks_are_lines(rows, width)
    # Where the format parts most lines, the others go on with the line above.
    has_blocks = 2 * sum(row.is_parted for row in rows) > len(rows)
    furniture = _find_furniture(rows)
    notes = _find_notes(rows, furniture, is_double_spaced=is_double_spaced)
    taken = set(furniture)
    for first, note in notes:
        taken.update(range(first, first + len(note.rows)))
    pages = _find_pages(rows, furniture, notes, taken)
    printed = {
        marked: page for index, page in pages.items() if (marked := rows[index].page) is not None
    }
    kept: list[Row] = []
    for index, row in enumerate(rows):
        if index in taken:
            continue
        above = kept[-1] if kept else None
        after_break = index > 0 and (index - 1 in taken or row.page != rows[index - 1].page)
        is_parted = (
            above is None
            or (row.is_parted and not blocks_are_lines)
            or (width > _UNWRAPPED_WIDTH and not has_blocks)
            or (row.blank_count > 0 and not after_break and not is_double_spaced)
        )
        kept.append(
            replace(
                row,
                page=pages.get(index),
                is_short=width <= _UNWRAPPED_WIDTH and width_of(row.text) < _SHORT_SHARE * width,
                is_parted=is_parted,
                opens_block=is_parted
                or above is None
                or above.is_short
                or ends_sentence(above.text),
            )
        )
    return Body(
        rows=tuple(kept),
        notes=(
            *(
                replace(
                    note,
                    rows=tuple(replace(row, page=pages.get(first)) for row in note.rows),
                    called_at=_typed_call(note.mark, kept),
                )
                for first, note in notes
            ),
            *(
                note
                if note.called_at is not None
                else replace(note, called_at=_typed_call(note.mark, kept))
                for note in _marked_notes(lines, printed)
            ),
        ),
        tables=tuple(_marked_tables(lines[opening_end:], printed)),
        furniture=tuple(rows[index].text for index in sorted(furniture)),
    )


def _rows(lines: Sequence[Line]) -> Iterator[Row]:
    blank_count = 0
    for line in lines:
        text = line.text.strip().strip(_INVISIBLE_EDGE).strip()
        if not text:
            blank_count += 1
            continue
        offset = line.text.index(text)
        yield Row(
            text=text,
            source=Span(
                start=line.source.start + offset, end=line.source.start + offset + len(text)
            ),
            indent=width_of(line.text[:offset].expandtabs()),
            blank_count=blank_count,
            page=line.page,
            is_parted=line.starts_block,
            heading_level=line.heading_level if _is_heading(line, text) else None,
            list_level=line.list_level,
            list_name=line.list_name,
            is_table_row=line.table is not None,
        )
        blank_count = 0


def _is_heading(line: Line, text: str) -> bool:
    """Say whether a line that is marked as a heading is one, and no numbered paragraph."""
    return line.table is None and not (
        width_of(text) > WIDEST_HEADING
        or (ends_with_full_stop(text) and read_number(text) is not None)
    )


def _opening_end(lines: Sequence[Line]) -> int:
    """Return the first line that the number 1 begins, 0 where none does."""
    for index, line in enumerate(lines):
        if line.table is None and line.note is None and line.heading_level is None:
            number = read_number(line.text.strip())
            if number is not None and set(number.value) == {1}:
                return index
    return 0


def _marked_notes(lines: Sequence[Line], printed: Mapping[int, int]) -> Iterator[Note]:
    """Yield the footnotes that the format marks; `printed` tells the pages' own numbers."""
    groups: list[tuple[str, list[Line]]] = []
    for line in lines:
        if line.note is not None:
            if line.starts_block or not groups or groups[-1][0] != line.note:
                groups.append((line.note, []))
            groups[-1][1].append(line)
    for mark, group in groups:
        rows = [_on_printed_page(row, printed) for row in _rows(group)]
        if rows:
            yield Note(mark=mark, mark_length=0, rows=tuple(rows), called_at=group[0].called_at)


def _on_printed_page(row: Row, printed: Mapping[int, int]) -> Row:
    return row if row.page is None else replace(row, page=printed.get(row.page, row.page))


def _marked_tables(lines: Sequence[Line], printed: Mapping[int, int]) -> Iterator[Table]:
    """Yield the tables that the format marks, likewise."""
    marked = (line for line in lines if line.table is not None)
    for _, group in itertools.groupby(marked, key=lambda line: line.table):
        table = list(group)
        rows = _rows([line for line in table if line.heading_level is None])
        yield Table(
            caption=" ".join(line.text for line in table if line.heading_level is not None),
            rows=tuple(_on_printed_page(row, printed) for row in rows),
        )


def _is_double_spaced(rows: Sequence[Row], width: int) -> bool:
    """Full lines in mid-sentence tell: is an empty line under most of them, and are they many?"""
    below = [
        after.blank_count > 0
        for before, after in itertools.pairwise(rows)
        if not ends_sentence(before.text)
        and width_of(before.text) >= 0.8 * width
        and read_number(after.text) is None
        and read_item_mark(after.text) is None
    ]
    return sum(below) > max(2, len(below) / 2, _LEAST_WRAPPED_SHARE * len(rows))


def _has_wider_gaps(rows: Sequence[Row]) -> bool:
    """Say whether more than one empty line stands above most paragraphs."""
    wide = [
        after.blank_count > 1
        for before, after in itertools.pairwise(rows)
        if ends_sentence(before.text) and read_number(after.text) is not None
    ]
    return 2 * sum(wide) > len(wide)


def _blocks_are_lines(rows: Sequence[Row], width: int) -> bool:
    """Say whether what the format calls blocks are printed lines, as in a converted PDF.

    Then many full lines end in mid-sentence, and the next block goes on with the sentence.
    """
    if width > _UNWRAPPED_WIDTH:
        return False
    cut = sum(
        after.is_parted
        and before.heading_level is None
        and after.heading_level is None
        and after.list_level is None
        and not ends_sentence(before.text)
        and width_of(before.text) >= 0.8 * width
        and read_number(after.text) is None
        and read_item_mark(after.text) is None
        for before, after in itertools.pairwise(rows)
    )
    return cut > max(2, _LEAST_CUT_SHARE * len(rows))


def _find_furniture(rows: Sequence[Row]) -> dict[int, int | None]:
    """Return the rows that are page furniture, each with the page number it prints, if any."""
    found: dict[int, int | None] = {}
    symbols: dict[int, re.Match[str]] = {}
    numbers: dict[int, int] = {}
    for index, row in enumerate(rows):
        text = " ".join(row.text.split())
        if len(text) > _LONGEST_FURNITURE:
            continue
        job = _JOB_NUMBER.fullmatch(text) or _PAGE_LINE.fullmatch(text)
        if job is not None:
            groups = [value for value in job.groups() if value]
            found[index] = int(groups[0]) if groups else None
        elif symbol := _SYMBOL_LINE.fullmatch(text):
            symbols[index] = symbol
        elif number := _BARE_NUMBER.fullmatch(text):
            numbers[index] = int(number["before"])
    repeats = Counter(symbol["symbol"] for symbol in symbols.values())
    for index, symbol in symbols.items():
        if repeats[symbol["symbol"]] > 1 or _is_at_break(rows, index, found):
            printed = symbol["before"] or symbol["after"]
            found[index] = int(printed) if printed else None
    previous: tuple[int, int] | None = None
    for index, value in numbers.items():
        if _is_at_break(rows, index, found):
            found[index] = value
        if previous is not None and value == previous[1] + 1:
            if index - previous[0] >= _LEAST_ROWS_OF_PAGE:
                found[previous[0]], found[index] = previous[1], value
            previous = (index, value)
        elif previous is None or value < previous[1] or previous[0] not in found:
            previous = (index, value)
    # Running titles: the same words, numbers apart, at one break after another.
    for _ in range(2):
        at_break = [
            index
            for index, row in enumerate(rows)
            if index not in found
            and len(row.text) <= _LONGEST_RUNNING_TITLE
            and _is_at_break(rows, index, found)
            and read_number(row.text) is None
            and not ends_sentence(row.text)
        ]
        masks = {index: re.sub(r"\d+", "0", rows[index].text) for index in at_break}
        counts = Counter(masks.values())
        found.update({i: None for i in at_break if counts[masks[i]] >= _LEAST_REPEATS})
    return found


def _is_at_break(rows: Sequence[Row], index: int, furniture: Mapping[int, int | None]) -> bool:
    """Say whether the row stands next to furniture or a page break."""
    neighbours = [near for near in (index - 1, index + 1) if 0 <= near < len(rows)]
    return any(near in furniture or rows[near].page != rows[index].page for near in neighbours)


def _find_notes(
    rows: Sequence[Row], furniture: dict[int, int | None], *, is_double_spaced: bool
) -> list[tuple[int, Note]]:
    """Return the footnotes with the index of their first row; the rules above join `furniture`.

    Footnotes stand under a rule, endnotes under a heading that says so. They end at the foot of
    the page, or where a finished note is followed by something that is no next note.
    """
    notes: list[tuple[int, Note]] = []
    for rule, row in enumerate(rows):
        is_rule = _RULE.fullmatch(row.text) is not None
        if not is_rule and not _NOTES_HEADING.fullmatch(row.text):
            if rule not in furniture and _is_star_note(rows, rule, furniture):
                length = len(row.text) - len(row.text.lstrip("* "))
                notes.append((rule, Note(mark="*", mark_length=length, rows=(row,))))
            continue
        first = rule + 1
        mark = _NOTE.match(rows[first].text) if first < len(rows) else None
        if is_rule or (mark is not None and _note_value(mark["label"]) == 1):
            furniture[rule] = None
        if mark is None or rule not in furniture:
            continue
        index = first + 1
        while index <= len(rows):
            following = _next_note(rows, index, furniture, mark, is_double_spaced=is_double_spaced)
            if following is mark:
                index += 1
                continue
            notes.append(
                (
                    first,
                    Note(
                        mark=_note_label(mark["label"]),
                        mark_length=mark.end(),
                        rows=tuple(rows[first:index]),
                    ),
                )
            )
            if following is None:
                break
            first, mark, index = index, following, index + 1
    return notes


def _is_star_note(rows: Sequence[Row], index: int, furniture: Mapping[int, int | None]) -> bool:
    """Say whether the row is the note of a title, which can stand without a rule above it."""
    return (
        re.match(r"\*+\s*\w", rows[index].text) is not None
        and index > 0
        and ends_sentence(rows[index - 1].text)
        and (
            index + 1 in furniture
            or (index + 1 < len(rows) and rows[index + 1].page != rows[index].page)
        )
    )


def _next_note(
    rows: Sequence[Row],
    index: int,
    furniture: Mapping[int, int | None],
    mark: re.Match[str],
    *,
    is_double_spaced: bool,
) -> re.Match[str] | None:
    """Return `mark` where the row goes on with its note, the next note's mark, or None."""
    if index == len(rows) or index in furniture or rows[index].page != rows[index - 1].page:
        return None
    row, previous = rows[index], rows[index - 1]
    found = _NOTE.match(row.text)
    if found is not None and _follows(mark["label"], found["label"]):
        return found
    number = read_number(row.text)
    if number is not None and ends_sentence(previous.text):
        return None
    if row.blank_count and (ends_sentence(previous.text) or not is_double_spaced):
        return None
    if is_double_spaced and ends_sentence(previous.text):
        return None
    return mark


def _note_label(label: str) -> str:
    """Return the note's mark with its number, raised, circled or Arabic, in digits 0-9."""
    plain = unicodedata.normalize("NFKC", label)
    return str(int(plain)) if plain.isdecimal() else label


def _note_value(label: str) -> int:
    """Return the number of a note; stars and letters count too, so that `**` follows `*`."""
    plain = unicodedata.normalize("NFKC", label)
    if plain.isdecimal():
        return int(plain)
    return len(plain) if not plain.isalpha() else ord(plain) - ord("a") + 1


def _typed_call(mark: str, rows: Sequence[Row]) -> int | None:
    """Return the one place in the source where the text calls a note: ``¹``, ``[1]`` or ``*``.

    None where it has none such or several.
    """
    number = re.escape(raised(mark))
    call = re.compile(
        rf"(?<=[^\s⁰¹²³⁴-⁹])(?:{number}(?![⁰¹²³⁴-⁹])|\s?\[{mark}\])"
        if mark.isdecimal()
        else rf"(?<=[^\s*]){re.escape(mark)}(?!\*)"
    )
    places = [
        row.source.start + found.start()
        for row in rows
        for found in call.finditer(row.text)
        if not is_power_of_unit(row.text[: found.start()], mark)
    ]
    return places[0] if len(places) == 1 else None


def _follows(label: str, following: str) -> bool:
    if label[0] == "*" and following[0] != "*":
        return True
    same_kind = label[0].isalnum() == following[0].isalnum()
    return same_kind and _note_value(following) == _note_value(label) + 1


def _find_pages(
    rows: Sequence[Row],
    furniture: Mapping[int, int | None],
    notes: Sequence[tuple[int, Note]],
    taken: set[int],
) -> dict[int, int]:
    """Return the page of every row for which the source leaves no doubt.

    Form feeds part the pages; printed numbers then only tell where counting begins. Without form
    feeds a printed number can be the foot of the page above or the head of the page below, and
    only the ends of the document tell which; where they do not, no page is known.
    """
    marks = [(index, number) for index, number in sorted(furniture.items()) if number is not None]
    if any(row.page is not None for row in rows):
        shifts = Counter(number - (rows[index].page or 0) for index, number in marks)
        shift, count = shifts.most_common(1)[0] if shifts else (0, 0)
        shift = shift if count >= 2 and count >= 0.8 * len(marks) else 0
        return {index: row.page + shift for index, row in enumerate(rows) if row.page is not None}
    # One break can print its number twice, at the foot and at the head.
    marks = [
        mark for number, mark in enumerate(marks) if number == 0 or mark[1] != marks[number - 1][1]
    ]
    content = [index for index in range(len(rows)) if index not in taken]
    if (
        not marks
        or not content
        or any(after[1] != before[1] + 1 for before, after in itertools.pairwise(marks))
    ):
        return {}
    (first, first_number), (last, _) = marks[0], marks[-1]
    if first < content[0]:
        below = 0
    elif last > content[-1] or first_number == 1:
        below = 1
    elif first_number == 2 and _closes_title_page(rows, first, furniture, notes):
        below = 0
    else:
        return {}
    # Text under a mark is on its page (`below` 0) or on the next one (`below` 1).
    pages: dict[int, int] = {}
    if first_number + below == 2:
        pages.update(dict.fromkeys(range(first), 1))
    bounds = [*(mark for mark, _ in marks), len(rows)]
    lengths: list[int] = []
    for (mark, number), end in zip(marks, bounds[1:], strict=True):
        if end == len(rows):
            # Further breaks may have left no mark: past the length of a page nothing is certain,
            # and where no full page is known, only what begins right under the mark is.
            end = min(end, mark + max(lengths, default=0) + 1)
            opening = next(
                (index for index in content if index > mark and read_number(rows[index].text)), mark
            )
            end = max(end, opening + 1 if opening - mark <= 10 else mark)
        lengths.append(end - mark)
        pages.update(dict.fromkeys(range(mark, end), number + below))
    return pages


def _closes_title_page(
    rows: Sequence[Row],
    mark: int,
    furniture: Mapping[int, int | None],
    notes: Sequence[tuple[int, Note]],
) -> bool:
    """Say whether the foot of the title page stands right above the mark.

    The note with a star belongs to the title or the agenda item and stands at the foot of page 1,
    which prints no number; a 2 that follows it at once is the number of the page that begins.
    """
    while mark - 1 in furniture:
        mark -= 1
    above = [note for first, note in notes if first + len(note.rows) == mark]
    return bool(above) and all(note.mark[0] == "*" for note in above)
