"""The words of a text as search terms, and BM25 over them. Owner of jieba and OpenCC.

Terms of Chinese are the words of jieba's search mode plus all pairs of neighbouring characters:
the words carry meaning, the pairs survive a wrong segmentation or a typing error. Traditional
script is searched as Simplified. Other scripts give one term a word, with numbers kept whole.
"""

import functools
import math
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jieba
    import opencc

TERM_SATURATION = 1.2
"""k1 of BM25 (Robertson and Zaragoza, 2009, "The Probabilistic Relevance Framework")."""
LENGTH_NORMALIZATION = 0.75
"""b of BM25."""
TITLE_STRENGTH = 0.6
"""What a term of the document's title counts in each of its paragraphs, as a share of the most
that a term of the paragraph itself can count. Between a term that is mentioned once in a
paragraph of mean length (0.45) and one that is mentioned often (1)."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:[.,/-]\d+)*")
PAIR = "+"
"""Marks a pair of characters, so that it is not the same term as a two-character word."""


def terms(text: str, *, cache_folder: Path) -> list[str]:
    """Return the search terms of `text` in reading order, with repetitions.

    Args:
        text: in any language; compared after NFKC, lower case and Simplified script.
        cache_folder: where jieba keeps its prepared dictionary.
    """
    folded = simplified(unicodedata.normalize("NFKC", text)).lower()
    found: list[str] = []
    for match in _RUN.finditer(folded):
        run = match.group()
        if re.match(f"[{_HAN}]", run):
            found.extend(_segmenter(cache_folder).cut_for_search(run))
            found.extend(PAIR + run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
            # A range of years or a number with parts is also found by each of its parts.
            found.extend(part for part in re.split(r"[/-]", run) if part != run)
    return found


def words(text: str, *, cache_folder: Path) -> list[str]:
    """Return `text` cut into words, which together are the text again."""
    return list(_segmenter(cache_folder).cut(text))


def is_listed(word: str, *, cache_folder: Path) -> bool:
    """Return whether `word` is one of the words of Chinese, whatever a library knows."""
    return bool(_segmenter(cache_folder).FREQ.get(word))


def simplified(text: str) -> str:
    """Return `text` with Traditional Chinese characters in Simplified script."""
    return text if text.isascii() else str(_converter().convert(text))


def inverse_frequency(paragraph_count: int, *, containing_count: int) -> float:
    """Return the weight of a term, above 0: ``ln(1 + (N - n + 0.5) / (n + 0.5))``.

    The form that stays positive for terms in more than half of all paragraphs (Lucene's BM25).
    """
    return math.log(1 + (paragraph_count - containing_count + 0.5) / (containing_count + 0.5))


def term_share(frequency: int, *, length: int, mean_length: float) -> float:
    """Return how much of a term's weight a paragraph earns, 0..1: the saturating part of BM25.

    Args:
        frequency: of the term in the paragraph.
        length: terms in the paragraph.
        mean_length: of all paragraphs, above 0.
    """
    normalized = 1 - LENGTH_NORMALIZATION + LENGTH_NORMALIZATION * length / mean_length
    return frequency / (frequency + TERM_SATURATION * normalized)


@functools.cache
def _segmenter(cache_folder: Path) -> "jieba.Tokenizer":
    import jieba

    jieba.setLogLevel("WARNING")
    segmenter = jieba.Tokenizer()
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        segmenter.tmp_dir = str(cache_folder)
    except OSError:
        pass  # jieba then falls back on the system's temporary folder
    segmenter.initialize()
    return segmenter


@functools.cache
def _converter() -> "opencc.OpenCC":
    import opencc

    return opencc.OpenCC("t2s")
