"""What an evaluation asks: kept libraries, candidates alone, passages of another language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy
import pytest

from index.embedder import Embedder
from index.library import SCHEMA_VERSION, Library
from ingest.errors import InputError
from ingest.report import Span
from qa.benchmark import Collection, find_collections
from qa.questions import Question
from ui.examination import KnownTexts, collection_library, examinee
from ui.settings import Settings

ROMA = ("Roma", "roma", "Rome is the capital of Italy.")
OSLO = ("Oslo", "oslo", "Oslo is the capital of Norway.")
LIMA = ("Lima", "lima", "Lima is the capital of Peru.")


class FakeEmbedder:
    """Gives every text the same vector and notes what it was asked to embed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.embedded: list[str] = []

    def windows(self, text: str) -> list[Span]:
        return [Span(start=0, end=len(text))]

    def embed_passages(self, texts: Sequence[str]) -> numpy.ndarray:
        self.embedded.extend(texts)
        return numpy.ones((len(texts), 1), dtype=numpy.float32)


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Settings:
    """Settings whose collections are kept in the test's own folder, with the usual model."""
    cache = tmp_path / "cache"
    cache.mkdir()
    for path in settings.cache.iterdir():
        if path.name != "collections":
            (cache / path.name).symlink_to(path)
    return replace(settings, cache=cache)


