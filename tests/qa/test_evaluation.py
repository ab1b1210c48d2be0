"""Every figure, worked by hand, and the reports made from them."""

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.errors import InputError, NotFoundError
from qa.answer import Answer, Citation, RankedPassage, Status
from qa.eval_report import write_html
from qa.evaluation import (
    Collection,
    Evaluation,
    Examinee,
    Figure,
    Gold,
    Mean,
    evaluate,
    evaluate_collections,
    find_collections,
    gold_of,
    render_table,
    score,
)
from qa.questions import Question

TEXT = "2011年，该机构调查了113起刑事案件。"


def answer(
    *,
    status: Status = "answered",
    text: str = "",
    short_answers: Sequence[str] = (),
    cited: Sequence[str] = (),
    ranking: Sequence[str] = (),
    quote: str = "113起",
) -> Answer:
    start = TEXT.find("113起")
    return Answer(
        id="1",
        question="几起？",
        language="zh",
        status=status,
        answer=text,
        short_answers=tuple(short_answers),
        confidence=0.5,
        citations=tuple(
            Citation(
                marker=marker,
                document="A/1",
                paragraph=label,
                label=label,
                section=(),
                page=None,
                quote=quote,
                start=start,
                end=start + len(quote),
                link="",
            )
            for marker, label in enumerate(cited, start=1)
        ),
        passages=tuple(
            RankedPassage(document="A/1", paragraph=label, score=0.5) for label in ranking
        ),
        seconds=0.25,
        error=None,
    )


def gold(fields: Mapping[str, object]) -> Gold:
    found = gold_of({"answerable": True, "gold": ["29"], "answers": [], **fields})
    assert found is not None
    return found


def test_ranking_figures_count_gold_and_only_hit_at_1_counts_also_ok() -> None:
    wanted = gold({"gold": ["29", "30", "31"], "also_ok": ["28"]})
    ranking = ["28", "1", "30", "2", "29", "31"]
    scores = score(wanted, answer(ranking=ranking))
    assert scores[Figure.HIT_AT_1] == 1
    assert scores[Figure.HIT_AT_5] == 1
    assert scores[Figure.RECALL_AT_5] == pytest.approx(2 / 3), "31 comes sixth"
    assert scores[Figure.RECIPROCAL_RANK] == pytest.approx(1 / 3), "30 comes third"
    assert score(wanted, answer(status="not_found", ranking=ranking))[Figure.HIT_AT_1] == 1
    assert score(wanted, answer(status="error", ranking=ranking))[Figure.HIT_AT_1] == 0


def test_the_reciprocal_rank_looks_no_further_than_ten() -> None:
    others = [f"x{number}" for number in range(10)]
    tenth, eleventh = [*others[:9], "29"], [*others, "29"]
    assert score(gold({}), answer(ranking=tenth))[Figure.RECIPROCAL_RANK] == 0.1
    assert score(gold({}), answer(ranking=eleventh))[Figure.RECIPROCAL_RANK] == 0
    assert score(gold({}), answer(ranking=others))[Figure.HIT_AT_5] == 0
    assert score(gold({}), answer())[Figure.HIT_AT_1] == 0


def test_citation_figures_accept_also_ok_but_recall_wants_gold() -> None:
    wanted = gold({"gold": ["29", "30"], "also_ok": ["28"]})
    scores = score(wanted, answer(cited=["28", "29", "7", "8"]))
    assert scores[Figure.FIRST_CITATION] == 1
    assert scores[Figure.CITATION_PRECISION] == 0.5, "28 and 29 of four"
    assert scores[Figure.CITATION_RECALL] == 0.5, "29 of 29 and 30"
    assert score(wanted, answer(cited=["7", "29"]))[Figure.FIRST_CITATION] == 0
    refused = score(wanted, answer(status="not_found"))
    assert refused[Figure.CITATION_PRECISION] == refused[Figure.FIRST_CITATION] == 0
    assert refused[Figure.REFUSED_WRONGLY] == 1


