"""What a report is: types only."""

from dataclasses import dataclass

# A badly damaged document has thousands; the first ones tell what is wrong with it.
_MOST_FINDINGS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a source, as every reader of running text hands it on.

    Attributes:
        text: the line as it stands in the source, without its line break; white space, also in
            front, is kept, because indentation tells where a sub-item ends.
        source: where it stands in the decoded source text; ``text`` is exactly that slice.
        page: the page it stands on where the format itself says so (from 1), else None.
    """

    text: str
    source: Span
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One citable unit: a numbered paragraph, a sub-item, a footnote, a piece of front matter.

    Attributes:
        label: the document's own number, such as ``25`` or ``25(a)``; unique within the report.
        text: clean text, without the number; every quote is a slice of it.
        section: headings above it, outermost first.
        page: the page on which it begins where the source marks it, else None.
        source: where it stands in the decoded source text.
    """

    label: str
    text: str
    section: tuple[str, ...]
    page: int | None
    source: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as it was read from one file.

    Attributes:
        symbol: the document's symbol, such as ``CTOC/COP/2012/10``; where it has none, the file
            name without suffix, or the ``doc_id`` of a passage file.
        title: its title, in one line; the symbol where none was recognised.
        language: ``zh``, ``en``, ``fr``, ``es``, ``ru`` or ``ar``.
        numbered: whether the document numbers its paragraphs itself.
        paragraphs: numbered paragraphs and sub-items in the order of the document, or every
            paragraph where the document numbers none.
        front_matter: what stands before the first numbered paragraph (label ``front matter``,
            its lines kept apart by line breaks), before the first one of an annex (label of the
            annex), and text without number right under a heading (label: the heading's number).
        footnotes: labels ``note 1``, ``note 2``, ... or ``note *``.
        findings: what looked odd, one line each (gaps, duplicates), for people to read.
    """

    symbol: str
    title: str
    language: str
    numbered: bool
    paragraphs: tuple[Paragraph, ...]
    front_matter: tuple[Paragraph, ...]
    footnotes: tuple[Paragraph, ...]
    findings: tuple[str, ...]

    @property
    def summary(self) -> str:
        """What was found in one line, such as ``60 paragraphs, 13 sub-items, no gaps``."""
        sub_item_count = sum("(" in paragraph.label for paragraph in self.paragraphs)
        parts = [_count(len(self.paragraphs) - sub_item_count, "paragraph")]
        if self.numbered:
            parts.append(_count(sub_item_count, "sub-item"))
            if not self.findings:
                parts.append("no gaps")
        else:
            parts.append("numbered here because the document numbers none")
        parts.extend(self.findings[:_MOST_FINDINGS])
        if len(self.findings) > _MOST_FINDINGS:
            parts.append(f"and {len(self.findings) - _MOST_FINDINGS} more findings")
        return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
