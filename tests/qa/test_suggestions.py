"""Questions to go on with: each has an answer, and another one than the one at hand."""

import pytest

from qa.answer import Answer
from qa.service import Service
from qa.suggestions import SUGGESTION_COUNT, follow_ups, opening_questions

REPORT = "CTOC/COP/2012/10"
SEIZED = {
    "zh": "2011年，集装箱管制方案各参加国缉获了多少公斤可卡因？",
    "en": "What does paragraph 29 say?",
    "ar": "ماذا تقول الفقرة 29؟",
}


def places(answer: Answer) -> set[str]:
    return {citation.paragraph for citation in answer.citations}


@pytest.mark.parametrize("language", SEIZED)
def test_every_follow_up_leads_to_another_answer(service: Service, language: str) -> None:
    answer = service.ask(SEIZED[language])
    questions = follow_ups(answer, library=service.library, ask=service.ask)
    assert 1 <= len(questions) <= SUGGESTION_COUNT
    assert len(set(questions)) == len(questions)
    for question in questions:
        next = service.ask(question)
        assert next.status == "answered" and places(next) != places(answer)


def test_follow_ups_ask_about_the_section_of_the_answer(service: Service) -> None:
    answer = service.ask(SEIZED["zh"])
    questions = follow_ups(answer, library=service.library, ask=service.ask)
    assert questions[0] == "关于“改进执法合作和机构间协调”，报告说了什么？"


@pytest.mark.parametrize(
    ("question", "reworded"),
    [
        ("2016年缉获了多少公斤可卡因？", "缉获了多少公斤可卡因？"),
        ("Combien de pays participent en 2019 au projet sur les armes à feu ?", None),
    ],
)
def test_a_refused_question_is_offered_without_the_year_that_is_not_there(
    service: Service, question: str, reworded: str | None
) -> None:
    refused = service.ask(question)
    assert refused.status == "not_found"
    questions = follow_ups(refused, library=service.library, ask=service.ask)
    assert questions and question not in questions
    if reworded:
        assert questions[0] == reworded
    assert all(service.ask(offered).status == "answered" for offered in questions)


def test_questions_to_open_with_come_from_the_sections_of_the_document(service: Service) -> None:
    questions = opening_questions(REPORT, library=service.library, ask=service.ask)
    assert len(questions) == SUGGESTION_COUNT
    for question in questions:
        assert question.startswith("关于“") and service.ask(question).status == "answered"


def test_a_library_with_nothing_in_it_offers_nothing(service: Service) -> None:
    refused = service.ask("第999段说什么？")
    asked: list[str] = []

    def never(question: str) -> Answer:
        asked.append(question)
        return refused

    assert follow_ups(refused, library=service.library, ask=never) == []
    assert asked
