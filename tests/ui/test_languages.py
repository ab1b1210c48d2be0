"""Which language the interface speaks, and that it has a text for everything in each."""

import re

import pytest

from ui.languages import LANGUAGES, chosen_language, texts


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        (None, None, "en"),
        (None, "", "en"),
        (None, "de, ja;q=0.8", "en"),
        (None, "zh", "zh"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "zh-TW", "zh-Hant"),
        (None, "zh-Hant-HK", "zh-Hant"),
        (None, "fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        (None, "en;q=0.5, ar-EG;q=0.9", "ar"),
        (None, "ru;q=0, es", "es"),
        (None, "ru;q=0", "en"),
        (None, "es;q=many, ru;q=0.1", "ru"),
        ("ar", "fr", "ar"),
        ("tlh", "fr", "fr"),
    ],
)
def test_the_choice_counts_before_the_browsers_wishes(
    cookie: str | None, accepted: str | None, language: str
) -> None:
    assert chosen_language(cookie=cookie, accepted=accepted) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_with_the_same_places_to_fill(language: str) -> None:
    own, english = texts(language), texts("en")
    assert list(own) == list(english)
    for key, text in own.items():
        assert text.strip(), key
        assert sorted(re.findall(r"\{\w*\}", text)) == sorted(
            re.findall(r"\{\w*\}", english[key])
        ), key
