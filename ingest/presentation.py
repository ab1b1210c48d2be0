"""When, where and for what a report was presented, as the head of its front matter says.

The masthead, the session and the agenda item stand in lines of their own above the title; what
sentences say of sessions and dates is of other documents. Six languages, in the forms that the
United Nations print.
"""

import re
from dataclasses import dataclass
from enum import Enum

from ingest.furniture import ends_sentence
from ingest.metadata import AUTHOR, SUMMARY
from ingest.report import Span

# Characters of the longest line of a head; longer ones are sentences.
_LONGEST_LINE = 160
_MONTHS = (
    ("January", "janvier", "enero", "января", r"كانون الثاني(?:\s?/\s?يناير)?|يناير"),
    ("February", "février", "febrero", "февраля", r"شباط(?:\s?/\s?فبراير)?|فبراير"),
    ("March", "mars", "marzo", "марта", r"[آا]ذار(?:\s?/\s?مارس)?|مارس"),
    ("April", "avril", "abril", "апреля", r"نيسان(?:\s?/\s?[أا]بريل)?|[أا]بريل"),
    ("May", "mai", "mayo", "мая", r"[أا]يار(?:\s?/\s?مايو)?|مايو"),
    ("June", "juin", "junio", "июня", r"حزيران(?:\s?/\s?يوني[هو])?|يوني[هو]"),
    ("July", "juillet", "julio", "июля", r"تموز(?:\s?/\s?يولي[هو])?|يولي[هو]"),
    ("August", "août", "agosto", "августа", r"[آا]ب(?:\s?/\s?[أا]غسطس)?|[أا]غسطس"),
    ("September", "septembre", "septiembre", "сентября", r"[أا]يلول(?:\s?/\s?سبتمبر)?|سبتمبر"),
    ("October", "octobre", "octubre", "октября", r"تشرين الأول(?:\s?/\s?[أا]كتوبر)?|[أا]كتوبر"),
    ("November", "novembre", "noviembre", "ноября", r"تشرين الثاني(?:\s?/\s?نوفمبر)?|نوفمبر"),
    ("December", "décembre", "diciembre", "декабря", r"كانون الأول(?:\s?/\s?ديسمبر)?|ديسمبر"),
)
_MONTH_NAMES = [re.compile("|".join(names), re.IGNORECASE) for names in _MONTHS]
_MONTH = "(?:" + "|".join("|".join(names) for names in _MONTHS) + ")"
_DAY = r"(?<!\d)\d{1,2}(?:er|º|st|nd|rd|th)?(?!\d)"
_YEAR = r"(?<!\d)(?:19|20|١٩|٢٠)\d\d(?!\d)"
_TO = r"\s?(?:[-–—]|to|and|au|et|al?|y|по|и|إلى|و|至|和|到)\s?"
_DATE = re.compile(
    rf"(?P<day>{_DAY})\s+(?:de\s+)?(?P<month>{_MONTH})\s+(?:del?\s+)?(?P<year>{_YEAR})"
    rf"|(?P<month_first>{_MONTH})\s+(?P<day_second>{_DAY}),?\s+(?P<year_last>{_YEAR})"
    rf"|(?P<iso>{_YEAR}-\d\d-\d\d(?!\d))"
    rf"|(?P<han_year>{_YEAR})\s?年\s?(?P<han_month>\d{{1,2}})\s?月(?:\s?(?P<han_day>\d{{1,2}})\s?日)?"
    rf"|(?<!\w)(?P<month_alone>{_MONTH})\s+(?:de\s+)?(?P<year_alone>{_YEAR})",
    re.IGNORECASE,
)
_DATES = re.compile(
    rf"(?P<first>{_DAY})(?:\s+(?:de\s+)?(?P<first_month>{_MONTH})(?:\s+(?:de\s+)?(?P<first_year>{_YEAR}))?)?"
    rf"{_TO}(?P<last>{_DAY})\s+(?:de\s+)?(?P<month>{_MONTH})\s+(?:del?\s+)?(?P<year>{_YEAR})"
    rf"|(?P<han_year>{_YEAR})\s?年\s?(?P<han_month>\d{{1,2}})\s?月\s?(?P<han_day>\d{{1,2}})\s?日?{_TO}"
    rf"(?:(?P<han_last_year>{_YEAR})\s?年\s?)?(?:(?P<han_last_month>\d{{1,2}})\s?月\s?)?(?P<han_last>\d{{1,2}})\s?日",
    re.IGNORECASE,
)
# What may stand in front of the date of issue, alone in its line else.
_ISSUED = re.compile(r"(?:.*\bDistr\b.*\s)?$|[^:：,،，]{1,30}[:：]\s*$", re.IGNORECASE)
_BEHIND_ISSUED = re.compile(r"\s*(?:года|г\.)?[\s.*]*$|\s+\S+.*[:：]", re.IGNORECASE)
_ORDINAL = (
    r"(?:First|Second|Third|[A-Z][a-z]*th|[A-Z][a-z]+(?:\s[a-z]+)*-(?:first|second|third|[a-z]+th)"
    r"|\d{1,3}(?:st|nd|rd|th))"
)
_KIND = r"(?:(?:regular|special|emergency|annual|ordinary|extraordinary|substantive|resumed)\s)"
_SESSION = re.compile(
    rf"(?:(?:Resumed|Reconvened)\s)?(?:{_ORDINAL}|(?i:{_ORDINAL})(?=\s{_KIND}))\s{_KIND}{{0,3}}[Ss]ession"
    r"|(?:Substantive|Annual|Regular|Resumed|Organizational)\ssession"
    r"|(?:Reprise de la )?(?:[A-ZÀ-Ý][\w-]*(?:i?ème|ière|nde)|\d{1,3}\s?(?:e|è?me|re))\ssession"
    r"(?:\s(?:extraordinaire|ordinaire|annuelle|spéciale|d[’']urgence|de fond)){0,3}"
    r"|Session (?:de fond|annuelle|extraordinaire)"
    r"|(?:[A-ZÁÉÍÓÚ][a-záéíóú]*(?:o|er)(?:\s[a-záéíóú]+(?:o|er))*|\d{1,3}[ºo°]\.?)\sper[íi]odo\s"
    r"(?:extraordinario\s|ordinario\s|anual\s)?de\ssesiones"
    r"(?:\s(?:extraordinario|ordinario|sustantivo|anual|de urgencia)){0,3}"
    r"|Per[íi]odo de sesiones (?:sustantivo|anual|extraordinario)"
    r"|(?:Возобновленная\s)?[А-ЯЁ][а-яё]+(?:\s[а-яё]+){0,4}\sсессия"
    r"|الدورة\s(?:\S+\s){0,4}?\S+?(?=$|\s?[*,،(])"
    r"|第[一二三四五六七八九十百零〇\d]+[届屆次][^，。\s]{0,8}?(?:会议|會議|常会|常會|届会|年会)(?:续会|續會)?"
    r"|\d{4}年[^，。\s]{0,6}(?:届会|会议|常会)"
)
_BEHIND_SESSION = re.compile(
    r"(?:\s?(?:of|de|за|لعام)?\s?\d{4}(?:\s(?:года|г\.))?)?[\s*†]*(?:[,،，(（].*)?$"
)
_ITEM = r"\d{1,3}(?:\s?[(（]\w[)）])?"
_ITEMS = rf"(?:{_ITEM}(?:\s?(?:,|،|、|and|et|y|и|و|和|及)\s?{_ITEM})*)"
_AGENDA_ITEM = re.compile(
    rf"Agenda items?\s+{_ITEMS}"
    rf"|Items?\s+{_ITEMS}(?=.*\bagenda\b)"
    rf"|Points?\s+{_ITEMS}(?=.*\bordre du jour\b)"
    rf"|Temas?\s+{_ITEMS}(?=.*\b(?:programa|temario|orden del día)\b)"
    rf"|Пункты?\s+{_ITEMS}(?=.*\bповестки)"
    rf"|(?:البند|البندان|البنود)\s+{_ITEMS}(?=.*جدول)"
    rf"|.{{0,4}}[议議]程\s?\*?\s?[项項]目\s?\*?\s?{_ITEMS}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """When and for what a report was presented; None where its front matter does not say.

    Attributes:
        session: in the words of the report, such as ``Sixty-seventh session``.
        session_dates: days on which the session is held, ``2012-10-15/2012-10-19`` (ISO 8601).
        agenda_item: its number, such as ``5``, ``3(a)`` or ``2, 3``.
        date: of issue, ``2012-08-06``, or ``2012-08`` where no day is given.
    """

    session: str | None
    session_dates: str | None
    agenda_item: str | None
    date: str | None


class Aspect(Enum):
    """What the head of a report says of it."""

    SESSION = "session"
    SESSION_DATES = "session dates"
    AGENDA_ITEM = "agenda item"
    DATE = "date"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where an aspect stands in the front matter, and what it says.

    Attributes:
        value: in the form of `Presentation`; for the author the words themselves.
        words: the range that says it; with the days of a session, also where it is held.
        line: the range of the line that it stands in.
    """

    value: str
    words: Span
    line: Span


def find_presentation(front_matter: str) -> Presentation:
    """Return what the front matter of a report says of its presentation."""
    values = {aspect: mention.value for aspect, mention in find_mentions(front_matter).items()}
    return Presentation(
        session=values.get(Aspect.SESSION),
        session_dates=values.get(Aspect.SESSION_DATES),
        agenda_item=values.get(Aspect.AGENDA_ITEM),
        date=values.get(Aspect.DATE),
    )


def find_mentions(front_matter: str) -> dict[Aspect, Mention]:
    """Return the first mention of each aspect in the head of a report.

    Args:
        front_matter: clean text, its lines parted by line breaks. The head ends where a summary,
            contents or a sentence begins.
    """
    found: dict[Aspect, Mention] = {}
    start = 0
    for line in front_matter.split("\n"):
        if SUMMARY.match(line) or (len(line) > _LONGEST_LINE and ends_sentence(line)):
            break
        for aspect, value, words in _read(line) if len(line) <= _LONGEST_LINE else ():
            mention = Mention(
                value=value,
                words=Span(start=start + words.start, end=start + words.end),
                line=Span(start=start, end=start + len(line)),
            )
            found.setdefault(aspect, mention)
        start += len(line) + 1
    return found


def _read(line: str) -> list[tuple[Aspect, str, Span]]:
    """Return what one line of a head says, each with its words."""
    found: list[tuple[Aspect, str, Span]] = []
    session = _SESSION.search(line)
    if session and _BEHIND_SESSION.match(line, session.end()) and _is_name(line[: session.start()]):
        found.append((Aspect.SESSION, session.group(), _span(session)))
    item = _AGENDA_ITEM.match(line)
    if item:
        numbers = re.findall(_ITEM, item.group())
        value = ", ".join(_western(re.sub(r"\s", "", number)) for number in numbers)
        found.append((Aspect.AGENDA_ITEM, value, _span(item)))
    whole = Span(start=0, end=len(line.rstrip("*† ")))
    dates = _DATES.search(line)
    date = _DATE.search(line)
    if dates:
        found.append((Aspect.SESSION_DATES, _interval(dates), whole))
    elif date:
        before, behind = line[: date.start()], line[date.end() :]
        if _ISSUED.match(before) and _BEHIND_ISSUED.match(behind):
            found.append((Aspect.DATE, _iso(date), _span(date)))
        elif before.rstrip().endswith((",", "،", "，")) or behind.startswith(("，", ",", "،")):
            found.append((Aspect.SESSION_DATES, _iso(date), whole))
    if AUTHOR.match(line):
        found.append((Aspect.AUTHOR, line[: whole.end], whole))
    return found


def _is_name(text: str) -> bool:
    """Say whether what stands before a session is at most the name of the body that meets."""
    return len(text.split()) <= 1 and not text.endswith(("的", "于", "在"))


def _span(match: re.Match[str]) -> Span:
    return Span(start=match.start(), end=match.end())


def _interval(match: re.Match[str]) -> str:
    """Return a range of days as ``2012-10-15/2012-10-19`` (ISO 8601)."""
    if match["han_year"]:
        year, month = match["han_year"], match["han_month"]
        first = _day(year, month, match["han_day"])
        last = _day(
            match["han_last_year"] or year, match["han_last_month"] or month, match["han_last"]
        )
    else:
        year, month = match["year"], _month_number(match["month"])
        first_month = _month_number(match["first_month"]) if match["first_month"] else month
        first = _day(match["first_year"] or year, first_month, match["first"])
        last = _day(year, month, match["last"])
    return f"{first}/{last}"


def _iso(match: re.Match[str]) -> str:
    """Return a date as ``2012-08-06``, a month as ``2012-08``."""
    if match["iso"]:
        return _western(match["iso"])
    if match["han_year"]:
        return _day(match["han_year"], match["han_month"], match["han_day"])
    if match["month_alone"]:
        return _day(match["year_alone"], _month_number(match["month_alone"]), None)
    if match["month"]:
        return _day(match["year"], _month_number(match["month"]), match["day"])
    return _day(match["year_last"], _month_number(match["month_first"]), match["day_second"])


def _day(year: str, month: str, day: str | None) -> str:
    parts = [year, month] if day is None else [year, month, re.sub(r"\D", "", day)]
    return "-".join(f"{int(part):02}" for part in parts)


def _month_number(name: str) -> str:
    return str(next(n for n, names in enumerate(_MONTH_NAMES, start=1) if names.fullmatch(name)))


def _western(text: str) -> str:
    """Return `text` with the digits 0-9 for those of other scripts."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)
