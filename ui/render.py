"""How an answer looks: plain text for the terminal, HTML for the chat page, in seven languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from qa.answer import Answer, Citation, RankedPassage
from qa.wording import WORDINGS, place_name

NEAREST_SHOWN_COUNT = 3
"""Paragraphs shown with a refusal; more would read like an answer."""


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


def citations_path(document: str, *, label: str, start: int = 0, end: int = 0) -> str:
    """Return the path that gives a paragraph's citation in the forms used elsewhere.

    Args:
        document: id of the document.
        label: of the paragraph.
        start: first code point of the quote.
        end: one past its last; 0 cites the paragraph as a whole.
    """
    path = f"/api/documents/{quote(document, safe='')}/citations/{quote(label, safe='()')}"
    return f"{path}?quote={start}-{end}" if end else path


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


def _name(passage: RankedPassage, *, language: str) -> str:
    return place_name(passage.document, passage.paragraph, WORDINGS[language])
