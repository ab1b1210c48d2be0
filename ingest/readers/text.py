"""Plain text: bytes to lines, without ever guessing an encoding into nonsense."""

import codecs
import re

from ingest.errors import DocumentError
from ingest.report import Line, Span

# What a file with the wrong suffix begins with, and what to call it.
_SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "a rich text file",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
}
# Control characters that text may hold: tab, the line and page breaks, and the end-of-file mark.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")
# A stray control character is an accident of extraction; more than one in 200 is not text.
_MOST_CONTROL_SHARE = 0.005
# GB18030 decodes nearly any bytes. Real Chinese text is made of the common characters and of
# Chinese punctuation; other encodings read as GB18030 come out as rare characters.
_LEAST_COMMON_SHARE = 0.85
_LINE_END = re.compile(r"\r\n|[\r\n\f\v\u2028\u2029]")


def decode(data: bytes) -> str:
    """Return the text of `data`, without a byte order mark.

    UTF-8 with or without byte order mark, UTF-16 with one, and GB18030 are understood. Line
    breaks stay as they are. Empty input gives empty text.

    Raises:
        DocumentError: the bytes are no text, or text in another encoding. The message does not
            name the file; whoever knows its name puts it in front.
    """
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise DocumentError(f"found {kind}, expected plain text; convert it first")
    text = _decoded(data)
    if text is None:
        raise DocumentError(
            "found an unknown encoding, expected UTF-8, UTF-16 with byte order mark or GB18030; "
            "save it as UTF-8"
        )
    control_count = sum(1 for _ in _CONTROL.finditer(text))
    if "\x00" in text or control_count > len(text) * _MOST_CONTROL_SHARE:
        raise DocumentError(
            f"found {control_count} control characters, expected text; check the file"
        )
    return text


def read_lines(text: str) -> list[Line]:
    """Return the lines of `text` in order, empty ones too.

    A line ends at CR LF, CR, LF, a form feed or a Unicode line separator. Where the text holds
    form feeds, each begins a new page, counted from 1; without any, no line has a page.
    """
    page = 1 if "\f" in text else None
    lines: list[Line] = []
    start = 0
    for end in _LINE_END.finditer(text):
        lines.append(_line(text, start, end.start(), page))
        start = end.end()
        if page is not None and end.group() == "\f":
            page += 1
    lines.append(_line(text, start, len(text), page))
    return lines


def _line(text: str, start: int, end: int, page: int | None) -> Line:
    return Line(text=text[start:end], source=Span(start=start, end=end), page=page)


def _decoded(data: bytes) -> str | None:
    """Return `data` as text, or None where no known encoding makes sense of it."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16")
    text = _strict(data, "utf-8-sig")
    if text is not None:
        return text
    text = _strict(data, "gb18030")
    return text if text is not None and _is_plausible_chinese(text) else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_plausible_chinese(text: str) -> bool:
    foreign = [character for character in text if character > "\x7f"]
    common_count = sum(_is_common_chinese(character) for character in foreign)
    return common_count >= len(foreign) * _LEAST_COMMON_SHARE


def _is_common_chinese(character: str) -> bool:
    """Say whether GB 2312 has it as punctuation, letter or one of its 3,755 common characters."""
    try:
        encoded = character.encode("gb2312")
    except UnicodeEncodeError:
        # Traditional characters are not in GB 2312 but may stand in a GB18030 text; these few
        # are not enough to spoil its share.
        return False
    return 0xA1 <= encoded[0] <= 0xA3 or 0xB0 <= encoded[0] <= 0xD7
