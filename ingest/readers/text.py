"""Plain text: bytes to lines, without ever guessing an encoding into nonsense."""

import re

from ingest.encodings import decode_plausibly
from ingest.errors import DocumentError
from ingest.formats import binary_name
from ingest.report import Line, Source, Span

# Control characters that text may hold: tab, the line and page breaks, and the end-of-file mark.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")
# A stray control character is an accident of extraction; more than one in 200 is not text.
_MOST_CONTROL_SHARE = 0.005
_LINE_END = re.compile(r"\r\n|[\r\n\f\v\u2028\u2029]")


def decode(data: bytes) -> str:
    """Return the text of `data`, without a byte order mark.

    The encoding is told as `ingest.encodings` says. Line breaks stay as they are. Empty input
    gives empty text.

    Raises:
        DocumentError: the bytes are no text, or text in another encoding. The message does not
            name the file; whoever knows its name puts it in front.
    """
    binary = binary_name(data)
    if binary is not None:
        raise DocumentError(f"found {binary}, expected plain text; convert it first")
    text = decode_plausibly(data)
    if text is None:
        raise DocumentError(
            "found an unknown encoding, expected UTF-8, UTF-16, GB18030, Big5 or windows-1251, "
            "-1252 or -1256; save it as UTF-8"
        )
    check_characters(text)
    return text


def check_characters(text: str) -> None:
    """Make sure that `text` is text and no other data.

    Raises:
        DocumentError: it holds control characters, more than a few.
    """
    control_count = sum(1 for _ in _CONTROL.finditer(text))
    if "\x00" in text or control_count > len(text) * _MOST_CONTROL_SHARE:
        raise DocumentError(
            f"found {control_count} control characters, expected text; check the file"
        )


def read_text(data: bytes) -> Source:
    """Return the text of `data` in lines, see `decode` and `read_lines`.

    Raises:
        DocumentError: see `decode`.
    """
    text = decode(data)
    return Source(text=text, lines=tuple(read_lines(text)))


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
