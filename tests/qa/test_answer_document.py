"""The Word document of answers: what stands in it, and in which direction it runs."""

import io
from dataclasses import replace

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from qa.answer import Answer, Citation, failed
from qa.answer_document import encode_document

QUOTE = "2011年，该机构调查了113起刑事案件"
ANSWERED = Answer(
    id="q1",
    question="几起\n案件？",
    language="zh",
    status="answered",
    answer=f"{QUOTE} [1]",
    short_answers=("113起",),
    confidence=0.97,
    citations=(
        Citation(
            marker=1,
            document="A/1",
            paragraph="25(a)",
            label="A/1，第25(a)段",
            section=("五. 执法",),
            page=None,
            quote=QUOTE,
            start=0,
            end=len(QUOTE),
            link="/documents/A%2F1#25(a)",
        ),
    ),
    passages=(),
    seconds=0.1,
    error=None,
)


def paragraphs_of(*answers: Answer) -> list[Paragraph]:
    return Document(io.BytesIO(encode_document(answers))).paragraphs


def is_right_to_left(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.find(qn("w:bidi")) is not None


def test_a_question_is_a_heading_above_its_answer_its_quotes_and_their_places() -> None:
    paragraphs = paragraphs_of(ANSWERED, failed(id="2", question="谁？", error="gone"))
    assert [(one.style.name, one.text) for one in paragraphs] == [
        ("Heading 1", "q1. 几起 案件？"),
        ("Normal", f"{QUOTE} [1]"),
        ("Quote", QUOTE),
        ("Caption", "[1] A/1，第25(a)段 · 五. 执法"),
        ("Heading 1", "2. 谁？"),
        ("Normal", "Error: gone"),
    ]


def test_text_that_looks_like_markup_and_what_xml_cannot_hold_are_text() -> None:
    hostile = "<w:b/> & \x00\x0b\ud7ff <script>"
    (_, answer) = paragraphs_of(replace(ANSWERED, answer=hostile, citations=()))
    assert answer.text == "<w:b/> & \ufffd\ufffd\ud7ff <script>"


def test_arabic_paragraphs_run_from_right_to_left_and_what_they_quote_does_not() -> None:
    arabic = replace(
        ANSWERED, language="ar", question="كم عدد القضايا؟", answer=f"وُجد: {QUOTE} [1]"
    )
    heading, answer, quote, place = paragraphs_of(arabic)
    assert [is_right_to_left(one) for one in (heading, answer, quote, place)] == [
        *(True, True, False, True)
    ]
    assert [(run.text, bool(run.font.rtl)) for run in answer.runs] == [
        ("وُجد: 2011", True),
        (QUOTE.removeprefix("2011"), False),
        (" [1]", True),
    ]
    (_, _, arabic_quote, _) = paragraphs_of(
        replace(ANSWERED, citations=(replace(ANSWERED.citations[0], quote="قالت اللجنة."),))
    )
    assert is_right_to_left(arabic_quote)
