"""HTML pages: the main content as a browser shows it, as text without any markup.

Lists are numbered as the HTML standard says (sections 4.4.5 to 4.4.8). Scripts, styles, hidden
elements, controls and navigation are left out; nothing is loaded and nothing is run.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.encodings import decode_strictly
from ingest.errors import DocumentError
from ingest.numbering import raised
from ingest.readers.counting import shown_number
from ingest.readers.text import check_characters, decode
from ingest.readers.writer import Block, SourceWriter, Table, call_of, without_calls
from ingest.report import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

# Bytes in which a page names its encoding (HTML standard, 13.2.3.2).
_DECLARATION_LENGTH = 1024
_DECLARATION = re.compile(
    r"<(?:meta\b[^>]*charset|\?xml\b[^>]*encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
# Encodings of the WHATWG encoding standard that Python has; pages that name the narrow ones mean
# the wide ones.
_ENCODINGS = re.compile(
    r"utf-?8|(?:windows-|cp)125\d|iso-8859-\d{1,2}|koi8-[ru]|gb2312|gbk|gb18030|big5(?:-hkscs)?"
    r"|shift[_-]jis|euc-jp|euc-kr|iso-2022-jp|macintosh|ibm866|us-ascii|latin1"
)
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
}

_LEFT_OUT = re.compile(
    r"script|style|noscript|template|nav|button|select|input|textarea|option|datalist|dialog|svg"
    r"|iframe|frame|object|embed|applet|canvas|audio|video|map|head|title|rp|rt|annotation"
    r"|annotation-xml"
)
_LEFT_OUT_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
# What belongs to the site and not to the report, unless it stands inside the report.
_SITE_PARTS = frozenset({"header", "footer", "aside"})
_CONTENT_PARTS = frozenset({"main", "article", "section"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|hr|html|li|main|menu|ol|p|pre|listing|plaintext"
    r"|xmp|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_HEADING = re.compile(r"h[1-6]")
_PREFORMATTED = frozenset({"pre", "listing", "plaintext", "xmp"})
_LISTS = frozenset({"ol", "ul", "menu"})
_LIST_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?:(?:inside|outside)\s+)?(?P<name>[\w-]+))"
)
_BULLETS = frozenset({"disc", "circle", "square"})
_BULLET = "•"
_IDEOGRAPHIC = re.compile(r"cjk-(?!decimal)|chinese")
# Lists in each other by which lines are moved to the right.
_DEEPEST_INDENT = 20
_WHITE = re.compile(r"[ \t\r\n\f]+")
_MARK = r"[\[(]?\s*(\d{1,4}|[⁰¹²³⁴-⁹]{1,4}|[a-z]{1,2}|[ivxl]{1,6}|\*{1,4}|†|‡)\s*[\])]?[.:]?"
# Characters, with brackets and what stands behind them.
_LONGEST_MARK = 16
_NOTE_MARK = re.compile(rf"\s*{_MARK}\s*")
_TYPED_MARK = re.compile(rf"\s*{_MARK}(?:\s+|(?<=[*\]).:⁰¹²³⁴-⁹]))")
_NOTE_HINT = re.compile(r"footnote|endnote|noteref|fn|ftn|note", re.I)


@dataclass(slots=True)
class _List:
    """A list that is open: its system and the next number."""

    system: str
    next_value: int
    step: int


@dataclass(slots=True)
class _Flow:
    """The text that has been met since the last block ended.

    Attributes:
        parts: its pieces, white space as it is shown.
        markers: numbers and bullets that stand in front of it.
        lists: those that are open, outermost first.
        heading_level: of the heading that is open.
        pre_depth: how many elements that keep white space are open.
        raised_depth: how many elements that raise text above the line are open.
    """

    parts: list[str] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    heading_level: int | None = None
    pre_depth: int = 0
    raised_depth: int = 0

    def add(self, text: str | None) -> None:
        if text:
            text = raised(text) if self.raised_depth else text
            self.parts.append(text if self.pre_depth else _WHITE.sub(" ", text))

    def block(self) -> Block | None:
        """Return what has been met as a block, None where that is no text, and begin anew."""
        text = "".join(self.parts)
        self.parts = []
        if not self.pre_depth:
            text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text)).strip(" \n")
        if not without_calls(text).strip():
            return None
        markers, self.markers = self.markers, []
        # What an item goes on with stands deeper than its number.
        deeper = "  " * min(len(self.lists), _DEEPEST_INDENT)
        indent = deeper[2:] if markers else deeper
        return Block(
            text=indent + "".join(markers) + text.replace("\n", f"\n{deeper}"),
            heading_level=self.heading_level,
            list_level=len(self.lists) - 1 if any(markers) else None,
        )


def read_html(data: bytes) -> Source:
    """Return the text of a page's main content with its headings, notes and tables.

    Raises:
        DocumentError: the encoding is unknown, the bytes are no text, or the page is nested too
            deeply to be read as a whole.
    """
    return read_page(_decode(data))


def read_page(page: str) -> Source:
    """Return the text of a page that is decoded already, see `read_html`."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    root: _Element | None = etree.fromstring(page.encode(), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise _too_deep()
    writer = SourceWriter()
    if root is not None:
        try:
            reader = _Page(root)
            writer.write(list(reader.blocks(reader.content)))
            for note, mark in reader.notes.items():
                writer.write_note(mark, reader.note_blocks(note), name=reader.name_of(note))
        except RecursionError as error:
            raise _too_deep() from error
    return writer.source()


