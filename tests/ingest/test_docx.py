"""Word documents: numbers as Word shows them, and what is left out."""

import io
import random
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from ingest.errors import DocumentError
from ingest.limits import Limits
from ingest.read import read_reports
from ingest.readers.docx import read_docx
from ingest.report import Source

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "data/reports/CTOC-COP-2012-10/ctoc-cop-2012-10.zh.txt"
REPORTS = sorted((ROOT / "tests/reports").glob("*.txt"))


def lines(source: Source) -> list[str]:
    return [line.text for line in source.lines if line.text and line.note is None]


@pytest.mark.parametrize("writer", ["docx_typed", "docx_automatic"])
def test_the_bundled_report_is_the_same_as_a_word_document(
    files: ModuleType, tmp_path: Path, writer: str
) -> None:
    (report,) = read_reports(BUNDLED)
    found = files.report_of(tmp_path / "report.docx", getattr(files, writer)(report))
    assert files.units(found) == files.units(report)
    assert found.summary == "60 paragraphs, 13 sub-items, no gaps"
    assert (found.title, found.language) == (report.title, "zh")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_reports_in_six_languages_are_the_same_as_word_documents(
    files: ModuleType, tmp_path: Path, path: Path
) -> None:
    (report,) = read_reports(path)
    found = files.report_of(tmp_path / "report.docx", files.docx_typed(report))
    assert files.units(found) == files.units(report)
    assert found.language == report.language


def test_a_document_whose_paragraphs_are_printed_lines(files: ModuleType, tmp_path: Path) -> None:
    (report,) = read_reports(BUNDLED)
    source = BUNDLED.read_text(encoding="utf-8").split("\n")
    found = files.report_of(
        tmp_path / "report.docx", files.docx("".join(map(files.paragraph, source)))
    )
    assert files.units(found) == files.units(report)


def test_lines_are_slices_of_the_text(files: ModuleType) -> None:
    (report,) = read_reports(BUNDLED)
    source = read_docx(files.docx_typed(report))
    assert all(source.text[one.source.start : one.source.end] == one.text for one in source.lines)
    assert {one.page for one in source.lines} == {None}


def test_deeper_levels_start_again_and_hold_the_numbers_above(files: ModuleType) -> None:
    levels = ("decimal %1.", "lowerLetter (%2)", "lowerRoman (%3)", "decimal %1.%2.%4")
    body = "".join(
        files.paragraph("x", properties=files.listed(1, level))
        for level in (0, 1, 2, 2, 1, 2, 0, 1, 3)
    )
    numbering = files.abstract_list(1, *levels) + files.list_use(1, 1)
    found = lines(read_docx(files.docx(body, numbering=numbering)))
    assert [line.split("\t")[0] for line in found] == [
        "1.", "(a)", "(i)", "(ii)", "(b)", "(i)", "2.", "(a)", "2.a.1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("system", "shown"),
    [
        ("decimal", "12"), ("decimalZero", "12"), ("lowerLetter", "l"), ("upperLetter", "L"),
        ("lowerRoman", "xii"), ("upperRoman", "XII"), ("chineseCounting", "十二"),
        ("chineseCountingThousand", "十二"), ("ideographDigital", "一二"), ("russianLower", "м"),
        ("arabicAlpha", "س"), ("arabicAbjad", "ل"), ("decimalFullWidth", "１２"),
        ("decimalEnclosedCircle", "⑫"), ("ideographZodiac", "亥"), ("unheardOf", "12"),
        ("chineseLegalSimplified", "壹拾贰"), ("ideographTraditional", "12"),
    ],
)  # fmt: skip
def test_every_system_of_counting(files: ModuleType, system: str, shown: str) -> None:
    body = files.paragraph("x", properties=files.listed(1)) * 12
    numbering = files.abstract_list(1, f"{system} %1)") + files.list_use(1, 1)
    assert lines(read_docx(files.docx(body, numbering=numbering)))[-1] == f"{shown})\tx"


