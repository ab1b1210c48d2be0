"""Every figure of one answer, worked by hand."""

from collections.abc import Mapping, Sequence

import pytest

from qa.answer import Answer, Citation, RankedPassage, Status
from qa.scoring import Figure, Gold, gold_of, is_right_answer, score


def answer(
    *,
    status: Status = "answered",
    text: str = "",
    short_answers: Sequence[str] = (),
    cited: Sequence[str] = (),
    ranking: Sequence[str] = (),
) -> Answer:
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
                quote="113起",
                start=0,
                end=4,
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


@pytest.mark.parametrize(
    ("fields", "given", "expected"),
    [
        ({}, answer(cited=["29", "7"]), True),
        ({}, answer(cited=["7", "29"]), False),
        ({"also_ok": ["28"]}, answer(cited=["28"]), True),
        ({}, answer(status="not_found"), False),
        ({}, answer(status="error"), False),
        ({"answerable": False, "gold": []}, answer(status="not_found"), True),
        ({"answerable": False, "gold": []}, answer(cited=["29"]), False),
        ({"answerable": False, "gold": []}, answer(status="error"), False),
        ({"gold": [], "gold_unknown": True}, answer(cited=["29"]), None),
        ({"gold": [], "gold_unknown": True}, answer(status="not_found"), False),
        ({"gold": [], "gold_unknown": True}, answer(status="error"), False),
    ],
)
def test_an_answer_is_right_by_its_first_citation_and_a_refusal_where_there_is_no_answer(
    fields: Mapping[str, object], given: Answer, expected: bool | None
) -> None:
    assert is_right_answer(gold(fields), given) is expected
