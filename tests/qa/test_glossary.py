"""What words of a question may be called in Chinese."""

import gzip
from pathlib import Path

import pytest

from ingest.errors import ModelError
from qa import glossary
from qa.glossary import glosses


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


def test_an_arabic_word_is_found_without_what_is_written_on_to_it() -> None:
    assert [gloss.word for gloss in glosses("وبالسلاح", language="ar")] == ["سلاح"]


def test_a_language_without_a_glossary_has_none() -> None:
    assert glosses("法官是谁？", language="zh") == []


def test_a_damaged_glossary_is_an_error_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glossary, "FOLDER", tmp_path)
    (tmp_path / "en.tsv.gz").write_bytes(gzip.compress("judge\t法官".encode()))
    with pytest.raises(ModelError, match="is damaged"):
        glosses("judge", language="en")
