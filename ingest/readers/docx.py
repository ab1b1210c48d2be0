"""Word documents: paragraphs with their automatic numbers as Word shows them.

The format is Office Open XML (ECMA-376 part 1; the numbers of its sections stand beside what they
define). Tracked changes are read as accepted; headers and footers are kept apart.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.errors import DocumentError
from ingest.limits import expand_part, open_zip
from ingest.readers.counting import shown_number
from ingest.readers.writer import Block, SourceWriter, Table
from ingest.report import Source

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# 17.13.5: what a tracked change has put in stays, what it has taken out goes.
_REMOVED = {f"{_W}del", f"{_W}moveFrom"}
_CHANGES = {f"{_W}ins", f"{_W}moveTo", *_REMOVED}
# Elements that only hold other content.
_HOLDER = re.compile(
    rf"{re.escape(_W)}(?:ins|moveTo|hyperlink|smartTag|sdt|sdtContent|customXml|fldSimple|bdo|dir"
    r"|rubyBase)"
)
_SPACES = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOTE_REFERENCES = {f"{_W}footnoteReference": "footnote", f"{_W}endnoteReference": "endnote"}
_BULLET = "•"
# Bullets that are no letters of a symbol font stay as they are.
_PLAIN_BULLETS = "•▪●○–—-*"
_LEVEL_COUNT = 9
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
    """

    start: int
    system: str
    pattern: str
    suffix: str
    style: str | None
    restart: int | None
    is_legal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A use of an abstract list (17.9.15): its levels, and those that begin anew with it."""

    abstract: str
    levels: dict[int, _Level]
    restarted: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """What a paragraph style says, itself or by what it is based on."""

    identifier: str
    name: str
    list_id: str | None
    list_level: int | None
    outline_level: int | None


def read_docx(data: bytes) -> Source:
    """Return the text of a Word document with its headings, notes and tables.

    Automatic numbers stand in the text. No line has a page: where pages break is not in the file.

    Raises:
        DocumentError: the file is damaged, encrypted, expands too far, or holds parts that this
            reader cannot follow; nothing is read then.
    """
    return _Document(data).source()


class _Document:
    """One document while it is read."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_zip(data)
        self._main = self._find_main()
        self._related = self._relationships(self._main)
        self._root = self._part(self._main)
        styles = self._related_part("styles")
        self._styles = {} if styles is None else _read_styles(styles)
        numbering = self._related_part("numbering")
        self._numbering = _Numbering({} if numbering is None else _read_lists(numbering))
        self._is_changed = False
        self._carried = ""
        # Of the fields that are open: whether their code is read, which is not shown.
        self._fields: list[bool] = []
        self._boxes: list[_Element] = []
        self._note_marks: dict[tuple[str, str], str] = {}
        self._custom_marks: set[tuple[str, str]] = set()
        self._note_counts = {"footnote": 0, "endnote": 0}
        self._note_systems = self._find_note_systems()

    def source(self) -> Source:
        body = self._root.find(f"{_W}body")
        if body is None:
            raise DocumentError("found no text in the Word document, expected some; check the file")
        writer = SourceWriter()
        writer.write(list(self._blocks(body)))
        for kind in ("footnote", "endnote"):
            self._write_notes(kind, writer)
        return writer.source(
            furniture=tuple(self._furniture()),
            findings=("tracked changes are read as accepted",) if self._is_changed else (),
        )

    def _blocks(self, holder: "_Element") -> Iterator[Block | Table]:
        """Yield the paragraphs and tables in an element, in order."""
        for element in holder:
            self._is_changed |= element.tag in _CHANGES
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield self._table(element)
            elif element.tag == f"{_W}altChunk":
                raise DocumentError(
                    "found another file inside the Word document, expected its text; open it in "
                    "Word and save it again"
                )
            elif _is_holder(element):
                yield from self._blocks(element)
            elif element.tag == _ALTERNATIVES and len(element):
                yield from self._blocks(element[0])
        if self._carried and not _is_holder(holder):
            text, self._carried = self._carried, ""
            yield Block(text=text)

    def _paragraph(self, paragraph: "_Element") -> Iterator[Block]:
        properties = paragraph.find(f"{_W}pPr")
        text = self._carried + "".join(self._text(paragraph))
        self._carried = ""
        mark = None if properties is None else properties.find(f"{_W}rPr")
        if mark is not None and any(mark.find(tag) is not None for tag in _REMOVED):
            # The end of the paragraph is taken out: it goes on with the next one.
            self._is_changed = True
            self._carried = text
            return
        boxes, self._boxes = self._boxes, []
        is_hidden = mark is not None and _is_on(mark, "vanish") and not text.strip()
        if not is_hidden:
            style = self._styles.get(_value(properties, "pStyle") or "")
            list_id, level = self._numbering.place(properties, style)
            number = self._numbering.next_number(list_id, level)
            if text.strip():
                glue = "\t" if number[-1:].isdigit() and text[:1].isdigit() else ""
                name = "" if style is None else style.name
                yield Block(
                    text=number + glue + text,
                    heading_level=_heading_level(properties, style),
                    list_level=level if number else None,
                    list_name=self._numbering.name(list_id) if number else None,
                    is_caption=name == "caption",
                )
        for box in boxes:
            for block in self._blocks(box):
                if isinstance(block, Block):
                    yield block

    def _text(self, holder: "_Element") -> Iterator[str]:
        """Yield the text of a paragraph or of what holds some of it."""
        for element in holder:
            self._is_changed |= element.tag in _CHANGES
            if element.tag == f"{_W}r":
                if not _is_on(element.find(f"{_W}rPr"), "vanish"):
                    yield from self._run(element)
            elif _is_holder(element):
                yield from self._text(element)
            elif element.tag == _ALTERNATIVES and len(element):
                yield from self._text(element[0])
            elif element.tag not in _REMOVED:
                yield from (part.text or "" for part in element.iter(_MATH_TEXT))

    def _run(self, run: "_Element") -> Iterator[str]:
        custom_mark: tuple[str, str] | None = None
        for element in run:
            if element.tag == f"{_W}t":
                if custom_mark is not None:
                    self._note_marks[custom_mark] = (element.text or "").strip() or "*"
                    custom_mark = None
                elif not any(self._fields):
                    yield element.text or ""
            elif element.tag == f"{_W}fldChar":
                self._follow_field(element.get(f"{_W}fldCharType"))
            elif element.tag in _SPACES:
                yield _SPACES[element.tag]
            elif element.tag == f"{_W}br":
                yield "\n" if element.get(f"{_W}type") in (None, "textWrapping") else ""
            elif element.tag == f"{_W}sym":
                yield _symbol(element.get(f"{_W}char"))
            elif element.tag in _NOTE_REFERENCES:
                key = (_NOTE_REFERENCES[element.tag], element.get(f"{_W}id") or "")
                if element.get(f"{_W}customMarkFollows") in ("1", "true", "on"):
                    custom_mark = key
                    self._custom_marks.add(key)
                    self._note_marks[key] = "*"
                else:
                    self._note_marks[key] = self._next_note(key[0])
            elif element.tag == f"{_W}ruby":
                yield from self._text(element)
            elif element.tag == _ALTERNATIVES:
                self._boxes.extend(_boxes(element[0]) if len(element) else ())
            elif element.tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object"):
                self._boxes.extend(_boxes(element))

    def _follow_field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _table(self, table: "_Element") -> Table:
        rows: list[tuple[tuple[Block | Table, ...], ...]] = []
        for row in _held(table, "tr"):
            changes = row.find(f"{_W}trPr")
            if changes is not None and changes.find(f"{_W}del") is not None:
                self._is_changed = True
                continue
            rows.append(tuple(tuple(self._blocks(cell)) for cell in _held(row, "tc")))
        return Table(rows=tuple(rows))

    def _next_note(self, kind: str) -> str:
        start, system = self._note_systems[kind]
        self._note_counts[kind] += 1
        return shown_number(start + self._note_counts[kind] - 1, system)

    def _find_note_systems(self) -> dict[str, tuple[int, str]]:
        """Return the first value and the system of footnotes and endnotes (17.11.12, 17.11.4)."""
        settings = self._related_part("settings")
        systems = {"footnote": (1, "decimal"), "endnote": (1, "lowerRoman")}
        for kind in systems:
            holders = [
                holder
                for root in (settings, self._root)
                if root is not None
                for holder in root.iter(f"{_W}{kind}Pr")
            ]
            for holder in holders:
                start, system = systems[kind]
                systems[kind] = (
                    _number(_value(holder, "numStart"), start),
                    _value(holder, "numFmt") or system,
                )
        return systems

    def _write_notes(self, kind: str, writer: SourceWriter) -> None:
        """Write the notes that the text refers to, in the order of their references."""
        part = self._related_part(f"{kind}s")
        notes = {} if part is None else {note.get(f"{_W}id"): note for note in part}
        for (noted, identifier), mark in list(self._note_marks.items()):
            if noted == kind and identifier in notes:
                first, *others = [*self._blocks(notes[identifier]), Block(text="")]
                if (noted, identifier) in self._custom_marks and isinstance(first, Block):
                    first = replace(first, text=first.text.lstrip().removeprefix(mark))
                writer.write_note(mark, [first, *others])

    def _furniture(self) -> Iterator[str]:
        for kind in ("header", "footer"):
            for target in self._related.get(kind, ()):
                for paragraph in self._part(target).iter(f"{_W}p"):
                    text = "".join(self._text(paragraph)).strip()
                    if text:
                        yield text

    def _find_main(self) -> str:
        targets = self._relationships("").get("officeDocument", ())
        if not targets:
            raise DocumentError(
                "found an office document without text, expected a Word document; check the file"
            )
        return targets[0]

    def _relationships(self, part: str) -> dict[str, list[str]]:
        """Return the parts that a part names, by the last word of the relationship's type."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._archive.namelist():
            return {}
        targets: dict[str, list[str]] = {}
        for relationship in self._part(path).iter(_RELATIONSHIP):
            if relationship.get("TargetMode") != "External":
                target = relationship.get("Target") or ""
                kind = (relationship.get("Type") or "").rpartition("/")[2]
                resolved = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                targets.setdefault(kind, []).append(resolved)
        return targets

    def _related_part(self, kind: str) -> "_Element | None":
        targets = self._related.get(kind)
        return self._part(targets[0]) if targets else None

    def _part(self, name: str) -> "_Element":
        return _parse(self._archive, name)


class _Numbering:
    """Counts the automatic numbers (17.9)."""

    def __init__(self, lists: dict[str, _List]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def place(self, properties: "_Element | None", style: _Style | None) -> tuple[str | None, int]:
        """Return a paragraph's list, None where it has none, and its level there."""
        own = None if properties is None else properties.find(f"{_W}numPr")
        list_id = _value(own, "numId")
        level = _value(own, "ilvl")
        if list_id is None and style is not None:
            list_id = style.list_id
        known = self._lists.get(list_id or "")
        if known is None:
            return None, 0
        if level is not None:
            return list_id, _number(level, 0)
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


