"""Word lists that lead questions into Chinese."""

from index.embedder import Embedder
from qa.training.glossary import common_words, glossary

CEDICT = {
    "法官": ["judge"],
    "法官們": ["judge"],
    "海洛因": ["heroin"],
    "国家": ["country", "nation"],
    "路德": ["Luther"],
    "罕见": ["rare"],
    "在": ["in"],
}


def test_common_words_and_names_are_kept() -> None:
    frequencies = {"法官": 900, "法官們": 900, "海洛因": 90, "国家": 5000, "路德": 2, "罕见": 9}
    kept = common_words(CEDICT, frequencies, lowest=60)
    assert list(kept) == ["法官", "海洛因", "国家", "路德"]


def test_a_word_is_led_to_the_word_of_its_meaning(embedder: Embedder) -> None:
    chinese = {word: CEDICT[word] for word in ("法官", "海洛因", "国家", "路德")}
    words = ["héroïne", "pays", "juge"]
    found = dict(glossary(words, chinese, embedder=embedder))
    assert {word: next(iter(shares)) for word, shares in found.items()} == {
        "héroïne": "海洛因",
        "pays": "国家",
        "juge": "法官",
    }
    for shares in found.values():
        assert abs(sum(shares.values()) - 1) < 1e-6
