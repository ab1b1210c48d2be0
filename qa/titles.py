"""Documents that a question calls by their titles."""

import re
from collections.abc import Iterable

SHORTEST_TITLE = 3
"""Code points of a title that counts as named; shorter ones are words of other titles."""
OPENING, CLOSING = r"[《“「«\"]?", r"[》”」»\"]?"
"""Patterns of what may stand round a title."""
_HAN = re.compile(r"[\u3400-\u9fff]")
# What is left of a title's sentence begins with neither a mark nor what joined it to the title.
_JOINS = re.compile(r"^(?:[\W_]|的)+")


def titles_in(question: str, *, titles: Iterable[str]) -> list[str]:
    """Return those of `titles`, long enough for one, that stand in a question of their script."""
    folded = question.casefold()
    return [t for t in titles if len(t) >= SHORTEST_TITLE and t.casefold() in folded]


def any_title(titles: Iterable[str]) -> str:
    """Return the pattern of any of `titles` as a whole word, the longest first."""
    longest_first = sorted(titles, key=len, reverse=True)
    return f"(?:{'|'.join(map(_whole, longest_first))})"


def _whole(title: str) -> str:
    # Letters run on in words, Chinese characters do not.
    before = "" if _HAN.match(title) else rf"(?:(?<![^\W_])|(?<={_HAN.pattern}))"
    behind = "" if _HAN.match(title[-1]) else rf"(?:(?![^\W_])|(?={_HAN.pattern}))"
    return f"{before}{re.escape(title)}{behind}"


def split_titles(question: str, *, titles: Iterable[str]) -> tuple[list[str], str]:
    """Return which of `titles` a question names, and the question without them.

    A title within a longer one that is named too counts only where it stands alone. Nothing is
    left of a question that only names documents.

    Args:
        question: in the same script as the titles.
        titles: of the documents.
    """
    candidates = titles_in(question, titles=titles)
    if not candidates:
        return [], question
    pattern = re.compile(rf"{OPENING}(?P<title>{any_title(candidates)}){CLOSING}", re.IGNORECASE)
    said = {match["title"].casefold() for match in pattern.finditer(question)}
    named = [title for title in candidates if title.casefold() in said]
    return named, _JOINS.sub("", pattern.sub("", question)) if named else question