def test_lists_of_one_kind_count_on_and_an_override_starts_again(files: ModuleType) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbering = (
        files.abstract_list(1, "decimal %1.")
        + files.list_use(1, 1)
        + files.list_use(2, 1)
        + files.list_use(3, 1, override)
    )
    body = "".join(files.paragraph("x", properties=files.listed(n)) for n in (1, 1, 2, 3, 3, 1))
    assert [line[:2] for line in lines(read_docx(files.docx(body, numbering=numbering)))] == [
        "1.", "2.", "3.", "7.", "8.", "9.",
    ]  # fmt: skip


def test_a_level_that_never_starts_again_and_one_in_digits(files: ModuleType) -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1."/><w:suff w:val="space"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/>'
        '<w:lvlText w:val="%2."/><w:suff w:val="nothing"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>'
        '<w:lvlText w:val="%1.%3"/></w:lvl>'
    )
    numbering = files.abstract_list(1, extra=levels) + files.list_use(1, 1)
    body = "".join(
        files.paragraph(text, properties=files.listed(1, level))
        for level, text in ((0, "A"), (1, "x"), (1, "x"), (0, "B"), (1, "2011年"), (2, "z"))
    )
    assert lines(read_docx(files.docx(body, numbering=numbering))) == [
        "I. A", "1.x", "2.x", "II. B", "3.2011年", "2.1\tz",
    ]  # fmt: skip


def test_styles_number_and_are_inherited(files: ModuleType) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Para"><w:name w:val="Para"/>'
        '<w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
        '<w:pStyle w:val="Sub"/><w:lvlText w:val="(%2)"/></w:lvl>'
    )
    body = "".join(
        (
            files.paragraph("one", properties=files.styled("Para")),
            files.paragraph("sub", properties=files.styled("Sub")),
            files.paragraph(
                "plain", properties=files.styled("Para") + '<w:numPr><w:numId w:val="0"/></w:numPr>'
            ),
            files.paragraph("two", properties=files.styled("Base")),
        )
    )
    numbering = files.abstract_list(1, extra=levels) + files.list_use(1, 1)
    found = read_docx(files.docx(body, numbering=numbering, styles=styles))
    assert lines(found) == ["1.\tone", "(a)\tsub", "plain", "2.\ttwo"]


def test_a_list_defined_by_a_numbering_style(files: ModuleType) -> None:
    numbering = (
        files.abstract_list(1, "decimal %1.", extra='<w:styleLink w:val="Paras"/>')
        + files.abstract_list(2, extra='<w:numStyleLink w:val="Paras"/>')
        + files.list_use(1, 1)
        + files.list_use(2, 2)
    )
    body = files.paragraph("x", properties=files.listed(2)) * 2
    assert lines(read_docx(files.docx(body, numbering=numbering))) == ["1.\tx", "2.\tx"]


def test_empty_numbered_paragraphs_count_and_bullets_do_not(files: ModuleType) -> None:
    numbering = (
        files.abstract_list(1, "decimal %1.")
        + files.abstract_list(2, "bullet \uf0b7")
        + files.list_use(1, 1)
        + files.list_use(2, 2)
    )
    body = (
        files.paragraph("one", properties=files.listed(1))
        + files.paragraph("", properties=files.listed(1))
        + files.paragraph("point", properties=files.listed(2))
        + files.paragraph("three", properties=files.listed(1))
    )
    found = lines(read_docx(files.docx(body, numbering=numbering)))
    assert found == ["1.\tone", "•\tpoint", "3.\tthree"]


def test_letters_without_brackets_are_sub_items_where_word_counts_them(
    files: ModuleType, tmp_path: Path
) -> None:
    numbering = files.abstract_list(
        1, "decimal %1.", "lowerLetter %2.", "lowerRoman %3."
    ) + files.list_use(1, 1)
    body = "".join(
        files.paragraph(text, properties=files.listed(1, level))
        for level, text in (
            (0, "The Office:"), (1, "Trained judges;"), (2, "In Kenya;"), (2, "In Egypt;"),
            (1, "Published a manual."), (0, "The Conference took note."),
        )
    )  # fmt: skip
    found = files.report_of(tmp_path / "report.docx", files.docx(body, numbering=numbering))
    assert [one.label for one in found.paragraphs] == [
        "1", "1(a)", "1(a)(i)", "1(a)(ii)", "1(b)", "2",
    ]  # fmt: skip
    assert found.paragraphs[1].text == "Trained judges;"


