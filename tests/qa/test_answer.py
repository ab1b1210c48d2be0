"""The check that stands between every answer and its reader."""

import unicodedata
from dataclasses import replace

import pytest

from qa.answer import Answer, Citation, escape_markers, failed, verify

TEXT = "2011年，该机构调查了113起刑事案件。"


def text_of(document: str, label: str) -> str:
    assert (document, label) == ("D", "25(a)")
    return TEXT


CITATION = Citation(
    marker=1,
    document="D",
    paragraph="25(a)",
    label="D，第25(a)段",
    section=(),
    page=None,
    quote="113起刑事案件",
    start=12,
    end=20,
    link="/documents/D#25(a)",
)
SECOND = replace(CITATION, marker=2, quote="2011年", start=0, end=5)
ANSWER = Answer(
    id="1",
    question="几起？",
    language="zh",
    status="answered",
    answer="113起刑事案件 [1]2011年 [2]",
    short_answers=("113起",),
    confidence=0.9,
    citations=(CITATION, SECOND),
    passages=(),
    seconds=0.1,
    error=None,
)
REFUSAL = replace(ANSWER, status="not_found", answer="文件没有回答这个问题。", citations=())


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER,
        REFUSAL,
        replace(ANSWER, answer="两处 [1][2]，再说一次 [1]"),
        failed(id="7", question="", error="the question is empty; write one"),
    ],
    ids=["answered", "refused", "a marker used twice", "failed"],
)
def test_an_answer_that_proves_what_it_says_passes(answer: Answer) -> None:
    verify(answer, text_of=text_of)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (replace(ANSWER, answer="113起刑事案件 [1]"), "markers"),
        (replace(ANSWER, answer="113起刑事案件 [1][2][3]"), "markers"),
        (replace(ANSWER, citations=(SECOND, CITATION)), "count up from 1"),
        (replace(ANSWER, citations=(CITATION, CITATION)), "count up from 1"),
        (
            replace(ANSWER, answer="2011年 [2]", citations=(SECOND,)),
            "count up from 1",
        ),
        (replace(ANSWER, answer="113起刑事案件", citations=()), "status answered with 0"),
        (replace(ANSWER, status="not_found"), "status not_found with 2"),
        (replace(ANSWER, status="error"), "status error with 2"),
        (replace(REFUSAL, answer="没有 [1]"), "markers"),
        (
            replace(ANSWER, citations=(CITATION, replace(SECOND, quote="2012年"))),
            r"quote of \[2\] is not in D 25\(a\)",
        ),
        # Neither white space nor width may differ.
        (
            replace(ANSWER, citations=(CITATION, replace(SECOND, quote="2011 年"))),
            r"quote of \[2\]",
        ),
        (replace(ANSWER, citations=(CITATION, replace(SECOND, start=1))), r"quote of \[2\]"),
        (replace(ANSWER, citations=(CITATION, replace(SECOND, end=4))), r"quote of \[2\]"),
        (
            replace(ANSWER, citations=(CITATION, replace(SECOND, quote="", start=3, end=3))),
            r"quote of \[2\]",
        ),
    ],
)
def test_every_violation_is_raised(answer: Answer, reason: str) -> None:
    with pytest.raises(AssertionError, match=reason):
        verify(answer, text_of=text_of)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("see [5] and [12]", "see ［5］ and ［12］"),
        ("[1][2]", "［1］［2］"),
        ("[a], [1 and (1)", "[a], [1 and (1)"),
        ("", ""),
    ],
)
def test_numbers_in_brackets_are_no_markers_once_escaped(text: str, escaped: str) -> None:
    assert escape_markers(text) == escaped
    assert unicodedata.normalize("NFKC", escaped) == text
    verify(
        replace(ANSWER, answer=f"{escape_markers(text)} [1][2]"),
        text_of=text_of,
    )


def test_the_record_of_a_failed_question_says_why_and_nothing_else() -> None:
    record = failed(id="7", question="？", error="no")
    assert (record.id, record.question, record.status, record.error) == ("7", "？", "error", "no")
    assert (record.answer, record.short_answers, record.citations, record.passages) == (
        "",
        (),
        (),
        (),
    )
    assert record.confidence == 0