class _Page:
    """One page while it is read."""

    def __init__(self, root: "_Element") -> None:
        self.content = _main_content(root)
        self._has_only_heading = len(list(self.content.iter("h1"))) == 1
        self.notes: dict[_Element, str] = {}
        # Those that begin with their mark as text.
        self._typed: set[_Element] = set()
        # References to notes, with what these lead to, and the ways back: neither is text.
        self._note_calls: dict[_Element, _Element] = {}
        self._ways_back: set[_Element] = set()
        self._find_notes()
        self._note_names = {note: str(number) for number, note in enumerate(self.notes)}

    def blocks(self, holder: "_Element") -> Iterator[Block | Table]:
        """Yield the paragraphs and tables in an element, in order."""
        from lxml import etree

        flow = _Flow()
        passed: set[_Element] = set()
        walker = etree.iterwalk(holder, events=("start", "end"))
        for event, element in walker:
            is_block = element is holder or _BLOCK.fullmatch(str(element.tag)) is not None
            if is_block and (block := flow.block()) is not None:
                yield block
            if event == "start":
                if element is not holder and self._is_left_out(element):
                    if element in self._note_calls:
                        flow.parts.append(call_of(self.name_of(self._note_calls[element])))
                    passed.add(element)
                    walker.skip_subtree()
                elif element is not holder and element.tag == "table":
                    yield from self._table(element)
                    passed.add(element)
                    walker.skip_subtree()
                else:
                    _open(element, flow)
                    flow.add(element.text)
                continue
            if element not in passed:
                _close(element, flow)
            if element is not holder:
                flow.add(element.tail)

    def name_of(self, note: "_Element") -> str:
        """Return a name of a note that no other one has."""
        return self._note_names[note]

    def note_blocks(self, note: "_Element") -> list[Block | Table]:
        """Return what stands in a note, without the mark that is typed in front of it."""
        first, *others = [*self.blocks(note), Block(text="")]
        if note in self._typed and isinstance(first, Block):
            mark = _TYPED_MARK.match(first.text)
            first = Block(text=first.text[mark.end() :] if mark is not None else first.text)
        return [first, *others]

    def _table(self, table: "_Element") -> Iterator[Block | Table]:
        caption = table.find("caption")
        if caption is not None and not self._is_left_out(caption):
            texts = [one.text for one in self.blocks(caption) if isinstance(one, Block)]
            yield Block(text=" ".join(texts), is_caption=True)
        rows = [
            row
            for part in table
            for row in ([part] if part.tag == "tr" else part)
            if row.tag == "tr" and not self._is_left_out(row)
        ]
        yield Table(
            rows=tuple(
                tuple(
                    tuple(self.blocks(cell))
                    for cell in row
                    if cell.tag in ("td", "th") and not self._is_left_out(cell)
                )
                for row in rows
            )
        )

    def _is_left_out(self, element: "_Element") -> bool:
        if element in self._note_calls or element in self._ways_back or element in self.notes:
            return True
        return _is_hidden(element) or (
            (element.tag in _SITE_PARTS or element.get("role") in _LEFT_OUT_ROLES)
            and not any(above.tag in _CONTENT_PARTS for above in element.iterancestors())
            and not (self._has_only_heading and next(element.iter("h1"), None) is not None)
        )

    def _find_notes(self) -> None:
        """Find the notes that links in the text lead to and that lead back there."""
        targets: dict[str, _Element] = {}
        leading: dict[str, list[_Element]] = {}
        for element in self.content.iter():
            for name in (element.get("id"), element.get("name")):
                if name:
                    targets.setdefault(name, element)
        for link in self.content.iter("a"):
            leading.setdefault(_fragment(link), []).append(link)
        for link in self.content.iter("a"):
            target = targets.get(_fragment(link))
            mark = _NOTE_MARK.fullmatch("".join(link.itertext()))
            if (
                target is None
                or mark is None
                or link in self._ways_back
                or not _is_note_reference(link)
            ):
                continue
            note = _note_block(target)
            if note is None or note in link.iterancestors():
                continue
            # Each name is looked up once: were it there twice, the first place would hold.
            back = [
                one
                for holder in (link, link.getparent())
                for name in _names(holder)
                for one in leading.pop(name, ())
                if note in one.iterancestors()
            ]
            typed = _TYPED_MARK.match(_beginning(note))
            is_typed = not back and typed is not None and typed[1] == mark[1]
            if is_typed and note not in self.notes:
                self._typed.add(note)
            if back or is_typed or note in self.notes or _is_marked_note(note):
                self.notes.setdefault(note, mark[1])
                self._note_calls[link] = note
                self._ways_back.update(back)


