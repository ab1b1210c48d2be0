"""What the words of a question may be called in the language of the documents.

A question in English over a Chinese report shares no word with it, so the lexical search is blind
and the reader has little to hold on to. The glossary gives each word the Chinese words that may
stand for it; how it was made is told in ``data/models/glossary/README.md``.
"""

import functools
import gzip
import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ModelError
from qa.spans import translated_places

FOLDER = Path(__file__).resolve().parent.parent / "data" / "models" / "glossary"
TARGET_LANGUAGE = "zh"
"""The language that the glossary leads into."""
SHORTEST = 3
"""Letters of the shortest words in a glossary."""
PHRASE_LIMIT = 3
"""Words of the longest phrase that is looked up as one."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Written on to the word: "and", "so", "by", "for", "as", with or without the article.
_ARABIC_PREFIX = re.compile(r"^(?:[وف]?(?:بال|لل|كال|ال)|[وفبلك])(?=\w{3})")
_FRENCH_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\w{3})")
_VOWEL_SIGNS = re.compile("[\u064b-\u065f\u0670\u0640]")
_SEATED_ALEF = re.compile("[أإآ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """What a word of the question may be called.

    Attributes:
        word: as the question has it, folded; may be a phrase.
        word_count: words of the question that it is.
        terms: its glosses with their shares, the likeliest first.
    """

    word: str
    word_count: int
    terms: Mapping[str, float]

    def likeliest(self, known: Container[str]) -> list[str]:
        """Return the likeliest of its terms that is `known`; none where none is."""
        found = [term for term in self.terms if term in known]
        return sorted(found, key=lambda term: -self.terms[term])[:1]


def glosses(text: str, *, language: str) -> list[Gloss]:
    """Return the glosses of the words of `text` in `TARGET_LANGUAGE`, in order, each once.

    The shares of a gloss add up to 1. Empty for a language without a glossary; words without an
    entry are left out.

    Raises:
        ModelError: the glossary of the language is damaged.
    """
    path = FOLDER / f"{language}.tsv.gz"
    if language.startswith(TARGET_LANGUAGE) or not path.is_file():
        return []
    entries = read_entries(path)
    matches = list(_WORD.finditer(text))
    words = [match.group().lower().replace("’", "'") for match in matches]
    places = _places(text, [match.end() for match in matches])
    found: dict[str, Gloss] = {}
    place = 0
    while place < len(words):
        gloss = _longest(words[place:], entries, named=places.get(place))
        if gloss is not None:
            found.setdefault(gloss.word, gloss)
        place += gloss.word_count if gloss is not None else 1
    return list(found.values())


def synonyms(words: Sequence[str]) -> list[Gloss]:
    """Return what else the Chinese `words` may be called in Chinese, in order, each once.

    Words without a synonym are left out; the shares say how much two words have in common and do
    not add up to 1.

    Raises:
        ModelError: the glossary is damaged.
    """
    entries = read_entries(FOLDER / f"{TARGET_LANGUAGE}.tsv.gz")
    return [
        Gloss(word=word, word_count=1, terms=entries[word])
        for word in dict.fromkeys(words)
        if word in entries
    ]


def _places(text: str, ends: Sequence[int]) -> dict[int, Gloss]:
    """Return the places that `text` names by the number of the word at which each begins.

    They are called what CLDR calls them, which knows more places than any word list.

    Args:
        text: the question.
        ends: of its words.
    """
    found: dict[int, Gloss] = {}
    for name, translated in translated_places(text, language=TARGET_LANGUAGE).items():
        start = text.index(name)
        first = bisect_right(ends, start)
        length = bisect_left(ends, start + len(name)) + 1 - first
        found[first] = Gloss(word=name.lower(), word_count=length, terms={translated: 1.0})
    return found


def _longest(
    words: Sequence[str], entries: Mapping[str, Mapping[str, float]], *, named: Gloss | None
) -> Gloss | None:
    """Return what most words from the first on mean together, the place that is `named` there."""
    for length in range(min(PHRASE_LIMIT, len(words)), 0, -1):
        if named is not None and named.word_count >= length:
            return named
        phrase = _known(words[:length], entries)
        if phrase is not None:
            return Gloss(word=phrase, word_count=length, terms=entries[phrase])
    return None


def word_count(text: str) -> int:
    """Return how many words of `text` could have an entry; the shortest ones have none."""
    return sum(len(match.group()) >= SHORTEST for match in _WORD.finditer(text))


def folded(word: str) -> str:
    """Return a word without what spellings of it leave out: vowel signs, hamza, the dots of ё."""
    plain = _VOWEL_SIGNS.sub("", word.lower().replace("ё", "е"))
    return _SEATED_ALEF.sub("ا", plain)


def _known(words: Sequence[str], entries: Mapping[str, Mapping[str, float]]) -> str | None:
    """Return the form of a phrase that has an entry, or None."""
    phrase = " ".join(words)
    forms = [
        phrase,
        phrase.removesuffix("'s"),
        _FRENCH_ELISION.sub("", phrase),
        _ARABIC_PREFIX.sub("", phrase),
    ]
    return next((form for form in [*forms, *map(folded, forms)] if form in entries), None)


@functools.cache
def read_entries(path: Path) -> Mapping[str, Mapping[str, float]]:
    """Read a glossary: a line a word, ``word<TAB>gloss share gloss share ...``.

    Raises:
        ModelError: the file is damaged.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            entries: dict[str, dict[str, float]] = {}
            for line in file:
                word, _, rest = line.rstrip("\n").partition("\t")
                parts = rest.split(" ")
                entries[word] = {
                    term: float(share) for term, share in zip(parts[::2], parts[1::2], strict=True)
                }
    except (OSError, EOFError, ValueError) as error:
        raise ModelError(
            f"{path} is damaged ({error}); restore that file from the repository"
        ) from error
    return entries
