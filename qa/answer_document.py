"""Answers as a Word document, for people to read, print and pass on.

Each question is a heading; its answer follows, then every quote with the place it stands in.
What is said in Arabic runs from right to left, and so does an Arabic quote.
"""

import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from qa.answer import Answer
from qa.xml_text import xml_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.paragraph import CT_P

# The template names a Japanese font for Chinese text.
_EAST_ASIAN_FONT = "Microsoft YaHei"
_QUESTION, _ANSWER, _QUOTE, _PLACE = "Heading 1", "Normal", "Quote", "Caption"
_INDENT_POINTS = 18


def encode_document(answers: Sequence[Answer]) -> bytes:
    """Return the content of a ``.docx`` file with the answers in their order."""
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.author = properties.comments = ""  # the template names itself there
    styles = _prepared_styles(document)
    # `add_paragraph` looks through all paragraphs before, which takes minutes for thousands of
    # answers.
    end = document.element.body.sectPr
    for answer in answers:
        is_arabic = answer.language == "ar"
        for name, text in _paragraphs(answer):
            is_right_to_left = _begins_right_to_left(text) if name == _QUOTE else is_arabic
            end.addprevious(
                _paragraph(xml_text(text), styles[name], is_right_to_left=is_right_to_left)
            )
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _paragraphs(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield the style and the text of each paragraph."""
    yield _QUESTION, f"{answer.id}. {' '.join(answer.question.split())}"
    if answer.status == "error":
        yield _ANSWER, f"Error: {answer.error}"
        return
    for line in answer.answer.split("\n"):
        if line.strip():
            yield _ANSWER, line
    for citation in answer.citations:
        place = " · ".join((citation.label, *citation.section))
        yield _QUOTE, citation.quote
        yield _PLACE, f"[{citation.marker}] {place}"


def _prepared_styles(document: "Document") -> Mapping[str, str]:
    """Make the styles fit for every script; returns their ids by their names."""
    from docx.oxml.ns import qn
    from docx.shared import Pt
    from docx.styles.style import ParagraphStyle

    styles: dict[str, ParagraphStyle] = {}
    for name in (_QUESTION, _ANSWER, _QUOTE, _PLACE):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.pop(qn("w:eastAsiaTheme"), None)
        fonts.set(qn("w:eastAsia"), _EAST_ASIAN_FONT)
        styles[name] = style
    for name in (_QUOTE, _PLACE):
        # Slanted Chinese and Arabic letters are hard to read.
        styles[name].font.italic = styles[name].font.bold = False
        styles[name].paragraph_format.left_indent = Pt(_INDENT_POINTS)
    styles[_QUOTE].paragraph_format.keep_with_next = True
    return {name: style.style_id for name, style in styles.items()}


def _paragraph(text: str, style: str, *, is_right_to_left: bool) -> "CT_P":
    from docx.oxml import OxmlElement
    from docx.oxml.text.paragraph import CT_P

    paragraph = OxmlElement("w:p")
    assert isinstance(paragraph, CT_P)
    paragraph.style = style
    if is_right_to_left:
        # In the order of the schema: the style alone stands before it.
        paragraph.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for part, runs_right_to_left in _runs(text, is_right_to_left=is_right_to_left):
        run = paragraph.add_r()
        if runs_right_to_left:
            run.get_or_add_rPr().append(OxmlElement("w:rtl"))
        run.text = part
    return paragraph


def _runs(text: str, *, is_right_to_left: bool) -> Iterator[tuple[str, bool]]:
    """Cut `text` where its direction changes, which Word does not tell by the letters itself.

    What has no direction goes with its neighbours where these agree, else with the paragraph.
    """
    parts = [(kind, "".join(characters)) for kind, characters in groupby(text, key=_kind)]
    kinds = [None, *(kind for kind, _ in parts), None]
    resolved = []
    for (kind, part), before, after in zip(parts, kinds, kinds[2:], strict=False):
        if kind is None:
            kind = before if before is not None and before == after else is_right_to_left
        resolved.append((kind, part))
    for kind, same in groupby(resolved, key=lambda part: part[0]):
        yield "".join(part for _, part in same), kind


def _begins_right_to_left(text: str) -> bool:
    """Return whether the first letter of `text` is of a script that runs from right to left."""
    return next((kind for kind in map(_kind, text) if kind is not None), False)


def _kind(character: str) -> bool | None:
    """Return whether a letter runs from right to left; None of what goes with its neighbours."""
    kind = unicodedata.bidirectional(character)
    return kind in ("R", "AL") if kind in ("L", "R", "AL") else None
