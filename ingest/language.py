"""Which of the seven languages a text or a short question is written in."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from opencc import OpenCC
    from py3langid.langid import LanguageIdentifier

Language = Literal["zh", "zh-Hant", "en", "fr", "es", "ru", "ar"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z\u00c0-\u024f]+)?")
# A title in quotation marks says which document is meant, not which language is spoken.
_QUOTED = re.compile(r"《[^《》]*》|«[^«»]*»|“[^“”]*”|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
_CHINESE_QUESTION = re.compile(r"[哪谁誰吗嗎呢么麼]|多少|如何|为何|為何|怎|是否")
# A document is told by its beginning; reading on changes nothing but the time it takes.
_SAMPLE_LENGTH = 20_000
# A Chinese character carries about as much as half a Latin or Cyrillic word.
_HAN_WEIGHT = 0.5

# Words that only one of the three languages uses; they decide most questions without the model,
# whose loading takes about a second.
_WORDS = {
    "en": (
        "the of and to is was were are which what who whom whose when where why how did does do "
        "has have had been by with from this that these those there it its for than been into "
        "will would should can could about between against under during any many much "
        "paragraph paragraphs"
    ),
    "fr": (
        "le les des du et est sont était étaient quel quelle quels quelles qui quoi quand où "
        "pourquoi comment combien dans pour par avec sur au aux une ce cette ces il ils elle "
        "elles ont été fut sa ses leur leurs entre selon quelles dont je vous nous "
        "paragraphe paragraphes"
    ),
    "es": (
        "el los las y es son fue fueron era eran qué cuál cuáles quién quiénes cuándo dónde cómo "
        "cuánto cuántos cuántas cuánta por con del al una unos unas se su sus ha han hay para "
        "entre sobre según desde cual quien cuando donde como cuanto cuantos cuantas hacia "
        "párrafo párrafos"
    ),
}
_ONLY_IN = {
    word: language
    for language, words in _WORDS.items()
    for word in words.split()
    if sum(word in other.split() for other in _WORDS.values()) == 1
}
_LETTERS = {
    "es": re.compile(r"[¿¡ñÑ]"),
    "fr": re.compile(r"[çœèêëâûîïôùÇŒÈÊË]|\b[dlqjnsc]['’]|\bqu['’]"),
}


def is_same_language(first: str, second: str) -> bool:
    """Return whether two are one language; Chinese is one in both scripts."""
    return first.partition("-")[0] == second.partition("-")[0]


def detect_language(text: str) -> Language:
    """Return the language of `text`, a whole document or a question of a few words.

    The script decides where it can: most Han, Cyrillic or Arabic. Chinese that OpenCC changes
    more on the way to simplified than on the way to traditional is ``zh-Hant``. For the Latin
    script, words and letters that only one of English, French and Spanish has decide; where they
    do not, py3langid. Titles in quotation marks count only where there is nothing else. Text
    without letters is ``en``.
    """
    sample = text[:_SAMPLE_LENGTH]
    unquoted = _QUOTED.sub(" ", sample)
    if not any(character.isalpha() for character in unquoted):
        unquoted = sample
    han_count = len(_HAN.findall(unquoted))
    weights: dict[str, float] = {
        "zh": han_count * _HAN_WEIGHT,
        "ru": len(_CYRILLIC.findall(unquoted)),
        "ar": len(_ARABIC.findall(unquoted)),
    }
    latin_words = _LATIN.findall(unquoted)
    script = max(weights, key=lambda language: weights[language])
    if not weights[script] or _is_latin_sentence(unquoted, latin_words, weights[script]):
        return _latin_language(unquoted, latin_words) if latin_words else "en"
    if script == "zh":
        return "zh-Hant" if _is_traditional(sample) else "zh"
    return "ru" if script == "ru" else "ar"


def _is_latin_sentence(text: str, words: Sequence[str], weight: float) -> bool:
    """Say whether Latin words carry the sentence and what is written in another script is a name.

    Latin names and abbreviations stand in questions of every language, so Latin letters win only
    by small words of their own, or by three times as many words that are no names.
    """
    if _CHINESE_QUESTION.search(text):
        return False
    small_word_count = sum(word.lower() in _ONLY_IN for word in words)
    if small_word_count >= 2 and weight < len(words):
        return True
    return sum(word.islower() for word in words) > 3 * weight


def _is_traditional(text: str) -> bool:
    to_simplified = _changed_count(text, _converter("t2s"))
    return to_simplified > 0 and to_simplified > _changed_count(text, _converter("s2t"))


def _changed_count(text: str, converter: "OpenCC") -> int:
    return sum(
        before != after for before, after in zip(text, converter.convert(text), strict=False)
    )


def _latin_language(text: str, words: Sequence[str]) -> Language:
    scores = {"en": 0, "fr": 0, "es": 0}
    for word in words:
        language = _ONLY_IN.get(word.lower())
        if language is not None:
            scores[language] += 1
    for language, letters in _LETTERS.items():
        scores[language] += len(letters.findall(text))
    first, second = sorted(scores, key=lambda language: -scores[language])[:2]
    if scores[first] >= 2 * scores[second] + 1:
        winner = first
    elif any(not word.isupper() for word in words):
        winner = _identifier().classify(text)[0]
    else:
        winner = "en"  # nothing but abbreviations, such as a document symbol
    return "fr" if winner == "fr" else "es" if winner == "es" else "en"


@cache
def _converter(direction: str) -> "OpenCC":
    from opencc import OpenCC

    return OpenCC(direction)


@cache
def _identifier() -> "LanguageIdentifier":
    # The public functions of py3langid share one identifier for the whole process; a restricted
    # one of our own leaves that alone.
    from py3langid import langid

    return langid._load_identifier(langs=["en", "es", "fr"])
