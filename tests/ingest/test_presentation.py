"""Session, agenda item and dates, as the heads of reports print them in six languages."""

from pathlib import Path

import pytest

from ingest.presentation import Aspect, Presentation, find_mentions, find_presentation
from ingest.read import read_reports
from ingest.report import Report

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "reports"
BUNDLED = ROOT / "data" / "reports" / "CTOC-COP-2012-10" / "ctoc-cop-2012-10.zh.txt"

HEADS = {
    "zh": "大会\nDistr.: General\n6 August 2012\n第六十七届会议\n临时议程*项目103\n预防犯罪",
    "zh numbers": "2012年8月6日\n第六十七届会议\n议程项目 103\n预防犯罪",
    "zh-Hant": "2012年8月6日\n第六十七屆會議\n臨時議程*項目103\n預防犯罪",
    "en": "General Assembly Distr.: General 6 August 2012 Original: English\n"
    "Sixty-seventh session\nItem 103 of the provisional agenda*\nCrime prevention",
    "en first": "6 August 2012\nSixty-seventh session\nAgenda item 103\nCrime prevention",
    "fr": "Distr. générale\n6 août 2012\nSoixante-septième session\n"
    "Point 103 de l’ordre du jour provisoire*\nPrévention du crime",
    "es": "6 de agosto de 2012\nSexagésimo séptimo período de sesiones\n"
    "Tema 103 del programa provisional*\nPrevención del delito",
    "ru": "6 августа 2012 года\nШестьдесят седьмая сессия\n"
    "Пункт 103 предварительной повестки дня*\nПредупреждение преступности",
    "ar": "٦ آب/أغسطس ٢٠١٢\nالدورة السابعة والستون\nالبند ١٠٣ من جدول الأعمال المؤقت*\nمنع الجريمة",
}
SESSIONS = {
    "zh": "第六十七届会议",
    "zh-Hant": "第六十七屆會議",
    "en": "Sixty-seventh session",
    "fr": "Soixante-septième session",
    "es": "Sexagésimo séptimo período de sesiones",
    "ru": "Шестьдесят седьмая сессия",
    "ar": "الدورة السابعة والستون",
}
MEETINGS = (
    "2012年10月15日至19日，维也纳",
    "Vienna, 15-19 October 2012",
    "Vienne, 15-19 octobre 2012",
    "Viena, 15 a 19 de octubre de 2012",
    "Вена, 15–19 октября 2012 года",
    "فيينا، ١٥-١٩ تشرين الأول/أكتوبر ٢٠١٢",
)


@pytest.fixture(scope="module")
def bundled() -> Report:
    (report,) = read_reports(BUNDLED)
    return report


@pytest.mark.parametrize("name", HEADS)
def test_the_head_of_a_report_in_each_language(name: str) -> None:
    assert find_presentation(HEADS[name]) == Presentation(
        session=SESSIONS[name.split()[0]], session_dates=None, agenda_item="103", date="2012-08-06"
    )


@pytest.mark.parametrize("line", MEETINGS)
def test_the_days_of_a_session_are_no_date_of_issue(line: str) -> None:
    found = find_presentation(f"{line}\nTitle")
    assert (found.session_dates, found.date) == ("2012-10-15/2012-10-19", None)


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("Geneva, 27 February–23 March 2012", "2012-02-27/2012-03-23"),
        ("Geneva, 27 December 2011 to 3 January 2012", "2011-12-27/2012-01-03"),
        ("2012年2月27日至3月23日，日内瓦", "2012-02-27/2012-03-23"),
        ("Vienna, 12 April 2003", "2003-04-12"),
    ],
)
def test_days_over_the_end_of_a_month_and_single_ones(line: str, dates: str) -> None:
    assert find_presentation(line).session_dates == dates


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("Item 5 (a) of the provisional agenda*", "5(a)"),
        ("Agenda items 2 and 3", "2, 3"),
        ("临时议程*项目5", "5"),
        ("Points 2 et 3 de l’ordre du jour", "2, 3"),
    ],
)
def test_items_with_letters_and_several_of_them(line: str, item: str) -> None:
    assert find_presentation(line).agenda_item == item


@pytest.mark.parametrize(
    "head",
    [
        "Report of the Commission on its forty-sixth session",
        "缔约方会议第五届会议通过的技术援助规定的执行情况",
        "Implementation of the plan adopted on 6 August 2012",
        "Item 5 was discussed",
        "Statistics of 2011",
        "Summary\n6 August 2012\nSixth session",
        "",
    ],
)
def test_what_is_said_of_other_documents_is_not_taken(head: str) -> None:
    assert find_presentation(head) == Presentation(
        session=None, session_dates=None, agenda_item=None, date=None
    )


def test_the_bundled_report(bundled: Report) -> None:
    assert find_presentation(bundled.head) == Presentation(
        session="第六届会议",
        session_dates="2012-10-15/2012-10-19",
        agenda_item="5",
        date=None,  # its masthead is not in the text
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("general-assembly.en.txt", ("Sixty-seventh session", None, "103", "2012-08-14")),
        (
            "commission.en.txt",
            ("Forty-sixth session", "2003-04-08/2003-04-17", "5", "2003-01-29"),
        ),
        ("council.en.txt", ("Twentieth session", None, None, None)),
        ("general-assembly.zh.txt", ("第六十七届会议", None, "103", None)),
        ("handbook.en.txt", (None, None, None, None)),
    ],
)
def test_whole_reports(name: str, expected: tuple[str | None, ...]) -> None:
    (report,) = read_reports(REPORTS / name)
    found = find_presentation(report.head)
    assert (found.session, found.session_dates, found.agenda_item, found.date) == expected


def test_a_mention_says_where_it_stands(bundled: Report) -> None:
    mentions = find_mentions(bundled.head)
    assert list(mentions) == [
        Aspect.SESSION,
        Aspect.SESSION_DATES,
        Aspect.AGENDA_ITEM,
        Aspect.AUTHOR,
    ]
    item = mentions[Aspect.AGENDA_ITEM]
    assert bundled.head[item.words.start : item.words.end] == "临时议程*项目5"
    author = mentions[Aspect.AUTHOR]
    assert bundled.head[author.line.start : author.line.end] == "秘书处的报告"


def test_a_long_line_takes_no_long_time() -> None:
    assert find_presentation("Sixth " * 50_000).session is None
