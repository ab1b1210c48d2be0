"""Files: which are read, what their options do, which are refused."""

import gzip
import json
from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.limits import Limits
from ingest.read import read_reports

ROW = {"doc_id": "d", "passage_id": "p1", "lang": "en", "title": "T", "text": "Some text."}


def passages(folder: Path, *rows: object, name: str = "p.jsonl") -> Path:
    path = folder / name
    data = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def report_file(folder: Path, text: str, *, name: str = "r.txt", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_options_override_what_was_recognised(tmp_path: Path) -> None:
    path = report_file(tmp_path, "A/1/2\n\nTitle\n\n1. This is the first.\n\n2. The second.\n")
    (plain,) = read_reports(path)
    assert (plain.symbol, plain.title, plain.language) == ("A/1/2", "Title", "en")
    (told,) = read_reports(path, symbol="S/2", title="Other", language="fr")
    assert (told.symbol, told.title, told.language) == ("S/2", "Other", "fr")
    assert told.paragraphs == plain.paragraphs


def test_without_symbol_the_file_name_is_the_symbol_and_the_title(tmp_path: Path) -> None:
    (report,) = read_reports(report_file(tmp_path, "1. One.\n2. Two.", name="my.report.TXT"))
    assert (report.symbol, report.title) == ("my.report", "my.report")


def test_traditional_chinese_documents_are_stored_as_chinese(tmp_path: Path) -> None:
    path = report_file(tmp_path, "1. 聯合國毒品和犯罪問題辦公室提供技術援助。\n2. 會議結束。")
    assert read_reports(path)[0].language == "zh"


def test_windows_files_with_byte_order_mark(tmp_path: Path) -> None:
    path = report_file(tmp_path, "1. Un été.\r\n\r\n2. Deux.\r\n", encoding="utf-8-sig")
    (report,) = read_reports(path)
    assert [one.text for one in report.paragraphs] == ["Un été.", "Deux."]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_chinese_report_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = "一. 导言\n\n1. 本报告系根据决议编写。\n\n2. 请大会注意。\n"
    (report,) = read_reports(report_file(tmp_path, text, encoding=encoding))
    assert [one.text for one in report.paragraphs] == ["本报告系根据决议编写。", "请大会注意。"]
    assert report.paragraphs[0].section == ("一. 导言",)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n\xe3\x80\x80", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"%PDF-1.4 ...", "PDF"),
        ("a.txt", b"a\x00b", "control"),
        ("a.txt", b"\xff\xfe\x00\xd8\x00\xd8", "encoding"),
        ("a.txt", b"_______", "no paragraph"),
        ("a.doc", b"text", r"\.doc"),
        ("a.doc", b"\xd0\xcf\x11\xe0....", r"an old office document with the suffix \.doc"),
        ("a", b"\x89PNG....", "an image"),
        ("a.txt", b"PK\x03\x04....", "damaged or incomplete zip"),
        ("a.txt", b"<!DOCTYPE html><p>1. One.", r"an HTML page, .* plain text .* \.txt; rename"),
        ("a.txt", b'{"doc_id": "d"}', r"a passage file, .* plain text .*\.jsonl"),
        ("a.jsonl.gz", b"1. One.", r"plain text, expected a gzip file"),
        ("a.txt", gzip.compress(b"1. One."), "a gzip file, expected plain text"),
        ("a.pdf", b"1. One.", r"plain text, expected a PDF file because of its suffix \.pdf"),
        ("a.pdf", b"PK\x03\x04....", "damaged or incomplete zip"),
        ("a.pdf", b"%PDF-1.7 ....", "truncated"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.jsonl.gz", b"no gzip", "gzip"),
        ("a.jsonl.gz", gzip.compress(b"{}" * 100)[:-12], "gzip"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=message) as caught:
        read_reports(path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read_reports(tmp_path / "none.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(DocumentError, match="folder"):
        read_reports(tmp_path / "folder.txt")


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="'de'"):
        read_reports(report_file(tmp_path, "1. One."), language="de")


@pytest.mark.parametrize("name", ["p.jsonl", "p.jsonl.gz"])
def test_passages_become_one_report_for_each_document(tmp_path: Path, name: str) -> None:
    other = ROW | {"doc_id": "e", "lang": "zh-Hant", "title": "", "text": "第 5 號"}
    last = ROW | {"passage_id": "p2", "title": "T > Sub", "text": "More\ntext."}
    first, second = read_reports(passages(tmp_path, ROW, other, "", last, name=name))
    assert (first.symbol, first.title, first.language, first.numbered) == ("d", "T", "en", True)
    assert [(one.label, one.text, one.section) for one in first.paragraphs] == [
        ("p1", "Some text.", ()),
        ("p2", "More\ntext.", ("Sub",)),
    ]
    assert first.summary == "2 paragraphs, 0 sub-items, no gaps"
    assert (second.symbol, second.title, second.language) == ("e", "e", "zh")
    # Ready-made text stays as it is.
    assert second.paragraphs[0].text == "第 5 號"


def test_a_passage_id_used_twice_is_kept_and_reported(tmp_path: Path) -> None:
    (report,) = read_reports(passages(tmp_path, ROW, ROW, ROW))
    assert [one.label for one in report.paragraphs] == ["p1", "p1#2", "p1#3"]
    assert report.findings == ("p1 stands again as p1#2", "p1 stands again as p1#3")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{not json", "line 2 is not valid JSON"),
        ("[1]", "line 2 is no JSON object"),
        ({"doc_id": "d"}, "line 2 has no text in 'passage_id'"),
        (ROW | {"text": 5}, "line 2 has no text in 'text'"),
        (ROW | {"text": "  "}, "line 2 has an empty 'text'"),
        (ROW | {"lang": "xx"}, "line 2 has the language 'xx'"),
        (ROW | {"text": "\ud800"}, "line 2 has half a character"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(tmp_path: Path, row: object, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_reports(passages(tmp_path, ROW, row))


def test_symbol_and_title_fit_one_document_only(tmp_path: Path) -> None:
    path = passages(tmp_path, ROW, ROW | {"doc_id": "e"})
    for options in ({"symbol": "S/1"}, {"title": "T"}):
        with pytest.raises(DocumentError, match="found 2 documents"):
            read_reports(path, **options)
    assert {one.language for one in read_reports(path, language="fr")} == {"fr"}
    (single,) = read_reports(passages(tmp_path, ROW), symbol="S/1", title="Other")
    assert (single.symbol, single.title) == ("S/1", "Other")


@pytest.mark.parametrize("name", ["report", "A.67.305"])
def test_without_a_suffix_the_content_tells_the_format(tmp_path: Path, name: str) -> None:
    (report,) = read_reports(report_file(tmp_path, "1. One.\n2. Two.", name=name))
    assert [one.label for one in report.paragraphs] == ["1", "2"]
    (passage,) = read_reports(passages(tmp_path, ROW, name="passages"))
    assert [one.label for one in passage.paragraphs] == ["p1"]


def test_binary_data_with_the_suffix_of_a_document_is_not_called_text(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(bytes(range(256)) * 16)
    with pytest.raises(DocumentError, match="found binary data, expected a Word document"):
        read_reports(path)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = report_file(tmp_path, "1. One.\n" * 2**18)
    with pytest.raises(DocumentError, match="more than 1 MiB"):
        read_reports(path, limits=Limits(file_mib=1))


def test_a_gzip_file_that_expands_over_the_limit_is_refused(tmp_path: Path) -> None:
    for data in (gzip.compress(b" " * 2**22), gzip.compress(b" " * 2**19) * 4):
        path = tmp_path / "p.jsonl.gz"
        path.write_bytes(data)
        with pytest.raises(DocumentError, match="more than 1 MiB packed"):
            read_reports(path, limits=Limits(expanded_mib=1))
