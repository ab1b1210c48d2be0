"""Find in a sentence what can be a short answer: quantities, dates, places, titles, list items.

Grammar of the six languages and the Unicode CLDR (through Babel), never words of one report.
"""

import functools
import re
from collections.abc import Sequence

from ingest.report import Span

LANGUAGES = ("zh", "zh_Hant", "en", "fr", "es", "ru", "ar")

_NUMBER = r"\d+(?:[,.  ]\d{3})*(?:[.,]\d+)?"
_CHINESE_NUMBER = r"[一二两三四五六七八九十百千万亿〇零]+"
_APPROXIMATELY = r"(?:逾|超过|大约|约|近|将近|至少|不到|共|第)?"
# The closed class of measure words, with the units that official texts use.
_MEASURE = (
    r"(?:个百分点|公斤|千克|毫克|公里|千米|厘米|毫米|平方公里|平方米|立方米|公顷|小时|分钟|美元|欧元|人民币|英镑|日元|港元|卢布|"
    r"[多余]?(?:个|名|项|起|次|吨|克|米|升|年|月|日|天|周|岁|人|国|家|种|部|份|位|条|件|届|所|座|元|倍|成|场|期|艘|架|辆|台|套|"
    r"支|枚|本|篇|页|段|章|户|亩|例|宗|笔|批|门|张|队|间|处|颗|级|号|代|层|轮|股|％|%))"
)
_QUANTITIES = re.compile(
    rf"{_APPROXIMATELY}{_NUMBER}(?:万亿|万|亿|千|百)?[多余]?{_MEASURE}"
    rf"|(?:百分之){_CHINESE_NUMBER}"
    rf"|{_APPROXIMATELY}{_CHINESE_NUMBER}{_MEASURE}"
    rf"|{_NUMBER}\s?(?:%|per cent|percent|pour cent|por ciento|процент\w*|في المائة)"
    rf"|{_NUMBER}(?:万亿|万|亿|千|百)?(?:\s(?:million|billion|milliards?|millions?|millones|млн|млрд|тыс|тысяч|مليون|مليار))?"
    r"(?:\s[^\W\d_]{2,})?"
)
_CHINESE_DATE = (
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})年(?:(?:度|底|初|末|中|代|年中|年底|年初)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})月"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日|[上中下]旬|底|初|末)?)?(?:以来|以后|以前|之前|之后|期间)?"
    r"|(?:\d{1,2})月(?:\d{1,2})日"
)
_CHINESE_DATES = re.compile(
    rf"(?:{_CHINESE_DATE})(?:(?:至|到|和|—|-|－)(?:{_CHINESE_DATE}|\d{{1,2}}日))?|\d{{4}}[-－至]\d{{4}}年(?:期间)?"
)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)")
_CHINESE_YEAR = re.compile(r"(?:\d{4}|[〇零一二三四五六七八九]{4})年(?:以来|以后|以前|之前|之后)?")
_TITLES = re.compile(
    r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》|“[^“”]{2,60}”|「[^「」]{2,60}」|«[^«»]{2,80}»|\"[^\"]{2,80}\""
)
_CAPITALIZED = r"[A-ZÀ-ÖØ-ÞА-ЯЁ](?:[^\W\u4e00-\u9fff]|[’'.-])*"
_LATIN_NAME = re.compile(
    rf"{_CAPITALIZED}(?:\s+(?:(?:of|the|and|for|on|de|du|des|la|le|les|et|del|los|las|y|e|по|и|в|на)\s+)*{_CAPITALIZED})+"
)
_ORGANIZATION = re.compile(
    r"[\u4e00-\u9fff]{2,18}?(?:委员会|理事会|组织|办公室|办事处|秘书处|大会|法院|检察院|公司|集团|协会|联盟|银行|基金会|大学|学院|研究所|"
    r"中心|警察|警署|部队|机构|当局|政府|议会|法庭|总署|署|局|部)"
)
# What an enumeration lies within: a sentence part without full stops, colons and brackets, in
# Chinese without commas too, because members are set off by the enumeration comma.
_ENUMERATION = re.compile(
    r"[^。！？：，:!?()（）\n]*[、；][^。！？：，:!?()（）\n]*"
    r"|[^。！？：.:!?()（）\n\u4e00-\u9fff]+(?:\.(?!\s|$)[^。！？：.:!?()（）\n\u4e00-\u9fff]*)*"
)
_SEPARATOR = re.compile(
    r"、|[；;]\s*(?:以及|and|et|y|e|и|و)?|以及|(?<=[\u4e00-\u9fff])[和及与或](?=[\u4e00-\u9fff])"
    r"|[,،]\s(?:and\s|et\s|y\s|и\s|و)?|\s(?:and|et|y|e|и|و)\s"
)
_BETWEEN = re.compile(
    r"\s*(?:、|[,،;；]|[和及与或]|以及)?\s*(?:(?:and|et|y|e|и|و)\s*)?(?:(?:the|la|le|les|el|los|las)\s|l['’])?\s*"
)
_OPENER = re.compile(
    r".*(?:包括|涵盖|例如|特别是|来自|分别是|分别为|即|如|是|为|在|向|对|从|"
    r"\bincluding|\bsuch as|\bnotamment|\bcomme|\bincluid[oa]s?|\bcomo|\bвключая|\bтаких как|"
    r"\bمثل|\bبما في ذلك|"
    r"\bin|\bfrom|\bare|\bwere|\bdans|\ben|\bsont|\bson|\bв|\bfor|\bto)\s*"
)


