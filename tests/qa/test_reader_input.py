"""What of a passage is read together."""

import pytest

from ingest.report import Span
from qa.reader_input import Tokens, reader_input, reading_windows


def one_a_letter(text: str) -> Tokens:
    return Tokens(
        ids=[10 + index for index in range(len(text))],
        spans=[(index, index + 1) for index in range(len(text))],
    )


@pytest.mark.parametrize(
    ("text", "limit", "windows"),
    [
        ("一二。三四。", 6, ["一二。三四。"]),
        ("一二。三四。五六。", 6, ["一二。三四。", "三四。五六。"]),
        ("一。二二二二。三。", 7, ["一。二二二二。", "二二二二。三。"]),
        # A sentence that is longer than a window is cut, half of each window in the next.
        ("一二三四五六七。", 4, ["一二三四", "三四五六", "五六七。"]),
        ("一。二三四五六七八。", 4, ["一。二三", "二三四五", "四五六七", "六七八。"]),
        ("", 4, [""]),
    ],
)
def test_windows_are_whole_sentences_that_overlap(
    text: str, limit: int, windows: list[str]
) -> None:
    found = reading_windows(text, one_a_letter(text), limit=limit)
    assert [text[window.start : window.stop] for window in found] == windows


def test_windows_of_any_text_hold_all_of_it_and_are_no_longer_than_allowed() -> None:
    text = "".join("字" * (number % 23) + "。" for number in range(60))
    for limit in range(2, 40):
        found = reading_windows(text, one_a_letter(text), limit=limit)
        assert {token for window in found for token in window} == set(range(len(text)))
        assert all(1 <= len(window) <= limit for window in found)
        assert [window.start for window in found] == sorted({window.start for window in found})


def test_a_row_holds_the_question_the_title_and_the_window() -> None:
    row = reader_input([7, 8], [9], one_a_letter("一二三四"), window=range(1, 3))
    assert row.ids == [0, 7, 8, 2, 9, 2, 11, 12, 2]
    assert row.types == [0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert row.place(Span(start=1, end=3)) == (6, 7)
    assert row.place(Span(start=2, end=4)) is None
