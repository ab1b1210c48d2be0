"""The parts of the chat page, of answers written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import pytest

from index.library import DocumentSummary, Edition
from ingest.presentation import Presentation
from ingest.report import Paragraph, Span
from qa.answer import Answer, failed
from tests.ui.answers import HOSTILE, QUOTE, TEXT, answered, cited, not_found
from ui.conversations import Conversation, Conversations
from ui.fragments import (
    answer_html,
    confidence_level,
    conversations_html,
    question_html,
    questions_html,
)
from ui.languages import LANGUAGES, texts
from ui.render import to_text


@dataclass(frozen=True)
class FakeShelf:
    """One document in two languages, every paragraph of which says the same."""

    text: str = TEXT
    source: str = "report.pdf"

    def paragraph(self, document: str, label: str) -> Paragraph:
        return Paragraph(
            label=label,
            text=self.text if "@" not in document else f"en: {self.text}",
            section=("五. 执法合作",),
            page=7,
            source=Span(start=0, end=1),
        )

    def neighbours(self, document: str, label: str) -> tuple[Paragraph | None, Paragraph | None]:
        return self.paragraph(document, "before"), None

    def editions(self, document: str) -> Sequence[Edition]:
        return [Edition(document=f"{document}@en", language="en", labels=frozenset({"25(a)"}))]

    def summary(self, document: str) -> DocumentSummary:
        return DocumentSummary(
            document=document,
            symbol=document,
            title=self.text,
            language="zh",
            numbered=True,
            source=self.source,
            sha256="",
            paragraph_count=2,
            found="",
            findings=(),
            presentation=Presentation(
                session=None, session_dates=None, agenda_item=None, date=None
            ),
        )


class Elements(HTMLParser):
    """Collects (tag, attributes) of every element and the text inside each tag name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.text[tag] = self.text.get(tag, "") + data


def html_of(answer: Answer, *, language: str = "en", shelf: FakeShelf | None = None) -> Elements:
    return Elements(answer_html(answer, language=language, shelf=shelf or FakeShelf()))


def test_marker_links_to_the_quote_and_its_source_marks_it_in_the_whole_paragraph() -> None:
    html = html_of(answered(cited()))
    marker = next(found for tag, found in html.elements if found.get("class") == "marker")
    assert marker["href"] == (
        "/documents/CTOC%2FCOP%2F2012%2F10?paragraph=25%28a%29&quote=6-20#25(a)"
    )
    shelved = {"class": "shelved", "data-source": marker["data-source"], "hidden": None}
    assert ("div", shelved) in html.elements
    assert html.text["mark"] == QUOTE
    assert html.text["blockquote"] == f"25(a) {TEXT}"


def test_the_short_answer_stands_before_the_sentences() -> None:
    html = answer_html(answered(cited()), language="en", shelf=FakeShelf())
    assert html.index("<li><bdi>113起</bdi></li>") < html.index(f"<p><bdi>{QUOTE}")


def test_the_panel_shows_neighbours_the_other_edition_and_the_page_of_the_original() -> None:
    html = html_of(answered(cited()))
    links = [found["href"] for tag, found in html.elements if tag == "a" and "target" in found]
    assert links == [
        "/documents/CTOC%2FCOP%2F2012%2F10%40en#25(a)",
        "/documents/CTOC%2FCOP%2F2012%2F10?paragraph=25%28a%29&quote=6-20#25(a)",
        "/api/documents/CTOC%2FCOP%2F2012%2F10/original?view=true#page=7",
    ]
    assert f"en: {TEXT}" in html.text["details"]
    neighbours = [found for tag, found in html.elements if found.get("class") == "neighbour"]
    assert len(neighbours) == 1, "there is one before and none after"


def test_only_a_file_with_pages_is_opened_at_one() -> None:
    html = html_of(answered(cited()), shelf=FakeShelf(source="report.docx"))
    assert not [found for _, found in html.elements if "original" in (found.get("href") or "")]


