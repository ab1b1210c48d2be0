"""Take from the lines of a PDF file what repeats on its pages: running headers and footers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.furniture import is_job_number
from ingest.readers.pdf_lines import TextLine

# Rows from the head or foot of a page in which running headers and footers stand.
_DEEPEST_ROW = 4
# Pages on which a header or footer repeats, where the document has enough of them.
_LEAST_PAGES = 3
# Points by which the same header may move from page to page.
_PLACE_TOLERANCE = 3.0
_INTEGER = re.compile(r"\d{1,5}")
_ROMAN = re.compile(r"[ivxlcIVXLC]+")
# The key of a row with nothing but the number of its page, also of how many there are.
_PAGE_NUMBER = re.compile(r"<0>(?:/\d{1,5})?")
_Row = tuple[TextLine, ...]


def split_furniture(
    lines: Sequence[TextLine],
) -> tuple[list[TextLine], list[TextLine]]:
    """Return the lines without running headers and footers, and these.

    A row at the head or foot of a page is furniture where the same words stand at the same
    height of another page; one of its numbers may count the pages, and in a row without words
    one has to. A row with nothing but the number of its page or a job number need not repeat.
    Only rows with nothing but furniture outside them count, and the head of the first page stays,
    because the document is named there.
    """
    edges: dict[tuple[int, bool], list[_Row]] = {}
    by_page: defaultdict[int, list[TextLine]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    for page, members in by_page.items():
        rows = list(_rows(members))
        edges[page, True] = rows[:_DEEPEST_ROW] if page > 1 else []
        edges[page, False] = rows[::-1][:_DEEPEST_ROW]
    places: defaultdict[tuple[bool, str], list[float]] = defaultdict(list)
    for (_, is_head), edge in edges.items():
        for row in edge:
            for key in _keys(row):
                places[is_head, key].append(row[0].baseline)
    least = min(_LEAST_PAGES, max(2, len(by_page) // 3))
    furniture: list[TextLine] = []
    for (_, is_head), edge in edges.items():
        for row in edge:
            text = " ".join(" ".join(line.text.split()) for line in row)
            if not is_job_number(text) and not any(
                _PAGE_NUMBER.fullmatch(key)
                or sum(
                    abs(height - row[0].baseline) <= _PLACE_TOLERANCE
                    for height in places[is_head, key]
                )
                >= least
                for key in _keys(row)
            ):
                break
            furniture.extend(row)
    taken = set(map(id, furniture))
    return [line for line in lines if id(line) not in taken], furniture


def _rows(lines: Sequence[TextLine]) -> Iterator[_Row]:
    """Yield the lines of a page that stand side by side, from the head to the foot."""
    row: list[TextLine] = []
    for line in sorted(lines, key=lambda one: (round(one.baseline), one.left)):
        if row and line.baseline - row[0].baseline > _PLACE_TOLERANCE:
            yield tuple(row)
            row = []
        row.append(line)
    if row:
        yield tuple(row)


def _keys(row: _Row) -> set[str]:
    """Return what a row has to share with one of another page: its words, or the page it counts.

    Left and right pages have them in another order.
    """
    words = sorted(word for line in row for word in line.text.split())
    text = " ".join(words)
    if _ROMAN.fullmatch(text):
        return {"roman"}
    keys = {
        " ".join(sorted((*words[:place], _counted(found, row[0].page), *words[place + 1 :])))
        for place, word in enumerate(words)
        for found in _INTEGER.finditer(word)
    }
    if any(character.isalpha() for character in text):
        keys.add(text)
    return keys


def _counted(number: re.Match[str], page: int) -> str:
    """Return the word that holds the number, counted from its page."""
    before, after = number.string[: number.start()], number.string[number.end() :]
    return f"{before}<{int(number.group()) - page}>{after}"
