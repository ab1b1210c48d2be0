"""Find in a sentence what can be a short answer: quantities, dates, places, titles, list items.

Grammar of the six languages and the Unicode CLDR (through Babel), never words of one report.
"""

import functools
import re
from collections.abc import Sequence

from index.lexical import simplified
from ingest.report import Span

LANGUAGES = ("zh", "zh_Hant", "en", "fr", "es", "ru", "ar")

_NUMBER = r"\d+(?:[,.  ]\d{3})*(?:[.,]\d+)?"
_CHINESE_NUMBER = r"[一二两三四五六七八九十百千万亿〇零]{1,12}"
_APPROXIMATELY = r"(?:逾|超过|大约|约|近|将近|至少|不到|第)?"
# The closed class of measure words, with the units that official texts use.
_MEASURE = (
    r"(?:个百分点|公斤|千克|毫克|公里|千米|厘米|毫米|平方公里|平方米|立方米|公顷|小时|分钟|美元|欧元|人民币|英镑|日元|港元|卢布|"
    r"[多余]?(?:个|名|项|起|次|吨|克|米|升|年|月|日|天|周|岁|人|国|家|种|部|份|位|条|件|届|所|座|元|倍|成|场|期|艘|架|辆|台|套|"
    r"支|枚|本|篇|页|段|章|户|亩|例|宗|笔|批|门|张|队|间|处|颗|级|号|代|层|轮|股|％|%))"
)
_FUNCTION_WORDS = (
    "and|to|of|in|on|at|by|for|from|or|et|de|du|des|à|au|aux|en|dans|par|pour|ou|y|al|del|por|para|e|"
    "и|в|во|на|по|с|из|для|до|من|إلى|في|على|عن|و"
)
_QUANTITIES = re.compile(
    rf"{_APPROXIMATELY}(?<![\d/]){_NUMBER}(?![/\d])(?:万亿|万|亿|千|百)?[多余]?{_MEASURE}"
    rf"|(?:百分之){_CHINESE_NUMBER}"
    # 一起 is a count of cases, otherwise the adverb "together".
    rf"|(?!一起(?!\w{{0,4}}[案事])){_APPROXIMATELY}{_CHINESE_NUMBER}{_MEASURE}"
    rf"|{_NUMBER}\s?(?:%|per cent|percent|pour cent|por ciento|процент\w*|في المائة)"
    rf"|(?<![\d/]){_NUMBER}(?![/\d])(?:万亿|万|亿|千|百)?(?:\s(?:billions?|milliards?|millions?|mill[óo]n(?:es)?|млн|млрд|тыс|тысяч|миллион\w*|مليون|مليار))?"
    rf"(?:\s(?!(?:{_FUNCTION_WORDS})\b)[^\W\d_]{{2,}})?"
)
_CURRENCY = re.compile(
    r"元|币|英镑|卢布|法郎|比索|卢比|dollar|euro|pound|franc|peso|rupee|dólar|доллар|евро|рубл|фунт"
    r"|دولار|يورو|جنيه",
    re.IGNORECASE,
)
_CURRENCY_SIGNS = tuple("$€£¥")
_CHINESE_DATE = (
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})年(?:(?:度|底|初|末|中|代|年中|年底|年初)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})月"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日|[上中下]旬|底|初|末)?)?(?:以来|以后|以前|之前|之后|期间)?"
    r"|(?:\d{1,2})月(?:\d{1,2})日"
)
_CHINESE_DATES = re.compile(
    rf"(?:{_CHINESE_DATE})(?:(?:至|到|和|—|-|－)(?:{_CHINESE_DATE}|\d{{1,2}}日))?|\d{{4}}[-－至]\d{{4}}年(?:期间)?"
)
YEAR = re.compile(
    r"(?<![\d/])(?<!\d[.,])(?:1[5-9]|20|١[٥-٩]|٢٠)\d{2}(?![\d/]|[.,]\d)"
    r"(?!\s?(?:%|per cent|pour cent|por ciento|процент|k[gm]\b|кг|км|kilo|kiló|кило|كيلو|ton|тонн|طن|公|千克|吨|米|[万亿名人个起项件份美欧]))"
)
"""Years from 1500 to 2099 in figures; a number with a unit behind it is none."""
_YEAR_RANGE = re.compile(
    r"(?<![\d/])((?:19|20)\d{2})年?\s?[-–—至到/]\s?((?:(?:19|20)?\d{2}))(?![\d/-]|[.,]\d)"
)
HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_YEAR = re.compile(r"[一二][〇零○一二三四五六七八九]{3}(?=年)")
_CHINESE_YEAR = re.compile(r"(?:\d{4}|[〇零一二三四五六七八九]{4})年(?:以来|以后|以前|之前|之后)?")
_TITLES = re.compile(
    r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》|“[^“”]{2,60}”|「[^「」]{2,60}」|«[^«»]{2,80}»|\"[^\"]{2,80}\""
)
_CAPITALIZED = r"(?:[A-ZÀ-ÖØ-ÞА-ЯЁ]\.(?=\s[A-ZÀ-ÖØ-ÞА-ЯЁ])|[A-ZÀ-ÖØ-ÞА-ЯЁ](?:[^\W\u4e00-\u9fff]|[’'.-](?=\w))*)"
_LATIN_NAME = re.compile(
    rf"(?<![.]|[^\W\u4e00-\u9fff])(?!(?:The|In|On|At|By|For|From|And|Le|Les|Dans|En|Au|Aux|В|На|По|С|К|И)\s){_CAPITALIZED}(?:\s+(?:(?:of|the|and|for|on|de|du|des|la|le|les|et|del|los|las|y|e|по|и|в|на)\s+)*{_CAPITALIZED})+"
)
# Chinese has no spaces: a name begins behind the words that lead over to it.
_ORGANIZATION = re.compile(
    r"(?![与和同及跟为对向日月年了])(?:(?![由请被从于的是在])[\u4e00-\u9fff]){2,18}?(?:委员会|理事会|组织|办公室|办事处|秘书处|大会|法院|检察院|公司|集团|协会|联盟|"
    r"银行|基金会|大学|学院|研究所|中心|警察|警署|部队|机构|当局|政府|议会|法庭|总署|署(?!名)|局(?![势面部])|(?<![全内外一各])部(?![分门队长署]))+"
)
# What an enumeration lies within: a sentence part without full stops, colons and brackets, in
# Chinese without commas too, because members are set off by the enumeration comma.
_ENUMERATION = re.compile(
    r"[^。！？：，:!?()（）\n]*[、；][^。！？：，:!?()（）\n]*"
    r"|[^。！？：.:!?()（）\n\u4e00-\u9fff]+(?:\.(?!\s|$)[^。！？：.:!?()（）\n\u4e00-\u9fff]*)*"
)
_LONG_ENUMERATION = re.compile(r"[^。！？：:!?\n]+")
_SEMICOLON = re.compile(r"[；;]\s*(?:以及|(?:and|et|y|e|и)\s|و)?")
_SEPARATOR = re.compile(
    r"、|以及|(?<=[\u4e00-\u9fff])(?:(?<!共)和(?![平解谐])|(?<!参)与(?!会)|(?<![涉普])及(?![其时])|或(?!者))(?=[\u4e00-\u9fff])"
    r"|[,،]\s(?:and\s|et\s|y\s|и\s|و)?|\s(?:and|et|y|e|и|و)\s"
)
_BETWEEN = re.compile(
    r"\s*(?:、|[,،;；])?(?:[和及与或]|以及)?\s*(?:(?:and|et|y|e|и)\s+|و)?(?:(?:in|à|au|aux|en|dans|в|во|на|في)\s+)?(?:(?:the|la|le|les|el|los|las)\s+|l['’])?\s*"
)
_UNKNOWN_MEMBER = re.compile(
    rf"(?:、|以及|[和及与或]|[,،]\s)(?P<name>[^\W\d_和及与或]{{2,10}}|{_CAPITALIZED}(?:\s{_CAPITALIZED}){{0,3}})"
    r"(?:、|以及|[和及与或]|[,،]\s(?:(?:and|et|y|e|и)\s|و)?|\s(?:and|et|y|e|и)\s)"
)
_OPENER = re.compile(
    r".*(?:包括|涵盖|例如|特别是|来自|分别是|分别为|即|如|是|为|在|向|对|从|"
    r"\b(?:including|such as|includes?|covers?|comprises?|in|from|are|were|for|to|"
    r"notamment|comme|comprend|comprennent|incluent|dans|sont|"
    r"incluid[oa]s?|incluyen?|comprenden?|como|en|son|"
    r"включая|таких как|включают?|охватывают?|в|"
    r"مثل|بما في ذلك|تشمل|تتضمن)\b)\s*"
)
# Endings of Russian nouns and adjectives; и stays where it tells two names apart (Нигерия, Нигер).
_RUSSIAN_ENDING = re.compile(
    r"(?:(?<=[гкх])и(?:й|е|х|ми?)|(?<=и)(?:[яюие]|ей|я[мх]|ями)"
    r"|(?<=[а-яё]{2})(?:[ое](?:го|му)|[аяы]ми|[аяы]х|[аяоеы]м|ая|яя|ое|ые|ую|[оеы]й|[аеиоуыьэюя])"
    r"|(?<=[а-яё]{4})ов)$"
)
# Territory codes of CLDR that name no place one could be in: the world, organizations, tests.
_NO_PLACES = {"001", "UN", "EU", "EZ", "QO", "ZZ", "XA", "XB"}
# Official names that CLDR, which keeps the usual ones, cannot be extended to, with their codes.
_OFFICIAL_NAMES = {
    "中华人民共和国": "CN",
    "大韩民国": "KR",
    "刚果民主共和国": "CD",
    "美利坚合众国": "US",
    "大不列颠及北爱尔兰联合王国": "GB",
    "Republic of Korea": "KR",
    "Democratic Republic of the Congo": "CD",
    "United States of America": "US",
    "Russian Federation": "RU",
    "République de Corée": "KR",
    "République démocratique du Congo": "CD",
    "Fédération de Russie": "RU",
    "República de Corea": "KR",
    "República Democrática del Congo": "CD",
    "Federación de Rusia": "RU",
    "Российская Федерация": "RU",
    "Республика Корея": "KR",
    "Демократическая Республика Конго": "CD",
    "Соединенные Штаты Америки": "US",
    "Соединенное Королевство": "GB",
    "Объединенные Арабские Эмираты": "AE",
    "Корейская Народно-Демократическая Республика": "KP",
    "Центральноафриканская Республика": "CF",
    "الاتحاد الروسي": "RU",
    "جمهورية كوريا": "KR",
    "جمهورية الكونغو الديمقراطية": "CD",
}


