"""HTML pages: the main content as a browser shows it, and nothing else."""

from pathlib import Path
from types import ModuleType

import pytest

from ingest.errors import DocumentError
from ingest.read import read_reports
from ingest.readers.html import read_html

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "data/reports/CTOC-COP-2012-10/ctoc-cop-2012-10.zh.txt"
REPORTS = sorted((ROOT / "tests/reports").glob("*.txt"))


def shown(page: str, encoding: str = "utf-8") -> list[str]:
    return [line.text.strip() for line in read_html(page.encode(encoding)).lines if line.text]


@pytest.mark.parametrize("writer", ["html_typed", "html_lists"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_bundled_report_is_the_same_as_a_page(
    files: ModuleType, tmp_path: Path, writer: str, encoding: str
) -> None:
    (report,) = read_reports(BUNDLED)
    page = getattr(files, writer)(report).replace("utf-8", encoding)
    found = files.report_of(tmp_path / "report.htm", page.encode(encoding))
    assert files.units(found) == files.units(report)
    assert found.summary == "60 paragraphs, 13 sub-items, no gaps"
    assert (found.title, found.language) == (report.title, "zh")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_reports_in_six_languages_are_the_same_as_pages(
    files: ModuleType, tmp_path: Path, path: Path
) -> None:
    (report,) = read_reports(path)
    found = files.report_of(tmp_path / "report.html", files.html_typed(report).encode())
    assert files.units(found) == files.units(report)
    assert found.language == report.language


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "Le présent rapport – établi"),
        ("windows-1251", "cp1251", "Настоящий доклад"),
        ("koi8-r", "koi8-r", "Настоящий доклад"),
        ("gb2312", "gb18030", "囙家工作"),
        ("big5", "big5", "聯合國"),
        ("iso-8859-1", "utf-8", "déclaré à tort"),
        ("iso-8859-12", "cp1252", "Où"),
        ("none such", "cp1251", "Настоящий доклад подготовлен в соответствии с резолюцией"),
        ("utf-8", "cp1252", "Déclaré à tort"),
    ],
)
def test_the_declared_encoding_holds_where_it_fits(declared: str, encoding: str, text: str) -> None:
    page = (
        f'<html><meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{text}'
    )
    assert shown(page, encoding) == [text]


def test_what_a_browser_does_not_show_is_not_read(files: ModuleType) -> None:
    page = files.html_page(
        "<header><a href='/'>Site</a></header><nav>Menu</nav><div role='navigation'>Menu</div>"
        "<aside>Related</aside><form><p>1. One &amp; <b>b</b>old <i>it</i>.<select><option>no"
        "</select><button>no</button><input value='no'></form>"
        "<script>if (1 < 2) document.write('<p>no</p>')</script><style>p{}</style>"
        "<noscript>no</noscript><template><p>no</p></template><!-- no --><?php no ?>"
        "<svg><text>no</text></svg><p hidden>no<p style='color:red;DISPLAY : none'>no"
        "<p>2. Two<span style='visibility:hidden'>no</span> and <ruby>三<rt>san</rt></ruby>.</p>"
        "<iframe src='file:///etc/passwd'>no</iframe><footer>© no</footer>",
        head='<meta charset="utf-8"><base href="http://example.org/">',
    )
    assert shown(page) == ["1. One & bold it.", "2. Two and 三."]


def test_the_main_element_holds_the_report(files: ModuleType) -> None:
    page = (
        "<p>Cookies</p><div>Login</div><main><header><h1>Report</h1></header>{}</main><p>Feedback"
    )
    assert shown(files.html_page(page.format("<p>1. A whole sentence.</p>"))) == [
        "Report",
        "1. A whole sentence.",
    ]
    # One that holds little is no main content.
    assert shown("<html><p>1. A whole sentence of the report.<article>ad</article>") == [
        "1. A whole sentence of the report.",
        "ad",
    ]


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        ("<ol><li>x<li>x</ol>", ["1.", "2."]),
        ("<ol start=7><li>x<li>x</ol>", ["7.", "8."]),
        ("<ol reversed><li>x<li>x</ol>", ["2.", "1."]),
        ("<ol><li>x<li value=9>x<li>x</ol>", ["1.", "9.", "10."]),
        ("<ol start=-1><li>x<li>x</ol>", ["-1.", "0."]),
        ("<ol start=zwei><li>x</ol>", ["1."]),
        ("<ol type=a start=26><li>x<li>x</ol>", ["z.", "aa."]),
        ("<ol type=I start=4><li>x</ol>", ["IV."]),
        ("<ol type=i><li>x<li type=A>x</ol>", ["i.", "B."]),
        ("<ol style='list-style-type: lower-roman'><li>x</ol>", ["i."]),
        ("<ol style='list-style: cjk-ideographic'><li>x</ol>", ["一、"]),
        ("<ol style='list-style: inside arabic-indic'><li>x</ol>", ["١."]),
        ("<ol><li style='list-style-type: \"§ \"'>x</ol>", ["§"]),
        ("<ol style='list-style:none'><li>1. x</ol>", ["1. x"]),
        ("<ul><li>x</ul>", ["•"]),
        ("<ol><li>x<ol><li>x</ol><li>x</ol>", ["1.", "1.", "2."]),
        ("<ol><li><p>x</p><p>y</p><li><p>x</ol>", ["1.", "y", "2."]),
        ("<ol><li><ol type=a><li>x</ol></ol>", ["1."]),
        ("<ol><li></li><li>x</ol>", ["2."]),
        ("<ol type=a start=703><li>x</ol>", ["aaa."]),
    ],
)
def test_lists_are_numbered_as_a_browser_does(page: str, numbers: list[str]) -> None:
    assert [line.split("\t")[0] for line in shown(f"<html>{page}")] == numbers


