"""Question files: lists of questions as people keep them, told by their suffix.

==================  ==============================================================================
``.txt``            one question a line; blank lines are passed over
``.csv``, ``.tsv``  a header line with a column ``question``; cells may be quoted and hold line
                    breaks; a ``.csv`` may use ``;`` or tab where its header does
``.xlsx``           the first sheet that has a column ``question``; a formula counts by the value
                    that was last calculated, a date is ISO text
``.jsonl``          one JSON object with a field ``question`` a line
==================  ==============================================================================

Text formats may end in ``.gz`` and be UTF-8 with or without BOM, UTF-16 with BOM or GB18030.
Optional columns or fields are ``id``, ``document`` and ``context``; names are compared without
regard to case and surrounding space, all others are kept as the question's ``input``. `document`
and `context` are a list (in a cell: a JSON list) or a text with one entry a line. A missing id is
the row's number, from 1, blank rows not counted. Ids need not be unique.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from ingest.errors import DocumentError, InputError, QuestionFileError
from ingest.limits import DEFAULT_LIMITS, check_expansion, expand_gzip, open_zip

KNOWN_FIELDS = ("id", "question", "document", "context")

# The first delimiter under which the header has a column `question` is the file's.
_DELIMITERS = {".csv": (",", ";", "\t"), ".tsv": ("\t",)}
_TEXT_SUFFIXES = (".txt", ".csv", ".tsv", ".jsonl")
SUFFIXES = (*_TEXT_SUFFIXES, ".gz", ".xlsx")
"""What the name of a question file can end in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that can be asked.

    Attributes:
        id: its own id, else its number in the file.
        text: the question as it was written.
        documents: ids of the documents to ask; none means all.
        context: earlier questions of the same conversation, oldest first.
        input: all other fields of the row, by their names as written.
    """

    id: str
    text: str
    documents: tuple[str, ...]
    context: tuple[str, ...]
    input: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRow:
    """A row that is no question; the others can be asked all the same.

    Attributes:
        id: its own id where it has a usable one, else its number in the file.
        text: its question as far as there is one, else empty.
        reason: what is wrong with it, in one line.
        input: all other fields of the row.
    """

    id: str
    text: str
    reason: str
    input: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFile:
    """A question file as it was read.

    Attributes:
        column: name of the column or field that the questions were taken from, as the file writes
            it; None for lines.
        sheet: the sheet that it stands in; None where the format has no sheets.
        rows: in their order, at least one.
    """

    column: str | None
    sheet: str | None
    rows: tuple[Question | FailedRow, ...]


def read_questions(path: Path) -> list[Question | FailedRow]:
    """Return the rows of a question file in their order, at least one.

    Raises:
        QuestionFileError: see `read_question_file`.
    """
    return list(read_question_file(path).rows)


def read_question_file(path: Path) -> QuestionFile:
    """Return the rows of a question file, and where in it the questions were found.

    Raises:
        QuestionFileError: the file cannot be read as a whole: it is missing or empty, its suffix
            or encoding is unknown, it is damaged, or it has no `question` column.
    """
    suffix = _suffix(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise QuestionFileError(f"cannot read {path}: {error.strerror}") from error
    if suffix == ".xlsx":
        file = _xlsx_file(data, path)
    else:
        file = _text_file(_text(data, path), suffix, path)
    if not file.rows:
        raise QuestionFileError(f"{path} holds no questions; expected at least one")
    numbered = (_numbered(row, number) for number, row in enumerate(file.rows, start=1))
    return replace(file, rows=tuple(numbered))


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".xlsx"]:
        return ".xlsx"
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    if suffixes and suffixes[-1] in _TEXT_SUFFIXES:
        return suffixes[-1]
    raise QuestionFileError(
        f"{path.name} is no question file: expected the suffix .txt, .csv, .tsv, .jsonl (each "
        "also with .gz) or .xlsx"
    )


def _text(data: bytes, path: Path) -> str:
    from ingest.readers.text import decode

    try:
        return decode(
            expand_gzip(data, limits=DEFAULT_LIMITS) if path.suffix.lower() == ".gz" else data
        )
    except DocumentError as error:
        raise QuestionFileError(f"{path}: {error}") from error


def _text_file(text: str, suffix: str, path: Path) -> QuestionFile:
    # Not `splitlines`: a question may hold one of the rarer line separators.
    lines = [line.rstrip("\n") for line in io.StringIO(text, newline=None)]
    if suffix == ".txt":
        questions = (line.strip() for line in lines if line.strip())
        rows = tuple(_checked({"question": question}) for question in questions)
        return QuestionFile(column=None, sheet=None, rows=rows)
    if suffix == ".jsonl":
        return QuestionFile(column="question", sheet=None, rows=tuple(_jsonl_rows(lines)))
    return _csv_file(text, suffix, path)


def _jsonl_rows(lines: Iterable[str]) -> Iterator[Question | FailedRow]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            # NaN and lone surrogates pass Python's reader but could never be written again.
            value = json.loads(line, parse_constant=_refuse_constant)
            json.dumps(value, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            yield _unread(f"line {number} is not valid JSON: {error}")
            continue
        if isinstance(value, dict):
            yield _checked(value)
        else:
            yield _unread(f"line {number} is {_kind(value)}; expected a JSON object")


def _unread(reason: str) -> FailedRow:
    return FailedRow(id="", text="", reason=reason, input={})


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")


def _csv_file(text: str, suffix: str, path: Path) -> QuestionFile:
    found: list[str] = []
    try:
        for delimiter in _DELIMITERS[suffix]:
            header = next(_cells(text, delimiter, strict=False), [])
            if _has_question(header):
                # Strict: otherwise one quote that is never closed swallows all rows after it.
                return _table(list(_cells(text, delimiter, strict=True)), sheet=None)
            found = found or header
    except csv.Error as error:
        raise QuestionFileError(
            f"{path} is no well-formed table: {error}; put a cell that holds a quote in quotes, "
            'and write the quote inside as ""'
        ) from error
    raise QuestionFileError(_no_question_column(path, found))


def _cells(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    return (row for row in table if not _is_blank(row))


def _xlsx_file(data: bytes, path: Path) -> QuestionFile:
    found: list[object] = []
    for sheet, table in _sheets(data, path):
        if table and _has_question(table[0]):
            return _table(table, sheet=sheet)
        found += table[0] if table else []
    raise QuestionFileError(_no_question_column(path, found))


def _sheets(data: bytes, path: Path) -> list[tuple[str, list[list[object]]]]:
    from openpyxl import load_workbook

    tables = []
    try:
        with open_zip(data) as archive:  # before anything of it is expanded
            check_expansion(archive, limits=DEFAULT_LIMITS)
        for sheet in load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets:
            # Some programs write a wrong size into the sheet, which would cut it.
            sheet.reset_dimensions()
            rows = ([_plain(value) for value in row] for row in sheet.iter_rows(values_only=True))
            tables.append((sheet.title, [row for row in rows if not _is_blank(row)]))
    # openpyxl has no error of its own for a damaged file: whatever its parsers raise comes through.
    except Exception as error:
        raise QuestionFileError(f"{path} is no readable .xlsx workbook: {error}") from error
    return tables


def _plain(value: object) -> object:
    """Return a cell's value as something JSON knows."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, str | int | float | None) else str(value)


