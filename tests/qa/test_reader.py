"""Where the answer stands in a paragraph, by the shipped reader."""

from itertools import pairwise
from pathlib import Path

import pytest

from index.library import Library
from ingest.errors import ModelError
from qa.reader import Page, Reader
from ui.settings import Settings

REPORT = "CTOC/COP/2012/10"
FILLER = "会议还听取了关于行政事项的说明，并就下一年度的会议日期和地点交换了意见。"
FACT = "渔业署共有四十二名检查员，他们分布在三个港口。"


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(cache_folder=settings.cache)


def read(reader: Reader, question: str, text: str) -> str:
    (reading,) = reader.read(question, [Page(title="", text=text)])
    return text[reading.spans[0].span.start : reading.spans[0].span.end]


def test_the_answer_is_a_range_of_the_paragraph(reader: Reader, report_library: Library) -> None:
    text = report_library.paragraph(REPORT, "25(a)").text
    assert "113起" in read(reader, "该机构调查了多少起刑事案件？", text)


def test_traditional_script_is_read_as_simplified(reader: Reader) -> None:
    assert "四十二名" in read(reader, "漁業署共有多少名檢查員？", FACT)


def test_a_paragraph_that_answers_is_told_from_one_that_does_not(reader: Reader) -> None:
    pages = [Page(title="", text=FILLER), Page(title="", text=FACT)]
    without, with_answer = reader.read("渔业署共有多少名检查员？", pages)
    assert with_answer.answerable > 0 > without.answerable


def test_a_reading_does_not_depend_on_its_neighbours(reader: Reader) -> None:
    page = Page(title="渔业", text=FACT)
    question = "渔业署有多少名检查员？"
    alone = reader.read(question, [page])
    beside = reader.read(question, [Page(title="", text=FILLER * 20), page, page])
    assert beside[1:] == alone * 2


def test_an_answer_far_down_in_a_long_paragraph_is_found(reader: Reader) -> None:
    text = FILLER * 22 + FACT
    assert "四十二名" in read(reader, "渔业署共有多少名检查员？", text)


def test_spans_are_best_first_and_do_not_overlap(reader: Reader) -> None:
    (reading,) = reader.read("有多少名检查员？", [Page(title="", text=FACT + FILLER)])
    scores = [found.score for found in reading.spans]
    assert scores == sorted(scores, reverse=True) and max(scores) <= 0
    ordered = sorted((found.span.start, found.span.end) for found in reading.spans)
    assert all(before[1] <= after[0] for before, after in pairwise(ordered))


@pytest.mark.parametrize("text", ["", " ", "。"])
def test_a_text_without_words_is_read_as_not_answering(reader: Reader, text: str) -> None:
    (reading,) = reader.read("多少？", [Page(title="", text=text)])
    assert reading.answerable < 0


def test_nothing_to_read_gives_nothing(reader: Reader) -> None:
    assert reader.read("多少？", []) == []


def test_a_damaged_model_is_an_error_that_says_what_to_do(
    settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "reader.onnx"
    path.write_bytes(b"no model")
    with pytest.raises(ModelError, match="restore that file"):
        Reader(cache_folder=settings.cache, model_file=path).read("?", [Page(title="", text="a")])