def test_two_numbers_on_one_line_and_letters_are_sub_items(
    files: ModuleType, tmp_path: Path
) -> None:
    page = (
        "<html><ol><li><ol type=a><li>first;<li>second:<ol type=i><li>one;<li>two.</ol></ol>"
        "<li>The end.</ol>"
    )
    found = files.report_of(tmp_path / "report.html", page.encode())
    assert [one.label for one in found.paragraphs] == [
        "1(a)", "1(b)", "1(b)(i)", "1(b)(ii)", "2",
    ]  # fmt: skip


def test_what_stands_in_an_item_belongs_to_it(files: ModuleType, tmp_path: Path) -> None:
    page = (
        "<html><ol><li><p>The Office:</p><ol type=a><li>Trained judges."
        "<li><p>Wrote a manual.<br>It is good.</p><p>It has two parts.<br>Both are long.</p></ol>"
        "<p>All of this was funded.</p>"
        "<li>The end.</ol>"
    )
    found = files.report_of(tmp_path / "report.html", page.encode())
    assert [(one.label, one.text) for one in found.paragraphs] == [
        ("1", "The Office: All of this was funded."),
        ("1(a)", "Trained judges."),
        ("1(b)", "Wrote a manual. It is good. It has two parts. Both are long."),
        ("2", "The end."),
    ]


def test_a_long_list_in_a_paragraph_is_not_taken_for_the_paragraphs(
    files: ModuleType, tmp_path: Path
) -> None:
    inner = "".join(f"<li>Country {n}." for n in range(1, 10))
    items = "".join(
        f"<li>Paragraph {n} says this." + (f"<ol>{inner}</ol>" if n == 3 else "")
        for n in range(1, 13)
    )
    found = files.report_of(tmp_path / "report.html", f"<html><ol>{items}</ol>".encode())
    assert [one.label for one in found.paragraphs] == [str(n) for n in range(1, 13)]
    assert found.paragraphs[2].text.endswith("8. Country 8. 9. Country 9.")


def test_headings_nest_and_the_title_is_no_section(files: ModuleType, tmp_path: Path) -> None:
    page = (
        "<html><h1>Technical assistance</h1><p>Report of the Secretariat<h2>Summary</h2>"
        "<p>All went well.<h2>Introduction</h2><ol><li>One.</ol><h2>Work</h2><h3>2. Africa</h3>"
        "<p>Short text.<h3>3. Asia</h3><ol start=2><li>Two.</ol><h2>Annex</h2><p>1. Open."
    )
    found = files.report_of(tmp_path / "report.html", page.encode())
    assert found.title == "Technical assistance"
    assert [(one.label, one.section) for one in found.paragraphs] == [
        ("1", ("Introduction",)),
        ("2", ("Work", "3. Asia")),
        ("Annex/1", ("Annex",)),
    ]
    assert [(one.label, one.text) for one in found.front_matter][1:] == [
        ("2. Africa", "Short text.")
    ]


def test_white_space_is_collapsed_and_line_breaks_hold(files: ModuleType) -> None:
    assert shown(files.html_page("<p>1. One\n   two<br>\n (a)  three <b> four</b></p>five")) == [
        "1. One two", "(a) three four", "five",
    ]  # fmt: skip


def test_preformatted_text_is_read_as_plain_text(files: ModuleType, tmp_path: Path) -> None:
    text = (ROOT / "tests/reports/general-assembly.en.txt").read_text(encoding="utf-8")
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    (report,) = read_reports(ROOT / "tests/reports/general-assembly.en.txt")
    found = files.report_of(tmp_path / "report.html", f"<html><pre>{escaped}</pre>".encode())
    assert files.units(found) == files.units(report)
    assert found.footnotes[1].text == report.footnotes[1].text


