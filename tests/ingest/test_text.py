"""Decoding and lines of plain text."""

import random
from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.readers.text import decode, read_lines

CHINESE = (
    "1. 毒品和犯罪问题办公室继续通过其主题方案和区域方案，采取战略办法向各国提供技术援助。\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gb2312"])
def test_chinese_in_every_known_encoding(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding)) == CHINESE


REPORTS = sorted((Path(__file__).parents[1] / "reports").glob("*.txt"))
ENCODINGS = {
    "zh": ("gb18030", "utf-16-le", "utf-16-be"),
    "ru": ("cp1251", "utf-16-le"),
    "ar": ("cp1256", "utf-16-be"),
    "en": ("cp1252", "utf-16-le"),
    "fr": ("cp1252", "latin-1"),
    "es": ("cp1252", "latin-1"),
}


@pytest.mark.parametrize(
    ("path", "encoding"),
    [(path, one) for path in REPORTS for one in ENCODINGS[path.stem.split(".")[-1]]],
    ids=lambda value: value if isinstance(value, str) else value.stem,
)
@pytest.mark.parametrize("length", [40, 10_000])
def test_reports_in_the_encodings_of_their_languages(
    path: Path, encoding: str, length: int
) -> None:
    text = path.read_text(encoding="utf-8")
    part = text[len(text) // 3 :][:length] if length < len(text) else text
    data = part.encode(encoding, errors="ignore")
    assert decode(data) == data.decode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("聯合國毒品和犯罪問題辦公室向各國提供技術援助的戰略辦法", "big5"),
        ("哪些國家？", "big5"),
        ("聯合國毒品和犯罪問題辦公室向各國提供技術援助", "gb18030"),
        ("Asistencia técnica", "cp1252"),
        ("Rapport sur l’assistance fournie aux États", "cp1252"),
        ("谁？", "gb18030"),
        ("Où?", "cp1252"),
        ("¿Qué dice el párrafo 5?", "cp1252"),
        ("The Office’s report – “text”", "cp1252"),
        ("Что?", "cp1251"),
        ("ОТЧЕТ СЕКРЕТАРЯ", "cp1251"),
        ("ماذا؟", "cp1256"),
    ],
)
def test_short_texts_in_the_encodings_of_their_languages(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_an_accent_far_into_a_text_tells_its_encoding() -> None:
    text = "A sentence without accents. " * 10_000 + "Où ?"
    assert decode(text.encode("cp1252")) == text


def test_bytes_without_meaning_are_refused() -> None:
    chance = random.Random(1)
    for length in (30, 300, 3000):
        with pytest.raises(DocumentError, match="unknown encoding"):
            decode(bytes(chance.randrange(32, 256) for _ in range(length)))


def test_text_cut_in_the_middle_of_a_character_is_refused() -> None:
    with pytest.raises(DocumentError, match="unknown encoding"):
        decode(CHINESE.rstrip().encode()[:-1])


def test_utf_16_of_both_byte_orders() -> None:
    assert decode(b"\xff\xfe" + "été".encode("utf-16-le")) == "été"
    assert decode(b"\xfe\xff" + "été".encode("utf-16-be")) == "été"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Настоящий доклад подготовлен в соответствии с резолюцией", "koi8-r"),
        ("Настоящий доклад подготовлен в соответствии с резолюцией", "iso8859-5"),
        ("Настоящий доклад подготовлен в соответствии с резолюцией", "cp866"),
        ("Доклад", "koi8-r"),
        ("أعد هذا التقرير عملا بالقرار الصادر عن المؤتمر", "iso8859-6"),
        ("Le présent rapport a été établi conformément à la résolution", "mac-roman"),
        ("Le présent rapport a été établi conformément à la résolution", "cp850"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cp1250"),
        ("国連薬物犯罪事務所は各国に技術援助を提供している。", "euc-jp"),
        ("国連薬物犯罪事務所は各国に技術援助を提供している。", "shift-jis"),
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
        (b"PK\x03\x04\x14\x00", "zip archive"),
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
