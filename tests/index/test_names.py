"""What texts define as names of the same thing, and what only looks like it."""

import pytest

from index.lexical import words
from index.names import Bodies, Definition, NameTable, definitions
from ui.settings import Settings


@pytest.fixture
def cut(settings: Settings):
    return lambda text: words(text, cache_folder=settings.cache)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The World Food Council (WFC) met.", [("World Food Council", "WFC")]),
        (
            "It was sent to the International Bureau for Roads (hereinafter “the Bureau”).",
            [("Bureau for Roads", "the Bureau")],
        ),
        ("The WFC (World Food Council) met.", [("World Food Council", "WFC")]),
        (
            "They spoke of anti-money-laundering (AML) rules.",
            [("anti-money-laundering", "AML")],
        ),
        (
            "Le Conseil mondial de l'alimentation (CMA) s'est réuni.",
            [("Conseil mondial de l'alimentation", "CMA")],
        ),
        (
            "La Oficina Regional de Caminos (en adelante, «la Oficina») respondió.",
            [("Oficina Regional de Caminos", "la Oficina")],
        ),
        ("Всемирная дорожная служба (ВДС) ответила.", [("Всемирная дорожная служба", "ВДС")]),
        (
            "Всемирная дорожная служба (далее — Служба дорог)",
            [],
        ),
        ("由国际公路管理委员会（公管委）负责。", [("公路管理委员会", "公管委")]),
        ("由国际公路管理委员会（下称“公管委”）负责。", [("公路管理委员会", "公管委")]),
        ("《山区公路安全公约》（下称《公路公约》）生效。", [("公路安全公约", "公路公约")]),
        ("向国际公路组织（IRO）报告。", [("国际公路组织", "IRO")]),
        ("IRO（国际公路组织）的报告。", [("国际公路组织", "IRO")]),
        (
            "国际公路管理委员会（公管委，又称IRMC）负责。",
            [("公路管理委员会", "公管委"), ("公路管理委员会", "IRMC")],
        ),
        (
            "山地项目与山区公路办公室签约。山区公路办公室（MRO）负责。",
            [("山区公路办公室", "MRO")],
        ),
    ],
)
def test_definitions_are_learned(cut, text: str, expected: list[tuple[str, str]]) -> None:
    assert definitions(text, cut=cut) == [
        Definition(name=name, other=other) for name, other in expected
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The meeting (Vienna, 2011) ended.",
        "Three countries (Ghana, Mali and Togo) joined.",
        "The resolution (A/RES/66/181) was adopted.",
        "The report (see annex II) is long.",
        "The unit seized drugs (NATO was present).",
        "四个国家（加纳、马里、多哥和贝宁）参加。",
        "该报告（可从网上查阅）已发表。",
        "在首都（维也纳）举行会议。",
        "两岸四地（大陆、香港、澳门、台湾）",
        "决议（第66/181号）获得通过。",
        "（）（ ）()",
        "设在山区的小镇（下称该镇）",
        "该小镇（又称石头城）很小。",
        "委员会（IRC）开会。",
        'set (X, "Y", and vectors in "Y")',
        "国际公路组织（国际公路组织）",
    ],
)
def test_other_brackets_define_nothing(cut, text: str) -> None:
    assert definitions(text, cut=cut) == []


def test_each_name_gives_the_others() -> None:
    table = NameTable([("公路管理委员会", "公管委"), ("公路管理委员会", "IRMC")])
    assert table.names_for("公管委做了什么？") == ["公路管理委员会", "IRMC"]
    assert table.names_for("what did irmc do") == []
    assert table.names_for("what did IRMC do") == ["公路管理委员会", "公管委"]
    assert table.names_for("国际公路管理委员会的任务") == ["公管委", "IRMC"]
    assert table.names_for("公路") == []


def test_capitals_that_are_also_a_word_have_to_be_written_as_such() -> None:
    table = NameTable([("World Handball Order", "WHO"), ("Airport Programme", "AIRPRO")])
    assert table.names_for("who did it?") == []
    assert table.names_for("what did WHO do?") == ["World Handball Order"]
    assert table.names_for("what is airpro?") == ["Airport Programme"]
    assert table.names_for("the world handball order") == ["WHO"]


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("公管委", "公路管理委员会"),
        ("毒安署", "毒品安全署"),
        ("公管署", None),
        ("路管委", None),
        ("公委管", None),
        ("鸡管委", None),
    ],
)
def test_a_short_form_of_a_body_is_found(cut, short: str, name: str | None) -> None:
    bodies = Bodies(["国际公路管理委员会和毒品安全署签署了协定。", "公路管理委员会"])
    assert bodies.full_name(short, cut=cut) == name