def test_a_list_in_a_paragraph_is_not_taken_for_the_next_paragraphs(
    files: ModuleType, tmp_path: Path
) -> None:
    numbering = "".join(
        files.abstract_list(n, "decimal %1.") + files.list_use(n, n) for n in (1, 2, 3)
    )
    body = "".join(
        files.paragraph(f"A sentence of list {n}.", properties=files.listed(n))
        for n in (1, 1, 2, 2, 2, 2, 1, 3, 1, 1)
    )
    found = files.report_of(tmp_path / "report.docx", files.docx(body, numbering=numbering))
    assert [one.label for one in found.paragraphs] == ["1", "2", "3", "4", "5"]
    assert found.paragraphs[1].text.count("list 2") == 4
    assert not found.findings


def test_line_breaks_part_no_heading_and_no_paragraph(files: ModuleType, tmp_path: Path) -> None:
    sentence = "The Office provided technical assistance to States that had asked for it. " * 4
    body = "".join(
        f"<w:p><w:r><w:t>{'</w:t><w:br/><w:t>'.join(lines)}</w:t></w:r></w:p>"
        for lines in (
            ("I.\tAssistance", "provided by the Office"), (f"1. {sentence}",), (f"2. {sentence}",),
            ("B.\tResponses", "by Member States"),
            ("3. States said:", "(a) Yes;", "(b) No,", "or maybe."),
            (f"4. {sentence}",),
        )
    )  # fmt: skip
    found = files.report_of(tmp_path / "report.docx", files.docx(body))
    assert [(one.label, one.section[-1]) for one in found.paragraphs] == [
        ("1", "I. Assistance provided by the Office"),
        ("2", "I. Assistance provided by the Office"),
        ("3", "B. Responses by Member States"),
        ("3(a)", "B. Responses by Member States"),
        ("3(b)", "B. Responses by Member States"),
        ("4", "B. Responses by Member States"),
    ]
    assert found.paragraphs[4].text == "No, or maybe."


def test_indented_paragraphs_belong_to_the_sub_item_above(
    files: ModuleType, tmp_path: Path
) -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>{}</w:lvl>'.format(
            '<w:lvlText w:val="(%1)"/><w:pPr><w:ind w:left="1134" w:hanging="567"/></w:pPr>'
        )
    )
    numbering = files.abstract_list(1, extra=level) + files.list_use(1, 1)
    deep = '<w:ind w:left="1134"/>'
    body = (
        files.paragraph("1. The Office:")
        + files.paragraph("Trained judges.", properties=files.listed(1))
        + files.paragraph("Wrote a manual.", properties=files.listed(1))
        + files.paragraph("It has two parts.", properties=deep)
        + files.paragraph("All of this was funded.")
        + files.paragraph("2. The end.")
    )
    found = files.report_of(tmp_path / "report.docx", files.docx(body, numbering=numbering))
    assert [(one.label, one.text) for one in found.paragraphs] == [
        ("1", "The Office: All of this was funded."),
        ("1(a)", "Trained judges."),
        ("1(b)", "Wrote a manual. It has two parts."),
        ("2", "The end."),
    ]


def test_headings_of_styles_nest_and_the_title_is_no_section(
    files: ModuleType, tmp_path: Path
) -> None:
    numbering = files.abstract_list(1, "decimal %1.") + files.list_use(1, 1)

    def numbered(text: str) -> str:
        return str(files.paragraph(text, properties=files.listed(1)))

    def heading(name: str, text: str) -> str:
        return str(files.paragraph(text, properties=files.styled(name)))

    body = (
        heading("Title", "Technical assistance")
        + heading("heading 1", "Introduction")
        + numbered("The report is short.")
        + heading("heading 1", "Work")
        + files.paragraph("The work went on as planned.")
        + heading("heading 2", "1. Africa")
        + numbered("Kenya replied")
        + heading("heading 2", "2. Asia")
        + numbered("Japan replied.")
        + heading("heading 1", "Annex I")
        + files.paragraph("1. The fund is open.")
    )
    found = files.report_of(tmp_path / "report.docx", files.docx(body, numbering=numbering))
    assert found.title == "Technical assistance"
    assert [(one.label, one.section) for one in found.paragraphs] == [
        ("1", ("Introduction",)),
        ("2", ("Work", "1. Africa")),
        ("3", ("Work", "2. Asia")),
        ("Annex I/1", ("Annex I",)),
    ]
    assert [(one.label, one.text) for one in found.front_matter][1:] == [
        ("Work", "The work went on as planned.")
    ]


