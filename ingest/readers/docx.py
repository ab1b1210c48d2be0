"""Word documents: paragraphs with their automatic numbers as Word shows them.

The format is Office Open XML (ECMA-376 part 1; the numbers of its sections stand beside what they
define). Tracked changes are read as accepted; headers and footers are kept apart.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.errors import DocumentError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.numbering import raised
from ingest.readers.counting import shown_number
from ingest.readers.word_lists import Numbering, heading_level, read_styles
from ingest.readers.word_package import W, WordPackage, is_on, number_of, value_of
from ingest.readers.writer import Block, SourceWriter, Table, call_of, without_calls
from ingest.report import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# 17.13.5: what a tracked change has put in stays, what it has taken out goes.
_REMOVED = {f"{W}del", f"{W}moveFrom"}
_CHANGES = {f"{W}ins", f"{W}moveTo", *_REMOVED}
# Elements that only hold other content.
_HOLDER = re.compile(
    rf"{re.escape(W)}(?:ins|moveTo|hyperlink|smartTag|sdt|sdtContent|customXml|fldSimple|bdo|dir"
    r"|rubyBase)"
)
_SPACES = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# Twentieths of a point that a column of white space in front of a line stands for.
_COLUMN = 120
_MOST_COLUMNS = 100
_NOTE_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


def read_docx(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """Return the text of a Word document with its headings, notes and tables.

    Automatic numbers stand in the text. No line has a page: where pages break is not in the file.

    Raises:
        DocumentError: the file is damaged, encrypted, expands too far, or holds parts that this
            reader cannot follow; nothing is read then.
    """
    return _Document(data, limits).source()


class _Document:
    """One document while it is read."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._package = WordPackage(data, limits=limits)
        self._styles = read_styles(self._package.part("styles"))
        self._numbering = Numbering(self._package.part("numbering"))
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
        body = self._package.document.find(f"{W}body")
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
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield self._table(element)
            elif element.tag == f"{W}altChunk":
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
        properties = paragraph.find(f"{W}pPr")
        text = self._carried + "".join(self._text(paragraph))
        self._carried = ""
        mark = None if properties is None else properties.find(f"{W}rPr")
        if mark is not None and any(mark.find(tag) is not None for tag in _REMOVED):
            # The end of the paragraph is taken out: it goes on with the next one.
            self._is_changed = True
            self._carried = text
            return
        boxes, self._boxes = self._boxes, []
        has_text = bool(without_calls(text).strip())
        if has_text or mark is None or not is_on(mark, "vanish"):
            style = self._styles.get(value_of(properties, "pStyle") or "")
            list_id, level = self._numbering.place(properties, style)
            number = self._numbering.next_number(list_id, level)
            if has_text:
                indent = self._numbering.indent(properties, style, list_id, level)
                columns = " " * min(indent // _COLUMN, _MOST_COLUMNS)
                # What a numbered paragraph goes on with stands deeper than its number.
                deeper = columns + "  " if number else columns
                glue = "\t" if number[-1:].isdigit() and text[:1].isdigit() else ""
                name = "" if style is None else style.name
                yield Block(
                    text=columns + number + glue + text.replace("\n", f"\n{deeper}"),
                    heading_level=heading_level(properties, style),
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
            if element.tag == f"{W}r":
                if not is_on(element.find(f"{W}rPr"), "vanish"):
                    yield from self._run(element)
            elif _is_holder(element):
                yield from self._text(element)
            elif element.tag == _ALTERNATIVES and len(element):
                yield from self._text(element[0])
            elif element.tag not in _REMOVED:
                yield from (part.text or "" for part in element.iter(_MATH_TEXT))

    def _run(self, run: "_Element") -> Iterator[str]:
        custom_mark: tuple[str, str] | None = None
        is_raised = value_of(run.find(f"{W}rPr"), "vertAlign") == "superscript"
        for element in run:
            if element.tag == f"{W}t":
                if custom_mark is not None:
                    self._note_marks[custom_mark] = (element.text or "").strip() or "*"
                    custom_mark = None
                elif not any(self._fields):
                    text = element.text or ""
                    yield raised(text) if is_raised else text
            elif element.tag == f"{W}fldChar":
                self._follow_field(element.get(f"{W}fldCharType"))
            elif element.tag in _SPACES:
                yield _SPACES[element.tag]
            elif element.tag == f"{W}br":
                yield "\n" if element.get(f"{W}type") in (None, "textWrapping") else " "
            elif element.tag == f"{W}sym":
                yield _symbol(element.get(f"{W}char"))
            elif element.tag in _NOTE_REFERENCES:
                key = (_NOTE_REFERENCES[element.tag], element.get(f"{W}id") or "")
                if element.get(f"{W}customMarkFollows") in ("1", "true", "on"):
                    custom_mark = key
                    self._custom_marks.add(key)
                    self._note_marks[key] = "*"
                else:
                    self._note_marks[key] = self._next_note(key[0])
                yield call_of(" ".join(key))
            elif element.tag == f"{W}ruby":
                yield from self._text(element)
            elif element.tag == _ALTERNATIVES:
                self._boxes.extend(_boxes(element[0]) if len(element) else ())
            elif element.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
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
            changes = row.find(f"{W}trPr")
            if changes is not None and changes.find(f"{W}del") is not None:
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
        settings = self._package.part("settings")
        systems = {"footnote": (1, "decimal"), "endnote": (1, "lowerRoman")}
        for kind in systems:
            holders = [
                holder
                for root in (settings, self._package.document)
                if root is not None
                for holder in root.iter(f"{W}{kind}Pr")
            ]
            for holder in holders:
                start, system = systems[kind]
                systems[kind] = (
                    number_of(value_of(holder, "numStart"), start),
                    value_of(holder, "numFmt") or system,
                )
        return systems

    def _write_notes(self, kind: str, writer: SourceWriter) -> None:
        """Write the notes that the text refers to, in the order of their references."""
        part = self._package.part(f"{kind}s")
        notes = {} if part is None else {note.get(f"{W}id"): note for note in part}
        for (noted, identifier), mark in list(self._note_marks.items()):
            if noted == kind and identifier in notes:
                first, *others = [*self._blocks(notes[identifier]), Block(text="")]
                if (noted, identifier) in self._custom_marks and isinstance(first, Block):
                    text = first.text.lstrip()
                    first = replace(first, text=text.removeprefix(mark).removeprefix(raised(mark)))
                writer.write_note(mark, [first, *others], name=f"{noted} {identifier}")

    def _furniture(self) -> Iterator[str]:
        for kind in ("header", "footer"):
            for part in self._package.parts(kind):
                for paragraph in part.iter(f"{W}p"):
                    text = without_calls("".join(self._text(paragraph))).strip()
                    if text:
                        yield text


def _is_holder(element: "_Element") -> bool:
    # Comments and processing instructions have no name.
    return isinstance(element.tag, str) and _HOLDER.fullmatch(element.tag) is not None


def _boxes(element: "_Element") -> Iterator["_Element"]:
    """Yield the text boxes in a drawing."""
    yield from element.iter(f"{W}txbxContent")


def _held(holder: "_Element", name: str) -> Iterator["_Element"]:
    """Yield a table's rows or a row's cells, also those that a content control holds."""
    for element in holder:
        if element.tag == f"{W}{name}":
            yield element
        elif _is_holder(element):
            yield from _held(element, name)


def _symbol(code: str | None) -> str:
    """Return a character of a symbol font; those of private use have no meaning in text."""
    value = int(code, 16) if code and re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else 0
    return "" if not value or 0xD800 <= value <= 0xF8FF else chr(value)
