"""Symbols and titles."""

import pytest

from ingest.metadata import find_symbol, find_title
from ingest.readers.text import read_lines
from ingest.structure import Structure, read_structure


def opening(text: str) -> Structure:
    return read_structure(read_lines(f"{text}\n\n1. The first paragraph.\n\n2. The second.\n"))


@pytest.mark.parametrize(
    "symbol",
    [
        "CTOC/COP/2012/10",
        "A/RES/67/1",
        "S/2012/34",
        "E/CN.15/2013/2",
        "A/67/305/Add.1",
        "A/C.3/67/L.2",
        "CEDAW/C/CHN/CO/7-8",
        "UNEP/GC.27/5",
        "HRI/GEN/1/Rev.9",
    ],
)
def test_symbols_of_every_shape(symbol: str) -> None:
    found = opening(f"United Nations          {symbol}\nGeneral Assembly\n\nTitle of it")
    assert find_symbol(found, file_stem="report") == symbol


@pytest.mark.parametrize("text", ["and/or I/O", "TCP/IP", "24/7", "www.un.org/A/1", "12/10/2012"])
def test_what_is_no_symbol(text: str) -> None:
    assert find_symbol(opening(f"{text}\n\nTitle of it"), file_stem="report") is None


def test_a_symbol_in_a_sentence_or_note_is_of_another_document() -> None:
    found = opening(
        "A/67/2\n\nTitle of it\n\nThis replaces document A/66/1.\n\n________\n * A/67/150."
    )
    assert find_symbol(found, file_stem="report") == "A/67/2"


def test_the_running_header_outvotes_a_single_mention() -> None:
    found = read_structure(
        read_lines("A/66/9\n\nTitle\n\n1. One.\n\fA/67/2\n2. Two.\n\fA/67/2\n3. Three.")
    )
    assert find_symbol(found, file_stem="report") == "A/67/2"


def test_the_file_name_decides_between_symbols() -> None:
    found = opening("E/2012/31\nE/CN.15/2012/24\n\nTitle of it")
    assert find_symbol(found, file_stem="e-cn-15-2012-24.en") == "E/CN.15/2012/24"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Water in the city", "Water in the city"),
        ("Board\n\nWater in\nthe city\n\nReport of the Director", "Water in the city"),
        ("Item 5 of the agenda\nWater\nNote by the Secretariat", "Water"),
        ("第六届会议\n议程项目5\n\n水资源\n\n秘书长的报告", "水资源"),
        ("加强合作问题的报告\n秘书长的说明", "加强合作问题的报告"),
        ("Sixty-seventh session\n\nTitle\n\nSummary\n\nThis is a long text.", "Title"),
        (
            "Reports on the work of\nthe\nOffice in the city\n\nNote by the Secretariat",
            "Reports on the work of the Office in the city",
        ),
        ("A/67/1", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert find_title(opening(text)) == title
