"""How an answer looks, on answers written by hand."""

from html.parser import HTMLParser

import pytest

from ingest.report import Paragraph, Span
from qa.answer import Answer, Citation, RankedPassage, failed
from ui.render import (
    WORDS,
    document_path,
    percent,
    question_html,
    to_html,
    to_text,
)

TEXT = "2011年，该机构调查了113起刑事案件<b>。"
QUOTE = "该机构调查了113起刑事案件"
HOSTILE = '<img src=x onerror="pwned()"> [x](javascript:alert(1)) ${1} {{2}} & "q"'


def cited(*, text: str = TEXT, quote: str = QUOTE, section: str = "五. 执法合作") -> Citation:
    start = text.index(quote)
    return Citation(
        marker=1,
        document="CTOC/COP/2012/10",
        paragraph="25(a)",
        label="CTOC/COP/2012/10，第25(a)段",
        section=(section,),
        page=7,
        quote=quote,
        start=start,
        end=start + len(quote),
        link="/documents/CTOC%2FCOP%2F2012%2F10#25(a)",
    )


def answered(citation: Citation, *, language: str = "zh") -> Answer:
    return Answer(
        id="1",
        question="多少起？",
        language=language,
        status="answered",
        answer=f"{citation.quote} [1]",
        short_answers=("113起",),
        confidence=0.979,
        citations=(citation,),
        passages=(RankedPassage(document="CTOC/COP/2012/10", paragraph="25(a)", score=0.9),),
        seconds=0.1,
        error=None,
    )


def not_found(*, language: str) -> Answer:
    return Answer(
        id="1",
        question="?",
        language=language,
        status="not_found",
        answer="The documents do not answer this question.",
        short_answers=(),
        confidence=0.9,
        citations=(),
        passages=tuple(
            RankedPassage(document="A", paragraph=str(number), score=1 - number / 10)
            for number in range(1, 6)
        ),
        seconds=0.1,
        error=None,
    )


def paragraph_of(document: str, label: str, text: str = TEXT) -> Paragraph:
    return Paragraph(
        label=label, text=text, section=("五. 执法合作",), page=7, source=Span(start=0, end=1)
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


def test_text_shows_answer_citations_and_confidence_in_the_answers_language() -> None:
    assert to_text(answered(cited())) == (
        "该机构调查了113起刑事案件 [1]\n"
        "\n"
        "来源\n"
        "[1] CTOC/COP/2012/10，第25(a)段 · 五. 执法合作 · 第7页\n"
        "    “该机构调查了113起刑事案件”\n"
        "\n"
        "置信度 97%"
    )


def test_text_of_a_refusal_names_the_three_nearest_places_and_no_confidence() -> None:
    assert to_text(not_found(language="en")) == (
        "The documents do not answer this question.\n"
        "\n"
        "Nearest paragraphs\n"
        "    A, para. 1\n"
        "    A, para. 2\n"
        "    A, para. 3"
    )


def test_text_of_a_failed_question_is_one_line_that_says_why() -> None:
    text = to_text(failed(id="1", question="", error="the question is empty"))
    assert text == "This question could not be asked: the question is empty"


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en", "fr", "es", "ru", "ar"])
def test_every_language_has_its_own_words(language: str) -> None:
    text = to_text(answered(cited(), language=language))
    assert WORDS[language].sources in text
    assert WORDS[language].confidence.format("97%") in text


def test_only_certainty_reads_as_hundred_percent() -> None:
    assert [percent(share) for share in (0.0, 0.979, 0.9999, 1.0)] == ["0%", "97%", "99%", "100%"]


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("25(a)", "/documents/CTOC%2FCOP%2F2012%2F10#25(a)"),
        ("12#2", "/documents/CTOC%2FCOP%2F2012%2F10#12%232"),
        ("front matter", "/documents/CTOC%2FCOP%2F2012%2F10#front%20matter"),
        ("附件一/1", "/documents/CTOC%2FCOP%2F2012%2F10#%E9%99%84%E4%BB%B6%E4%B8%80/1"),
    ],
)
def test_path_of_a_paragraph(label: str, path: str) -> None:
    assert document_path("CTOC/COP/2012/10", label=label) == path


def test_path_with_a_quote_tells_the_server_the_paragraph_too() -> None:
    path = document_path("A/1", label="25(a)", start=6, end=20)
    assert path == "/documents/A%2F1?paragraph=25%28a%29&quote=6-20#25(a)"


def test_marker_links_to_the_quote_and_its_template_marks_it_in_the_whole_paragraph() -> None:
    html = Elements(to_html(answered(cited()), paragraph_of=paragraph_of))
    marker = next(found for tag, found in html.elements if found.get("class") == "marker")
    assert marker["href"] == (
        "/documents/CTOC%2FCOP%2F2012%2F10?paragraph=25%28a%29&quote=6-20#25(a)"
    )
    assert ("template", {"data-source": marker["data-source"]}) in html.elements
    assert html.text["mark"] == QUOTE
    assert html.text["blockquote"] == TEXT


def test_copy_button_holds_the_answer_with_its_sources_as_plain_text() -> None:
    answer = answered(cited())
    html = Elements(to_html(answer, paragraph_of=paragraph_of))
    button = next(found for tag, found in html.elements if tag == "button")
    assert button["data-copy"] == to_text(answer)


def test_hostile_text_of_documents_and_questions_becomes_no_element() -> None:
    plain = Elements(to_html(answered(cited()), paragraph_of=paragraph_of))
    hostile = Elements(
        to_html(
            answered(cited(text=HOSTILE, quote=HOSTILE, section=HOSTILE)),
            paragraph_of=lambda document, label: paragraph_of(document, label, HOSTILE),
        )
    )
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert hostile.text["mark"] == HOSTILE
    question = Elements(question_html(HOSTILE))
    assert question.elements == [("p", {"class": "asked", "dir": "auto"})]
    assert question.text["p"] == HOSTILE


def test_arabic_answers_run_from_right_to_left_and_quotes_in_their_own_direction() -> None:
    html = Elements(to_html(answered(cited(), language="ar"), paragraph_of=paragraph_of))
    assert html.elements[0] == (
        "article",
        {"class": "answer answered", "lang": "ar", "dir": "rtl"},
    )
    assert ("blockquote", {"dir": "auto"}) in html.elements
    # The name of a place begins with a Latin symbol, but its words are the answer's.
    assert html.elements.count(("bdi", {"dir": "rtl"})) == 2


def test_the_statement_runs_in_its_own_direction_with_its_marker_outside() -> None:
    html = to_html(answered(cited(), language="ar"), paragraph_of=paragraph_of)
    assert f'<p><bdi>{QUOTE} </bdi><a class="marker"' in html


def test_refusal_offers_the_three_nearest_paragraphs_without_a_mark() -> None:
    html = Elements(to_html(not_found(language="en"), paragraph_of=paragraph_of))
    sources = [found for tag, found in html.elements if tag == "template"]
    assert [source["data-source"] for source in sources] == ["1", "2", "3"]
    assert "mark" not in html.text
