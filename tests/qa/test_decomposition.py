"""Questions about several documents are taken apart."""

import pytest

from qa.decomposition import Part, clauses, decompose

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


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("船队有多大，由哪个部管理？", ["船队有多大", "船队有由哪个部管理"]),
        ("渔业署是哪年设立的？设在哪个部下面？", ["渔业署是哪年设立的", "渔业署是设在哪个部下面"]),
        (
            "四个港口里谁最先开工，谁排在最后？",
            ["四个港口里谁最先开工", "四个港口里谁排在最后"],
        ),
        (
            "How grave is the loss of nets, and what is planned against it?",
            [
                "How grave is the loss of nets",
                "grave is the loss of nets: what is planned against it",
            ],
        ),
        (
            "Quand la loi a-t-elle été publiée et qui l'a rédigée ?",
            ["Quand la loi a-t-elle été publiée", "la loi a-t-elle été publiée: qui l'a rédigée"],
        ),
        (
            "¿Cuándo se publicó la ley y quién la redactó?",
            ["¿Cuándo se publicó la ley", "se publicó la ley: quién la redactó"],
        ),
        (
            "Когда был опубликован закон и кто его составил?",
            ["Когда был опубликован закон", "был опубликован закон: кто его составил"],
        ),
        ("متى نشر القانون ومن الذي صاغه؟", ["متى نشر القانون", "نشر القانون: من الذي صاغه"]),
    ],
)
def test_two_questions_in_one_sentence_are_told_apart(question: str, wanted: list[str]) -> None:
    assert clauses(question) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "船队有多大？",
        "在近几年，渔业署采取了什么措施？",
        "有本手册能帮检查员认出旧网，它叫什么？",
        "哪些国家既在港口项目里，又在渔网项目里？",
        "谁在何时何地签了字？",
        "Which countries are in the port project and in the net project?",
        "What countries, and in which region, took part?",
        "Who signed when the port was opened?",
        "Qui a signé et payé ?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert clauses(question) == []
