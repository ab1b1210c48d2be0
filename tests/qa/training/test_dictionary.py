"""Dictionaries add what the encoder does not know to the glossary."""

import gzip
from pathlib import Path

import pytest

from qa.glossary import read_entries
from qa.training.dictionary import (
    chinese_by_gloss,
    chinese_of,
    english_of,
    folded,
    main,
    merged,
    plain_english,
)

CEDICT = {
    "证人": ["witness"],
    "目击": ["eyewitness", "witness"],
    "海盗": ["pirate"],
    "行为": ["behavior", "conduct"],
    "海盗行为": ["piracy"],
    "法官": ["judge"],
}
FREQUENCIES = {"证人": 900, "目击": 300, "海盗": 500, "行为": 5000, "法官": 900}


def parts(text: str) -> list[str]:
    return ["海盗", "行为", text] if text == "海盗行为" else [text]


@pytest.fixture(scope="module")
def by_gloss() -> dict[str, dict[str, float]]:
    return chinese_by_gloss(CEDICT, FREQUENCIES, lowest=20, cut=parts)


def test_first_senses_and_common_words_count_most(by_gloss: dict[str, dict[str, float]]) -> None:
    # Frequencies 900 and 300 to the power of 0.3; the second is the second sense of its word.
    assert by_gloss["witness"] == pytest.approx({"证人": 7.696, "目击": 5.535 / 2}, abs=0.001)


def test_a_rare_expression_is_found_by_the_rarest_common_word_in_it(
    by_gloss: dict[str, dict[str, float]],
) -> None:
    assert list(by_gloss["piracy"]) == ["海盗"]


def test_dictionaries_are_read_both_ways() -> None:
    english = english_of(
        from_english=[{"Witness": ["свидетель", "очевидец"]}],
        to_english=[{"свидетель": ["bystander"]}],
    )
    assert english == {
        "свидетель": {"witness": 1.0, "bystander": 1.0},
        "очевидец": {"witness": 0.5},
    }


def test_english_leads_on_to_chinese_whatever_its_ending(
    by_gloss: dict[str, dict[str, float]],
) -> None:
    chinese = chinese_of({"судьи": {"judges": 1.0}, "стол": {"table": 1.0}}, by_gloss)
    assert {word: list(terms) for word, terms in chinese.items()} == {"судьи": ["法官"]}


@pytest.mark.parametrize(
    ("word", "form"), [("الشُّهود", "شهود"), ("Свидетелём", "свидетелем"), ("أعضاء", "اعضاء")]
)
def test_words_are_compared_without_what_spellings_leave_out(word: str, form: str) -> None:
    assert folded(word) == form


def test_an_english_word_is_led_by_its_plain_form_too() -> None:
    english = plain_english(["judges", "presiding"], ["judge", "presiding judge"])
    by_gloss = {"judge": {"法官": 1.0}, "presiding judge": {"审判员": 1.0}, "judges": {"士师": 1.0}}
    assert chinese_of(english, by_gloss) == {
        "judge": {"法官": 1.0},
        "presiding judge": {"审判员": 1.0},
        "judges": {"士师": 1.0, "法官": 0.5},
    }


def test_what_a_dictionary_says_leads_and_what_was_found_stays() -> None:
    found = merged(
        {"судья": {"裁判": 1.0}},
        ["судья"],
        {"судья": {"法官": 2.0}},
        share=0.75,
        stemmed_share=0.0,
    )
    assert found == {"судья": {"法官": 0.75, "裁判": 0.25}}


def test_another_form_of_a_headword_is_led_the_same_way() -> None:
    found = merged(
        {"свидетелями": {"目击": 1.0}},
        ["свидетелями", "свинья"],
        {"свидетель": {"证人": 1.0}},
        share=0.9,
        stemmed_share=0.6,
    )
    assert found["свидетелями"] == {"证人": 0.6, "目击": 0.4}
    assert "свинья" not in found


def test_what_would_be_written_as_nothing_is_left_out() -> None:
    found = merged(
        {"судья": {"裁判": 1.0}},
        ["судья"],
        {"судья": {"法官": 1.0}},
        share=0.996,
        stemmed_share=0.0,
    )
    assert found == {"судья": {"法官": 0.996}}


def test_the_command_adds_to_a_glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def packed(name: str, text: str) -> Path:
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))
        return tmp_path / name

    packed("es.tsv.gz", "testigo\t测试 1.00\n")
    cedict = packed("cedict.gz", "證人 证人 [zheng4 ren2] /witness/\n")
    dictionary = packed("spa-eng.dict.dz", "testigo /testˈiɣo/\nwitness\n")
    packed("en.tsv.gz", "the\t测试 1.00\n")
    (tmp_path / "words").write_text("de\n" * 60 + "testigo\ntestigos\n", encoding="utf-8")
    (tmp_path / "words.en").write_text("the\n" * 60 + "witnesses\n", encoding="utf-8")
    (tmp_path / "dict.txt").write_text("证人 900 n\n", encoding="utf-8")
    output = tmp_path / "out"
    output.mkdir()
    monkeypatch.setattr(
        "sys.argv",
        [
            "dictionary",
            *(str(tmp_path), "--words", f"es={tmp_path / 'words'}"),
            *("--words", f"en={tmp_path / 'words.en'}"),
            *("--to-english", f"es={dictionary}", "--cedict", str(cedict)),
            *("--frequencies", str(tmp_path / "dict.txt"), "--cache", str(tmp_path)),
            *("--output", str(output)),
        ],
    )
    main()
    entries = read_entries(output / "es.tsv.gz")
    assert entries == {"testigo": {"证人": 0.75, "测试": 0.25}, "testigos": {"证人": 1.0}}
    # The commonest words only hold sentences together.
    assert read_entries(output / "en.tsv.gz") == {
        "witness": {"证人": 1.0},
        "witnesses": {"证人": 1.0},
    }