@pytest.mark.parametrize(
    ("answers", "text", "expected"),
    [
        (["113起"], "调查了113 起\n案件 [1]", 1),
        (["113 起"], "113起", 1),
        (["约旦", "泰国"], "在约旦[1]和其他国家[2]", 0.5),
        ([["刑警组织", "国际刑事警察组织"]], "国际刑事警察组织", 1),
        (["19"], "19个国家", 1),
        (["19"], "2019年", 0),
        (["19"], "19,5公斤", 0),
        (["19"], "9.19公斤", 0),
        (["19"], "19.", 1),
        (["19"], "至19，其中", 1),
        (["9,219"], "9,219公斤", 1),
        (["9,219"], "19,219公斤", 0),
        (["1"], "没有数字 [1]", 0),
        (["12"], "1[1]2", 0),
    ],
)
def test_contains_ignores_white_space_and_takes_numbers_whole(
    answers: list[object], text: str, expected: float
) -> None:
    wanted = gold({"answers": answers})
    assert score(wanted, answer(text=text))[Figure.CONTAINS] == expected
    assert score(wanted, answer(status="not_found", text=text))[Figure.CONTAINS] == 0


def test_contains_looks_into_the_short_answers_too_but_not_across_them() -> None:
    wanted = gold({"answers": ["约旦泰国"]})
    assert score(wanted, answer(short_answers=["约旦泰国"]))[Figure.CONTAINS] == 1
    assert score(wanted, answer(short_answers=["约旦", "泰国"]))[Figure.CONTAINS] == 0


@pytest.mark.parametrize(
    ("fields", "given", "expected"),
    [
        # 3 common characters of 3 given and 4 wanted: 2·3 / (3 + 4).
        ({"answers": ["113起"]}, ["113"], 6 / 7),
        ({"answers": ["113起"]}, ["113 起。"], 1),
        # Joined: 约旦泰国 against 约旦 and 泰国.
        ({"answers": ["约旦", "泰国"]}, ["泰国", "约旦"], 1),
        ({"answers": ["约旦", "泰国"]}, ["约旦"], 4 / 6),
        # Words: 2 common of 3 given and 2 wanted.
        ({"answers": ["General Assembly"]}, ["the general assembly"], 4 / 5),
        ({"answers": ["an apple", "pear"], "match": "any"}, ["Pear"], 1),
        ({"answers": [["刑警组织", "国际刑事警察组织"]]}, ["刑警组织"], 1),
        ({"answers": ["113起"]}, [], 0),
    ],
)
def test_short_f1_takes_the_best_reference(
    fields: Mapping[str, object], given: Sequence[str], expected: float
) -> None:
    scores = score(gold(fields), answer(short_answers=given))
    assert scores[Figure.SHORT_ANSWER] == pytest.approx(expected)
    refused = score(gold(fields), answer(status="not_found", short_answers=given))
    assert refused[Figure.SHORT_ANSWER] == 0


def test_figures_that_do_not_apply_are_left_out() -> None:
    unanswerable = gold({"answerable": False, "gold": []})
    assert score(unanswerable, answer(status="not_found")) == {Figure.REFUSED_RIGHTLY: 1}
    assert score(unanswerable, answer(status="error")) == {Figure.REFUSED_RIGHTLY: 0}
    unknown = gold({"gold": [], "gold_unknown": True})
    assert score(unknown, answer()) == {Figure.REFUSED_WRONGLY: 0}
    texts = {Figure.CONTAINS, Figure.SHORT_ANSWER}
    assert texts.isdisjoint(score(gold({}), answer())), "locate: the citation is the answer"
    long = gold({"type": "long", "answers": ["free text"], "match": "any"})
    assert texts.isdisjoint(score(long, answer()))
    judged = gold({"type": "yesno", "answers": ["YES"], "match": "any"})
    assert texts.isdisjoint(score(judged, answer()))
    reason = gold({"type": "why", "answers": ["贩运"]})
    assert texts & score(reason, answer()).keys() == {Figure.CONTAINS}


