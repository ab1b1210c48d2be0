"""The bundled report: every oddity of its text, each in a test of its own."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.normalizer import join_lines
from ingest.read import read_reports
from ingest.readers.text import read_lines
from ingest.report import Paragraph, Report
from ingest.structure import read_structure

SOURCE = Path(__file__).parents[2] / "data/reports/CTOC-COP-2012-10/ctoc-cop-2012-10.zh.txt"
LABELS = [
    label
    for number in range(1, 61)
    for label in (
        str(number),
        *(f"{number}({letter})" for letter in {5: "abc", 25: "abcd", 52: "abcdef"}.get(number, "")),
    )
]


@pytest.fixture(scope="module")
def report() -> Report:
    (only,) = read_reports(SOURCE)
    return only


def paragraph(report: Report, label: str) -> Paragraph:
    (only,) = (one for one in report.paragraphs if one.label == label)
    return only


def test_it_has_exactly_its_73_units_each_once_in_order(report: Report) -> None:
    assert len(LABELS) == 73
    assert [one.label for one in report.paragraphs] == LABELS
    assert report.numbered
    assert report.summary == "60 paragraphs, 13 sub-items, no gaps"


def test_symbol_title_and_language_are_its_own(report: Report) -> None:
    # The footnote's symbol CTOC/COP/2012/1 and those in paragraphs 41, 43, 56 are other documents.
    assert report.symbol == "CTOC/COP/2012/10"
    assert report.title == "就执行《联合国打击跨国有组织犯罪公约》及其各项议定书向各国提供技术援助"
    assert report.language == "zh"


def test_the_eleven_headings_stand_over_their_paragraphs(report: Report) -> None:
    firsts = {one.section: one.label for one in reversed(report.paragraphs)}
    assert dict(reversed(firsts.items())) == {
        ("一. 导言",): "1",
        ("二. 联合国毒品和犯罪问题办公室根据《公约》及其各项议定书提供技术援助的战略办法",): "4",
        ("三. 加强国际司法合作以打击跨国有组织犯罪",): "7",
        ("四. 加强应对有组织犯罪刑事司法对策",): "12",
        ("五. 改进执法合作和机构间协调",): "23",
        ("六. 协助各国制定保护有组织犯罪证人和受害人方案",): "34",
        ("七. 打击人口贩运方面的技术援助",): "37",
        ("八. 旨在加强应对偷运移民的对策的技术援助",): "42",
        ("九. 贩运枪支及其零部件和弹药",): "51",
        ("十. 新出现的犯罪",): "55",
        ("十一. 结论",): "59",
    }


def test_empty_lines_inside_paragraphs_part_nothing(report: Report) -> None:
    assert paragraph(report, "1").text == (
        "本报告系根据《联合国打击跨国有组织犯罪公约》缔约方会议第五届会议通过的题为“执行《联合国"
        "打击跨国有组织犯罪公约》的技术援助规定”的第5/6号决议而编写。该决议请秘书处向缔约方会议"
        "第六届会议报告为协助各国执行《有组织犯罪公约》及其各项议定书而在全球、区域和国家各级提供"
        "技术援助的情况。"
    )


@pytest.mark.parametrize("label", ["10", "25(d)", "47", "60"])
def test_paragraphs_without_empty_line_above_begin_for_themselves(
    report: Report, label: str
) -> None:
    beginnings = {
        "10": "设计并提供了",
        "25(d)": "科特迪瓦将是",
        "47": "2010年以来",
        "60": "在审查期内",
    }
    assert paragraph(report, label).text.startswith(beginnings[label])
    before = report.paragraphs[LABELS.index(label) - 1]
    assert before.text[-1] in "。；"


def test_page_breaks_in_mid_sentence_leave_no_trace(report: Report) -> None:
    assert "加强会员国预防和打击有组织和严重犯罪的能力全球方案" in paragraph(report, "15").text
    assert "协助各国包括冲突后局势国家" in paragraph(report, "21").text
    assert "在埃塞俄比亚和卢旺达开办了" in paragraph(report, "32").text
    assert "执法机构处理人口贩运问题应急手册" in paragraph(report, "39").text
    assert "另有几个国家请求" in paragraph(report, "53").text


def test_page_furniture_is_in_no_paragraph(report: Report) -> None:
    everything = "\n".join(one.text for one in report.paragraphs)
    assert "V.12-54442" not in everything
    assert "____" not in everything
    assert "CTOC/COP/2012/1。" not in everything
    assert not re.search(r"CTOC/COP/2012/10(?!\d)", everything)


def test_the_footnote_stands_by_itself(report: Report) -> None:
    assert [(note.label, note.text, note.page) for note in report.footnotes] == [
        ("note *", "CTOC/COP/2012/1。", 1)
    ]


def test_front_matter_keeps_its_lines(report: Report) -> None:
    (front,) = report.front_matter
    assert front.label == "front matter"
    assert front.text == (
        "第六届会议\n2012年10月15日至19日，维也纳\n临时议程*项目5\n技术援助\n"
        "就执行《联合国打击跨国有组织犯罪公约》及其各项议定书向各国提供技术援助\n秘书处的报告"
    )


def test_pages_are_known_only_beside_the_one_page_mark(report: Report) -> None:
    pages = {one.label: one.page for one in report.paragraphs if one.page is not None}
    assert pages == {"1": 1, "2": 1, "3": 1, "4": 2}


def test_a_year_behind_the_number_opens_the_paragraph(report: Report) -> None:
    opening_years = {one.label for one in report.paragraphs if re.match(r"20\d\d年", one.text)}
    assert opening_years == {
        "8", "12", "13", "20", "26", "36", "40", "42", "44", "46", "47", "48", "49", "50", "54",
    }  # fmt: skip


def test_numbers_broken_from_their_unit_are_joined(report: Report) -> None:
    assert "13,353公斤大麻" in paragraph(report, "29").text
    assert "2009年和2010年期间" in paragraph(report, "54").text


def test_latin_names_keep_a_space_at_the_line_join(report: Report) -> None:
    name = "中美洲检察官理事会即Consejo Centroamericano de Ministerios Públicos协调"
    assert name in paragraph(report, "11").text


def test_a_web_address_stays_whole(report: Report) -> None:
    assert (
        "（可从www.unodc.org/documents/afghanistan/Organized_Crime/SOCTA_Manual_2010.pdf查阅）"
        in paragraph(report, "14").text
    )


def test_misprints_stay_as_they_are(report: Report) -> None:
    assert "危内瑞拉" in paragraph(report, "12").text
    assert "集箱装管制方案" in paragraph(report, "29").text
    assert "沿钱" in paragraph(report, "29").text
    assert "CTOC/COP/2012/7" in paragraph(report, "56").text


@pytest.mark.parametrize(
    ("label", "end"), [("5", "从而确保："), ("25", "主要成就："), ("52", "下列活动：")]
)
def test_the_number_alone_means_the_lead_in(report: Report, label: str, end: str) -> None:
    assert paragraph(report, label).text.endswith(end)


def test_clean_text_has_no_white_space_beside_chinese(report: Report) -> None:
    for one in report.paragraphs:
        assert not re.search(
            r"[\u3000-\u9fff\uff00-\uffef]\s|\s[\u3000-\u9fff\uff00-\uffef]", one.text
        )
        assert one.text == one.text.strip()
        assert "  " not in one.text


def test_every_span_is_where_the_paragraph_stands(report: Report) -> None:
    source = SOURCE.read_text(encoding="utf-8")
    for one in report.paragraphs:
        part = source[one.source.start : one.source.end]
        without_number = re.sub(r"^(?:\d+\. |\([a-f]\) )", "", part)
        assert without_number != part
        assert join_lines(without_number.split("\n")) == one.text
    assert all(a.source.end <= b.source.start for a, b in pairwise(report.paragraphs))


def without_empty_lines(report: Report, source: str) -> str:
    return "\n".join(line for line in source.split("\n") if line.strip())


def without_white_space_at_line_ends(report: Report, source: str) -> str:
    return "\n".join(line.strip() for line in source.split("\n"))


def with_a_paragraph_on_each_line(report: Report, source: str) -> str:
    lines: list[str] = []
    for one in report.paragraphs:
        if not lines or one.section[0] not in lines:
            lines.append(one.section[0])
        number, _, letter = one.label.partition("(")
        lines.append(f"({letter} {one.text}" if letter else f"{number}. {one.text}")
    return "\n".join(lines)


def with_commas_for_stops(report: Report, source: str) -> str:
    text = with_a_paragraph_on_each_line(report, source)
    return re.sub(r"^(\d+)\. ", r"\1、", text, flags=re.MULTILINE)


def with_full_width_numbers(report: Report, source: str) -> str:
    digits = str.maketrans("0123456789", "０１２３４５６７８９")
    text = with_a_paragraph_on_each_line(report, source)
    return re.sub(
        r"^(\d+)\. ", lambda found: found[1].translate(digits) + "．", text, flags=re.MULTILINE
    )


def wrapped_at_36_characters(report: Report, source: str) -> str:
    text = with_a_paragraph_on_each_line(report, source)
    return "\n".join(
        line[start : start + 36] for line in text.split("\n") for start in range(0, len(line), 36)
    )


@pytest.mark.parametrize(
    "rewrite",
    [
        without_empty_lines,
        without_white_space_at_line_ends,
        with_a_paragraph_on_each_line,
        with_commas_for_stops,
        with_full_width_numbers,
        wrapped_at_36_characters,
    ],
)
def test_the_same_report_in_another_layout_gives_the_same_paragraphs(
    report: Report, rewrite: Callable[[Report, str], str]
) -> None:
    found = read_structure(read_lines(rewrite(report, SOURCE.read_text(encoding="utf-8"))))

    def units(paragraphs: Sequence[Paragraph]) -> list[tuple[str, tuple[str, ...], str]]:
        # Cutting at a fixed width also cuts Latin words, which then hold a space.
        return [(one.label, one.section, one.text.replace(" ", "")) for one in paragraphs]

    assert units(found.paragraphs) == units(report.paragraphs)
    assert not found.findings


def test_a_paragraph_taken_out_is_reported_and_nothing_else_moves(report: Report) -> None:
    source = SOURCE.read_text(encoding="utf-8")
    found = read_structure(
        read_lines(source[: source.index("\n30. ")] + source[source.index("\n31. ") :])
    )
    assert found.findings == ("30 is missing",)
    assert [one.text for one in found.paragraphs] == [
        one.text for one in report.paragraphs if one.label != "30"
    ]


def test_numbers_at_line_starts_in_mid_sentence_begin_nothing(report: Report) -> None:
    source = SOURCE.read_text(encoding="utf-8")
    for before in ("题为“执行", "2011 年 3 月，加强会员国", "技术投入，其中包括"):
        assert before in source
    odd = source.replace("题为“执行", "\n\n5. 题为“执行").replace(
        "2011 年 3 月，加强会员国", "\n\n2011. 年 3 月，加强会员国"
    )
    odd = odd.replace("技术投入，其中包括", "\n\n12.5 技术投入，其中包括")
    found = read_structure(read_lines(odd))
    assert [one.label for one in found.paragraphs] == LABELS
    assert not found.findings


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_encodings_and_line_breaks_change_nothing(
    report: Report, tmp_path: Path, encoding: str, line_break: str
) -> None:
    path = tmp_path / SOURCE.name
    text = SOURCE.read_text(encoding="utf-8").replace("\n", line_break)
    path.write_bytes(text.encode(encoding))
    (found,) = read_reports(path)
    assert [(one.label, one.section, one.text, one.page) for one in found.paragraphs] == [
        (one.label, one.section, one.text, one.page) for one in report.paragraphs
    ]
    assert (found.symbol, found.title) == (report.symbol, report.title)


def test_in_traditional_script_and_big5_it_has_the_same_labels(tmp_path: Path) -> None:
    from opencc import OpenCC

    text = OpenCC("s2t").convert(SOURCE.read_text(encoding="utf-8"))
    path = tmp_path / SOURCE.name
    path.write_bytes(text.encode("cp950", errors="ignore"))
    (found,) = read_reports(path)
    assert [one.label for one in found.paragraphs] == LABELS
    assert found.language == "zh"
