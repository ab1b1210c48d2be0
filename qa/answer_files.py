"""Answer files: the answers to a question file, as JSON lines, a table or a readable text.

``.jsonl`` holds everything and is the only one that can be read back; ``.csv``, ``.xlsx``, ``.md``
and ``.docx`` are made from it for people. A JSONL row is the answer record, followed by `document`
and `context` where the question named them and by `input` where it had other fields.
"""

import csv
import io
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import InputError, QuestionFileError
from qa.answer import Answer, Citation
from qa.answer_document import encode_document
from qa.questions import Question
from qa.record import from_record, to_record
from qa.xml_text import xml_text

_COLUMNS = (
    "id",
    "question",
    "status",
    "answer",
    "short_answers",
    "confidence",
    "citations",
    "error",
)

# What a spreadsheet would take for a formula, or for the end of the cell before.
_FORMULA = re.compile(r"[=+\-@\t\r]")
# The most UTF-16 code units that a spreadsheet keeps in one cell.
_CELL_LIMIT = 32_767

_MARKDOWN = re.compile(r"[\\`*_\[\]<>&#|~$]")
_MARKDOWN_LINE_START = re.compile(r"^(\d*)([-+=.)])", re.MULTILINE)

# A row that was being written when the process was killed is a beginning of a record.
_ROW_START = b'{"id": '


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredQuestion:
    """A question and its answer, which carries the question's id and text."""

    question: Question
    answer: Answer


def encode_answers(rows: Sequence[AnsweredQuestion], *, suffix: str) -> bytes:
    """Return the content of an answer file.

    Args:
        rows: in the order in which they shall stand.
        suffix: ``.jsonl``, ``.csv``, ``.xlsx``, ``.md`` or ``.docx``.

    Raises:
        QuestionFileError: another suffix.
    """
    match suffix:
        case ".jsonl":
            return "".join(map(encode_row, rows)).encode()
        case ".csv":
            return _csv(rows)
        case ".xlsx":
            return _xlsx(rows)
        case ".md":
            return _markdown(rows).encode()
        case ".docx":
            return encode_document([row.answer for row in rows])
    raise QuestionFileError(
        f"answers cannot be written as {suffix or 'a file without suffix'}; expected .jsonl, "
        ".csv, .xlsx, .md or .docx"
    )


def encode_row(row: AnsweredQuestion) -> str:
    """Return the JSONL line of one row, with its line end."""
    fields: dict[str, object] = to_record(row.answer)
    if row.question.documents:
        fields["document"] = list(row.question.documents)
    if row.question.context:
        fields["context"] = list(row.question.context)
    if row.question.input:
        fields["input"] = dict(row.question.input)
    return json.dumps(fields, ensure_ascii=False) + "\n"


def write_answers(path: Path, rows: Sequence[AnsweredQuestion]) -> None:
    """Write an answer file in the format that its suffix names, in one step.

    Whoever reads `path` meanwhile finds the old file or the whole new one.

    Raises:
        QuestionFileError: the suffix names no format.
        InputError: the file cannot be written.
    """
    data = encode_answers(rows, suffix=path.suffix.lower())
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from error


def read_answers(path: Path) -> list[AnsweredQuestion]:
    """Return the rows of a JSONL answer file in their order; a torn last line is passed over.

    Raises:
        InputError: the file cannot be read or a line is no answer record.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    complete, _, rest = data.rpartition(b"\n")
    lines = complete.split(b"\n") if complete else []
    if not (rest.startswith(_ROW_START) or _ROW_START.startswith(rest)):
        lines.append(rest)
    return [
        _row(line, f"line {number} of {path}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def _row(line: bytes, place: str) -> AnsweredQuestion:
    try:
        fields = json.loads(line)
        answer = from_record(fields)
        question = Question(
            id=answer.id,
            text=answer.question,
            documents=tuple(fields.get("document", ())),
            context=tuple(fields.get("context", ())),
            input=dict(fields.get("input", {})),
        )
    except (ValueError, TypeError, InputError) as error:
        raise InputError(
            f"{place} is no answer of `report-qa batch` ({error}); choose another output"
        ) from error
    return AnsweredQuestion(question=question, answer=answer)


def _table(rows: Sequence[AnsweredQuestion]) -> list[list[str | float]]:
    """Return header and rows of the table; numbers stay numbers."""
    names = list(dict.fromkeys(name for row in rows for name in row.question.input))
    table: list[list[str | float]] = [[*_COLUMNS, *(f"input.{name}" for name in names)]]
    for row in rows:
        answer = row.answer
        cells: list[object] = [
            answer.id,
            answer.question,
            answer.status,
            answer.answer,
            "; ".join(answer.short_answers),
            answer.confidence,
            "\n".join(f"{_source(citation)}: “{citation.quote}”" for citation in answer.citations),
            answer.error,
            *(row.question.input.get(name) for name in names),
        ]
        table.append([_cell(cell) for cell in cells])
    return table


def _source(citation: Citation) -> str:
    return f"[{citation.marker}] {citation.label}"


def _cell(value: object) -> str | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def safe_cell(text: str) -> str:
    """Return the text of a spreadsheet's cell so that no program takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _csv(rows: Sequence[AnsweredQuestion]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([safe_cell(str(cell)) for cell in row] for row in _table(rows))
    # Excel takes a CSV without BOM for the local 8-bit encoding.
    return file.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[AnsweredQuestion]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("answers")
    sheet.freeze_panes = "A2"
    for row in _table(rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, _xlsx_text(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                # Left alone, openpyxl makes an error value of a text such as `#N/A`.
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _xlsx_text(text: str) -> str:
    text = xml_text(safe_cell(text))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _CELL_LIMIT:
        return text
    return units[: 2 * (_CELL_LIMIT - 1)].decode("utf-16-le", errors="ignore") + "…"


def _markdown(rows: Sequence[AnsweredQuestion]) -> str:
    return "".join(
        f"## {_escaped(row.answer.id)}. {_escaped(' '.join(row.answer.question.split()))}\n\n"
        + _body(row.answer)
        for row in rows
    )


def _body(answer: Answer) -> str:
    if answer.status == "error":
        return f"**Error:** {_escaped(answer.error or '')}\n\n"
    quotes = (
        f"{_quoted(citation.quote)}\n>\n> — {_escaped(_source(citation))}\n\n"
        for citation in answer.citations
    )
    return f"{_escaped(answer.answer)}\n\n{''.join(quotes)}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in _escaped(text).splitlines())


def _escaped(text: str) -> str:
    """Return `text` so that Markdown shows it as it is: no markup, no HTML, no list, no code."""
    text = "\n".join(line.strip() for line in text.splitlines())
    text = _MARKDOWN.sub(r"\\\g<0>", text)
    return _MARKDOWN_LINE_START.sub(r"\1\\\2", text)
