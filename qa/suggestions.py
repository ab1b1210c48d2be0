"""Questions to go on with, each asked before it is offered, so that it leads to an answer.

They are made from the documents alone: the section that an answer stands in, the paragraphs that
came near, and, after a refusal, the same question without the years it names.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from index.library import Library
from ingest.language import is_same_language
from qa.answer import Answer
from qa.lookup import named_places

SUGGESTION_COUNT = 3
"""Questions offered after one answer, at most."""
_TRIED_COUNT = 5
"""Questions that are asked to find them, at most."""
_SECTIONS_TRIED = 8
"""Sections of a document that are asked about to find questions to open with."""

_Item = TypeVar("_Item")

Ask = Callable[[str], Answer]
"""Asks a question of the documents that the reader has chosen."""

# What numbers a heading: "五.", "（二）", "IV.", "B.", "3.2.".
_HEADING_NUMBER = re.compile(
    r"^\s*(?:[(（][^()（）]{1,5}[)）]|[一二三四五六七八九十百]{1,4}\s*[、.．]|[IVXLC]+\.|[A-ZА-Я]\."
    r"|\d+(?:\.\d+)*\.?(?=\s))\s*"
)
# A year with the words that go with it alone.
_YEAR_PHRASE = (
    r"(?:(?:在|于|於)?\s*{year}\s*年\s*(?:间|間|期间|期間|度)?的?)"
    r"|(?:\b(?:in|during|for|by|en|durante|pour|pendant)\s+"
    r"(?:(?:the year|l['’]année|el año)\s+)?{year}\b)"
    r"|(?:\b(?:в|за)\s+{year}\s*(?:году?)?)"
    r"|(?:(?:في|خلال)\s+(?:(?:عام|سنة)\s+)?{year})"
    r"|{year}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forms:
    """How to ask of a section and of a paragraph in one language."""

    section: str
    paragraph: str


_FORMS = MappingProxyType(
    {
        "zh": _Forms(section="关于“{}”，报告说了什么？", paragraph="{document}第{label}段说什么？"),
        "zh-Hant": _Forms(
            section="關於「{}」，報告說了什麼？", paragraph="{document}第{label}段說什麼？"
        ),
        "en": _Forms(
            section="What does the report say about “{}”?",
            paragraph="What does paragraph {label} of {document} say?",
        ),
        "fr": _Forms(
            section="Que dit le rapport au sujet de « {} » ?",
            paragraph="Que dit le paragraphe {label} de {document} ?",
        ),
        "es": _Forms(
            section="¿Qué dice el informe sobre «{}»?",
            paragraph="¿Qué dice el párrafo {label} de {document}?",
        ),
        "ru": _Forms(
            section="Что говорится в докладе о теме «{}»?",
            paragraph="Что говорится в пункте {label} документа {document}?",
        ),
        "ar": _Forms(
            section="ماذا يقول التقرير عن «{}»؟",
            paragraph="ماذا تقول الفقرة {label} من {document}؟",
        ),
    }
)


def follow_ups(answer: Answer, *, library: Library, ask: Ask) -> list[str]:
    """Return questions to go on with after an answer or a refusal, the nearest to it first.

    Each has an answer of its own, none is the question itself; at most `SUGGESTION_COUNT`.
    """
    candidates = _reworded(answer) if answer.status == "not_found" else iter(())
    return _answered([*candidates, *_near(answer, library)], but=answer, ask=ask)


def opening_questions(document: str, *, library: Library, ask: Ask) -> list[str]:
    """Return questions to begin with, in a document's own language.

    They are of its sections, or, where it has too few, of its paragraphs.

    Raises:
        NotFoundError: the library does not hold the document.
    """
    stored = library.document(document)
    forms = _FORMS[stored.summary.language]
    headings = dict.fromkeys(
        paragraph.section[-1] for paragraph in stored.paragraphs if paragraph.section
    )
    topics = filter(None, map(_topic, headings))
    sections = [forms.section.format(topic) for topic in topics]
    found = _answered(_spread(sections, _SECTIONS_TRIED), but=None, ask=ask)
    paragraphs = [
        forms.paragraph.format(document=document, label=paragraph.label)
        for paragraph in _spread(stored.paragraphs, SUGGESTION_COUNT)
    ]
    missing_count = SUGGESTION_COUNT - len(found)
    return found + _answered(paragraphs, but=None, ask=ask)[:missing_count]


def _spread(items: Sequence[_Item], count: int) -> Sequence[_Item]:
    """Return at most `count` of the items, spread over all of them."""
    return items[:: max(1, len(items) // count)][:count]


def _answered(candidates: Sequence[str], *, but: Answer | None, ask: Ask) -> list[str]:
    """Return the first candidates that have an answer, and another one than `but`."""
    cited = [_places(but)] if but is not None else []
    found: list[str] = []
    for question in list(dict.fromkeys(candidates))[:_TRIED_COUNT]:
        if len(found) == SUGGESTION_COUNT or (but is not None and question == but.question):
            continue
        answer = ask(question)
        if answer.status == "answered" and _places(answer) not in cited:
            found.append(question)
            cited.append(_places(answer))
    return found


def _places(answer: Answer) -> frozenset[tuple[str, str]]:
    return frozenset((citation.document, citation.paragraph) for citation in answer.citations)


def _reworded(answer: Answer) -> Iterator[str]:
    """Yield a refused question without each of its years and without all of them."""
    years = named_places(answer.question).years
    without_all = answer.question
    for year in years:
        pattern = _YEAR_PHRASE.format(year=re.escape(year))
        yield _without(pattern, answer.question)
        without_all = _without(pattern, without_all)
    if len(years) > 1:
        yield without_all


def _without(pattern: str, question: str) -> str:
    shorter = re.sub(pattern, "", question, flags=re.IGNORECASE)
    return re.sub(r"\s+(?=[,.;?？])", "", re.sub(r"\s{2,}", " ", shorter)).strip(" ,，、")


def _near(answer: Answer, library: Library) -> Iterator[str]:
    """Yield questions of the section of the first place, and of the paragraphs that came near."""
    forms = _FORMS[answer.language]
    cited = _places(answer)
    # The same paragraph in another language says nothing new.
    known = cited | {
        (edition.document, label)
        for document, label in cited
        for edition in library.editions(document)
        if label in edition.labels
    }
    languages = library.languages()
    for number, passage in enumerate(answer.passages):
        paragraph = library.paragraph(passage.document, passage.paragraph)
        if number == 0 and paragraph.section:
            topic = _topic(paragraph.section[-1])
            # In another language the heading would be read as the question's own words.
            if topic and is_same_language(answer.language, languages[passage.document]):
                yield forms.section.format(topic)
        if (passage.document, passage.paragraph) not in known:
            yield forms.paragraph.format(document=passage.document, label=passage.paragraph)


def _topic(heading: str) -> str:
    """Return what a heading is about: its text without its number."""
    return _HEADING_NUMBER.sub("", heading).strip(" .:：。")
