"""What a browser keeps of conversations, and what becomes of it."""

import json

import pytest

from tests.ui.answers import answered, cited, not_found
from ui.conversations import KEPT_COUNT, NAME_LIMIT, Conversations, from_kept, to_kept

FIRST, SECOND = answered(cited()), not_found(language="en")


def test_what_was_kept_comes_back_whole() -> None:
    conversations = Conversations().with_answers([FIRST, SECOND])
    assert from_kept(json.loads(json.dumps(to_kept(conversations)))) == conversations


def test_a_conversation_is_called_by_its_first_question() -> None:
    (one,) = Conversations().with_answers([FIRST]).with_answers([FIRST, SECOND]).all
    assert (one.name, one.answers) == (FIRST.question, (FIRST, SECOND))


def test_the_latest_conversation_stands_first() -> None:
    both = Conversations().with_answers([FIRST]).shown("").with_answers([SECOND])
    older = both.all[1].id
    again = both.shown(older).with_answers([FIRST, SECOND])
    assert [one.id for one in again.all] == [older, both.all[0].id]
    assert again.current == older


def test_renaming_changes_the_name_alone() -> None:
    one = Conversations().with_answers([FIRST])
    assert one.renamed("  My\n talk ").all[0].name == "My talk"
    assert one.renamed(" ") == one
    assert len(one.renamed("x" * 999).all[0].name) == NAME_LIMIT


def test_deleting_the_one_shown_begins_a_new_one() -> None:
    both = Conversations().with_answers([FIRST]).shown("").with_answers([SECOND])
    left = both.without(both.current)
    assert (len(left.all), left.current, left.answers) == (1, "", ())
    assert both.without(both.all[1].id).current == both.current


def test_an_unknown_conversation_begins_a_new_one() -> None:
    one = Conversations().with_answers([FIRST])
    assert one.shown("nothing").answers == ()


def test_a_browser_keeps_no_more_than_fits() -> None:
    conversations = Conversations()
    for _ in range(KEPT_COUNT + 3):
        conversations = conversations.shown("").with_answers([SECOND])
    assert len(conversations.all) == KEPT_COUNT


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "text",
        {},
        {"all": "text"},
        {"all": [1, {}, {"id": "a", "name": "b", "answers": [{"question": 1}]}]},
    ],
)
def test_what_is_no_conversation_is_left_out(kept: object) -> None:
    assert from_kept(kept) == Conversations()