def quantities(text: str) -> list[Span]:
    """Return the numbers of `text` with their measure words, in order; years are none."""
    return [
        Span(start=match.start(), end=match.end())
        for match in _QUANTITIES.finditer(text)
        if not _YEAR.fullmatch(re.sub(r"[年日月]$", "", match.group().split(" ")[0]))
        and not re.fullmatch(r"\d{1,2}[月日]", match.group())
    ]


def dates(text: str) -> list[Span]:
    """Return the dates of `text` as finely as they are given, in order."""
    found = [Span(start=m.start(), end=m.end()) for m in _CHINESE_DATES.finditer(text)]
    found.extend(Span(start=m.start(), end=m.end()) for m in _western_dates().finditer(text))
    found.extend(Span(start=m.start(), end=m.end()) for m in _YEAR.finditer(text))
    return _outermost(found)


def years(text: str) -> list[Span]:
    """Return the years of `text`, in Chinese with their word for year."""
    found = [Span(start=m.start(), end=m.end()) for m in _CHINESE_YEAR.finditer(text)]
    found.extend(Span(start=m.start(), end=m.end()) for m in _YEAR.finditer(text))
    return _outermost(found)


def places(text: str) -> list[Span]:
    """Return the countries, world regions and large cities that `text` names, in order."""
    return [span for span, _ in _named_places(text)]


def countries(text: str) -> list[Span]:
    """Return the countries and territories that `text` names, in order."""
    return [span for span, is_country in _named_places(text) if is_country]


def largest_enumeration(text: str, found: Sequence[Span]) -> list[Span]:
    """Return the longest run of `found` in which only separators stand between two neighbours.

    The earliest of several equally long ones; all of `found` where no two are neighbours.
    """
    runs: list[list[Span]] = []
    for span in found:
        if runs and _BETWEEN.fullmatch(text, runs[-1][-1].end, span.start):
            runs[-1].append(span)
        else:
            runs.append([span])
    longest = max(runs, key=len, default=[])
    return longest if len(longest) > 1 else list(found)


def names(text: str) -> list[Span]:
    """Return titles in quotation marks, names of bodies and capitalized names, in order."""
    found = [Span(start=m.start() + 1, end=m.end() - 1) for m in _TITLES.finditer(text)]
    for pattern in (_LATIN_NAME, _ORGANIZATION):
        found.extend(Span(start=m.start(), end=m.end()) for m in pattern.finditer(text))
    return _outermost(found)


