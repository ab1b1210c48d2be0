"""Which words of the quoted sentences answer in short, and when none do."""

import pytest

from index.library import Library
from ingest.report import Span
from qa.answer_type import AnswerType, Expectation
from qa.retriever import Query
from qa.service import Service
from qa.short_answer import Sentence, short_answers
from qa.spans import years_covered

NUMBER = Expectation(type=AnswerType.NUMBER, is_list=False)
DATE = Expectation(type=AnswerType.DATE, is_list=False)
PLACE = Expectation(type=AnswerType.PLACE, is_list=False)
PLACES = Expectation(type=AnswerType.PLACE, is_list=True)
NAME = Expectation(type=AnswerType.NAME, is_list=False)
HOW = Expectation(type=AnswerType.HOW, is_list=False)
LIST = Expectation(type=AnswerType.OTHER, is_list=True)

SEIZURES = "各参加国缉获了9,219公斤可卡因、30.9公斤鸦片和666.9公斤海洛因。"
UNIT = "2011年，该机构调查了113起刑事案件，迄今已导致25项定罪。"
PROJECT = "项目涵盖西非的15个国家（加纳、马里和多哥），2011年在越南开始。"
MEETING = "全球方案于2011年5月在内罗毕举办了一次国际会议，讨论索马里沿海的海盗。"


def ask(
    library: Library,
    question: str,
    expectation: Expectation,
    *sentences: str,
    read: str | None = None,
) -> list[str]:
    """Return the short answers, with every search term of the question worth the same.

    Args:
        library: gives the terms.
        question: is asked.
        expectation: what would answer it.
        sentences: are quoted.
        read: what the reader is sure of in each.
    """
    terms = library.search_terms(question)
    query = Query(
        text=question,
        language="zh",
        vector=library.embedder.embed_queries([question])[0],
        weights=dict.fromkeys(terms, 1.0),
        synonyms=(),
        glossed=(),
        glossed_weights={},
        glossed_share=0.0,
        titled=frozenset(),
        rest=None,
    )
    quoted = []
    for text in sentences:
        start = text.index(read) if read else 0
        span = Span(start=start, end=start + len(read)) if read else None
        quoted.append(Sentence(text=text, read=span, is_sure=read is not None))
    return short_answers(query, quoted, expectation)


@pytest.mark.parametrize(
    ("question", "expectation", "sentence", "expected"),
    [
        # What is counted stands behind the number and singles it out, in any order of words.
        ("缉获了多少公斤鸦片？", NUMBER, SEIZURES, ["30.9公斤"]),
        ("海洛因缉获了多少公斤？", NUMBER, SEIZURES, ["666.9公斤"]),
        ("可卡因一共多少？", NUMBER, SEIZURES, ["9,219公斤"]),
        # The verb in front of the first of several numbers belongs to all of them.
        ("缉获了多少公斤冰毒？", NUMBER, SEIZURES, []),
        ("How many kilograms of heroin were seized?", NUMBER, SEIZURES, []),
        # Where each number has words of its own in front, those single it out.
        ("导致几项定罪？", NUMBER, UNIT, ["25项定罪"]),
        ("调查了多少案件？", NUMBER, UNIT, ["113起"]),
        # Another unit than the one asked for is no answer.
        ("花费多少美元？", NUMBER, SEIZURES, []),
        ("花费多少美元？", NUMBER, "向大约80个国家提供援助。", []),
        # What is counted belongs to a count, if it is a word of the question, and nothing else.
        ("涵盖几个国家？", NUMBER, PROJECT, ["15个国家"]),
        ("在几个国家的港口开展行动？", NUMBER, "目前在13个国家的港口开展行动。", ["13个国家"]),
        ("有多少套工具？", NUMBER, "办公室正在开发一套工具。", ["一套"]),
        ("Сколько стоит программа?", NUMBER, "办公室正在开发一套工具。", []),
        ("涵盖几个国家？", NUMBER, "没有数字。", []),
        ("哪一年开始？", DATE, PROJECT, ["2011年"]),
        # Where something happens is said with a preposition.
        ("会议在哪里举行？", PLACE, MEETING, ["内罗毕"]),
        ("在哪个国家开始？", PLACE, PROJECT, ["越南"]),
        # A list is the longest enumeration, without what stands elsewhere.
        ("涵盖哪些国家？", PLACES, PROJECT, ["加纳", "马里", "多哥"]),
        ("除加纳外涵盖哪些国家？", PLACES, PROJECT, ["马里", "多哥"]),
        ("有哪些毒品？", LIST, "毒品包括大麻、鸦片和海洛因。", ["大麻", "鸦片", "海洛因"]),
        # What the question says itself is no answer to it; a number in a longer one is another.
        ("越南的项目在哪里开始？", PLACE, "在越南开始。", []),
        ("125号决议涉及几项？", NUMBER, "共25项定罪。", ["25项"]),
        # Of several names none is singled out, and a person is told by no pattern.
        ("手册叫什么？", NAME, "出版物包括《应急手册》。", ["应急手册"]),
        ("手册叫什么？", NAME, "出版物包括《应急手册》和《示范法》。", []),
        ("谁是执行主任？", NAME, "方案反映了毒品和犯罪问题办公室的指导思想。", []),
        # No short answer where an explanation is asked.
        ("如何开始？", HOW, PROJECT, []),
    ],
)
def test_short_answers_of_one_sentence(
    report_library: Library,
    question: str,
    expectation: Expectation,
    sentence: str,
    expected: list[str],
) -> None:
    assert ask(report_library, question, expectation, sentence) == expected


