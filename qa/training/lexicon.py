"""Word lists that put Chinese questions into other languages, word by word.

There is no translated training set; a question whose words are glossed one by one is poor English
but holds the same meaning in other letters, which is what a multilingual reader has to see.
"""

import argparse
import gzip
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import QuestionFileError

GLOSS_COUNT = 2
"""Glosses that speak for a word: the first are the common ones."""
_CEDICT_LINE = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.+)/")
_CEDICT_READING = re.compile(r"(\S) (\S) \[([A-Za-z:]+)\d?\] /")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|<[^>]*>")
_NOT_A_GLOSS = re.compile(r"^(?:CL:|variant of|old variant|see |surname |abbr\.|used in|erhua)")
_DICTD_HEAD = re.compile(r"(\S.*?)(?: /.*/.*)?(?: <.*>)?")
_LATIN = r"[^\W\d_][\w’' -]*[^\W\d_]"
_LETTERS = {
    "en": _LATIN,
    "es": _LATIN,
    "fr": _LATIN,
    "ru": r"(?<![_\w])[а-яё][а-яё -]+[а-яё]",
    "ar": r"[\u0620-\u064a][\u0620-\u065f ]+[\u0620-\u064a]",
}
# Dictionaries gloss these as pronouns ("something"), which turns a question into none.
QUESTION_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "什么": "what",
        "谁": "who",
        "哪里": "where",
        "哪儿": "where",
        "哪个": "which",
        "哪些": "which",
        "何时": "when",
        "时候": "when",
        "多少": "how many",
        "几": "how many",
        "为什么": "why",
        "如何": "how",
        "怎么": "how",
        "怎样": "how",
        "是": "is",
        "的": "of",
        "在": "in",
        "和": "and",
        "年": "year",
        "被": "by",
        "了": "",
    },
    "es": {
        "什么": "qué",
        "谁": "quién",
        "哪里": "dónde",
        "哪儿": "dónde",
        "哪个": "cuál",
        "哪些": "cuáles",
        "何时": "cuándo",
        "时候": "cuándo",
        "多少": "cuántos",
        "几": "cuántos",
        "为什么": "por qué",
        "如何": "cómo",
        "怎么": "cómo",
        "怎样": "cómo",
        "是": "es",
        "的": "de",
        "在": "en",
        "和": "y",
        "年": "año",
        "被": "por",
        "了": "",
    },
    "fr": {
        "什么": "quoi",
        "谁": "qui",
        "哪里": "où",
        "哪儿": "où",
        "哪个": "quel",
        "哪些": "quels",
        "何时": "quand",
        "时候": "quand",
        "多少": "combien",
        "几": "combien",
        "为什么": "pourquoi",
        "如何": "comment",
        "怎么": "comment",
        "怎样": "comment",
        "是": "est",
        "的": "de",
        "在": "dans",
        "和": "et",
        "年": "année",
        "被": "par",
        "了": "",
    },
    "ru": {
        "什么": "что",
        "谁": "кто",
        "哪里": "где",
        "哪儿": "где",
        "哪个": "какой",
        "哪些": "какие",
        "何时": "когда",
        "时候": "когда",
        "多少": "сколько",
        "几": "сколько",
        "为什么": "почему",
        "如何": "как",
        "怎么": "как",
        "怎样": "как",
        "是": "является",
        "的": "из",
        "在": "в",
        "和": "и",
        "年": "год",
        "被": "кем",
        "了": "",
    },
    "ar": {
        "什么": "ما",
        "谁": "من",
        "哪里": "أين",
        "哪儿": "أين",
        "哪个": "أي",
        "哪些": "أي",
        "何时": "متى",
        "时候": "متى",
        "多少": "كم",
        "几": "كم",
        "为什么": "لماذا",
        "如何": "كيف",
        "怎么": "كيف",
        "怎样": "كيف",
        "是": "هو",
        "的": "من",
        "在": "في",
        "和": "و",
        "年": "سنة",
        "被": "من",
        "了": "",
    },
}


def add_lexicon_options(parser: argparse.ArgumentParser) -> None:
    """Give a command the options that `lexicons_of` reads."""
    parser.add_argument("--cedict", type=Path, help="CC-CEDICT, gzipped")
    parser.add_argument(
        "--dictionary",
        action="append",
        default=[],
        metavar="LANGUAGE=FILE",
        help="dictd dictionary from English (es, fr, ru, ar), gzipped; repeat",
    )


