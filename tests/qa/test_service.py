"""The one path every door uses: look-ups, refusals, rankings, and answers that prove themselves."""

import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index.dense import FaissStore
from index.library import Library
from ingest.errors import NotFoundError, QuestionError
from qa.alignment import Aligner
from qa.answer import Answer
from qa.answer_type import Expectation
from qa.answerability import Evidence, Verdict, judge
from qa.composer import Composition, ExtractiveComposer
from qa.evaluation import Evaluation, Figure
from qa.reader import Reader
from qa.reranker import ReadHit, Reranker
from qa.retriever import Hit, Query, Retriever
from qa.service import Service
from ui.bootstrap import DEVELOPMENT_QUESTIONS, build_service

ROOT = Path(__file__).resolve().parents[2]
REPORT = "CTOC/COP/2012/10"
COCAINE = "2011年，集装箱管制方案各参加国缉获了多少公斤可卡因？"

LOOK_UPS = {
    "zh": "第{}段说了什么？",
    "zh-Hant": "第{}段說了什麼？",
    "en": "What does paragraph {} say?",
    "fr": "Que dit le paragraphe {} ?",
    "es": "¿Qué dice el párrafo {}?",
    "ru": "Что говорится в пункте {}?",
    "ar": "ماذا تقول الفقرة {}؟",
}
LABELS = {
    "zh": "CTOC/COP/2012/10，第25(a)段",
    "zh-Hant": "CTOC/COP/2012/10，第25(a)段",
    "en": "CTOC/COP/2012/10, para. 25(a)",
    "fr": "CTOC/COP/2012/10, par. 25(a)",
    "es": "CTOC/COP/2012/10, párr. 25(a)",
    "ru": "CTOC/COP/2012/10, п. 25(a)",
    "ar": "CTOC/COP/2012/10، الفقرة 25(a)",
}
REFUSALS = {
    "zh": "文件没有回答这个问题",
    "zh-Hant": "文件沒有回答這個問題",
    "en": "The documents do not answer this question",
    "fr": "Les documents ne répondent pas à cette question",
    "es": "Los documentos no responden a esta pregunta",
    "ru": "В документах нет ответа на этот вопрос",
    "ar": "لا تجيب الوثائق عن هذا السؤال",
}
# The year and the symbol are nowhere in the report.
UNKNOWN_YEARS = {
    "zh": "2031年缉获了多少公斤可卡因？",
    "zh-Hant": "2031年緝獲了多少公斤古柯鹼？",
    "en": "How many kilograms of cocaine were seized in 2031?",
    "fr": "Combien de kilogrammes de cocaïne ont été saisis en 2031 ?",
    "es": "¿Cuántos kilogramos de cocaína se incautaron en 2031?",
    "ru": "Сколько килограммов кокаина было изъято в 2031 году?",
    "ar": "كم كيلوغراما من الكوكايين ضبط في عام 2031؟",
}
UNKNOWN_SYMBOLS = {
    "zh": "A/RES/99/999号决议说了什么？",
    "zh-Hant": "A/RES/99/999號決議說了什麼？",
    "en": "What does resolution A/RES/99/999 say?",
    "fr": "Que dit la résolution A/RES/99/999 ?",
    "es": "¿Qué dice la resolución A/RES/99/999?",
    "ru": "Что говорится в резолюции A/RES/99/999?",
    "ar": "ماذا يقول القرار A/RES/99/999؟",
}


class UnwantedReranker(Reranker):
    """Must not be needed."""

    def rerank(
        self,
        query: Query,
        *,
        latest: str,
        expectation: Expectation,
        hits: Sequence[Hit],
        named_count: int,
    ) -> tuple[list[ReadHit], list[Hit]]:
        raise AssertionError(f"{query.text} was read")


def timeless(answer: Answer) -> Answer:
    return replace(answer, seconds=0.0)


def check(answer: Answer, library: Library) -> None:
    """What every answer promises."""
    markers = [int(marker) for marker in re.findall(r"\[(\d+)\]", answer.answer)]
    assert sorted(set(markers)) == [citation.marker for citation in answer.citations]
    assert answer.status in ("answered", "not_found") and answer.error is None
    assert (answer.status == "answered") == bool(answer.citations)
    assert 0 <= answer.confidence <= 1 and answer.answer
    for citation in answer.citations:
        text = library.paragraph(citation.document, citation.paragraph).text
        assert citation.quote == text[citation.start : citation.end] != ""
    scores = [passage.score for passage in answer.passages]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    places = [(passage.document, passage.paragraph) for passage in answer.passages]
    assert len(places) == len(set(places))