def test_tables_are_rows_of_their_own(files: ModuleType, tmp_path: Path) -> None:
    page = (
        "<html><table><tr><td>United Nations<td>A/67/305</table><h2>Work</h2><p>1. See the table."
        "<table><caption>Table 1. Visits</caption><thead><tr><th>Country<th>Visits</thead>"
        "<tbody><tr><td>Egypt<td><p>3</p><p>(two in 2010)</p><tr hidden><td>no<td>no"
        "<tr><td>甲国<td>5</table><p>2. And here."
        "<table><tr><td><table><tr><td>3. In a layout table.</table><td>4. Beside it.</table>"
    )
    found = files.report_of(tmp_path / "report.html", page.encode())
    assert found.symbol == "A/67/305"
    assert [one.text for one in found.paragraphs] == [
        "See the table.", "And here.", "In a layout table.", "Beside it.",
    ]  # fmt: skip
    assert [(one.label, one.text, one.section) for one in found.tables] == [
        ("table 1/1", "Country | Visits", ("Work", "Table 1. Visits")),
        ("table 1/2", "Egypt | 3 (two in 2010)", ("Work", "Table 1. Visits")),
        ("table 1/3", "甲国| 5", ("Work", "Table 1. Visits")),
    ]


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        (
            '<sup><a id="r1" href="#fn1">1</a></sup>',
            '<section role="doc-endnotes"><ol><li id="fn1"><p>See A/67/1. <a href="#r1">↩</a></p>'
            "</li></ol></section>",
        ),
        (
            '<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>',
            '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> See A/67/1.</p></div>',
        ),
        (
            '<a href="#f"><sup>1</sup></a>',
            '<p id="f"><sup>1</sup> See A/67/1.</p>',
        ),
        (
            '<a class="footnote-ref" href="#n">1</a>',
            '<div class="footnotes"><p id="n">See A/67/1.</p></div>',
        ),
    ],
)
def test_footnotes_that_are_marked_up_stand_apart(
    files: ModuleType, tmp_path: Path, reference: str, note: str
) -> None:
    page = f'<html><p>1. One{reference} and <a href="#one">1</a> more.<p id="one">2. Two.</p>{note}'
    found = files.report_of(tmp_path / "report.html", page.encode())
    assert [one.text for one in found.paragraphs] == ["One and 1 more.", "Two."]
    assert [(one.label, one.text, one.called_by) for one in found.footnotes] == [
        ("note 1", "See A/67/1.", "1")
    ]


def test_what_calls_each_note_is_known_wherever_it_stands(
    files: ModuleType, tmp_path: Path
) -> None:
    def call(number: int) -> str:
        return f'<sup><a id="r{number}" href="#n{number}">{number}</a></sup>'

    notes = "".join(f'<li id="n{n}">Note {n}. <a href="#r{n}">↩</a>' for n in range(1, 7))
    page = (
        f"<p>A report{call(1)} <p>1. Begins: <ol type=a><li>item,{call(2)}<li>another{call(3)} "
        f"</ol><table><tr><td>Cell<td>4{call(4)}<tr><td>Other{call(5)}<td>5</table>"
        f"<h2>Heading{call(6)}</h2><p>2. Ends.<ol>{notes}</ol>"
    )
    found = files.report_of(tmp_path / "report.html", files.html_page(page).encode())
    assert [(one.text, one.called_by) for one in found.footnotes] == [
        ("Note 1.", "front matter"), ("Note 2.", "1(a)"), ("Note 3.", "1(b)"),
        ("Note 4.", "table 1/1"), ("Note 5.", "table 1/2"), ("Note 6.", None),
    ]  # fmt: skip
    assert [one.text for one in found.tables] == ["Cell | 4", "Other | 5"]


def test_raised_digits_stay_raised(files: ModuleType, tmp_path: Path) -> None:
    page = "<p>1. In 2011<sup>1</sup>, on 5 km<sup>2</sup>, the 20<sup>th</sup> time.<p>2. Two."
    found = files.report_of(tmp_path / "report.html", files.html_page(page).encode())
    assert found.paragraphs[0].text == "In 2011¹, on 5 km², the 20th time."


def test_markup_that_is_written_out_stays_text(files: ModuleType, tmp_path: Path) -> None:
    page = "<html><p>1. Type &lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; go.<p>2. Two."
    assert files.report_of(tmp_path / "report.html", page.encode()).paragraphs[0].text == (
        "Type <script>alert(1)</script> &amp; go."
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"1. One.\n2. Two.", r"plain text, expected an HTML page .*\.html"),
        (b"%PDF-1.7", "a PDF file, expected an HTML page"),
        (b"From: x\r\nMIME-Version: 1.0\r\n\r\n<html><p>1. One.", "a web archive"),
        (b"<html><body><script>x</script>", "empty"),
        (b"<html>" + b"<div>" * 5000 + b"1. One.", "nested too deeply"),
        (b"<html>" + b"<table><tr><td>x<td>" * 650 + b"1. One.", "nested too deeply"),
        (b"<html><p>1. \xff\xfe\xfd\x81\x8d.", "unknown encoding"),
        (b"<html><p>a\x00b", "control"),
        (b"<?xml version='1.0'?><feed><entry/></feed>", "an XML file"),
    ],
)
def test_pages_that_cannot_be_read_are_refused(
    files: ModuleType, tmp_path: Path, data: bytes, message: str
) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        files.report_of(tmp_path / "report.html", data)
    assert "\n" not in str(caught.value)
