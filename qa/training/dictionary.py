"""``python -m qa.training.dictionary``: put what dictionaries say into the glossary.

The encoder finds the Chinese words for common words of the European languages; for rarer ones, and
for most of Arabic, it finds what merely looks alike. Dictionaries to and from English know those,
and CC-CEDICT leads on from English, whose words it glosses in their plain form. See
``data/models/glossary/README.md``.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path

from index.lexical import terms
from qa import glossary
from qa.glossary import read_entries
from qa.training.glossary import (
    SENSE_COUNT,
    SKIPPED_COUNT,
    common_words,
    read_frequencies,
    write_entries,
)
from qa.training.lexicon import read_cedict, read_dictd

SENSE_LIMIT = 8
"""Glosses that are taken of a dictionary's entry."""
TERM_COUNT = 5
"""Chinese words in an entry, at most."""
FREQUENCY_POWER = 0.3
"""To which the frequency of a Chinese word is raised for its worth among those with one gloss."""
FORM_SHARE = 0.5
"""What the plain form of an English word counts beside the word as it stands."""
LISTED_SHARE = 0.75
"""What the dictionaries' words for a word count beside those that the encoder found."""
STEMMED_SHARE = 0.6
"""The same where the dictionaries have another form of the word."""
LEAST_SHARE = 0.005
"""Of a Chinese word in an entry: a smaller one is written as 0."""
ENDING = 3
"""Letters in which two forms of a word may differ at their ends."""
SHORTEST_STEM = 4
STEM_SHARE = 0.6
"""Least share of a word that is its stem."""

Shares = Mapping[str, float]
"""Chinese words, or English ones, with what each counts."""

_ARABIC_PREFIX = re.compile(r"^(?:[وف]?(?:بال|لل|كال|ال)|[وف])(?=\w{3})")
_ENGLISH_LEAD = re.compile(r"^(?:to|the|an?) ")
_ENGLISH_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
)


def english_of(
    *,
    from_english: Sequence[Mapping[str, Sequence[str]]],
    to_english: Sequence[Mapping[str, Sequence[str]]],
) -> dict[str, dict[str, float]]:
    """Return the English words for the words of another language; the first senses count most.

    Args:
        from_english: dictionaries of English words, which are turned round.
        to_english: dictionaries into English.
    """
    english: dict[str, dict[str, float]] = defaultdict(dict)
    pairs = [
        *((w, e, place) for d in from_english for e, ws in d.items() for place, w in enumerate(ws)),
        *((w, e, place) for d in to_english for w, es in d.items() for place, e in enumerate(es)),
    ]
    for word, gloss, place in pairs:
        known = english[folded(word)]
        known[gloss.lower()] = max(known.get(gloss.lower(), 0.0), 1 / (1 + place))
    return dict(english)


