"""Right-to-left text: from the order on the page to the order in which it is read.

A PDF file says where every character stands, not how it is read. In a line of Arabic the words
run from the right, but numbers and Latin words in it run from the left. This undoes what the
Unicode Bidirectional Algorithm (UAX 9) does when such a line is typeset.
"""

import unicodedata
from collections.abc import Sequence

_RIGHT = {"R", "AL"}
_NUMBER = {"EN", "AN"}
# Separators that one number holds, as in 5/6 and 12.5 (UAX 9, W4).
_INSIDE_NUMBER = set("/.,:٫٬")
_STOPS = set(".,:;!?،؛؟")
# In pairs.
_BRACKETS = "()[]{}«»“”"
_MIRRORED = str.maketrans(_BRACKETS, ")(][}{»«”“")


def is_right_to_left(text: str) -> bool:
    """Say whether most letters of `text` belong to a script that runs from the right."""
    letters = [unicodedata.bidirectional(character) for character in text if character.isalpha()]
    return sum(letter in _RIGHT for letter in letters) * 2 > len(letters)


def logical_order(visual: Sequence[str], *, is_rtl: bool) -> list[int]:
    """Return the places of the characters of a line in the order of reading.

    Args:
        visual: the line's characters, or letters of one ligature, from left to right.
        is_rtl: whether the page runs from the right. Elsewhere right-to-left words stand in a
            line that runs from the left. A line without such a word runs from the left on every
            page, unless it has its stop or the end of a bracket on the left.
    """
    kinds = [unicodedata.bidirectional(text[0]) for text in visual]
    if is_rtl and (not _RIGHT.isdisjoint(kinds) or _ends_on_left(visual)):
        return _from_right(visual, kinds, range(len(visual)))
    if _RIGHT.isdisjoint(kinds):
        return list(range(len(visual)))
    order: list[int] = []
    position = 0
    while position < len(visual):
        end = position + 1
        if kinds[position] in _RIGHT:
            # Up to the last right-to-left letter before the next Latin one.
            for place in range(end, len(visual)):
                if kinds[place] == "L":
                    break
                if kinds[place] in _RIGHT:
                    end = place + 1
        order.extend(_from_right(visual, kinds, range(position, end)))
        position = end
    return order


def _ends_on_left(visual: Sequence[str]) -> bool:
    brackets = [text for text in visual if text in _BRACKETS]
    return bool(visual) and (visual[0] in _STOPS or brackets == [visual[0]])


def _from_right(visual: Sequence[str], kinds: Sequence[str], places: range) -> list[int]:
    order: list[int] = []
    position = places.stop - 1
    while position >= places.start:
        start = max(_run_start(visual, kinds, position), places.start)
        order.extend(range(start, position + 1))
        position = start - 1
    return order


def mend_brackets(text: str) -> str:
    """Return a right-to-left line, in the order of reading, with every bracket the right way.

    A font draws the opening bracket of right-to-left text with the shape of a closing one; some
    files name the character, others the shape, and some do both. So what stands around a bracket
    tells: it opens before a word and closes behind one. Between two, as in 25(a), it opens where
    the next one closes.
    """
    opens = [_opens(text, place) for place in range(len(text))]
    following: bool | None = None
    mended = list(text)
    for place in range(len(text) - 1, -1, -1):
        if text[place] not in _BRACKETS:
            continue
        is_opening = opens[place]
        if is_opening is None:
            is_opening = following is False
        if is_opening != (_BRACKETS.index(text[place]) % 2 == 0):
            mended[place] = text[place].translate(_MIRRORED)
        following = is_opening
    return "".join(mended)


def _opens(text: str, place: int) -> bool | None:
    """Say whether a bracket at the place opens; None where its neighbours do not tell."""
    before, after = text[place - 1 : place] or " ", text[place + 1 : place + 2] or " "
    if before.isalnum() != after.isalnum():
        return after.isalnum()
    if before.isspace() != after.isspace():
        return before.isspace()
    return None


def _run_start(visual: Sequence[str], kinds: Sequence[str], end: int) -> int:
    """Return where the left-to-right run that ends at `end` begins; `end` where there is none."""
    if kinds[end] not in {"L", *_NUMBER}:
        return end
    start = end
    for position in range(end - 1, -1, -1):
        if kinds[position] in _RIGHT:
            break
        # Whatever follows a Latin letter without a right-to-left one between runs with it.
        if kinds[position] == "L" or (
            kinds[position] in _NUMBER
            and (
                position + 1 == start
                or (
                    position + 2 == start
                    and visual[position + 1] in _INSIDE_NUMBER
                    and kinds[start] in _NUMBER
                )
            )
        ):
            start = position
    return start
