"""How an answer looks: plain text for the terminal, HTML for the chat page, in seven languages."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from ingest.report import Paragraph
from qa.answer import Answer, Citation, RankedPassage
from qa.wording import WORDINGS
from ui.frame import template
from ui.languages import direction

# A refusal shows where the reader could look himself; more would read like an answer.
NEAREST_SHOWN_COUNT = 3

_MARKER = re.compile(r"\[(\d+)\]")

ParagraphOf = Callable[[str, str], Paragraph]
"""(document id, paragraph label) to the paragraph; raises `NotFoundError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words round an answer, in one language; `{}` stands for what is put in."""

    sources: str
    confidence: str
    nearest: str
    page: str
    open_document: str
    copy: str
    copied: str
    failed: str


WORDS: Mapping[str, Words] = {
    "zh": Words(
        sources="来源",
        confidence="置信度 {}",
        nearest="最接近的段落",
        page="第{}页",
        open_document="在文件中查看",
        copy="复制",
        copied="已复制",
        failed="无法处理这个问题：{}",
    ),
    "zh-Hant": Words(
        sources="來源",
        confidence="信賴度 {}",
        nearest="最接近的段落",
        page="第{}頁",
        open_document="在文件中檢視",
        copy="複製",
        copied="已複製",
        failed="無法處理這個問題：{}",
    ),
    "en": Words(
        sources="Sources",
        confidence="Confidence {}",
        nearest="Nearest paragraphs",
        page="page {}",
        open_document="Open in the document",
        copy="Copy",
        copied="Copied",
        failed="This question could not be asked: {}",
    ),
    "fr": Words(
        sources="Sources",
        confidence="Confiance {}",
        nearest="Paragraphes les plus proches",
        page="page {}",
        open_document="Ouvrir dans le document",
        copy="Copier",
        copied="Copié",
        failed="Cette question n’a pas pu être traitée : {}",
    ),
    "es": Words(
        sources="Fuentes",
        confidence="Confianza {}",
        nearest="Párrafos más cercanos",
        page="página {}",
        open_document="Abrir en el documento",
        copy="Copiar",
        copied="Copiado",
        failed="No se pudo tratar esta pregunta: {}",
    ),
    "ru": Words(
        sources="Источники",
        confidence="Уверенность {}",
        nearest="Ближайшие пункты",
        page="стр. {}",
        open_document="Открыть в документе",
        copy="Копировать",
        copied="Скопировано",
        failed="Не удалось обработать вопрос: {}",
    ),
    "ar": Words(
        sources="المصادر",
        confidence="درجة الثقة {}",
        nearest="أقرب الفقرات",
        page="الصفحة {}",
        open_document="فتح في الوثيقة",
        copy="نسخ",
        copied="تم النسخ",
        failed="تعذرت معالجة هذا السؤال: {}",
    ),
}


def words_in(language: str) -> Words:
    """Return the words of a language, the English ones where it has none."""
    return WORDS.get(language, WORDS["en"])


def percent(share: float) -> str:
    """Return a share as a whole percentage, rounded down so that only certainty reads 100%."""
    return f"{int(share * 100)}%"


def document_path(document: str, *, label: str = "", start: int = 0, end: int = 0) -> str:
    """Return the path of a document on the reader's pages.

    Args:
        document: id of the document.
        label: label of the paragraph to go to; empty goes to the top.
        start: first code point of the quote to mark in that paragraph.
        end: one past its last code point; 0 marks nothing.
    """
    path = f"/documents/{quote(document, safe='')}"
    if end:
        path += "?" + urlencode({"paragraph": label, "quote": f"{start}-{end}"})
    if label:
        # RFC 3986 allows `/`, `(` and `)` in a fragment, but not a second `#`.
        path += "#" + quote(label, safe="/()")
    return path


