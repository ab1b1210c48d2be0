"""What stands on the pages of a PDF file: characters and ruling lines with their places.

This module owns pypdfium2. Everything it hands on is upright, as the text of the page runs:
points from the left and from the top of the page, whatever way the page is turned.
"""

import ctypes
import itertools
import math
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.errors import DocumentError
from ingest.formats import has_pdf_header
from ingest.limits import Limits
from ingest.readers.pdf_integrity import has_broken_stream, has_broken_table, is_complete

if TYPE_CHECKING:
    import pypdfium2

# A page with more than this is a drawing or a trap, not a page of a report.
MOST_CHARACTERS_OF_PAGE = 50_000
# Lines of a drawing are no table; past so many of them the rest of the page's is left alone.
_MOST_PATHS = 5000
# Points; a filled shape thinner than this is a line.
_THICKEST_RULE = 2.5
# Forms inside forms; deeper ones are a trap.
_DEEPEST_FORM = 8
# Points; smaller type is not for reading.
_SMALLEST_TYPE = 0.5
# Quarter turns; text that stands more askew is a stamp or a watermark.
_MOST_SKEW = 0.02
# Characters in which fonts without a mapping to Unicode come out.
_BAD_CATEGORIES = {"Cc", "Co", "Cn", "Cs"}
_LIGATURES = re.compile(r"[\u2e80-\u2fdf\ufb00-\ufdff\ufe70-\ufefc]")
# Shares of the type size.
_LEAST_RISE = 0.2
_FIGURE_HEIGHT = 0.7
_LETTER_WIDTH = 0.3
_ALEF_LAM = re.compile("[اأإآ]ل")

# pdfium may be used by one thread at a time.
_PDFIUM = threading.Lock()

# a, b, c, d, e, f of PDF 32000-1, 8.3.3: x' = a x + c y + e, y' = b x + d y + f.
_Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is drawn as one.

    Attributes:
        text: a character, or the letters of a ligature; a space for every kind of white space.
        left: points from the left of the page.
        right: likewise.
        baseline: points from the top of the page.
        size: the height of its type in points.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, horizontal or vertical, in points from the left and top of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it is wider than high."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, upright.

    Attributes:
        number: from 1.
        glyphs: in the order in which they are drawn.
        rules: horizontal and vertical lines.
        garbled_count: characters that no font maps to Unicode.
        turned_count: characters that run another way than most and are left out.
    """

    number: int
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    garbled_count: int
    turned_count: int


class PdfFile:
    """An open PDF file; `open_pdf` opens and closes it."""

    def __init__(self, document: "pypdfium2.PdfDocument") -> None:
        self._document = document

    def pages(self) -> Iterator[Page]:
        """Yield the pages in order, each one read when it is asked for.

        Raises:
            DocumentError: a page is damaged or holds too much.
        """
        for number in range(1, len(self._document) + 1):
            yield _read_page(self._document, number)


@contextmanager
def open_pdf(data: bytes, *, limits: Limits) -> Iterator[PdfFile]:
    """Open a PDF file for the block; one file at a time, a second thread waits.

    Raises:
        DocumentError: no PDF file, encrypted, truncated, damaged, or of too many pages.
    """
    with _PDFIUM:
        document = _open(data, limits)
        try:
            yield PdfFile(document)
        finally:
            document.close()


def _open(data: bytes, limits: Limits) -> "pypdfium2.PdfDocument":
    import pypdfium2
    import pypdfium2.raw as pdfium

    if not has_pdf_header(data):
        raise DocumentError("found no PDF header, expected a PDF file; check the file")
    if not is_complete(data):
        raise DocumentError(
            "found a truncated PDF file, expected its end-of-file mark; get a complete copy"
        )
    is_broken = has_broken_table(data) or has_broken_stream(data, limits=limits)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentError(
                "found a PDF file encrypted with a password, expected one that opens without; "
                "remove the password"
            ) from error
        raise DocumentError(
            "found a damaged PDF file, expected one that opens; get another copy"
        ) from error
    # pdfium mends what it can and goes on with the rest; a report is read whole or not at all.
    if is_broken or not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document.raw):
        document.close()
        raise DocumentError(
            "found a damaged PDF file, expected one whose every part can be read; get another copy"
        )
    if len(document) > limits.pages:
        count = len(document)
        document.close()
        raise DocumentError(
            f"found {count} pages, expected at most {limits.pages}; split the file or set a higher "
            "limit"
        )
    return document


def _read_page(document: "pypdfium2.PdfDocument", number: int) -> Page:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = document[number - 1]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise DocumentError(
            f"found a damaged page {number}, expected one that can be read; get another copy"
        ) from error
    try:
        count = text_page.count_chars()
        if count > MOST_CHARACTERS_OF_PAGE:
            raise DocumentError(
                f"found {count} characters on page {number}, expected at most "
                f"{MOST_CHARACTERS_OF_PAGE}; take the page out"
            )
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page.raw, bounds)
        characters, garbled_count = _read_characters(text_page.raw, count)
        turns = Counter(one.turn for one in characters)
        turn = turns.most_common(1)[0][0] if turns else 0
        upright = _Upright(turn, bounds.left, bounds.bottom, bounds.right, bounds.top)
        glyphs = [upright.glyph(one) for one in characters if one.turn == turn]
        return Page(
            number=number,
            glyphs=tuple(glyph for glyph in glyphs if upright.shows(glyph)),
            rules=tuple(upright.rule(*ends) for ends in _read_rules(page.raw)),
            garbled_count=garbled_count,
            turned_count=sum(turns.values()) - turns[turn],
        )
    finally:
        text_page.close()
        page.close()


@dataclass(frozen=True, slots=True)
class _Character:
    """A character in the page's own space; `turn` counts quarter turns, -1 stands for others."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    size: float
    turn: int