def _is_blank(row: Sequence[object]) -> bool:
    return all(value is None or not str(value).strip() for value in row)


def _has_question(header: Sequence[object]) -> bool:
    return any(_name(value) == "question" for value in header)


def _name(value: object) -> str:
    return str(value or "").strip().casefold()


def _no_question_column(path: Path, columns: Sequence[object]) -> str:
    found = ", ".join(str(column).strip() for column in columns if column) or "none"
    return f"{path} has no column `question`; the columns found are: {found}"


def _table(table: Sequence[Sequence[object]], *, sheet: str | None) -> QuestionFile:
    column = next(str(value).strip() for value in table[0] if _name(value) == "question")
    return QuestionFile(column=column, sheet=sheet, rows=tuple(_table_rows(table)))


def _table_rows(table: Sequence[Sequence[object]]) -> Iterator[Question | FailedRow]:
    names: list[str] = []
    for number, value in enumerate(table[0], start=1):
        name = str(value or "").strip() or f"column {number}"
        taken = {other.casefold() for other in names}
        names.append(f"{name} ({number})" if name.casefold() in taken else name)
    for row in table[1:]:
        fields = dict(zip(names, row, strict=False))
        for name in names:
            # In a table a question such as 2011 is text, whatever type its cell has.
            if name.casefold() in KNOWN_FIELDS and fields.get(name) is not None:
                fields[name] = str(fields[name])
        checked = _checked(fields)
        if _is_blank(row[len(names) :]):
            yield checked
        else:
            yield FailedRow(
                id=checked.id,
                text=checked.text,
                reason=f"the row has {len(row)} cells under {len(names)} column names; put a cell "
                "that holds the delimiter in quotes",
                input=checked.input,
            )


def _checked(fields: Mapping[str, object]) -> Question | FailedRow:
    """Return the row of `fields`; its id is empty where it has none of its own."""
    known: dict[str, object] = {}
    unknown: dict[str, object] = {}
    for name, value in fields.items():
        target = known if _name(name) in KNOWN_FIELDS and _name(name) not in known else unknown
        target[_name(name) if target is known else name.strip()] = value
    text, id = known.get("question"), ""
    try:
        id = _id(known.get("id"))
        if text is None or (isinstance(text, str) and not text.strip()):
            raise InputError("the question is missing or empty")
        if not isinstance(text, str):
            raise InputError(f"the question is {_kind(text)}; expected text")
        return Question(
            id=id,
            text=text,
            documents=_texts("document", known.get("document")),
            context=_texts("context", known.get("context")),
            input=unknown,
        )
    except InputError as error:
        return FailedRow(
            id=id, text=text if isinstance(text, str) else "", reason=str(error), input=unknown
        )


def _id(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError(f"the id is {_kind(value)}; expected text or a number")
    return str(_plain(value)).strip()


def _texts(field: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        value = _listed(value)
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise InputError(f"{field} is {_kind(value)}; expected text or a list of texts")
    return tuple(entry.strip() for entry in value if entry.strip())


def _listed(text: str) -> object:
    """Return the JSON list that `text` is, else its lines."""
    if text.lstrip().startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass  # A question may begin with a bracket.
    return text.splitlines()


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a truth value"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list with something else than texts"
        case _:
            return "an object"


def _numbered(row: Question | FailedRow, number: int) -> Question | FailedRow:
    return row if row.id else replace(row, id=str(number))
