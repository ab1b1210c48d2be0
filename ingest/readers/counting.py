"""Automatic numbers as they are shown: 4 is ``iv``, ``d``, ``四`` or ``г``.

The systems are those of Word (ECMA-376 part 1, 17.18.59 ST_NumberFormat) and of the predefined
counter styles of CSS, which name most of them differently.
"""

from collections.abc import Callable, Mapping
from functools import partial

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_LARGEST_ROMAN = 3999
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
# Word leaves out ё, й, ъ, ы and ь.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ARABIC_ALPHABET = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ARABIC_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_UNITS = ("", "十", "百", "千")
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_UNITS = ("", "拾", "佰", "仟")
_LARGEST_HAN = 9999
_CIRCLED = 20
# Word's own limit for letters.
_LARGEST_REPEATED = 780


def shown_number(value: int, system: str) -> str:
    """Return `value` in the numbering system, in digits where it has no sign for the value.

    Args:
        value: any whole number.
        system: Word's or CSS's name, such as ``lowerRoman`` or ``lower-roman``; an unknown one
            counts in digits.
    """
    write = _SYSTEMS.get(system)
    return write(value) if write is not None else str(value)


def _roman(value: int) -> str:
    if not 0 < value <= _LARGEST_ROMAN:
        return str(value)
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (value // worth)
        value %= worth
    return text


def _repeated(value: int, *, letters: str) -> str:
    """Count as Word does: after z come aa, bb, cc."""
    if not 0 < value <= _LARGEST_REPEATED:
        return str(value)
    rounds, place = divmod(value - 1, len(letters))
    return letters[place] * (rounds + 1)


def _alphabetic(value: int, *, letters: str) -> str:
    """Count as CSS does: after z come aa, ab, ac."""
    if value < 1:
        return str(value)
    text = ""
    while value:
        value, place = divmod(value - 1, len(letters))
        text = letters[place] + text
    return text


def _single(value: int, *, signs: str) -> str:
    return signs[value - 1] if 0 < value <= len(signs) else str(value)


def _digits(value: int, *, digits: str) -> str:
    return "".join(digits[int(one)] if one.isdecimal() else one for one in str(value))


def _han(value: int, *, digits: str = _HAN_DIGITS, units: tuple[str, ...] = _HAN_UNITS) -> str:
    """Return 十, 十一, 二十, 一百〇一; in formal writing the one before ten is kept."""
    if not 0 < value <= _LARGEST_HAN:
        return str(value)
    text = ""
    for place in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**place % 10
        if digit:
            text += digits[digit] + units[place]
        elif value % 10**place and not text.endswith(digits[0]):
            text += digits[0]
    return text[1:] if 10 <= value < 20 and units == _HAN_UNITS else text


def _enclosed(value: int, *, first: str) -> str:
    return chr(ord(first) + value - 1) if 0 < value <= _CIRCLED else str(value)


def _upper(value: int, *, write: Callable[[int], str]) -> str:
    return write(value).upper()


_russian = partial(_repeated, letters=_RUSSIAN)
_latin_word = partial(_repeated, letters=_LATIN)
_latin_css = partial(_alphabetic, letters=_LATIN)
_han_thousand = partial(_han, digits="零一二三四五六七八九")
_han_digital = partial(_digits, digits=_HAN_DIGITS)
_full_width = partial(_digits, digits="０１２３４５６７８９")
_arabic_indic = partial(_digits, digits="٠١٢٣٤٥٦٧٨٩")
_formal = partial(_han, digits=_FORMAL_DIGITS, units=_FORMAL_UNITS)

_SYSTEMS: Mapping[str, Callable[[int], str]] = {
    "lowerRoman": _roman,
    "upperRoman": partial(_upper, write=_roman),
    "lowerLetter": _latin_word,
    "upperLetter": partial(_upper, write=_latin_word),
    "russianLower": _russian,
    "russianUpper": partial(_upper, write=_russian),
    "arabicAlpha": partial(_repeated, letters=_ARABIC_ALPHABET),
    "arabicAbjad": partial(_repeated, letters=_ARABIC_ABJAD),
    "decimalZero": "{:02d}".format,
    "numberInDash": "- {} -".format,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": partial(_enclosed, first="①"),
    "decimalEnclosedCircleChinese": partial(_enclosed, first="①"),
    "decimalEnclosedParen": partial(_enclosed, first="⑴"),
    "decimalEnclosedFullstop": partial(_enclosed, first="⒈"),
    "chineseCounting": _han,
    "chineseCountingThousand": _han_thousand,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han_thousand,
    "japaneseCounting": _han,
    "chineseLegalSimplified": _formal,
    "ideographDigital": _han_digital,
    "taiwaneseDigital": _han_digital,
    "japaneseDigitalTenThousand": _han_digital,
    "ideographTraditional": partial(_single, signs=_HEAVENLY_STEMS),
    "ideographZodiac": partial(_single, signs=_EARTHLY_BRANCHES),
    "none": lambda value: "",
    "lower-roman": _roman,
    "upper-roman": partial(_upper, write=_roman),
    "lower-alpha": _latin_css,
    "lower-latin": _latin_css,
    "upper-alpha": partial(_upper, write=_latin_css),
    "upper-latin": partial(_upper, write=_latin_css),
    "lower-greek": partial(_alphabetic, letters=_GREEK),
    "decimal-leading-zero": "{:02d}".format,
    "arabic-indic": _arabic_indic,
    "cjk-decimal": _han_digital,
    "cjk-ideographic": _han_thousand,
    "simp-chinese-informal": _han_thousand,
    "trad-chinese-informal": _han_thousand,
    "simp-chinese-formal": _formal,
    "cjk-heavenly-stem": partial(_single, signs=_HEAVENLY_STEMS),
    "cjk-earthly-branch": partial(_single, signs=_EARTHLY_BRANCHES),
}
