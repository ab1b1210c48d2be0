"""Follow-up questions: what the question before says is added where it is needed."""

import re
from collections.abc import Sequence

# Words that point back wherever they stand, or that open a question which goes on with the last.
_REFERS = re.compile(
    r"^(?:那么|那(?![些个])|还有|此外|另外|其中)|呢[？?]?$|(?<!应)该(?!报告|文件|如何|怎|做|由|不)|这(?:个|些|种|项|一|次)|那(?:个|种|项)|那些(?!\w*的)|上述|前者|后者"
    r"|^(?:and|but|so|what about|how about)\b|\b(?:these|this) (?!report|document|paper)|\bthose(?! (?:who|that|which|with|of|in)\b)|\bof (?:them|these)\b|\bthere\W*$|\bthe (?:latter|former)\b"
    r"|\bthat (?:year|country|program(?:me)?|project|meeting|unit|network|office|region|initiative|one)\b|^(?:\w+ )?(?:is|was|does|did) that\b"
    r"|^(?:et|mais)\b|^\W*(?:lequel|laquelle|lesquel(?:le)?s)\b|\b(?:ce|cet|cette|ces) (?!rapport|document|qu)\w{3,}|\b(?:celui|celle|ceux|celles)-(?:ci|là)|\bcela\b|\bça\b"
    # A French pronoun behind its verb repeats the subject; alone behind the question word it is one.
    r"|^(?:(?:à|de|en|pour|par) )?(?:(?:quand|où|comment|combien|pourquoi|qui|que|quoi|quel(?:le)?s?) |qu['’])?(?!y a)(?:(?:en|y|se|s['’]|l['’]) ?)*\w+-(?:t-)?(?:ils?|elles?)\b"
    r"|^¿?\s*(?:y(?! a-t-il)|pero)\b|\b(?:ellos|ellas|esto|eso)\b|\b(?:este|esta|estos|estas|ese|esa|esos|esas) (?!informe|documento)|\bdich[oa]s?\b"
    r"|^(?:а|и|но)\s|^которые\b|\b(?:них|ними|ней|нём)\b|\bэт(?:от|а|о|и|ого|ой|их|ом|ому|им|ими)\b(?! (?:доклад|документ))"
    r"|^و(?:ماذا|كم|أين|متى|من|هل|في|ما)\b|(?:^|\s)(?:هذا|هذه|ذلك|تلك|هؤلاء)(?!\s(?:التقرير|الوثيقة))(?!\w)|\bهناك\W*$",
    re.IGNORECASE,
)
# Pronouns that point back from the front of a question; further on they mostly mean a word in it.
_PRONOUN = re.compile(
    r"它们?|他们|她们|其(?![中他它实余])"
    r"|\b(?:it(?! (?:important|possible|necessary|true|likely))|its|they|them|their|theirs|he|she|him|his|her)\b"
    r"|(?<![-\w])(?:ils?|elles?|leurs?)\b|\b(?:su|sus|él|ella)\b"
    r"|\b(?:он|она|оно|они|их|его|её|ее|им|ими|там|туда)\b|(?:^|\s)هم(?!\w)",
    re.IGNORECASE,
)
# A question that asks what something is names it.
_DEFINES = re.compile(
    r"什么是|何谓|[^的]{5,}(?:是|指)什么|what (?:is|are) \w|qu['’]est[- ]ce qu|¿?qué (?:es|son) |что такое |ما (?:هو|هي) ",
    re.IGNORECASE,
)
_CHARACTERS_PER_WORD = 3
"""Chinese characters that say as much as a word of the other languages."""
_SHORT = 3
"""Words of a question that is too short to name what it is about."""
_EARLY = 4
"""Words in front of a pronoun that points back, at most."""
_BRIEF = 7
"""Words of a question in which a pronoun points back wherever it stands."""


def resolve(question: str, *, context: Sequence[str]) -> str:
    """Return what to search for: the question, behind the last one where it leans on that.

    A question leans on the one before if it refers to something said or is only a few words long.
    One that leans on a question which leans itself takes both.

    Args:
        question: what is asked now, in any of the six languages.
        context: the earlier questions, oldest first; empty where there are none.
    """
    if not context or not _leans(question):
        return question
    return f"{resolve(context[-1], context=context[:-1])} {question}"


def _leans(question: str) -> bool:
    stripped = question.strip()
    if _REFERS.search(stripped):
        return True
    size = _size(stripped)
    pronoun = _PRONOUN.search(stripped)
    if pronoun and (size <= _BRIEF or _size(stripped[: pronoun.start()]) <= _EARLY):
        return True
    return size <= _SHORT and not _DEFINES.match(stripped)


def _size(text: str) -> float:
    """Return the length of `text` in words."""
    words = re.findall(r"[^\W\u4e00-\u9fff]+", text)
    characters = re.findall(r"[\u4e00-\u9fff]", text)
    return len(words) + len(characters) / _CHARACTERS_PER_WORD
