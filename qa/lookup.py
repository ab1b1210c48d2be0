"""Documents, paragraphs and years that a question asks for by name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.furniture import SYMBOL as SYMBOL_PATTERN
from qa.spans import HAN_DIGITS, YEAR, western_years

SYMBOL = re.compile(rf"(?<![A-Za-z0-9_/.-]){SYMBOL_PATTERN}")
"""A document symbol in a question; Chinese sets no space round it."""

_ITEM = r"(?:\s*[(（]\s*[^\W\d_]{1,5}\s*[)）]|\s*(?:[ivx]{2,4}|[^\W\d_])\))"
_ITEMS = rf"(?:{_ITEM}){{1,2}}"
HAN_NUMBER = r"[一二三四五六七八九十百零〇]{1,7}"
"""Pattern of numbers below a thousand in Chinese characters."""
_LABEL = rf"\d{{1,4}}(?:\.\d{{1,3}})*(?:{_ITEM}){{0,2}}"
_HAN_LABEL = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})*|{HAN_NUMBER})(?:{_ITEM}){{0,2}}"
_TO = r"\s*[至到–—-]\s*第?\s*|\s+(?:to|through|à|au|al?|до|по|إلى)\s+"
_JOIN = rf"(?:{_TO}|\s*[,،、，]\s*(?:(?:and|et|y|и)\s+|و\s*)?|\s*[和与及]\s*第?\s*|\s+(?:and|et|y|и)\s+|\s+و\s*)"
# Several numbers behind one word are several paragraphs only where the word is a plural.
_LABELS = rf"(?P<labels>{_LABEL}(?(several)(?:{_JOIN}{_LABEL})*))(?![\d/])"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"第\s*(?P<labels>{_HAN_LABEL}(?:{_JOIN}{_HAN_LABEL})*)\s*(?:分?段|款|项(?!议|决|建|目|原|活|措|内|工|任))"
        rf"(?:的?\s*第?\s*(?P<item>{_ITEMS}|[a-z](?=\s*(?:项|分段|款)))\s*(?:项|分段|款)?)?",
        rf"(?:sub-?paragraph\s*(?P<item>{_ITEMS}|[a-z])\s*of\s*)?(?:\b(?:paragraph|para)(?P<several>s)?\.?|¶)\s*{_LABELS}",
        rf"(?:(?:l['’]|\b)alinéa\s*(?P<item>{_ITEMS}|[a-z])\s*du\s*)?\b(?:paragraphe(?P<several>s)?|par\.|paragr\.)\s*{_LABELS}",
        rf"(?:el apartado\s*(?P<item>{_ITEMS}|[a-z])\s*del\s*)?\b(?:p[áa]rrafo(?P<several>s)?|párrs?\.)\s*{_LABELS}",
        rf"(?:подпункт\w*\s*(?P<item>{_ITEMS}|[а-яa-z])\s*)?\b(?:пункт(?:(?P<several>ы|ов|ам|ах|ами)|\w*)|п\.|параграф\w*)\s*{_LABELS}",
        rf"(?:الفقرة الفرعية\s*(?P<item>{_ITEMS}|\w)\s*من\s*)?\b[وب]?(?:ال|لل)?فقر(?:ة|(?P<several>ات|تان|تين))\s*{_LABELS}",
        # A sub-item alone, as one types it to see it.
        r"^\W*(?P<labels>\d{1,4}[(（][a-z][)）])(?![a-z0-9])",
    )
)
_RANGE_LIMIT = 20
"""Paragraphs that a range may name; a longer one is taken for its two ends."""
# What may stand round a paragraph's name when its text is asked for and nothing else.
_FILLERS = re.compile(
    r"说了?(?:些|的)?(?:什么|啥)?|讲了?(?:些|的)?(?:什么|啥)?|写了?(?:些|的)?(?:什么|啥)?|(?:主要|具体)?内容|是?什么|怎么(?:说|写)|全文|原文|文字|规定了?|"
    r"提到了?|关于|请|给我|让我|显示|引用|看看?|一下|告诉我|这份|该|报告|文件|的|里面|里|中|有|啥|呢|吗|在"
    r"|和|与|及|以及|并|总结|概括|概述|归纳|简述|摘要|简要"
    r"|\b(?:and|et|y|и)\b|(?<!\w)و(?!\w)"
    r"|\b(?:what|does|do|did|is|are|was|say|says|said|state|states|read|reads|in|the|of|on|about|content|contents|text|show|give|tell|quote|"
    r"display|me|please|report|document|full|exact|wording|written|can|you|to|from|it|stand|stands|"
    r"summari[sz]e|sum\s+up|briefly|(?:a\s+)?(?:(?:brief|short)\s+)?summary)\b"
    r"|\b(?:que|qu|quel|quelle|est|dit|dis|disent|contient|contiennent|le|la|les|l|du|de|des|d|dans|au|contenu|texte|montre|montrez|cite|citez|affiche|affichez|moi|"
    r"rapport|document|s’il|vous|plaît|ce|énonce|prévoit|lit|on|"
    r"résume[rz]?|brièvement|(?:un\s+)?(?:bref\s+)?résumé|faites|fais|donnez|donne)\b"
    r"|\b(?:qué|cuál|es|dice|dicen|el|la|del|los|en|contenido|texto|muestra|muestre|muéstrame|cita|cite|informe|documento|por|favor|lo|se|contiene|contienen|"
    r"resum[ae]|resumir|resúm[ae]me|brevemente|(?:un\s+)?(?:breve\s+)?resumen|haga|haz)\b"
    r"|\b(?:что|о|чем|чём|говорит|говорится|сказано|написано|гласит|содержит|содержится|в|во|текст|содержание|покажи|покажите|процитируй|"
    r"доклада|докладе|документа|документе|мне|каково|какой|этого|кратко|краткое|вкратце|"
    r"изложи(?:те)?|изложение|перескажи(?:те)?|резюмируй(?:те)?|резюме|обобщи(?:те)?|подытожь(?:те)?)\b"
    r"|(?:لخ\u0651?ص|تلخيص|موجز|ملخص|قدم|"
    r"ماذا|ما|هو|هي|تقول|يقول|جاء|ورد|تنص|على|عليه|في|نص|محتوى|مضمون|اعرض|اقتبس|من|التقرير|الوثيقة|لي|الذي|عن|تتحدث)(?!\w)",
    re.IGNORECASE,
)
_AS_WRITTEN: Mapping[int, int] = {}
_ARABIC_ORDINALS = ("الأول", "الثاني", "الثالث", "الرابع", "الخامس")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_ANNEX = re.compile(
    rf"(?:附件|附錄|附录|\bannexe?\b|\banexo\b|\bприложени\w+|(?:ال|لل)?مرفق)\s*"
    rf"(?P<number>[IVXL]+\b|\d+(?!\d*\s*段)|{HAN_NUMBER}|{'|'.join(_ARABIC_ORDINALS)})?",
    re.IGNORECASE,
)
_LOOK_ALIKES = str.maketrans("асеорху", "aceopxy")
# The order in which the alphabets count items; the Arabic one is the abjad.
_ALPHABETS = str.maketrans(
    "абвгдежзиклмн" + "أبجدهوزحطيكلمن" + "ا", "abcdefghijklm" + "abcdefghijklmn" + "a"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlaces:
    """What a question asks for by name.

    Attributes:
        labels: paragraph labels in the form of the library, in the order named.
        symbols: document symbols.
        years: years, as four digits.
        is_look_up: nothing but the text of the named paragraphs is asked for.
    """

    labels: tuple[str, ...]
    symbols: tuple[str, ...]
    years: tuple[str, ...]
    is_look_up: bool


def named_places(question: str) -> NamedPlaces:
    """Return the documents, paragraphs and years that `question` names."""
    text = western_years(_western_digits(question))
    symbols = tuple(dict.fromkeys(match.group() for match in SYMBOL.finditer(text)))
    rest = SYMBOL.sub(" ", text)
    labels: dict[str, None] = {}
    annex = _ANNEX.search(rest)
    before = f"{annex.group().strip()}/" if annex else ""
    for pattern in _PATTERNS:
        for match in pattern.finditer(rest):
            named = _labels(match["labels"])
            named[-1] = _label(named[-1] + (match.groupdict().get("item") or ""))
            labels.update((before + label, None) for label in named)
        rest = pattern.sub(" ", rest)
    years = tuple(
        dict.fromkeys(match.group() for match in YEAR.finditer(rest) if match.group() >= "1900")
    )
    if labels:
        rest = _ANNEX.sub(" ", rest)
    has_more = re.search(r"\w", _FILLERS.sub(" ", rest)) is not None
    return NamedPlaces(
        labels=tuple(labels),
        symbols=symbols,
        years=years,
        is_look_up=bool(labels) and not has_more,
    )


def find_label(label: str, *, among: Sequence[str]) -> str | None:
    """Return the one of `among` that `label` names, or None.

    Item letters are compared first as they are, then by their looks (Latin ``a``, Cyrillic ``а``),
    then by their place in the alphabet: people ask for ``25(б)`` or ``25(ب)`` in a document that
    has ``25(b)``. An annex is the same under its name in another language.
    """
    for alphabet in (_AS_WRITTEN, _LOOK_ALIKES, _ALPHABETS):
        wanted = _folded(label, alphabet)
        for known in among:
            if _folded(known, alphabet) == wanted:
                return known
    return None


def number_of(label: str) -> str:
    """Return the number that a label begins with, behind its annex: ``25`` of ``25(a)``."""
    return re.split(r"[(#]", label.rpartition("/")[2])[0]


def symbols_among(symbols: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """Return the ids of the documents whose symbol (``id -> symbol``) is one of `symbols`."""
    wanted = {symbol.upper() for symbol in symbols}
    return [document for document, symbol in known.items() if symbol.upper() in wanted]


def _labels(written: str) -> list[str]:
    """Return each label of an enumeration, a range of whole paragraphs written out."""
    labels: list[str] = []
    end = 0
    for match in re.finditer(_HAN_LABEL, written):
        label = _label(match.group())
        if labels and re.fullmatch(_TO, written[end : match.start()]):
            first, last = labels[-1], label
            if first.isdecimal() and last.isdecimal() and int(last) - int(first) < _RANGE_LIMIT:
                labels.extend(str(number) for number in range(int(first) + 1, int(last)))
        labels.append(label)
        end = match.end()
    return labels


def _label(written: str) -> str:
    """Return a label as the library writes it: Western digits, items in round brackets."""
    compact = re.sub(r"\s", "", written).replace("（", "(").replace("）", ")")
    match = re.match(rf"({HAN_NUMBER})", compact)
    if match:
        compact = str(han_number(match[1])) + compact[match.end() :]
    number = re.match(r"[\d.]+", compact)
    assert number is not None
    found = re.findall(r"[^\W\d_]+", compact[number.end() :])
    return number.group() + "".join(f"({item})" for item in found)


def han_number(text: str) -> int:
    """Return the value of a Chinese numeral up to 999, such as 二十五 or 一百零三."""
    total, digit = 0, 0
    for character in text:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = int(character.translate(HAN_DIGITS))
    return total + digit


def _western_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )


def _folded(label: str, alphabet: Mapping[int, int]) -> tuple[int, str]:
    """Return the number of a label's annex (0: none) and the rest, ready for comparing."""
    annex, _, rest = label.rpartition("/")
    match = _ANNEX.match(annex)
    number = 0
    if match:
        number = _annex_number(match["number"] or "1")
    return number, rest.casefold().translate(alphabet)


def _annex_number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if re.fullmatch(HAN_NUMBER, written):
        return han_number(written)
    if written in _ARABIC_ORDINALS:
        return _ARABIC_ORDINALS.index(written) + 1
    values = [_ROMAN_DIGITS[character] for character in written.upper()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
