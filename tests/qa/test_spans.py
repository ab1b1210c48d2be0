"""Spans that can be a short answer, on sentences as official reports write them."""

from collections.abc import Callable

import pytest

from ingest.report import Span
from qa.spans import (
    countries,
    country_codes,
    dates,
    days_and_months,
    items,
    largest_enumeration,
    names,
    places,
    quantities,
    sums,
    translated_places,
    without_years,
    years,
    years_covered,
)

SEIZURES = (
    "2011年，各参加国缉获了9,219公斤可卡因、30.9公斤鸦片、666.9公斤海洛因、"
    "13,353公斤大麻和36,245公斤前体化学品。"
)
PILOTS = "四个试点国家（科特迪瓦、几内亚比绍、利比里亚和塞拉利昂）中每个国家"
WITNESSES = "在埃塞俄比亚、毛里求斯、纳米比亚和坦桑尼亚联合共和国进行了评估。"

CASES: list[tuple[Callable[[str], list[Span]], str, list[str]]] = [
    (quantities, SEIZURES, ["9,219公斤", "30.9公斤", "666.9公斤", "13,353公斤", "36,245公斤"]),
    (quantities, "在整个2010和2011年，逾30个国家得到服务。", ["逾30个"]),
    (quantities, "约120万人，3.5亿美元，15%的人", ["约120万人", "3.5亿美元", "15%"]),
    (quantities, "二十五名检察官和百分之三十的案件", ["二十五名", "百分之三十"]),
    # Dates, numbers of documents and the adverb "together" count nothing.
    (quantities, "二〇一二年五月一日举行，10月15日至19日继续", []),
    (quantities, "按照第5/6号决议与各国一起制定", []),
    (quantities, "起诉了一起案件", ["一起"]),
    (quantities, "缉获1800公斤大麻", ["1800公斤"]),
    (sums, "涵盖15个国家，耗资3.5亿美元和200万人民币", ["3.5亿美元", "200万人民币"]),
    (
        sums,
        "12 ports for 1.5 million dollars, 300 euros and $40",
        ["1.5 million dollars", "300 euros", "40"],
    ),
    (sums, "12 портов за 3 миллиона рублей", ["3 миллиона рублей"]),
    (
        quantities,
        "In 2011, 9,219 kilograms and 1.5 million tablets, or 25 per cent of 1,800 cases.",
        ["9,219 kilograms", "1.5 million tablets", "25 per cent", "1,800 cases"],
    ),
    (quantities, "from 15 to 19 October 2012, and 12 of them", ["12"]),
    (
        quantities,
        "Le 5 mai 2011, 25 pour cent des 3 millions de personnes, 12,5 % et 1 800 kilogrammes",
        ["25 pour cent", "3 millions", "12,5 %", "1 800 kilogrammes"],
    ),
    (
        quantities,
        "El 5 de mayo se incautaron 1.800 kilogramos, el 25 por ciento",
        ["1.800 kilogramos", "25 por ciento"],
    ),
    (
        quantities,
        "В 2012 году изъято 1800 кг, 25 процентов; 3,5 млн долларов и 12 семинаров",
        ["1800 кг", "25 процентов", "3,5 млн долларов", "12 семинаров"],
    ),
    (quantities, "ضبطت 1800 كيلوغرام و25 في المائة", ["1800 كيلوغرام", "25 في المائة"]),
    (quantities, "في ١٢ بلدا منذ ٢٠١١", ["١٢ بلدا"]),
    (dates, SEIZURES, ["2011年"]),
    (dates, "2010年10月19日和20日举行的会议", ["2010年10月19日和20日"]),
    (dates, "2011年12月11日至14日由政治事务部牵头", ["2011年12月11日至14日"]),
    (dates, "在2010-2012年期间", ["2010-2012年期间"]),
    (dates, "2008年以来在多数国家、2011年11月在加纳", ["2008年以来", "2011年11月"]),
    (dates, "于2011年年中试办了一次课程", ["2011年年中"]),
    (dates, "二〇一二年五月一日在内罗毕举行", ["二〇一二年五月一日"]),
    (
        dates,
        "held from 15 to 19 October 2012, and on December 12, 2011",
        ["15 to 19 October 2012", "December 12, 2011"],
    ),
    (dates, "It may be held in March 2012 or in October.", ["March 2012", "October"]),
    (
        dates,
        "le 1er janvier 2012 et du 15 au 19 octobre",
        ["1er janvier 2012", "15 au 19 octobre"],
    ),
    (dates, "del 15 al 19 de octubre de 2012", ["15 al 19 de octubre de 2012"]),
    (dates, "15–19 октября 2012 года; 1800 кг", ["15–19 октября 2012 года"]),
    (dates, "في 5 أيار/مايو 2011", ["5 أيار/مايو 2011"]),
    (
        dates,
        "من 15 إلى 19 تشرين الأول/أكتوبر 2012",
        ["15 إلى 19 تشرين الأول/أكتوبر 2012"],
    ),
    (years, "2010年10月19日、2008年以来", ["2010年", "2008年以来"]),
    (years, "between 2009 and 12 May 2010; 1800 kg; 2,011 cases", ["2009", "2010"]),
    (years, "منذ ٢٠١١", ["٢٠١١"]),
    (countries, PILOTS, ["科特迪瓦", "几内亚比绍", "利比里亚", "塞拉利昂"]),
    (
        countries,
        "阿根廷、多民族玻利维亚国、老挝人民民主共和国和坦桑尼亚联合共和国",
        ["阿根廷", "多民族玻利维亚国", "老挝人民民主共和国", "坦桑尼亚联合共和国"],
    ),
    (
        countries,
        "中华人民共和国、大韩民国和刚果民主共和国",
        ["中华人民共和国", "大韩民国", "刚果民主共和国"],
    ),
    # An organization and the world are no place.
    (places, "联合国开发计划署与世界海关组织合作", []),
    (places, "the United Nations and the European Union", []),
    (places, "在维也纳、拉丁美洲和加纳", ["维也纳", "拉丁美洲", "加纳"]),
    (countries, "在维也纳、拉丁美洲和加纳", ["加纳"]),
    (
        countries,
        "Bosnia and Herzegovina, Trinidad and Tobago, Côte d'Ivoire and Mali",
        ["Bosnia and Herzegovina", "Trinidad and Tobago", "Côte d'Ivoire", "Mali"],
    ),
    (
        places,
        "à Vienne, en Côte d’Ivoire et au Sénégal",
        ["Vienne", "Côte d’Ivoire", "Sénégal"],
    ),
    (countries, "en Costa Rica, El Salvador y Panamá", ["Costa Rica", "El Salvador", "Panamá"]),
    # Russian names are declined.
    (countries, "В Либерии, Бразилией и из Кении", ["Либерии", "Бразилией", "Кении"]),
    # Arabic writes "and" and "for" on to the name.
    (countries, "في ليبيريا والسنغال ومالي", ["ليبيريا", "السنغال", "مالي"]),
    (
        names,
        "国际刑事警察组织题为“编写和使用严重和有组织犯罪威胁评估指南”",
        ["国际刑事警察组织", "编写和使用严重和有组织犯罪威胁评估指南"],
    ),
    (names, "2012年由政治事务部牵头", ["政治事务部"]),
    (names, "联合国开发计划署与世界海关组织合作", ["联合国开发计划署", "世界海关组织"]),
    (
        names,
        "发布了《执行〈偷运移民议定书〉国际行动框架》",
        ["执行〈偷运移民议定书〉国际行动框架"],
    ),
    (names, "In 2011 the Global Programme ended.", ["Global Programme"]),
    (names, "The gallery is named after T. T. Tsui.", ["T. T. Tsui"]),
    (names, "l’Office des Nations Unies contre la drogue", ["Office des Nations Unies"]),
    (names, "«Руководство по расследованию»", ["Руководство по расследованию"]),
    (items, "此类咨询意见涵盖例如拟订战略、组织结构和培训。", ["拟订战略", "组织结构", "培训"]),
    (
        items,
        "（哥伦比亚、多米尼加共和国、埃塞俄比亚和多哥）",
        ["哥伦比亚", "多米尼加共和国", "埃塞俄比亚", "多哥"],
    ),
    (
        items,
        "工作包括：提高认识；制定立法；能力建设；以及国际合作。",
        ["提高认识", "制定立法", "能力建设", "国际合作"],
    ),
    (
        items,
        "The tools cover drafting laws, training judges, and improving prisons.",
        ["drafting laws", "training judges", "improving prisons"],
    ),
    (
        items,
        "Les mesures comprennent la formation, l’équipement et le conseil juridique.",
        ["la formation", "l’équipement", "le conseil juridique"],
    ),
    (
        items,
        "Las medidas incluyen la formación, el equipo y el asesoramiento.",
        ["la formación", "el equipo", "el asesoramiento"],
    ),
    (
        items,
        "Меры включают обучение, оборудование и консультации.",
        ["обучение", "оборудование", "консультации"],
    ),
    (items, "لاتشمل: التدريب، المعدات، المشورة", ["التدريب", "المعدات", "المشورة"]),
    # Two are no enumeration; a last member that runs on into its clause has no end.
    (items, "调查和起诉犯罪", []),
    (items, "警察、法院和检察官在起诉海盗行为方面掌握的技能可用于所有案件", []),
]