def _is_holder(element: "_Element") -> bool:
    # Comments and processing instructions have no name.
    return isinstance(element.tag, str) and _HOLDER.fullmatch(element.tag) is not None


def _boxes(element: "_Element") -> Iterator["_Element"]:
    """Yield the text boxes in a drawing."""
    yield from element.iter(f"{_W}txbxContent")


def _held(holder: "_Element", name: str) -> Iterator["_Element"]:
    """Yield a table's rows or a row's cells, also those that a content control holds."""
    for element in holder:
        if element.tag == f"{_W}{name}":
            yield element
        elif _is_holder(element):
            yield from _held(element, name)


def _symbol(code: str | None) -> str:
    """Return a character of a symbol font; those of private use have no meaning in text."""
    value = int(code, 16) if code and re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else 0
    return "" if not value or 0xD800 <= value <= 0xF8FF else chr(value)


def _heading_level(properties: "_Element | None", style: _Style | None) -> int | None:
    own = _value(properties, "outlineLvl")
    outline = _number(own, _BODY_OUTLINE_LEVEL) if own is not None else None
    if outline is None and style is not None:
        if style.name == "title":
            return 0
        outline = style.outline_level
    return outline + 1 if outline is not None and outline < _BODY_OUTLINE_LEVEL else None


def _read_styles(root: "_Element") -> dict[str, _Style]:
    """Return the paragraph styles by their id, with what they inherit (17.7.4.3).

    The empty id means the one of paragraphs that name none.
    """
    elements = {
        element.get(f"{_W}styleId") or "": element
        for element in root.iter(f"{_W}style")
        if element.get(f"{_W}type") in (None, "paragraph")
    }
    styles: dict[str, _Style] = {}
    for identifier, element in elements.items():
        name = (_value(element, "name") or identifier).lower()
        list_id = list_level = outline = None
        seen: set[str] = set()
        current, key = element, identifier
        while current is not None and key not in seen:
            seen.add(key)
            properties = current.find(f"{_W}pPr")
            numbered = None if properties is None else properties.find(f"{_W}numPr")
            list_id = list_id or _value(numbered, "numId")
            list_level = list_level or _value(numbered, "ilvl")
            outline = outline or _value(properties, "outlineLvl")
            built_in = re.fullmatch(r"heading ([1-9])", (_value(current, "name") or "").lower())
            if outline is None and built_in is not None:
                outline = str(int(built_in[1]) - 1)
            key = _value(current, "basedOn") or ""
            current = elements.get(key)
        styles[identifier] = _Style(
            identifier=identifier,
            name=name,
            list_id=list_id,
            list_level=None if list_level is None else _number(list_level, 0),
            outline_level=None if outline is None else _number(outline, _BODY_OUTLINE_LEVEL),
        )
        if element.get(f"{_W}default") in ("1", "true", "on"):
            styles[""] = styles[identifier]
    return styles


