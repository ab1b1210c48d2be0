"""The document record: a document of the library as the JSON object that every door gives.

Dataclasses, so that the command line writes them by `dataclasses.asdict` and the REST API both
writes and documents them.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.library import AddedDocument, DocumentSummary, Edition, StoredDocument
from ingest.report import Counts, Paragraph
from qa.questions import FailedRow, Question, read_question_file
from ui.render import document_path

PREVIEWED_COUNT = 10
"""Rows that show what a question file holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """Another language edition; `link` leads to it, or to the same label in it."""

    document: str
    language: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphRecord:
    """A numbered paragraph, a piece of front matter or a footnote; `paragraph` is its label.

    `editions` are those that have the same label; `called_by` is the label of the paragraph that
    calls a footnote, null for everything else and where the source does not tell.
    """

    paragraph: str
    section: tuple[str, ...]
    page: int | None
    text: str
    editions: tuple[EditionRecord, ...]
    called_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRecord:
    """A document in a list of documents.

    `session`, `session_dates`, `agenda_item` and `date` are those of `Presentation`.
    """

    document: str
    title: str
    language: str
    source: str
    sha256: str
    symbol: str
    numbered: bool
    session: str | None
    session_dates: str | None
    agenda_item: str | None
    date: str | None
    paragraph_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord(SummaryRecord):
    """A document with everything that can be cited of it, in the order of the document.

    `findings` is what looked odd when it was read; null where that was not kept yet.
    """

    paragraphs: tuple[ParagraphRecord, ...]
    front_matter: tuple[ParagraphRecord, ...]
    footnotes: tuple[ParagraphRecord, ...]
    tables: tuple[ParagraphRecord, ...]
    editions: tuple[EditionRecord, ...]
    counts: Counts
    findings: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRecord:
    """What was found in a file that was added; one for each document of a passage file."""

    file: str
    document: str
    change: str
    title: str
    language: str
    session: str | None
    session_dates: str | None
    agenda_item: str | None
    date: str | None
    numbered: bool
    counts: Counts
    findings: tuple[str, ...]
    error: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRecord:
    """A file or folder that could not be added, and why."""

    file: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord:
    """A row of a question file; `error` says why it is no question, else it is null."""

    id: str
    question: str
    documents: tuple[str, ...]
    context: tuple[str, ...]
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFileRecord:
    """What was found in a question file, with its first rows.

    `column` is null where each line is a question, `sheet` where the format has no sheets;
    `failed_count` rows are no questions.
    """

    file: str
    sheet: str | None
    column: str | None
    question_count: int
    failed_count: int
    rows: tuple[QuestionRecord, ...]


def added_record(file: Path, added: AddedDocument) -> AddedRecord:
    """Return the record of a document that was added from `file`."""
    return AddedRecord(
        file=_shown(file),
        document=added.document,
        change=added.change,
        title=added.title,
        language=added.language,
        **asdict(added.presentation),
        numbered=added.numbered,
        counts=added.counts,
        findings=added.findings,
    )


def failed_record(file: Path, error: Exception) -> FailedRecord:
    """Return the record of a file that could not be added."""
    return FailedRecord(file=_shown(file), error=str(error))


def _shown(file: Path) -> str:
    """Return a path as text, which the bytes of a file's name need not be."""
    return str(file).encode(errors="backslashreplace").decode()


def paragraph_record(paragraph: Paragraph, *, editions: Sequence[Edition]) -> ParagraphRecord:
    """Return the record of one paragraph of a document that has these other editions."""
    return ParagraphRecord(
        paragraph=paragraph.label,
        section=paragraph.section,
        page=paragraph.page,
        text=paragraph.text,
        editions=tuple(
            _edition_record(edition, label=paragraph.label)
            for edition in editions
            if paragraph.label in edition.labels
        ),
        called_by=paragraph.called_by,
    )


def summary_record(summary: DocumentSummary) -> SummaryRecord:
    """Return the record of a document in a list."""
    return SummaryRecord(
        document=summary.document,
        title=summary.title,
        language=summary.language,
        source=summary.source,
        sha256=summary.sha256,
        symbol=summary.symbol,
        numbered=summary.numbered,
        **asdict(summary.presentation),
        paragraph_count=summary.paragraph_count,
    )


def document_record(document: StoredDocument, *, editions: Sequence[Edition]) -> DocumentRecord:
    """Return the record of a document with all its paragraphs and its other editions."""

    def records(paragraphs: Sequence[Paragraph]) -> tuple[ParagraphRecord, ...]:
        return tuple(paragraph_record(paragraph, editions=editions) for paragraph in paragraphs)

    return DocumentRecord(
        **asdict(summary_record(document.summary)),
        paragraphs=records(document.paragraphs),
        front_matter=records(document.front_matter),
        footnotes=records(document.footnotes),
        tables=records(document.tables),
        editions=tuple(_edition_record(edition) for edition in editions),
        counts=document.counts,
        findings=document.summary.findings,
    )


def _edition_record(edition: Edition, *, label: str = "") -> EditionRecord:
    return EditionRecord(
        document=edition.document,
        language=edition.language,
        link=document_path(edition.document, label=label),
    )


def question_file_record(file: Path) -> QuestionFileRecord:
    """Return the record of a question file.

    Raises:
        QuestionFileError: the file cannot be read as a whole.
    """
    found = read_question_file(file)
    return QuestionFileRecord(
        file=file.name,
        sheet=found.sheet,
        column=found.column,
        question_count=len(found.rows),
        failed_count=sum(isinstance(row, FailedRow) for row in found.rows),
        rows=tuple(map(_question_record, found.rows[:PREVIEWED_COUNT])),
    )


def _question_record(row: Question | FailedRow) -> QuestionRecord:
    if isinstance(row, FailedRow):
        return QuestionRecord(
            id=row.id, question=row.text, documents=(), context=(), error=row.reason
        )
    return QuestionRecord(
        id=row.id, question=row.text, documents=row.documents, context=row.context, error=None
    )