def quantities(text: str) -> list[Span]:
    """Return the numbers of `text` with their measure words, in order; dates are none."""
    taken = dates(text)
    return [
        Span(start=match.start(), end=match.end())
        for match in _QUANTITIES.finditer(text)
        if not any(date.start < match.end() and match.start() < date.end for date in taken)
    ]


def sums(text: str) -> list[Span]:
    """Return the sums of money of `text`, in order."""
    return [
        span
        for span in quantities(text)
        if _CURRENCY.search(text, span.start, span.end)
        or text[: span.start].rstrip()[-1:] in _CURRENCY_SIGNS
    ]


def dates(text: str) -> list[Span]:
    """Return the dates of `text` as finely as they are given, in order."""
    found = [Span(start=m.start(), end=m.end()) for m in _CHINESE_DATES.finditer(text)]
    found.extend(Span(start=m.start(), end=m.end()) for m in _western_dates().finditer(text))
    found.extend(Span(start=m.start(), end=m.end()) for m in YEAR.finditer(text))
    return _outermost(found)


def years(text: str) -> list[Span]:
    """Return the years of `text`, in Chinese with their word for year."""
    found = [Span(start=m.start(), end=m.end()) for m in _CHINESE_YEAR.finditer(text)]
    found.extend(Span(start=m.start(), end=m.end()) for m in YEAR.finditer(text))
    return _outermost(found)


