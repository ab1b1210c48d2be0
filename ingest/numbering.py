"""What a printed number means: paragraph numbers, headings' numbers, sub-items' letters.

A mark can often be read in more than one way: ``(i)`` is the letter after ``(h)`` or the first
Roman number, ``C.`` a letter or a hundred. So a mark has several readings; which one holds is
seen from its neighbours, in `ingest.structure`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a mark: the `value`-th of its `kind`, from 1."""

    kind: str
    value: int

    @property
    def system(self) -> str:
        """What it counts in, whatever brackets it stands in."""
        return self.kind.removesuffix("()").removesuffix(")")


Readings = tuple[Reading, ...]


def readings_after(above: Readings, below: Readings) -> Readings:
    """Return those readings of a mark under which it comes right after the mark `above`."""
    return tuple(
        reading for reading in below if Reading(kind=reading.kind, value=reading.value - 1) in above
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A paragraph number at the start of a line, such as ``25.`` or ``3.2``.

    Attributes:
        value: its parts, ``(3, 2)``.
        length: code points before the text that follows.
    """

    value: tuple[int, ...]
    length: int

    @property
    def label(self) -> str:
        """The number in digits 0-9, such as ``3.2``."""
        return ".".join(map(str, self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The mark of a heading or sub-item at the start of a line.

    Attributes:
        printed: as it is written in a label or heading: ``IV. ``, ``一、``, ``(a)``.
        readings: every way to read it, at least one.
        length: code points before the text that follows.
    """

    printed: str
    readings: Readings
    length: int


# One to four digits of any script, then a stop that is set off from what follows: `25. `,
# `25.本`, `25、`, `25 - ` (Arabic), also `8.2011年` and `8. 2011`, but neither `12.5` nor `3 400`.
_PARAGRAPH = re.compile(
    r"(\d{1,4})(?:\s?[.．。](?:\s+|$|(?=[^\d\s.．,，;；:：)）\]])|(?=(?:19|20)\d\d(?!\d)))|、\s*|\s?[-–—]\s+|\t\s*)"
)
_DECIMAL = re.compile(r"(\d{1,3}(?:[.．]\d{1,3}){1,4})(?:[.．、]\s*|\s+|$|(?=[^\W\d_a-zA-Z]))")
_CONTENTS_LINE = re.compile(
    r"(?:\.\s?){4}|…\s?…|(?:\t|\s{3})\s*\d{1,4}(?:[-–]\d{1,4})?(?:\s+\d{1,4})?\s*$"
)

_HAN_DIGITS = "零一二三四五六七八九"
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_ARABIC_LETTERS = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ARABIC_LETTER_NAMES = [
    "ألف",
    "باء",
    "جيم",
    "دال",
    "هاء",
    "واو",
    "زاي",
    "حاء",
    "طاء",
    "ياء",
    "كاف",
    "لام",
    "ميم",
    "نون",
    "سين",
    "عين",
    "فاء",
    "صاد",
    "قاف",
    "راء",
    "شين",
    "تاء",
]
_ARABIC_UNITS = ["أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر"]
_ARABIC_ORDINALS = (
    ["أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"]
    + ["حادي عشر"]
    + [f"{unit} عشر" for unit in _ARABIC_UNITS[1:9]]
)
_ARABIC_VOWELS = re.compile(r"[\u064b-\u0652\u0640]")
# Russian lists leave out some of ё, й, ъ, ы, ь; а list is read in both alphabets.
_CYRILLIC_LETTERS = (
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "абвгдежзийклмнопрстуфхцчшщэюя",
    "абвгдеёжзиклмнопрстуфхцчшщэюя",
    "абвгдеёжзийклмнопрстуфхцчшщэюя",
)
# Some Spanish lists count their own letter, the others have the one behind it.
_SPANISH_LETTERS = "abcdefghijklmnñopqrstuvwxyz"
# Lists typed with the wrong keyboard mix these with Latin letters, as in `а) b) с)`.
_LATIN_TWINS = dict(zip("аасеорхуіАВЕКМНОРСТХ", "aaceopxyiABEKMHOPCTX", strict=True))
_CHAPTER_WORDS = (
    "Chapter|Part|Section|Chapitre|Partie|Capítulo|Parte|Sección|Глава|Часть|Раздел|"
    "الفصل|الباب|الجزء|القسم"
)

_HEADING = re.compile(
    rf"(?P<chapter>第(?P<ordinal>{_HAN_NUMBER}|\d{{1,3}})(?:章|节|節|部分|篇|编|編))[.．、:：]?\s*"
    rf"|(?P<word>(?:{_CHAPTER_WORDS})\s+(?P<count>\d{{1,3}}|[IVXLC]{{1,7}}))(?:\s*[.:–—-]\s+|\s+|$)"
    rf"|(?P<han>{_HAN_NUMBER})(?:\s?(?P<han_stop>[.．。、])\s*|\s{{2,}}|[\u3000\t])"
    r"|(?P<letter>[IVXLC]{1,7}|[A-Z]|[А-Я])(?:\s?[.．]\s+|\s?[.．]$|．|\s?、\s*|\s+[-–—]\s+|\t|\s{3,})"
    r"|(?P<arabic>[\u0621-\u0652]{3,8}(?:\s+عشر)?)\s*(?P<arabic_stop>[-–—.:])\s*",
)
_ITEM = re.compile(
    r"[(（]\s?(?P<bracketed>[A-Za-z]{1,5}|[Ａ-Ｚａ-ｚ]{1,5}|[а-яёñ]|[\u0621-\u064a]\u0640?|\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)）]\s*"
    r"|(?P<half>[a-zñ]|[ivx]{2,5}|[а-яё]|[\u0621-\u064a]\u0640?|\d{1,2})[)）](?:\s+|(?=[\u3400-\u9fff]))"
    r"|(?P<dashed>[\u0621-\u064a]\u0640?)\s?[-–—]\s+"
    r"|['‘’](?P<quoted>\d{1,2})['‘’]\s*"
    r"|(?P<enclosed>[㈠-㈩⑴-⒇⒜-⒵])\s*"
    r"|(?P<circled>[①-⑳])\s*"
    # `a. `, but no abbreviation such as `i. e.`
    r"|(?P<stopped>[a-zñ]|[ivx]{2,5}|[а-яё]|[\u0621-\u064a]\u0640?)"
    r"(?:[.．]\s+(?![a-zа-яё][.．])|[.．、](?=[\u3400-\u9fff]))"
)
_AUTOMATIC_ITEM = re.compile(
    rf"{_ITEM.pattern}|(?P<bare>[a-z]{{1,5}}|[а-яё]|[\u0621-\u064a]\u0640?)[.．]?\s+"
)
# What a mark stands in, as part of its readings' kind: `(1)` and `1)` can be lists in one another.
_ITEM_DRESSES = {
    "bracketed": "()",
    "enclosed": "()",
    "half": ")",
    "dashed": "-",
    "quoted": "''",
    "circled": "○",
    "stopped": ".",
    "bare": ".",
}

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNIT_OF_LENGTH = re.compile(r"(?<![^\W\d_])[cdkm]?m$|[米里]$")


def raised(text: str) -> str:
    """Return the text with raised digits, so that no number grows by them (km², 2011¹)."""
    return text.translate(_RAISED)


def is_power_of_unit(before: str, mark: str) -> bool:
    """Say whether a raised mark behind the text is an exponent (km², m³) and calls no note."""
    return mark in ("2", "3") and _UNIT_OF_LENGTH.search(before) is not None


def is_contents_line(text: str) -> bool:
    """Say whether the line is an entry of a table of contents, its page number set off."""
    return _CONTENTS_LINE.search(text) is not None


def read_number(text: str) -> Number | None:
    """Return the paragraph number that `text` begins with, or None.

    Whether the number really opens a paragraph only its neighbours can tell.
    """
    found = _PARAGRAPH.match(text)
    if found is None:
        found = _DECIMAL.match(text)
    if found is None or is_contents_line(text):
        return None
    return Number(
        value=tuple(int(part) for part in re.split("[.．]", found.group(1))), length=found.end()
    )


def read_heading_mark(text: str) -> Mark | None:
    """Return the heading number that `text` begins with (``IV.``, ``A.``, ``十一.``), or None.

    Plain numbers and marks in brackets, which can head a section too, are `read_number`'s and
    `read_item_mark`'s.
    """
    found = _HEADING.match(text)
    if found is None:
        return None
    if found["chapter"]:
        printed, readings = (
            f"{found['chapter']}. ",
            [_counted(found["ordinal"], "第" + found["chapter"][-1])],
        )
    elif found["word"]:
        printed = f"{found['word']}. "
        readings = [_counted(found["count"], found["word"].split()[0])]
    elif found["han"]:
        printed = found["han"] + ("、" if found["han_stop"] == "、" else ". ")
        readings = [_counted(found["han"], "han")]
    elif found["letter"]:
        printed = f"{found['letter']}. "
        readings = list(_letter_readings(found["letter"]))
    else:
        bare = _ARABIC_VOWELS.sub("", found["arabic"])
        readings = [
            Reading(kind=kind, value=names.index(bare) + 1)
            for kind, names in (("ordinal", _ARABIC_ORDINALS), ("letter", _ARABIC_LETTER_NAMES))
            if bare in names
        ]
        printed = f"{found['arabic']} - "
    if not readings:
        return None
    return Mark(printed=printed, readings=tuple(readings), length=found.end())


def read_item_mark(text: str, *, is_automatic: bool = False) -> Mark | None:
    """Return the sub-item mark that `text` begins with (``(a)``, ``a.``, ``（一）``), or None.

    Args:
        text: a line.
        is_automatic: whether the mark is known to be one; then ``a`` and ``iii.`` are too.
    """
    found = (_AUTOMATIC_ITEM if is_automatic else _ITEM).match(text)
    if found is None or found.lastgroup is None:
        return None
    token, dress = found[found.lastgroup], _ITEM_DRESSES[found.lastgroup]
    if found.lastgroup in ("circled", "enclosed") or token[0] > "\uff00":
        # Signs of one character that stand for digits or letters, full-width ones too.
        token = unicodedata.normalize("NFKC", token).strip("()")
    if token[0].isdigit():
        token = str(int(token))
        readings = [Reading(kind=f"1 {dress}", value=int(token))]
    elif _han_value(token):
        readings = [Reading(kind=f"han {dress}", value=_han_value(token))]
    else:
        readings = [
            Reading(kind=f"{reading.kind} {dress}", value=reading.value)
            for reading in _letter_readings(token)
        ]
    if not readings:
        return None
    return Mark(printed=f"({token})", readings=tuple(readings), length=found.end())


@lru_cache(maxsize=4096)
def _letter_readings(token: str) -> Readings:
    """Return every reading of a letter or Roman number; none where it is a word."""
    latin = "".join(_LATIN_TWINS.get(letter, letter) for letter in token)
    case = "upper" if token.isupper() else "lower"
    readings: list[Reading] = []
    if latin.isascii():
        roman = _roman_value(latin.upper()) if latin.isupper() or latin.islower() else 0
        if roman:
            readings.append(Reading(kind=f"{case} roman", value=roman))
        if len(set(latin)) == 1 and len(latin) <= 2:
            # After z comes aa.
            value = ord(latin[0].lower()) - ord("a") + 1 + 26 * (len(latin) - 1)
            readings.append(Reading(kind=f"{case} letter", value=value))
    if len(token) == 1:
        if token.lower() in _SPANISH_LETTERS:
            value = _SPANISH_LETTERS.index(token.lower()) + 1
            readings.append(Reading(kind=f"{case} spanish", value=value))
        for number, alphabet in enumerate(_CYRILLIC_LETTERS):
            if token.lower() in alphabet:
                value = alphabet.index(token.lower()) + 1
                readings.append(Reading(kind=f"{case} cyrillic {number}", value=value))
    bare = _ARABIC_VOWELS.sub("", token).replace("ا", "أ")
    if len(bare) == 1 and bare in _ARABIC_LETTERS:
        readings.append(Reading(kind="arabic", value=_ARABIC_LETTERS.index(bare) + 1))
    return tuple(readings)


def _counted(number: str, kind: str) -> Reading:
    """Read a number that can only be a number: Chinese, Roman or in digits."""
    value = int(number) if number.isdecimal() else _han_value(number) or _roman_value(number)
    return Reading(kind=kind, value=value)


def _han_value(number: str) -> int:
    """Return the value of a Chinese number below 100, or 0 where it is none."""
    tens, ten, units = number.rpartition("十")
    if any(part not in _HAN_DIGITS for part in (tens, units)) or len(tens) > 1 or len(units) > 1:
        return 0
    value = (_HAN_DIGITS.index(tens) if tens else 1) * 10 if ten else 0
    return value + (_HAN_DIGITS.index(units) if units else 0)


def _roman_value(number: str) -> int:
    """Return the value of a Roman number in capitals, or 0 where it is none."""
    if not re.fullmatch(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", number):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in number]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
