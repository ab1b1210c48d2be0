"""Decoding and lines of plain text."""

import pytest

from ingest.errors import DocumentError
from ingest.readers.text import decode, read_lines

CHINESE = (
    "1. 毒品和犯罪问题办公室继续通过其主题方案和区域方案，采取战略办法向各国提供技术援助。\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gb2312"])
def test_chinese_in_every_known_encoding(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding)) == CHINESE


def test_utf_16_of_both_byte_orders() -> None:
    assert decode(b"\xff\xfe" + "été".encode("utf-16-le")) == "été"
    assert decode(b"\xfe\xff" + "été".encode("utf-16-be")) == "été"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Le présent rapport a été établi conformément à la résolution", "latin-1"),
        ("Настоящий доклад подготовлен в соответствии с резолюцией", "cp1251"),
        ("Настоящий доклад подготовлен в соответствии с резолюцией", "koi8-r"),
        ("أعد هذا التقرير عملا بالقرار الصادر عن المؤتمر", "cp1256"),
        ("聯合國毒品和犯罪問題辦公室向各國提供技術援助的戰略辦法", "big5"),
        ("国連薬物犯罪事務所は各国に技術援助を提供している。", "shift-jis"),
        ("1. The first paragraph.", "utf-16-le"),
        ("1. The first paragraph.", "utf-32"),
    ],
)
def test_other_encodings_are_refused_not_guessed(text: str, encoding: str) -> None:
    with pytest.raises(DocumentError):
        decode(text.encode(encoding))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF file"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"text\x00text", "control characters"),
        (bytes(range(1, 32)) * 5, "control characters"),
        ("\x81\x8d\x8f".encode() * 20, "control characters"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, kind: str) -> None:
    with pytest.raises(DocumentError, match=kind) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


def test_one_stray_control_character_in_a_long_text_is_let_through() -> None:
    text = "A sentence that says something. " * 20 + "\x02"
    assert decode(text.encode()) == text


def test_lines_are_slices_of_the_source() -> None:
    text = "one\r\n two \rthree\n\nfour\u2028five\x85same"
    lines = read_lines(text)
    assert [line.text for line in lines] == ["one", " two ", "three", "", "four", "five\x85same"]
    assert all(text[line.source.start : line.source.end] == line.text for line in lines)
    assert {line.page for line in lines} == {None}


def test_form_feeds_count_pages() -> None:
    assert [(line.text, line.page) for line in read_lines("a\nb\fc\n\fd")] == [
        ("a", 1), ("b", 1), ("c", 2), ("", 2), ("d", 3),
    ]  # fmt: skip