def _read_lists(root: "_Element") -> dict[str, _List]:
    """Return the lists by their id."""
    abstracts = {one.get(f"{_W}abstractNumId") or "": one for one in root.iter(f"{_W}abstractNum")}
    by_style = {
        style: key
        for key, one in abstracts.items()
        if (style := _value(one, "styleLink")) is not None
    }
    lists: dict[str, _List] = {}
    for element in root.iter(f"{_W}num"):
        key = _value(element, "abstractNumId") or ""
        linked = _value(abstracts.get(key), "numStyleLink")
        key = by_style.get(linked or "", key)
        if key not in abstracts:
            continue
        levels = dict(_read_levels(abstracts[key]))
        restarted: set[int] = set()
        for override in element.iter(f"{_W}lvlOverride"):
            level = _number(override.get(f"{_W}ilvl"), 0)
            levels.update(_read_levels(override))
            start = _value(override, "startOverride")
            if start is not None and level in levels:
                levels[level] = replace(levels[level], start=_number(start, 1))
                restarted.add(level)
        lists[element.get(f"{_W}numId") or ""] = _List(
            abstract=key, levels=levels, restarted=frozenset(restarted)
        )
    return lists


def _read_levels(holder: "_Element") -> Iterator[tuple[int, _Level]]:
    suffixes = {"space": " ", "nothing": ""}
    for element in holder.iter(f"{_W}lvl"):
        level = _number(element.get(f"{_W}ilvl"), 0)
        restart = _value(element, "lvlRestart")
        if level < _LEVEL_COUNT:
            yield (
                level,
                _Level(
                    start=_number(_value(element, "start"), 0),
                    system=_system(element),
                    pattern=_value(element, "lvlText") or "",
                    suffix=suffixes.get(_value(element, "suff") or "tab", "\t"),
                    style=_value(element, "pStyle"),
                    restart=None if restart is None else _number(restart, 0),
                    is_legal=_is_on(element, "isLgl"),
                ),
            )


