"""How an answer looks, on answers written by hand."""

from dataclasses import replace

import pytest

from qa.answer import failed
from tests.ui.answers import answered, cited, not_found
from ui.render import WORDS, document_path, percent, to_text


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


def test_what_bears_no_number_is_called_no_paragraph() -> None:
    refused = not_found(language="en")
    nearest = (replace(refused.passages[0], paragraph="front matter"), *refused.passages[1:])
    text = to_text(replace(refused, passages=nearest))
    assert "    A, front matter\n    A, para. 2\n" in text


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