def items(text: str) -> list[Span]:
    """Return the members of the longest enumeration in `text`, or [].

    Members stand between enumeration commas, commas or semicolons and a last ``and``; the first
    begins behind the word that opens the enumeration. Where the last member runs on into the rest
    of its clause, its end cannot be told and nothing is returned.
    """
    best: list[Span] = []
    for run in _ENUMERATION.finditer(text):
        members: list[Span] = []
        start = run.start()
        for separator in [*_SEPARATOR.finditer(text, run.start(), run.end()), None]:
            end = separator.start() if separator else run.end()
            if text[start:end].strip():
                members.append(_stripped(text, start, end))
            start = separator.end() if separator else end
        if len(members) > max(2, len(best)):
            best = members
    if not best:
        return []
    opened = _OPENER.match(text, best[0].start, best[0].end)
    if opened and opened.end() < best[0].end:
        best[0] = _stripped(text, opened.end(), best[0].end)
    lengths = [span.end - span.start for span in best]
    return best if lengths[-1] <= 2 * max(lengths[:-1]) else []


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    return Span(start=begin, end=start + len(piece.rstrip(" .。")))


def _outermost(found: Sequence[Span]) -> list[Span]:
    """Return the spans in order without those that lie within or across an earlier, longer one."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


@functools.cache
def _western_dates() -> re.Pattern[str]:
    """Return the pattern of dates with month names (CLDR) in the languages that use them."""
    from babel import Locale

    months = {
        re.escape(name)
        for language in ("en", "fr", "es", "ru", "ar")
        for width in ("wide",)
        for context in ("format", "stand-alone")
        for name in Locale.parse(language).months[context][width].values()
    }
    month = "(?:" + "|".join(sorted(months, key=len, reverse=True)) + ")"
    between = r"(?:\s(?:de|del|au|to|al|and|et|y|по|и|-|–)\s|[-–]|\s)"
    return re.compile(
        rf"(?:\b\d{{1,2}}(?:er|st|nd|rd|th)?{between}(?:\d{{1,2}}{between})?)?\b{month}\b"
        rf"(?:\s\d{{1,2}},)?(?:\s(?:de\s|del\s)?\d{{4}}(?:\s(?:года|год|г\.))?)?",
        re.IGNORECASE,
    )


def _named_places(text: str) -> list[tuple[Span, bool]]:
    """Return each place with whether it is a country, in order."""
    pattern, country_names = _place_names()
    return [
        (Span(start=match.start(), end=match.end()), match["name"] in country_names)
        for match in pattern.finditer(text)
    ]


@functools.cache
def _place_names() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return the pattern of CLDR's territories and time-zone cities, and the countries' names.

    A code of two letters is a country or territory, one of digits a part of the world. What turns
    a short name into the official one ("... United Republic") belongs to the place.
    """
    from babel import Locale

    country_names: set[str] = set()
    other_names: set[str] = set()
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for code, name in locale.territories.items():
            (other_names if code.isdigit() else country_names).add(name)
        other_names.update(zone["city"] for zone in locale.time_zones.values() if "city" in zone)
    listed = sorted(country_names | other_names, key=len, reverse=True)
    han = "|".join(re.escape(name) for name in listed if re.match(r"[\u4e00-\u9fff]{2}", name))
    spaced = "|".join(
        re.escape(name) for name in listed if re.match(r"(?![\u4e00-\u9fff])[^\W\d_]{3}", name)
    )
    pattern = re.compile(
        rf"(?:多民族)?(?P<name>{han}|(?<![^\W\u4e00-\u9fff])(?:{spaced})(?![^\W\u4e00-\u9fff]))"
        r"(?:(?:人民|民主|联合|伊斯兰|阿拉伯|社会主义|主义|多民族)*(?:共和国|王国|联邦|国(?!家|际|内|民|务|会|立|籍|土|产|王)))?"
    )
    return pattern, frozenset(country_names)