def write(path: Path, *rows: Mapping[str, object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def passages(path: Path, *rows: tuple[str, str, str], language: str = "en") -> Path:
    return write(
        path,
        *(
            {"doc_id": doc, "passage_id": id, "lang": language, "title": "", "text": text}
            for doc, id, text in rows
        ),
    )


def ask_all(
    settings: Settings, collection: Collection, *texts: str, candidates: Sequence[str] | None = None
) -> list[list[str]]:
    """Return the ranking of each question, as the labels of its paragraphs."""
    given = {} if candidates is None else {"candidates": candidates}
    rankings = []
    with examinee(settings, collection, progress=lambda done, total: None) as examined:
        for text in texts:
            answer = examined.ask(
                Question(id="1", text=text, documents=(), context=(), input=given)
            )
            rankings.append([passage.paragraph for passage in answer.passages])
    return rankings


def test_a_collection_is_kept_for_each_model_apart(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An evaluation with another model does not meet the vectors of the first one."""
    path = passages(tmp_path / "passages.jsonl", ROMA)
    kept = replace(settings, cache=tmp_path)
    folders = []
    for name in ("first", "second", "first"):
        fake = FakeEmbedder(name)
        monkeypatch.setattr("ui.examination.load_embedder", lambda *_, fake=fake, **__: fake)
        folders.append(collection_library(kept, [path], progress=lambda done, total: None))
        assert bool(fake.embedded) == (folders[:-1].count(folders[-1]) == 0)
    assert folders[0] == folders[2] != folders[1]


def test_a_collection_kept_by_another_version_of_the_program_is_left_alone(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.examination.load_embedder", lambda *_, **__: FakeEmbedder("fake"))
    path = passages(tmp_path / "passages.jsonl", ROMA)
    kept = replace(settings, cache=tmp_path)
    ours = collection_library(kept, [path], progress=lambda done, total: None)
    monkeypatch.setattr("ui.examination.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    assert collection_library(kept, [path], progress=lambda done, total: None) != ours


def test_several_files_are_one_library_and_no_file_is_embedded_twice(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeEmbedder("fake")
    monkeypatch.setattr("ui.examination.load_embedder", lambda *_, **__: fake)
    kept = replace(settings, cache=tmp_path / "cache")
    common = passages(tmp_path / "common.jsonl", OSLO, ("Roma", "roma", "An older text."))
    own = passages(tmp_path / "own.jsonl", ROMA)
    alone = collection_library(kept, [common], progress=lambda done, total: None)
    both = collection_library(kept, [common, own], progress=lambda done, total: None)
    assert alone != both and both == collection_library(
        kept, [common, own], progress=lambda done, total: None
    )
    assert sorted(fake.embedded) == sorted([OSLO[2], "An older text.", ROMA[2]])
    library = Library(both, embedder=fake, cache_folder=settings.cache)
    assert [summary.document for summary in library.documents()] == ["Oslo", "Roma"]
    assert library.paragraph("Roma", "roma").text == ROMA[2], "the later file counts"
    library.close()


def test_known_texts_have_the_vectors_of_the_library_and_others_are_embedded(
    library: Library, embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(passages(tmp_path / "passages.jsonl", ROMA))
    expected = embedder.embed_passages(["New.", ROMA[2], "New."])
    asked: list[str] = []
    real = embedder.embed_passages

    def embed_passages(texts: Sequence[str]) -> numpy.ndarray:
        asked.extend(texts)
        return real(texts)

    monkeypatch.setattr(embedder, "embed_passages", embed_passages)
    known = KnownTexts(library)
    numpy.testing.assert_array_equal(known.embed_passages(["New.", ROMA[2], "New."]), expected)
    assert asked == ["New."]
    assert known.embed_passages([]).shape == (0, expected.shape[1])
    assert known.name == embedder.name


def test_a_closed_question_sees_its_candidates_and_nothing_else(
    kept: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "closed"
    collection = Collection(
        name="closed",
        questions=folder / "questions.jsonl",
        passages=passages(folder / "passages.jsonl", ROMA, OSLO, LIMA),
        is_closed=True,
    )
    question = "What is the capital of Norway?"
    with examinee(kept, collection, progress=lambda done, total: None) as examined:

        def ask(candidates: object) -> list[str]:
            row = Question(
                id="7",
                text=question,
                documents=(),
                context=(),
                input={"candidates": candidates},
            )
            answer = examined.ask(row)
            for citation in answer.citations:
                text = examined.text_of(citation.document, citation.paragraph)
                assert text[citation.start : citation.end] == citation.quote
            return [passage.paragraph for passage in answer.passages]

        assert set(ask(["roma", "lima"])) == {"roma", "lima"}
        assert ask(["oslo", "roma"])[0] == "oslo"
        assert ask(["oslo", "roma"])[0] == "oslo", "asked of what is there still"
        assert ask([]) == []
        assert ask(["lima", "lima"]) == ["lima"]
        for wrong in (None, "lima", ["lima", "paris"]):
            with pytest.raises(InputError, match=r"question 7 has the candidates .*expected"):
                ask(wrong)
        assert ask(["lima"]) == ["lima"]


def test_an_open_collection_is_asked_of_all_passages_but_the_dropped_ones(
    kept: Settings, tmp_path: Path
) -> None:
    passages_file = passages(tmp_path / "pool" / "passages.jsonl", ROMA, OSLO, LIMA)
    whole = Collection(name="pool", questions=tmp_path / "q.jsonl", passages=passages_file)
    without = replace(whole, name="pool_unans", dropped_documents=("Oslo",))
    question = "What is the capital of Norway?"
    # Candidates are only heeded where the collection is closed.
    (ranking,) = ask_all(kept, whole, question, candidates=["roma"])
    assert ranking[0] == "oslo" and set(ranking) == {"oslo", "roma", "lima"}
    (ranking,) = ask_all(kept, without, question)
    assert set(ranking) == {"roma", "lima"}
    (ranking,) = ask_all(kept, whole, question)
    assert ranking[0] == "oslo", "the kept library is whole"


def test_a_cross_lingual_collection_is_asked_of_distractors_too(
    kept: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "pool"
    passages(folder / "passages.zh.jsonl", ("罗马", "roma", "罗马是意大利的首都。"), language="zh")
    passages(folder / "passages.en.jsonl", ROMA)
    for language in ("zh", "en"):
        write(folder / f"questions.{language}.jsonl", {"question": "?"})
    distractors = passages(
        tmp_path / "more.jsonl", ("利马", "x", "利马是秘鲁首都。"), language="zh"
    )
    across, alone = find_collections(folder, only=["pool.en>zh", "pool.zh"])
    for collection, expected in ((across, {"roma", "x"}), (alone, {"roma"})):
        with examinee(
            kept, collection, distractors=distractors, progress=lambda done, total: None
        ) as examined:
            answer = examined.ask(Question(id="1", text="首都", documents=(), context=(), input={}))
        assert {passage.paragraph for passage in answer.passages} == expected


def test_questions_without_passages_are_asked_of_the_named_library(
    kept: Settings, library: Library, tmp_path: Path
) -> None:
    library.add(passages(tmp_path / "passages.jsonl", LIMA))
    collection = Collection(name="own", questions=tmp_path / "q.jsonl", passages=None)
    with examinee(
        kept, collection, named=library.folder, progress=lambda done, total: None
    ) as examined:
        answer = examined.ask(
            Question(id="1", text="Where is Lima?", documents=(), context=(), input={})
        )
    assert [passage.paragraph for passage in answer.passages] == ["lima"]
