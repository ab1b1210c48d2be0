"""The styles and lists of a Word document: which number a paragraph shows.

The numbers of sections are those of ECMA-376, part 1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.readers.counting import shown_number
from ingest.readers.word_package import W, is_on, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_BULLET = "•"
# Bullets that are no letters of a symbol font stay as they are.
_PLAIN_BULLETS = "•▪●○–—-*"
_LEVEL_COUNT = 9
# Characters; Word itself takes no longer ones.
_LONGEST_PATTERN = 255
_BODY_OUTLINE_LEVEL = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One level of a list (17.9.6).

    Attributes:
        start: its first value.
        system: how it counts, as `ingest.readers.counting` names it.
        pattern: its text, ``%1`` for the value of the first level and so on.
        suffix: what stands behind it: a tab, a space or nothing.
        style: the paragraph style that numbers with it, if any.
        restart: levels up to this one, from 1, make it start again; None for all above, 0 for
            none.
        is_legal: whether all levels count in digits in it (17.9.4).
        indent: see `Style`.
    """

    start: int
    system: str
    pattern: str
    suffix: str
    style: str | None
    restart: int | None
    is_legal: bool
    indent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A use of an abstract list (17.9.15): its levels, and those that begin anew with it."""

    abstract: str
    levels: dict[int, _Level]
    restarted: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a paragraph style says, itself or by what it is based on.

    Attributes:
        identifier: its id.
        name: in small letters; built-in styles have English names in every language.
        list_id: the list that numbers it, ``0`` for none, None where it says nothing.
        list_level: its level there.
        outline_level: from 0 for the outermost headings; 9 is text.
        indent: where its first line begins, in twentieths of a point (17.3.1.12).
    """

    identifier: str
    name: str
    list_id: str | None
    list_level: int | None
    outline_level: int | None
    indent: int | None