def test_numbered_sentences_in_a_heading_style_are_paragraphs(
    files: ModuleType, tmp_path: Path
) -> None:
    body = files.paragraph("The rules", properties=files.styled("Title"))
    body += files.paragraph("Scope", properties=files.styled("heading 1")) + "".join(
        files.paragraph(f"{n}. The rule number {n} applies.", properties=files.styled("heading 2"))
        for n in range(1, 4)
    )
    found = files.report_of(tmp_path / "report.docx", files.docx(body))
    assert [(one.label, one.section) for one in found.paragraphs] == [
        (str(n), ("Scope",)) for n in range(1, 4)
    ]


def reference(identifier: int, *, mark: str = "") -> str:
    custom = ' w:customMarkFollows="1"' if mark else ""
    text = f"<w:t>{mark}</w:t>" if mark else ""
    return f'<w:r><w:footnoteReference{custom} w:id="{identifier}"/>{text}</w:r>'


def test_footnotes_stand_apart_in_the_order_of_their_references(
    files: ModuleType, tmp_path: Path
) -> None:
    body = (
        f"<w:p><w:r><w:t>1. Agenda</w:t></w:r>{reference(4, mark='*')}"
        "<w:r><w:t> item.</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>2. One</w:t></w:r>{reference(3)}<w:r><w:t> and two</w:t></w:r>"
        f"{reference(2)}<w:r><w:t>.</w:t></w:r></w:p>"
    )
    notes = "".join(
        f'<w:footnote w:id="{n}"{kind}>{files.paragraph(text)}</w:footnote>'
        for n, kind, text in (
            (0, ' w:type="separator"', "____"), (2, "", "1 January 2012."), (3, "", "See A/67/1."),
            (4, "", "* A/67/150."), (5, "", "Referred to by nothing."),
        )
    )  # fmt: skip
    found = files.report_of(tmp_path / "report.docx", files.docx(body, footnotes=notes))
    assert [one.text for one in found.paragraphs] == ["Agenda item.", "One and two."]
    assert [(one.label, one.text, one.called_by) for one in found.footnotes] == [
        ("note *", "A/67/150.", "1"),
        ("note 1", "See A/67/1.", "2"),
        ("note 2", "1 January 2012.", "2"),
    ]


def test_what_calls_each_note_is_known_wherever_it_stands(
    files: ModuleType, tmp_path: Path
) -> None:
    def called(text: str, identifier: int, properties: str = "") -> str:
        return files.paragraph(text, properties=properties).replace(
            "</w:p>", f"{reference(identifier)}</w:p>"
        )

    cells = "".join(f"<w:tc>{called(f'Cell {n}', n)}</w:tc>" for n in (4, 5))
    body = (
        called("A report ", 1)
        + files.paragraph("Begins:", properties=files.listed(1))
        + called("item,", 2, files.listed(1, 1))
        + called("another ", 3, files.listed(1, 1))
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        + called("Heading", 6, files.styled("heading 1"))
        + files.paragraph("Ends.", properties=files.listed(1))
    )
    numbering = files.abstract_list(1, "decimal %1.", "lowerLetter (%2)") + files.list_use(1, 1)
    notes = "".join(
        f'<w:footnote w:id="{n}">{files.paragraph(f"Note {n}.")}</w:footnote>' for n in range(1, 7)
    )
    data = files.docx(body, numbering=numbering, footnotes=notes)
    found = files.report_of(tmp_path / "report.docx", data)
    assert [(one.text, one.called_by) for one in found.footnotes] == [
        ("Note 1.", "front matter"), ("Note 2.", "1(a)"), ("Note 3.", "1(b)"),
        ("Note 4.", "table 1/1"), ("Note 5.", "table 1/1"), ("Note 6.", None),
    ]  # fmt: skip
    assert [one.text for one in found.tables] == ["Cell 4 | Cell 5"]
    assert [one.text for one in found.paragraphs] == ["Begins:", "item,", "another", "Ends."]