def plain_english(words: Sequence[str], glosses: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return English words and `glosses` with what each may be a form of, itself counting most."""
    return {
        **{gloss: {gloss: 1.0} for gloss in glosses},
        **{word: {**dict.fromkeys(_english_forms(word), FORM_SHARE), word: 1.0} for word in words},
    }


def chinese_by_gloss(
    cedict: Mapping[str, Sequence[str]],
    frequencies: Mapping[str, int],
    *,
    lowest: int,
    cut: Callable[[str], Sequence[str]],
) -> dict[str, dict[str, float]]:
    """Return the Chinese words for each English gloss; common words and first senses count most.

    What is no common word itself is found by the rarest common word in it.

    Args:
        cedict: Chinese words with their English glosses.
        frequencies: of Chinese words.
        lowest: frequency of a common word.
        cut: gives the words that a Chinese expression holds.
    """
    common = common_words(cedict, frequencies, lowest=lowest)
    by_gloss: dict[str, dict[str, float]] = defaultdict(dict)
    for word, glosses in common_words(cedict, frequencies, lowest=0).items():
        parts = [part for part in cut(word) if part in common]
        term = word if word in common else min(parts, key=frequencies.__getitem__, default=None)
        if term is None:
            continue
        for place, gloss in enumerate(glosses):
            known = by_gloss[gloss.lower()]
            worth = frequencies[term] ** FREQUENCY_POWER / (1 + place)
            known[term] = max(known.get(term, 0.0), worth)
    return dict(by_gloss)


def chinese_of(
    english: Mapping[str, Shares], by_gloss: Mapping[str, Shares]
) -> dict[str, dict[str, float]]:
    """Return the Chinese words for words of another language by way of English, and their worth."""
    found: dict[str, dict[str, float]] = {}
    for word, glosses in english.items():
        worth: dict[str, float] = defaultdict(float)
        for gloss, share in glosses.items():
            form = next((form for form in _english_forms(gloss) if form in by_gloss), None)
            if form is not None:
                for term, part in _best(by_gloss[form]).items():
                    worth[term] += share * part
        if worth:
            found[word] = dict(worth)
    return found


def merged(
    entries: Mapping[str, Shares],
    words: Sequence[str],
    listed: Mapping[str, Shares],
    *,
    share: float,
    stemmed_share: float,
) -> dict[str, dict[str, float]]:
    """Return the entries of a glossary with what is listed for their words and for `words`.

    Args:
        entries: Chinese words with their shares, by word.
        words: of the language, the commonest first.
        listed: Chinese words with their worth by headword, `folded`.
        share: what is listed for a word counts beside its entry, 0..1.
        stemmed_share: the same where another form of the word is listed.
    """
    heads: dict[str, list[str]] = defaultdict(list)
    for head in listed:
        if " " not in head:
            heads[head[:SHORTEST_STEM]].append(head)
    result: dict[str, dict[str, float]] = {word: dict(terms) for word, terms in entries.items()}
    for word in dict.fromkeys([*words, *listed]):
        form = folded(word)
        forms = [form] if form in listed else _other_forms(form, heads[form[:SHORTEST_STEM]])
        if not forms:
            continue
        found = entries.get(word, {})
        worth: dict[str, float] = defaultdict(float)
        for head in forms:  # one that many senses lead to counts more
            for term, part in listed[head].items():
                worth[term] += part
        counted = share if form in listed else stemmed_share
        result[word] = _mixed(_best(worth), found, share=counted)
    return result


def folded(word: str) -> str:
    """Return a word as it is compared: as the glossary does, Arabic without its article."""
    return _ARABIC_PREFIX.sub("", glossary.folded(word))


def _other_forms(word: str, heads: Sequence[str]) -> list[str]:
    """Return the headwords that have the longest stem in common with `word`: likely its forms."""
    stems = {
        head: stem
        for head in heads
        if (stem := _common_length(word, head)) >= max(SHORTEST_STEM, STEM_SHARE * len(word))
        and max(len(word), len(head)) - stem <= ENDING
    }
    longest = max(stems.values(), default=0)
    return [head for head, stem in stems.items() if stem >= longest - 1]


def _common_length(one: str, other: str) -> int:
    """Return how many letters both words begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _english_forms(gloss: str) -> list[str]:
    """Return an English word as it stands and without its endings."""
    plain = _ENGLISH_LEAD.sub("", gloss)
    return [
        plain,
        *(
            plain.removesuffix(ending) + other
            for ending, other in _ENGLISH_ENDINGS
            if plain.endswith(ending) and len(plain) > len(ending) + 2
        ),
    ]


def _mixed(listed: Shares, found: Shares, *, share: float) -> dict[str, float]:
    """Return the best of two entries, of which the first counts `share`."""
    worth = {term: part * share for term, part in listed.items()}
    for term, part in found.items():
        worth[term] = worth.get(term, 0.0) + part * (1 - share)
    return _best(worth)


def _best(worth: Shares) -> dict[str, float]:
    """Return the `TERM_COUNT` words that are worth most, with shares that add up to 1."""
    kept = sorted(worth.items(), key=lambda entry: -entry[1])[:TERM_COUNT]
    total = sum(value for _, value in kept)
    return {term: value / total for term, value in kept if value >= LEAST_SHARE * total}


def main() -> None:
    """Read the arguments and write the glossaries of the languages that have a dictionary."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.dictionary", description=__doc__)
    parser.add_argument("glossary", type=Path, help="folder of the lists that are added to")
    add_words_option(parser)
    for direction in ("from", "to"):
        parser.add_argument(
            f"--{direction}-english",
            action="append",
            default=[],
            metavar="LANGUAGE=FILE",
            help=f"dictd dictionary {direction} English, gzipped; repeat",
        )
    parser.add_argument("--cedict", type=Path, required=True, help="CC-CEDICT, gzipped")
    parser.add_argument("--frequencies", type=Path, required=True, help="jieba's dict.txt")
    parser.add_argument("--cache", type=Path, required=True, help="folder of prepared models")
    parser.add_argument("--lowest", type=int, default=20, help="frequency of a common word")
    parser.add_argument("--output", type=Path, required=True, help="folder of the lists")
    options = parser.parse_args()
    frequencies = read_frequencies(options.frequencies)
    cedict = read_cedict(options.cedict, limit=SENSE_COUNT)
    by_gloss = chinese_by_gloss(
        cedict,
        frequencies,
        lowest=options.lowest,
        cut=partial(terms, cache_folder=options.cache),
    )
    for language, path in map(named_file, options.words):
        words = path.read_text("utf-8").split()
        is_english = language == "en"
        english = (
            plain_english(words, by_gloss)
            if is_english
            else english_of(
                from_english=[
                    read_dictd(file, language=language, limit=SENSE_LIMIT)
                    for other, file in map(named_file, options.from_english)
                    if other == language
                ],
                to_english=[
                    read_dictd(file, language="en", limit=SENSE_LIMIT)
                    for other, file in map(named_file, options.to_english)
                    if other == language
                ],
            )
        )
        entries = read_entries(options.glossary / f"{language}.tsv.gz")
        # The forms of English words are told by rule.
        found = merged(
            entries,
            () if is_english else words,
            chinese_of(english, by_gloss),
            share=LISTED_SHARE,
            stemmed_share=STEMMED_SHARE,
        )
        kept = without(found, words[:SKIPPED_COUNT])
        write_entries(options.output / f"{language}.tsv.gz", kept)
        print(f"{language}: {len(entries)} words before, {len(kept)} now")


def without(
    entries: Mapping[str, dict[str, float]], words: Iterable[str]
) -> dict[str, dict[str, float]]:
    """Return the entries of a glossary but those of `words`, however they are spelt."""
    left_out = {folded(word) for word in words}
    return {word: terms for word, terms in entries.items() if folded(word) not in left_out}


def add_words_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--words``, a list of `named_file` each, to a command."""
    parser.add_argument(
        "--words",
        action="append",
        required=True,
        metavar="LANGUAGE=FILE",
        help="the language's words, the commonest first; repeat",
    )


def named_file(given: str) -> tuple[str, Path]:
    """Return the language and the file of ``LANGUAGE=FILE``."""
    language, _, path = given.partition("=")
    return language, Path(path)


if __name__ == "__main__":
    main()
