"""Follow-up questions: what the question before says is added where it is needed."""

import re
from collections.abc import Sequence

# Words that refer to what was said before, or that open a question which goes on with it.
_REFERS = re.compile(
    r"^(?:那么?|还有|此外|另外|其中)|呢[？?]?$|它们?|他们|她们|其(?!中|他|它)|该(?!报告|文件)|这(?:个|些|种|项|一)|那(?:个|些|种|项)|上述|前者|后者"
    r"|^(?:and|but|so|what about|how about)\b|\b(?:it|its|they|them|their|theirs|he|she|his|her|this|that|these|those|there|the latter|the former)\b"
    r"|^(?:et|mais)\b|\b(?:il|ils|elle|elles|leur|leurs|celui|celle|ceux|celles|cela|ça|ce dernier|cette dernière|y)\b"
    r"|^¿?\s*(?:y|pero)\b|\b(?:ellos|ellas|esto|eso|este|esta|estos|estas|ese|esa|dicho|dicha|su|sus)\b"
    r"|^(?:а|и|но)\s|\b(?:он|она|оно|они|их|его|её|ее|им|ими|этот|эта|это|эти|этого|этой|там|туда)\b"
    r"|^و(?:ماذا|كم|أين|متى|من|هل)\b|(?:^|\s)(?:هذا|هذه|ذلك|تلك|هم|هؤلاء|هناك)(?:\s|$)",
    re.IGNORECASE,
)
_SHORT_WORDS = 3
_SHORT_CHARACTERS = 10


def resolve(question: str, *, context: Sequence[str]) -> str:
    """Return what to search for: the question, behind the last one where it leans on that.

    A question leans on the one before if it refers to something said or is only a few words long.
    One that leans on a question which leans itself takes both.
    """
    if not context or not _leans(question):
        return question
    return f"{resolve(context[-1], context=context[:-1])} {question}"


def _leans(question: str) -> bool:
    stripped = question.strip()
    if _REFERS.search(stripped):
        return True
    words = re.findall(r"[^\W\u4e00-\u9fff]+", stripped)
    characters = re.findall(r"[\u4e00-\u9fff]", stripped)
    return len(words) <= _SHORT_WORDS and len(characters) <= _SHORT_CHARACTERS
