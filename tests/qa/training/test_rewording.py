"""Questions in other words than their passages."""

import random

from index.embedder import Embedder
from qa.training.rewording import reworded, synonyms

GLOSSES = {
    "去世": ["pass away", "die"],
    "逝世": ["pass away", "die"],
    "出生": ["be born"],
    "父亲": ["father"],
    "爸爸": ["father"],
    "农具": ["farm tool"],
}
CUT = ["王某", "的", "父亲", "在", "1987", "年", "去世", "于", "巴黎", "？"]


def test_a_synonym_is_near_and_has_a_gloss_in_common(embedder: Embedder) -> None:
    found = synonyms(["去世", "父亲", "农具", "没有"], GLOSSES, embedder=embedder)
    assert found == {"去世": ["逝世"], "父亲": ["爸爸"]}


def test_only_words_of_the_passage_are_put_otherwise_and_names_and_numbers_stay() -> None:
    glosses = {**GLOSSES, "巴黎": ["Paris"]}
    passage = "王某的父亲于1987年在巴黎去世。"
    made = {
        reworded(
            CUT,
            passage,
            same={"父亲": ["爸爸"]},
            glosses=glosses,
            share=1.0,
            generator=random.Random(seed),
        )
        for seed in range(40)
    }
    assert all("1987" in one and "巴黎" in one and "王某" in one for one in made)
    assert not any("父亲" in one or "去世" in one for one in made)
    assert any("爸爸" in one for one in made)
    assert any("father" in one for one in made)
    assert any("die" in one for one in made)
    elsewhere = reworded(
        CUT, "没有相同的词", same={}, glosses=glosses, share=1.0, generator=random.Random(1)
    )
    assert elsewhere == "".join(CUT)