@pytest.mark.parametrize(
    ("find", "text", "expected"), CASES, ids=[f"{case[0].__name__}: {case[1]}" for case in CASES]
)
def test_what_is_found_in_a_sentence(
    find: Callable[[str], list[Span]], text: str, expected: list[str]
) -> None:
    assert [text[span.start : span.end] for span in find(text)] == expected


@pytest.mark.parametrize("find", [quantities, dates, years, places, countries, names, items])
def test_spans_stand_in_order_within_the_text_and_do_not_overlap(
    find: Callable[[str], list[Span]],
) -> None:
    text = " ".join(case[1] for case in CASES)
    ends = [0]
    for span in find(text):
        assert ends[-1] <= span.start < span.end <= len(text)
        ends.append(span.end)
    assert len(ends) > 3
    assert find("") == []


def test_the_largest_enumeration_leaves_out_what_stands_apart() -> None:
    text = "在加纳举办，学员来自孟加拉国、不丹和印度，后来在越南和老挝举办"
    found = largest_enumeration(text, countries(text))
    assert [text[span.start : span.end] for span in found] == ["孟加拉国", "不丹", "印度"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Mali and later in Fiji, Togo and the Gambia", ["Fiji", "Togo", "Gambia"]),
        ("au Mali puis au Bénin, au Togo et en Gambie", ["Bénin", "Togo", "Gambie"]),
        ("в Мали, а позже в Того, в Гане и в Бенине", ["Того", "Гане", "Бенине"]),
        ("في مالي ثم في السنغال وغانا وتوغو", ["السنغال", "غانا", "توغو"]),
    ],
)
def test_conjunctions_and_prepositions_join_an_enumeration(text: str, expected: list[str]) -> None:
    found = largest_enumeration(text, countries(text))
    assert [text[span.start : span.end] for span in found] == expected