def to_text(answer: Answer) -> str:
    """Return the answer for a terminal: the answer, then its citations, then the confidence.

    A refusal is followed by the places that came nearest; a failed question is one line.
    """
    words = words_in(answer.language)
    if answer.status == "error":
        return words.failed.format(answer.error)
    lines = [answer.answer, ""]
    if answer.citations:
        lines.append(words.sources)
        for citation in answer.citations:
            lines.append(f"[{citation.marker}] {place(citation, words=words)}")
            lines.append(f"    “{citation.quote}”")
        lines += ["", words.confidence.format(percent(answer.confidence))]
    elif answer.passages:
        lines.append(words.nearest)
        lines += [
            f"    {_name(passage, language=answer.language)}"
            for passage in answer.passages[:NEAREST_SHOWN_COUNT]
        ]
    return "\n".join(lines).rstrip()


def place(citation: Citation, *, words: Words) -> str:
    """Return where a citation stands: label, headings from the outermost, page where known."""
    parts = [citation.label, *citation.section]
    if citation.page is not None:
        parts.append(words.page.format(citation.page))
    return " · ".join(parts)


def to_html(answer: Answer, *, paragraph_of: ParagraphOf) -> str:
    """Return the answer as an HTML fragment for the chat page, every text escaped.

    Markers and citations are links to the reader's page. Each carries `data-source`, the number
    of the `<template>` in the same fragment that holds its paragraph for the source panel, so
    showing a source takes no request.

    Raises:
        NotFoundError: a paragraph that the answer cites has left the library meanwhile.
    """
    words = words_in(answer.language)
    sources = [
        _Source.cited(citation, paragraph=paragraph_of(citation.document, citation.paragraph))
        for citation in answer.citations
    ]
    if answer.status == "not_found":
        sources = [
            _Source.near(
                passage,
                name=_name(passage, language=answer.language),
                paragraph=paragraph_of(passage.document, passage.paragraph),
            )
            for passage in answer.passages[:NEAREST_SHOWN_COUNT]
        ]
    return template("answer.html").render(
        answer=answer,
        words=words,
        direction=direction(answer.language),
        paragraphs=[_pieces(line) for line in answer.answer.split("\n") if line.strip()],
        sources=sources,
        text=to_text(answer),
        confidence=words.confidence.format(percent(answer.confidence)),
    )


def question_html(question: str) -> str:
    """Return a question as an HTML fragment, escaped, in the direction of its own script."""
    from markupsafe import Markup

    return Markup('<p class="asked" dir="auto">{}</p>').format(question)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What the source panel shows: a paragraph, cut at the quote."""

    name: str
    document: str
    quote: str
    section: tuple[str, ...]
    page: int | None
    path: str
    before: str
    marked: str
    after: str

    @classmethod
    def cited(cls, citation: Citation, *, paragraph: Paragraph) -> "_Source":
        text, start, end = paragraph.text, citation.start, citation.end
        return cls(
            name=citation.label,
            document=citation.document,
            quote=citation.quote,
            section=citation.section,
            page=citation.page,
            path=document_path(citation.document, label=citation.paragraph, start=start, end=end),
            before=text[:start],
            marked=text[start:end],
            after=text[end:],
        )

    @classmethod
    def near(cls, passage: RankedPassage, *, name: str, paragraph: Paragraph) -> "_Source":
        return cls(
            name=name,
            document=passage.document,
            quote="",
            section=paragraph.section,
            page=paragraph.page,
            path=document_path(passage.document, label=passage.paragraph),
            before=paragraph.text,
            marked="",
            after="",
        )


def _name(passage: RankedPassage, *, language: str) -> str:
    place = WORDINGS[language].place
    return place.format(document=passage.document, label=passage.paragraph)


def _pieces(line: str) -> list[tuple[str, int | None]]:
    """Cut a line at its markers: (text, None) and ("", marker) in order."""
    pieces: list[tuple[str, int | None]] = []
    for index, piece in enumerate(_MARKER.split(line)):
        if index % 2:
            pieces.append(("", int(piece)))
        elif piece:
            pieces.append((piece, None))
    return pieces
