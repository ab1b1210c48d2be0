"""What an evaluation of a question file counts, and the reports made from it."""

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import InputError, NotFoundError
from qa.answer import Answer, Citation, RankedPassage, Status
from qa.eval_report import write_html
from qa.eval_table import render_groups, render_summary
from qa.evaluation import Evaluation, Examinee, evaluate
from qa.questions import Question
from qa.scoring import Figure

TEXT = "2011年，该机构调查了113起刑事案件。"


def answer(
    *,
    status: Status = "answered",
    text: str = "",
    short_answers: Sequence[str] = (),
    cited: Sequence[str] = (),
    ranking: Sequence[str] = (),
    quote: str = "113起",
    confidence: float = 0.5,
) -> Answer:
    start = TEXT.find("113起")
    return Answer(
        id="1",
        question="几起？",
        language="zh",
        status=status,
        answer=text,
        short_answers=tuple(short_answers),
        confidence=confidence,
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
    "1": answer(
        text="113起 [1]", short_answers=["113起"], cited=["29"], ranking=["29"], confidence=0.8
    ),
    "2": answer(
        text="<script> [1][2]",
        cited=["29", "31"],
        ranking=["1", "30"],
        quote="别的",
        confidence=0.7,
    ),
    "3": answer(status="not_found", confidence=0.9),
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
    assert overall.unanswerable_count == 1
    first = overall.means[Figure.HIT_AT_1]
    assert (first.value, first.low, first.high, first.count) == (0.5, 0, 1, 2)
    reciprocal = overall.means[Figure.RECIPROCAL_RANK]
    assert (reciprocal.value, reciprocal.low, reciprocal.high) == (0.75, 0.5, 1)
    refused = overall.means[Figure.REFUSED_RIGHTLY]
    assert (refused.value, refused.low, refused.high, refused.count) == (1, 1, 1, 1)
    assert overall.mean_confidence == pytest.approx(0.8)
    # Right with 0.8, wrong with 0.7, rightly refused with 0.9: apart by 0.2, 0.7 and 0.1.
    assert [scored.is_right for scored in evaluation.questions] == [True, False, True]
    assert overall.calibration_error is not None
    assert overall.calibration_error.value == pytest.approx((0.2 + 0.7 + 0.1) / 3)
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


def test_where_nobody_knows_whether_answers_are_right_there_is_no_calibration(
    tmp_path: Path,
) -> None:
    row = {"answerable": True, "gold": [], "gold_unknown": True}
    path = write_questions(tmp_path / "q.jsonl", [row])
    answered = evaluate(path, Examinee(ask=lambda _: ANSWERS["1"], text_of=text_of))
    assert answered.overall.calibration is None and answered.overall.calibration_error is None
    assert set(answered.overall.means) == {Figure.REFUSED_WRONGLY}
    assert render_summary([answered]).splitlines()[2].split()[-1] == "-"
    refused = evaluate(path, Examinee(ask=lambda _: ANSWERS["3"], text_of=text_of))
    assert refused.overall.calibration_error is not None
    assert refused.overall.calibration_error.value == pytest.approx(0.9), "wrong, and sure of it"


def test_a_smaller_sample_is_part_of_a_larger_one_in_the_order_of_the_file(
    tmp_path: Path,
) -> None:
    rows = [{"id": str(number), **ROWS[0]} for number in range(30)]
    questions = write_questions(tmp_path / "q.jsonl", rows)

    def asked(limit: int | None) -> list[int]:
        examinee = Examinee(ask=lambda _: ANSWERS["1"], text_of=text_of)
        found = evaluate(questions, examinee, limit=limit)
        return [int(scored.question.id) for scored in found.questions]

    five, ten = asked(5), asked(10)
    assert len(five) == 5 and len(ten) == 10 and set(five) < set(ten)
    assert five == sorted(five) != [0, 1, 2, 3, 4] and ten == sorted(ten)
    assert five == asked(5)
    assert asked(31) == asked(None) == list(range(30))


def test_references_are_the_gold_of_the_same_ids(tmp_path: Path) -> None:
    asked = [
        {"id": "a", "lang": "en", "answerable": True, "gold": ["29"], "answers": ["113 cases"]},
        {"id": "b", "lang": "en", "answerable": True, "gold": ["29"], "answers": ["x"]},
    ]
    references = [
        {"id": "a", "lang": "zh", "answerable": True, "gold": ["29"], "answers": ["113起"]}
    ]
    found = evaluate(
        write_questions(tmp_path / "questions.en.jsonl", asked),
        Examinee(ask=lambda _: ANSWERS["1"], text_of=text_of),
        references=write_questions(tmp_path / "questions.zh.jsonl", references),
    )
    assert [scored.question.id for scored in found.questions] == ["a"]
    assert found.no_gold_count == 1
    assert found.overall.means[Figure.CONTAINS].value == 1
    assert [group.name for group in found.by_language] == ["en"]


def test_the_summary_has_a_line_a_file_with_intervals(evaluation: Evaluation) -> None:
    other = replace(evaluation, name="other.jsonl", no_gold_count=0)
    above, heading, first, second, _, legend, citations = render_summary(
        [evaluation, other]
    ).splitlines()
    assert len(above) == len(heading) == len(first) == len(second)
    assert above.split() == [
        "no",
        "first",
        "citation",
        "short",
        "refused",
        "refused",
        "calibration",
    ]
    assert first.split()[:6] == ["q.jsonl", "3", "1", "0", "0.500", ".000–1.000"]
    assert second.split()[0] == "other.jsonl" and second.split()[1:] == first.split()[1:]
    assert first.split()[-2:] == ["0.333", ".100–.700"]
    assert "95 % confidence interval" in legend
    assert citations == "2 of 6 citations verbatim; 1 questions without gold left out"


def test_the_groups_have_a_line_each_and_a_column_a_figure(evaluation: Evaluation) -> None:
    lines = render_groups(evaluation).splitlines()
    assert [line.split()[0] for line in lines if line.strip()] == [
        *("not", "by", "en", "zh", "not", "by", "<b>$x", "number"),
    ]
    heading, english, chinese = lines[1:4]
    assert len(heading) == len(chinese) == len(english)
    column = heading.index("hit@1")
    assert chinese[column : column + 5] == "0.500"
    assert english[column : column + 5].strip() == "-"


def test_the_time_is_told_but_not_part_of_the_tables(
    evaluation: Evaluation, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    slow = {id: replace(given, seconds=9.0) for id, given in ANSWERS.items()}
    with caplog.at_level("INFO"):
        again = evaluate(
            write_questions(tmp_path / "q.jsonl", ROWS),
            Examinee(ask=lambda question: slow[question.id], text_of=text_of),
        )
    assert "q.jsonl: 3 questions, 9.000 seconds each" in caplog.text
    assert render_summary([again]) == render_summary([evaluation])
    assert render_groups(again) == render_groups(evaluation)


def test_the_html_report_is_one_reproducible_file_with_everything_escaped(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    write_html([evaluation], tmp_path / "first.html")
    write_html([evaluation], tmp_path / "second.html")
    html = (tmp_path / "first.html").read_text(encoding="utf-8")
    assert html == (tmp_path / "second.html").read_text(encoding="utf-8")
    assert "<script" not in html and "&lt;script&gt; [1][2]" in html
    assert "<b>" not in html and "&lt;b&gt;$x" in html
    assert html.count("<svg") == 3, "by language, by type, and the reliability"
    assert ".100–.700" in html and "share right" in html
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)|url\((?!#)|@import", html)
    assert "Questions that went wrong: 1 of\n3" in html
    with pytest.raises(InputError, match="cannot write"):
        write_html([evaluation], tmp_path / "missing" / "report.html")