def test_match_any_makes_the_answers_alternatives() -> None:
    assert gold({"answers": ["a", "b"], "match": "any"}).answers == (("a", "b"),)
    assert gold({"answers": ["a", ["b", "c"]], "match": "all"}).answers == (("a",), ("b", "c"))
    assert gold({"answers": ["a", "b"]}).answers == (("a",), ("b",))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"answerable": "yes", "gold": ["1"]},
        {"answerable": True, "gold": "1"},
        {"answerable": True, "gold": ["1"], "answers": "113"},
        {"answerable": True, "gold": ["1"], "answers": [[3]]},
    ],
)
def test_what_is_no_gold_is_none(fields: Mapping[str, object]) -> None:
    assert gold_of(fields) is None


def text_of(document: str, paragraph: str) -> str:
    if paragraph != "29":
        raise NotFoundError(f"no paragraph {paragraph}")
    return TEXT


ROWS: list[dict[str, object]] = [
    {"lang": "zh", "type": "number", "answerable": True, "gold": ["29"], "answers": ["113起"]},
    {"lang": "zh", "type": "<b>$x", "answerable": True, "gold": ["30"], "answers": ["19"]},
    {"lang": "en", "type": "number", "answerable": False, "gold": [], "answers": []},
    {"lang": "en"},
]
ANSWERS = {
    "1": answer(text="113起 [1]", short_answers=["113起"], cited=["29"], ranking=["29"]),
    "2": answer(text="<script> [1][2]", cited=["29", "31"], ranking=["1", "30"], quote="别的"),
    "3": answer(status="not_found"),
}


