"""The only code that alters text: lines of a source become clean text.

Clean text has no white space next to a Chinese character and single spaces elsewhere; words, web
addresses and numbers that a line break cut are whole again. No character is corrected or
replaced: digits, punctuation and misprints stay as the source has them.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

# Han, kana, and the punctuation and full-width forms set with them.
_CHINESE = (
    r"[\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    r"\U00020000-\U0003ffff]"
)
# Zero-width and direction marks, the soft hyphen and control characters say nothing to a reader.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]"
)
_SPACES = re.compile(r"\s+")
_SPACE_BY_CHINESE = re.compile(rf"(?<={_CHINESE}) | (?={_CHINESE})")
_CHINESE_CHARACTER = re.compile(_CHINESE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+[-\xad\u2010][ \t]*\n\s*[^\W\d_]+")
_HYPHENATED_END = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010]$")
_WORD_START = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)
_ADDRESS_START = re.compile(r"[/_?=&#%]|[\w-]+[./]\w")
_ELISION_END = re.compile(r"(?:\b[cdjlmnst]|\bqu)['’]$", re.IGNORECASE)


def clean(text: str) -> str:
    """Return `text` as clean text; empty or white text gives empty text."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACE_BY_CHINESE.sub("", _SPACES.sub(" ", visible).strip())


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of `text` in lower case, compounds with a hyphen and also their parts.

    Words that the end of a line cuts are left out.
    """
    words: set[str] = set()
    for found in _WORD.finditer(_CUT_WORD.sub(" ", text)):
        word = found.group().lower()
        words.add(word)
        if "-" in word:
            words.update(word.split("-"))
    return frozenset(words)


def join_lines(lines: Sequence[str], *, words: Collection[str] = frozenset()) -> str:
    """Return the lines of one paragraph as clean text.

    Args:
        lines: in order; white ones are left out.
        words: the `vocabulary` of the document. It tells whether a hyphen at the end of a line
            belongs to the word (``long-term``) or only to the line (``interna-tional``).
    """
    joined: list[str] = []
    for line in lines:
        piece = line.strip()
        if piece.endswith("\xad"):
            piece = f"{piece[:-1]}-"
        if not piece:
            continue
        if joined:
            joined[-1], glue = _joint(joined[-1], piece, words)
            joined.append(glue)
        joined.append(piece)
    return clean("".join(joined))


def _joint(before: str, after: str, words: Collection[str]) -> tuple[str, str]:
    """Return the line before a line break as it shall stand, and what joins it to the next."""
    if _ADDRESS.search(before.rsplit(maxsplit=1)[-1]):
        broken = before[-1] in "/-_?=&%#" or (before[-1] == "." and _ADDRESS_START.match(after))
        return before, "" if broken or after[0] in "/_?=&#%" else " "
    hyphenated = _HYPHENATED_END.search(before)
    word = _WORD_START.match(after)
    if hyphenated and word and before[-2:] != "--":
        first, second = hyphenated.group(1).lower(), word.group().lower()
        joined, known = first + second, [part for part in (first, second) if part in words]
        belongs = (
            not word.group()[0].islower()
            or f"{first}-{second}" in words
            or (joined not in words and (len(known) == 2 or any(len(part) > 3 for part in known)))
        )
        return (before, "") if belongs else (before[:-1], "")
    glued = (
        # `A/67/` and `305`, `2011-` and `2013`, `(` and what it opens, `l'` and its noun.
        re.search(r"\S[/\u2010-\u2014-]$|[(\[]$", before)
        or after[0] in ",.;)]"
        or re.match(r"/\S", after)
        or _ELISION_END.search(before)
        # `1,` and `800` in Chinese, whose lists have a comma of their own.
        or (
            re.search(r"\d,$", before)
            and re.match(r"\d{3}(?!\d)", after)
            and (_CHINESE_CHARACTER.search(before) or _CHINESE_CHARACTER.search(after))
        )
    )
    return before, "" if glued else " "
