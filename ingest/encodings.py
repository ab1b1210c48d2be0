"""Which encoding text has: told by how plausible the characters are that come out.

Any bytes are text in several encodings, but only in one of them do they spell words of Chinese,
French, Spanish, Russian or Arabic: the right script throughout a word, capitals in front, and the
characters that every text of the language is full of. Where no encoding does, there is no answer.
"""

import codecs
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

# Of the characters outside ASCII at least this share is usual in its language.
_LEAST_USUAL_SHARE = 0.85
# Of the letters at least this share is among the frequent ones, which in real text are about half
# of Chinese and two thirds of Russian and Arabic; of bytes read in the wrong encoding few are.
# Below so many letters frequency says nothing.
_LEAST_FREQUENT_SHARE = {"han": 0.1, "cyrillic": 0.45, "arabic": 0.45, "latin": 0.0}
_FEWEST_LETTERS = {"han": 30, "cyrillic": 5, "arabic": 5, "latin": 0}
# Unaccented Latin letters to each letter outside ASCII, at least and at most: accents do not stand
# alone, and one letter of another alphabet among Latin ones is an accented one.
_LATIN_LETTERS_EACH = {
    "han": (0, sys.maxsize),
    "cyrillic": (0, 4),
    "arabic": (0, 4),
    "latin": (1, sys.maxsize),
}
_LATIN_LETTER = re.compile(r"[A-Za-z]")
# A word that mixes scripts, or a capital behind a small letter, weighs as much as so many others.
_ODD_WEIGHT = 3
# Characters of the text that are looked at: more change nothing but the time it takes.
_SAMPLE_LENGTH = 100_000
_SAMPLE_MARGIN = 100
_FOREIGN = re.compile(r"[^\x00-\x7f]")

