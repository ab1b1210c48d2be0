"""The one way in: a file becomes reports."""

import gzip
import zlib
from dataclasses import replace
from pathlib import Path

from ingest.errors import DocumentError
from ingest.language import detect_language
from ingest.metadata import find_symbol, find_title
from ingest.readers.passages import read_passages
from ingest.readers.text import decode, read_lines
from ingest.report import Report
from ingest.structure import read_structure

# Raised whenever the same file can give other paragraphs than before.
PARSER_VERSION = 1

LANGUAGES = ("zh", "en", "fr", "es", "ru", "ar")
SUFFIXES = (".txt", ".jsonl", ".jsonl.gz")


def read_reports(
    path: Path,
    *,
    symbol: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> list[Report]:
    """Return the reports of the file: one of a text file, one for each ``doc_id`` of passages.

    Args:
        path: ``.txt``, ``.jsonl`` or ``.jsonl.gz`` (passages), in capitals too.
        symbol: the document's symbol, instead of the one recognised.
        title: its title, likewise.
        language: its language, likewise: zh, en, fr, es, ru or ar.

    Raises:
        DocumentError: the file is missing, of another kind, empty, or no text; a passage is
            wrong; the language is unknown; a symbol or title is given for several documents.
    """
    if language is not None and language not in LANGUAGES:
        raise DocumentError(
            f"{path.name}: unknown language {language!r}, expected one of {', '.join(LANGUAGES)}"
        )
    suffix = next((known for known in SUFFIXES[::-1] if path.name.lower().endswith(known)), None)
    if suffix is None:
        raise DocumentError(
            f"{path.name}: found {path.suffix or 'no suffix'}, expected one of "
            f"{', '.join(SUFFIXES)}; convert the file"
        )
    data = _read_bytes(path, compressed=suffix.endswith(".gz"))
    try:
        text = decode(data)
        if not text.strip("\ufeff \t\r\n\f\v\x1a\u3000"):
            raise DocumentError("found an empty file, expected a report; add one with text")
        if suffix == ".txt":
            return [_text_report(text, path, symbol=symbol, title=title, language=language)]
        reports = read_passages(text)
    except DocumentError as error:
        raise DocumentError(f"{path.name}: {error}") from error
    if len(reports) > 1 and (symbol is not None or title is not None):
        raise DocumentError(
            f"{path.name}: found {len(reports)} documents, expected one where a symbol or title "
            "is given; leave them out"
        )
    return [
        replace(
            report,
            symbol=symbol or report.symbol,
            title=title or report.title,
            language=language or report.language,
        )
        for report in reports
    ]


def _text_report(
    text: str, path: Path, *, symbol: str | None, title: str | None, language: str | None
) -> Report:
    structure = read_structure(read_lines(text))
    if not structure.paragraphs:
        raise DocumentError("found no paragraph, expected a report; check the file")
    symbol = symbol or find_symbol(structure, file_stem=path.stem) or path.stem
    detected = detect_language(text)
    return Report(
        symbol=symbol,
        title=title or find_title(structure) or symbol,
        language=language or ("zh" if detected == "zh-Hant" else detected),
        numbered=structure.numbered,
        paragraphs=structure.paragraphs,
        front_matter=structure.front_matter,
        footnotes=structure.footnotes,
        findings=structure.findings,
    )


def _read_bytes(path: Path, *, compressed: bool) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if compressed else data
    except IsADirectoryError as error:
        raise DocumentError(f"{path.name} is a folder, expected a file; name a file") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DocumentError(
            f"{path.name} is no complete gzip file, expected one; pack it again"
        ) from error
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be read ({error.strerror}), expected a file; check the name"
        ) from error
