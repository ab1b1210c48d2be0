"""A question that asks several things at once becomes one question for each of them.

Several are asked of documents that are named together (`decompose`), and one after the other in one
sentence (`clauses`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.titles import CLOSING, OPENING, any_title, titles_in

_AND = (
    r"(?:\s*(?:[、,，;；]|以及|还有|[和与跟同及])\s*"
    r"|\s*[,;]?\s+(?:and|or|with|to|versus|vs\.?|et|ou|avec|y|e|o|u|con|и|или|с|со)\s+|\s+و\s*)"
)
# What stands in front of a title: which year's document is meant, or an article.
_BEFORE = r"(?:(?:19|20)\d\d\s*(?:年度?)?的?\s*|(?:the|la|le|les|el|los|las)\s+)?"


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
    named = titles_in(question, titles=titles)
    if len(named) < 2:
        return []
    name = any_title(named)
    element = rf"{_BEFORE}{OPENING}(?P<name>{name}){CLOSING}"
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


_CLAUSE_END = re.compile(r"[，,；;？?؟،؛]\s*(?:(?:and|et|y|и|а)\s+|و\s?)?|\s(?:and|et|y|и)\s+|\sو")
# In Chinese the question word stands anywhere in its clause; elsewhere it opens it, or else it may
# join a clause to what stands before.
_ASKS_IN_CHINESE = re.compile(
    r"什么|(?<![任为])何(?!况)|为何|多少|哪|谁|怎|是否|有没有|吗$|多[大高长久重远深宽严快]"
    r"|(?<![近前这那十数好])几(?=[个项次名国家年天月种份人])"
)
_OPENS_WITH_QUESTION = re.compile(
    r"^\W*(?:(?:to|of|for|in|with|by|from|à|de|en|pour|par|avec|a|con|por|para|в|с|к|о|для|от) )?"
    r"(?:(?:who|whom|whose|what|when|where|why|which|how)\b(?: (?:many|much|often|long|far))?"
    r"|(?:qui|que|quoi|quand|où|pourquoi|comment|combien|quel\w*)\b|qu['’]"
    r"|(?:quién\w*|qué|cuál\w*|cuándo|cuánt\w+|dónde|cómo|por qué)\b"
    r"|(?:кто|кого|кем|что|чем|когда|где|почему|как|сколько|како\w+|каки\w+)\b"
    r"|(?:من|ما|ماذا|متى|أين|لماذا|كيف|كم|هل)\b)",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST_CHINESE, _LEAST_WORDS = 4, 3
"""Characters or words of a clause that can be a question."""


def clauses(question: str) -> list[str]:
    """Return the questions that a sentence asks one after the other; empty for fewer than 2.

    "How grave is X, and what is done?" asks two things, often answered in two places. What the
    first clause is about is said before each of the others.

    Args:
        question: Chinese in Simplified script.
    """
    pieces: list[str] = []
    start = 0
    for end in [*_CLAUSE_END.finditer(question), None]:
        piece = question[start : end.start() if end else len(question)]
        # What asks nothing belongs to the clause that it stands before or behind.
        if end is None or (_asks(piece) and _asks(question[end.end() :])):
            pieces.append(piece.strip(" ？?؟"))
            start = end.end() if end else len(question)
    if len(pieces) < 2 or not all(map(_asks, pieces)):
        return []
    about = _about(pieces[0])
    return [pieces[0], *(f"{about}{piece}" for piece in pieces[1:])]


def _asks(text: str) -> bool:
    """Return whether `text` is long enough for a question and has a question word as one has it."""
    if _HAN.search(text):
        is_long = len(_HAN.findall(text)) >= _LEAST_CHINESE
        return is_long and _ASKS_IN_CHINESE.search(text) is not None
    return len(text.split()) >= _LEAST_WORDS and _OPENS_WITH_QUESTION.search(text) is not None


def _about(clause: str) -> str:
    """Return what a clause says besides asking, to be said before another clause."""
    if _HAN.search(clause):
        asked = _ASKS_IN_CHINESE.search(clause)
        assert asked is not None
        return clause[: asked.start()] or f"{clause}，"
    opening = _OPENS_WITH_QUESTION.search(clause)
    assert opening is not None
    return f"{clause[opening.end() :].strip()}: "
