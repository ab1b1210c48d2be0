"""Writes reports as Word documents, HTML pages and Markdown."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ingest.read import read_reports
from ingest.report import Report

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
    "</w:style>"
    for name in ("Title", "heading 1", "heading 2", "heading 3", "caption", "List Paragraph")
)


def report_of(path: Path, data: bytes) -> Report:
    """Return the report that is read from `data`, written to the file `path`."""
    path.write_bytes(data)
    (report,) = read_reports(path)
    return report


def units(report: Report) -> list[tuple[str, tuple[str, ...], str]]:
    """Return label, section and text of every paragraph."""
    return [(one.label, one.section, one.text) for one in report.paragraphs]


class Block(NamedTuple):
    """A paragraph (`level` None) or heading of a report and the number in front of it."""

    level: int | None
    number: str
    text: str


def blocks_of(report: Report) -> list[Block]:
    """Return what stands in the report's file, one after the other."""
    return list(_blocks(report))


def _blocks(report: Report) -> Iterator[Block]:
    labels = {one.label for one in report.paragraphs}
    annexes: set[str] = set()
    for one in report.front_matter:
        if one.label == "front matter":
            yield from (Block(None, "", line) for line in one.text.split("\n"))
    above: tuple[str, ...] = ()
    for paragraph in report.paragraphs:
        annex, _, label = paragraph.label.rpartition("/")
        section = paragraph.section
        if annex and annex not in annexes:
            annexes.add(annex)
            yield Block(1, "", annex)
            title = section[0].removeprefix(annex).lstrip(". ")
            if title:
                yield Block(None, "", title)
            above = section[:1]
        depth = next(
            (n for n, (a, b) in enumerate(zip(above, section, strict=False)) if a != b),
            min(len(above), len(section)),
        )
        for level in range(depth, len(section)):
            yield Block(level + 1, "", section[level])
        above = section
        marks = re.findall(r"\([^)]*\)", label)
        number = marks[-1] if marks else f"{label}." if report.numbered else ""
        # Where the paragraph has no text of its own, both numbers stand on one line.
        if len(marks) == 1 and label.partition("(")[0] not in labels and marks[0] == "(a)":
            number = f"{label.partition('(')[0]}. (a)"
        yield Block(None, number, paragraph.text)


# Word documents


def docx(
    body: str,
    *,
    numbering: str = "",
    styles: str = STYLES,
    footnotes: str = "",
    endnotes: str = "",
    header: str = "",
    parts: dict[str, bytes] | None = None,
) -> bytes:
    """Return a Word document with the given XML in its parts."""
    kinds = {
        "numbering": f"<w:numbering {_names()}>{numbering}</w:numbering>",
        "styles": f"<w:styles {_names()}>{styles}</w:styles>",
        "footnotes": f"<w:footnotes {_names()}>{footnotes}</w:footnotes>",
        "endnotes": f"<w:endnotes {_names()}>{endnotes}</w:endnotes>",
        "header": f"<w:hdr {_names()}>{header}</w:hdr>",
    }
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override '
        f'PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relationships({kind: f"{kind}.xml" for kind in kinds}),
        "word/document.xml": f"<w:document {_names()}><w:body>{body}</w:body></w:document>",
    } | {f"word/{kind}.xml": text for kind, text in kinds.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({k: v.encode() for k, v in members.items()} | (parts or {})).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _names() -> str:
    return f'xmlns:w="{W}" xmlns:r="{R}"'


def _relationships(targets: dict[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def paragraph(text: str, *, properties: str = "") -> str:
    """Return the XML of a paragraph of one run."""
    run = f'<w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def styled(name: str) -> str:
    """Return the property of a paragraph in a style."""
    return f'<w:pStyle w:val="{name.replace(" ", "")}"/>'


def listed(list_id: int, level: int = 0) -> str:
    """Return the property of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def abstract_list(identifier: int, *levels: str, extra: str = "") -> str:
    """Return an abstract list; `levels` as ``"lowerLetter (%2)"``, from the outermost."""
    inner = ""
    for number, level in enumerate(levels):
        system, _, pattern = level.partition(" ")
        inner += (
            f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{system}"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        )
    return f'<w:abstractNum w:abstractNumId="{identifier}">{extra}{inner}</w:abstractNum>'


def list_use(identifier: int, abstract: int, overrides: str = "") -> str:
    """Return a list that uses an abstract one."""
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def docx_typed(report: Report) -> bytes:
    """Return the report as a Word document whose numbers are typed."""
    return docx(
        "".join(
            paragraph(
                f"{block.number} {block.text}".strip(),
                properties=styled(f"heading {block.level}") if block.level else "",
            )
            for block in blocks_of(report)
        )
    )


def docx_automatic(report: Report) -> bytes:
    """Return the report as a Word document that counts headings, paragraphs and sub-items."""
    body = ""
    for block in blocks_of(report):
        if block.level:
            text = re.sub(r"^[一二三四五六七八九十]+\. ", "", block.text)
            body += paragraph(text, properties=styled(f"heading {block.level}") + listed(2))
        elif block.number:
            level = 1 if block.number.startswith("(") else 0
            body += paragraph(block.text, properties=listed(1, level))
        else:
            body += paragraph(block.text)
    numbering = (
        abstract_list(1, "decimal %1.", "lowerLetter (%2)")
        + abstract_list(2, "chineseCounting %1.")
        + list_use(1, 1)
        + list_use(2, 2)
    )
    return docx(body, numbering=numbering)


# HTML pages and Markdown


def html_page(body: str, *, head: str = '<meta charset="utf-8">') -> str:
    """Return a page with the given content."""
    return (
        f"<!DOCTYPE html>\n<html><head>{head}<title>Site</title></head><body>{body}</body></html>"
    )


def html_typed(report: Report) -> str:
    """Return the report as a page whose numbers are typed, with everything around it."""
    content = "\n".join(
        f"<h{block.level + 1}>{html.escape(block.text)}</h{block.level + 1}>"
        if block.level
        else f"<p>{html.escape(f'{block.number} {block.text}'.strip())}</p>"
        for block in blocks_of(report)
    )
    return html_page(
        "<nav><ol><li>1. Home</ol></nav><script>document.write('<p>9. No.</p>')</script>"
        f"<style>p {{ color: red }}</style><!-- 1. No. -->{content}"
        '<p hidden>99. Hidden.</p><div style="display: none">100. None.</div>'
        "<footer><p>© Site</p></footer>"
    )


def html_lists(report: Report) -> str:
    """Return the report as a page whose paragraphs and sub-items are items of lists."""
    content, depth = "", 0
    for block in blocks_of(report):
        wanted = 0 if not block.number else 2 if block.number.startswith("(") else 1
        while depth > wanted:
            content += "</li></ol>"
            depth -= 1
        if block.level or not block.number:
            tag = f"h{block.level + 1}" if block.level else "p"
            content += f"<{tag}>{html.escape(block.text)}</{tag}>"
            continue
        if wanted == depth:
            content += "</li>"
        while depth < wanted:
            start = block.number.rstrip(".") if wanted == 1 else "1"
            content += f'<ol start="{start}">' if wanted == 1 else '<ol type="a">'
            depth += 1
        content += f"<li>{html.escape(block.text)}"
    return html_page(content + "</li></ol>" * depth)


def markdown(report: Report) -> str:
    """Return the report as Markdown."""
    return "\n\n".join(
        f"{'#' * (block.level + 1)} {block.text}"
        if block.level
        else re.sub(r"([*_])", r"\\\1", f"{block.number} {block.text}".strip())
        for block in blocks_of(report)
    )
