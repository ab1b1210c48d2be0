"""PDF files typeset for the tests, in the layouts of official reports."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

WIDTH, HEIGHT = A4
MARGIN = 72.0
GUTTER = 24.0
CHINESE, WIDE = "STSong-Light", "DejaVuSans"
pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
# It has Cyrillic and Arabic letters, and comes with matplotlib.
pdfmetrics.registerFont(TTFont(WIDE, Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"))
# Streams as other producers write them, without a text encoding around the compression.
rl_config.useA85 = 0


@dataclass(frozen=True)
class Layout:
    """How `typeset` lays out its pages.

    Attributes:
        columns: side by side.
        head: text of the running header, by page number; page 1 has none.
        foot: text of the running footer, by page number.
        notes: lines at the foot of a page, by page number, each with its raised mark.
        has_rule: whether a rule stands above the notes.
        opening: what stands above the columns of the first page, across them.
    """

    columns: int = 1
    head: Callable[[int], str] | None = None
    foot: Callable[[int], str] | None = None
    notes: Mapping[int, Sequence[tuple[str, str]]] | None = None
    has_rule: bool = True
    opening: Sequence[Flowable] = ()


def style(font: str = "Times-Roman", size: float = 10.5, **options: Any) -> ParagraphStyle:
    """A paragraph style; Chinese is broken between any two characters."""
    wrap = {"wordWrap": "CJK"} if font == CHINESE else {}
    return ParagraphStyle(
        "text", fontName=font, fontSize=size, leading=1.3 * size, spaceAfter=6, **wrap, **options
    )


def set_paragraph(text: str, font: str = "Times-Roman", **options: Any) -> Paragraph:
    """A paragraph; `<super>` and `<b>` are understood."""
    return Paragraph(text, style(font, **options))


def typeset(
    story: Sequence[Flowable],
    layout: Layout = Layout(),
    *,
    font: str = "Times-Roman",
    **options: Any,
) -> bytes:
    """The PDF file that holds the story; `options` are those of the canvas."""
    notes = layout.notes or {}

    def furnish(canvas: Canvas, document: BaseDocTemplate) -> None:
        page = document.page
        canvas.setFont(font, 9)
        on_right = page % 2
        if layout.head and page > 1:
            text = layout.head(page)
            (canvas.drawRightString if on_right else canvas.drawString)(
                WIDTH - MARGIN if on_right else MARGIN, HEIGHT - 40, text
            )
        if layout.foot:
            canvas.drawString(MARGIN, 36, layout.foot(page))
        y = 60 + 11 * len(notes.get(page, ()))
        if notes.get(page) and layout.has_rule:
            canvas.line(MARGIN, y + 4, MARGIN + 100, y + 4)
        for mark, text in notes.get(page, ()):
            y -= 11
            canvas.setFont(font, 6)
            canvas.drawString(MARGIN, y + 3, mark)
            canvas.setFont(font, 8.5)
            canvas.drawString(MARGIN + 6, y, text)

    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, **options)
    opening_height = 150.0 if layout.opening else 0.0
    width = (WIDTH - 2 * MARGIN - (layout.columns - 1) * GUTTER) / layout.columns

    def frames(top: float) -> list[Frame]:
        return [
            Frame(
                MARGIN + number * (width + GUTTER), 120, width, HEIGHT - MARGIN - 120 - top,
                0, 0, 0, 0,
            )  # fmt: skip
            for number in range(layout.columns)
        ]

    first = frames(opening_height)
    if layout.opening:
        first.insert(
            0,
            Frame(
                MARGIN, HEIGHT - MARGIN - opening_height, WIDTH - 2 * MARGIN, opening_height,
                0, 0, 0, 0,
            ),  # fmt: skip
        )
    document.addPageTemplates(
        [
            PageTemplate("first", first, onPage=furnish, autoNextPageTemplate="later"),
            PageTemplate("later", frames(0), onPage=furnish),
        ]
    )
    from reportlab.platypus import FrameBreak

    document.build([*layout.opening, *([FrameBreak()] if layout.opening else []), *story])
    return buffer.getvalue()
