"""What speaks for and against an answer."""

from dataclasses import replace

import pytest

from index.known_names import known_names
from qa.answerability import Evidence, Kind, judge, mentions

STRONG = Evidence(
    first_reading=4.0,
    best_reading=4.0,
    first_span=-0.1,
    span_lead=4.0,
    quoted_reading=4.0,
    lead=0.05,
    lacks_type=0.0,
    lacks_name=0.0,
    counts_other=0.0,
    lacks_year=0.0,
    missing_places=0.0,
    missing_names=0.0,
    missing_figures=0.0,
    covered=0.8,
    says_other_year=0.0,
    retrieved=0.7,
    focus=0.1,
    met=0.9,
    is_preselected=0.0,
    is_cross=0.0,
    is_broad=0.0,
)


@pytest.mark.parametrize(
    ("question", "text", "missing", "count"),
    [
        ("法国有多少检察官？", "加纳有12名检察官。", ["法国"], 1),
        ("Combien de juges au Ghana ?", "加纳有12名法官。", [], 1),
        ("Сколько судей в Кении и Либерии?", "肯尼亚有12名法官。", ["Либерии"], 2),
        ("Did AIRCOP train 40 officers?", "AIRCOP培训了30名官员。", ["40"], 2),
        ("《示范法》何时发布？", "《行动框架》于2011年发布。", ["示范法"], 1),
        ("2011年发生了什么？", "2010年发生了许多事。", [], 0),
        ("第七届会议在哪里举行？", "第五届会议在维也纳举行。", ["第七"], 1),
        ("第五届会议在哪里举行？", "第五届会议在维也纳举行。", [], 1),
        ("第45届会议在哪里举行？", "第四十五届会议在维也纳举行。", [], 2),
        ("45届会议在哪里举行？", "第四十五届会议在维也纳举行。", [], 1),
        ("第四十六届会议在哪里举行？", "第45届会议在维也纳举行。", ["第四十六"], 1),
        ("第一次会议在哪里举行？", "会议在维也纳举行。", [], 0),
        ("How many in 2010-11?", "2010年和2011年共80个。", [], 0),
        ("What did UNODC do?", "毒罪办举办了讲习班。", [], 1),
        ("What did UNODC do?", "海关署举办了讲习班。", ["UNODC"], 1),
    ],
)
def test_names_and_figures_that_the_text_lacks(
    question: str, text: str, missing: list[str], count: int
) -> None:
    other_names = known_names().names_for
    found = mentions(question, [text], other_names=other_names, shares_language=True)
    assert [mention.name for mention in found if not mention.is_said] == missing
    assert len(found) == count


def test_what_is_quoted_in_another_language_is_no_name_that_a_text_lacks() -> None:
    question = "What is the «first aid» handbook of CICIG?"
    found = mentions(question, ["手册"], other_names=lambda _: (), shares_language=False)
    assert [(mention.name, mention.is_said) for mention in found] == [("CICIG", False)]


def test_what_is_named_is_told_apart_by_its_kind() -> None:
    question = "Did AIRCOP train 40 officers of Ghana and Mali?"
    found = mentions(question, ["马里"], other_names=lambda _: (), shares_language=False)
    assert [(mention.name, mention.kind, mention.is_said) for mention in found] == [
        ("Ghana", Kind.PLACE, False),
        ("Mali", Kind.PLACE, True),
        ("AIRCOP", Kind.NAME, False),
        ("40", Kind.FIGURE, False),
    ]


@pytest.mark.parametrize(
    "weaker",
    [
        {"first_reading": -2.0, "best_reading": -2.0},
        {"span_lead": 0.0},
        {"quoted_reading": -4.0},
        {"focus": 0.001},
        {"lacks_year": 1.0},
        {"missing_places": 1.0},
        {"missing_names": 1.0},
        {"missing_figures": 1.0},
        {"lacks_type": 1.0},
        {"lacks_name": 1.0},
        {"covered": 0.0, "first_reading": 0.0},
        {"met": 0.6},
        {"focus": 0.0, "is_preselected": 1.0},
    ],
    ids=lambda weaker: "+".join(weaker),
)
def test_each_kind_of_evidence_against_lowers_both_probabilities(
    weaker: dict[str, float],
) -> None:
    changed = Evidence(
        **{name: weaker.get(name, getattr(STRONG, name)) for name in STRONG.__slots__}
    )
    assert 0 < judge(changed).right < judge(STRONG).right < 1
    assert 0 < judge(changed).answerable < judge(STRONG).answerable < 1


def test_likeness_counts_more_across_languages() -> None:
    def gain(name: str, more: float, *, is_cross: float) -> float:
        low = replace(STRONG, is_cross=is_cross)
        high = replace(low, **{name: getattr(low, name) + more})
        odds = [verdict / (1 - verdict) for verdict in (judge(low).right, judge(high).right)]
        return odds[1] / odds[0]

    assert gain("met", 0.05, is_cross=1) > gain("met", 0.05, is_cross=0) > 1