def test_copy_button_holds_the_answer_with_its_sources_as_plain_text() -> None:
    answer = answered(cited())
    html = html_of(answer)
    (copied,) = [found["data-copy"] for _, found in html.elements if "data-copy" in found]
    assert copied == to_text(answer)


def test_hostile_text_of_documents_and_questions_becomes_no_element() -> None:
    plain = html_of(answered(cited()))
    shelf = FakeShelf(text=HOSTILE)
    answer = replace(
        answered(cited(text=HOSTILE, quote=HOSTILE, section=HOSTILE)),
        question=HOSTILE,
        short_answers=(HOSTILE,),
    )
    hostile = html_of(answer, shelf=shelf)
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert hostile.text["mark"] == HOSTILE
    question = Elements(question_html(HOSTILE, language="en"))
    assert [tag for tag, _ in question.elements] == ["div", "p", "button"]
    assert question.text["p"] == HOSTILE
    offered = Elements(questions_html([HOSTILE], title=HOSTILE))
    assert [tag for tag, _ in offered.elements] == ["section", "h2", "ul", "li", "button", "bdi"]
    kept = Conversations(all=(Conversation(id=HOSTILE, name=HOSTILE, answers=()),))
    menu = Elements(conversations_html(kept, language="en"))
    assert "img" not in [tag for tag, _ in menu.elements] and HOSTILE in menu.text["button"]


def test_arabic_answers_run_from_right_to_left_and_quotes_in_their_own_direction() -> None:
    html = html_of(answered(cited(), language="ar"))
    assert ("div", {"class": "said", "lang": "ar", "dir": "rtl"}) in html.elements
    assert ("div", {"lang": "zh", "dir": "ltr"}) in html.elements


def test_the_statement_runs_in_its_own_direction_with_its_marker_outside() -> None:
    html = answer_html(answered(cited(), language="ar"), language="en", shelf=FakeShelf())
    assert f'<p><bdi>{QUOTE} </bdi><a class="marker"' in html


def test_refusal_offers_the_three_nearest_paragraphs_without_a_mark_or_confidence() -> None:
    html = html_of(not_found(language="en"))
    sources = [found for _, found in html.elements if found.get("class") == "shelved"]
    assert [source["data-source"] for source in sources] == ["1", "2", "3"]
    assert "mark" not in html.text
    assert not [found for _, found in html.elements if "confidence" in (found.get("class") or "")]


def test_a_failed_question_says_why_and_can_be_asked_again() -> None:
    html = html_of(failed(id="7", question="?", error="too long"))
    assert html.text["p"] == "This question could not be asked: too long"
    assert ("button", {"type": "button", "class": "tool", "data-act": "retry"}) in html.elements


@pytest.mark.parametrize(
    ("confidence", "level"),
    [(1.0, "high"), (0.8, "high"), (0.79, "medium"), (0.5, "medium"), (0.49, "low"), (0.0, "low")],
)
def test_confidence_in_words(confidence: float, level: str) -> None:
    assert confidence_level(confidence) == level


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_round_an_answer_are_the_interfaces(language: str) -> None:
    html = html_of(answered(cited()), language=language)
    words = texts(language)
    assert words["chat.sources"] in html.text["h2"]
    assert words["chat.confidence.high"] in html.text["summary"]
    assert words["chat.copy"] in html.text["button"]


def test_nothing_is_offered_where_there_are_no_questions() -> None:
    assert questions_html([], title="Ask next").strip() == ""


@pytest.mark.parametrize(("last", "shown"), [("海洛因", "short"), ("海" * 25, "short long")])
def test_short_answers_stand_in_a_line_unless_one_is_too_long(last: str, shown: str) -> None:
    html = html_of(replace(answered(cited()), short_answers=("可卡因", last)))
    assert next(found for tag, found in html.elements if tag == "ul")["class"] == shown
