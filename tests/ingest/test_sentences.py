"""Where sentences end, in six languages."""

from pathlib import Path

import pytest

from ingest.read import read_reports
from ingest.report import Span
from ingest.sentences import enclosing_sentence, split_sentences

SOURCE = Path(__file__).parents[2] / "data/reports/CTOC-COP-2012-10/ctoc-cop-2012-10.zh.txt"


def texts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["会议结束了。", "随后离开！", "真的吗？", "是的"],
        # Closing marks belong to the sentence before them.
        ["他说：“会议结束了。”", "（见第5段。）", "下一句。"],
        ["一项；", "二项；", "三项。"],
        ["共缉获30.9公斤。", "网址为www.unodc.org/x_2010.pdf。"],
        ["The meeting ended.", "Who came?", "Nobody!"],
        ["See para. 3, Art. 5 and No. 7 of vol. 2.", "Mr. A. B. Smith of the U.N. agreed."],
        ["It cost 3.5 million, see www.unodc.org.", "Next."],
        ["He left (see para. 3).", "“Done.”", "Next."],
        ["In Jan. 2011 it began;", "in Dec. 2012 it ended."],
        ["Art. 5 applies.", "It didn't.", "It doesn’t.", "Nor UNODC's."],
        [
            "M. Dupont est venu.",
            "Voir l’art. 3.",
            "« C’est fini. »",
            "Puis il part ;",
            "ensuite rien.",
        ],
        ["El Sr. Pérez llegó.", "¿Qué pasó?", "¡Nada!", "Véase el párr. 3;", "luego, el cap. 2."],
        ["См. п. 2 ст. 5.", "В 2011 г. было 3,5 млн. долларов.", "Что?", "Да."],
        ["انتهى الاجتماع.", "هل حضر الجميع؟", "نعم؛", "حضروا."],
        ["The end of Report A/65/L.9.", "第二句。", "Third."],
        ["Wait...", "what?!", "Yes."],
        # A clause's number opens its first sentence.
        ["“1. The Assembly decides;", "“2. Invites States.", "(3. Done.)", "12. Ends."],
        ["1. 会议结束了。", "“2. 随后离开。”", "« 3. Fin. »", "In 2011."],
        ["There were 5.", "Then 6.", "2011.", "A year has four digits."],
    ],
    ids=lambda sentences: sentences[0],
)
def test_a_text_comes_apart_into_its_sentences(sentences: list[str]) -> None:
    assert texts(" ".join(sentences)) == sentences


def test_chinese_sentences_need_no_space_between_them() -> None:
    assert texts("会议结束了。随后离开！真的吗？是的") == [
        "会议结束了。",
        "随后离开！",
        "真的吗？",
        "是的",
    ]


def test_a_line_break_ends_a_sentence_and_an_abbreviation_may_open_the_next() -> None:
    assert texts("第一行\n第二行。Art. 5 applies\nNo. 3 is new.") == [
        "第一行",
        "第二行。",
        "Art. 5 applies",
        "No. 3 is new.",
    ]


def test_text_without_a_stop_is_one_sentence_and_white_space_none() -> None:
    assert texts(" no stop at all ") == ["no stop at all"]
    assert texts("") == []
    assert texts(" \n  ") == []


def test_a_sentence_goes_on_over_its_semicolons_but_not_over_lines() -> None:
    text = "前一句。甲；乙；丙。后一句。\n丁；\n戊。"

    def enclosing(part: str) -> str:
        start = text.index(part)
        span = enclosing_sentence(text, Span(start=start, end=start + len(part)))
        return text[span.start : span.end]

    assert enclosing("乙") == "甲；乙；丙。"
    assert enclosing("丙") == "甲；乙；丙。"
    assert enclosing("后") == "后一句。"
    assert enclosing("甲；乙；丙。后") == "甲；乙；丙。后一句。"
    assert enclosing("丁") == "丁；"


def test_the_sentences_of_every_paragraph_of_the_report_hold_all_of_it_in_order() -> None:
    (report,) = read_reports(SOURCE)
    count = 0
    for paragraph in (*report.paragraphs, *report.front_matter, *report.footnotes):
        end = 0
        for span in split_sentences(paragraph.text):
            assert not paragraph.text[end : span.start].strip()
            assert (
                paragraph.text[span.start : span.end].strip()
                == (paragraph.text[span.start : span.end])
            )
            assert span.start < span.end
            end = span.end
            count += 1
        assert not paragraph.text[end:].strip()
    assert count > 200
