"""Words that a library does not know are read as those that it knows, and no others."""

from collections import Counter

import pytest

from index.lexical import is_listed, terms, words
from index.names import Bodies
from index.spelling import Spelling
from ui.settings import Settings

TEXTS = [
    "国际公路管理委员会的结论是，检察官应当在塞拉利昂调查集装箱走私。",
    "洪都拉斯的项目由该机构负责，案件移交法院。",
    "The prosecutors seized containers in Honduras.",
    "Прокуроры изъяли контейнеры.",
    "صادرت السلطات الحاويات",
]


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    from ui.settings import load_settings

    cache = load_settings().cache
    known = Counter(term for text in TEXTS for term in set(terms(text, cache_folder=cache)))
    return Spelling(
        known,
        is_known=known.__contains__,
        bodies=lambda: Bodies(TEXTS),
        cut=lambda text: words(text, cache_folder=cache),
        is_listed=lambda word: is_listed(word, cache_folder=cache),
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("得出啥节论？", "得出啥结论？"),
        ("这个机够是谁", "这个机构是谁"),
        ("塞拉里昂有什么", "塞拉利昂有什么"),
        ("洪都拉司", "洪都拉斯"),
        ("检查官做了什么", "检察官做了什么"),
        ("公管委的任务", "公路管理委员会的任务"),
    ],
)
def test_chinese_is_read_as_what_sounds_or_looks_alike(
    spelling: Spelling, written: str, read: str
) -> None:
    assert spelling.respelled(written) == read


@pytest.mark.parametrize(
    "question",
    [
        "检察官在塞拉利昂做了什么？",
        "足球比赛是哪年举行的？",
        "他们有几个项目？",
        "一共由谁负责，是哪里的法院？",
        "走私项目",
        "What did the prosecuters seize?",
        "2011年",
        "",
    ],
)
def test_everything_else_stays_as_it_is(spelling: Spelling, question: str) -> None:
    assert spelling.respelled(question) == question


def test_a_word_that_only_sounds_alike_is_not_put_in_but_named(spelling: Spelling) -> None:
    assert spelling.respelled("有哪些橡木？") == "有哪些橡木？"
    assert spelling.sounding_like("有哪些橡木？") == ["项目"]
    assert spelling.sounding_like("有哪些项目？") == []
    assert spelling.sounding_like("有哪些足球？") == []


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("What did the prosecuters do?", {"prosecuters": "prosecutors"}),
        ("prosecutors in Hondurras", {"hondurras": "honduras"}),
        ("the contianers", {"contianers": "containers"}),
        ("Контейнера изъяли прокуроры", {"контейнера": "контейнеры"}),
        ("ماذا عن بالحاويات", {"بالحاويات": "الحاويات"}),
        ("rosecutors", {}),
        ("sees", {}),
        ("football", {}),
    ],
)
def test_words_in_letters_are_one_letter_off(
    spelling: Spelling, question: str, near: dict[str, str]
) -> None:
    assert spelling.one_letter_off(question) == near


def test_a_library_without_words_reads_nothing_into_a_question(settings: Settings) -> None:
    empty = Spelling(
        {},
        is_known=lambda term: False,
        bodies=lambda: Bodies([]),
        cut=lambda text: words(text, cache_folder=settings.cache),
        is_listed=lambda word: True,
    )
    assert empty.respelled("塞拉里昂的毒罪办") == "塞拉里昂的毒罪办"
    assert empty.one_letter_off("prosecutors") == {}
