"""Looking through the answers of a question file."""

from dataclasses import replace

from qa.answer import Answer, failed
from qa.review import LOW_CONFIDENCE, Kind, page_of

SURE = replace(
    failed(id="sure", question="?", error=""), status="answered", confidence=0.9, error=None
)
UNSURE = replace(SURE, id="unsure", confidence=LOW_CONFIDENCE - 0.01)
LIMIT = replace(SURE, id="limit", confidence=LOW_CONFIDENCE)
REFUSED = replace(SURE, id="refused", status="not_found", confidence=0.1)
FAILED = failed(id="failed", question="?", error="gone")
ANSWERS = [SURE, REFUSED, UNSURE, FAILED, LIMIT, replace(UNSURE, id="unsure 2")]


def ids(answers: tuple[Answer, ...]) -> list[str]:
    return [answer.id for answer in answers]


def test_each_kind_is_counted_and_shown_in_the_order_of_the_file() -> None:
    pages = {kind: page_of(ANSWERS, kind=kind, first=0, count=10) for kind in Kind}
    assert ids(pages[Kind.ALL].answers) == ids(tuple(ANSWERS))
    assert ids(pages[Kind.REFUSED].answers) == ["refused"]
    assert ids(pages[Kind.UNSURE].answers) == ["unsure", "unsure 2"]
    assert ids(pages[Kind.FAILED].answers) == ["failed"]
    assert pages[Kind.ALL].counts == {
        Kind.ALL: 6,
        Kind.REFUSED: 1,
        Kind.UNSURE: 2,
        Kind.FAILED: 1,
    }


def test_a_page_begins_where_it_is_asked_to_and_holds_no_more_than_asked() -> None:
    assert ids(page_of(ANSWERS, kind=Kind.ALL, first=1, count=2).answers) == ["refused", "unsure"]
    assert ids(page_of(ANSWERS, kind=Kind.UNSURE, first=1, count=5).answers) == ["unsure 2"]
    assert page_of(ANSWERS, kind=Kind.ALL, first=99, count=5).answers == ()
