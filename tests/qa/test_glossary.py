"""What words of a question may be called in Chinese."""

import gzip
from pathlib import Path

import pytest

from ingest.errors import ModelError
from qa import glossary
from qa.glossary import glosses, synonyms


@pytest.mark.parametrize(
    ("text", "language", "word", "term"),
    [
        ("Which judges were trained?", "en", "judges", "法官"),
        ("¿Qué jueces recibieron armas?", "es", "armas", "武器"),
        ("Quels juges ?", "fr", "juges", "法官"),
        ("Защита свидетелей", "ru", "свидетелей", "证人"),
        ("حماية الشهود", "ar", "حماية", "保护"),
    ],
)
def test_every_language_leads_into_chinese(text: str, language: str, word: str, term: str) -> None:
    found = {gloss.word: gloss.terms for gloss in glosses(text, language=language)}
    assert term in found[word]
    assert sum(found[word].values()) == pytest.approx(1, abs=0.03)


def test_the_longest_phrase_is_looked_up_as_one() -> None:
    first, *_ = glosses("High Court proceedings", language="en")
    assert first.word == "high court"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("What was done in Sierra Leone?", "en", {"sierra leone": "塞拉利昂"}),
        (
            "Что сделано в Центральной Азии и Кении?",
            "ru",
            {"центральной азии": "中亚", "кении": "肯尼亚"},
        ),
        ("كيف ساعد المكتب المغرب؟", "ar", {"المغرب": "摩洛哥"}),
        ("le Kenya et la Côte d'Ivoire", "fr", {"kenya": "肯尼亚", "côte d'ivoire": "科特迪瓦"}),
    ],
)
def test_places_are_called_as_cldr_calls_them(
    text: str, language: str, expected: dict[str, str]
) -> None:
    found = {gloss.word: gloss.terms for gloss in glosses(text, language=language)}
    for place, name in expected.items():
        assert found[place] == {name: 1.0}


def test_a_phrase_that_is_longer_than_the_place_in_it_is_looked_up() -> None:
    (gloss,) = glosses("West Africa", language="en")
    assert "西非" in gloss.terms


def test_a_chinese_word_is_led_to_those_that_mean_the_same() -> None:
    found = {gloss.word: gloss.terms for gloss in synonyms(["货柜", "货柜", "欧盟", "哪几个"])}
    assert list(found) == ["货柜", "欧盟"]
    assert "集装箱" in found["货柜"] and "欧洲联盟" in found["欧盟"]


def test_an_arabic_word_is_found_without_what_is_written_on_to_it() -> None:
    assert [gloss.word for gloss in glosses("وبالسلاح", language="ar")] == ["سلاح"]


def test_a_french_word_is_found_without_what_is_elided_before_it() -> None:
    found = [gloss.word for gloss in glosses("l’extradition, aujourd'hui", language="fr")]
    assert found == ["extradition", "aujourd'hui"]


def test_an_arabic_word_is_found_with_and_without_its_hamza() -> None:
    written, plain = (glosses(word, language="ar") for word in ("إدانة", "ادانة"))
    assert "定罪" in written[0].terms and "定罪" in plain[0].terms


def test_a_language_without_a_glossary_has_none() -> None:
    assert glosses("法官是谁？", language="zh") == []


def test_a_damaged_glossary_is_an_error_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glossary, "FOLDER", tmp_path)
    (tmp_path / "en.tsv.gz").write_bytes(gzip.compress("judge\t法官".encode()))
    with pytest.raises(ModelError, match="is damaged"):
        glosses("judge", language="en")