def _open(element: "_Element", flow: _Flow) -> None:
    """Take note of the element that begins."""
    tag = str(element.tag)
    if tag == "br":
        flow.parts.append("\n")
    elif tag in _PREFORMATTED:
        flow.pre_depth += 1
    elif tag == "sup":
        flow.raised_depth += 1
    elif _HEADING.fullmatch(tag):
        flow.heading_level = int(tag[1])
    elif tag in _LISTS:
        flow.lists.append(_new_list(element))
    elif tag == "li" and flow.lists:
        flow.markers.append(_marker(element, flow.lists[-1]))


def _close(element: "_Element", flow: _Flow) -> None:
    """Take note of the element that ends; what it held is a block already if it is one."""
    tag = str(element.tag)
    if tag in _PREFORMATTED:
        flow.pre_depth -= 1
    elif tag == "sup":
        flow.raised_depth -= 1
    elif _HEADING.fullmatch(tag):
        flow.heading_level = None
    elif tag in _LISTS:
        flow.lists.pop()
    elif tag == "li" and flow.markers:
        flow.markers.pop()


def _new_list(element: "_Element") -> _List:
    system = _list_system(element)
    if element.tag != "ol":
        return _List(system=system or "disc", next_value=1, step=1)
    is_reversed = element.get("reversed") is not None
    first = sum(item.tag == "li" for item in element) if is_reversed else 1
    return _List(
        system=system or "decimal",
        next_value=_number(element.get("start"), first),
        step=-1 if is_reversed else 1,
    )