_PUNCTUATION = frozenset("“”‘’«»„–—…•·§°№©®±½¼¾²³¹ºª\xa0\xad¿¡′″\u200c\u200d\u200e\u200f")
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")
_ARABIC = frozenset(map(chr, (*range(0x0621, 0x063B), *range(0x0640, 0x0653)))) | frozenset("،؛؟")
_ACCENTED = frozenset("àâäáçéèêëîïíôöóùûüúÿœæñßÀÂÄÁÇÉÈÊËÎÏÍÔÖÓÙÛÜÚŒÆÑ€")
_FREQUENT = frozenset(
    "的一是不了在有人他这为之大来以个中上们到说国和地也子时出而要于就下得可年生自会那后能对着事其里所"
    "去行过家十用发天如然作方成者多日都三小二无同经法当起与学进种将还分此前面又定见只主公从各第本关报"
    "告联合段员议秘书处决协助援技术执打击犯罪区域活动案情况问题组织际"
    "這為來個們說國時於後對過發無經當與學進種將還見從關報聯員議書處決協術執擊區動況題組織際"
    "оеаинтсрвлОЕАИНТСРВЛ"
    "الينموتربالأة"
    "éèêàçáíóúñ"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Encoding:
    """An encoding, the kind of letters that it is for, and which characters are usual in it."""

    codec: str
    letters: str
    is_usual: Callable[[str], bool]


def _is_usual_gb(character: str) -> bool:
    """Say whether GB 2312 has it as punctuation, letter or one of its 3,755 common characters."""
    lead = _lead_byte(character, "gb2312")
    return 0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xD7


def _is_usual_big5(character: str) -> bool:
    """Say whether Big5 has it as punctuation or as one of its 5,401 common characters."""
    lead = _lead_byte(character, "big5")
    return 0xA1 <= lead <= 0xA2 or 0xA4 <= lead <= 0xC6


def _lead_byte(character: str, codec: str) -> int:
    try:
        return character.encode(codec)[0]
    except UnicodeEncodeError:
        return 0


# Of equally plausible ones the first is taken.
_LEGACY = (
    _Encoding(codec="gb18030", letters="han", is_usual=_is_usual_gb),
    _Encoding(codec="cp950", letters="han", is_usual=_is_usual_big5),
    _Encoding(codec="cp1252", letters="latin", is_usual=_ACCENTED.__contains__),
    _Encoding(codec="cp1251", letters="cyrillic", is_usual=_RUSSIAN.__contains__),
    _Encoding(codec="cp1256", letters="arabic", is_usual=_ARABIC.__contains__),
    # GB18030 holds traditional text too, whose common characters are those of Big5.
    _Encoding(codec="gb18030", letters="han", is_usual=_is_usual_big5),
)
# Latin letters beside those of other scripts or round one of them, accents in a row and capitals
# behind small letters are what bytes in the wrong encoding look like.
_ODD = re.compile(
    r"[A-Za-z](?=[\u0400-\u06ff])|[\u0400-\u06ff](?=[A-Za-z\u00c0-\u024f])"
    r"|[a-z][\u4e00-\u9fff](?=[a-z])|[\u00c0-\u024f](?=[\u0400-\u06ff])|[\u00c0-\u024f]{3}"
    r"|[a-zа-яё\u00df-\u00f6\u00f8-\u00ff](?=[А-ЯЁ\u00c0-\u00d6\u00d8-\u00de])"
)


def decode_plausibly(data: bytes) -> str | None:
    """Return `data` as text without byte order mark, or None where no encoding makes sense of it.

    UTF-8 and UTF-16 with and without byte order mark, GB18030, Big5 and the Windows code pages
    1251, 1252 and 1256 are tried.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_strictly(data, "utf-16")
    if b"\0" in data:
        for codec in ("utf-16-le", "utf-16-be"):
            text = decode_strictly(data, codec)
            if text is not None and _is_plausible_utf_16(text):
                return text
    text = decode_strictly(data, "utf-8-sig")
    if text is not None:
        return text
    best, best_score = None, 0.0
    for encoding in _LEGACY:
        text = decode_strictly(data, encoding.codec)
        score = 0.0 if text is None else _plausibility(_sample(text), encoding)
        if score > best_score:
            best, best_score = text, score
    return best


def decode_strictly(data: bytes, codec: str) -> str | None:
    """Return `data` decoded without replacing anything, or None where that cannot be done.

    Also where there is no such codec.
    """
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _sample(text: str) -> str:
    """Return the part of the text that begins round its first character outside ASCII."""
    first = _FOREIGN.search(text)
    start = max(0, first.start() - _SAMPLE_MARGIN) if first is not None else 0
    return text[start : start + _SAMPLE_LENGTH]


def _plausibility(text: str, encoding: _Encoding) -> float:
    """Return how well the characters outside ASCII fit the encoding's languages; 0 for not."""
    foreign = [character for character in text if character > "\x7f"]
    letters = [one for one in foreign if one not in _PUNCTUATION and encoding.is_usual(one)]
    odd_count = sum(1 for _ in _ODD.finditer(text))
    usual_count = len(letters) + sum(one in _PUNCTUATION for one in foreign)
    usual_share = usual_count / (len(foreign) + _ODD_WEIGHT * odd_count)
    frequent_share = sum(one in _FREQUENT for one in letters) / max(1, len(letters))
    is_shouted = (
        encoding.letters == "cyrillic" and sum(map(str.isupper, letters)) > len(letters) / 2
    )
    latin_count = len(_LATIN_LETTER.findall(text))
    least, most = _LATIN_LETTERS_EACH[encoding.letters]
    if letters and not least * len(letters) <= latin_count <= most * len(letters):
        return 0.0
    if usual_share < _LEAST_USUAL_SHARE or (
        (len(letters) >= _FEWEST_LETTERS[encoding.letters] or is_shouted)
        and frequent_share < _LEAST_FREQUENT_SHARE[encoding.letters]
    ):
        return 0.0
    return usual_share + frequent_share


def _is_plausible_utf_16(text: str) -> bool:
    sample = text[:_SAMPLE_LENGTH]
    usual_count = sum(
        " " <= one <= "~"
        or one in "\t\n\r\f"
        or one in _PUNCTUATION
        or any(encoding.is_usual(one) for encoding in _LEGACY)
        for one in sample
    )
    return "\0" not in sample and usual_count >= len(sample) * _LEAST_USUAL_SHARE
