"""PDF files, typeset here in the layouts of official reports."""

import io
import itertools
import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
import pytest
from PIL import Image
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

from ingest.errors import DocumentError
from ingest.limits import Limits
from ingest.read import read_reports
from ingest.readers import pdf_page
from ingest.readers.pdf import read_pdf
from ingest.readers.text import read_lines
from ingest.report import Report, Source
from ingest.structure import read_structure

WIDTH, HEIGHT = A4
MARGIN = 72.0
GUTTER = 24.0
NO_PADDING = (0, 0, 0, 0)
CHINESE, WIDE = "STSong-Light", "DejaVuSans"
pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
# It has Cyrillic and Arabic letters, and comes with matplotlib.
WIDE_FILE = Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"
pdfmetrics.registerFont(TTFont(WIDE, WIDE_FILE))
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
            Frame(MARGIN + number * (width + GUTTER), 120, width, top - 120, *NO_PADDING)
            for number in range(layout.columns)
        ]

    top = HEIGHT - MARGIN - opening_height
    first = frames(top)
    if layout.opening:
        first.insert(
            0,
            Frame(MARGIN, top, WIDTH - 2 * MARGIN, opening_height, *NO_PADDING),
        )
    document.addPageTemplates(
        [
            PageTemplate("first", first, onPage=furnish, autoNextPageTemplate="later"),
            PageTemplate("later", frames(HEIGHT - MARGIN), onPage=furnish),
        ]
    )
    document.build([*layout.opening, *([FrameBreak()] if layout.opening else []), *story])
    return buffer.getvalue()


REPORTS = Path(__file__).parents[1] / "reports"
BUNDLED = Path(__file__).parents[2] / "data/reports/CTOC-COP-2012-10/ctoc-cop-2012-10.zh.txt"


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def bundled_story() -> tuple[list[Flowable], list[Flowable]]:
    """Front matter and body of the bundled report, one paragraph each of the text file."""
    (report,) = read_reports(BUNDLED)
    opening: list[Flowable] = [
        set_paragraph(line, CHINESE, size=14 if "公约" in line else 10.5)
        for line in report.front_matter[0].text.split("\n")
    ]
    body: list[Flowable] = []
    section: tuple[str, ...] = ()
    for one in report.paragraphs:
        if one.section != section:
            section = one.section
            body.append(set_paragraph(section[-1], CHINESE, size=13, spaceBefore=8))
        number, _, letter = one.label.partition("(")
        mark = f"({letter}" if letter else f"{number}."
        indent = {"leftIndent": 21, "firstLineIndent": 0} if letter else {}
        # The number in a column of its own, as in the printed report.
        body.append(set_paragraph(f"{mark}\u3000{escape(one.text)}", CHINESE, **indent))
    return opening, body


UN_LAYOUT = Layout(
    head=lambda page: "CTOC/COP/2012/10",
    foot=lambda page: (
        f"{page}          V.12-54442" if page % 2 == 0 else f"V.12-54442          {page}"
    ),
    notes={1: [("*", "CTOC/COP/2012/1。")]},
)


def report_of(folder: Path, data: bytes) -> Report:
    path = folder / "report.pdf"
    path.write_bytes(data)
    (report,) = read_reports(path)
    return report


@pytest.mark.parametrize("columns", [1, 2])
def test_the_bundled_report_comes_out_as_from_its_text(tmp_path: Path, columns: int) -> None:
    opening, body = bundled_story()
    layout = replace(UN_LAYOUT, columns=columns, opening=opening)
    found = report_of(tmp_path, typeset(body, layout, font=CHINESE))
    (report,) = read_reports(BUNDLED)
    assert found.summary == "60 paragraphs, 13 sub-items, no gaps"
    assert (found.symbol, found.title, found.language) == (report.symbol, report.title, "zh")
    assert [one.label for one in found.paragraphs] == [one.label for one in report.paragraphs]
    assert not found.findings
    same = [
        squeezed(a.text) == squeezed(b.text)
        for a, b in zip(found.paragraphs, report.paragraphs, strict=True)
    ]
    assert sum(same) >= 0.99 * len(same)
    assert [one.section for one in found.paragraphs] == [one.section for one in report.paragraphs]
    pages = [one.page or 0 for one in found.paragraphs]
    assert pages[0] == 1 and pages == sorted(pages) and pages[-1] >= 5
    assert [(note.label, note.text, note.page) for note in found.footnotes] == [
        ("note *", "CTOC/COP/2012/1。", 1)
    ]
    shown = (*found.paragraphs, *found.front_matter, *found.footnotes)
    assert not any("V.12-54442" in one.text for one in shown)


