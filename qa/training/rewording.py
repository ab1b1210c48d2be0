"""Say Chinese questions otherwise, as people ask who have not read the passage.

Questions of the training sets repeat the words of their passage. A reader that has seen no others
takes a word in common for an answer, and a question in other words for one without.
"""

import random
import re
from collections.abc import Mapping, Sequence

from index.embedder import Embedder
from qa.training.glossary import crowding

NEIGHBOUR_COUNT = 30
"""Nearest words among which synonyms are looked for."""
SYNONYM_COUNT = 3
SHARED_GLOSSES = 0.5
"""Share of the words in the shorter of two glosses that synonyms have in common."""
LOWEST_SCORE = -0.035
"""Twice the cosine less how crowded it is round either word, from which on words are near."""
DROPPED_SHARE = 0.2
"""Share of the words said otherwise that are just left out."""
_NOT_CONTENT = re.compile(
    r"a|an|and|as|at|be|by|etc|for|from|get|have|in|into|it|make|no|not|of|on|one|oneself|or|out"
    r"|person|sb|sth|that|the|thing|this|to|up|very|with"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def synonyms(
    words: Sequence[str], dictionary: Mapping[str, Sequence[str]], *, embedder: Embedder
) -> dict[str, list[str]]:
    """Return for each of `words` that has any the words near it that have a gloss in common.

    Neither alone would do: near words are often opposites, and a gloss in common is often that of
    another sense.

    Args:
        words: Chinese words; those that `dictionary` lacks are passed over.
        dictionary: common Chinese words, names left out, with their English glosses.
        embedder: of the words.
    """
    import numpy

    known = list(dictionary)
    place = {word: index for index, word in enumerate(known)}
    contents = [_contents(dictionary[word]) for word in known]
    vectors = embedder.embed_queries(known)
    crowded = crowding(vectors, vectors)
    found: dict[str, list[str]] = {}
    for word in words:
        if word not in place:
            continue
        own = place[word]
        scores = 2 * (vectors @ vectors[own]) - crowded - crowded[own]
        count = min(NEIGHBOUR_COUNT, len(known))
        nearest = numpy.argpartition(-scores, count - 1)[:count]
        near = [
            known[other]
            for other in nearest[numpy.argsort(-scores[nearest])].tolist()
            if scores[other] >= LOWEST_SCORE
            and word not in known[other]
            and len(contents[own] & contents[other])
            >= max(1, SHARED_GLOSSES * min(len(contents[own]), len(contents[other])))
        ]
        if near:
            found[word] = near[:SYNONYM_COUNT]
    return found


def reworded(
    cut: Sequence[str],
    passage: str,
    *,
    same: Mapping[str, Sequence[str]],
    glosses: Mapping[str, Sequence[str]],
    share: float,
    generator: random.Random,
) -> str:
    """Return a question with part of the words that it has in common with a passage put otherwise.

    Each by a synonym, else by its English gloss, or left out. What has no gloss stays: names,
    numbers, and the words that ask.

    Args:
        cut: the question in words, in Simplified script.
        passage: in Simplified script.
        same: synonyms of words.
        glosses: English glosses of words.
        share: of the common words that are said otherwise, 0..1.
        generator: of random choices.
    """
    pieces: list[str] = []
    for word in cut:
        known = glosses.get(word, ())
        is_common = bool(_HAN.fullmatch(word)) and word in passage
        is_name = not known or known[0][:1].isupper()
        if is_name or not is_common or generator.random() >= share:
            pieces.append(word)
        elif generator.random() < DROPPED_SHARE:
            continue
        elif word in same and generator.random() < 0.7:
            pieces.append(generator.choice(same[word]))
        else:
            pieces.append(f" {generator.choice(known)} ")
    return "".join(pieces).strip()


def _contents(glosses: Sequence[str]) -> set[str]:
    """Return the words of glosses that mean something, without the s of the plural."""
    return {
        word.rstrip("s")
        for gloss in glosses
        for word in re.findall(r"[a-z]{2,}", gloss.lower())
        if not _NOT_CONTENT.fullmatch(word)
    }
