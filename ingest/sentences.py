"""Cut clean text into sentences, in any of the six languages."""

import re

from ingest.furniture import ends_with_full_stop, width_of
from ingest.report import Span

# A closing mark belongs to the sentence before it; French sets a space in front of its own.
_CLOSING = "(?:[”’」』）)》】\"'»]|\\s»)*"
# A Chinese stop ends a sentence wherever it stands; a Latin or Arabic one only before a space,
# because it also stands inside numbers, addresses and abbreviations. Full stops behind a single
# letter or a short abbreviation (`No. 5`, `art. 3`, `M. Dupont`, `п. 2`) end nothing.
_END = re.compile(
    rf"[。！？；]+{_CLOSING}"
    rf"|(?<![!?؟;؛])[!?؟;؛]++{_CLOSING}(?=\s|$|[\u4e00-\u9fff])"
    rf"|(?<!\.)\.++{_CLOSING}(?=\s)"
    r"|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:(?<![^\s(\[«“\"。！？；])(?:[^\W\d_]|[^\W\d_](?:\.[^\W\d_])+)"
    # Behind an apostrophe stands a word (`l’art. 3`), a letter there is an ending (`isn't.`).
    r"|(?<![^\s(\[«“\"。！？；'’])"
    r"(?:nos?|nums?|núms?|arts?|paras?|párrs?|pars?|vol|pp|fig|figs|sect|chap|cap|"
    r"cf|cfr|vs|etc|approx|dr|mr|mrs|ms|mme|mlle|sr|sra|st|ste|inc|ltd|jr|ed|eds|al|"
    r"jan|feb|aug|sept|oct|nov|dec|janv|févr|juil|déc|ene|dic|"
    r"ст|пп|стр|рис|табл|гл|гг|тыс|млн|млрд|долл|им|см|напр))$",
    re.IGNORECASE,
)
# The number that opens a clause (`“1. The Assembly`) belongs to the sentence behind it.
_CLAUSE_NUMBER = re.compile(r"\s*(?:[“«‘„「『《〈\"'(（\[【]\s?)*\d{1,3}")
# How far back an abbreviation may begin; a bound keeps the time linear.
_ABBREVIATION_LENGTH = 12
# Columns of the shortest line of prose; references such as `See A/67/305, para. 12.` are shorter.
_NARROWEST_PROSE = 60


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of `text` in order; together they hold all of it but white space.

    A line break, a semicolon and the ends of list items close a sentence too, so that an
    enumeration comes apart into its items. Text without any stop is one sentence; empty text has
    none.
    """
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group()[0] == "." and (
            _ABBREVIATION.search(
                text, max(start, match.start() - _ABBREVIATION_LENGTH), match.start()
            )
            or _CLAUSE_NUMBER.fullmatch(text, start, match.start())
        ):
            continue
        start = _close(spans, text, start=start, end=match.end())
    _close(spans, text, start=start, end=len(text))
    return spans


def prose(text: str) -> list[Span]:
    """Return the lines of `text` that are sentences, those in a row as one range.

    The others are titles, mastheads and references; so are those that are too short to say much.
    """
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if width_of(line) >= _NARROWEST_PROSE and ends_with_full_stop(line):
            if spans and spans[-1].end == start - 1:
                spans[-1] = Span(start=spans[-1].start, end=end)
            else:
                spans.append(Span(start=start, end=end))
        start = end + 1
    return spans


def enclosing_sentence(text: str, span: Span) -> Span:
    """Return the whole sentence round `span`, with all that semicolons set off in it."""
    pieces = split_sentences(text)
    first = next(i for i, piece in enumerate(pieces) if piece.end > span.start)
    last = next(i for i, piece in enumerate(pieces) if piece.end >= span.end)
    while first > 0 and _goes_on(text, pieces[first - 1], pieces[first]):
        first -= 1
    while last + 1 < len(pieces) and _goes_on(text, pieces[last], pieces[last + 1]):
        last += 1
    return Span(start=pieces[first].start, end=pieces[last].end)


def _goes_on(text: str, before: Span, after: Span) -> bool:
    return text[before.end - 1] in "；;؛" and "\n" not in text[before.end : after.start]


def _close(spans: list[Span], text: str, *, start: int, end: int) -> int:
    """Append ``text[start:end]`` without the white space round it; return where the next begins."""
    piece = text[start:end]
    if piece.strip():
        begin = start + len(piece) - len(piece.lstrip())
        spans.append(Span(start=begin, end=start + len(piece.rstrip())))
    return end
