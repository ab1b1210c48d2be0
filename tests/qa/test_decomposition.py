"""Questions about several documents are taken apart."""

import pytest

from qa.decomposition import Part, decompose

TITLES = {
    "海关署年报": ["a"],
    "渔业署年报": ["b"],
    "渔业署": ["c"],
    "年报": ["d"],
    "Customs Report": ["e"],
    "Fisheries Report": ["f", "g"],
}


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "比较2011年海关署年报和2012年渔业署年报的支出，哪份更高？",
            {
                "a": "比较2011年海关署年报的支出，哪份更高？",
                "b": "比较2012年渔业署年报的支出，哪份更高？",
            },
        ),
        (
            "《海关署年报》与《渔业署年报》在支出上有何不同？",
            {"a": "《海关署年报》在支出上有何不同？", "b": "《渔业署年报》在支出上有何不同？"},
        ),
        (
            "海关署年报的统计、渔业署年报的统计说了什么？",
            {"a": "海关署年报的统计说了什么？", "b": "渔业署年报的统计说了什么？"},
        ),
        (
            "How do the Customs Report and the fisheries report differ on staff?",
            {
                "e": "How do the Customs Report differ on staff?",
                "fg": "How do the fisheries report differ on staff?",
            },
        ),
    ],
)
def test_each_document_is_asked_about_with_its_own_name(
    question: str, parts: dict[str, str]
) -> None:
    wanted = [Part(documents=tuple(ids), question=text) for ids, text in parts.items()]
    assert decompose(question, titles=TITLES) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "海关署年报的支出是多少？",
        "海关署年报提到渔业署年报的哪一段？",
        "海关署年报和海关署年报有何不同？",
        "What does the Customs Report say of the Fisheries Report?",
        "Compare PreCustoms Report and Fisheries Reporting",
    ],
)
def test_a_question_about_one_document_stays_whole(question: str) -> None:
    assert decompose(question, titles=TITLES) == []


def test_a_title_of_two_characters_is_no_name() -> None:
    assert decompose("年报和渔业署年报有何不同？", titles=TITLES) == []
