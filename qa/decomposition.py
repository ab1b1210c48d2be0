"""A question about several documents becomes one question about each of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHORTEST_TITLE = 3
"""Code points of a title that counts as named; shorter ones are words of other titles."""
_AND = (
    r"(?:\s*(?:[、,，;；]|以及|还有|[和与跟同及])\s*"
    r"|\s*[,;]?\s+(?:and|or|with|to|versus|vs\.?|et|ou|avec|y|e|o|u|con|и|или|с|со)\s+|\s+و\s*)"
)
# What stands in front of a title: which year's document is meant, or an article.
_BEFORE = r"(?:(?:19|20)\d\d\s*(?:年度?)?的?\s*|(?:the|la|le|les|el|los|las)\s+)?"
_OPENING, _CLOSING = r"[《“「«\"]?", r"[》”」»\"]?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A question about one of the documents that were named together.

    Attributes:
        documents: ids of those that bear the name.
        question: the question with the other names left out.
    """

    documents: tuple[str, ...]
    question: str


def decompose(question: str, *, titles: Mapping[str, Sequence[str]]) -> list[Part]:
    """Return a part for each document that a question names in one breath; empty for fewer than 2.

    "Compare the income of A and B" is asked as "Compare the income of A" and "... of B": together
    the names hide what is asked of either.

    Args:
        question: in the same script as the titles.
        titles: ids of documents by their title.
    """
    folded = question.casefold()
    named = [
        title for title in titles if len(title) >= SHORTEST_TITLE and title.casefold() in folded
    ]
    if len(named) < 2:
        return []
    alternatives = "|".join(re.escape(title) for title in sorted(named, key=len, reverse=True))
    # Letters run on in words, characters do not.
    name = (
        rf"(?:(?<![^\W_])|(?<=[\u3400-\u9fff]))(?:{alternatives})(?:(?![^\W_])|(?=[\u3400-\u9fff]))"
    )
    element = rf"{_BEFORE}{_OPENING}(?P<name>{name}){_CLOSING}"
    plain = element.replace("?P<name>", "?:")
    # Up to a few words may belong to a name: "the report of A and that of B".
    trailing = r"[^。？?！!.;；、,，和与跟同及]{0,12}?"
    for run in re.finditer(rf"{plain}(?:{trailing}{_AND}{plain})+", question, re.IGNORECASE):
        parts: dict[tuple[str, ...], str] = {}
        for alone in re.finditer(element, run.group(), re.IGNORECASE):
            bearer = next(t for t in named if t.casefold() == alone["name"].casefold())
            # What follows the last name is said of each: "the report of A and the report of B".
            asked = f"{question[: run.start()]}{alone.group()}{question[run.end() :]}"
            parts.setdefault(tuple(titles[bearer]), asked)
        if len(parts) > 1:
            return [Part(documents=ids, question=asked) for ids, asked in parts.items()]
    return []
