"""Which format a file has: told by its content, which its suffix must not contradict."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.encodings import decode_plausibly
from ingest.errors import DocumentError
from ingest.limits import open_zip


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that can be read.

    Attributes:
        name: with its article, as it stands in messages.
        suffixes: in small letters; the first one is the usual one.
    """

    name: str
    suffixes: tuple[str, ...]


TEXT = Format(name="plain text", suffixes=(".txt",))
MARKDOWN = Format(name="Markdown", suffixes=(".md", ".markdown"))
HTML = Format(name="an HTML page", suffixes=(".html", ".htm"))
WORD = Format(name="a Word document", suffixes=(".docx",))
PDF = Format(name="a PDF file", suffixes=(".pdf",))
PASSAGES = Format(name="a passage file", suffixes=(".jsonl",))
PACKED_PASSAGES = Format(name="a gzip file", suffixes=(".jsonl.gz",))

FORMATS = (TEXT, MARKDOWN, HTML, WORD, PDF, PASSAGES, PACKED_PASSAGES)
SUFFIXES = tuple(suffix for one in FORMATS for suffix in one.suffixes)

# What files that are no text begin with, and what to call them.
_SIGNATURES = {
    b"%PDF": PDF.name,
    b"PK": "a zip archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "a rich text file",
    b"\x1f\x8b": PACKED_PASSAGES.name,
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"II*\x00": "an image",
    b"MM\x00*": "an image",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"MZ\x90": "a program",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "a database",
}
_PDF_HEADER = b"%PDF-"
# PDF 32000-1, annex H: the header may stand behind other bytes, so many together.
_PDF_HEAD_LENGTH = 1024
# A folder inside an office document, or the first bytes of its ``mimetype``, tell the program.
_OFFICE_FOLDERS = {
    "word/": WORD.name,
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint presentation",
}
_PROTECTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# Bytes in which a page says that it is one, behind white space, comments and an XML declaration.
_HEAD_LENGTH = 4096
_HTML_START = re.compile(
    r"(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body)\b", re.DOTALL | re.I
)
_MAIL_START = re.compile(r"[\w-]+: ")
_XML_START = re.compile(r"\s*<\?xml\b")
_TAG = re.compile(rb"<(?:p|br|div|h[1-6]|li|td|span|article|main|section|pre)\b[^>]*>", re.I)
# What stands behind the last stop of a name such as `A.67.305` is no suffix.
_SUFFIX = re.compile(r"\.[A-Za-z]\w{0,9}")
_PASSAGE_START = re.compile(r"\s*\{\s*\"(?:doc_id|passage_id|lang|title|text)\"\s*:")


def find_format(data: bytes, *, name: str) -> Format:
    """Return the format of a file.

    Args:
        data: its content.
        name: its name. Without a suffix the content alone tells, and text is plain text.

    Raises:
        DocumentError: the suffix is unknown, or the content has another format than it says.
    """
    suffix = next((known for known in SUFFIXES if name.lower().endswith(known)), None)
    content = content_name(data)
    actual = next((one for one in FORMATS if one.name == content), None)
    advice = f"rename it to {actual.suffixes[0]}" if actual is not None else "convert it"
    if suffix is None:
        if actual is not None and _SUFFIX.fullmatch(Path(name).suffix) is None:
            return actual
        found = f"{content} with the suffix {Path(name).suffix}" if Path(name).suffix else content
        raise DocumentError(f"found {found}, expected one of {', '.join(SUFFIXES)}; {advice}")
    expected = next(one for one in FORMATS if suffix in one.suffixes)
    agreeing = {expected.name}
    if expected in (MARKDOWN, PASSAGES) or (expected is HTML and _TAG.search(data)):
        # What these formats add to plain text can be missing; a wrong row is named by its line.
        agreeing.add(TEXT.name)
    if content in agreeing or (expected is PDF and has_pdf_header(data)):
        return expected
    if content == TEXT.name and decode_plausibly(data) is None:
        content, advice = "binary data", "get the file again"
    raise DocumentError(
        f"found {content}, expected {expected.name} because of its suffix {suffix}; {advice}"
    )


def has_pdf_header(data: bytes) -> bool:
    """Say whether `data` can be a PDF file; other bytes may stand in front of its header."""
    return _PDF_HEADER in data[:_PDF_HEAD_LENGTH]


def content_name(data: bytes) -> str:
    """Return what `data` is, with an article: the name of a `Format` or of something else.

    What nothing tells apart is plain text; whether it is text at all shows when it is decoded.
    """
    binary = binary_name(data)
    if binary is not None:
        return binary
    encoding = (
        "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "latin-1"
    )
    head = data[:_HEAD_LENGTH].removeprefix(codecs.BOM_UTF8).decode(encoding, errors="ignore")
    if _HTML_START.match(head):
        return HTML.name
    if _MAIL_START.match(head) and "mime-version:" in head.lower():
        return "a web archive or a message"
    if _XML_START.match(head):
        return "an XML file"
    return PASSAGES.name if _PASSAGE_START.match(head) else TEXT.name


def binary_name(data: bytes) -> str | None:
    """Return what `data` is where its first bytes say that it is no text, else None."""
    name = next((name for start, name in _SIGNATURES.items() if data.startswith(start)), None)
    if name == "a zip archive":
        return _packed_name(data)
    if name == "an old office document" and _PROTECTED_STREAM in data:
        return "an office document with a password"
    return name


def _packed_name(data: bytes) -> str | None:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    names = open_zip(data).namelist()
    if names[:1] == ["mimetype"]:
        return "an OpenDocument file or an e-book"
    folders = _OFFICE_FOLDERS.items() if "[Content_Types].xml" in names else ()
    return next(
        (kind for folder, kind in folders if any(name.startswith(folder) for name in names)),
        "a zip archive",
    )
