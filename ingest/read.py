"""The one way in: a file becomes reports, a folder the files in it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ingest.errors import DocumentError
from ingest.formats import (
    HTML,
    MARKDOWN,
    PACKED_PASSAGES,
    PASSAGES,
    PDF,
    SUFFIXES,
    TEXT,
    WORD,
    Format,
    find_format,
)
from ingest.language import detect_language
from ingest.limits import DEFAULT_LIMITS, Limits, expand_gzip, read_file
from ingest.metadata import find_symbol, find_title
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.passages import read_passages
from ingest.readers.pdf import read_pdf
from ingest.readers.text import decode, read_text
from ingest.report import Report, Source
from ingest.structure import read_structure

# Raised whenever the same file can give other paragraphs than before.
PARSER_VERSION = 5

LANGUAGES = ("zh", "en", "fr", "es", "ru", "ar")
_READERS: Mapping[Format, Callable[[bytes], Source]] = {
    TEXT: read_text,
    HTML: read_html,
    MARKDOWN: read_markdown,
}

# What hidden files begin with, and the ones that word processors keep beside an open document.
_HIDDEN = (".", "~$")


def find_files(folder: Path) -> tuple[list[Path], list[DocumentError]]:
    """Return the files in a folder and below it whose suffix is known, by their paths.

    Hidden files and folders are left out, and no link to a folder is followed.

    Returns:
        The files, and an error for each folder that cannot be looked into; or for the one given,
        where nothing is found.
    """
    errors: list[DocumentError] = []

    def refused(error: OSError) -> None:
        errors.append(
            DocumentError(
                f"{error.filename}: found a folder that cannot be read ({error.strerror}), "
                "expected reports; give yourself the right to read it"
            )
        )

    files: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        files += [
            path
            for path in (Path(place, name) for name in names if not name.startswith(_HIDDEN))
            if path.name.lower().endswith(SUFFIXES) and path.is_file()
        ]
    if not files and not errors:
        errors.append(
            DocumentError(
                f"{folder}: found no report in the folder, expected files with one of "
                f"{', '.join(SUFFIXES)}; name another folder"
            )
        )
    return sorted(files), errors


def read_reports(
    path: Path,
    *,
    limits: Limits = DEFAULT_LIMITS,
    symbol: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> list[Report]:
    """Return the reports of the file: one of a report, one for each ``doc_id`` of passages.

    Args:
        path: in a format of `ingest.formats`.
        limits: how much of it is read; `ingest.reading_process` holds it to its time.
        symbol: the document's symbol, instead of the one recognised.
        title: its title, likewise.
        language: its language, likewise: zh, en, fr, es, ru or ar.

    Raises:
        DocumentError: the file is missing, damaged, too long, of another format than its suffix
            says, or empty, or its name is no text; a passage is wrong; the language is unknown; a
            symbol or title is given for several documents.
    """
    try:
        if not _is_text(path.name):
            raise DocumentError(
                "found a file name that is not UTF-8, expected text; rename the file"
            )
        if language is not None and language not in LANGUAGES:
            raise DocumentError(
                f"found the language {language!r}, expected one of {', '.join(LANGUAGES)}; "
                "correct it"
            )
        reports = _read(path, limits)
        if len(reports) > 1 and (symbol is not None or title is not None):
            raise DocumentError(
                f"found {len(reports)} documents, expected one where a symbol or title is given; "
                "leave them out"
            )
    except DocumentError as error:
        name = path.name.encode(errors="backslashreplace").decode()
        raise DocumentError(f"{name}: {error}") from error
    return [
        replace(
            report,
            symbol=symbol or report.symbol,
            title=title or (symbol if symbol and report.title == report.symbol else report.title),
            language=language or report.language,
        )
        for report in reports
    ]


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(path: Path, limits: Limits) -> list[Report]:
    data = read_file(path, limits=limits)
    if not data.strip(b"\xef\xbb\xbf \t\r\n\f\v\x1a"):
        raise DocumentError("found an empty file, expected a report; add one with text")
    found = find_format(data, name=path.name)
    if found in (PASSAGES, PACKED_PASSAGES):
        text = decode(expand_gzip(data, limits=limits) if found is PACKED_PASSAGES else data)
        return read_passages(text)
    return [_report(_source(found, data, limits), path)]


def _source(found: Format, data: bytes, limits: Limits) -> Source:
    if found is WORD:
        return read_docx(data, limits=limits)
    if found is PDF:
        return read_pdf(data, limits=limits)
    return _READERS[found](data)


def _report(source: Source, path: Path) -> Report:
    if not source.text.strip("\ufeff \t\r\n\f\v\x1a\u3000"):
        raise DocumentError("found an empty file, expected a report; add one with text")
    structure = read_structure(source.lines)
    structure = replace(structure, furniture=(*source.furniture, *structure.furniture))
    if not structure.paragraphs:
        raise DocumentError("found no paragraph, expected a report; check the file")
    symbol = find_symbol(structure, file_stem=path.stem) or path.stem
    language = detect_language(source.text)
    return Report(
        symbol=symbol,
        title=find_title(structure) or symbol,
        language="zh" if language == "zh-Hant" else language,
        numbered=structure.numbered,
        paragraphs=structure.paragraphs,
        front_matter=structure.front_matter,
        footnotes=structure.footnotes,
        tables=structure.tables,
        findings=(*structure.findings, *source.findings),
    )
