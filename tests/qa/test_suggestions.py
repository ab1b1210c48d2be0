"""Questions to go on with: each has an answer, and another one than the one at hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.library import Library
from qa.answer import Answer
from qa.service import Service
from qa.suggestions import SUGGESTION_COUNT, follow_ups, opening_questions
from ui.bootstrap import build_service

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


def test_questions_to_open_with_come_from_the_paragraphs_where_there_are_no_sections(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    sentences = "The dam was built.", "The road was not.", "The port was.", "So was the bridge."
    lines = [f"{number}. {text}" for number, text in enumerate(sentences, start=1)]
    path.write_text("A/1\n\nA report\n\n" + "\n\n".join(lines), encoding="utf-8")
    library.add(path, symbol="A/1")
    service = build_service(library)
    questions = opening_questions("A/1", library=library, ask=service.ask)
    assert questions == [f"What does paragraph {label} of A/1 say?" for label in (1, 2, 3)]


def test_the_same_paragraph_in_another_language_is_not_offered(
    library: Library, tmp_path: Path
) -> None:
    for language, text in {"en": "The dam was built.", "fr": "Le barrage a été construit."}.items():
        path = tmp_path / f"report.{language}.txt"
        path.write_text(f"A/1\n\nA report\n\n1. {text}\n\n2. {text}\n", encoding="utf-8")
        library.add(path, symbol="A/1", language=language)
    service = build_service(library)
    answer = service.ask("What does paragraph 1 say?", documents=["A/1"])
    found = service.ask("What was built?")
    answer = replace(answer, passages=found.passages)
    questions = follow_ups(answer, library=library, ask=service.ask)
    assert questions and "What does paragraph 1 of A/1@fr say?" not in questions
