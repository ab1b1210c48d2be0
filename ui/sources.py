"""What the source panel shows: a paragraph in its place, and the same one in other editions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.library import DocumentSummary, Edition
from ingest.report import Paragraph
from qa.answer import Answer, Citation, RankedPassage
from qa.wording import WORDINGS, place_name
from ui.languages import LANGUAGES
from ui.render import NEAREST_SHOWN_COUNT, citations_path, document_path


class Shelf(Protocol):
    """Where the documents stand: what is used of `index.library.Library`."""

    def paragraph(self, document: str, label: str) -> Paragraph:
        """Return one paragraph; raises `NotFoundError`."""
        ...

    def neighbours(self, document: str, label: str) -> tuple[Paragraph | None, Paragraph | None]:
        """Return the paragraphs before and after one; raises `NotFoundError`."""
        ...

    def editions(self, document: str) -> Sequence[Edition]:
        """Return the other language editions; raises `NotFoundError`."""
        ...

    def summary(self, document: str) -> DocumentSummary:
        """Return what a list of documents shows of one; raises `NotFoundError`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SameParagraph:
    """The paragraph in another language edition."""

    language: str
    name: str
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A paragraph, cut at the quote.

    Attributes:
        name: what a reader calls the place.
        language: of the document.
        path: of the reader's page, with the quote marked.
        original: path of the file it was read from, at its page; None where pages cannot be
            opened.
        citations: path of its citation in the forms that are used elsewhere.
        quote: what is cited; empty where nothing is.
        before: its text up to the quote; all of it where nothing is cited.
        previous: the paragraph before it in the document, None for the first.
        following: the one after it, None for the last.
    """

    name: str
    document: str
    paragraph: str
    language: str
    section: tuple[str, ...]
    page: int | None
    path: str
    original: str | None
    citations: str
    quote: str
    before: str
    after: str
    previous: Paragraph | None
    following: Paragraph | None
    editions: tuple[SameParagraph, ...]


def sources_of(answer: Answer, *, shelf: Shelf) -> list[Source]:
    """Return what an answer cites, in order, or what came nearest to a refused question.

    Raises:
        NotFoundError: a paragraph has left the library meanwhile.
    """
    if answer.status == "not_found":
        wording = WORDINGS[answer.language]
        return [
            _source(
                passage,
                name=place_name(passage.document, passage.paragraph, wording),
                span=(0, 0),
                shelf=shelf,
            )
            for passage in answer.passages[:NEAREST_SHOWN_COUNT]
        ]
    return [
        _source(citation, name=citation.label, span=(citation.start, citation.end), shelf=shelf)
        for citation in answer.citations
    ]


def _source(
    place: Citation | RankedPassage, *, name: str, span: tuple[int, int], shelf: Shelf
) -> Source:
    document, label = place.document, place.paragraph
    paragraph, summary = shelf.paragraph(document, label), shelf.summary(document)
    previous, following = shelf.neighbours(document, label)
    start, end = span if span[1] else (len(paragraph.text), len(paragraph.text))
    is_paged = paragraph.page is not None and summary.source.lower().endswith(".pdf")
    return Source(
        name=name,
        document=document,
        paragraph=label,
        language=summary.language,
        section=paragraph.section,
        page=paragraph.page,
        path=document_path(document, label=label, start=span[0], end=span[1]),
        original=f"/api{document_path(document)}/original?view=true#page={paragraph.page}"
        if is_paged
        else None,
        citations=citations_path(document, label=label, start=span[0], end=span[1]),
        quote=paragraph.text[start:end],
        before=paragraph.text[:start],
        after=paragraph.text[end:],
        previous=previous,
        following=following,
        editions=tuple(
            SameParagraph(
                language=edition.language,
                name=LANGUAGES.get(edition.language, edition.language),
                path=document_path(edition.document, label=label),
                text=shelf.paragraph(edition.document, label).text,
            )
            for edition in shelf.editions(document)
            if label in edition.labels
        ),
    )