def plain_pdf(
    pages: Sequence[Sequence[tuple[float, float, str]]],
    *,
    font: str = "Times-Roman",
    size: float = 11,
    **options: Any,
) -> bytes:
    """A PDF file with texts at places in points from the left and the top of each page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    for texts in pages:
        canvas.setFont(font, size)
        for x, y, text in texts:
            canvas.drawString(x, HEIGHT - y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def running(
    *lines: str, x: float = MARGIN, y: float = 100, leading: float = 14
) -> list[tuple[float, float, str]]:
    """Lines one below the other; an empty one leaves a gap."""
    return [(x, y + number * leading, line) for number, line in enumerate(lines) if line]


def texts(data: bytes) -> list[str]:
    return [line.text for line in read_pdf(data).lines]


def body_text(source: Source) -> str:
    """The running text alone."""
    return "\n".join(line.text for line in source.lines if line.note is None and line.table is None)


def notes_of(source: Source) -> list[tuple[str, str, int | None]]:
    return [(one.label, one.text, one.page) for one in read_structure(source.lines).footnotes]


def tables_of(source: Source) -> list[list[str]]:
    """The rows of every table."""
    rows: dict[int, list[str]] = {}
    for line in source.lines:
        if line.table is not None:
            rows.setdefault(line.table, []).append(line.text)
    assert list(rows) == list(range(1, len(rows) + 1))
    return list(rows.values())


def lorem(number: int, word_count: int = 60) -> str:
    """A numbered paragraph of words that stand in no other."""
    letters = "bcdfghklmnprstvz"
    words = (
        f"{letters[number // 16]}{vowels}{letters[number % 16]}{ending}"
        for vowels in "aeiou"
        for ending in ("an", "el", "im", "or", "us", "ar", "en", "is", "om", "ut", "al", "er")
    )
    return f"{number}.   " + " ".join(itertools.islice(words, word_count)) + "."


def test_lines_are_slices_of_the_text_with_their_pages() -> None:
    source = read_pdf(plain_pdf([running("One.", "Two."), running("Three.")]))
    assert [(line.text, line.page) for line in source.lines] == [
        ("One.", 1), ("Two.", 1), ("Three.", 2)
    ]  # fmt: skip
    for line in source.lines:
        assert source.text[line.source.start : line.source.end] == line.text


def test_gaps_and_indentation_are_kept() -> None:
    lines = running("1. A full line of a paragraph that goes on", "with a second line.")
    assert texts(plain_pdf([lines + running("(a) An item.", x=MARGIN + 22, y=150)])) == [
        "1. A full line of a paragraph that goes on",
        "with a second line.",
        "",
        "    (a) An item.",
    ]


def test_columns_between_full_width_parts_are_read_one_after_the_other() -> None:
    full = "This line runs across the whole page, above and below the columns, from left to right."
    left = [f"Left column, its line number {number}, ends" for number in range(6)]
    right = [f"Right column, its line number {number}, ends" for number in range(6)]
    page = [
        *running(full, full),
        *running(*left, y=160),
        *running(*right, x=310, y=160),
        *running(full, "and ends.", y=300),
    ]
    assert [text for text in texts(plain_pdf([page])) if text] == [
        full, full, *left, *right, full, "and ends."
    ]  # fmt: skip


def test_a_short_last_column_is_no_table() -> None:
    full = "A full line of the left column, so that it"
    left = [full, full, "ends.", full, full, "and ends again."]
    right = ["II. Conclusions", "3. The end is short.", "Annex", "1. A member is there."]
    page = [
        *running(*left[:3]),
        *running(*left[3:], y=148),
        *((310, 109 + 20 * number, text) for number, text in enumerate(right)),
    ]
    assert [text.strip() for text in texts(plain_pdf([page])) if text] == [*left, *right]


@pytest.mark.parametrize("offset", [0, 3, 7])
@pytest.mark.parametrize(
    ("left", "right", "font"),
    [
        (
            ["1. The Committee met twice in the", "year and adopted its report."],
            ["2. The Secretariat gave an account", "of its activities in the field."],
            "Times-Roman",
        ),
        (
            [
                "1. 委员会在这一年举行了两次会议，",
                "并通过了提交大会的报告，建议继续",
                "开展这项工作。",
            ],
            ["2. 秘书处介绍了外地活动的情况和收", "到的资金，并答复了各国代表团提", "出的问题。"],
            CHINESE,
        ),
    ],
    ids=["en", "zh"],
)
def test_columns_of_two_or_three_lines_are_read_one_after_the_other(
    left: list[str], right: list[str], font: str, offset: int
) -> None:
    page = [*running(*left), *running(*right, x=310, y=100 + offset)]
    assert [text for text in texts(plain_pdf([page], font=font)) if text] == [*left, *right]


COLUMN_TEXTS = {
    "fr": (
        "Times-Roman",
        [
            (0, "1. Le Comité a recommandé aux États :"),
            (20, "a) D’adopter une loi;"),
            (40, "i) Sur les témoins;"),
            (40, "ii) Sur les biens;"),
            (20, "b) De former des juges."),
            (0, "2. Il a pris note du rapport."),
        ],
        [
            (20, "3. Il s’est réuni deux fois."),
            (20, "a) À Vienne;"),
            (20, "b) À Genève."),
            (0, "4. La séance a été levée."),
        ],
    ),
    "ru": (
        WIDE,
        [
            (0, "1. Комитет рекомендовал"),
            (0, "государствам:"),
            (20, "a) принять закон;"),
            (40, "i) о свидетелях;"),
            (40, "ii) об имуществе;"),
            (20, "b) подготовить судей."),
        ],
        [
            (0, "2. Комитет провел две"),
            (0, "сессии:"),
            (20, "a) в Вене;"),
            (20, "b) в Женеве."),
            (0, "3. Сессия была закрыта."),
        ],
    ),
    "zh": (
        CHINESE,
        [
            (0, "1. 委员会建议各国："),
            (20, "(a) 通过法律，包括："),
            (40, "㈠ 关于证人的规定；"),
            (40, "㈡ 关于财产的规定；"),
            (20, "(b) 培训法官。"),
        ],
        [
            (0, "2. 委员会注意到该报告。"),
            (0, "3. 委员会举行了两次会议："),
            (20, "(a) 在维也纳；"),
            (20, "(b) 在日内瓦。"),
            (0, "4. 会议结束。"),
        ],
    ),
}
"""By language: a font, and two columns of short lines with the indentation of each."""


def short_columns(language: str, y: float = 100) -> list[tuple[float, float, str]]:
    _, left, right = COLUMN_TEXTS[language]
    return [
        (x + indent, y + 17 * number, text)
        for x, column in ((MARGIN, left), (310, right))
        for number, (indent, text) in enumerate(column)
    ]


@pytest.mark.parametrize("language", COLUMN_TEXTS)
def test_short_columns_of_items_are_read_one_after_the_other(language: str) -> None:
    font, left, right = COLUMN_TEXTS[language]
    found = [text.strip() for text in texts(plain_pdf([short_columns(language)], font=font))]
    assert [text for text in found if text] == [text for _, text in (*left, *right)]


@pytest.mark.parametrize("language", COLUMN_TEXTS)
def test_a_masthead_right_above_columns_is_read_across(language: str) -> None:
    font, left, right = COLUMN_TEXTS[language]
    head = [
        (MARGIN, 60, "A/67/305"),
        (430, 60, "Distr.: General"),
        (430, 72, "13 August 2012"),
        (MARGIN, 96, "Original: English"),
    ]
    data = plain_pdf([[*head, *short_columns(language, y=130)]], font=font)
    found = [" ".join(text.split()) for text in texts(data) if text]
    assert found == [
        "A/67/305 Distr.: General",
        "13 August 2012",
        "Original: English",
        *(text for _, text in (*left, *right)),
    ]


@pytest.mark.parametrize("language", COLUMN_TEXTS)
def test_columns_of_any_page_tell_those_of_the_others(language: str) -> None:
    font, left, right = COLUMN_TEXTS[language]
    sparse = [(MARGIN, 100, left[0][1]), (310 + right[2][0], 100, right[2][1])]
    found = texts(plain_pdf([sparse, short_columns(language)], font=font))
    assert [text.strip() for text in found if text] == [
        left[0][1],
        right[2][1],
        *(text for _, text in (*left, *right)),
    ]


def test_words_that_justifying_spreads_are_no_columns() -> None:
    words = ["Governments", "and", "organizations", "in", "Africa", "are", "asked"]
    places = [
        MARGIN + 15 * n + stringWidth("".join(words[:n]), "Times-Roman", 10.5) for n in range(7)
    ]
    page = [
        (x, 100 + 14 * row, word) for row in range(4) for x, word in zip(places, words, strict=True)
    ]
    found = [" ".join(text.split()) for text in texts(plain_pdf([page]))]
    assert found == [" ".join(words)] * 4


def test_a_heading_of_many_lines_in_a_column_is_the_section(tmp_path: Path) -> None:
    heading = [
        "A. Legislative measures concerning",
        "the implementation of the",
        "Convention and the Protocols",
        "thereto",
    ]
    left = [
        (100, ["1. The Committee met in Vienna in", "2011 and adopted a report."]),
        (140, heading),
        (210, ["2. It recommended laws. It took note", "of the measures of 12 States."]),
    ]
    right = ["3. It heard the Secretariat, which", "gave an account of its work in the", "field."]
    page = [
        *(part for y, lines in left for part in running(*lines, y=y)),
        *running(*right, x=310),
    ]
    report = report_of(tmp_path, plain_pdf([page]))
    assert [(one.label, one.section) for one in report.paragraphs] == [
        ("1", ()),
        ("2", (" ".join(heading),)),
        ("3", (" ".join(heading),)),
    ]


def test_small_type_above_the_notes_of_the_other_column_is_text() -> None:
    def column(number: int) -> list[Flowable]:
        return [set_paragraph(f"{n}. {lorem(n, 50)}") for n in range(number, number + 5)]

    story = [*column(1), FrameBreak(), *column(6), set_paragraph("B. Trends", size=9.5)]
    layout = Layout(columns=2, notes={1: [("1", "See the annex.")]})
    source = read_pdf(typeset(story, layout))
    assert notes_of(source)[0][1].strip() == "See the annex."
    assert "B. Trends" in body_text(source)


def test_numbers_set_off_in_the_right_column_part_no_columns() -> None:
    left = [f"1. The left column goes on in line {number} and" for number in range(8)]
    right = [
        "The right column is set off,",
        "(a) its items, which go on in",
        "lines like this one,",
    ]
    page = [
        *running(*left),
        *((330 + 14 * (n % 3 > 0), 100 + 14 * n, right[n % 3]) for n in range(6)),
        (310, 100, "4."),
        (310, 142, "5."),
    ]
    found = [text.strip() for text in texts(plain_pdf([page])) if text]
    assert [text.removeprefix("4. ").removeprefix("5. ") for text in found] == [*left, *right * 2]


def test_the_masthead_stands_above_the_text_and_is_no_column() -> None:
    page = [
        *running("联合国", "缔约方会议", "", "第六届会议", "", "国际合作", "", "一. 导言"),
        (450, 100, "CTOC/COP/2012/15"),
        *running("Distr.: General", "6 August 2012", "Original: English", x=450, y=119, leading=11),
        (
            MARGIN,
            240,
            "1. 本报告是根据第5/8号决定编写的，载有缔约方会议各届会议的活动情况以及建议。",
        ),
    ]
    found = [text.strip() for text in texts(plain_pdf([page], font=CHINESE)) if text]
    assert found[-2:] == ["一. 导言", page[-1][2]]


def test_a_line_whose_words_stand_wide_apart_is_in_no_column() -> None:
    full = (
        "A line that runs across the whole page, and all that stands on it is its own, to the end"
    )
    page = [
        *running("The head of the page.", "It has a left side,", "and it ends here."),
        *running("Here is its right side,", "which goes on and", "on. It ends.", x=330, y=107),
        *running(full, y=180),
        (MARGIN, 194, "a line whose words"),
        (330, 194, "stand wide apart"),
        *running(full, y=208),
    ]
    found = [" ".join(text.split()) for text in texts(plain_pdf([page])) if text]
    assert found[-3:] == [full, "a line whose words stand wide apart", full]


def test_rows_of_a_short_table_are_no_columns() -> None:
    rows = [
        ("Assistance to States in Africa", "Provided by the Office in 2011"),
        ("Assistance to States in Asia", "Provided by the Programme in 2010"),
        ("Assistance to other States", "Provided by nobody until now"),
    ]
    page = [part for n, row in enumerate(rows) for part in (
        (MARGIN, 100 + 14 * n, row[0]), (310, 100 + 14 * n, row[1])
    )]  # fmt: skip
    assert [text.split("   ")[0] for text in texts(plain_pdf([page]))] == [row[0] for row in rows]


def test_rows_of_short_cells_beside_full_ones_are_no_columns() -> None:
    full = "A full line of a cell on the left, all of it"
    names = ("Egypt", "Japan and Kenya and Mali", "Chad", "Niger", "Togo", "Benin", "Peru")
    rows = [(100 + 14 * number, full, name) for number, name in enumerate(names)]
    page = [place for y, one, other in rows for place in ((MARGIN, y, one), (310, y, other))]
    assert [text.split("   ")[0] for text in texts(plain_pdf([page])) if text] == [full] * 7


def test_text_above_or_beside_the_page_is_not_read() -> None:
    page = [*running("1. What can be seen."), (MARGIN, 0, "Above."), (WIDTH + 1, 200, "Beside.")]
    assert [text for text in texts(plain_pdf([page])) if text] == ["1. What can be seen."]


def test_the_number_of_a_bar_code_under_a_rule_is_no_note() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(MARGIN, 100, "1. What the report says is here.")
    canvas.line(MARGIN, HEIGHT - 745, MARGIN + 100, HEIGHT - 745)
    canvas.setFont("Times-Roman", 8.5)
    canvas.drawString(MARGIN, HEIGHT - 760, "* A/67/150.")
    canvas.drawString(MARGIN, HEIGHT - 780, "*1254442*")
    canvas.showPage()
    canvas.save()
    assert notes_of(read_pdf(buffer.getvalue())) == [("note *", "A/67/150.", 1)]


def test_a_footnote_says_which_paragraph_calls_it(tmp_path: Path) -> None:
    story = [
        set_paragraph("Report on the work of the Office<super>*</super>"),
        set_paragraph("1. The first paragraph speaks of the work."),
        set_paragraph("2. The second one does so too:"),
        set_paragraph("(a) With a note in the middle<super>1</super> of an item;"),
        set_paragraph("(b) With none."),
        set_paragraph("3. The third one ends with a note.<super>2</super>"),
    ]
    notes = {1: [("*", "A/67/150."), ("1", "See resolution 66/181."), ("2", "Ibid., part two.")]}
    report = report_of(tmp_path, typeset(story, Layout(notes=notes)))
    assert [(one.label, one.called_by) for one in report.footnotes] == [
        ("note *", "front matter"), ("note 1", "2(a)"), ("note 2", "3"),
    ]  # fmt: skip
    assert {one.called_by for one in report.paragraphs} == {None}


def test_a_short_heading_below_columns_stands_above_its_text() -> None:
    full = "This line runs across the whole page, below the columns, from left to right, and ends."
    left = [f"Left column, its line number {number}, ends" for number in range(6)]
    right = [f"Right column, its line number {number}, ends" for number in range(5)]
    page = [
        *running(*left),
        *running(*right, x=310),
        *running("II. Heading", full, y=200),
    ]
    assert [text for text in texts(plain_pdf([page])) if text] == [
        *left, *right, "II. Heading", full
    ]  # fmt: skip


def test_three_columns_are_read_from_the_left() -> None:
    page = [
        part
        for column in range(3)
        for part in running(
            *(f"Column {column}, line {line}, goes on" for line in range(6)), x=60 + 165 * column
        )
    ]
    assert texts(plain_pdf([page])) == [
        f"Column {column}, line {line}, goes on" for column in range(3) for line in range(6)
    ]


def test_numbers_set_off_from_their_paragraphs_are_no_column() -> None:
    page = [
        part
        for number in range(1, 9)
        for part in [
            (MARGIN, 100 + 40 * number, f"{number}."),
            (MARGIN + 36, 100 + 40 * number, "The Office provided technical assistance to States"),
            (MARGIN, 114 + 40 * number, "in accordance with the resolution of the Conference."),
        ]
    ]
    found = read_structure(read_pdf(plain_pdf([page])).lines)
    assert [one.label for one in found.paragraphs] == [str(number) for number in range(1, 9)]


def test_a_table_without_rules_is_read_row_by_row() -> None:
    page = [
        (60 + 45 * column, 100 + 14 * row, f"{row}.{column:03}")
        for row in range(12)
        for column in range(10)
    ]
    assert [text.split() for text in texts(plain_pdf([page]))] == [
        [f"{row}.{column:03}" for column in range(10)] for row in range(12)
    ]


def test_running_headers_and_footers_of_left_and_right_pages_are_taken_away() -> None:
    story = [set_paragraph(lorem(number)) for number in range(1, 60)]
    layout = Layout(
        head=lambda page: "Report of the Committee" if page % 2 else "A/67/305",
        foot=lambda page: f"{page}   12-46389" if page % 2 else f"12-46389   {page}",
    )
    source = read_pdf(typeset([set_paragraph("A/67/305"), *story], layout))
    assert source.lines[-1].page is not None and source.lines[-1].page >= 5
    assert "12-46389" not in source.text
    assert "Report of the Committee" not in source.text
    assert {"Report of the Committee", "A/67/305"} <= set(source.furniture)
    # The head of the first page names the document and stays.
    assert source.lines[0].text == "A/67/305"
    found = read_structure(source.lines)
    assert [one.text for one in found.paragraphs] == [
        lorem(number).partition("   ")[2] for number in range(1, 60)
    ]


def test_the_foot_of_the_only_page_that_has_one_is_in_no_column() -> None:
    def column(number: int) -> list[str]:
        return [
            f"{number}. A paragraph of the left or right",
            "column ends here in the line below.",
        ]

    first = [(MARGIN, 100, "A title."), (MARGIN, 130, "Its author.")]
    second = [*running(*column(1), *column(2)), *running(*column(3), *column(4), x=310)]
    foot = [(MARGIN, 800, "2/2"), (450, 800, "V.12-54442")]
    found = read_structure(read_pdf(plain_pdf([first, [*second, *foot]])).lines)
    assert [(one.label, one.text.split()[-1]) for one in found.paragraphs] == [
        (str(number), "below.") for number in range(1, 5)
    ]


def test_a_page_number_alone_is_taken_away_but_no_line_of_a_list() -> None:
    pages = [
        [
            *running(f"Page {name} begins with these words.", "12", f"{name} ends."),
            (290, 800, str(n)),
        ]
        for n, name in enumerate(("one", "two", "three"), start=7)
    ]
    source = read_pdf(plain_pdf(pages))
    assert [line.text for line in source.lines].count("12") == 3
    assert source.furniture == ("7", "8", "9")


NOTED = (
    "The Office<super>1</super> reported in 2011<super>2</super> on 5 km<super>2</super> of land"
)


@pytest.mark.parametrize("has_rule", [True, False])
def test_footnotes_stand_apart(has_rule: bool) -> None:
    story = [set_paragraph(f"{n}.   {NOTED}, number {n}.") for n in range(1, 4)]
    notes = {1: [("1", "Resolution 55/25."), ("2", "See E/2012/30, which")]}
    source = read_pdf(typeset(story, Layout(notes=notes, has_rule=has_rule)))
    assert notes_of(source) == [
        ("note 1", "Resolution 55/25.", 1),
        ("note 2", "See E/2012/30, which", 1),
    ]
    assert "Resolution" not in body_text(source)
    assert source.lines[0].text == "1. The Office reported in 2011 on 5 km² of land, number 1."
    # The same mark a second time is kept.
    assert source.lines[2].text == "2. The Office¹ reported in 2011² on 5 km² of land, number 2."


def test_a_raised_number_that_calls_no_note_is_kept_as_raised() -> None:
    (line,) = texts(typeset([set_paragraph(NOTED.replace("<super>1</super>", ""))]))
    assert line == "The Office reported in 2011² on 5 km² of land"


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    story = [set_paragraph(lorem(1) + "<super>1</super>")]
    story += [set_paragraph(lorem(number)) for number in range(2, 24)]
    notes = {1: [("1", "A note that is longer than")], 2: [("", "its page.")]}
    source = read_pdf(typeset(story, Layout(notes=notes)))
    assert notes_of(source) == [("note 1", "A note that is longer than its page.", 1)]
    marked = [line for line in source.lines if line.note is not None]
    assert [(line.page, line.note, line.starts_block) for line in marked] == [
        (1, "1", True), (2, "1", False)
    ]  # fmt: skip
    assert "its page" not in body_text(source)


def test_a_job_number_and_a_bar_code_stand_below_the_notes() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for page in (1, 2, 3):
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(MARGIN, 700, lorem(page, 8))
        canvas.setFont("Times-Roman", 8.5)
        canvas.drawString(MARGIN, 120, f"{'*' * page} A/67/15{page}.")
        if page == 1:
            canvas.drawString(MARGIN, 70, "V.12-54442 (C)    240812    250812")
            canvas.setFont("Courier", 24)
            canvas.drawString(MARGIN, 40, "*1254442*")
        else:
            number = f"V.12-54442        {page}" if page % 2 else f"{page}        V.12-54442"
            canvas.drawString(MARGIN, 40, number)
        canvas.showPage()
    canvas.save()
    source = read_pdf(buffer.getvalue())
    assert notes_of(source) == [
        ("note *", "A/67/151.", 1), ("note **", "A/67/152.", 2), ("note ***", "A/67/153.", 3)
    ]  # fmt: skip
    assert source.furniture == (
        "*1254442*", "V.12-54442 (C) 240812 250812", "2 V.12-54442", "V.12-54442 3"
    )  # fmt: skip
    found = read_structure(source.lines)
    assert [one.text for one in found.paragraphs] == [
        lorem(page, 8).partition("   ")[2] for page in (1, 2, 3)
    ]


def test_only_a_note_of_the_page_before_goes_on() -> None:
    small = [(MARGIN, 700 + 10 * line, "Source: the Office") for line in range(2)]
    pages: list[list[tuple[float, float, str, float]]] = [
        [
            *((x, y, text, 11) for x, y, text in running(lorem(page)[:60], lorem(page)[60:])),
            *((x, y, text, 8) for x, y, text in (small if page == 3 else ())),
            *([(MARGIN, 700, "* See A/67/150", 8)] if page == 1 else ()),
        ]
        for page in (1, 2, 3)
    ]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for page in pages:
        for x, y, text, size in page:
            canvas.setFont("Times-Roman", size)
            canvas.drawString(x, HEIGHT - y, text)
        canvas.showPage()
    canvas.save()
    source = read_pdf(buffer.getvalue())
    assert notes_of(source) == [("note *", "See A/67/150", 1)]
    assert source.text.count("Source: the Office") == 2


def test_a_numbered_paragraph_below_a_rule_is_no_note() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.line(MARGIN, HEIGHT - 90, MARGIN + 120, HEIGHT - 90)
    for x, y, text in running("1. The first paragraph.", "", "2. The second one."):
        canvas.drawString(x, HEIGHT - y, text)
    canvas.save()
    source = read_pdf(buffer.getvalue())
    assert not notes_of(source)
    assert len(read_structure(source.lines).paragraphs) == 2


def test_words_broken_at_line_ends_are_whole() -> None:
    lines = running(
        "1. The first aim is long-term techni-",
        "cal assistance, as a long-",
        "term technical matter.",
    )
    (paragraph,) = read_structure(read_pdf(plain_pdf([lines])).lines).paragraphs
    assert paragraph.text == (
        "The first aim is long-term technical assistance, as a long-term technical matter."
    )


def joined(cells: Sequence[Sequence[str]]) -> list[str]:
    return [" | ".join(row) for row in cells]


CELLS = [
    ["Substance", "2010", "2011"],
    ["Cocaine", "9,219", "10,000"],
    ["Heroin, seized in containers", "30.9", ""],
]
BEFORE, AFTER = "1.   The seizures were as follows:", "2.   The table is above."


@pytest.mark.parametrize(
    "commands",
    [
        [("GRID", (0, 0), (-1, -1), 0.5, "black")],
        [("INNERGRID", (0, 0), (-1, -1), 0.5, "black")],
        [(f"LINE{side}", (0, row), (-1, row), 0.5, "black")
         for side, row in (("ABOVE", 0), ("BELOW", 0), ("BELOW", -1))],
    ],
    ids=["grid", "inner rules", "three horizontal rules"],
)  # fmt: skip
def test_a_ruled_table_gives_its_rows_and_is_in_no_paragraph(
    tmp_path: Path, commands: list[Any]
) -> None:
    cells = [[set_paragraph(cell) if cell else "" for cell in row] for row in CELLS]
    table = Table(cells, colWidths=[110, 80, 80], style=TableStyle(commands))
    source_data = typeset([set_paragraph(BEFORE), table, set_paragraph(AFTER)])
    source = read_pdf(source_data)
    assert [line.text for line in source.lines if line.text] == [
        BEFORE.replace("   ", " "), *joined(CELLS), AFTER.replace("   ", " ")
    ]  # fmt: skip
    found = report_of(tmp_path, source_data)
    assert [one.text for one in found.paragraphs] == [
        "The seizures were as follows:", "The table is above."
    ]  # fmt: skip
    assert [(one.label, one.text, one.page) for one in found.tables] == [
        (f"table 1/{number}", " ".join(text.rstrip(" ").split()), 1)
        for number, text in enumerate(joined(CELLS), start=1)
    ]


def test_rules_at_head_and_foot_of_the_page_belong_to_no_table() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for y in (50, 180, 200, 260, 800):
        canvas.line(MARGIN, HEIGHT - y, WIDTH - MARGIN, HEIGHT - y)
    prose = "A full line of prose that runs from one margin of the page to the other one."
    cells = [
        (x, y, text)
        for row, y in zip(CELLS, (195, 220, 240), strict=True)
        for x, text in zip((MARGIN, 300, 400), row, strict=True)
    ]
    for x, y, text in [*running(prose, prose, y=80), *cells, *running(prose, y=300)]:
        canvas.drawString(x, HEIGHT - y, text)
    canvas.save()
    source = read_pdf(buffer.getvalue())
    assert tables_of(source) == [joined(CELLS)]
    assert [text for text in body_text(source).split("\n") if text] == [prose] * 3


def test_a_file_of_tables_alone_is_read() -> None:
    table = Table(CELLS, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    source = read_pdf(typeset([table]))
    assert tables_of(source) == [joined(CELLS)]
    assert not body_text(source)


def test_a_cell_that_spans_others_keeps_its_text_whole() -> None:
    cells = [["Year", "Seizures in kilograms, all countries", ""], ["", "Cocaine", "Heroin"]]
    cells.append(["2011", "9,219", "30.9"])
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))]
    table = Table(
        cells,
        colWidths=[60, 110, 110],
        style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), *spans]),
    )
    (found,) = tables_of(read_pdf(typeset([set_paragraph(BEFORE), table])))
    assert found == [
        "Year | Seizures in kilograms, all countries | ",
        " | Cocaine | Heroin",
        "2011 | 9,219 | 30.9",
    ]


def test_a_frame_around_text_is_no_table() -> None:
    table = Table(
        [[set_paragraph(lorem(1))]], style=TableStyle([("BOX", (0, 0), (-1, -1), 1, "black")])
    )
    source = read_pdf(typeset([table]))
    assert not tables_of(source)
    assert lorem(1)[-8:] in source.text


def test_a_hyphen_that_its_font_calls_a_soft_one_is_kept() -> None:
    assert texts(plain_pdf([running("A long\xadterm aim.")], font=WIDE)) == ["A long-term aim."]


def test_ligatures_are_letters() -> None:
    data = plain_pdf([running("The e\ufb03cient o\ufb03ce \ufb01rst \ufb02ew.")], font=WIDE)
    assert texts(data) == ["The efficient office first flew."]


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Настоящий доклад подготовлен в соответствии с резолюцией № 5.", WIDE),
        ("Élève à côté du garçon naïf, año, “œuvre”.", "Times-Roman"),
        ("第29段：2011年缉获了9,219公斤可卡因。", CHINESE),
    ],
)
def test_letters_of_every_script(text: str, font: str) -> None:
    assert [squeezed(line) for line in texts(plain_pdf([running(text)], font=font))] == [
        squeezed(text)
    ]


def test_arabic_comes_out_in_the_order_of_reading() -> None:
    lines = [
        "١٢ - أعد هذا التقرير عملا بالقرار ٥/٦ (انظر الفقرة ٢٥(أ)).",
        "وثيقة CTOC/COP/2012/10 هنا",
    ]
    # As a typesetter without own knowledge of Arabic is given it: in the order on the page.
    drawn = [
        "(.((أ)٢٥ ةرقفلا رظنا) ٥/٦ رارقلاب المع ريرقتلا اذه دعأ - ١٢"[1:],
        "انه CTOC/COP/2012/10 ةقيثو",
    ]
    assert [text.strip() for text in texts(plain_pdf([running(*drawn)], font=WIDE))] == lines


def test_a_page_on_its_side_is_read_upright() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.rotate(90)
    for row in range(3):
        canvas.drawString(100, -100 - 14 * row, f"Line {row} of a table on its side.")
    canvas.save()
    assert texts(buffer.getvalue()) == [f"Line {row} of a table on its side." for row in range(3)]


def test_a_watermark_is_left_out_and_named() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawString(MARGIN, 700, "The only line of the page.")
    canvas.rotate(45)
    canvas.drawString(300, 300, "DRAFT")
    canvas.save()
    source = read_pdf(buffer.getvalue())
    assert source.text == "The only line of the page."
    assert source.findings == ("text that runs another way left out on page 1; check the page",)


def test_files_are_read_by_several_threads_at_once() -> None:
    files = [plain_pdf([running(f"File {number}.", "It goes on.")]) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(read_pdf, files))
    assert [source.lines[0].text for source in found] == [f"File {n}." for n in range(8)]


def test_lines_notes_and_tables_are_slices_of_the_text() -> None:
    table = Table(CELLS, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    story = [set_paragraph(f"1.   {NOTED}."), table, set_paragraph(AFTER)]
    source = read_pdf(typeset(story, Layout(notes={1: [("1", "Resolution 55/25.")]})))
    assert {line.note for line in source.lines} == {None, "1"}
    assert {line.table for line in source.lines} == {None, 1}
    for line in source.lines:
        assert source.text[line.source.start : line.source.end] == line.text


def test_a_table_in_a_column_stands_among_the_lines_of_that_column() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    columns = (
        running(*(f"Left column, its line number {n}, ends" for n in range(12))),
        running(*(f"Right column, its line number {n}, ends" for n in range(6)), x=310),
        running(*(f"Right column, its line number {n}, ends" for n in range(6, 12)), x=310, y=260),
    )
    for x, y, text in (part for column in columns for part in column):
        canvas.drawString(x, HEIGHT - y, text)
    table = Table(
        CELLS, colWidths=[150, 40, 40], style=TableStyle([("GRID", (0, 0), (-1, -1), 1, "black")])
    )
    table.wrapOn(canvas, 220, 60)
    table.drawOn(canvas, 310, HEIGHT - 240)
    canvas.save()
    source = read_pdf(buffer.getvalue())
    assert [line.text for line in source.lines if line.text] == [
        *(f"Left column, its line number {n}, ends" for n in range(12)),
        *(f"Right column, its line number {n}, ends" for n in range(6)),
        *joined(CELLS),
        *(f"Right column, its line number {n}, ends" for n in range(6, 12)),
    ]


def test_a_paragraph_goes_on_below_a_table_at_the_head_of_the_next_page() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for x, y, text in running("1. The first paragraph of the report, which goes on", y=760):
        canvas.drawString(x, HEIGHT - y, text)
    canvas.showPage()
    table = Table(CELLS, style=TableStyle([("GRID", (0, 0), (-1, -1), 1, "black")]))
    table.wrapOn(canvas, 300, 60)
    table.drawOn(canvas, MARGIN, HEIGHT - 140)
    for x, y, text in running("below the table.", "", "2. The second one.", y=180):
        canvas.drawString(x, HEIGHT - y, text)
    canvas.save()
    found = read_structure(read_pdf(buffer.getvalue()).lines)
    assert [(one.label, one.text, one.page) for one in found.paragraphs] == [
        ("1", "The first paragraph of the report, which goes on below the table.", 1),
        ("2", "The second one.", 2),
    ]
    assert [one.page for one in found.tables] == [2, 2, 2]


def test_a_sentence_ends_in_front_of_any_raised_number() -> None:
    lines = running("1. The first paragraph.⁴", "2. The second one.")
    found = read_structure(read_pdf(plain_pdf([lines], font=WIDE)).lines)
    assert [one.text for one in found.paragraphs] == ["The first paragraph.⁴", "The second one."]


# What cannot be read.


def image_page(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "gray")), 0, 0, WIDTH, HEIGHT)
    canvas.showPage()


def image_only() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    image_page(canvas)
    canvas.save()
    return buffer.getvalue()


def sound() -> bytes:
    return typeset([set_paragraph(lorem(number)) for number in range(1, 30)])


def in_85_digits() -> bytes:
    """A file whose streams are packed and written as ASCII on top."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rl_config, "useA85", 1)
        return sound()


