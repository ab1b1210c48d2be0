"""Search terms and the parts of BM25, worked by hand."""

import math

import pytest

from index.lexical import inverse_frequency, simplified, term_share, terms
from ui.settings import Settings


@pytest.fixture
def cut(settings: Settings):
    return lambda text: terms(text, cache_folder=settings.cache)


def test_chinese_gives_words_and_pairs_of_characters(cut) -> None:
    found = cut("集装箱管制方案")
    assert {"集装箱", "管制", "方案"} <= set(found)
    assert {"+集装", "+装箱", "+箱管", "+管制", "+制方", "+方案"} <= set(found)


def test_a_pair_is_another_term_than_the_word_of_the_same_characters(cut) -> None:
    assert cut("管制").count("管制") == 1
    assert cut("管制").count("+管制") == 1


def test_traditional_script_is_searched_as_simplified(cut) -> None:
    assert cut("貨櫃裡的槍支") == cut("货柜里的枪支")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Незаконной торговлей", ["незаконной", "торговлей"]),
        ("13,353 kilograms, 30.9", ["13,353", "kilograms", "30.9"]),
        ("２０１１", ["2011"]),
        ("2011-2013", ["2011-2013", "2011", "2013"]),
        ("الأسلحة النارية", ["الأسلحة", "النارية"]),
        ("", []),
        ("?!，。", []),
    ],
)
def test_other_scripts_give_one_term_a_word(cut, text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_simplified_keeps_what_is_simplified() -> None:
    assert simplified("槍支") == "枪支"
    assert simplified("枪支 and guns") == "枪支 and guns"


def test_inverse_frequency_by_hand() -> None:
    assert inverse_frequency(10, containing_count=1) == pytest.approx(math.log(1 + 9.5 / 1.5))
    assert inverse_frequency(10, containing_count=10) == pytest.approx(math.log(1 + 0.5 / 10.5))


def test_term_share_by_hand() -> None:
    # A paragraph of mean length: 2 / (2 + 1.2); twice as long: 2 / (2 + 1.2 * (0.25 + 1.5)).
    assert term_share(2, length=50, mean_length=50) == pytest.approx(0.625)
    assert term_share(2, length=100, mean_length=50) == pytest.approx(2 / 4.1)