class Numbering:
    """Counts the automatic numbers (17.9)."""

    def __init__(self, root: "_Element | None") -> None:
        """Begin to count with the lists of the part ``numbering``, None where there is none."""
        self._lists = {} if root is None else _read_lists(root)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def place(self, properties: "_Element | None", style: Style | None) -> tuple[str | None, int]:
        """Return a paragraph's list, None where it has none, and its level there."""
        own = None if properties is None else properties.find(f"{W}numPr")
        list_id = value_of(own, "numId")
        level = value_of(own, "ilvl")
        if list_id is None and style is not None:
            list_id = style.list_id
        known = self._lists.get(list_id or "")
        if known is None:
            return None, 0
        if level is not None:
            return list_id, number_of(level, 0)
        linked = (
            one
            for one, held in known.levels.items()
            if style is not None and held.style == style.identifier
        )
        fallback = style.list_level if style is not None and style.list_level is not None else 0
        return list_id, next(linked, fallback)

    def name(self, list_id: str | None) -> str | None:
        """Return what all lists have in common that count on from each other."""
        known = self._lists.get(list_id or "")
        return None if known is None else known.abstract

    def indent(
        self,
        properties: "_Element | None",
        style: Style | None,
        list_id: str | None,
        level: int,
    ) -> int:
        """Return where the first line of a paragraph begins, in twentieths of a point."""
        own = _indent(properties)
        known = self._lists.get(list_id or "")
        if own is None and known is not None and level in known.levels:
            own = known.levels[level].indent
        if own is None and style is not None:
            own = style.indent
        return own or 0

    def next_number(self, list_id: str | None, level: int) -> str:
        """Return the number that the next paragraph of a list shows, with what follows it."""
        known = self._lists.get(list_id or "")
        if list_id is None or known is None or level not in known.levels:
            return ""
        counts = self._counts.setdefault(known.abstract, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for anew in known.restarted:
                counts.pop(anew, None)
        definition = known.levels[level]
        counts[level] = counts[level] + 1 if level in counts else definition.start
        for deeper in [one for one in counts if one > level]:
            restart = known.levels[deeper].restart if deeper in known.levels else None
            if restart is None or level < restart:
                del counts[deeper]
        return _shown(known, level, counts)


def _shown(known: _List, level: int, counts: dict[int, int]) -> str:
    definition = known.levels[level]
    if definition.system == "bullet":
        sign = definition.pattern.strip()
        return (sign if sign and sign in _PLAIN_BULLETS else _BULLET) + definition.suffix

    def value(found: re.Match[str]) -> str:
        one = int(found[1]) - 1
        if one not in known.levels:
            return ""
        held = known.levels[one]
        system = "decimal" if definition.is_legal else held.system
        return shown_number(counts.get(one, held.start), system)

    text = re.sub(r"%([1-9])", value, definition.pattern)
    return text + definition.suffix if text.strip() else ""


def heading_level(properties: "_Element | None", style: Style | None) -> int | None:
    """Return a paragraph's level as a heading (17.3.1.20), 0 for the title, None for text."""
    own = value_of(properties, "outlineLvl")
    outline = number_of(own, _BODY_OUTLINE_LEVEL) if own is not None else None
    if outline is None and style is not None:
        if style.name == "title":
            return 0
        outline = style.outline_level
    return outline + 1 if outline is not None and outline < _BODY_OUTLINE_LEVEL else None


def read_styles(root: "_Element | None") -> dict[str, Style]:
    """Return the paragraph styles by their id, with what they inherit (17.7.4.3).

    The empty id means the one of paragraphs that name none. Empty without the part ``styles``.
    """
    elements = {
        element.get(f"{W}styleId") or "": element
        for element in (() if root is None else root.iter(f"{W}style"))
        if element.get(f"{W}type") in (None, "paragraph")
    }
    styles: dict[str, Style] = {}
    for identifier, element in elements.items():
        name = (value_of(element, "name") or identifier).lower()
        list_id = list_level = outline = indent = None
        seen: set[str] = set()
        current, key = element, identifier
        while current is not None and key not in seen:
            seen.add(key)
            properties = current.find(f"{W}pPr")
            numbered = None if properties is None else properties.find(f"{W}numPr")
            list_id = list_id or value_of(numbered, "numId")
            list_level = list_level or value_of(numbered, "ilvl")
            outline = outline or value_of(properties, "outlineLvl")
            indent = _indent(properties) if indent is None else indent
            built_in = re.fullmatch(r"heading ([1-9])", (value_of(current, "name") or "").lower())
            if outline is None and built_in is not None:
                outline = str(int(built_in[1]) - 1)
            key = value_of(current, "basedOn") or ""
            current = elements.get(key)
        styles[identifier] = Style(
            identifier=identifier,
            name=name,
            list_id=list_id,
            list_level=None if list_level is None else number_of(list_level, 0),
            outline_level=None if outline is None else number_of(outline, _BODY_OUTLINE_LEVEL),
            indent=indent,
        )
        if element.get(f"{W}default") in ("1", "true", "on"):
            styles[""] = styles[identifier]
    return styles


def _read_lists(root: "_Element") -> dict[str, _List]:
    """Return the lists by their id."""
    abstracts = {one.get(f"{W}abstractNumId") or "": one for one in root.iter(f"{W}abstractNum")}
    by_style = {
        style: key
        for key, one in abstracts.items()
        if (style := value_of(one, "styleLink")) is not None
    }
    lists: dict[str, _List] = {}
    for element in root.iter(f"{W}num"):
        key = value_of(element, "abstractNumId") or ""
        linked = value_of(abstracts.get(key), "numStyleLink")
        key = by_style.get(linked or "", key)
        if key not in abstracts:
            continue
        levels = dict(_read_levels(abstracts[key]))
        restarted: set[int] = set()
        for override in element.iter(f"{W}lvlOverride"):
            level = number_of(override.get(f"{W}ilvl"), 0)
            levels.update(_read_levels(override))
            start = value_of(override, "startOverride")
            if start is not None and level in levels:
                levels[level] = replace(levels[level], start=number_of(start, 1))
                restarted.add(level)
        lists[element.get(f"{W}numId") or ""] = _List(
            abstract=key, levels=levels, restarted=frozenset(restarted)
        )
    return lists


def _read_levels(holder: "_Element") -> Iterator[tuple[int, _Level]]:
    suffixes = {"space": " ", "nothing": ""}
    for element in holder.iter(f"{W}lvl"):
        level = number_of(element.get(f"{W}ilvl"), 0)
        restart = value_of(element, "lvlRestart")
        if level < _LEVEL_COUNT:
            yield (
                level,
                _Level(
                    start=number_of(value_of(element, "start"), 0),
                    system=_system(element),
                    pattern=(value_of(element, "lvlText") or "")[:_LONGEST_PATTERN],
                    suffix=suffixes.get(value_of(element, "suff") or "tab", "\t"),
                    style=value_of(element, "pStyle"),
                    restart=None if restart is None else number_of(restart, 0),
                    is_legal=is_on(element, "isLgl"),
                    indent=_indent(element.find(f"{W}pPr")),
                ),
            )


def _system(level: "_Element") -> str:
    """Return how a level counts; newer systems stand in an alternative of their own."""
    formats = list(level.iter(f"{W}numFmt"))
    return (formats[0].get(f"{W}val") if formats else None) or "decimal"


def _indent(properties: "_Element | None") -> int | None:
    element = None if properties is None else properties.find(f"{W}ind")
    if element is None:
        return None
    left = number_of(element.get(f"{W}left") or element.get(f"{W}start"), 0)
    first = number_of(element.get(f"{W}firstLine"), 0)
    return left + first - number_of(element.get(f"{W}hanging"), 0)