def _read_characters(text_page: object, count: int) -> tuple[list[_Character], int]:
    """Return the characters that are drawn, and how many others no font maps to Unicode."""
    import pypdfium2.raw as pdfium

    characters: list[_Character] = []
    garbled_count = 0
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    edges = [ctypes.c_double() for _ in range(4)]
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in (10, 13) or (code == 32 and pdfium.FPDFText_IsGenerated(text_page, index)):
            continue
        text = chr(code) if code <= 0x10FFFF else "\ufffd"
        if text == "\xad" or (code < 32 and pdfium.FPDFText_IsHyphen(text_page, index)):
            # What is drawn is a hyphen, whatever a font calls it.
            text = "-"
        elif text.isspace():
            text = " "
        elif (
            code in (0, 0xFFFD)
            or (unicodedata.category(text) in _BAD_CATEGORIES)
            or (code > 127 and pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1)
        ):
            garbled_count += 1
            continue
        elif _LIGATURES.match(text):
            text = unicodedata.normalize("NFKC", text)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        if text == " " and box.right <= box.left:
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        pdfium.FPDFText_GetMatrix(text_page, index, matrix)
        size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
        if size < _SMALLEST_TYPE:
            continue
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        turn = round(quarters)
        baseline = y.value
        if text.isdecimal() and turn == 0:
            # A font's own superior figures stand on the line by name, and above it by shape.
            pdfium.FPDFText_GetCharBox(text_page, index, *edges)
            _, _, bottom, top = (edge.value for edge in edges)
            if bottom - baseline > _LEAST_RISE * size:
                baseline, size = bottom, (top - bottom) / _FIGURE_HEIGHT
        characters.append(
            _Character(
                text=text,
                left=box.left,
                bottom=box.bottom,
                right=box.right,
                top=box.top,
                x=x.value,
                y=baseline,
                size=size,
                turn=turn % 4 if abs(quarters - turn) < _MOST_SKEW else -1,
            )
        )
    return _joined(characters), garbled_count


def _joined(characters: Sequence[_Character]) -> list[_Character]:
    """Return the characters with those that are drawn as one put together.

    A letter and its vowel sign can each be named by both; the sign is then left out.
    """
    places: dict[tuple[float, float, str], list[_Character]] = {}
    for one in characters:
        # A space that a font draws with no width stands where the next letter does.
        key = (one.x, one.y, one.text if one.text == " " else "")
        places.setdefault(key, []).append(one)
    joined: list[_Character] = []
    clusters: dict[str, _Character] = {}
    for one in map(_ligature, places.values()):
        if len(one.text) > 1 and unicodedata.category(one.text[-1]) == "Mn":
            same = clusters.get(one.text)
            if (
                same is not None
                and abs(one.y - same.y) < one.size
                and one.left < same.right
                and same.left < one.right
            ):
                continue
            clusters[one.text] = one
        joined.append(one)
    return joined


