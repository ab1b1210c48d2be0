"""Other names of the same thing: those that a text defines itself, and short forms of bodies.

A definition stands in brackets: "X (Y)", "X（下称Y）", "X (hereinafter “the Y”)". It counts only
where the form of Y shows that it is a name of X: its capitals are the initials of X, its characters
or words stand in X in this order, or it says so ("hereinafter") behind a body in another script.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BODY_ENDINGS = (
    "办公室|办事处|秘书处|委员会|理事会|专员|组织|机构|中心|银行|基金会?|计划署|规划署|总署|警署|联盟|法院|法庭|检察院|检察官网?|网络|"
    "工作组|工作队|方案|计划|项目|举措|倡议|公约|议定书|协定|署|局|部|网|股"
)
_BODY_ENDING = re.compile(_BODY_ENDINGS)
_ENDS_AS_BODY = re.compile(rf"(?:{_BODY_ENDINGS})$")
_BRACKET = re.compile(r"\s?[（(](?P<inside>[^（()）]{2,120})[)）]")
_SENTENCE_END = re.compile(r"[。；！？;!?\n]|[.:：]\s")
_SEPARATOR = re.compile(r"\s*[，,；;、]\s*")
_INTRODUCED = re.compile(
    r"(?:以下统?(?:称|简称)|下称|简称|又称|也称|亦称|或称|(?:英文)?缩写)(?:为|是|作)?[:：]?"
    r"|(?:also )?(?:hereinafter|hereafter|known as|abbreviated(?: as)?|or simply)"
    r"(?: referred to as| called)?:?"
    r"|(?:ci-après|aussi)(?: (?:dénommée?s?|appelée?s?))?"
    r"|(?:en adelante|en lo sucesivo|también)(?:,? (?:denominad[oa]s?|llamad[oa]s?))?"
    r"|(?:далее|сокращ[её]нно|также)(?: (?:именуем\w+|называем\w+))?\s*[-–—]?"
    r"|(?:و?يشار إليه\w* فيما (?:يلي|بعد)|فيما (?:يلي|بعد)|المعروف\w*)(?: باسم)?",
    re.IGNORECASE,
)
_QUOTES = "“”\"'«»‘’《》「」『』 "
_ARTICLE = re.compile(r"(?:the|les?|la|los|las|el)\s|l['’]|ال", re.IGNORECASE)
_CAPITALS = re.compile(r"(?=.*[A-ZА-ЯЁ].*[A-ZА-ЯЁ])[A-ZА-ЯЁ][A-Za-zА-Яа-яё&/-]{1,11}")
_HAN_NAME = re.compile(rf"(?![该本此其这那])[{_HAN}]{{2,12}}")
_HAN_RUN = re.compile(rf"[{_HAN}]+$")
_TITLE = re.compile(r"《([^《》]+)》$")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NAME = re.compile(r"[\w ,&’'‑–/-]+")
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
# What stands before a name in a sentence and never begins one.
_LEADS_TO_NAME = re.compile(
    "[的由和与及同向对在为从被是了并将使以于等各其该本请经至到还也已又即如或中内间但而且因则就只最更这那所]"
    "|由于|关于|根据|按照|通过|包括|以及|会同|连同|协助|支持|参加|加入|设立|成立|建立|建议|要求|称为|作为|来自|例如|特别"
)
_LINKS = re.compile(
    "of|the|and|for|on|in|to|de|du|des|la|le|les|et|del|los|las|y|e|и|по|в|на", re.IGNORECASE
)
_LONGEST = 24
"""Chinese characters of a name, at most."""
_LONGER = 4
"""Chinese characters of a name for each of its short form, at most."""
_CERTAIN_LENGTH = 5
"""Letters from which on a name of capitals is none of the usual words, however it is written."""
_INITIALS_AROUND = 5
"""Words of a name beyond one for each capital, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """Two names of the same thing, as a text defines them."""

    name: str
    other: str