def passages(path: Path, *rows: tuple[str, str, str], language: str = "en") -> Path:
    path.write_text(
        "\n".join(
            json.dumps({"doc_id": d, "passage_id": p, "lang": language, "title": d, "text": t})
            for d, p, t in rows
        ),
        encoding="utf-8",
    )
    return path


# Look-ups


@pytest.mark.parametrize("language", LOOK_UPS)
def test_a_sub_item_asked_for_by_name_is_its_whole_text_alone(
    service: Service, language: str
) -> None:
    answer = service.ask(LOOK_UPS[language].format("25(a)"))
    text = service.library.paragraph(REPORT, "25(a)").text
    assert answer.language == language and answer.status == "answered"
    assert [(c.paragraph, c.quote) for c in answer.citations] == [("25(a)", text)]
    assert answer.citations[0].label == LABELS[language]
    assert answer.answer == f"{text} [1]"
    assert answer.passages[0].paragraph == "25(a)"
    check(answer, service.library)


@pytest.mark.parametrize("language", LOOK_UPS)
def test_a_paragraph_asked_for_by_name_comes_with_its_items(
    service: Service, language: str
) -> None:
    answer = service.ask(LOOK_UPS[language].format("25"))
    labels = ["25", "25(a)", "25(b)", "25(c)", "25(d)"]
    assert [citation.paragraph for citation in answer.citations] == labels
    assert [citation.quote for citation in answer.citations] == [
        service.library.paragraph(REPORT, label).text for label in labels
    ]
    assert [passage.paragraph for passage in answer.passages][:5] == labels
    check(answer, service.library)


@pytest.mark.parametrize(
    "question",
    [
        "第二十五段(a)项的内容是什么",
        "第25段第(a)项",
        "CTOC/COP/2012/10第25（a）段",
        "para 25 (a)",
        "¶25(a)",
    ],
)
def test_a_name_may_be_written_in_several_ways(service: Service, question: str) -> None:
    answer = service.ask(question)
    assert [citation.paragraph for citation in answer.citations] == ["25(a)"]


@pytest.mark.parametrize("language", REFUSALS)
@pytest.mark.parametrize("what", ["paragraph", "year", "symbol"])
def test_what_does_not_exist_is_refused_in_the_language_of_the_question(
    service: Service, language: str, what: str
) -> None:
    question, name = {
        "paragraph": (LOOK_UPS[language].format(99), "99"),
        "year": (UNKNOWN_YEARS[language], "2031"),
        "symbol": (UNKNOWN_SYMBOLS[language], "A/RES/99/999"),
    }[what]
    answer = service.ask(question)
    assert (answer.language, answer.status, answer.citations) == (language, "not_found", ())
    assert answer.answer.startswith(REFUSALS[language]) and name in answer.answer
    assert "[" not in answer.answer and answer.short_answers == ()
    assert answer.confidence > 0.9
    assert len(answer.passages) == 10
    check(answer, service.library)


# Rankings


@pytest.mark.parametrize(("top_k", "expected"), [(1, 1), (3, 3), (10, 10), (73, 73), (100, 73)])
def test_the_ranking_is_as_long_as_wanted_and_as_the_library_has(
    service: Service, top_k: int, expected: int
) -> None:
    answer = service.ask(COCAINE, top_k=top_k)
    assert len(answer.passages) == expected
    check(answer, service.library)
    # A shorter ranking is the beginning of a longer one, and the answer does not depend on it.
    whole = service.ask(COCAINE, top_k=100)
    assert answer.passages == whole.passages[:expected]
    assert (answer.answer, answer.confidence) == (whole.answer, whole.confidence)


def test_a_restriction_is_kept_in_the_answer_and_in_the_ranking(
    library: Library, tmp_path: Path
) -> None:
    rows = [("A", "1", "Acme earned 5 dollars in 2020."), ("B", "1", "Bolt earned 9 dollars.")]
    library.add(passages(tmp_path / "p.jsonl", *rows))
    service = build_service(library)
    question = "What did Acme earn in dollars?"
    assert service.ask(question).citations[0].document == "A"
    only = service.ask(question, documents=["B"])
    assert {passage.document for passage in only.passages} == {"B"}
    assert {citation.document for citation in only.citations} <= {"B"}
    # What another document says does not count: in B there is no 2020.
    assert service.ask("How much was earned in 2020?", documents=["B"]).status == "not_found"
    both = service.ask(question, documents=["B", "A"])
    assert {passage.document for passage in both.passages} == {"A", "B"}


