"""Chinese words mean the same as far as the dictionary glosses them with the same words."""

import gzip
from pathlib import Path

import pytest

from qa.glossary import read_entries
from qa.training.synonyms import main, synonyms


def test_what_two_words_have_in_common_is_summed_over_their_glosses() -> None:
    found = synonyms(
        {
            "货柜": ["container", "counter"],
            "集装箱": ["shipping container", "container"],
            "柜台": ["counter"],
        }
    )
    # Both are glosses of two words: 1 / (1 + ln 2) is 0.591. First and second sense: half of it.
    assert found["货柜"] == pytest.approx({"集装箱": 0.295, "柜台": 0.295}, abs=0.001)
    assert found["集装箱"] == pytest.approx({"货柜": 0.295}, abs=0.001)


def test_words_that_hardly_mean_the_same_are_left_out() -> None:
    found = synonyms({"起诉": ["to sue", "to prosecute"], "检控": ["to charge", "prosecute"]})
    assert found == {}  # 1 / (2 * 2 * 1.69)


def test_only_simplified_words_of_two_characters_or_more_are_listed() -> None:
    assert synonyms({"貨櫃": ["box"], "箱": ["box"], "箱子": ["box"]}) == {}


def test_the_command_writes_a_list_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ("資料 资料 [zi1 liao4] /data/\n", "數據 数据 [shu4 ju4] /data/\n")
    (tmp_path / "cedict.gz").write_bytes(gzip.compress("".join(lines).encode()))
    monkeypatch.setattr(
        "sys.argv", ["synonyms", "--cedict", str(tmp_path / "cedict.gz"), "--output", str(tmp_path)]
    )
    main()
    assert read_entries(tmp_path / "zh.tsv.gz") == {"资料": {"数据": 0.59}, "数据": {"资料": 0.59}}
