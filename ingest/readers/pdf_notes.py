"""Take from the lines of a PDF file the notes at the foot of its pages."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.furniture import ends_sentence
from ingest.readers.pdf_lines import TextLine
from ingest.readers.pdf_page import Rule

# Notes are set in type smaller than this share of the text's, or stand under a rule.
_NOTE_SIZE = 0.94
# Points; the rule above notes is short but no dash, and nothing stands beside it.
_SHORTEST_RULE = 30.0
_WIDEST_RULE_SHARE = 0.7
# Type sizes from line to line that no note has.
_NOTE_GAP = 1.8
_TEXT_RULE = re.compile(r"[_―─━—–-]{5,}")
# In the type of the text a number with a stop behind it is more likely a paragraph's.
_BARE_MARK = re.compile(r"(?P<label>\*{1,4}|[†‡§]|\d{1,3}(?=\s))\s*(?=\S)")
_MARK = re.compile(r"(?P<label>\*{1,4}|[†‡§]|\d{1,3}(?=\D)|[a-z](?=\s))[.)]?\s*(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FootNote:
    """A note.

    Attributes:
        label: its mark as the page shows it, such as ``1`` or ``*``.
        lines: each with its page; the first one without the label.
    """

    label: str
    lines: tuple[tuple[int, str], ...]

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0][0]


def split_notes(
    lines: Sequence[TextLine],
    rules: Sequence[Rule],
    *,
    body_size: float,
    open_note: FootNote | None,
) -> tuple[list[TextLine], list[FootNote]]:
    """Return the lines of one page without its notes, and the notes in order.

    Notes stand at the foot of the page with no text below them but numbers, under a rule or in
    smaller type, and begin with a mark. What stands there without a mark goes on with
    `open_note`, the last note of the page before, where its sentence is unfinished: it then
    comes first, whole. Other small type is text.
    """
    foot = _foot(lines, rules, body_size=body_size)
    called = {
        label
        for line in lines
        if id(line) not in foot
        for piece in line.pieces
        if piece.is_raised
        for label in read_calls(piece.text)
    }
    notes: list[FootNote] = []
    body: list[TextLine] = []
    above: TextLine | None = None
    is_closed = False
    for line in lines:
        if id(line) not in foot:
            body.append(line)
            continue
        if _TEXT_RULE.fullmatch(line.text.strip()):
            continue
        is_small = line.size < _NOTE_SIZE * body_size
        # Below a gap, and below text, type of the text's size is text again.
        is_closed = is_closed or (above is not None and not is_small and _has_gap(above, line))
        mark = _read_mark(
            line,
            notes[-1].label if notes else None,
            called=called,
            under_rule=foot[id(line)],
            is_small=is_small,
        )
        last = notes[-1] if notes else open_note
        if is_closed and not is_small:
            body.append(line)
        elif mark is not None:
            notes.append(FootNote(label=mark[0], lines=((line.page, mark[1]),)))
            above = line
        elif last is not None and (
            not _has_gap(above, line)
            if above is not None and above.baseline < line.baseline
            else not ends_sentence(last.lines[-1][1])
        ):
            last = replace(last, lines=(*last.lines, (line.page, line.text)))
            notes[-1:] = [last]
            above = line
        else:
            body.append(line)
            is_closed = is_closed or not is_small
    return (body, notes) if notes else (list(lines), [])


def _has_gap(above: TextLine, line: TextLine) -> bool:
    return line.baseline - above.baseline > _NOTE_GAP * line.size


def _foot(lines: Sequence[TextLine], rules: Sequence[Rule], *, body_size: float) -> dict[int, bool]:
    """Return the lines, by identity, that can be notes, and whether a rule stands above each."""
    found: dict[int, bool] = {}
    width = max((one.right for one in lines), default=0) - min(
        (one.left for one in lines), default=0
    )
    note_rules = [
        rule
        for rule in rules
        if rule.is_horizontal
        and _SHORTEST_RULE <= rule.right - rule.left <= _WIDEST_RULE_SHARE * width
        and not any(
            line.baseline - line.size < rule.top < line.baseline + 0.2 * line.size
            for line in lines
            if _overlaps(line, rule)
        )
    ]
    text_rules = [line for line in lines if _TEXT_RULE.fullmatch(line.text.strip())]
    below: list[TextLine] = []
    for line in sorted(lines, key=lambda one: one.baseline, reverse=True):
        under_rule = any(
            rule.top < line.baseline and _overlaps(line, rule) for rule in note_rules
        ) or any(rule.baseline <= line.baseline and _overlaps(line, rule) for rule in text_rules)
        if (under_rule or line.size < _NOTE_SIZE * body_size) and not any(
            id(other) not in found and _overlaps(other, line) and _is_text(other) for other in below
        ):
            found[id(line)] = under_rule
        below.append(line)
    return found


def _is_text(line: TextLine) -> bool:
    """Say whether most of it is letters, not the number of a page or job or a bar code."""
    characters = "".join(line.text.split())
    return sum(map(str.isalpha, characters)) * 2 > len(characters)


def _overlaps(one: TextLine | Rule, other: TextLine | Rule) -> bool:
    return one.left < other.right and other.left < one.right


def _read_mark(
    line: TextLine, above: str | None, *, called: Collection[str], under_rule: bool, is_small: bool
) -> tuple[str, str] | None:
    """Return the label that the line begins with and the rest, or None where it begins no note.

    A raised mark or a star is a label. A number or letter is one only where a raised mark on the
    page calls it or a rule parts it from the text; and a number only where it follows the one
    above.
    """
    first, rest = line.pieces[0], "".join(piece.text for piece in line.pieces[1:])
    if first.is_raised and rest:
        return first.text.strip().rstrip(".)"), rest.strip()
    found = (_MARK if is_small else _BARE_MARK).match(line.text)
    # Stars around a number are a bar code's.
    if found is None or not any(map(str.isalpha, line.text[found.end() :])):
        return None
    label = found["label"]
    if label.isalnum() and not (under_rule or label in called):
        return None
    both_numbers = above is not None and above.isdecimal() and label.isdecimal()
    if both_numbers and int(label) != int(above or 0) + 1:
        return None
    return label, line.text[found.end() :]


def read_calls(text: str) -> list[str]:
    """Return the labels in a raised mark, which can call several notes: ``1, 2``."""
    return re.findall(r"\d+|\*+|[†‡§]|[a-z]", text)