def test_the_first_of_two_equally_long_enumerations_is_the_largest() -> None:
    text = "加纳和多哥，另有越南和老挝"
    found = largest_enumeration(text, countries(text))
    assert [text[span.start : span.end] for span in found] == ["加纳", "多哥"]


def test_where_nothing_is_joined_all_is_returned() -> None:
    text = "先在加纳举办，后来又在越南举办"
    assert largest_enumeration(text, countries(text)) == countries(text)
    assert largest_enumeration(text, []) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 索罗门群岛 is a misprint of the source that no list of countries has.
        (
            "马绍尔群岛、索罗门群岛和瓦努阿图通过了立法",
            ["马绍尔群岛", "索罗门群岛", "瓦努阿图"],
        ),
        ("in Fiji, Solomoon Islands and Tonga", ["Fiji", "Solomoon Islands", "Tonga"]),
        ("在加纳开办课程，向肯尼亚提供培训", ["加纳", "肯尼亚"]),
    ],
)
def test_a_member_that_is_not_known_belongs_to_its_enumeration(
    text: str, expected: list[str]
) -> None:
    found = largest_enumeration(text, countries(text))
    assert [text[span.start : span.end] for span in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2011年12月14日和15日举行，2012年再次举行", ["2011年12月14日和15日"]),
        ("on 12 May 2011 and again in 2012", ["12 May 2011"]),
        ("2012年还将启动", []),
    ],
)
def test_a_year_alone_is_no_month(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in days_and_months(text)] == expected


@pytest.mark.parametrize(
    ("text", "covered", "rest"),
    [
        ("in 2010-11?", {"2010", "2011"}, "in  ?"),
        ("2010/11 and 2013", {"2010", "2011", "2013"}, "  and  "),
        ("2010年至2012年15国", {"2010", "2011", "2012"}, " 年15国"),
        ("CTOC/COP/2012/10 and 12.5", set(), "CTOC/COP/2012/10 and 12.5"),
    ],
)
def test_years_and_their_ranges_are_told_from_other_figures(
    text: str, covered: set[str], rest: str
) -> None:
    assert years_covered(text) == covered
    assert without_years(text) == rest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("В Марокко, Кении и Центральной Азии", ["摩洛哥", "肯尼亚", "中亚"]),
        ("Юго-Восточная Азия", ["东南亚"]),
        ("المغرب وبكينيا", ["摩洛哥", "肯尼亚"]),
        ("Mexico and Asie centrale", ["墨西哥", "中亚"]),
        ("no place", []),
    ],
)
def test_places_are_translated(text: str, names: list[str]) -> None:
    assert list(translated_places(text, language="zh").values()) == names


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Нигерия и Нигер, с Нигерией и в Нигере", {"NG", "NE"}),
        ("в Российской Федерации и Соединенных Штатах Америки", {"RU", "US"}),
        ("Объединенными Арабскими Эмиратами", {"AE"}),
        ("Гвинеи, Нидерландов и Новой Зеландией", {"GN", "NL", "NZ"}),
        ("the Russian Federation and the Republic of Korea", {"RU", "KR"}),
        ("刚果民主共和国、大韩民国", {"CD", "KR"}),
        ("جمهورية كوريا والاتحاد الروسي", {"KR", "RU"}),
    ],
)
def test_countries_have_one_code_whatever_they_are_called(text: str, codes: set[str]) -> None:
    assert set(country_codes(text).values()) == codes