def test_raised_digits_stay_raised(files: ModuleType) -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    body = files.paragraph("1. On 5 km").replace("</w:p>", f"{raised}</w:p>")
    assert [line.text for line in read_docx(files.docx(body)).lines] == ["1. On 5 km²"]


def test_endnotes_count_for_themselves(files: ModuleType, tmp_path: Path) -> None:
    body = (
        f"<w:p><w:r><w:t>1. One</w:t></w:r>{reference(1)}"
        '<w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    )
    found = files.report_of(
        tmp_path / "report.docx",
        files.docx(
            body,
            footnotes=f'<w:footnote w:id="1">{files.paragraph("Below.")}</w:footnote>',
            endnotes=f'<w:endnote w:id="1">{files.paragraph("Behind.")}</w:endnote>',
        ),
    )
    assert [(one.label, one.text) for one in found.footnotes] == [
        ("note 1", "Below."),
        ("note i", "Behind."),
    ]


def test_documents_of_the_strict_variant_are_read(files: ModuleType, tmp_path: Path) -> None:
    whole = files.docx(files.paragraph("1. One."))
    document = zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml")
    strict = document.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    found = files.report_of(tmp_path / "report.docx", changed(whole, "word/document.xml", strict))
    assert [one.text for one in found.paragraphs] == ["One."]


def test_tracked_changes_are_read_as_accepted(files: ModuleType) -> None:
    body = (
        "<w:p><w:r><w:t>1. Kept </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>2. First half </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>and second half.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        "<w:del><w:r><w:delText>3. Gone</w:delText></w:r></w:del></w:p>"
        "<w:moveTo><w:p><w:r><w:t>3. Moved here.</w:t></w:r></w:p></w:moveTo>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>The end</w:t></w:r></w:p>"
    )
    found = read_docx(files.docx(body))
    assert lines(found) == [
        "1. Kept new", "2. First half and second half.", "3. Moved here.", "The end",
    ]  # fmt: skip
    assert found.findings == ("tracked changes are read as accepted",)


def test_what_is_not_shown_is_not_read(files: ModuleType) -> None:
    body = (
        "<w:p><w:r><w:t>1. See </w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText>'
        '<w:t>code</w:t><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:hyperlink><w:r><w:t>paragraph 4</w:t></w:r></w:hyperlink>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>, above</w:t></w:r>'
        '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        "<w:r><w:softHyphen/><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:tab/><w:t>x</w:t>"
        '<w:br/><w:t>next line</w:t><w:br w:type="page"/><w:t>is the same line</w:t>'
        '<w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Arial" w:char="00E9"/></w:r></w:p>'
    )
    assert lines(read_docx(files.docx(body))) == [
        "1. See paragraph 4, aboveco-op\tx", "next line is the same lineé",
    ]  # fmt: skip


def table(*rows: tuple[str, ...]) -> str:
    inner = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{inner}</w:tbl>"


def test_tables_are_rows_of_their_own(files: ModuleType, tmp_path: Path) -> None:
    body = (
        table(("United Nations", "A/67/305"), ("General Assembly", "Distr.: General"))
        + files.paragraph("Work", properties=files.styled("heading 1"))
        + files.paragraph("1. The table shows the visits.")
        + files.paragraph("Table 1. Visits", properties=files.styled("caption"))
        + table(("Country", "Visits"), ("Egypt", "3"), ("", "12."))
        + files.paragraph("2. There were three.")
        + table(("3. A box for the layout only.",), ("4. Another one.",))
        + table(("甲国", "5"), ("", ""))
    )
    found = files.report_of(tmp_path / "report.docx", files.docx(body))
    assert found.symbol == "A/67/305"
    assert [(one.label, one.text) for one in found.paragraphs] == [
        ("1", "The table shows the visits."),
        ("2", "There were three."),
        ("3", "A box for the layout only."),
        ("4", "Another one."),
    ]
    assert [(one.label, one.text, one.section) for one in found.tables] == [
        ("table 1/1", "Country | Visits", ("Work", "Table 1. Visits")),
        ("table 1/2", "Egypt | 3", ("Work", "Table 1. Visits")),
        ("table 1/3", "| 12.", ("Work", "Table 1. Visits")),
        ("table 2/1", "甲国| 5", ("Work",)),
    ]


def test_headers_give_the_symbol_and_nothing_else(files: ModuleType, tmp_path: Path) -> None:
    found = files.report_of(
        tmp_path / "report.docx",
        files.docx(files.paragraph("1. One."), header=files.paragraph("CTOC/COP/2012/10")),
    )
    assert found.symbol == "CTOC/COP/2012/10"
    assert not found.front_matter


def test_a_text_box_is_read_once(files: ModuleType) -> None:
    box = f"<w:txbxContent>{files.paragraph('In the box.')}</w:txbxContent>"
    alternatives = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{alternatives}"><mc:Choice><w:drawing>{box}'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent><w:t>1. One.</w:t></w:r></w:p>"
    )
    assert lines(read_docx(files.docx(body))) == ["1. One.", "In the box."]


