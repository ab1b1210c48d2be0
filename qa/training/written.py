"""``python -m qa.training.written``: put what was written for this project first in the glossary.

What the encoder and the dictionaries give for a word often is its commonest sense, or what merely
looks alike, and not what reports say; of the words that reports, encyclopedias and questions about
them use, it was written down what they mean there. See ``data/training/README.md``.
"""

import argparse
import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.glossary import TARGET_LANGUAGE, read_entries
from qa.training.dictionary import (
    add_words_option,
    chinese_of,
    folded,
    merged,
    named_file,
    plain_english,
    without,
)
from qa.training.glossary import SKIPPED_COUNT, write_entries

LANGUAGES = ("en", "fr", "es", "ru", "ar")
"""Of the fields behind the Chinese word, in their order."""
NOTHING = "-"
"""Stands for the words of a word that says nothing about what is asked for, or is none."""
WRITTEN_SHARE = 0.9
"""What was written for a word counts beside what was found for it before.

This, the next and the words in an entry hardly matter: on the reports of
``data/training/reports/verdict`` hit@1 moves by less than 0.01 up to 1 and up to 8 words.
"""
STEMMED_SHARE = 0.75
"""The same where another form of the word was written."""

Worths = dict[str, dict[str, float]]
"""Chinese words with what each is worth, by the word that they stand for, `folded`."""


def read_by_chinese(path: Path) -> dict[str, Worths]:
    """Return by language the Chinese words for what is written of each of them.

    A line is a Chinese word and what it is called in each of `LANGUAGES`, ``a;b;c``, the usual
    word first; for the i-th of them the Chinese word is worth 1 / i.

    Raises:
        ValueError: a line has another number of fields.
    """
    found: dict[str, Worths] = {language: defaultdict(dict) for language in LANGUAGES}
    for chinese, fields in _lines(path):
        for language, field in zip(LANGUAGES, fields, strict=True):
            for place, word in enumerate(field.split(";"), start=1):
                known = found[language][folded(word)]
                known[chinese] = max(known.get(chinese, 0.0), 1 / place)
    return found


def read_by_word(path: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield words of a language, `folded`, with the Chinese words for each and their worth.

    A line is a word and the Chinese words for it, the likeliest first; the i-th is worth 1 / i.
    A word that says nothing has none.

    Raises:
        ValueError: a line has another number of fields.
    """
    for word, (field,) in _lines(path):
        terms = [] if field == NOTHING else field.split(";")
        yield folded(word), {term: 1 / place for place, term in enumerate(terms, start=1)}


def with_written(
    entries: Worths, words: Sequence[str], written: Worths, *, language: str
) -> Worths:
    """Return the entries of a glossary led by what was written, without the words of nothing.

    Args:
        entries: Chinese words with their shares, by word.
        words: of the language, the commonest first.
        written: what was written; empty for a word that says nothing.
        language: of the words.
    """
    listed = {word: terms for word, terms in written.items() if terms}
    is_english = language == "en"
    found = merged(
        entries,
        () if is_english else words,
        chinese_of(plain_english(words, listed), listed) if is_english else listed,
        share=WRITTEN_SHARE,
        stemmed_share=STEMMED_SHARE,
    )
    nothing = [word for word, terms in written.items() if not terms]
    return without(found, [*words[:SKIPPED_COUNT], *nothing])


def _lines(path: Path) -> Iterator[tuple[str, list[str]]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            head, *fields = line.rstrip("\n").split("\t")
            yield head, fields


def main() -> None:
    """Read the arguments and write the glossaries."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.training.written", description=__doc__.splitlines()[0]
    )
    parser.add_argument("written", type=Path, help="folder of the written lists")
    parser.add_argument("glossary", type=Path, help="folder of the glossaries that are added to")
    add_words_option(parser)
    parser.add_argument("--output", type=Path, required=True, help="folder of the glossaries")
    options = parser.parse_args()
    by_chinese = read_by_chinese(options.written / f"{TARGET_LANGUAGE}.tsv.gz")
    for language, path in map(named_file, options.words):
        written = by_chinese[language]
        for word, terms in read_by_word(options.written / f"{language}.tsv.gz"):
            if not terms:
                written[word] = {}
            for term, worth in terms.items():
                written[word][term] = written[word].get(term, 0.0) + worth
        entries = {
            word: dict(terms)
            for word, terms in read_entries(options.glossary / f"{language}.tsv.gz").items()
        }
        words = path.read_text("utf-8").split()
        kept = with_written(entries, words, written, language=language)
        write_entries(options.output / f"{language}.tsv.gz", kept)
        print(f"{language}: {len(entries)} words before, {len(kept)} now")


if __name__ == "__main__":
    main()
