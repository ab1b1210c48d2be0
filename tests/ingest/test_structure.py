"""Reports of other kinds than the bundled one, in six languages."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.normalizer import clean
from ingest.read import read_reports
from ingest.readers.text import read_lines
from ingest.report import Line, Report, Span
from ingest.structure import Structure, read_structure

REPORTS = Path(__file__).parents[1] / "reports"


def read(name: str) -> Report:
    (report,) = read_reports(REPORTS / name)
    return report


def structure(text: str) -> Structure:
    return read_structure(read_lines(text))


def labels(found: Structure | Report) -> list[str]:
    return [one.label for one in found.paragraphs]


def text_of(found: Structure | Report, label: str) -> str:
    (only,) = (one.text for one in found.paragraphs if one.label == label)
    return only


def section_of(found: Structure | Report, label: str) -> tuple[str, ...]:
    (only,) = (one.section for one in found.paragraphs if one.label == label)
    return only


def test_an_english_report_with_all_its_parts() -> None:
    report = read("general-assembly.en.txt")
    assert report.symbol == "A/67/305"
    assert report.title == (
        "Strengthening the United Nations crime prevention and criminal justice programme"
    )
    assert report.language == "en"
    assert labels(report) == [
        "1", "2", "2(a)", "2(a)(i)", "2(a)(ii)", "2(b)", "3", "4", "5", "6", "7", "8", "9",
        "Annex I/1", "Annex I/2", "Annex I/2(a)", "Annex I/2(b)", "Annex II/1",
    ]  # fmt: skip
    assert report.summary == "12 paragraphs, 6 sub-items, no gaps"
    assert [(note.label, note.text) for note in report.footnotes] == [
        ("note *", "A/67/150."),
        ("note 1", "Resolution adopted without a vote, see also the annex."),
        ("note 2", "See E/2012/30."),
    ]


def test_years_amounts_and_references_at_a_line_start_begin_no_paragraph() -> None:
    report = read("general-assembly.en.txt")
    assert text_of(report, "1").endswith(
        "in 2011. It also reflects resolutions 65/229,1 65/230 and 12.5 per cent of the budget, "
        "as well as 3 400 cases."
    )
    assert "paragraph 4. The Office also:" in text_of(report, "2")


def test_text_after_the_last_sub_item_belongs_to_the_paragraph() -> None:
    report = read("general-assembly.en.txt")
    assert text_of(report, "2").endswith(
        "The Office also: The above activities were funded by voluntary contributions."
    )
    assert text_of(report, "2(b)") == "Published a handbook on technical assistance."


def test_quoted_clauses_belong_to_the_paragraph_that_quotes_them() -> None:
    assert text_of(read("general-assembly.en.txt"), "3") == (
        "Member States adopted the following text: “1. Decides to establish a fund; "
        "“2. Requests the Secretary-General to report.”"
    )
    assert text_of(read("general-assembly.zh.txt"), "3") == (
        "2011年，委员会通过决议，全文如下：“1.决定设立基金；2.请秘书长提交报告。”"
    )


def test_a_web_address_broken_over_two_lines_is_joined() -> None:
    assert "https://www.unodc.org/documents/treaties/fund.html and" in text_of(
        read("general-assembly.en.txt"), "4"
    )


def test_numbered_headings_are_headings_and_nest() -> None:
    report = read("general-assembly.en.txt")
    assert section_of(report, "2(a)(ii)") == ("I. Introduction",)
    assert section_of(report, "3") == ("I. Introduction", "A. Trends")
    assert section_of(report, "5") == ("I. Introduction", "B. Responses by Member States")
    assert section_of(report, "6") == (*section_of(report, "5"), "1. Africa")
    assert section_of(report, "7") == (*section_of(report, "5"), "2. Asia")
    assert section_of(report, "8") == ("II. Conclusions and recommendations",)
    assert text_of(report, "8").endswith("See II. above for details.")


def test_annexes_count_for_themselves_and_carry_their_title() -> None:
    report = read("general-assembly.en.txt")
    assert text_of(report, "Annex I/1") == "The fund shall be open."
    assert section_of(report, "Annex I/2(b)") == ("Annex I. Terms of reference",)
    assert section_of(report, "Annex II/1") == ("Annex II. Membership of the board",)


def test_pages_are_unknown_where_a_number_could_be_head_or_foot() -> None:
    assert {one.page for one in read("general-assembly.en.txt").paragraphs} == {None}


def test_a_french_report() -> None:
    report = read("conference.fr.txt")
    assert (report.language, report.title) == ("fr", "Assistance technique fournie aux États")
    assert labels(report) == [
        "1", "2", "2(a)", "2(b)", "2(b)(i)", "2(b)(ii)", "2(c)", "3",
    ]  # fmt: skip
    assert text_of(report, "1").endswith("Il porte sur l’année 2011.")
    assert section_of(report, "3") == ("II. Conclusions",)


def test_a_spanish_report_without_empty_lines() -> None:
    report = read("conference.es.txt")
    assert (report.language, report.title) == ("es", "Asistencia técnica")
    assert labels(report) == ["1", "2", "3", "3(a)", "3(b)", "4", "Anexo/1"]
    assert text_of(report, "2").endswith("entre ellos los siguientes: Perú y Chile.")
    assert section_of(report, "4") == ("II. Conclusiones",)
    assert section_of(report, "Anexo/1") == ("Anexo. Mandato",)


def test_a_russian_report_whose_letters_mix_two_alphabets() -> None:
    report = read("conference.ru.txt")
    assert report.language == "ru"
    assert report.title == "Техническая помощь, оказываемая государствам"
    assert labels(report) == ["1", "2", "2(а)", "2(b)", "2(с)", "3", "Приложение I/1"]
    assert "в соответствии с резолюцией 5/6. Резолюция принята в 2010 году." in text_of(report, "1")
    assert section_of(report, "3") == ("II. Выводы",)


def test_cyrillic_letters_count_in_their_own_alphabet() -> None:
    found = structure("1. Перечень:\nа) один;\nб) два;\nв) три;\nг) четыре.\n2. Конец.")
    assert labels(found) == ["1", "1(а)", "1(б)", "1(в)", "1(г)", "2"]


def test_an_arabic_report_with_arabic_digits() -> None:
    report = read("conference.ar.txt")
    assert report.language == "ar"
    assert labels(report) == ["1", "2", "2(أ)", "2(ب)", "2(ج)", "3", "المرفق الأول/1"]
    # Digits stay the source's own in the text; only labels are written 0-9.
    assert text_of(report, "1") == "أُعد هذا التقرير عملا بالقرار ٥/٦."
    assert section_of(report, "3") == ("ثانيا - الاستنتاجات",)


def test_a_chinese_report_with_contents_full_width_stops_and_endnotes() -> None:
    report = read("general-assembly.zh.txt")
    assert (report.symbol, report.title) == ("A/67/100", "预防犯罪和刑事司法")
    assert labels(report) == [
        "1", "2", "2(一)", "2(二)", "2(二)(1)", "2(二)(2)", "3", "4", "5",
        "附件一/1", "附件一/2", "附件二/1",
    ]  # fmt: skip
    assert "缉获了13,353公斤大麻，见第12段和3.其他段落。" in text_of(report, "1")
    assert text_of(report, "2") == "本报告（见A/67/99）：以上各点均载于附件。"
    assert section_of(report, "5") == ("二、结论",)
    assert section_of(report, "附件二/1") == ("附件二. 理事会成员",)
    assert [(note.label, note.text) for note in report.footnotes] == [
        ("note 1", "见A/67/1。"),
        ("note 2", "同上。"),
    ]


def test_an_english_report_extracted_without_any_empty_line() -> None:
    report = read("commission.en.txt")
    assert report.symbol == "E/CN.7/2003/10"
    assert report.title == (
        "Illicit drug traffic and supply Strengthening international cooperation in the control "
        "of opium poppy cultivation"
    )
    assert labels(report) == ["1", "2", "2(a)", "2(b)", "3", "4", "5", "6", "7"]
    assert text_of(report, "2").startswith("Pursuant to that resolution")
    assert "covers the period 2001-2002 and" in text_of(report, "2")
    assert text_of(report, "2(a)").endswith("in paragraphs 3 (b) and 4 of the resolution;")
    assert section_of(report, "3") == (
        "I. Overview of the situation in South-East Asia and in other regions where opium poppy "
        "is cultivated",
        "A. South-East Asia",
    )
    assert "see table 1. The area under cultivation" in text_of(report, "3")
    assert "No other 12 countries reported. In the year 2002. the trend" in text_of(report, "3")
    assert section_of(report, "6") == (section_of(report, "3")[0], "B. Latin America")
    assert text_of(report, "5").endswith("“6. The Government is committed. 7. It will report.”")
    assert [(note.label, note.text) for note in report.footnotes] == [("note *", "E/CN.7/2003/1.")]
    # The note with the star closes the title page, so the numbers stand at the heads of pages.
    assert [one.page for one in report.paragraphs] == [1, 1, 1, 1, 2, 2, 3, 3, 3]


def test_a_report_with_contents_bullets_tables_and_loose_annexes() -> None:
    report = read("council.en.txt")
    assert report.symbol == "A/HRC/20/15"
    assert report.title == "Report of the Special Rapporteur on the right to water"
    assert labels(report) == [
        "1", "2", "2(a)", "2(b)", "2(b)(i)", "2(b)(ii)", "2(c)", "3", "4", "5",
        "6", "6(a)", "6(b)", "6(c)", "Annex I/1", "Annex I/2", "Annex II/1",
    ]  # fmt: skip
    # The table of contents names both sections, but no paragraph stands under it.
    assert section_of(report, "1") == ("I. Introduction",)
    assert text_of(report, "2").endswith("She also thanks all States for their cooperation.")
    assert text_of(report, "3").endswith("the following countries: • Egypt • Japan")
    assert text_of(report, "5").endswith('"Water is life. 6. Without it nothing grows."')
    assert section_of(report, "Annex I/2") == (
        "Annex I. List of meetings",
        "B. Meetings with others",
    )
    assert section_of(report, "Annex II/1") == ("Annex II. Notes on method",)
    assert not report.findings


def test_a_chinese_report_extracted_without_any_empty_line() -> None:
    report = read("assembly-raw.zh.txt")
    assert (report.symbol, report.title) == ("A/C.3/67/L.2", "加强国际合作问题的报告")
    assert labels(report) == [
        "1", "2", "3", "3(a)", "3(b)", "3(b)(一)", "3(b)(二)", "4", "5", "附件/1",
    ]  # fmt: skip
    assert "第66/181号决议第9.段和其他文件。本报告不含2.5亿美元" in text_of(report, "1")
    assert text_of(report, "2") == "本报告分为三、四两个部分。"
    assert text_of(report, "3") == "肯尼亚报告说：以上措施已经生效。"
    assert section_of(report, "4") == ("二、各国提供的资料", "A. 非洲")
    assert section_of(report, "5") == ("二、各国提供的资料", "B. 亚洲", "(一)东亚")


def test_a_russian_report_whose_headings_count_in_cyrillic() -> None:
    report = read("assembly-raw.ru.txt")
    assert labels(report) == ["1", "2", "2(a)", "2(b)", "2(b)(i)", "2(b)(ii)", "3", "4"]
    assert section_of(report, "3") == ("I. Введение", "Б. Частные сведения")
    assert section_of(report, "4") == ("I. Введение", "В. Итоги")


def test_an_arabic_report_with_vowel_signs_and_quoted_numbers() -> None:
    report = read("assembly-raw.ar.txt")
    assert labels(report) == ["1", "2", "2(أ)", "2(ب)", "2(ب)(1)", "2(ب)(2)", "3", "4"]
    assert "عام ٢٠١٠. ويتضمن" in text_of(report, "1")
    assert section_of(report, "4") == ("ثانياً - المعلومات", "باء - آسيا")


def test_decimal_numbers_under_headings() -> None:
    report = read("handbook.en.txt")
    assert labels(report) == [
        "1.1", "1.2", "2.1", "2.1.1", "2.1.2", "2.1.2(a)", "2.1.2(b)", "2.2", "3.1", "3.2",
    ]  # fmt: skip
    assert section_of(report, "2.1.2(b)") == ("2. Travel",)
    assert text_of(report, "1.2") == "It replaces the handbook of 12.5 years ago."
    assert not report.findings


def test_an_unnumbered_chinese_report_is_counted_and_says_so() -> None:
    report = read("unnumbered.zh.txt")
    assert not report.numbered
    assert labels(report) == ["1", "2", "3", "4"]
    assert section_of(report, "2") == ("一、总体情况",)
    assert section_of(report, "4") == ("二、存在问题", "(二)资金不足")
    assert report.front_matter[0].text == "关于水资源管理的年度报告"
    assert report.summary == "4 paragraphs, numbered here because the document numbers none"


def test_a_short_list_does_not_make_a_report_numbered() -> None:
    report = read("unnumbered.en.txt")
    assert not report.numbered
    assert labels(report) == ["1", "2", "3", "4"]
    assert text_of(report, "3").endswith("The list of stations is: 1. North; 2. South; 3. East.")
    assert section_of(report, "4") == ("Findings",)


def test_numbers_of_headings_do_not_make_a_report_numbered() -> None:
    prose = "This sentence is long enough to be a paragraph of its own in any report."
    found = structure(
        f"Title\n\n1. Scope\n\n{prose}\n\n{prose}\n\n2. Results\n\n2.1 Rain\n\n{prose}"
    )
    assert not found.numbered
    assert [one.section for one in found.paragraphs] == [
        ("1. Scope",),
        ("1. Scope",),
        ("2. Results", "2.1. Rain"),
    ]


def test_numbers_above_99_have_three_digits() -> None:
    source = "\n\n".join(f"{number}. Paragraph of that number." for number in range(1, 131))
    assert labels(structure(source)) == [str(number) for number in range(1, 131)]


def test_a_number_used_twice_is_kept_and_reported() -> None:
    found = structure("1. First.\n\n2. Second.\n\n2. Another second.\n\n3. Third.")
    assert labels(found) == ["1", "2", "2#2", "3"]
    assert text_of(found, "2#2") == "Another second."
    assert found.findings == ("2 stands again as 2#2",)


def test_missing_numbers_are_reported() -> None:
    found = structure("1. First.\n\n2. Second.\n\n4. Fourth.\n\n8. Eighth.")
    assert labels(found) == ["1", "2", "4", "8"]
    assert found.findings == ("3 is missing", "5 to 7 are missing")


def test_a_part_of_a_report_may_begin_above_one() -> None:
    found = structure("45. Text here.\n\n46. More text.\n\n47. The last text.")
    assert labels(found) == ["45", "46", "47"]
    assert found.findings == ("1 to 44 are missing",)


def test_the_letter_i_after_h_is_no_roman_number() -> None:
    items = "\n".join(f"({letter}) item;" for letter in "abcdefghij")
    found = structure(f"1. List:\n{items}\n2. List:\n(a) inner:\n(i) one;\n(ii) two;\n(b) end.")
    assert labels(found)[9:11] == ["1(i)", "1(j)"]
    assert labels(found)[11:] == ["2", "2(a)", "2(a)(i)", "2(a)(ii)", "2(b)"]


def test_three_levels_and_two_marks_on_one_line() -> None:
    found = structure("1. (a) (i) one;\n(ii) two:\n（一） three;\n（二） four;\n(b) five.\n2. End.")
    assert labels(found) == [
        "1(a)(i)", "1(a)(ii)", "1(a)(ii)(一)", "1(a)(ii)(二)", "1(b)", "2",
    ]  # fmt: skip


def test_a_reference_to_a_sub_item_at_a_line_start_is_text() -> None:
    found = structure("1. As set out in article 5, paragraph 1\n(a) of the Convention.\n2. End.")
    assert labels(found) == ["1", "2"]
    assert text_of(found, "1").endswith("paragraph 1 (a) of the Convention.")


def test_a_missing_sub_item_is_reported() -> None:
    found = structure("1. List:\n(a) one;\n(b) two;\n(d) four.\n2. End.")
    assert labels(found) == ["1", "1(a)", "1(b)", "1(d)", "2"]
    assert found.findings == ("1: (b) is followed by (d)",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. The Office:\n(a) Helped States:\n(i) In Africa, by:\na. Training;\nb. Giving;\n"
            "(ii) In Asia;\n(b) Published a manual.\n2. End.",
            "1 1(a) 1(a)(i) 1(a)(i)(a) 1(a)(i)(b) 1(a)(ii) 1(b) 2",
        ),
        (
            "1. Le Bureau a :\n\na) Aidé les États :\n\ni) En Afrique ;\n\nii) En Asie :\n\n"
            "a. Au Japon ;\n\nb. En Inde ;\n\nb) Publié un manuel.\n\n2. Fin.",
            "1 1(a) 1(a)(i) 1(a)(ii) 1(a)(ii)(a) 1(a)(ii)(b) 1(b) 2",
        ),
        (
            "1. Список:\n\nа) первый:\n\ni) раз:\n\na. один;\n\nb. два;\n\nб) второй.\n\n2. Конец.",
            "1 1(а) 1(а)(i) 1(а)(i)(a) 1(а)(i)(b) 1(б) 2",
        ),
        (
            "1. 第一段：\n(a) 第一项：\n(一) 甲；\n(二) 乙：\na.子；\nb.丑；\n(b) 第二项。\n"
            "2. 第二段。",
            "1 1(a) 1(a)(一) 1(a)(二) 1(a)(二)(a) 1(a)(二)(b) 1(b) 2",
        ),
        (
            "1. 第一段：\n（1）第一项：\n1）甲；\n2）乙：\n①子；\n②丑；\n（2）第二项。\n"
            "2. 第二段。",
            "1 1(1) 1(1)(1) 1(1)(2) 1(1)(2)(1) 1(1)(2)(2) 1(2) 2",
        ),
    ],
    ids=["English", "French", "Russian", "Chinese", "Chinese brackets"],
)
def test_three_levels_of_sub_items_in_the_dress_of_each_language(text: str, expected: str) -> None:
    found = structure(text)
    assert labels(found) == expected.split()
    assert not found.findings


def test_abbreviations_at_a_line_start_are_no_sub_items() -> None:
    found = structure(
        "1. They work, as they said,\ni. e. they do nothing:\na. m. is the time in\n"
        "v. Jones, and\nc. 1950 it was.\n2. End."
    )
    assert labels(found) == ["1", "2"]


def test_sub_items_that_leave_out_a_bracket_are_of_the_same_list() -> None:
    assert labels(structure("1. List:\n\n(a) one;\n\nb) two;\n\n(c) three.\n\n2. End.")) == [
        "1", "1(a)", "1(b)", "1(c)", "2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("㈠ ㈡ ㈢", "一二三"),
        ("⑴ ⑵ ⑶", "123"),
        ("⒜ ⒝ ⒞", "abc"),
        ("① ② ③", "123"),
        ("（ａ） （ｂ） （ｃ）", "abc"),
        ("（１） （２） （３）", "123"),
    ],
)
def test_marks_of_chinese_type(marks: str, expected: str) -> None:
    items = "\n".join(f"{mark}各国的措施；" for mark in marks.split())
    found = structure(f"1. 措施如下：\n{items}\n2. 会议结束。")
    assert labels(found) == ["1", *(f"1({mark})" for mark in expected), "2"]


def test_arabic_letters_with_a_dash_are_sub_items() -> None:
    found = structure("١ - القائمة:\n\nأ - الأول؛\n\nب - الثاني؛\n\nج - الثالث.\n\n٢ - النهاية.")
    assert labels(found) == ["1", "1(أ)", "1(ب)", "1(ج)", "2"]


def test_a_list_of_names_needs_no_stops_and_no_empty_lines() -> None:
    found = structure(
        "1. The introduction is here.\n2. The following are members:\n(a) Chad\n(b) Mali\n"
        "(c) Niger\n3. It met on the day that is named in paragraph 2\n(a) of its statute.\n"
    )
    assert labels(found) == ["1", "2", "2(a)", "2(b)", "2(c)", "3"]


@pytest.mark.parametrize("letters", ["abcdefghijklmnñop", "абвгдеёжзийкл", "абвгдеёжзикл"])
def test_letters_that_only_some_lists_count(letters: str) -> None:
    items = "\n".join(f"{letter}) item;" for letter in letters)
    found = structure(f"1. List:\n{items}\n2. End.")
    assert labels(found) == ["1", *(f"1({letter})" for letter in letters), "2"]
    assert not found.findings


def test_many_missing_numbers_are_reported_too() -> None:
    numbers = [1, 2, 3, 40, 41, 42]
    found = structure("\n\n".join(f"{n}. Paragraph {n} is here." for n in numbers))
    assert labels(found) == [str(n) for n in numbers]
    assert found.findings == ("4 to 39 are missing",)


@pytest.mark.parametrize(
    ("numbers", "labels_found", "findings"),
    [
        ("1 3 2 4", "1 3 2 4", ["2 stands out of order, behind 3"]),
        ("1 2 3 5 4 6", "1 2 3 5 4 6", ["4 stands out of order, behind 5"]),
        ("1 2 3 4 6 5", "1 2 3 4 6 5", ["6 stands out of order, behind 4"]),
        ("1 2 3 4 7 5 6 8", "1 2 3 4 7 5 6 8", ["7 stands out of order, behind 4"]),
        (
            "1 4 3 2 5",
            "1 4 3 2 5",
            ["3 stands out of order, behind 4", "2 stands out of order, behind 3"],
        ),
        # One missing and one misprinted.
        (
            "1 2 5 4 5 6",
            "1 2 5 4 5#2 6",
            ["5 stands out of order, behind 2", "3 is missing", "5 stands again as 5#2"],
        ),
        ("1 2 5 6 4 9", "1 2 5 6 4 9", ["3 is missing", "4 stands out of order, behind 6",
                                        "7 to 8 are missing"]),
    ],
)  # fmt: skip
def test_numbers_that_are_out_of_order_are_kept_and_reported(
    numbers: str, labels_found: str, findings: list[str]
) -> None:
    found = structure("\n\n".join(f"{n}. Paragraph {n} is here." for n in numbers.split()))
    assert labels(found) == labels_found.split()
    assert list(found.findings) == findings


@pytest.mark.parametrize("last", [9, 20, 60, 400])
def test_a_single_last_number_behind_a_gap_is_a_paragraph(last: int) -> None:
    numbers = [1, 2, 3, last]
    found = structure("\n\n".join(f"{n}. Paragraph {n} is here." for n in numbers))
    assert labels(found) == [str(n) for n in numbers]
    assert found.findings == (f"4 to {last - 1} are missing",)


@pytest.mark.parametrize(
    "end",
    [
        "2012. It rained.",
        "60. of the annex.",
        "60. A place\n\n75. Another place",
        "“60. A quoted clause.”",
    ],
)
def test_other_numbers_at_the_end_are_no_paragraphs(end: str) -> None:
    found = structure(f"1. One is here.\n\n2. Two is here.\n\n3. Three is here.\n\n{end}")
    assert labels(found) == ["1", "2", "3"]


def test_a_reference_at_a_line_start_is_no_number_out_of_order() -> None:
    found = structure(
        "5. See paragraph 3.\n4. of the annex.\n\n6. Six is here.\n\n8. Eight is here."
    )
    assert labels(found) == ["5", "6", "8"]


def test_three_years_at_line_starts_are_no_leap() -> None:
    years = "\n\n".join(f"{year}. It rained." for year in (2009, 2010, 2011))
    found = structure(f"1. One.\n\n2. The years:\n\n{years}\n\n3. Three.\n\n4. Four.")
    assert labels(found) == ["1", "2", "3", "4"]


def test_chapters_that_each_start_again_are_kept_and_reported() -> None:
    found = structure(
        "I. Start\n\n1. One.\n\n2. Two.\n\n3. Three.\n\n"
        "II. Middle\n\n1. Four.\n\n2. Five.\n\n3. Six.\n\nIII. End\n\n1. Seven.\n\n2. Eight."
    )
    assert labels(found) == ["1", "2", "3", "1#2", "2#2", "3#2", "1#3", "2#3"]
    assert section_of(found, "2#3") == ("III. End",)
    assert found.findings[-1] == "2 stands again as 2#3"


@pytest.mark.parametrize(
    "heading",
    [
        "Enclosure",
        "Attachment 2",
        "Pièce jointe",
        "Documento adjunto",
        "Дополнение",
        "附文",
        "الضميمة",
    ],
)
def test_enclosures_count_like_annexes(heading: str) -> None:
    found = structure(f"1. One.\n\n2. Two.\n\n{heading}\n\n1. Three.\n\n2. Four.")
    assert labels(found) == ["1", "2", f"{heading}/1", f"{heading}/2"]


@pytest.mark.parametrize("marks", ["[1] [2]", "(1) (2)", "¹ ²", "① ②", "（１） （２）", "(١) (٢)"])
def test_the_marks_of_notes_are_written_in_digits(marks: str) -> None:
    first, second = marks.split()
    found = structure(
        f"1. One.{first}\n\n2. Two.{second}\n\n_______\n\n{first} See A/1/2.\n{second} See A/1/3.\n"
    )
    assert labels(found) == ["1", "2"]
    assert [(note.label, note.text) for note in found.footnotes] == [
        ("note 1", "See A/1/2."),
        ("note 2", "See A/1/3."),
    ]


def test_typed_notes_say_what_calls_them_where_one_place_does() -> None:
    found = structure(
        "Report of the Committee*\n\n1. The Assembly¹ gave 5 km² of land.\n\n"
        "2. It met again,² as before [3].\n\n3. And so on [3] and on.\n\n4. The end.¹¹\n\n"
        "__________\n* A/67/150.\n¹ One.\n² Two.\n3 Three.\n4 Four.\n"
    )
    assert [(one.label, one.called_by) for one in found.footnotes] == [
        ("note *", "front matter"), ("note 1", "1"), ("note 2", "2"), ("note 3", None),
        ("note 4", None),
    ]  # fmt: skip


def test_the_last_sub_item_needs_no_stop_to_be_none_of_the_headings() -> None:
    found = structure(
        "(a) Results\n\n1. The Office:\n(a) trained judges;\n(b) and others\n\n2. It ended:\n"
        "(a) one;\n(b) two.\n\n(b) Outlook\n\n3. It goes on."
    )
    assert labels(found) == ["1", "1(a)", "1(b)", "2", "2(a)", "2(b)", "3"]
    assert section_of(found, "2") == ("(a) Results",)
    assert section_of(found, "3") == ("(b) Outlook",)


@pytest.mark.parametrize(
    "sentence", ["It was said.²", "Il a dit : « Oui. »", "وقال: ”نعم.“", "It said “yes.”³"]
)
def test_a_line_that_ends_with_a_sentence_is_no_heading(sentence: str) -> None:
    found = structure(f"1. The text is this and ends here.\n{sentence}\n\n2. Two.")
    assert text_of(found, "1").endswith(sentence)
    assert section_of(found, "2") == ()


def test_arabic_quotations_open_with_the_mark_that_closes_english_ones() -> None:
    found = structure(
        "١ - واعتمد المجلس النص التالي:\n\n”١ - تتعاون الدول.\n\n٢ - تتخذ الدول تدابير.“\n\n"
        "٢ - واعتمد النص بدون تصويت.\n\n٣ - وانتهى الاجتماع."
    )
    assert labels(found) == ["1", "2", "3"]
    assert text_of(found, "1").endswith("٢ - تتخذ الدول تدابير.“")


def test_double_spaced_text_whose_blocks_stand_further_apart() -> None:
    wrapped = (
        "A full line of the paragraph, which goes on and on\n\nand on, and ends in the middle."
    )
    blocks = [
        "The work of the Office in the field of\n\nports and airports",
        "Report of the Office",
        *(f"{number}. {wrapped}" for number in range(1, 6)),
        "A. The measures that were taken in the\n\nports",
        *(f"{number}. {wrapped}" for number in range(6, 9)),
    ]
    found = structure("\n\n\n".join(blocks))
    assert labels(found) == [str(number) for number in range(1, 9)]
    assert found.opening[0] == ("The work of the Office in the field of", "ports and airports")
    assert section_of(found, "6") == ("A. The measures that were taken in the ports",)


def test_plain_headings_need_a_finished_sentence_above() -> None:
    found = structure(
        "1. The stations are:\n\nNorth\n\n2. They are open.\n\nResults\n\n3. Rain fell."
    )
    assert text_of(found, "1") == "The stations are: North"
    assert section_of(found, "2") == ()
    assert section_of(found, "3") == ("Results",)


def test_text_without_number_under_a_heading_is_kept_apart() -> None:
    found = structure(
        "I. Scope\n\n1. One.\n\nII. Results\n\nThey are as follows.\n\n2. Two.\n\n3. Three."
    )
    assert text_of(found, "1") == "One."
    assert [(one.label, one.text) for one in found.front_matter] == [("II", "They are as follows.")]
    assert section_of(found, "2") == ("II. Results",)


def test_form_feeds_part_the_pages() -> None:
    found = structure("A/1/2/3\n1. One.\n\n2. Two begins\n\f\nA/1/2/3\nand ends.\n\n3. Three.\n\f")
    assert [(one.label, one.page) for one in found.paragraphs] == [("1", 1), ("2", 1), ("3", 2)]
    assert text_of(found, "2") == "Two begins and ends."


def test_page_numbers_at_the_foot_name_the_page_above() -> None:
    page = "\n\n".join(["{}. A paragraph that stands on the page."] * 3)
    source = (
        f"{page.format(1, 2, 3)}\n\n- 1 -\n\n{page.format(4, 5, 6)}\n\n- 2 -\n\n"
        f"{page.format(7, 8, 9)}\n\n- 3 -\n"
    )
    assert [one.page for one in structure(source).paragraphs] == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_running_titles_are_taken_out() -> None:
    pages = "\f".join(
        f"Report of the Office\n\n{n}. Paragraph {n} goes\nover two lines.\n\nPage {n}\n"
        for n in range(1, 6)
    )
    found = structure(pages)
    assert [one.text for one in found.paragraphs] == [
        f"Paragraph {n} goes over two lines." for n in range(1, 6)
    ]
    assert [one.page for one in found.paragraphs] == [1, 2, 3, 4, 5]


def test_a_file_with_a_paragraph_on_each_line() -> None:
    sentence = "The Office provided technical assistance to States that had asked for it. " * 4
    found = structure(
        f"Title\n1. {sentence}\n2. It did so:\n(a) {sentence}\n(b) {sentence}\n{sentence}\n"
        f"3. {sentence}"
    )
    assert labels(found) == ["1", "2", "2(a)", "2(b)", "3"]
    assert text_of(found, "2") == f"It did so: {sentence.strip()}"


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\n"])
def test_line_breaks_of_every_system(line_break: str) -> None:
    found = structure(line_break.join(["1. One goes", "on.", "", "2. Two."]))
    assert [one.text for one in found.paragraphs] == ["One goes on.", "Two."]


@pytest.mark.parametrize("name", sorted(path.name for path in REPORTS.glob("*.txt")))
def test_spans_stand_in_order_and_hold_the_paragraph(name: str) -> None:
    source = (REPORTS / name).read_text(encoding="utf-8")
    report = read(name)
    assert report.paragraphs
    for one in report.paragraphs:
        part = clean(source[one.source.start : one.source.end])
        # The first and the last words; what stands between can hold sub-items and page ends.
        assert one.text[:6] in part
        assert part.endswith(one.text[-8:])
    starts = [one.source.start for one in report.paragraphs]
    assert starts == sorted(starts)


def test_nothing_in_a_report_of_nothing() -> None:
    assert structure("").paragraphs == ()
    assert structure(" \n\n\t\n").paragraphs == ()


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        ".“" * 1_000_000,
        "A/" * 1_000_000,
        "1. x:\n" + "(a) x;\n(i) y;\n" * 15_000,
        "\n".join(f"{n % 40}. item number {n}" for n in range(30_000)),
        "www." * 500_000,
        "-" * 1_000_000 + "\n" + "a-\n" * 50_000,
    ],
    ids=["letters", "quotes", "slashes", "items", "numbers", "addresses", "hyphens"],
)
def test_time_grows_with_length_only(text: str) -> None:
    # Each takes about a second; anything quadratic takes many minutes.
    started = time.perf_counter()
    structure(text)
    assert time.perf_counter() - started < 30


def marked(*lines: Line | str) -> Structure:
    """Read lines, each a block of its own, with an empty one between them."""
    placed: list[Line] = []
    start = 0
    for line in lines:
        given = line if isinstance(line, Line) else block(line)
        end = start + len(given.text)
        placed.append(replace(given, source=Span(start=start, end=end)))
        placed.append(Line(text="", source=Span(start=end + 1, end=end + 1), page=given.page))
        start = end + 2
    return read_structure(placed)


def block(text: str, **known: int | str | None) -> Line:
    unplaced = Line(text=text, source=Span(start=0, end=0), page=None, starts_block=True)
    return replace(unplaced, **known)  # type: ignore[arg-type]


def test_marked_headings_are_no_paragraphs_whatever_their_number() -> None:
    found = marked(
        block("1. Scope", heading_level=1), "1. The first paragraph.",
        block("2. Results", heading_level=1), block("2. Rain", heading_level=2), "2. The second.",
        block("3. Sun", heading_level=2), "3. The third.",
    )  # fmt: skip
    assert [(one.label, one.section) for one in found.paragraphs] == [
        ("1", ("1. Scope",)),
        ("2", ("2. Results", "2. Rain")),
        ("3", ("2. Results", "3. Sun")),
    ]


def test_marked_headings_end_the_paragraph_above_even_after_no_full_stop() -> None:
    found = marked(
        "1. The stations are:", "North", block("Results", heading_level=1), "2. Rain fell.",
        block("Thanks", heading_level=1), "We thank all stations.",
    )  # fmt: skip
    assert text_of(found, "1") == "The stations are: North"
    assert text_of(found, "2") == "Rain fell."
    assert section_of(found, "2") == ("Results",)
    assert [(one.label, one.section) for one in found.front_matter] == [("Thanks", ("Thanks",))]


def test_marked_headings_of_an_unnumbered_report() -> None:
    found = marked(
        block("Annual report", heading_level=1), block("Rain", heading_level=2),
        "It rained on forty days.", "Not a heading", block("Sun", heading_level=2), "It shone.",
    )  # fmt: skip
    assert found.title == "Annual report"
    assert not found.numbered
    assert [(one.label, one.section, one.text) for one in found.paragraphs] == [
        ("1", ("Rain",), "It rained on forty days."),
        ("2", ("Rain",), "Not a heading"),
        ("3", ("Sun",), "It shone."),
    ]


def test_marked_notes_and_tables_stand_apart_with_the_printed_page() -> None:
    pages = [
        block(text, page=page, **known)
        for page, text, known in (
            (1, "1. One.", {}), (1, "See A/1.", {"note": "1"}), (1, "5", {}),
            (2, "2. Two.", {}), (2, "Egypt | 3", {"table": 1}), (2, "See A/2.", {"note": "*"}),
            (2, "6", {}), (3, "3. Three.", {}),
        )
    ]  # fmt: skip
    found = marked(*pages)
    assert [(one.label, one.text, one.page) for one in found.paragraphs] == [
        ("1", "One.", 5), ("2", "Two.", 6), ("3", "Three.", 7),
    ]  # fmt: skip
    assert [(one.label, one.text, one.page) for one in found.footnotes] == [
        ("note 1", "See A/1.", 5), ("note *", "See A/2.", 6),
    ]  # fmt: skip
    assert [(one.label, one.text, one.page) for one in found.tables] == [
        ("table 1/1", "Egypt | 3", 6)
    ]
