"""What question files may look like, and what each failure says."""

import datetime
import gzip
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.errors import QuestionFileError
from ingest.limits import Limits
from qa.questions import FailedRow, Question, read_question_file, read_questions

COCAINE = "2011年，集装箱管制方案各参加国缉获了多少公斤可卡因？"
TRAIN = "联合国毒品和犯罪问题办公室在哪些国家举办了培训班？"


def question(id: str, text: str, **fields: object) -> Question:
    return Question(
        id=id,
        text=text,
        documents=fields.get("documents", ()),
        context=fields.get("context", ()),
        input=fields.get("input", {}),
    )


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_txt_has_one_question_a_line_and_blank_lines_do_not_count(tmp_path: Path) -> None:
    path = write(tmp_path / "q.txt", f"{COCAINE}\r\n\r\n  {TRAIN}\r\n")
    assert read_questions(path) == [question("1", COCAINE), question("2", TRAIN)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv", ".jsonl"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_encoding_reads_alike_in_every_text_format(
    tmp_path: Path, suffix: str, encoding: str, packed: bool
) -> None:
    content = {
        ".txt": f"{COCAINE}\n",
        ".csv": f"question\n{COCAINE}\n",
        ".tsv": f"question\n{COCAINE}\n",
        ".jsonl": json.dumps({"question": COCAINE}, ensure_ascii=False) + "\n",
    }[suffix]
    data = content.encode(encoding)
    path = tmp_path / f"q{suffix}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(data) if packed else data)
    assert read_questions(path) == [question("1", COCAINE)]