def damaged() -> bytes:
    data = bytearray(sound())
    place = data.index(b"stream", len(data) // 2) + 60
    data[place : place + 20] = bytes(20)
    return bytes(data)


def without_bytes(filling: bytes, place: bytes, length: int, **options: Any) -> bytes:
    """A file that has lost bytes behind a place; others stand there."""
    data = typeset([set_paragraph(lorem(number)) for number in range(1, 30)], **options)
    start = data.rindex(place) + len(place)
    return data[:start] + filling * length + data[start + length :]


def unmapped(data: bytes) -> bytes:
    """The same file with a font that numbers its letters as it pleases and tells nobody."""
    found = re.search(rb"/ToUnicode \d+ 0 R", data)
    assert found is not None
    return data.replace(found.group(), b" " * len(found.group()))


def without_mapping() -> bytes:
    lines = ["Настоящий доклад подготовлен Секретариатом."] * 5
    return unmapped(plain_pdf([running(*lines)], font=WIDE))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: plain_pdf([running("Secret.")], encrypt="password"), "encrypted with a password"),
        (lambda: sound()[:-2000], "truncated"),
        (lambda: sound()[:2000], "truncated"),
        (lambda: sound()[:-1000] + b"\n%%EOF\n", "damaged"),
        (damaged, "damaged"),
        (lambda: without_bytes(b"\0", b" Tf ", 40, pageCompression=0), "damaged"),
        (lambda: without_bytes(b"\xff", b" Tf ", 40, pageCompression=0), "damaged"),
        (lambda: without_bytes(b"\xff", b"/BaseFont", 20), "damaged"),
        (lambda: without_bytes(b" ", b"/Filter", 16), "damaged"),
        (lambda: in_85_digits().replace(b"stream\nGa", b"stream\nGb"), "damaged"),
        (lambda: b"PK\x03\x04 something else", "no PDF header"),
        (image_only, "no text layer.*ocrmypdf"),
        (without_mapping, "garbled"),
    ],
    ids=[
        "password", "end is missing", "most is missing", "middle is missing", "bytes are lost",
        "zeros in text", "ones in text", "ones in an object", "filter is lost", "bytes in digits",
        "no PDF", "images", "no mapping",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(
    make: Callable[[], bytes], message: str
) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        read_pdf(make())
    assert "\n" not in str(caught.value)
    assert "expected" in str(caught.value)


@pytest.mark.parametrize(
    ("suffix", "expected"), [("txt", "plain text"), ("docx", "a Word document")]
)
def test_a_renamed_file_is_refused_with_both_formats_named(
    tmp_path: Path, suffix: str, expected: str
) -> None:
    path = tmp_path / f"report.{suffix}"
    path.write_bytes(plain_pdf([running("1. One.", "2. Two.")]))
    message = rf"found a PDF file, expected {expected} .* \.{suffix}; rename it to \.pdf"
    with pytest.raises(DocumentError, match=message):
        read_reports(path)


@pytest.mark.parametrize("name", ["report", "A.67.305"])
def test_without_a_suffix_the_content_tells(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(plain_pdf([running("1. One.", "", "2. Two.")]))
    (report,) = read_reports(path)
    assert [one.text for one in report.paragraphs] == ["One.", "Two."]


def test_other_bytes_may_stand_in_front_of_the_header(tmp_path: Path) -> None:
    data = b"\r\n" + plain_pdf([running("1. One.", "", "2. Two.")])
    assert [one.text for one in report_of(tmp_path, data).paragraphs] == ["One.", "Two."]


def test_streams_that_are_packed_twice_are_read() -> None:
    assert texts(in_85_digits()) == texts(sound())


def test_a_file_that_opens_without_password_is_read() -> None:
    encryption = StandardEncryption("", ownerPassword="owner", canPrint=0, canCopy=0)
    assert texts(plain_pdf([running("Open.")], encrypt=encryption)) == ["Open."]


def test_pages_without_text_are_named() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for text in ("One.", None, "Three.", None, None, "Six."):
        if text is None:
            image_page(canvas)
        else:
            canvas.drawString(MARGIN, 700, text)
            canvas.showPage()
    canvas.save()
    source = read_pdf(buffer.getvalue())
    assert source.findings == (
        "no text on pages 2, 4-5; run OCR on it (ocrmypdf) if it is scanned",
    )
    assert [line.page for line in source.lines if line.text] == [1, 3, 6]


def test_a_garbled_page_is_left_out_and_named() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for page, font in enumerate(["Times-Roman", WIDE, "Times-Roman"], start=1):
        canvas.setFont(font, 11)
        text = "Настоящий доклад подготовлен Секретариатом." if font == WIDE else lorem(page)[:50]
        canvas.drawString(MARGIN, 700, text)
        canvas.showPage()
    canvas.save()
    source = read_pdf(unmapped(buffer.getvalue()))
    assert source.findings == (
        "garbled text left out on page 2; run OCR on it (ocrmypdf --force-ocr)",
    )
    assert [line.page for line in source.lines] == [1, 3]


def packed_pdf(filling: bytes, *, filters: int = 1) -> bytes:
    """A file of one page beside which a stream of zlib data lies, in so many filters."""
    packed = zlib.compress(filling)
    stream = (
        b"9 0 obj <</Length %d/Filter[%s]>>\nstream\n%s\nendstream endobj\n"
        % (len(packed), b"/FlateDecode" * filters, packed)
    )  # fmt: skip
    data = plain_pdf([running("1. One.")])
    place = data.index(b"xref\n")
    found = re.search(rb"startxref\s+(\d+)", data)
    assert found is not None
    end = data[place:].replace(found.group(1), str(place + len(stream)).encode())
    return data[:place] + stream + end


def test_every_limit_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    data = plain_pdf([running("One page."), running("Another.")])
    with pytest.raises(DocumentError, match="2 pages, expected at most 1"):
        read_pdf(data, limits=Limits(pages=1))
    for bomb in (packed_pdf(b" " * 2**22), packed_pdf(zlib.compress(b" " * 2**22), filters=2)):
        with pytest.raises(DocumentError, match="more than 1 MiB packed in it"):
            read_pdf(bomb, limits=Limits(expanded_mib=1))
        assert texts(bomb) == ["1. One."]
    monkeypatch.setattr(pdf_page, "MOST_CHARACTERS_OF_PAGE", 3)
    with pytest.raises(DocumentError, match="characters on page 1"):
        read_pdf(data)


def as_printed(report: str, font: str) -> bytes:
    """The PDF file that shows a text file as it stands; two empty lines part its pages."""
    size, leading = 9.0, 9.5
    pages = [
        [
            (MARGIN + found.start() * size / 2, 80 + number * leading, found.group())
            for number, line in enumerate(page.split("\n"))
            for found in re.finditer(r"\S+(?: \S+)*", line)
        ]
        for page in report.split("\n\n\n")
    ]
    return plain_pdf(pages, font=font, size=size)


@pytest.mark.parametrize(
    "name", sorted(path.name for path in REPORTS.glob("*.txt") if ".ar." not in path.name)
)
def test_reports_in_five_languages_come_out_as_from_their_text(name: str) -> None:
    text = (REPORTS / name).read_text(encoding="utf-8")
    data = as_printed(text, CHINESE if ".zh." in name else WIDE)
    expected = read_structure(read_lines(text))
    found = read_structure(read_pdf(data).lines)
    assert [(one.label, squeezed(one.text)) for one in found.paragraphs] == [
        (one.label, squeezed(one.text)) for one in expected.paragraphs
    ]


CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


def printed(html: str, folder: Path) -> bytes:
    """The PDF file that Chromium makes of a page."""
    assert CHROMIUM is not None
    page, file = folder / "page.html", folder / "page.pdf"
    page.write_text(html, encoding="utf-8")
    subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         "--allow-file-access-from-files", f"--print-to-pdf={file}", page.as_uri()],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return file.read_bytes()


@pytest.mark.skipif(CHROMIUM is None, reason="there is no browser that shapes Arabic letters")
@pytest.mark.parametrize("name", sorted(path.name for path in REPORTS.glob("*.ar.txt")))
def test_arabic_reports_come_out_as_from_their_text(name: str, tmp_path: Path) -> None:
    text = (REPORTS / name).read_text(encoding="utf-8")
    html = (
        f"<html lang='ar'><meta charset='utf-8'><style>@font-face {{ font-family: wide; "
        f"src: url('{WIDE_FILE.as_uri()}') }} pre {{ font: 10pt wide }}</style>"
        f"<pre dir='rtl'>{escape(text)}</pre>"
    )
    expected = read_structure(read_lines(text))
    found = read_structure(read_pdf(printed(html, tmp_path)).lines)
    assert [(one.label, one.text) for one in found.paragraphs] == [
        (one.label, one.text) for one in expected.paragraphs
    ]


def print_in_columns(language: str, folder: Path) -> bytes:
    """The PDF file that Chromium makes of two columns below a masthead of two parts."""
    _, left, right = COLUMN_TEXTS[language]
    html = (
        f"<html lang={language}><meta charset='utf-8'><style>@font-face {{ font-family: wide; "
        f"src: url('{WIDE_FILE.as_uri()}') }} body {{ font: 11pt/1.35 wide, 'Noto Serif CJK SC' }} "
        "p { margin: 0 0 6pt } .head { display: flex; justify-content: space-between } "
        ".columns { column-count: 2; column-gap: 24pt } .right { break-before: column }</style>"
        "<div class=head><span>A/67/305</span><span>Distr.: General</span></div><br>"
        "<div class=columns>"
        + "".join(
            f"<p {'class=right' if text == right[0][1] else ''} style='margin-left:{indent}pt'>"
            f"{escape(text)}</p>"
            for indent, text in (*left, *right)
        )
        + "</div>"
    )
    return printed(html, folder)


@pytest.mark.skipif(CHROMIUM is None, reason="there is no browser to print columns with")
@pytest.mark.parametrize("language", COLUMN_TEXTS)
def test_columns_printed_by_a_browser_are_read_one_after_the_other(
    language: str, tmp_path: Path
) -> None:
    _, left, right = COLUMN_TEXTS[language]
    found = texts(print_in_columns(language, tmp_path))
    assert [squeezed(text) for text in found if text][1:] == [
        squeezed(text) for _, text in (*left, *right)
    ]