def changed(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return buffer.getvalue()


def test_damaged_documents_are_refused_in_one_line(files: ModuleType, tmp_path: Path) -> None:
    whole = files.docx(files.paragraph("1. One."))
    document = zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml")
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + document.replace(
        b"1. One.", b"1. &e;"
    )
    flipped = bytearray(whole)
    flipped[whole.index(b"word/document.xml") + 40] ^= 0xFF
    cases = {
        "damaged or incomplete": (whole[:-30], whole[: len(whole) // 2], bytes(flipped)),
        "damaged XML": (changed(whole, "word/document.xml", document[:-20]),),
        "document type": (changed(whole, "word/document.xml", entity),),
        "another file inside": (
            files.docx('<w:altChunk r:id="r1"/>' + files.paragraph("1. One.")),
        ),
        "no paragraph|empty file": (files.docx(""),),
        "plain text, expected a Word document": (b"1. One.",),
        "a PDF file, expected a Word document": (b"%PDF-1.7",),
        "with a password": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),),
        "an Excel workbook": (
            changed(whole.replace(b"word/", b"xl///"), "[Content_Types].xml", b"<Types/>"),
        ),
    }
    for message, documents in cases.items():
        for data in documents:
            with pytest.raises(DocumentError, match=message) as caught:
                files.report_of(tmp_path / "report.docx", data)
            assert "\n" not in str(caught.value)
            assert "report.docx: found" in str(caught.value)


def test_a_document_that_expands_over_the_limit_is_refused(files: ModuleType) -> None:
    limits = Limits(expanded_mib=1)
    bomb = files.docx(files.paragraph("1. One."), parts={"word/media/a.bin": b"\0" * 2**21})
    with pytest.raises(DocumentError, match="more than 1 MiB packed"):
        read_docx(bomb, limits=limits)
    # A directory that lies about the size.
    text = files.docx(files.paragraph("1. One. " + "a" * 2**21))
    size = len(zipfile.ZipFile(io.BytesIO(text)).read("word/document.xml"))
    lying = text.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(DocumentError, match="damaged or incomplete"):
        read_docx(lying, limits=limits)


def test_every_damage_ends_in_a_report_or_in_one_line(files: ModuleType, tmp_path: Path) -> None:
    (report,) = read_reports(ROOT / "tests/reports/general-assembly.en.txt")
    whole = files.docx_typed(report)
    document = zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml")
    chance = random.Random(3)
    for number in range(400):
        data = bytearray(document if number % 2 else whole)
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(data))
            if chance.random() < 0.6:
                data[place] = chance.randrange(256)
            else:
                del data[place : place + chance.randint(1, 200)]
        try:
            files.report_of(
                tmp_path / "report.docx",
                changed(whole, "word/document.xml", bytes(data)) if number % 2 else bytes(data),
            )
        except DocumentError as error:
            assert "\n" not in str(error)