def lexicons_of(options: argparse.Namespace) -> dict[str, dict[str, list[str]]]:
    """Return the lexicons that the options of a command name, by language; English first.

    Raises:
        QuestionFileError: one cannot be read.
    """
    if not options.cedict:
        return {}
    english = read_cedict(options.cedict)
    lexicons = {"en": english}
    for given in options.dictionary:
        language, _, path = given.partition("=")
        dictionary = read_dictd(Path(path), language=language)
        lexicons[language] = composed(english, dictionary, language=language)
    return lexicons


def read_cedict(path: Path, *, limit: int = GLOSS_COUNT) -> dict[str, list[str]]:
    """Return at most `limit` English glosses of Chinese words, in both scripts, from CC-CEDICT.

    Raises:
        QuestionFileError: the file cannot be read.
    """
    glosses: dict[str, list[str]] = defaultdict(list)
    for line in _lines(path):
        match = _CEDICT_LINE.match(line)
        if not match:
            continue
        for raw in match[3].split("/"):
            for part in raw.split(";"):
                gloss = re.sub(r"^to ", "", _ASIDE.sub("", part).strip()).strip("? ")
                if not gloss or len(gloss.split()) > 4 or _NOT_A_GLOSS.match(gloss):
                    continue
                for word in {match[1], match[2]}:
                    if len(glosses[word]) < limit:
                        glosses[word].append(gloss)
    return {**glosses, **question_words("en")}


def read_readings(path: Path) -> dict[str, str]:
    """Return the pinyin of single Chinese characters, without tones, from a CC-CEDICT file."""
    readings: dict[str, str] = {}
    for line in _lines(path):
        match = _CEDICT_READING.match(line)
        if match:
            for character in {match[1], match[2]}:
                readings.setdefault(character, match[3].lower())
    return readings


def question_words(language: str) -> dict[str, list[str]]:
    """Return the words that ask, and the commonest small words, of a language by Chinese word."""
    return {han: [word] for han, word in QUESTION_WORDS[language].items()}


def read_dictd(path: Path, *, language: str, limit: int = GLOSS_COUNT) -> dict[str, list[str]]:
    """Return at most `limit` glosses of each word from a ``.dict.dz`` file of the dictd format.

    Args:
        path: a dictionary whose entries begin at the left margin.
        language: of its glosses, a key of `_LETTERS`.

    Raises:
        QuestionFileError: the file cannot be read.
    """
    letters = re.compile(_LETTERS[language])
    is_latin = _LETTERS[language] == _LATIN
    glosses: dict[str, list[str]] = defaultdict(list)
    head = ""
    for line in _lines(path):
        is_gloss = line[:1].isspace() or bool(re.match(r"\d+\. ", line))
        # A headword of a Latin dictionary is told from its glosses by its pronunciation.
        is_head = " /" in line if is_latin else not letters.match(line)
        if not is_gloss and is_head:
            matched = _DICTD_HEAD.fullmatch(line.rstrip())
            head = matched[1].lower() if matched else ""
        elif head and len(glosses[head]) < limit:
            for found in letters.finditer(re.sub(r"^\d+\. ", "", _ASIDE.sub("", line))):
                glosses[head].append(found.group().strip())
    return {word: found[:limit] for word, found in glosses.items() if found}


def composed(
    first: Mapping[str, list[str]], second: Mapping[str, list[str]], *, language: str
) -> dict[str, list[str]]:
    """Return the glosses of `second` for the words of `first`, by way of the glosses of `first`."""
    result: dict[str, list[str]] = {}
    for word, glosses in first.items():
        found = [further for gloss in glosses for further in second.get(gloss.lower(), [])[:1]]
        if found:
            result[word] = found[:GLOSS_COUNT]
    return {**result, **question_words(language)}


def _lines(path: Path) -> list[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
            return file.read().splitlines()
    except (OSError, EOFError) as error:
        raise QuestionFileError(
            f"{path}: {error}; expected a gzipped word list (CC-CEDICT or dictd)"
        ) from error
