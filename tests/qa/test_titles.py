"""Which documents a question calls by their titles, and what else it says."""

import pytest

from qa.titles import split_titles

TITLES = ("渔业署年报", "渔业署年报附录", "年报", "Fisheries Report", "Ab")


@pytest.mark.parametrize(
    ("question", "named", "rest"),
    [
        ("渔业署年报的支出是多少？", ["渔业署年报"], "支出是多少？"),
        ("《渔业署年报》中，支出是多少？", ["渔业署年报"], "中，支出是多少？"),
        ("根据渔业署年报附录，支出是多少？", ["渔业署年报附录"], "根据，支出是多少？"),
        (
            "渔业署年报附录和渔业署年报有何不同？",
            ["渔业署年报", "渔业署年报附录"],
            "和有何不同？",
        ),
        ("How many boats does the fisheries report count?", ["Fisheries Report"], None),
        ("How many boats does the Fisheries Reporting count?", [], None),
        ("渔业署年报2012版的支出是多少？", ["渔业署年报"], "2012版的支出是多少？"),
        ("年报的支出是多少？", [], None),
        ("Is Ab in it?", [], None),
        ("渔业署年报？", ["渔业署年报"], ""),
    ],
)
def test_titles_are_told_from_the_rest(question: str, named: list[str], rest: str | None) -> None:
    if rest is None:
        rest = question.replace("fisheries report ", " ") if named else question
    assert split_titles(question, titles=TITLES) == (named, rest)
