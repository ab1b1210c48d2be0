"""Questions that only the head or the summary of a report answers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.embedder import Embedder
from index.lexical import simplified
from index.library import Library
from ingest.presentation import Aspect
from qa.front_matter import asked_aspect
from qa.service import Service
from ui.bootstrap import build_service
from ui.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "reports"
DEVELOPMENT = ROOT / "data" / "questions" / "ctoc-cop-2012-10.jsonl"

QUESTIONS = {
    Aspect.SESSION: (
        "这份报告提交给哪届会议？",
        "這份報告是在哪屆會議上提交的？",
        "At which session was the report submitted?",
        "À quelle session ce rapport a-t-il été présenté ?",
        "¿En qué período de sesiones se presentó el informe?",
        "На какой сессии был представлен доклад?",
        "في أي دورة قدم التقرير؟",
    ),
    Aspect.AGENDA_ITEM: (
        "报告属于哪个议程项目？",
        "Under which agenda item was the report submitted?",
        "Sous quel point de l’ordre du jour le rapport est-il présenté ?",
        "¿Bajo qué tema del programa se presentó el informe?",
        "По какому пункту повестки дня представлен доклад?",
        "في إطار أي بند من جدول الأعمال قدم التقرير؟",
    ),
    Aspect.DATE: (
        "本报告什么时候发布的？",
        "When was the report issued?",
        "Quand le rapport a-t-il été publié ?",
        "¿Cuándo se publicó el informe?",
        "Когда был опубликован доклад?",
        "متى صدر التقرير؟",
    ),
    Aspect.AUTHOR: (
        "谁编写了这份报告？",
        "Who prepared the report?",
        "Qui a établi le rapport ?",
        "¿Quién preparó el informe?",
        "Кто подготовил доклад?",
        "من أعد التقرير؟",
    ),
}
QUOTES = {
    Aspect.SESSION: "第六届会议",
    Aspect.AGENDA_ITEM: "临时议程*项目5",
    Aspect.AUTHOR: "秘书处的报告",
}


@pytest.fixture(scope="module")
def mixed(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, settings: Settings
) -> Iterator[Service]:
    """Two reports: one with a summary, one with a meeting's place in its head."""
    library = Library.create(
        tmp_path_factory.mktemp("mixed"), embedder=embedder, cache_folder=settings.cache
    )
    library.add(REPORTS / "general-assembly.en.txt")
    library.add(REPORTS / "commission.en.txt")
    yield build_service(library)
    library.close()


@pytest.mark.parametrize(
    ("aspect", "question"), [(a, q) for a, questions in QUESTIONS.items() for q in questions]
)
def test_what_is_asked_of_a_report_itself_is_known_in_every_language(
    aspect: Aspect, question: str
) -> None:
    asked = asked_aspect(simplified(question))
    assert asked is not None and (asked.aspect, asked.rest) == (aspect, "")


@pytest.mark.parametrize(
    ("aspect", "question"),
    [(a, q) for a, questions in QUESTIONS.items() if a in QUOTES for q in questions[:3]],
)
def test_the_head_answers_and_is_cited(service: Service, aspect: Aspect, question: str) -> None:
    answer = service.ask(question)
    (citation,) = answer.citations
    text = service.library.paragraph(citation.document, "front matter").text
    assert citation.paragraph == "front matter" == answer.passages[0].paragraph
    assert citation.quote == QUOTES[aspect] == text[citation.start : citation.end]


def test_no_development_question_is_taken_for_one_of_these() -> None:
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    assert [q for q in questions if asked_aspect(simplified(q)) is not None] == []


@pytest.mark.parametrize(
    ("question", "paragraph"),
    [("第六届会议在哪里举行？", "front matter"), ("第五届会议在哪里举行？", "3")],
)
def test_the_head_answers_only_of_its_own_session(
    service: Service, question: str, paragraph: str
) -> None:
    assert service.ask(question).citations[0].paragraph == paragraph


def test_a_date_of_issue_that_the_head_does_not_give_is_not_made_of_another_date(
    service: Service,
) -> None:
    assert service.ask("When was the report issued?").status == "not_found"


def test_a_report_is_chosen_by_its_symbol_or_its_subject(mixed: Service) -> None:
    for question in ("When was A/67/305 issued?", "When was the report on crime issued?"):
        answer = mixed.ask(question)
        assert answer.short_answers == ("14 August 2012",)
        assert [citation.document for citation in answer.citations] == ["A/67/305"]


def test_several_reports_are_each_named_in_the_answer(mixed: Service) -> None:
    answer = mixed.ask("At which session was the report submitted?")
    assert answer.answer == (
        "A/67/305: Sixty-seventh session [1]\nE/CN.7/2003/10: Forty-sixth session [2]"
    )
    assert [citation.label for citation in answer.citations] == [
        "A/67/305, front matter",
        "E/CN.7/2003/10, front matter",
    ]
    only = mixed.ask("At which session was the report submitted?", documents=["E/CN.7/2003/10"])
    assert only.answer == "Forty-sixth session [1]"


def test_where_too_many_reports_can_be_meant_the_answer_asks_which(
    library: Library, tmp_path: Path
) -> None:
    text = (REPORTS / "general-assembly.en.txt").read_text(encoding="utf-8")
    for number in range(301, 305):
        path = tmp_path / f"{number}.txt"
        path.write_text(text.replace("A/67/305", f"A/67/{number}"), encoding="utf-8")
        library.add(path)
    answer = build_service(library).ask("When was the report issued?")
    assert answer.status == "not_found"
    assert "4 documents (A/67/301, A/67/302, A/67/303 …) can be meant" in answer.answer


def test_the_summary_is_searched_and_the_rest_of_the_front_matter_is_not(mixed: Service) -> None:
    answer = mixed.ask("Pursuant to which resolution is the present report submitted?")
    assert answer.citations[0].paragraph == "front matter"
    assert answer.citations[0].quote == (
        "The present report is submitted pursuant to General Assembly resolution 66/181."
    )
    title = "Illicit drug traffic and supply: cooperation in the control of opium poppy cultivation"
    found = mixed.ask(title, documents=["E/CN.7/2003/10"])
    assert "front matter" not in [passage.paragraph for passage in found.passages]


def test_a_footnote_in_sentences_is_searched(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "notes.html"
    path.write_text(
        "<main><h1>Water</h1><p>1. The fund was opened.<sup><a href='#f1' id='r1'>1</a></sup></p>"
        "<p>2. It is used for wells.</p><section role='doc-endnotes'><ol><li id='f1' "
        "role='doc-footnote'>The contribution of Norway to the fund amounted to 4,250,000 crowns "
        "in the first year.</li></ol></section></main>",
        encoding="utf-8",
    )
    library.add(path)
    assert [note.label for note in library.document("notes").footnotes] == ["note 1"]
    answer = build_service(library).ask("How many crowns did Norway contribute to the fund?")
    assert answer.citations[0].paragraph == "note 1"
