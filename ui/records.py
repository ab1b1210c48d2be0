"""The document record: a document of the library as the JSON object that every door gives.

Dataclasses, so that the command line writes them by `dataclasses.asdict` and the REST API both
writes and documents them.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from index.library import DocumentSummary, StoredDocument
from ingest.report import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphRecord:
    """A numbered paragraph, a piece of front matter or a footnote; `paragraph` is its label."""

    paragraph: str
    section: tuple[str, ...]
    page: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRecord:
    """A document in a list of documents."""

    document: str
    title: str
    language: str
    source: str
    sha256: str
    symbol: str
    numbered: bool
    paragraph_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord(SummaryRecord):
    """A document with everything that can be cited of it, in the order of the document."""

    paragraphs: tuple[ParagraphRecord, ...]
    front_matter: tuple[ParagraphRecord, ...]
    footnotes: tuple[ParagraphRecord, ...]
    tables: tuple[ParagraphRecord, ...]


def paragraph_record(paragraph: Paragraph) -> ParagraphRecord:
    """Return the record of one paragraph."""
    return ParagraphRecord(
        paragraph=paragraph.label,
        section=paragraph.section,
        page=paragraph.page,
        text=paragraph.text,
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
        paragraph_count=summary.paragraph_count,
    )


def document_record(document: StoredDocument) -> DocumentRecord:
    """Return the record of a document with all its paragraphs."""
    return DocumentRecord(
        **asdict(summary_record(document.summary)),
        paragraphs=_records(document.paragraphs),
        front_matter=_records(document.front_matter),
        footnotes=_records(document.footnotes),
        tables=_records(document.tables),
    )


def _records(paragraphs: Sequence[Paragraph]) -> tuple[ParagraphRecord, ...]:
    return tuple(paragraph_record(paragraph) for paragraph in paragraphs)
