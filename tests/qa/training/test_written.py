"""What was written for this project leads the glossary."""

import gzip
from pathlib import Path

import pytest

from qa.glossary import TARGET_LANGUAGE, read_entries
from qa.training.written import LANGUAGES, main, read_by_chinese, read_by_word, with_written

WRITTEN = Path(__file__).resolve().parents[3] / "data" / "training" / "glossary"


def packed(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_a_chinese_word_is_worth_less_for_the_less_usual_words(tmp_path: Path) -> None:
    path = packed(tmp_path / "zh", "法官\tjudge;Justice\tjuge\tjuez\tсудья\tقاض;القضاة\n")
    assert read_by_chinese(path) == {
        "en": {"judge": {"法官": 1.0}, "justice": {"法官": 0.5}},
        "fr": {"juge": {"法官": 1.0}},
        "es": {"juez": {"法官": 1.0}},
        "ru": {"судья": {"法官": 1.0}},
        "ar": {"قاض": {"法官": 1.0}, "قضاة": {"法官": 0.5}},
    }


def test_a_line_with_a_field_too_few_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shorter"):
        read_by_chinese(packed(tmp_path / "zh", "法官\tjudge\tjuge\tjuez\tсудья\n"))


def test_a_word_that_says_nothing_has_no_chinese_words(tmp_path: Path) -> None:
    path = packed(tmp_path / "fr", "condamnations\t定罪;判决\nainsi\t-\n")
    assert dict(read_by_word(path)) == {"condamnations": {"定罪": 1.0, "判决": 0.5}, "ainsi": {}}


def test_what_was_written_leads_and_what_says_nothing_goes() -> None:
    found = with_written(
        {"штате": {"联盟": 1.0}, "также": {"而且": 1.0}, "море": {"海洋": 1.0}},
        [*["и"] * 60, "штате", "также"],
        {"штат": {"员额": 1.0}, "также": {}},
        language="ru",
    )
    assert found == {
        "штате": {"员额": 0.75, "联盟": 0.25},
        "море": {"海洋": 1.0},
        "штат": {"员额": 1.0},
    }


def test_english_words_are_led_by_their_plain_forms() -> None:
    found = with_written(
        {"overseen": {"监工": 1.0}},
        [*["the"] * 60, "judges"],
        {"judge": {"法官": 1.0}, "overseen": {"监督": 1.0}},
        language="en",
    )
    assert found["judges"] == {"法官": 1.0}
    assert found["overseen"] == {"监督": 0.9, "监工": pytest.approx(0.1)}


def test_the_command_adds_up_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written, before, output = (tmp_path / name for name in ("written", "before", "output"))
    for folder in (written, before, output):
        folder.mkdir()
    packed(written / "zh.tsv.gz", "员额\tpost\tposte\tpuesto\tштат\tوظيفة\n")
    packed(written / "ru.tsv.gz", "штат\t人员\nтакже\t-\n")
    packed(before / "ru.tsv.gz", "штат\t联盟 1.00\nтакже\t而且 1.00\n")
    words = tmp_path / "words"
    words.write_text("и\n" * 60 + "штат\nтакже\n", encoding="utf-8")
    arguments = ["written", str(written), str(before), "--words", f"ru={words}"]
    monkeypatch.setattr("sys.argv", [*arguments, "--output", str(output)])
    main()
    assert read_entries(output / "ru.tsv.gz") == {"штат": {"员额": 0.45, "人员": 0.45, "联盟": 0.1}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_of_the_project_has_what_was_written(language: str) -> None:
    entries = read_entries(WRITTEN.parents[1] / "models" / "glossary" / f"{language}.tsv.gz")
    words = list(read_by_word(WRITTEN / f"{language}.tsv.gz"))
    assert len(words) > 4_000
    told = [word in entries for word, terms in words if terms]
    assert sum(told) > 0.98 * len(told)
    assert not any(word in entries for word, terms in words if not terms)


def test_the_written_lists_have_chinese_words_in_simplified_script() -> None:
    by_chinese = read_by_chinese(WRITTEN / f"{TARGET_LANGUAGE}.tsv.gz")
    assert all(len(words) > 6_000 for words in by_chinese.values())
