"""The reader's page: a document with an anchor for every label.

HTML from the server, which needs no script: a link into it works everywhere at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from index.library import Edition, StoredDocument
from ingest.report import Paragraph
from ui.frame import page
from ui.languages import direction
from ui.render import citations_path, document_path

LONG_PARAGRAPH_COUNT = 300
"""Paragraphs beyond which a browser lays out only those that are near what it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The part of one paragraph to mark, as half-open code points of its text."""

    paragraph: str
    start: int
    end: int


def document_page(
    document: StoredDocument,
    *,
    language: str,
    editions: Sequence[Edition] = (),
    quote: Quote | None = None,
) -> str:
    """Return a document's page: front matter, paragraphs under headings, tables, footnotes.

    Args:
        document: the document.
        language: of the interface.
        editions: its other language editions; what they have too links to them.
        quote: what to mark; outside the paragraph's text or with an unknown label, nothing is.
    """

    def blocks(paragraphs: Sequence[Paragraph]) -> list[_Block]:
        id = document.summary.document
        return list(_blocks(paragraphs, document=id, editions=editions, quote=quote))

    original = f"/api{document_path(document.summary.document)}/original"
    return page(
        "document.html",
        language=language,
        here=document_path(document.summary.document),
        summary=document.summary,
        counts=[
            (name.replace("_", " "), number)
            for name, number in asdict(document.counts).items()
            if number
        ],
        original=original,
        is_viewable=document.summary.source.lower().endswith(".pdf"),
        is_long=len(document.paragraphs) > LONG_PARAGRAPH_COUNT,
        contents=_contents(document.paragraphs),
        report_direction=direction(document.summary.language),
        editions=[(edition.language, document_path(edition.document)) for edition in editions],
        front_matter=blocks(document.front_matter),
        paragraphs=blocks(document.paragraphs),
        tables=blocks(document.tables),
        footnotes=blocks(document.footnotes),
    )


def missing_page(message: str, *, language: str) -> str:
    """Return the page shown in the place of a document that is not there."""
    return page("missing.html", language=language, here="", message=message)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A paragraph as the page shows it.

    Attributes:
        headings: (level, text) of the headings that open before it; levels 2 to 6.
        depth: 0, for a sub-item 1, for its sub-item 2.
        before: its text up to the quote; the whole text where nothing is marked.
        marked: the quote; empty where nothing is marked.
        after: its text behind the quote.
        citations: path of its citation in the forms used elsewhere.
        editions: (language, path) of the same label in other editions.
        called_by: of a footnote, the label of the paragraph that calls it, where that is known.
    """

    label: str
    headings: tuple[tuple[int, str], ...]
    page: int | None
    depth: int
    before: str
    marked: str
    after: str
    citations: str
    editions: tuple[tuple[str, str], ...]
    called_by: str | None


def _contents(paragraphs: Sequence[Paragraph]) -> list[tuple[int, str, str]]:
    """Return (level, heading, label of the first paragraph under it); levels from 2."""
    section: tuple[str, ...] = ()
    contents: list[tuple[int, str, str]] = []
    for paragraph in paragraphs:
        for level, heading in _opened(section, paragraph.section):
            contents.append((level, heading, paragraph.label))
        section = paragraph.section
    return contents


def _blocks(
    paragraphs: Sequence[Paragraph],
    *,
    document: str,
    editions: Sequence[Edition],
    quote: Quote | None,
) -> Iterator[_Block]:
    section: tuple[str, ...] = ()
    page = None
    for paragraph in paragraphs:
        start = end = len(paragraph.text)
        if quote and quote.paragraph == paragraph.label and quote.end <= end:
            start, end = quote.start, quote.end
        yield _Block(
            label=paragraph.label,
            headings=_opened(section, paragraph.section),
            page=paragraph.page if paragraph.page != page else None,
            depth=paragraph.label.count("("),
            before=paragraph.text[:start],
            marked=paragraph.text[start:end],
            after=paragraph.text[end:],
            citations=citations_path(document, label=paragraph.label),
            editions=tuple(
                (edition.language, document_path(edition.document, label=paragraph.label))
                for edition in editions
                if paragraph.label in edition.labels
            ),
            called_by=paragraph.called_by,
        )
        section, page = paragraph.section, paragraph.page


def _opened(before: tuple[str, ...], section: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Return (level, text) of the headings in `section` that were not open before it."""
    shared_count = 0
    while before[: shared_count + 1] == section[: shared_count + 1] and shared_count < len(section):
        shared_count += 1
    # HTML has no heading below level 6.
    return tuple((min(2 + depth, 6), section[depth]) for depth in range(shared_count, len(section)))