def _system(level: "_Element") -> str:
    """Return how a level counts; newer systems stand in an alternative of their own."""
    formats = list(level.iter(f"{_W}numFmt"))
    return (formats[0].get(f"{_W}val") if formats else None) or "decimal"


def _value(holder: "_Element | None", name: str) -> str | None:
    """Return the ``w:val`` of a child element, None where there is none."""
    child = None if holder is None else holder.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")


def _is_on(holder: "_Element | None", name: str) -> bool:
    """Say whether a switch is there and not set to off (17.17.4)."""
    child = None if holder is None else holder.find(f"{_W}{name}")
    return child is not None and child.get(f"{_W}val") not in ("0", "false", "off")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else otherwise


def _parse(archive: "zipfile.ZipFile", name: str) -> "_Element":
    """Return the root of an XML part; nothing outside the part is ever loaded."""
    from lxml import etree

    try:
        data = expand_part(archive, name).replace(_STRICT, _W[1:-1].encode())
    except KeyError as error:
        raise DocumentError(
            f"found no {name} in the Word document, expected one; get the file again"
        ) from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: _Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            f"found damaged XML in {name} of the Word document ({error.msg}), expected it whole; "
            "get the file again"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise DocumentError(
            f"found a document type in {name} of the Word document, expected none; do not trust "
            "the file"
        )
    return root