def days_and_months(text: str) -> list[Span]:
    """Return the dates of `text` that are given to the month or the day, in order."""
    only_years = set(years(text))
    return [span for span in dates(text) if span not in only_years]


def western_years(text: str) -> str:
    """Return `text` with the years that are written in Chinese digits in Western ones."""
    return _HAN_YEAR.sub(lambda match: match.group().translate(HAN_DIGITS), text)


def years_covered(text: str) -> frozenset[str]:
    """Return the years, as four digits, that `text` names or that lie in a range it names."""
    plain = western_years(text)
    covered = {match.group() for match in YEAR.finditer(plain)}
    for match in _YEAR_RANGE.finditer(plain):
        last = match[1][: 4 - len(match[2])] + match[2]  # 2010-11
        covered.update(str(year) for year in range(int(match[1]), int(last) + 1))
    return frozenset(covered)


def without_years(text: str) -> str:
    """Return `text` without the years and ranges of years that it names in figures."""
    return YEAR.sub(" ", _YEAR_RANGE.sub(" ", text))


def places(text: str) -> list[Span]:
    """Return the countries, world regions and large cities that `text` names, in order."""
    return [span for span, _ in _named_places(text)]


def countries(text: str) -> list[Span]:
    """Return the countries and territories that `text` names, in order."""
    return [span for span, is_country in _named_places(text) if is_country]