def _ligature(parts: Sequence[_Character]) -> _Character:
    """Return the letters drawn as one, in the order of reading.

    Files name those of an Arabic ligature in either order. None begins with a vowel sign, and
    lam and alef are joined in this order only. Letters with a vowel sign have the place of the
    sign alone, so that their width has to be guessed.
    """
    first = parts[0]
    if len(parts) == 1:
        return first
    text = "".join(one.text for one in sorted(parts, key=lambda one: one.left))
    if unicodedata.category(text[0]) == "Mn" or _ALEF_LAM.match(text):
        text = text[::-1]
    left, right = min(one.left for one in parts), max(one.right for one in parts)
    if unicodedata.category(text[-1]) == "Mn":
        letter_count = sum(character.isalpha() for character in text)
        left = min(left, first.x)
        right = max(right, left + _LETTER_WIDTH * letter_count * first.size)
    return replace(first, text=text, left=left, right=right)


class _Upright:
    """Turns a page's own space, from its lower left, so that its text runs from left to right."""

    def __init__(self, turn: int, left: float, bottom: float, right: float, top: float) -> None:
        self._turn = turn
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        width, height = right - left, top - bottom
        self.width, self.height = (height, width) if turn in (1, 3) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of a point from the left and top."""
        if self._turn == 1:
            return y - self._bottom, x - self._left
        if self._turn == 2:
            return self._right - x, y - self._bottom
        if self._turn == 3:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def glyph(self, one: _Character) -> Glyph:
        """Return the character in its upright place."""
        ends = self.point(one.left, one.bottom)[0], self.point(one.right, one.top)[0]
        return Glyph(one.text, min(ends), max(ends), self.point(one.x, one.y)[1], one.size)

    def shows(self, glyph: Glyph) -> bool:
        """Say whether the middle of the character stands on the page, so that it can be read."""
        middle = (glyph.left + glyph.right) / 2
        height = glyph.baseline - _FIGURE_HEIGHT / 2 * glyph.size
        return 0 <= middle <= self.width and 0 <= height <= self.height

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> Rule:
        """Return the line between two points."""
        (left, top), (right, bottom) = self.point(x1, y1), self.point(x2, y2)
        return Rule(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def _read_rules(page: object) -> list[tuple[float, float, float, float]]:
    """Return the ends of every straight line, x and y of one and of the other, in page space."""
    import pypdfium2.raw as pdfium

    found: list[tuple[float, float, float, float]] = []
    matrix = pdfium.FS_MATRIX()
    # Forms are drawings inside the page, each with a space of its own.
    pending: list[tuple[object, tuple[_Matrix, ...]]] = [
        (pdfium.FPDFPage_GetObject(page, index), ())
        for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_PATHS))
    ]
    while pending and len(found) < _MOST_PATHS:
        thing, outer = pending.pop()
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        pdfium.FPDFPageObj_GetMatrix(thing, matrix)
        own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        matrices = (own, *outer)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.extend(_path_rules(thing, matrices))
        elif len(matrices) <= _DEEPEST_FORM:
            pending.extend(
                (pdfium.FPDFFormObj_GetObject(thing, index), matrices)
                for index in range(min(pdfium.FPDFFormObj_CountObjects(thing), _MOST_PATHS))
            )
    return found


def _path_rules(
    path: object, matrices: tuple[_Matrix, ...]
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the straight lines of a path: strokes, and filled shapes thin enough to be one."""
    import pypdfium2.raw as pdfium

    fill_mode, is_stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill_mode, is_stroked)
    x, y = ctypes.c_float(), ctypes.c_float()
    shapes: list[list[tuple[float, float]]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_PATHS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        for a, b, c, d, e, f in matrices:
            point = (a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not shapes:
            shapes.append([])
        shapes[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            shapes[-1].append(shapes[-1][0])
    for shape in shapes:
        xs, ys = [point[0] for point in shape], [point[1] for point in shape]
        left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
        if right - left <= _THICKEST_RULE or top - bottom <= _THICKEST_RULE:
            middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
            if right - left > top - bottom:
                yield left, middle_y, right, middle_y
            else:
                yield middle_x, bottom, middle_x, top
        elif is_stroked.value:
            for (x1, y1), (x2, y2) in itertools.pairwise(shape):
                if min(abs(x2 - x1), abs(y2 - y1)) < 0.5:
                    yield x1, y1, x2, y2