def test_an_empty_library_answers_that_it_is_empty(library: Library) -> None:
    service = build_service(library)
    for question in (COCAINE, "What does paragraph 1 say?", "What happened in 2011?"):
        answer = service.ask(question)
        assert (answer.status, answer.passages) == ("not_found", ())
        check(answer, library)


# Conversations


def test_a_follow_up_leans_on_the_question_before(service: Service) -> None:
    answer = service.ask("那大麻呢？", context=[COCAINE])
    assert answer.citations[0].paragraph == "29"
    assert answer.question == "那大麻呢？"
    check(answer, service.library)


def test_a_whole_question_does_not_lean_on_the_one_before(service: Service) -> None:
    question = "《有组织犯罪公约》的检察官网论坛是用来做什么的平台？"
    alone = service.ask(question)
    assert timeless(service.ask(question, context=[COCAINE])) == timeless(alone)


@pytest.mark.parametrize("language", LOOK_UPS)
def test_a_look_up_never_leans_on_anything(service: Service, language: str) -> None:
    question = LOOK_UPS[language].format("25(a)")
    context = [COCAINE, LOOK_UPS[language].format("60")]
    assert timeless(service.ask(question, context=context)) == timeless(service.ask(question))


def test_a_look_up_and_a_certain_refusal_read_nothing(report_library: Library) -> None:
    library = report_library
    store = FaissStore(library)
    service = Service(
        library=library,
        retriever=Retriever(library, store=store),
        reranker=UnwantedReranker(
            library,
            aligner=Aligner(cache_folder=library.cache_folder),
            reader=Reader(cache_folder=library.cache_folder),
        ),
        composer=ExtractiveComposer(library, store=store),
        judge=judge,
        aligner=Aligner(cache_folder=library.cache_folder),
    )
    assert service.ask(LOOK_UPS["en"].format("25(a)")).citations[0].paragraph == "25(a)"
    assert service.ask(UNKNOWN_YEARS["en"]).status == "not_found"
    with pytest.raises(AssertionError, match="was read"):
        service.ask(COCAINE)


def test_documents_named_together_are_asked_one_by_one(library: Library, tmp_path: Path) -> None:
    rows = [
        ("A", "海关署年报", "a1", "海关署有检查员二百一十人，其中八十人在港口工作。"),
        ("A", "海关署年报", "a2", "海关署的总部设在港口城市，负责检查货柜。"),
        ("B", "渔业署年报", "b1", "渔业署每月出海两次，检查渔网和渔船。"),
        ("B", "渔业署年报", "b2", "渔业署有检查员四十人，全部在沿海工作。"),
    ]
    passages = tmp_path / "two.jsonl"
    passages.write_text(
        "\n".join(
            json.dumps(
                {"doc_id": document, "passage_id": name, "lang": "zh", "title": title, "text": text}
            )
            for document, title, name, text in rows
        ),
        encoding="utf-8",
    )
    library.add(passages)
    answer = build_service(library).ask("比较海关署年报和渔业署年报，哪个署的检查员更多？")
    check(answer, library)
    assert {c.document: c.paragraph for c in answer.citations} == {"A": "a1", "B": "b2"}
    assert {hit.document for hit in answer.passages[:2]} == {"A", "B"}
    assert len({hit.paragraph for hit in answer.passages}) == len(answer.passages) == 4


def test_two_questions_in_one_sentence_are_both_answered(service: Service) -> None:
    answer = service.ask("机场通信项目有多少个国家参加，伙伴用什么系统通信？")
    check(answer, service.library)
    assert {citation.paragraph for citation in answer.citations} == {"27"}
    assert len(answer.citations) == 2
    assert "19个国家" in answer.short_answers
    assert "I-24/7" in answer.citations[1].quote


@pytest.mark.parametrize(
    "question",
    [
        "世界上最高的山是哪座？",
        "What is the world population?",
        "When was the iPhone released?",
        "Quelle est la capitale du Japon ?",
        "¿Quién ganó la Copa del Mundo?",
        "Какая погода в Москве?",
        "ما هو أعلى جبل في العالم؟",
    ],
)
def test_what_the_report_is_not_about_is_refused_in_every_language(
    service: Service, question: str
) -> None:
    answer = service.ask(question)
    check(answer, service.library)
    assert (answer.status, answer.short_answers) == ("not_found", ())


# What cannot be asked