def country_codes(text: str) -> dict[str, str]:
    """Return the countries and territories that `text` names, as written, with ISO 3166 codes."""
    codes = _codes_by_name()
    pattern, _ = _place_names()
    found: dict[str, str] = {}
    for span in countries(text):
        match = pattern.match(text, span.start)
        code = codes.get(_key(match["name"])) if match else None
        if code:
            found[text[span.start : span.end]] = code
    return found


def translated_places(text: str, *, language: str) -> dict[str, str]:
    """Return the places that `text` names, as written, with their names in `language`.

    Args:
        text: in any language.
        language: as CLDR calls it.
    """
    pattern, _ = _place_names()
    named = _names_in(language)
    found = {match["name"]: named.get(_key(match["name"])) for match in pattern.finditer(text)}
    return {name: other for name, other in found.items() if other is not None}


def largest_enumeration(text: str, found: Sequence[Span]) -> list[Span]:
    """Return the longest run of `found` in which only separators stand between two neighbours.

    The earliest of several equally long ones; all of `found` where no two are neighbours. A member
    that was not found (a misspelt or little known name) between two that were belongs to the run.
    """
    runs: list[list[Span]] = []
    for span in found:
        before = runs[-1][-1].end if runs else 0
        if runs and _BETWEEN.fullmatch(text, before, span.start):
            runs[-1].append(span)
        elif runs and (member := _UNKNOWN_MEMBER.fullmatch(text, before, span.start)):
            runs[-1].append(Span(start=member.start("name"), end=member.end("name")))
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

    Members stand between semicolons, or else between enumeration commas or commas and a last
    ``and``; the first begins behind the word that opens the enumeration. Where the last member
    runs on into the rest of its clause, its end cannot be told and nothing is returned.
    """
    for runs, separators in ((_LONG_ENUMERATION, _SEMICOLON), (_ENUMERATION, _SEPARATOR)):
        members = _members(text, runs, separators)
        if not members:
            continue
        opened = _OPENER.match(text, members[0].start, members[0].end)
        if opened and opened.end() < members[0].end:
            members[0] = _stripped(text, opened.end(), members[0].end)
        lengths = [span.end - span.start for span in members]
        if lengths[-1] <= 2 * max(lengths[:-1]):
            return members
    return []


def _members(text: str, runs: re.Pattern[str], separators: re.Pattern[str]) -> list[Span]:
    """Return the members of the run that has most of them, if these are three or more."""
    best: list[Span] = []
    for run in runs.finditer(text):
        members: list[Span] = []
        start = run.start()
        for separator in [*separators.finditer(text, run.start(), run.end()), None]:
            end = separator.start() if separator else run.end()
            if text[start:end].strip():
                members.append(_stripped(text, start, end))
            start = separator.end() if separator else end
        if len(members) > max(2, len(best)):
            best = members
    return best


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
        # Arabic has two sets of names; documents of the United Nations write both: أيار/مايو.
        for language in ("en", "fr", "es", "ru", "ar", "ar_LB")
        for context in ("format", "stand-alone")
        for name in Locale.parse(language).months[context]["wide"].values()
    }
    month = "(?:" + "|".join(sorted(months, key=len, reverse=True)) + ")"
    between = r"(?:\s(?:de|del|au|to|al|and|et|y|по|и|إلى|و|-|–)\s|[-–]|\s)"
    day = rf"\b\d{{1,2}}(?:er|st|nd|rd|th)?{between}"
    year = r"\s(?:de\s|del\s)?\d{4}(?:\s(?:года|год|г\.))?"
    # A month alone is a date unless its name is a common word too.
    return re.compile(
        rf"(?:{day}){{1,2}}{month}\b(?:/{month}\b)?(?:{year})?"
        rf"|\b{month}\b(?:/{month}\b)?(?:\s\d{{1,2}},{year}|{year})"
        rf"|\b(?!may\b|march\b|mars\b){month}\b(?:/{month}\b)?",
        re.IGNORECASE,
    )


def _named_places(text: str) -> list[tuple[Span, bool]]:
    """Return each place with whether it is a country, in order."""
    pattern, country = _place_names()
    return [
        (Span(start=match.start(), end=match.end()), country.fullmatch(match["name"]) is not None)
        for match in pattern.finditer(text)
    ]


@functools.cache
def _place_names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of CLDR's territories and time-zone cities, and that of country names.

    A code of two letters is a country or territory, one of digits a part of the world. What turns
    a short name into the official one ("... United Republic") belongs to the place.
    """
    from babel import Locale

    country_names = set(_OFFICIAL_NAMES)
    other_names: set[str] = set()
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for code, name in locale.territories.items():
            if code not in _NO_PLACES:
                (other_names if code.isdigit() else country_names).update(_spellings(name))
        other_names.update(zone["city"] for zone in locale.time_zones.values() if "city" in zone)
    listed = sorted(country_names | other_names, key=len, reverse=True)
    han = "|".join(re.escape(name) for name in listed if re.match(r"[\u4e00-\u9fff]{2}", name))
    spaced = "|".join(
        _inflected(name) for name in listed if re.match(r"(?![\u4e00-\u9fff])[^\W\d_].{2}", name)
    )
    letter = r"[^\W\u4e00-\u9fff]"
    # An Arabic preposition or "and" of one letter, or both, are written on to the name.
    begins = rf"(?:(?<!{letter})|(?<=(?<!{letter})[وفبل])|(?<=(?<!{letter})[وف][بلك]))"
    pattern = re.compile(
        rf"(?:多民族)?(?P<name>{han}|{begins}(?:{spaced})(?!{letter}))"
        r"(?:(?:人民|民主|联合|伊斯兰|阿拉伯|社会主义|主义|多民族)*(?:共和国|王国|联邦|国(?!家|际|内|民|务|会|立|籍|土|产|王)))?"
    )
    return pattern, re.compile("|".join(map(_inflected, country_names)))


