"""The parts of a Word document: a zip archive of XML files that name each other.

The format is Office Open XML (ECMA-376): part 2 for the package, part 1 for what is in it.
"""

import posixpath
import re
from typing import TYPE_CHECKING

from ingest.errors import DocumentError
from ingest.limits import Limits, expand_part, open_zip

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class WordPackage:
    """One document's archive."""

    def __init__(self, data: bytes, *, limits: Limits) -> None:
        """Open the archive.

        Raises:
            DocumentError: it is damaged, expands too far, or names no main part. All methods
                raise it too, where a part is missing or damaged.
        """
        self._archive = open_zip(data)
        self._limits = limits
        targets = self._relationships("").get("officeDocument", ())
        if not targets:
            raise DocumentError(
                "found an office document without text, expected a Word document; check the file"
            )
        self._related = self._relationships(targets[0])
        self.document = self._part(targets[0])

    def part(self, kind: str) -> "_Element | None":
        """Return the root of the part of a kind, such as ``styles``, None where there is none."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> "list[_Element]":
        """Return the roots of all parts of a kind, such as ``header``."""
        return [self._part(target) for target in self._related.get(kind, ())]

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

    def _part(self, name: str) -> "_Element":
        """Return the root of an XML part; nothing outside the part is ever loaded."""
        from lxml import etree

        try:
            data = expand_part(self._archive, name, limits=self._limits).replace(
                _STRICT, W[1:-1].encode()
            )
        except KeyError as error:
            raise DocumentError(
                f"found no {name} in the Word document, expected one; get the file again"
            ) from error
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root: _Element = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise DocumentError(
                f"found damaged XML in {name} of the Word document ({error.msg}), expected it "
                "whole; get the file again"
            ) from error
        if root.getroottree().docinfo.doctype:
            raise DocumentError(
                f"found a document type in {name} of the Word document, expected none; do not "
                "trust the file"
            )
        return root


def value_of(holder: "_Element | None", name: str) -> str | None:
    """Return the ``w:val`` of a child element, None where there is none."""
    child = None if holder is None else holder.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def is_on(holder: "_Element | None", name: str) -> bool:
    """Say whether a switch is there and not set to off (17.17.4)."""
    child = None if holder is None else holder.find(f"{W}{name}")
    return child is not None and child.get(f"{W}val") not in ("0", "false", "off")


def number_of(text: str | None, otherwise: int) -> int:
    """Return a whole number that an attribute holds, or `otherwise` where it holds none."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else otherwise