@pytest.mark.parametrize(
    ("question", "expectation", "sentence", "read", "expected"),
    [
        # What was read is made whole.
        ("哪一年开始？", DATE, PROJECT, "2011", ["2011年"]),
        # Another unit than the asked one is not believed where the asked one stands there too.
        ("一共定了几项罪？", NUMBER, UNIT, "113起", ["25项"]),
        # A number that counts what is asked for is believed before one that was read.
        ("机构调查了多少刑事案件？", NUMBER, f"四个国家之一。{UNIT}", "四个", ["113起"]),
        # Nor is another kind of thing, where the asked kind is told by its form.
        ("培训去了哪个国家？", PLACE, "在拉丁美洲、在加纳提供了培训。", "拉丁美洲", ["加纳"]),
        ("保护了多少名证人？", NUMBER, "通过一名导师支助总检察长办公室。", "总检察长办公室", []),
        ("保护了多少名证人？", NUMBER, "支助总检察长办公室。", "总检察长办公室", []),
        ("活动持续多久？", NUMBER, "活动持续数月。", "数月", ["数月"]),
        ("How many officers?", NUMBER, "It has twelve officers.", "twelve", ["twelve"]),
        # A time need not be a date.
        ("什么时候成立的？", DATE, "清朝末年成立。", "清朝末年", ["清朝末年"]),
    ],
)
def test_what_was_read_is_made_to_fit_what_is_asked(
    report_library: Library,
    question: str,
    expectation: Expectation,
    sentence: str,
    read: str,
    expected: list[str],
) -> None:
    assert ask(report_library, question, expectation, sentence, read=read) == expected


def test_a_sentence_without_the_type_is_passed_over(report_library: Library) -> None:
    assert ask(report_library, "几项？", NUMBER, "没有。", "共25项定罪。") == ["25项"]


def test_a_short_answer_keeps_the_script_of_its_source(report_library: Library) -> None:
    assert ask(report_library, "在哪个国家？", PLACE, "在葉門舉行。") == ["葉門"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2011年各参加国缉获了多少公斤大麻？", ("13,353公斤",)),
        ("2011年各参加国缉获了多少公斤吗啡？", ()),
        ("In paragraph 29, how much heroin was seized?", ("666.9公斤",)),
    ],
)
def test_a_figure_of_the_report_is_the_asked_one_or_none(
    service: Service, question: str, expected: tuple[str, ...]
) -> None:
    answer = service.ask(question)
    assert answer.citations[0].paragraph == "29"
    assert answer.short_answers == expected


@pytest.mark.parametrize(
    "question",
    [
        "塞拉利昂的机构调查了多少刑事案件？",
        "How many criminal cases did the transnational crime unit of Sierra Leone investigate?",
    ],
)
def test_the_sentence_whose_number_counts_what_is_asked_is_quoted(
    service: Service, question: str
) -> None:
    answer = service.ask(question)
    assert (answer.citations[0].paragraph, answer.short_answers) == ("25(a)", ("113起",))
    assert "113起刑事案件" in answer.citations[0].quote


def test_a_numeral_in_front_of_a_year_is_no_part_of_it() -> None:
    assert years_covered("之一2011年，二〇一二年") == {"2011", "2012"}


def test_a_figure_of_another_year_is_refused_and_the_year_is_named(service: Service) -> None:
    asked = service.ask("2012年各参加国缉获了多少公斤可卡因？")
    right = service.ask("2011年各参加国缉获了多少公斤可卡因？")
    assert right.short_answers == ("9,219公斤",)
    assert (asked.status, asked.short_answers) == ("not_found", ())
    assert "没有提到2012" in asked.answer and "第29段" in asked.answer