@functools.cache
def _codes_by_name() -> dict[str, str]:
    """Return the codes of countries by the `_key` of each of their names."""
    from babel import Locale

    codes = {
        _key(spelling): code
        for language in LANGUAGES
        for code, name in Locale.parse(language).territories.items()
        if code not in _NO_PLACES and not code.isdigit()
        for spelling in _spellings(name)
    }
    return codes | {_key(name): code for name, code in _OFFICIAL_NAMES.items()}


@functools.cache
def _names_in(language: str) -> dict[str, str]:
    """Return what the places of CLDR are called in `language`, by their `_key` in any other."""
    from babel import Locale

    own = Locale.parse(language)
    locales = [Locale.parse(other) for other in LANGUAGES]
    cities = {
        _key(place["city"]): own.time_zones[zone]["city"]
        for other in locales
        for zone, place in other.time_zones.items()
        if "city" in place and "city" in own.time_zones.get(zone, {})
    }
    territories = {
        _key(spelling): own.territories[code]
        for other in locales
        for code, name in other.territories.items()
        if code not in _NO_PLACES and code in own.territories
        for spelling in _spellings(name)
    }
    official = {_key(name): own.territories[code] for name, code in _OFFICIAL_NAMES.items()}
    return {**cities, **territories, **official}


def _key(name: str) -> str:
    """Return the form in which a place's name is compared, whatever its case in Russian."""
    return re.sub(r"[а-яё]+", lambda match: _stem(match.group()), name.casefold())


def _spellings(name: str) -> set[str]:
    """Return a name of CLDR as texts have it: ``and`` for ``&``, either apostrophe and script."""
    written = name.replace(" & ", " and ")
    return {written, written.replace("’", "'"), simplified(written)}


def _inflected(name: str) -> str:
    """Return a pattern of `name`, for Russian words with any case endings."""
    if re.fullmatch(r"[А-ЯЁ][а-яё]{2,}[А-ЯЁа-яё-]*(?: [А-ЯЁа-яё]{4,})*", name) and len(name) > 3:
        return " ".join(_stem(word) + "[а-яё]{0,3}" for word in name.split(" "))
    return re.escape(name)


def _stem(word: str) -> str:
    """Return a Russian word without what its cases change: ``Центральн`` of ``Центральная``."""
    return _RUSSIAN_ENDING.sub("", word)
