"""Word lists of other languages."""

import gzip
from pathlib import Path

import pytest

from ingest.errors import QuestionFileError
from qa.training.lexicon import composed, question_words, read_cedict, read_dictd, read_readings

CEDICT = """\
# comment
國家 国家 [guo2 jia1] /country/nation/state/CL:個|个[ge4]/
成立 成立 [cheng2 li4] /to establish/to set up (an institution)/
范 范 [Fan4] /surname Fan/
"""
SPANISH = """\
country /kˈʌntɹi/
país, nación
establish /ɪstˈablɪʃ/
1. establecer
2. fundar
"""
ARABIC = """\
Country /kˈʌntɹi/
1. البلاد
2. الريف
"""


@pytest.fixture
def cedict(tmp_path: Path) -> Path:
    path = tmp_path / "cedict.gz"
    path.write_bytes(gzip.compress(CEDICT.encode()))
    return path


def test_glosses_of_both_scripts_without_asides(cedict: Path) -> None:
    found = read_cedict(cedict)
    assert found["国家"] == found["國家"] == ["country", "nation"]
    assert found["成立"] == ["establish", "set up"]
    assert "范" not in found


def test_readings_have_no_tones(cedict: Path) -> None:
    assert read_readings(cedict) == {"范": "fan"}


@pytest.mark.parametrize(
    ("language", "content", "expected"),
    [
        ("es", SPANISH, {"country": ["país", "nación"], "establish": ["establecer", "fundar"]}),
        ("ar", ARABIC, {"country": ["البلاد", "الريف"]}),
    ],
)
def test_dictionaries_from_english(
    language: str, content: str, expected: dict[str, list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "x.dict.dz"
    path.write_bytes(gzip.compress(content.encode()))
    assert read_dictd(path, language=language) == expected


def test_two_lists_are_composed_by_way_of_english(cedict: Path) -> None:
    found = composed(read_cedict(cedict), {"country": ["país"]}, language="es")
    assert found["国家"] == ["país"]
    assert "成立" not in found
    assert found["什么"] == ["qué"]


def test_every_language_has_every_question_word() -> None:
    counts = {
        language: len(question_words(language)) for language in ("en", "es", "fr", "ru", "ar")
    }
    assert len(set(counts.values())) == 1


def test_a_file_that_is_not_gzipped_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cedict.txt"
    path.write_text(CEDICT, encoding="utf-8")
    with pytest.raises(QuestionFileError, match="gzipped word list"):
        read_cedict(path)
