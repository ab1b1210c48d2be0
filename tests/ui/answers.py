"""Answers written by hand, for the tests of how they look."""

from qa.answer import Answer, Citation, RankedPassage

TEXT = "2011年，该机构调查了113起刑事案件<b>。"
QUOTE = "该机构调查了113起刑事案件"
HOSTILE = '<img src=x onerror="pwned()"> [x](javascript:alert(1)) ${1} {{2}} & "q"'


def cited(*, text: str = TEXT, quote: str = QUOTE, section: str = "五. 执法合作") -> Citation:
    start = text.index(quote)
    return Citation(
        marker=1,
        document="CTOC/COP/2012/10",
        paragraph="25(a)",
        label="CTOC/COP/2012/10，第25(a)段",
        section=(section,),
        page=7,
        quote=quote,
        start=start,
        end=start + len(quote),
        link="/documents/CTOC%2FCOP%2F2012%2F10#25(a)",
    )


def answered(citation: Citation, *, language: str = "zh") -> Answer:
    return Answer(
        id="1",
        question="多少起？",
        language=language,
        status="answered",
        answer=f"{citation.quote} [1]",
        short_answers=("113起",),
        confidence=0.979,
        citations=(citation,),
        passages=(RankedPassage(document="CTOC/COP/2012/10", paragraph="25(a)", score=0.9),),
        seconds=0.1,
        error=None,
    )


def not_found(*, language: str) -> Answer:
    return Answer(
        id="1",
        question="?",
        language=language,
        status="not_found",
        answer="The documents do not answer this question.",
        short_answers=(),
        confidence=0.9,
        citations=(),
        passages=tuple(
            RankedPassage(document="A", paragraph=str(number), score=1 - number / 10)
            for number in range(1, 6)
        ),
        seconds=0.1,
        error=None,
    )
