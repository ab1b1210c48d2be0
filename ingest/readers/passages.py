"""Passage files: ready-made paragraphs, one JSON object a line."""

import json
from collections import Counter
from dataclasses import dataclass, field

from ingest.errors import DocumentError
from ingest.report import Paragraph, Report, Span

_FIELDS = ("doc_id", "passage_id", "lang", "title", "text")
_LANGUAGES = {language: language for language in ("zh", "en", "fr", "es", "ru", "ar")} | {
    "zh-Hant": "zh"
}


@dataclass(slots=True)
class _Document:
    """The passages of one ``doc_id`` while the file is read."""

    title: str
    language: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    label_counts: Counter[str] = field(default_factory=Counter)


def read_passages(text: str) -> list[Report]:
    """Return one report for each ``doc_id``, in the order in which they first appear.

    The rows of a document may stand apart; ``passage_id`` becomes the label, the text stays as
    it is. A label that comes again in a document becomes ``label#2``. White lines are skipped.
    What follows ``>`` in a title is taken for headings, as in ``Handbook > Travel``.

    Raises:
        DocumentError: a row is no object with the five fields, all of them strings, its text or
            ids are empty, or its language is unknown; the message gives the line. Also where the
            file has no row at all.
    """
    documents: dict[str, _Document] = {}
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        if line.strip():
            row = _row(line, number)
            title, *section = [part.strip() for part in row["title"].split(" > ")]
            document = documents.setdefault(
                row["doc_id"],
                _Document(title=title or row["doc_id"], language=_LANGUAGES[row["lang"]]),
            )
            document.label_counts[row["passage_id"]] += 1
            occurrence = document.label_counts[row["passage_id"]]
            label = row["passage_id"] if occurrence == 1 else f"{row['passage_id']}#{occurrence}"
            if occurrence > 1:
                document.findings.append(f"{row['passage_id']} stands again as {label}")
            document.paragraphs.append(
                Paragraph(
                    label=label,
                    text=row["text"],
                    section=tuple(section),
                    page=None,
                    source=Span(start=start, end=end),
                )
            )
        start = end + 1
    if not documents:
        raise DocumentError("found no passage, expected one JSON object a line; check the file")
    return [
        Report(
            symbol=doc_id,
            title=document.title,
            language=document.language,
            numbered=True,
            paragraphs=tuple(document.paragraphs),
            front_matter=(),
            footnotes=(),
            tables=(),
            findings=tuple(document.findings),
        )
        for doc_id, document in documents.items()
    ]


def _row(line: str, number: int) -> dict[str, str]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(
            f"line {number} is not valid JSON ({error}), expected an object; correct the line"
        ) from error
    if not isinstance(value, dict):
        raise DocumentError(
            f"line {number} is no JSON object, expected one with {', '.join(_FIELDS)}; "
            "correct the line"
        )
    row: dict[str, str] = {}
    for name in _FIELDS:
        content = value.get(name)
        if not isinstance(content, str):
            raise DocumentError(
                f"line {number} has no text in {name!r}, expected a string; correct the line"
            )
        if not content.strip() and name != "title":
            raise DocumentError(
                f"line {number} has an empty {name!r}, expected some text; correct the line"
            )
        if any("\ud800" <= character <= "\udfff" for character in content):
            raise DocumentError(
                f"line {number} has half a character in {name!r}, expected whole ones; "
                "correct the line"
            )
        row[name] = content
    if row["lang"] not in _LANGUAGES:
        raise DocumentError(
            f"line {number} has the language {row['lang']!r}, expected one of "
            f"{', '.join(_LANGUAGES)}; correct the line"
        )
    return row
