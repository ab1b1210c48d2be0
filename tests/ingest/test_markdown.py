"""Markdown: typed numbers stay, marks of emphasis go."""

from pathlib import Path
from types import ModuleType

import pytest

from ingest.errors import DocumentError
from ingest.read import read_reports
from ingest.readers.markdown import read_markdown
from ingest.report import Report

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "data/reports/CTOC-COP-2012-10/ctoc-cop-2012-10.zh.txt"
REPORTS = sorted((ROOT / "tests/reports").glob("*.txt"))


def shown(text: str) -> list[str]:
    return [line.text.strip() for line in read_markdown(text.encode()).lines if line.text]


def report_of(folder: Path, text: str, *, name: str = "report.md") -> Report:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (report,) = read_reports(path)
    return report


def units(report: Report) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.label, one.section, one.text) for one in report.paragraphs]


@pytest.mark.parametrize("path", [BUNDLED, *REPORTS], ids=lambda path: path.stem)
def test_reports_are_the_same_as_markdown(files: ModuleType, tmp_path: Path, path: Path) -> None:
    (report,) = read_reports(path)
    found = report_of(tmp_path, files.markdown(report), name="report.markdown")
    assert units(found) == units(report)
    assert found.findings == report.findings


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("25. x\n26. y\n28. z", ["25.\tx", "26.\ty", "28.\tz"]),
        ("1. x\n1. y\n1. z", ["1.\tx", "2.\ty", "3.\tz"]),
        ("3) x", ["3)\tx"]),
        ("1. x\n\n   (a) y\n\n2. z", ["1.\tx", "(a) y", "2.\tz"]),
        ("1. one goes\n2011. on.\n2. two", ["1.\tone goes", "2011.\ton.", "2.\ttwo"]),
        ("1. x\n   1. y\n   2. z\n2. w", ["1.\tx", "1.\ty", "2.\tz", "2.\tw"]),
        ("12.5 x", ["12.5 x"]),
        (r"2011\. x", ["2011. x"]),
        ("1.本报告\n(a) 甲；\n(b) 乙。", ["1.本报告", "(a) 甲；", "(b) 乙。"]),
        ("- x\n* y", ["•\tx", "•\ty"]),
        ("**1.** a *b* __c__ `d` ~~e~~", ["1. a b c d e"]),
        ("[text](http://a.org 'title') <http://b.org> ![picture](p.png)", ["text http://b.org"]),
        ("a <b>b</b> <span hidden>c</span><br>d", ["a b", "d"]),
        ("x\n\n<script>alert(1)</script>\n\n<!-- no -->\n\ny &lt;script&gt;", ["x", "y <script>"]),
        ("---\ntitle: no\n---\n\n1. x", ["1.\tx"]),
        ("    indented\n      deeper", ["indented", "deeper"]),
    ],
)
def test_text_is_what_is_shown(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


def test_headings_tables_and_footnotes(tmp_path: Path) -> None:
    found = report_of(
        tmp_path,
        "# Technical assistance\n\nIntroduction\n---\n\n1. See the table.[^a]\n\n"
        "| Country | Visits |\n|---|--:|\n| Egypt | **3** |\n\n## Work\n\n2. Two.\n\n"
        "[^a]: See A/67/1.\n",
    )
    assert found.title == "Technical assistance"
    assert units(found) == [
        ("1", ("Introduction",), "See the table."),
        ("2", ("Work",), "Two."),
    ]
    assert [(one.label, one.text, one.section) for one in found.tables] == [
        ("table 1/1", "Country | Visits", ("Introduction",)),
        ("table 1/2", "Egypt | 3", ("Introduction",)),
    ]
    assert [(one.label, one.text, one.called_by) for one in found.footnotes] == [
        ("note 1", "See A/67/1.", "1")
    ]


def test_footnotes_keep_the_marks_that_are_typed(tmp_path: Path) -> None:
    found = report_of(
        tmp_path,
        "Item 5[^*]\n\n1. One.[^7]\n\n2. Two.[^8] And more.[^7]\n\n"
        "[^*]: A/67/150.\n[^7]: Seven.\n[^8]: Eight.\n",
    )
    assert [(one.label, one.text, one.called_by) for one in found.footnotes] == [
        ("note *", "A/67/150.", "front matter"),
        ("note 7", "Seven.", "1"),
        ("note 8", "Eight.", "2"),
    ]


def test_a_page_or_binary_file_named_markdown_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"an HTML page, expected Markdown .* rename it"):
        report_of(tmp_path, "<!doctype html><p>1. One.")
    with pytest.raises(DocumentError, match="nested too deeply"):
        report_of(tmp_path, "> " * 3000 + "1. One.")
    with pytest.raises(DocumentError, match="a PDF file, expected Markdown"):
        report_of(tmp_path, "%PDF-1.7")