def test_csv_cells_hold_commas_quotes_and_line_breaks(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", 'ID, Question \nq7,"What is ""CCP"",\nin short?"\n')
    assert read_questions(path) == [question("q7", 'What is "CCP",\nin short?')]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_delimiter_is_told_by_the_header(tmp_path: Path, delimiter: str) -> None:
    header = delimiter.join(['"id"', '"question"'])
    path = write(tmp_path / "q.csv", f"{header}\n{delimiter.join(['a', 'Who?'])}\n")
    assert read_questions(path) == [question("a", "Who?")]


def test_other_columns_are_kept_under_their_own_names(tmp_path: Path) -> None:
    path = write(tmp_path / "q.csv", "QUESTION,Topic,,Topic\nWho?,crime,x,drugs\n")
    expected = {"Topic": "crime", "column 3": "x", "Topic (4)": "drugs"}
    assert read_questions(path) == [question("1", "Who?", input=expected)]


def test_context_and_document_of_a_cell_are_a_json_list_or_lines(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.csv",
        'question,context,document\nAnd there?,"[""One?"", ""Two?""]",A/1\nAnd?,"One?\nTwo?",\n',
    )
    assert read_questions(path) == [
        question("1", "And there?", context=("One?", "Two?"), documents=("A/1",)),
        question("2", "And?", context=("One?", "Two?")),
    ]


def test_an_unquoted_delimiter_in_a_question_fails_the_row_instead_of_cutting_it(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "q.csv", "id,question\na,Where, and when?\nb,Who?\n")
    failed, good = read_questions(path)
    assert isinstance(failed, FailedRow)
    assert (failed.id, failed.text) == ("a", "Where") and "3 cells" in failed.reason
    assert good == question("b", "Who?")


def test_a_quote_that_is_never_closed_fails_the_file_instead_of_swallowing_rows(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "q.csv", 'question\n"Who?\nWhere?\n')
    with pytest.raises(QuestionFileError, match="unexpected end of data"):
        read_questions(path)


def test_jsonl_keeps_unknown_fields_and_takes_numbers_as_ids(tmp_path: Path) -> None:
    rows = [
        {"id": 7, "question": "Who?", "document": ["A/1", "A/2"], "context": "Earlier?"},
        {"Id": 8.0, "Question": "Where?", "lang": "en", "gold": ["1"]},
    ]
    path = write(tmp_path / "q.jsonl", "\n\n".join(map(json.dumps, rows)))
    assert read_questions(path) == [
        question("7", "Who?", documents=("A/1", "A/2"), context=("Earlier?",)),
        question("8", "Where?", input={"lang": "en", "gold": ["1"]}),
    ]


@pytest.mark.parametrize(
    ("line", "id", "reason"),
    [
        ("{not json", "2", "line 3 is not valid JSON"),
        ('{"question": "a", "x": NaN}', "2", "NaN is no JSON number"),
        ('{"question": "\\ud800"}', "2", "not valid JSON"),
        ("[" * 100_000, "2", "not valid JSON"),
        ('["Who?"]', "2", "expected a JSON object"),
        ('{"id": "b"}', "b", "missing or empty"),
        ('{"id": "b", "question": "  "}', "b", "missing or empty"),
        ('{"id": "b", "question": 3}', "b", "the question is a number"),
        ('{"id": ["b"], "question": "Who?"}', "2", "the id is a list"),
        ('{"id": true, "question": "Who?"}', "2", "the id is a truth value"),
        ('{"id": "b", "question": "Who?", "context": 3}', "b", "context is a number"),
        ('{"id": "b", "question": "Who?", "document": [3]}', "b", "document is a list"),
    ],
)
def test_a_bad_jsonl_row_fails_alone(tmp_path: Path, line: str, id: str, reason: str) -> None:
    path = write(tmp_path / "q.jsonl", f'{{"question": "One?"}}\n\n{line}\n{{"question": "3?"}}\n')
    first, failed, last = read_questions(path)
    assert (first, last) == (question("1", "One?"), question("3", "3?"))
    assert isinstance(failed, FailedRow)
    assert failed.id == id and reason in failed.reason and "\n" not in failed.reason


def test_xlsx_takes_the_first_sheet_with_questions_and_plain_values(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["Notes"])
    sheet = workbook.create_sheet("questions")
    sheet.append([None, None, None, None])
    sheet.append(["id", " Question", "day", "weight"])
    sheet.append([1.0, "Who?", datetime.datetime(2012, 10, 15), 2.5])
    sheet.append([None, None, None, None])
    sheet.append([None, 2011, datetime.datetime(2012, 10, 15, 9, 30), 3.0])
    sheet.append(["c", None, None, None])
    workbook.save(tmp_path / "q.xlsx")
    first, second, third = read_questions(tmp_path / "q.xlsx")
    assert first == question("1", "Who?", input={"day": "2012-10-15", "weight": 2.5})
    assert second == question("2", "2011", input={"day": "2012-10-15T09:30:00", "weight": 3})
    assert isinstance(third, FailedRow) and third.id == "c"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("q.pdf", b"Who?", "expected the suffix"),
        ("q", b"Who?", "expected the suffix"),
        ("q.xlsx.gz", b"", "expected the suffix"),
        ("q.txt", b"", "holds no questions"),
        ("q.jsonl", b"\n \n", "holds no questions"),
        ("q.csv", b"question,id\n", "holds no questions"),
        ("q.csv", b"frage,id\nWer?,1\n", "no column `question`; the columns found are: frage, id"),
        ("q.csv", b"", "no column `question`; the columns found are: none"),
        ("q.csv", b'question\n"' + b"x" * 140_000, "no well-formed table: field larger"),
        ("q.csv", b'"' + b"x" * 140_000, "no well-formed table: field larger"),
        ("q.xlsx", b"Who?", "no readable .xlsx workbook"),
        ("q.txt", b"\xff\xfe\x00", "unknown encoding"),
        ("q.txt.gz", b"Who?", "no complete gzip file"),
        ("q.txt.gz", gzip.compress(b"Who?\n" * 50)[:-9], "no complete gzip file"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_says_why(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(QuestionFileError, match=message) as caught:
        read_questions(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"cannot read .*q\.txt: No such file"):
        read_questions(tmp_path / "q.txt")


def test_xlsx_without_the_column_names_what_it_found(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["frage", "nummer"])
    workbook.save(tmp_path / "q.xlsx")
    with pytest.raises(QuestionFileError, match="found are: frage, nummer"):
        read_questions(tmp_path / "q.xlsx")


def test_a_packed_file_that_expands_too_far_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = Workbook()
    workbook.active.append(["question"])
    for number in range(40):
        workbook.active.append([f"{number} " + "Who? " * 6_000])
    workbook.save(tmp_path / "q.xlsx")
    (tmp_path / "q.txt.gz").write_bytes(gzip.compress(b"Who?\n" * 400_000))
    monkeypatch.setattr("qa.questions.DEFAULT_LIMITS", Limits(expanded_mib=1))
    for name in ("q.txt.gz", "q.xlsx"):
        with pytest.raises(QuestionFileError, match="packed in it") as caught:
            read_questions(tmp_path / name)
        assert "\n" not in str(caught.value)


def test_the_column_is_told_as_the_file_writes_it(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["notes"])
    workbook.create_sheet("Asked").append(["id", " QUESTION "])
    workbook["Asked"].append(["a", "Who?"])
    workbook.save(tmp_path / "q.xlsx")
    read = {
        "q.xlsx": read_question_file(tmp_path / "q.xlsx"),
        "q.csv": read_question_file(write(tmp_path / "q.csv", "Id;Question\na;Who?\n")),
        "q.txt": read_question_file(write(tmp_path / "q.txt", "Who?\n")),
        "q.jsonl": read_question_file(write(tmp_path / "q.jsonl", '{"question": "Who?"}')),
    }
    assert {name: (file.sheet, file.column) for name, file in read.items()} == {
        "q.xlsx": ("Asked", "QUESTION"),
        "q.csv": (None, "Question"),
        "q.txt": (None, None),
        "q.jsonl": (None, "question"),
    }
    assert read["q.xlsx"].rows == (question("a", "Who?"),)
