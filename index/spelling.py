"""Words of a question that a library does not know, read as those that it does know.

Chinese: words that sound the same or differ in one character, and short forms of bodies. Other
scripts: words that differ in one letter. Owner of pypinyin.
"""

import functools
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from index.lexical import PAIR
from index.names import Bodies, can_end_short_form

_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}")
_WORD = re.compile(r"[^\W\d_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{5,}")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LONGEST_WORD = 8
_ABBREVIATION_LENGTHS = (5, 4, 3, 2)
_ONE_WRONG_LENGTH = 4
"""Characters from which on a word with one other character still is that word."""
# Where one of these is written it is meant: they make the sentence, not the words.
_GRAMMAR = frozenset(
    "的了是在有和与及或哪几多少什么怎吗呢为谁这那被把从向对到个各就都也还不没其们一二三四五六七八九十上下中里年月日请说我你他它能会要来去过给让跟做得着吧啊"
)


class Spelling:
    """Reads questions in the words of one library."""

    def __init__(
        self,
        words: Mapping[str, int],
        *,
        is_known: Callable[[str], bool],
        bodies: Callable[[], Bodies],
        cut: Callable[[str], Sequence[str]],
        is_listed: Callable[[str], bool],
    ) -> None:
        """Prepare for one library.

        Args:
            words: its search terms but for the pairs, with the number of paragraphs of each.
            is_known: whether something is a search term of it.
            bodies: gives the bodies that it names, when they are needed.
            cut: cuts Chinese into words.
            is_listed: whether something is a word of Chinese.
        """
        self._words = words
        self._is_known = is_known
        self._bodies = bodies
        self._cut = cut
        self._is_listed = is_listed
        self._by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._by_gap: dict[str, list[str]] = defaultdict(list)
        self._letters: dict[str, set[str]] = defaultdict(set)
        for word in words:
            if _HAN_RUN.fullmatch(word):
                if len(word) <= _LONGEST_WORD:
                    self._by_sound[_sound(word)].append(word)
                    for key in _with_gaps(word):
                        self._by_gap[key].append(word)
            elif _WORD.fullmatch(word):
                for letter in word:
                    self._letters[_script(letter)].add(letter)

    def respelled(self, text: str) -> str:
        """Return `text`, in Simplified script, with its Chinese in words that the library knows."""
        return _HAN_RUN.sub(lambda match: self._run(match.group()), text)

    def one_letter_off(self, text: str) -> dict[str, str]:
        """Return a known word for each word of `text` in letters that the library does not know.

        Most are other forms of the same word, so nothing but the search terms may change.
        """
        found: dict[str, str] = {}
        for match in _WORD.finditer(text.lower()):
            word = match.group()
            if word not in self._words:
                near = [other for other in self._near(word) if other in self._words]
                if near:
                    found[word] = max(near, key=lambda other: (self._words[other], other))
        return found

    def sounding_like(self, text: str) -> list[str]:
        """Return the words of the library that sound like words of `text` that it does not have.

        Such a word can be chosen wrongly from those that an input method offers, or be meant.
        """
        found: list[str] = []
        for match in _HAN_RUN.finditer(text):
            for start, end, is_known in self._meant(match.group()):
                heard = match.group()[start:end]
                if not is_known and self._has_no_pair(heard) and _GRAMMAR.isdisjoint(heard):
                    found.extend(
                        word
                        for word in self._by_sound.get(_sound(heard), ())
                        if [*map(_syllable, word)] == [*map(_syllable, heard)]
                    )
        return found

    def _has_no_pair(self, word: str) -> bool:
        return not any(
            self._is_known(PAIR + word[place : place + 2]) for place in range(len(word) - 1)
        )

    def _run(self, run: str) -> str:
        unknown = {
            start
            for start in range(len(run) - 1)
            if not self._is_known(PAIR + run[start : start + 2])
        }
        if not unknown:
            return run
        meant = self._meant(run)
        changes: dict[int, tuple[int, str]] = {}
        taken: set[int] = set()
        for start, end, word in (
            *self._abbreviations(run, unknown),
            *self._misspelt(run, unknown),
        ):
            is_apart = all(
                end <= first or last <= start or (start <= first and last <= end)
                for first, last, is_known in meant
                if is_known or end - start == 2
            )
            if is_apart and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                changes[start] = (end, word)
        pieces: list[str] = []
        place = 0
        for start in sorted(changes):
            end, word = changes[start]
            pieces.extend((run[place:start], word))
            place = end
        return "".join([*pieces, run[place:]])

    def _meant(self, run: str) -> list[tuple[int, int, bool]]:
        """Return where words of Chinese stand in `run`, and whether the library knows them."""
        found: list[tuple[int, int, bool]] = []
        place = 0
        for word in self._cut(run):
            if len(word) > 1 and self._is_listed(word):
                found.append((place, place + len(word), word in self._words))
            place += len(word)
        return found

    def _abbreviations(self, run: str, unknown: set[int]) -> Iterator[tuple[int, int, str]]:
        for length in _ABBREVIATION_LENGTHS:
            for start in range(len(run) - length + 1):
                end = start + length
                short = run[start:end]
                if (
                    not unknown.issuperset(range(start, end - 1))
                    or not can_end_short_form(short[-1])
                    or _GRAMMAR.intersection(short)
                ):
                    continue
                name = self._bodies().full_name(short, cut=self._cut)
                if name is not None:
                    yield start, end, name

    def _misspelt(self, run: str, unknown: set[int]) -> list[tuple[int, int, str]]:
        """Return the changes that would make known words, the surest first."""
        found: list[tuple[tuple[int, int, int], tuple[int, int, str]]] = []
        for length in range(min(_LONGEST_WORD, len(run)), 1, -1):
            for start in range(len(run) - length + 1):
                end = start + length
                if unknown.isdisjoint(range(start, end - 1)):
                    continue
                window = run[start:end]
                if window in self._words or (length == 2 and self._is_listed(window)):
                    continue
                for word in self._alike(window):
                    wrong = [place for place in range(length) if window[place] != word[place]]
                    if len(wrong) < length and all(
                        self._is_wrong(window[place], start + place, start, end, unknown)
                        for place in wrong
                    ):
                        rank = (-length, len(wrong), -self._words[word])
                        found.append((rank, (start, end, word)))
        found.sort()
        return [change for _, change in found]

    @staticmethod
    def _is_wrong(character: str, place: int, start: int, end: int, unknown: set[int]) -> bool:
        """Return whether the character does not go with a neighbour of it within the word."""
        pairs = {pair for pair in (place - 1, place) if start <= pair < end - 1}
        is_meant = character in _GRAMMAR and end - start < _ONE_WRONG_LENGTH
        return not pairs.isdisjoint(unknown) and not is_meant

    def _alike(self, window: str) -> set[str]:
        found = set(self._by_sound.get(_sound(window), ()))
        for key in _with_gaps(window):
            found.update(self._by_gap.get(key, ()))
        return found

    def _near(self, word: str) -> Iterator[str]:
        """Return what is one step from `word`; the first letter is rarely a wrong one.

        Arabic writes articles and prepositions on to the front of a word.
        """
        letters = self._letters.get(_script(word[-1]), ())
        for place in range(0 if _ARABIC.match(word) else 1, len(word) + 1):
            head, tail = word[:place], word[place:]
            if tail:
                yield head + tail[1:]
                yield from (head + letter + tail[1:] for letter in letters)
            if len(tail) > 1:
                yield head + tail[1] + tail[0] + tail[2:]
            yield from (head + letter + tail for letter in letters)


def _with_gaps(word: str) -> Iterator[str]:
    """Return a long word with each of its characters left open."""
    if len(word) >= _ONE_WRONG_LENGTH:
        for place in range(len(word)):
            yield f"{word[:place]}_{word[place + 1 :]}"


def _sound(word: str) -> tuple[str, ...]:
    """Return how `word` is read, without what many speakers do not tell apart."""
    return tuple(map(_blurred, word))


@functools.cache
def _script(letter: str) -> str:
    """Return the script of a letter, which its Unicode name begins with."""
    return unicodedata.name(letter, "").partition(" ")[0]


@functools.cache
def _blurred(character: str) -> str:
    return re.sub(r"(?<=n)g$", "", re.sub(r"^([zcs])h", r"\1", _syllable(character)))


@functools.cache
def _syllable(character: str) -> str:
    """Return how `character` is read, without its tone."""
    # Characters are read one by one: the phrases would only take memory (30 MB).
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin(character)[0]