def definitions(text: str, *, cut: Callable[[str], Sequence[str]]) -> list[Definition]:
    """Return what `text` defines in brackets, in order, each once.

    Args:
        text: a whole document: a name is known by standing in it more than once.
        cut: cuts Chinese into words.
    """
    found: dict[Definition, None] = {}
    for bracket in _BRACKET.finditer(text):
        before = _SENTENCE_END.split(text[max(0, bracket.start() - 160) : bracket.start()])[-1]
        before = before.rstrip(_QUOTES.replace("》", ""))
        names: list[str] = []
        for place, part in enumerate(_SEPARATOR.split(bracket["inside"].strip())):
            introduced = _INTRODUCED.match(part)
            other = part[introduced.end() if introduced else 0 :].strip(_QUOTES)
            name = _name_of(
                other,
                before,
                text=text,
                is_said=introduced is not None,
                is_first=place == 0,
                is_quoted=part.startswith(("“", '"', "«")),
                cut=cut,
            )
            if name is None and names and introduced:
                name = names[0]  # a second name behind the first one: "（Y，又称Z）"
            if name is not None:
                names = [*(names or [name]), other]
        reversed_name = _reversed(before, bracket["inside"].strip())
        if reversed_name is not None:
            names = [bracket["inside"].strip(), reversed_name]
        for other in names[1:]:
            if other != names[0]:
                found[Definition(name=names[0], other=other)] = None
    return list(found)


def _name_of(
    other: str,
    before: str,
    *,
    text: str,
    is_said: bool,
    is_first: bool,
    is_quoted: bool,
    cut: Callable[[str], Sequence[str]],
) -> str | None:
    """Return the name right before the bracket that `other` is another form of, if it is one."""
    title = _TITLE.search(before)
    run = title.group(1) if title else (match.group() if (match := _HAN_RUN.search(before)) else "")
    if _CAPITALS.fullmatch(other):
        if not run:
            return _by_initials(before, other)
        if title:
            return run
        return _body_at_end(run, text=text, cut=cut) if is_said or _is_body(run) else None
    if _HAN_NAME.fullmatch(other):
        if run.endswith(other):
            return other
        found = _shortest_holding(run, other) if other not in run else None
        if found is not None and (is_first or is_said):
            # From the beginning of the word that its first character stands in.
            start = len(run) - len(found)
            ends = list(itertools.accumulate(map(len, cut(run))))
            return run[max((end for end in ends if end <= start), default=0) :]
        if not is_said:
            return None
        if title:
            return run
        return _body_at_end(run, text=text, cut=cut) if _is_body(run) else None
    return _by_words(before, other) if is_said or is_quoted else None


def _is_body(run: str) -> bool:
    return _ENDS_AS_BODY.search(run) is not None


def _shortest_holding(run: str, other: str) -> str | None:
    """Return the shortest end of `run` that has the characters of `other` in their order."""
    start = len(run)
    for character in reversed(other):
        start = run.rfind(character, 0, start)
        if start < 0:
            return None
    name = run[start:]
    return name if len(other) < len(name) <= _LONGER * len(other) else None


def _body_at_end(run: str, *, text: str, cut: Callable[[str], Sequence[str]]) -> str | None:
    """Return the name with which `run` ends: what the text says again, else up to a small word."""
    words = list(cut(run))
    repeated = ""
    up_to_small_word = ""
    name = ""
    for word in reversed(words):
        name = word + name
        if len(name) > _LONGEST:
            break
        if _LEADS_TO_NAME.fullmatch(word):
            up_to_small_word = up_to_small_word or name[len(word) :]
        elif len(name) > 2 and text.count(name) > 1:
            repeated = name
    name = repeated or up_to_small_word or name
    return name if len(name) > 2 and not _BODY_ENDING.fullmatch(name) else None


def _by_initials(before: str, other: str) -> str | None:
    """Return the words before the bracket whose initials are the capitals of `other`."""
    capitals = [letter for letter in other if letter.isupper()]
    words = list(_WORD.finditer(before))[-(len(capitals) + _INITIALS_AROUND) :]
    for first in range(len(words) - 1, -1, -1):
        if not _LINKS.fullmatch(words[first].group()) and _has_initials(
            [word.group() for word in words[first:]], capitals
        ):
            name = before[words[first].start() :].strip()
            return name if _NAME.fullmatch(name) else None
    return None


def _has_initials(words: Sequence[str], capitals: Sequence[str]) -> bool:
    """Return whether `capitals` are the first letters of words, and no other great one is."""
    wanted = list(capitals)
    for word in words:
        # A compound can give several letters (``anti-money-laundering``), an article with
        # an apostrophe none (``l'Office``).
        for part in re.split(r"[-’']", word):
            if wanted and part[:1].upper() == wanted[0]:
                wanted.pop(0)
            elif part[:1].isupper() and not _LINKS.fullmatch(part):
                return False
    return not wanted and words[0][0].upper() == capitals[0]


