"""Clean text, worked by hand."""

import pytest

from ingest.normalizer import clean, join_lines, vocabulary


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("2010 年 10 月 18 日", "2010年10月18日"),
        ("第 5/6 号决议", "第5/6号决议"),
        ("即 Consejo de Ministerios 协调", "即Consejo de Ministerios协调"),
        ("中文　全角\u00a0空格", "中文全角空格"),
        ("报告 （CTOC/COP/2012/7）。 ", "报告（CTOC/COP/2012/7）。"),
        ("plain\t Latin \n text", "plain Latin text"),
        ("3\u00a0400 cas : « oui »", "3 400 cas : « oui »"),
        ("зеро\u200bширина \u200frtl\ufeff", "зероширина rtl"),
        ("e\u0301te\u0301", "été"),
        ("２０１１年、٥/٦", "２０１１年、٥/٦"),
        (" \n ", ""),
    ],
)
def test_white_space(source: str, expected: str) -> None:
    assert clean(source) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Consejo Centroamericano ", "de Ministerios"], "Consejo Centroamericano de Ministerios"),
        (["进行", "培训。"], "进行培训。"),
        (["13,353", "公斤大麻"], "13,353公斤大麻"),
        (["缉获了13,", "353公斤"], "缉获了13,353公斤"),
        (["resolutions 1,", "200 and 201"], "resolutions 1, 200 and 201"),
        (["13,353", "kilograms"], "13,353 kilograms"),
        (["see A/67/", "305 and"], "see A/67/305 and"),
        (["in 2011-", "2013"], "in 2011-2013"),
        (["the Asia-", "Pacific region"], "the Asia-Pacific region"),
        (["techni-", "cal assistance"], "technical assistance"),
        (["in\u00adter techni\u00ad", "cal assistance"], "inter technical assistance"),
        (["резолю-", "цией"], "резолюцией"),
        (["au titre de l’", "année"], "au titre de l’année"),
        (["http://www.un.org/a-", "b/c.html ok"], "http://www.un.org/a-b/c.html ok"),
        (["see www.un.org.", "The end"], "see www.un.org. The end"),
        (["(", "text", ")"], "(text)"),
        (["", "one", " ", "two"], "one two"),
        ([], ""),
    ],
)
def test_line_joins(lines: list[str], expected: str) -> None:
    assert join_lines(lines) == expected


def test_a_hyphen_stays_where_the_document_shows_that_it_belongs_to_the_word() -> None:
    words = vocabulary("A long-term plan. The decision was short. Law and techni-\ncal terms.")
    assert join_lines(["a long-", "term plan"], words=words) == "a long-term plan"
    assert join_lines(["decision-", "making"], words=words) == "decision-making"
    # The cut word itself is no witness.
    assert join_lines(["techni-", "cal"], words=words) == "technical"