@pytest.mark.parametrize("question", ["", " \n\t", "\u3000"])
def test_an_empty_question_is_refused(service: Service, question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        service.ask(question)


def test_the_longest_question_is_taken_and_a_longer_one_is_not(service: Service) -> None:
    check(service.ask("长" * 2000), service.library)
    with pytest.raises(QuestionError, match="2,001 characters, at most 2,000"):
        service.ask("长" * 2001)


@pytest.mark.parametrize("top_k", [-1, 0, 101, 10_000])
def test_a_ranking_out_of_range_is_refused(service: Service, top_k: int) -> None:
    with pytest.raises(QuestionError, match=f"top-k is {top_k}, expected 1 to 100"):
        service.ask(COCAINE, top_k=top_k)


def test_an_unknown_document_is_named(service: Service) -> None:
    with pytest.raises(NotFoundError, match="no document 'A/1'; it holds CTOC"):
        service.ask(COCAINE, documents=[REPORT, "A/1"])


@pytest.mark.parametrize(
    "question",
    [
        "?",
        "！",
        "1",
        "[1]",
        "a" * 2000,
        "' OR 1=1 --",
        "第段",
        "\x00",
        "🙂",
        "{name}",
        "%s",
        "25(a)",
    ],
)
def test_an_odd_question_gets_a_proper_answer(service: Service, question: str) -> None:
    check(service.ask(question), service.library)


# Proof


def test_every_development_question_is_answered_or_refused_and_every_quote_verbatim(
    development: Evaluation, service: Service
) -> None:
    assert len(development.questions) == len(DEVELOPMENT_QUESTIONS.read_text().splitlines())
    assert development.verbatim_count == development.citation_count > 0
    for scored in development.questions:
        check(scored.answer, service.library)
        assert len(scored.answer.passages) == 10


def test_the_development_questions_find_their_paragraphs(development: Evaluation) -> None:
    means = development.overall.means
    assert means[Figure.FIRST_CITATION].value >= 0.75
    assert means[Figure.HIT_AT_5].value >= 0.93


def test_the_same_question_gets_the_same_answer_from_eight_threads_at_once(
    service: Service, development: Evaluation
) -> None:
    sample = [scored for scored in development.questions if not scored.question.context][::4]
    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(
            pool.map(lambda one: service.ask(one.question.text, id=one.question.id), sample)
        )
    assert [timeless(answer) for answer in answers] == [timeless(one.answer) for one in sample]


def test_a_bracketed_number_of_the_source_never_reads_as_a_marker(
    library: Library, tmp_path: Path
) -> None:
    text = "The Council adopted the plan [3] in Geneva, as noted in [1]."
    library.add(passages(tmp_path / "p.jsonl", ("A", "1", text), ("A", "2", "Rain fell [2].")))
    service = build_service(library)
    for question in ("Where did the Council adopt the plan?", "What does paragraph 1 say?"):
        answer = service.ask(question)
        check(answer, library)
        assert answer.citations[0].quote == text
        assert "[3]" not in answer.answer and "［3］" in answer.answer


class ReplacingComposer(ExtractiveComposer):
    """While an answer is composed, another program puts a new edition in the document's place."""

    def __init__(self, library: Library, *, other: Library, edition: Path) -> None:
        super().__init__(library, store=FaissStore(library))
        self._replace = lambda: other.add(edition)

    def compose(self, *args, **kwargs) -> Composition:
        composition = super().compose(*args, **kwargs)
        self._replace()
        return composition


def test_a_document_that_is_replaced_meanwhile_is_asked_again(
    library: Library, tmp_path: Path
) -> None:
    library.add(passages(tmp_path / "old.jsonl", ("A", "1", "The plan is old.")))
    edition = passages(tmp_path / "new.jsonl", ("A", "1", "A new plan it is."))
    other = Library(library.folder, embedder=library.embedder, cache_folder=library.cache_folder)
    service = Service(
        library=library,
        retriever=Retriever(library, store=FaissStore(library)),
        reranker=Reranker(
            library,
            aligner=Aligner(cache_folder=library.cache_folder),
            reader=Reader(cache_folder=library.cache_folder),
        ),
        composer=ReplacingComposer(library, other=other, edition=edition),
        judge=judge,
        aligner=Aligner(cache_folder=library.cache_folder),
    )
    answer = service.ask("In paragraph 1, how new is the plan?")
    assert answer.citations[0].quote == "A new plan it is."
    check(answer, library)
    other.close()


def test_a_number_that_many_documents_bear_is_refused_with_what_would_help(
    library: Library, tmp_path: Path
) -> None:
    rows = [(f"D{number}", "3", f"The plan of year {number}.") for number in range(4)]
    library.add(passages(tmp_path / "many.jsonl", *rows))
    answer = build_service(library).ask("What does paragraph 3 say?")
    assert (answer.status, answer.citations) == ("not_found", ())
    assert "4 documents (D0, D1, D2 …) have a paragraph 3" in answer.answer
    library.remove("D3")
    answer = build_service(library).ask("What does paragraph 3 say?")
    assert [citation.document for citation in answer.citations] == ["D0", "D1", "D2"]


def test_each_of_several_named_paragraphs_answers(service: Service) -> None:
    answer = service.ask("第25段和第53段分别涉及几个国家？")
    cited = {citation.paragraph.partition("(")[0] for citation in answer.citations}
    assert cited == {"25", "53"}


def test_half_a_character_is_refused_as_a_question(service: Service) -> None:
    with pytest.raises(QuestionError, match="surrogate"):
        service.ask("缉获 \ud800 可卡因")


def test_the_letters_of_a_symbol_are_of_no_language(service: Service) -> None:
    answer = service.ask("CTOC/COP/2012/10 paragraph 60")
    assert answer.citations[0].label == "CTOC/COP/2012/10, para. 60"


def test_an_empty_library_says_that_there_is_nothing_to_search(library: Library) -> None:
    answer = build_service(library).ask("第1段说什么？")
    assert answer.answer == "文件没有回答这个问题。没有可供检索的文件。"


def test_a_label_that_is_no_number_is_called_as_it_is(library: Library, tmp_path: Path) -> None:
    library.add(passages(tmp_path / "one.jsonl", ("A", "Annex I/1", "办公室举办了讲习班。")))
    answer = build_service(library).ask("办公室举办了什么？")
    assert answer.citations[0].label == "A，Annex I/1"


def test_gathered_passages_are_told_from_reports(
    library: Library,
    report_library: Library,
    tmp_path: Path,
) -> None:
    seen: list[Evidence] = []

    def recorded(evidence: Evidence) -> Verdict:
        seen.append(evidence)
        return judge(evidence)

    library.add(passages(tmp_path / "a.jsonl", *(("A", str(n), "Roads.") for n in range(50))))
    for searched, expected in ((library, (1.0, 0.0)), (report_library, (0.0, 1.0))):
        build_service(searched, judge=recorded).ask("How long are the roads?")
        assert (seen[-1].is_preselected, seen[-1].focus) == expected
    library.add(passages(tmp_path / "b.jsonl", ("B", "1", "Bridges.")))
    service = build_service(library, judge=recorded)
    service.ask("How long are the roads?")
    assert (seen[-1].is_preselected, seen[-1].focus) == (0.0, 0.5)
    service.ask("How long are the roads?", documents=["B"])
    assert seen[-1].is_preselected == 1.0


@pytest.mark.parametrize(
    "question",
    [
        "What does the report say about piracy?",
        "Que dit le rapport sur la piraterie ?",
        "关于海盗行为，报告里说了什么？",
        "报告提到海盗了吗？",
        "Does the report mention piracy?",
        "Le rapport parle-t-il de la piraterie ?",
        "¿Menciona el informe la piratería?",
        "Упоминается ли в докладе пиратство?",
        "هل يتحدث التقرير عن القرصنة؟",
    ],
)
def test_what_the_report_says_of_something_is_gathered(service: Service, question: str) -> None:
    answer = service.ask(question)
    assert answer.status == "answered"
    assert {citation.paragraph for citation in answer.citations} >= {"16", "17", "18"}


@pytest.mark.parametrize(
    "question",
    [
        "What does the report say about football?",
        "¿Qué dice el informe sobre la agricultura?",
        "关于足球，报告里说了什么？",
        "报告里说了登革热吗？",
        "報告有沒有提到氣候變化？",
        "Does the report mention dengue fever?",
        "¿Habla el informe de fútbol?",
        "Говорится ли в докладе о футболе?",
        "هل يتحدث التقرير عن كرة القدم؟",
    ],
)
def test_what_no_paragraph_names_is_not_told_of(service: Service, question: str) -> None:
    assert service.ask(question).status == "not_found"


def test_a_refusal_names_the_thing_that_the_report_was_asked_about(service: Service) -> None:
    assert "没有提到登革热。" in service.ask("报告里说了登革热吗？").answer
    assert "沒有提到氣候變化。" in service.ask("報告有沒有提到氣候變化？").answer
