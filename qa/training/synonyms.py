"""``python -m qa.training.synonyms``: make the list of Chinese words that mean the same.

Two words mean the same as far as CC-CEDICT glosses them with the same English words. See
``data/models/glossary/README.md``.
"""

import argparse
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.lexical import simplified
from qa.glossary import TARGET_LANGUAGE
from qa.training.glossary import SENSE_COUNT, write_entries
from qa.training.lexicon import QUESTION_WORDS, read_cedict

SYNONYM_COUNT = 8
"""Synonyms kept of a word: the library that is asked will know a few of them."""
LEAST_LIKENESS = 0.2
"""Of a synonym, from which on it is kept: one of first senses that ten words share has 0.3."""
GLOSS_LENGTH = 4
"""Words of an English gloss that is compared, at most."""
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_LEAD = re.compile(r"^(?:to|the|an?) ")


def synonyms(cedict: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Return for each Chinese word those that mean the same, with how far, the likest first.

    What two words have in common is summed over the glosses that both have: ``1 / (i * j * (1 +
    ln n))`` for one that is the i-th of one, the j-th of the other and a gloss of n words in all.

    Question words, which say nothing about what is asked for, have none.

    Args:
        cedict: Chinese words with their English glosses, the commonest first.
    """
    glosses: dict[str, dict[str, float]] = defaultdict(dict)
    words: dict[str, dict[str, float]] = defaultdict(dict)
    for word, senses in cedict.items():
        is_asking = word in QUESTION_WORDS["en"]
        if is_asking or not _HAN.fullmatch(word) or simplified(word) != word:
            continue
        for place, sense in enumerate(senses, start=1):
            gloss = _LEAD.sub("", sense.lower()).strip()
            if gloss and len(gloss.split()) <= GLOSS_LENGTH:
                glosses[word].setdefault(gloss, 1 / place)
                words[gloss].setdefault(word, 1 / place)
    found: dict[str, dict[str, float]] = {}
    for word, own in glosses.items():
        likeness: dict[str, float] = defaultdict(float)
        for gloss, share in own.items():
            rarity = 1 / (1 + math.log(len(words[gloss])))
            for other, other_share in words[gloss].items():
                likeness[other] += share * other_share * rarity
        likeness.pop(word)
        ranked = sorted(likeness.items(), key=lambda entry: -entry[1])
        kept = {other: like for other, like in ranked[:SYNONYM_COUNT] if like >= LEAST_LIKENESS}
        if kept:
            found[word] = kept
    return found


def main() -> None:
    """Read the arguments and write the list."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.synonyms", description=__doc__)
    parser.add_argument("--cedict", type=Path, required=True, help="CC-CEDICT, gzipped")
    parser.add_argument("--output", type=Path, required=True, help="folder of the lists")
    options = parser.parse_args()
    found = synonyms(read_cedict(options.cedict, limit=SENSE_COUNT))
    write_entries(options.output / f"{TARGET_LANGUAGE}.tsv.gz", found)
    print(f"{len(found)} words")


if __name__ == "__main__":
    main()
