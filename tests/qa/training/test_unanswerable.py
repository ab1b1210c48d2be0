"""Pairs that do not answer are made from pairs that do."""

import random

from ingest.report import Span
from qa.training.squad import Example
from qa.training.unanswerable import (
    with_another_name,
    with_another_number,
    with_another_word,
    without_another_sentence,
    without_answer,
)

CONTEXT = (
    "该部门成立于1998年，总部设在日内瓦，负责协调各国的调查工作和培训方案。"
    "它有十二名官员，其中八名在总部工作，其余四名派驻各地区办事处，每年轮换一次。"
    "预算由成员国分摊，每两年审议一次，最近一次审议在春季会议上完成，没有修改。"
)


def example(answer: str, question: str = "该部门在1998年设在哪里？") -> Example:
    start = CONTEXT.index(answer)
    return Example(
        question=question,
        title="部门",
        context=CONTEXT,
        answer=Span(start=start, end=start + len(answer)),
        answers=(answer,),
    )


def test_the_near_miss_lacks_the_sentence_with_the_answer_and_keeps_the_others() -> None:
    text = without_answer(example("十二名官员"))
    assert text is not None
    assert "十二名官员" not in text
    assert text.startswith("该部门成立于1998年")
    assert text.endswith("没有修改。")


def test_no_near_miss_where_too_little_would_be_left() -> None:
    short = Example(
        question="何时？",
        title="",
        context="它成立于1998年。",
        answer=Span(start=4, end=9),
        answers=("1998年",),
    )
    assert without_answer(short) is None


def test_a_gap_elsewhere_moves_the_answer_along() -> None:
    for seed in range(5):
        made = without_another_sentence(example("每两年"), generator=random.Random(seed))
        assert made is not None
        text, answer = made
        assert text[answer.start : answer.end] == "每两年"
        assert len(text) < len(CONTEXT)


def test_a_changed_number_is_none_of_the_context() -> None:
    for seed in range(10):
        changed = with_another_number(example("日内瓦"), generator=random.Random(seed))
        assert changed is not None
        assert changed != "该部门在1998年设在哪里？"
        assert "1998" not in changed


def test_a_question_without_a_number_is_not_changed() -> None:
    given = example("日内瓦", question="总部设在哪里？")
    assert with_another_number(given, generator=random.Random(1)) is None


def test_a_name_is_changed_to_one_that_the_context_lacks() -> None:
    given = example("日内瓦", question="《示范法》的总部设在哪里？")
    changed = with_another_name(
        given, names=["日内瓦", "《行动框架》"], own=None, generator=random.Random(2)
    )
    assert changed == "《行动框架》的总部设在哪里？"


def test_a_telling_word_is_changed_to_one_that_the_context_lacks() -> None:
    changed = with_another_word(
        example("八名", question="总部有几名官员？"),
        words=["官员", "乘客"],
        others=["预算", "司机"],
        generator=random.Random(2),
    )
    assert changed == "总部有几名司机？"


def test_a_question_is_not_changed_where_the_context_has_none_of_its_words() -> None:
    given = example("八名", question="谁在那里？")
    assert (
        with_another_word(given, words=["乘客"], others=["司机"], generator=random.Random(1))
        is None
    )