def _by_words(before: str, other: str) -> str | None:
    """Return the end of `before` that has the words of `other` in their order, and more."""
    short = [word.lower() for word in _WORD.findall(_ARTICLE.sub("", other, count=1))]
    words = list(_WORD.finditer(before))
    place = len(words)
    for wanted in reversed(short):
        place -= 1
        while place >= 0 and _ARTICLE.sub("", words[place].group().lower(), count=1) != wanted:
            place -= 1
        if place < 0:
            return None
    if not short or len(words) - place <= len(short):
        return None
    name = before[words[place].start() :].strip(_QUOTES)
    return name if _NAME.fullmatch(name) and max(map(len, short)) > 2 else None


def _reversed(before: str, inside: str) -> str | None:
    """Return the capitals right before a bracket that holds the name they stand for."""
    short = re.search(r"(?<![^\W\u4e00-\u9fff])(?P<short>[A-ZА-ЯЁ]{2,12})$", before)
    if short is None:
        return None
    if re.fullmatch(rf"[{_HAN}]{{4,{_LONGEST}}}", inside):
        return short["short"] if _is_body(inside) else None
    words = _WORD.findall(inside)
    return short["short"] if words and _has_initials(words, list(short["short"])) else None


def can_end_short_form(character: str) -> bool:
    """Return whether short forms of bodies can end in `character`: 办 stands for 办公室."""
    return character in _BODY_ENDINGS


class NameTable:
    """Finds in a text the names that have other ones."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        others: dict[str, dict[str, None]] = defaultdict(dict)
        for name, other in pairs:
            others[name][other] = None
            others[other][name] = None
        self._others: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(dict)
        for name, direct in others.items():
            # What is defined twice in one place ("Y, also Z") has all of them in common.
            all_names = dict.fromkeys([*direct, *(n for other in direct for n in others[other])])
            self._others[_tokens(name)][name] = [other for other in all_names if other != name]
        self._longest = max(map(len, self._others), default=0)

    def names_for(self, text: str) -> list[str]:
        """Return the other names of what `text` names, the longest names first."""
        tokens = list(_TOKEN.finditer(text))
        folded = tuple(token.group().lower() for token in tokens)
        found: dict[str, None] = {}
        for length in range(min(self._longest, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                known = self._others.get(folded[start : start + length])
                if known is None:
                    continue
                said = text[tokens[start].start() : tokens[start + length - 1].end()]
                for name, others in known.items():
                    if said == name or _is_unlike_words(name):
                        found.update(dict.fromkeys(others))
        return list(found)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token.lower() for token in _TOKEN.findall(text))


def _is_unlike_words(name: str) -> bool:
    """Return whether a name is one however its letters are written: WHO is also a word."""
    return len(name) >= _CERTAIN_LENGTH and (name.isupper() or len(_tokens(name)) > 1)


class Bodies:
    """The Chinese bodies that texts name, found by short forms that the texts do not have."""

    def __init__(self, texts: Iterable[str]) -> None:
        # Where a name begins is not certain: Chinese has no spaces. Up to there all is kept.
        self._counts = Counter(
            run.group() + ending.group()
            for text in texts
            for ending in _BODY_ENDING.finditer(text)
            if (run := _HAN_RUN.search(text, max(0, ending.start() - _LONGEST), ending.start()))
        )
        self._holding: Mapping[str, set[str]] = defaultdict(set)
        for body in self._counts:
            for character in set(body):
                self._holding[character].add(body)

    def full_name(self, short: str, *, cut: Callable[[str], Sequence[str]]) -> str | None:
        """Return the name that `short` is a short form of, the shortest of those that fit.

        The characters of a short form stand in the name in their order, the first one begins a
        word, and the last one is of the word that says what kind of body it is.
        """
        fitting = set.intersection(*(self._holding.get(character, set()) for character in short))
        best: tuple[int, int, str] | None = None
        for body in fitting:
            ending = _ENDS_AS_BODY.search(body)
            name = _shortest_holding(body, short)
            if ending is None or name is None or short[-1] not in ending.group():
                continue
            words = cut(body)
            starts = {sum(map(len, words[:index])) for index in range(len(words))}
            if len(body) - len(name) in starts:
                best = min(best or (99, 0, ""), (len(name), -self._counts[body], name))
        return best[2] if best else None
