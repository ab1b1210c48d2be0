"""Which questions of a folder are asked of what, told by the files alone."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.errors import InputError
from qa.answer import Answer, failed
from qa.benchmark import Collection, evaluate_collections, find_collections, passage_rows
from qa.evaluation import Examinee
from qa.questions import Question

ANSWERABLE = {"answerable": True, "gold": ["p"], "answers": []}
UNANSWERABLE = {"answerable": False, "gold": [], "answers": []}


def write(path: Path, *rows: Mapping[str, object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "\n".join(json.dumps(row) for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def passages(path: Path, language: str, *ids: str) -> Path:
    row = {"doc_id": "d", "lang": language, "title": "", "text": "?"}
    return write(path, *({**row, "passage_id": id} for id in ids))


def names(collections: Sequence[Collection]) -> list[str]:
    return [collection.name for collection in collections]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pool with every kind of question file, one of parallel languages, one without passages."""
    passages(tmp_path / "pool" / "passages.jsonl.gz", "zh", "p", "q")
    write(tmp_path / "pool" / "questions.jsonl.gz", {"question": "1?", **ANSWERABLE})
    write(tmp_path / "pool" / "questions_unans.jsonl.gz", {"question": "1?", **UNANSWERABLE})
    (tmp_path / "pool" / "drop_docs.json").write_text('["d"]', encoding="utf-8")
    write(tmp_path / "pool" / "questions_reject.jsonl.gz", {"question": "1?", "candidates": ["q"]})
    passages(tmp_path / "many" / "passages.zh.jsonl", "zh", "p", "q")
    passages(tmp_path / "many" / "passages.en.jsonl", "en", "q", "p")
    passages(tmp_path / "many" / "passages.fr.jsonl", "fr", "p")
    for language in ("zh", "en", "fr", "ru"):
        write(tmp_path / "many" / f"questions.{language}.jsonl", {"question": "1?", **ANSWERABLE})
    write(tmp_path / "own" / "questions.jsonl", {"question": "1?", **ANSWERABLE})
    passages(tmp_path / "unasked" / "passages.jsonl", "zh", "p")
    (tmp_path / "pool" / "README.md").write_text("questions", encoding="utf-8")
    return tmp_path


def test_collections_are_found_with_what_they_are_asked_of(folder: Path) -> None:
    pool, many = folder / "pool", folder / "many"
    assert find_collections(folder) == [
        Collection(
            name="many.en",
            questions=many / "questions.en.jsonl",
            passages=many / "passages.en.jsonl",
        ),
        # French passages are others, Russian ones there are none.
        Collection(
            name="many.en>zh",
            questions=many / "questions.en.jsonl",
            passages=many / "passages.zh.jsonl",
            references=many / "questions.zh.jsonl",
        ),
        Collection(
            name="many.fr",
            questions=many / "questions.fr.jsonl",
            passages=many / "passages.fr.jsonl",
        ),
        Collection(
            name="many.zh",
            questions=many / "questions.zh.jsonl",
            passages=many / "passages.zh.jsonl",
        ),
        Collection(name="own", questions=folder / "own" / "questions.jsonl", passages=None),
        Collection(
            name="pool",
            questions=pool / "questions.jsonl.gz",
            passages=pool / "passages.jsonl.gz",
        ),
        Collection(
            name="pool_reject",
            questions=pool / "questions_reject.jsonl.gz",
            passages=pool / "passages.jsonl.gz",
            is_closed=True,
        ),
        Collection(
            name="pool_unans",
            questions=pool / "questions_unans.jsonl.gz",
            passages=pool / "passages.jsonl.gz",
            dropped_documents=("d",),
        ),
    ]
    assert names(find_collections(pool)) == ["pool", "pool_reject", "pool_unans"]


def test_a_report_is_asked_where_there_are_no_passages(tmp_path: Path) -> None:
    write(tmp_path / "health" / "questions.jsonl", {"question": "1?", **UNANSWERABLE})
    (tmp_path / "health" / "report.docx").write_bytes(b"")
    (collection,) = find_collections(tmp_path)
    assert collection == Collection(
        name="health",
        questions=tmp_path / "health" / "questions.jsonl",
        passages=tmp_path / "health" / "report.docx",
    )


@pytest.mark.parametrize(
    ("rows", "is_closed"),
    [
        ([{**ANSWERABLE, "candidates": ["p"]}], False),
        ([UNANSWERABLE], False),
        ([{**ANSWERABLE, "candidates": ["p"]}, UNANSWERABLE], False),
        ([{**ANSWERABLE, "candidates": ["p"]}, {**UNANSWERABLE, "candidates": ["q"]}], True),
    ],
)
def test_a_collection_is_closed_where_unanswerable_was_judged_for_candidates(
    rows: Sequence[Mapping[str, object]], is_closed: bool, tmp_path: Path
) -> None:
    passages(tmp_path / "passages.jsonl", "zh", "p", "q")
    write(tmp_path / "questions.jsonl", *({"question": "1?", **row} for row in rows))
    (found,) = find_collections(tmp_path)
    assert found.is_closed == is_closed


def test_question_files_that_cannot_be_asked_are_told(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "pool" / "drop_docs.json").unlink()
    assert "pool_unans" not in names(find_collections(folder))
    assert "questions_unans.jsonl.gz: left out, there is no drop_docs.json beside it" in caplog.text
    assert "questions.ru.jsonl: left out, there are no passages of its language" in caplog.text


def test_only_the_named_collections_are_returned(folder: Path) -> None:
    assert names(find_collections(folder, only=["many.*", "own"])) == [
        *("many.en", "many.en>zh", "many.fr", "many.zh", "own"),
    ]
    assert names(find_collections(folder, only=["*>zh", "pool_?????"])) == [
        *("many.en>zh", "pool_unans"),
    ]
    with pytest.raises(InputError, match=r"is called 'none\*'; there are many.en, many.en>zh, "):
        find_collections(folder, only=["own", "none*"])


def test_a_folder_without_questions_is_an_error(folder: Path) -> None:
    with pytest.raises(InputError, match="holds no collection; expected questions"):
        find_collections(folder / "unasked")


def test_damaged_files_of_a_collection_are_one_line(folder: Path) -> None:
    (folder / "pool" / "drop_docs.json").write_text("[", encoding="utf-8")
    with pytest.raises(InputError, match=r"drop_docs.json cannot be read .*expected a JSON list"):
        find_collections(folder)
    with pytest.raises(InputError, match=r"KeyError.*expected UTF-8 JSON lines"):
        passage_rows(folder / "own" / "questions.jsonl")


def test_passage_rows_are_the_lines_by_their_id(folder: Path) -> None:
    rows = passage_rows(folder / "pool" / "passages.jsonl.gz")
    assert list(rows) == ["p", "q"] and json.loads(rows["q"])["passage_id"] == "q"


def test_each_collection_is_asked_of_its_own_library(folder: Path) -> None:
    told: list[str] = []

    def ask(question: Question) -> Answer:
        return failed(id=question.id, question=question.text, error="")

    @contextmanager
    def examinee_of(collection: Collection) -> Iterator[Examinee]:
        told.append(f"open {collection.name}")
        yield Examinee(ask=ask, text_of=lambda document, label: "")
        told.append(f"close {collection.name}")

    evaluations = evaluate_collections(
        find_collections(folder, only=["pool", "own"]),
        examinee_of,
        progress=lambda done, total: told.append(f"{done} of {total}"),
    )
    assert [evaluation.name for evaluation in evaluations] == ["own", "pool"]
    assert told == [
        *("open own", "1 of 1", "close own", "open pool", "1 of 1", "close pool"),
    ]