def write_questions(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    lines = [json.dumps({"question": f"{number}?", **row}) for number, row in enumerate(rows)]
    data = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    examinee = Examinee(ask=lambda question: ANSWERS[question.id], text_of=text_of)
    return evaluate(write_questions(tmp_path / "q.jsonl", ROWS), examinee)


def test_an_evaluation_averages_over_the_questions_to_which_a_figure_applies(
    evaluation: Evaluation,
) -> None:
    overall = evaluation.overall
    assert (overall.question_count, evaluation.no_gold_count) == (3, 1)
    assert (overall.answered_count, overall.not_found_count, overall.error_count) == (2, 1, 0)
    assert overall.means[Figure.HIT_AT_1] == Mean(value=0.5, count=2)
    assert overall.means[Figure.RECIPROCAL_RANK] == Mean(value=0.75, count=2)
    assert overall.means[Figure.REFUSED_RIGHTLY] == Mean(value=1, count=1)
    assert overall.mean_confidence == 0.5
    assert [group.name for group in evaluation.by_language] == ["en", "zh"]
    assert Figure.HIT_AT_1 not in evaluation.by_language[0].means
    assert [(group.name, group.question_count) for group in evaluation.by_type] == [
        ("<b>$x", 1),
        ("number", 2),
    ]
    assert (evaluation.verbatim_count, evaluation.citation_count) == (1, 3)
    assert [scored.is_wrong for scored in evaluation.questions] == [False, True, False]


def test_a_question_that_raises_counts_as_wrong_everywhere(tmp_path: Path) -> None:
    def ask(question: Question) -> Answer:
        raise ZeroDivisionError

    questions = write_questions(tmp_path / "q.jsonl", ROWS)
    overall = evaluate(questions, Examinee(ask=ask, text_of=text_of)).overall
    assert overall.error_count == 3
    assert {figure: mean.value for figure, mean in overall.means.items()} == dict.fromkeys(
        Figure, 0.0
    )


def test_a_file_without_gold_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "q.txt"
    path.write_text("几起？\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no gold"):
        evaluate(path, Examinee(ask=lambda _: answer(), text_of=text_of))


def test_the_table_has_a_line_a_group_and_a_column_a_figure(evaluation: Evaluation) -> None:
    lines = render_table([evaluation]).splitlines()
    assert [line.split()[0] for line in lines[1:] if line] == [
        *("q.jsonl", "all", "en", "zh", "<b>$x", "number", "1"),
    ]
    heading, overall, english = lines[1], lines[2], lines[4]
    assert len(heading) == len(overall) == len(english)
    column = heading.index("hit@1")
    assert overall[column : column + 5] == "0.500"
    assert english[column : column + 5].strip() == "-"
    assert lines[-1] == "1 of 3 citations verbatim; 1 questions without gold left out"


def test_the_html_report_is_one_reproducible_file_with_everything_escaped(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    write_html([evaluation], tmp_path / "first.html")
    write_html([evaluation], tmp_path / "second.html")
    html = (tmp_path / "first.html").read_text(encoding="utf-8")
    assert html == (tmp_path / "second.html").read_text(encoding="utf-8")
    assert "<script" not in html and "&lt;script&gt; [1][2]" in html
    assert "<b>" not in html and "&lt;b&gt;$x" in html
    assert html.count("<svg") == 2, "by language and by type"
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)|url\((?!#)|@import", html)
    assert "Questions that went wrong: 1 of\n3" in html
    with pytest.raises(InputError, match="cannot write"):
        write_html([evaluation], tmp_path / "missing" / "report.html")


def make_collections(folder: Path) -> None:
    passage = {"doc_id": "d", "passage_id": "29", "lang": "zh", "title": "", "text": TEXT}
    for name in ("open", "closed", "pool"):
        (folder / name).mkdir()
        write_questions(folder / name / "passages.zh.jsonl.gz", [passage])
    write_questions(folder / "open" / "questions.zh.jsonl.gz", ROWS[:2])
    write_questions(folder / "open" / "questions_unans.zh.jsonl.gz", ROWS[2:3])
    write_questions(folder / "open" / "questions_reject.zh.jsonl.gz", ROWS[2:3])
    (folder / "open" / "drop_docs.json").write_text('["d"]', encoding="utf-8")
    write_questions(folder / "closed" / "questions.zh.jsonl.gz", [{**ROWS[2], "candidates": []}])


def test_collections_are_found_with_what_must_not_be_in_their_library(tmp_path: Path) -> None:
    make_collections(tmp_path)
    place = tmp_path / "open"
    plain = Collection(
        name="open.zh",
        passages=place / "passages.zh.jsonl.gz",
        dropped_documents=(),
        questions=place / "questions.zh.jsonl.gz",
    )
    unanswerable = Collection(
        name="open.zh unans",
        passages=place / "passages.zh.jsonl.gz",
        dropped_documents=("d",),
        questions=place / "questions_unans.zh.jsonl.gz",
    )
    assert find_collections(tmp_path) == [plain, unanswerable]
    assert find_collections(place) == [plain, unanswerable]
    with pytest.raises(InputError, match="holds no collection"):
        find_collections(tmp_path / "pool")


def test_each_collection_is_asked_of_its_own_library(tmp_path: Path) -> None:
    make_collections(tmp_path)
    told: list[str] = []

    @contextmanager
    def examinee_of(collection: Collection) -> Iterator[Examinee]:
        told.append(f"open {collection.name}")
        yield Examinee(ask=lambda question: ANSWERS[question.id], text_of=text_of)
        told.append(f"close {collection.name}")

    evaluations = evaluate_collections(
        tmp_path, examinee_of, progress=lambda done, total: told.append(f"{done} of {total}")
    )
    assert [evaluation.name for evaluation in evaluations] == ["open.zh", "open.zh unans"]
    assert told == [
        *("open open.zh", "1 of 2", "2 of 2", "close open.zh"),
        *("open open.zh unans", "1 of 1", "close open.zh unans"),
    ]
    assert render_table(evaluations).count("citations verbatim") == 2