def _marker(item: "_Element", held: _List) -> str:
    """Return what a browser shows in front of an item, with a tab behind it, and count on."""
    value = _number(item.get("value"), held.next_value)
    held.next_value = value + held.step
    style = _LIST_STYLE.search(item.get("style") or "")
    text = style and (style["double"] or style["single"])
    if text:
        return f"{text.strip()}\t"
    system = _list_system(item) or held.system
    if system == "none":
        return ""
    if system in _BULLETS:
        return f"{_BULLET}\t"
    stop = "、" if _IDEOGRAPHIC.search(system) else "."
    return f"{shown_number(value, system)}{stop}\t"


def _list_system(element: "_Element") -> str | None:
    """Return how a list or item says itself that it counts."""
    style = _LIST_STYLE.search(element.get("style") or "")
    if style is not None and style["name"]:
        return style["name"].lower()
    return _LIST_TYPES.get(element.get("type") or "")


def _number(text: str | None, otherwise: int) -> int:
    found = re.match(r"\s*([+-]?\d{1,9})(?!\d)", text or "")
    return int(found[1]) if found is not None else otherwise


def _is_hidden(element: "_Element") -> bool:
    return (
        _LEFT_OUT.fullmatch(str(element.tag)) is not None
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _main_content(root: "_Element") -> "_Element":
    """Return the element that a page marks as its main content, else its body.

    It is marked where there is one such element and most of the text stands in it.
    """
    body = root.find("body")
    content = root if body is None else body
    for candidates in (
        [*root.iter("main"), *(one for one in root.iter() if one.get("role") == "main")],
        list(root.iter("article")),
    ):
        shown = {one: None for one in candidates if not _is_hidden(one)}
        if len(shown) == 1 and _length(next(iter(shown))) > _length(content) / 2:
            return next(iter(shown))
    return content


def _length(element: "_Element") -> int:
    return sum(
        len(one.text or "") for one in element.iter() if _LEFT_OUT.fullmatch(str(one.tag)) is None
    )


def _fragment(link: "_Element") -> str:
    """Return the name inside the page that a link leads to, empty where it leads elsewhere."""
    address = link.get("href") or ""
    return address[1:] if address.startswith("#") else ""


def _names(element: "_Element | None") -> Iterator[str]:
    if element is not None:
        yield from filter(None, (element.get("id"), element.get("name")))


def _is_note_reference(link: "_Element") -> bool:
    parent = link.getparent()
    return (
        link.get("role") == "doc-noteref"
        or next(link.iter("sup"), None) is not None
        or (parent is not None and parent.tag == "sup")
        or _NOTE_HINT.search(f"{link.get('class')} {_fragment(link)}") is not None
    )


def _note_block(target: "_Element") -> "_Element | None":
    """Return the item or paragraph that a reference leads to, or into."""
    element: _Element | None = target
    while element is not None and element.tag not in ("li", "p", "div", "aside", "dd", "tr"):
        element = element.getparent()
    return element


def _beginning(note: "_Element") -> str:
    """Return enough of a note's text to see its mark."""
    text = ""
    for part in note.itertext():
        text = (text + part).lstrip()
        if len(text) > _LONGEST_MARK:
            break
    return text


def _is_marked_note(note: "_Element") -> bool:
    """Say whether a note, or what it stands in, says that it is one."""
    return any(
        one.get("role") in ("doc-footnote", "doc-endnote", "doc-endnotes")
        or re.search(r"footnote|endnote", one.get("class") or "", re.I) is not None
        for one in (note, *note.iterancestors())
    )


def _decode(data: bytes) -> str:
    """Return a page as text: by its byte order mark, by what it declares, or by its characters."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    declared = _DECLARATION.search(data[:_DECLARATION_LENGTH].decode("latin-1"))
    name = declared[1].lower() if declared is not None else ""
    # Bytes beyond ASCII that are valid UTF-8 are nothing else, whatever the page declares.
    if decode_strictly(data, "utf-8") is None and _ENCODINGS.fullmatch(name):
        text = decode_strictly(data, _MEANT.get(name, name))
        if text is not None:
            check_characters(text)
            return text
    return decode(data)


def _too_deep() -> DocumentError:
    return DocumentError(
        "found elements nested too deeply in the page, expected a report; save it as text"
    )
