"""The library folder: whole or not at all, nothing embedded twice, and clear words when it fails.

Facts about the model's vectors use the real model; facts about files, processes and transactions
use `WordEmbedder`, a small deterministic embedder with its own name.
"""

import hashlib
import json
import os
import pwd
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy
import pytest
from reportlab.pdfgen.canvas import Canvas

from index.dense import FaissStore
from index.embedder import Embedder
from index.library import EMBED_CHUNK, FILE_NAME, Edition, Library
from ingest.errors import DocumentError, InputError, LibraryError, NotFoundError
from ingest.read import PARSER_VERSION, read_reports
from ingest.readers.text import decode
from ingest.report import Span
from ui.bootstrap import open_library
from ui.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
REPORT_FILE = ROOT / "data" / "reports" / "CTOC-COP-2012-10" / "ctoc-cop-2012-10.zh.txt"
REPORT = "CTOC/COP/2012/10"

# Sub-items of the paragraphs that have any, read off the report by hand.
SUB_ITEMS = {5: "abc", 25: "abcd", 52: "abcdef"}
LABELS = [
    label
    for number in range(1, 61)
    for label in (str(number), *(f"{number}({item})" for item in SUB_ITEMS.get(number, "")))
]


class WordEmbedder:
    """Deterministic unit vectors of 8 numbers from the text's hash; every text is one window."""

    def __init__(self, name: str = "words") -> None:
        self.name = name
        self.embedded: list[str] = []
        self.before: Callable[[], None] = lambda: None
        self.fails_after: int | None = None

    def embed_passages(self, texts: Sequence[str]) -> numpy.ndarray:
        self.before()
        if self.fails_after is not None and len(self.embedded) + len(texts) > self.fails_after:
            raise RuntimeError("the power is out")
        self.embedded.extend(texts)
        return self.embed_queries(texts)

    def embed_queries(self, texts: Sequence[str]) -> numpy.ndarray:
        rows = [numpy.frombuffer(hashlib.sha256(t.encode()).digest(), numpy.uint8) for t in texts]
        vectors = numpy.array([row[:8] for row in rows], dtype=numpy.float32).reshape(-1, 8) - 127.5
        return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)

    def windows(self, text: str) -> list[Span]:
        return [Span(start=0, end=len(text))]


class CountingEmbedder:
    """The real model, with a list of the texts that it was given."""

    def __init__(self, model: Embedder) -> None:
        self.name = model.name
        self.windows = model.windows
        self.embed_queries = model.embed_queries
        self.embedded: list[str] = []
        self._model = model

    def embed_passages(self, texts: Sequence[str]) -> numpy.ndarray:
        self.embedded.extend(texts)
        return self._model.embed_passages(texts)


def passage_file(path: Path, *rows: tuple[str, str, str], language: str = "en") -> Path:
    """Write passages (document, label, text) and return the path."""
    path.write_text(
        "".join(
            json.dumps(
                {"doc_id": doc, "passage_id": label, "lang": language, "title": doc, "text": text}
            )
            + "\n"
            for doc, label, text in rows
        ),
        encoding="utf-8",
    )
    return path


def numbered(path: Path, document: str, count: int, *, word: str) -> Path:
    """Write one document of `count` passages whose texts differ by `word`."""
    rows = [(document, str(n), f"The {word} number {n}.") for n in range(1, count + 1)]
    return passage_file(path, *rows)


def made(folder: Path, embedder: WordEmbedder, settings: Settings) -> Library:
    return Library.create(folder, embedder=embedder, cache_folder=settings.cache)


@pytest.fixture
def words() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def small(tmp_path: Path, words: WordEmbedder, settings: Settings):
    """An empty library with the small embedder."""
    library = made(tmp_path / "small", words, settings)
    yield library
    library.close()


def texts_of(library: Library, document: str) -> list[str]:
    return [paragraph.text for paragraph in library.document(document).paragraphs]


def count_of(library: Library, table: str) -> int:
    with sqlite3.connect(library.folder / FILE_NAME) as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


# The bundled report


def test_the_report_has_exactly_its_labels_in_order(report_library: Library) -> None:
    stored = report_library.document(REPORT)
    assert len(LABELS) == 73
    assert [paragraph.label for paragraph in stored.paragraphs] == LABELS
    assert stored.summary.paragraph_count == 73
    assert stored.summary.symbol == REPORT and stored.summary.language == "zh"
    assert stored.summary.found == "60 paragraphs, 13 sub-items, no gaps"


def test_a_paragraph_keeps_its_section_and_where_it_stood(report_library: Library) -> None:
    paragraph = report_library.paragraph(REPORT, "25(a)")
    assert paragraph.section == ("五. 改进执法合作和机构间协调",)
    assert paragraph.page is None
    source = decode(REPORT_FILE.read_bytes())[paragraph.source.start : paragraph.source.end]
    assert "113 起" in source and "113起" in paragraph.text  # the clean text has no space there
    assert report_library.paragraph(REPORT, "25(b)").source.start >= paragraph.source.end


def test_front_matter_and_notes_can_be_read_but_are_no_paragraphs(report_library: Library) -> None:
    stored = report_library.document(REPORT)
    for other in (*stored.front_matter, *stored.footnotes):
        assert other.label not in LABELS
        assert report_library.paragraph(REPORT, other.label) == other


def test_rows_of_tables_are_no_paragraphs_but_can_be_found(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "visits.md"
    path.write_text("1. See the table.\n\n| Country | Visits |\n|-|-|\n| Egypt | 3 |\n")
    (added,) = library.add(path)
    assert added.summary == "1 paragraph, 0 sub-items, 2 table rows, no gaps"
    stored = library.document("visits")
    assert [one.label for one in stored.paragraphs] == ["1"]
    assert [(one.label, one.text) for one in stored.tables] == [
        ("table 1/1", "Country | Visits"),
        ("table 1/2", "Egypt | 3"),
    ]
    assert library.paragraph("visits", "table 1/2") == stored.tables[1]
    assert len(library.indexed_paragraphs()) == 3
    assert library.postings("egypt") == [(library.key_of("visits", "table 1/2"), 1)]
    assert stored.summary.paragraph_count == 1


def test_the_original_comes_back_byte_for_byte(report_library: Library) -> None:
    content = REPORT_FILE.read_bytes()
    assert report_library.original(REPORT) == (REPORT_FILE.name, content)
    (summary,) = report_library.documents()
    assert summary.sha256 == hashlib.sha256(content).hexdigest()
    assert summary.source == REPORT_FILE.name


def test_what_is_not_there_is_named_with_what_is(report_library: Library) -> None:
    with pytest.raises(NotFoundError, match=r"no document 'A/1'; it holds CTOC/COP/2012/10"):
        report_library.document("A/1")
    with pytest.raises(NotFoundError, match="no document 'A/1'"):
        report_library.paragraph("A/1", "1")
    with pytest.raises(NotFoundError, match="no document 'A/1'"):
        report_library.original("A/1")
    with pytest.raises(NotFoundError, match=r"CTOC/COP/2012/10 has no paragraph '61'; .* from 1"):
        report_library.paragraph(REPORT, "61")


def test_a_long_paragraph_has_several_windows_and_its_last_sentence_is_found(
    library: Library, tmp_path: Path
) -> None:
    """What stands beyond the model's 512 tokens counts as much, and the hit is the paragraph."""
    long = "".join(f"第{n}个国家提交了关于打击洗钱活动的年度报告。" for n in range(60))
    last = "企鹅在南极洲的冰面上孵蛋。"
    library.add(
        passage_file(
            tmp_path / "long.jsonl",
            ("A", "1", "检察官参加了关于证据的培训。"),
            ("A", "2", long + last),
            ("A", "3", "边境管制机构查获了集装箱。"),
            language="zh",
        )
    )
    keys = {p.label: k for k, (_, p) in library.paragraphs_at(range(1, 4)).items()}
    kinds = [p.kind for p in library.indexed_passages() if p.paragraph == keys["2"]]
    assert kinds.count("window") > 1
    assert kinds.count("sentence") == 61
    query = library.embedder.embed_queries(["企鹅在哪里孵蛋？"])[0]
    matches = FaissStore(library).dense_search(query, documents=(), limit=3)
    assert matches[0].paragraph == keys["2"]
    assert len({match.paragraph for match in matches}) == 3


# Adding


def test_the_same_file_again_changes_nothing_and_embeds_nothing(
    tmp_path: Path, embedder: Embedder, settings: Settings
) -> None:
    counting = CountingEmbedder(embedder)
    library = Library.create(tmp_path / "l", embedder=counting, cache_folder=settings.cache)
    head = REPORT_FILE.read_text(encoding="utf-8").split("4. ")[0]
    report = tmp_path / "head.txt"
    report.write_text(head, encoding="utf-8")
    (first,) = library.add(report)
    assert (first.document, first.change) == (REPORT, "added")
    assert len(counting.embedded) == len(set(counting.embedded)) > 0
    counting.embedded.clear()
    generation = library.generation()
    (second,) = library.add(report)
    assert (second.document, second.change) == (REPORT, "unchanged")
    assert second.summary == first.summary
    assert counting.embedded == [] and library.generation() == generation
    library.close()


def test_a_file_of_the_same_symbol_and_language_takes_the_place_of_the_old_one(
    small: Library, tmp_path: Path
) -> None:
    small.add(passage_file(tmp_path / "a.jsonl", ("A", "1", "Old words."), ("A", "2", "Kept.")))
    small.add(passage_file(tmp_path / "b.jsonl", ("B", "1", "Beside.")))
    (added,) = small.add(
        passage_file(tmp_path / "new.jsonl", ("A", "1", "New words."), ("A", "2", "Kept."))
    )
    assert (added.document, added.change) == ("A", "replaced")
    assert [(d.document, d.source) for d in small.documents()] == [
        ("A", "new.jsonl"),
        ("B", "b.jsonl"),
    ]
    assert texts_of(small, "A") == ["New words.", "Kept."]
    assert not small.mentions("Old", documents=())
    assert small.postings("old") == [] and len(small.postings("new")) == 1
    assert (count_of(small, "files"), count_of(small, "paragraphs")) == (2, 3)
    # A paragraph of one sentence has its window and its sentence in common: New, Kept, Beside.
    assert (count_of(small, "vectors"), count_of(small, "passages")) == (3, 6)


def test_a_given_title_replaces_even_where_the_file_is_the_same(
    small: Library, tmp_path: Path
) -> None:
    path = passage_file(tmp_path / "a.jsonl", ("A", "1", "Words."))
    small.add(path)
    assert small.add(path, title="Chosen")[0].change == "replaced"
    assert small.documents()[0].title == "Chosen"
    assert small.add(path, title="Chosen")[0].change == "unchanged"


def test_a_further_language_gets_an_id_of_its_own(small: Library, tmp_path: Path) -> None:
    zh = passage_file(tmp_path / "zh.jsonl", ("A", "1", "文字。"), language="zh")
    en = passage_file(tmp_path / "en.jsonl", ("A", "1", "Words."))
    assert [small.add(path)[0].document for path in (zh, en)] == ["A", "A@en"]
    assert [(d.symbol, d.language) for d in small.documents()] == [("A", "zh"), ("A", "en")]
    small.remove("A")
    # The id of an edition never changes, whatever becomes of the others.
    assert small.add(en)[0].document == "A@en"
    assert small.add(zh)[0].document == "A"
    assert texts_of(small, "A") == ["文字。"] and texts_of(small, "A@en") == ["Words."]


def test_editions_of_a_symbol_know_the_labels_that_they_share(
    small: Library, tmp_path: Path
) -> None:
    report = tmp_path / "report.txt"
    for language, text in {
        "en": "A report\n\n1. One.\n\n2. Two:\n(a) First;\n(b) Second.\n\n3. Three.\n",
        "fr": "Un rapport\n\n1. Un.\n\n2. Deux :\na) Premier ;\n\n3. Trois.\n\n4. Quatre.\n",
        "es": "Primero.\n\nSegundo.\n\nTercero.\n",
    }.items():
        report.write_text(text, encoding="utf-8")
        small.add(report, symbol="A/1", language=language)
    small.add(passage_file(tmp_path / "other.jsonl", ("A/2", "1", "Another.")))
    assert [(d.document, d.numbered) for d in small.documents()][:3] == [
        ("A/1", True),
        ("A/1@fr", True),
        ("A/1@es", False),
    ]
    shared = frozenset({"front matter", "1", "2", "2(a)", "3"})
    assert small.editions("A/1") == (
        Edition(document="A/1@fr", language="fr", labels=shared),
        Edition(document="A/1@es", language="es", labels=frozenset()),
    )
    assert small.editions("A/1@fr")[0] == Edition(document="A/1", language="en", labels=shared)
    assert small.editions("A/2") == ()
    with pytest.raises(NotFoundError, match="no document 'A/3'"):
        small.editions("A/3")
    small.remove("A/1@fr")
    assert [edition.document for edition in small.editions("A/1")] == ["A/1@es"]


def test_a_passage_file_adds_all_its_documents_at_once(small: Library, tmp_path: Path) -> None:
    rows = [("A", "x", "One."), ("B", "1.2", "Two."), ("A", "x", "Three.")]
    added = small.add(passage_file(tmp_path / "two.jsonl", *rows))
    assert [(a.document, a.change) for a in added] == [("A", "added"), ("B", "added")]
    assert [p.label for p in small.document("A").paragraphs] == ["x", "x#2"]
    changed = [*rows[:1], ("B", "1.2", "Other."), rows[2], ("C", "1", "Four.")]
    added = small.add(passage_file(tmp_path / "three.jsonl", *changed))
    assert [(a.document, a.change) for a in added] == [
        ("A", "replaced"),
        ("B", "replaced"),
        ("C", "added"),
    ]
    assert small.original("A")[0] == small.original("B")[0] == "three.jsonl"
    assert count_of(small, "files") == 1


def test_no_text_is_embedded_twice(small: Library, words: WordEmbedder, tmp_path: Path) -> None:
    small.add(passage_file(tmp_path / "a.jsonl", ("A", "1", "Shared."), ("A", "2", "Shared.")))
    assert words.embedded == ["Shared."]
    small.add(passage_file(tmp_path / "b.jsonl", ("B", "1", "Shared."), ("B", "2", "Own.")))
    assert words.embedded == ["Shared.", "Own."]
    small.remove("A")
    small.add(passage_file(tmp_path / "c.jsonl", ("C", "1", "Shared.")))
    assert words.embedded == ["Shared.", "Own."]


def test_an_interrupted_add_leaves_no_document_and_keeps_what_was_embedded(
    small: Library, words: WordEmbedder, tmp_path: Path
) -> None:
    path = numbered(tmp_path / "a.jsonl", "A", 2 * EMBED_CHUNK + 5, word="first")
    words.fails_after = EMBED_CHUNK
    seen: list[tuple[int, int]] = []
    with pytest.raises(RuntimeError, match="power"):
        small.add(path, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(EMBED_CHUNK, 2 * EMBED_CHUNK + 5)]
    assert small.documents() == [] and small.indexed_passages() == []
    words.fails_after = None
    seen.clear()
    assert small.add(path, progress=lambda d, t: seen.append((d, t)))[0].change == "added"
    assert seen == [(EMBED_CHUNK, EMBED_CHUNK + 5), (EMBED_CHUNK + 5, EMBED_CHUNK + 5)]
    assert len(words.embedded) == len(set(words.embedded)) == 2 * EMBED_CHUNK + 5


def test_a_failed_replacement_leaves_the_old_document(
    small: Library, words: WordEmbedder, tmp_path: Path
) -> None:
    small.add(passage_file(tmp_path / "a.jsonl", ("A", "1", "Old.")))
    words.fails_after = 1
    with pytest.raises(RuntimeError):
        small.add(passage_file(tmp_path / "new.jsonl", ("A", "1", "New.")))
    bad = tmp_path / "bad.jsonl"
    bad.write_text((tmp_path / "new.jsonl").read_text() + "{\n")
    with pytest.raises(DocumentError, match="line 2 is not valid JSON"):
        small.add(bad)
    assert texts_of(small, "A") == ["Old."] and small.original("A")[0] == "a.jsonl"


def test_the_generation_rises_with_what_can_be_seen_and_with_nothing_else(
    small: Library, words: WordEmbedder, tmp_path: Path
) -> None:
    generations = [small.generation()]
    first = numbered(tmp_path / "a.jsonl", "A", 3 * EMBED_CHUNK, word="first")
    # Between two chunks nothing can be seen yet, so no search has to load the library anew.
    words.before = lambda: generations.append(small.generation())
    small.add(first)
    assert generations == generations[:1] * 4
    words.before = lambda: None
    generations.append(small.generation())
    small.add(numbered(tmp_path / "a.jsonl", "A", 2, word="other"))
    generations.append(small.generation())
    small.remove("A")
    generations.append(small.generation())
    assert generations[-4] < generations[-3] < generations[-2] < generations[-1]


def test_removing_takes_all_that_only_this_document_used(small: Library, tmp_path: Path) -> None:
    small.add(passage_file(tmp_path / "a.jsonl", ("A", "1", "Shared."), ("A", "2", "Own.")))
    small.add(passage_file(tmp_path / "b.jsonl", ("B", "1", "Shared.")))
    small.remove("A")
    assert [d.document for d in small.documents()] == ["B"]
    assert small.postings("own") == [] and len(small.postings("shared")) == 1
    assert (count_of(small, "files"), count_of(small, "vectors")) == (1, 1)
    with pytest.raises(NotFoundError, match="no document 'A'; it holds B"):
        small.remove("A")
    small.remove("B")
    tables = ("files", "documents", "paragraphs", "passages", "vectors", "postings")
    assert [count_of(small, table) for table in tables] == [0] * 6
    with pytest.raises(NotFoundError, match="it holds none"):
        small.document("B")


def test_the_parser_version_is_kept_so_that_a_newer_one_reads_the_file_again(
    small: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = passage_file(tmp_path / "a.jsonl", ("A", "1", "Words."))
    small.add(path)
    monkeypatch.setattr("index.library.PARSER_VERSION", PARSER_VERSION + 1)
    assert small.add(path)[0].change == "replaced"
    assert small.add(path)[0].change == "unchanged"


# The user's own library


def test_a_bundled_report_that_was_removed_stays_removed(
    tmp_path: Path, settings: Settings
) -> None:
    own = load_settings({"REPORT_QA_DATA": str(tmp_path), "REPORT_QA_CACHE": str(settings.cache)})
    with_report = open_library(own, named=None)
    assert [d.document for d in with_report.documents()] == [REPORT]
    assert with_report.is_marked_bundled()
    with_report.remove(REPORT)
    with_report.close()
    again = open_library(own, named=None)
    assert again.documents() == []
    again.close()


def test_a_named_library_starts_empty_and_is_made_only_on_demand(
    tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "deep" / "named"
    with pytest.raises(LibraryError, match=r"no library in .*named; `report-qa documents add"):
        open_library(settings, named=folder)
    assert not folder.exists()
    library = open_library(settings, named=folder, create=True)
    assert library.documents() == []
    library.close()
    assert [entry.name for entry in folder.iterdir()] == [FILE_NAME]


# Several threads and processes


def test_what_another_program_drops_while_we_embed_is_embedded_again(
    small: Library, words: WordEmbedder, tmp_path: Path, settings: Settings
) -> None:
    """A removal drops every vector that no document uses, also those that are just being made."""
    small.add(passage_file(tmp_path / "b.jsonl", ("B", "1", "Beside.")))
    other = made(small.folder, WordEmbedder(), settings)
    chunks: list[int] = []

    def interfere() -> None:
        chunks.append(len(words.embedded))
        if len(chunks) == 2:  # the first chunk is stored, the document is not
            other.remove("B")

    words.before = interfere
    small.add(numbered(tmp_path / "a.jsonl", "A", EMBED_CHUNK + 1, word="first"))
    passages = small.indexed_passages()
    assert len(passages) == 2 * (EMBED_CHUNK + 1)
    assert len(FaissStore(small).dense_search(passages[0].vector, documents=(), limit=100)) == 65
    other.close()


def test_threads_may_read_while_one_writes(small: Library, tmp_path: Path) -> None:
    """A reader sees the old document or the new one, never a mixture and never an error."""
    files = [numbered(tmp_path / f"{w}.jsonl", "A", 20, word=w) for w in ("first", "second")]
    small.add(files[0])
    done = threading.Event()
    seen: set[str] = set()
    failures: list[object] = []

    def read() -> None:
        while not done.is_set():
            try:
                kinds = {text.split()[1] for text in texts_of(small, "A")}
                seen.update(kinds)
                if len(kinds) != 1:
                    failures.append(kinds)
            except Exception as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    change_count = 0
    while change_count < 20 or (len(seen) < 2 and change_count < 1000):
        change_count += 1
        small.add(files[change_count % 2])
    done.set()
    for reader in readers:
        reader.join()
    assert failures == [] and seen == {"first", "second"}


# What a process of its own runs: this file, loaded by its path, gives it the same helpers.
PRELUDE = f"""
import importlib.util, sys, time
from pathlib import Path
spec = importlib.util.spec_from_file_location("helpers", {str(Path(__file__))!r})
helpers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(helpers)
from ui.settings import load_settings
folder, work = Path(sys.argv[1]), Path(sys.argv[2])
library = helpers.made(folder, helpers.WordEmbedder(), load_settings())
def said(word):
    print(word, flush=True)
"""


def process(
    code: str, library: Library, work: Path, environment: dict[str, str], *arguments: str
) -> subprocess.Popen[str]:
    """Start a program on the library; `said` in it writes a line to its standard output."""
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + code, str(library.folder), str(work), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )


def output_of(program: subprocess.Popen[str]) -> str:
    out, err = program.communicate(timeout=60)
    assert program.returncode == 0, err
    return out


def test_processes_read_whole_documents_while_another_one_writes(
    small: Library, tmp_path: Path, environment: dict[str, str]
) -> None:
    small.add(numbered(tmp_path / "start.jsonl", "A", 50, word="version0"))
    reader_code = """
said("ready")
versions = []
while (work / "writing").exists():
    found = {text.split()[1] for text in helpers.texts_of(library, "A")}
    assert len(found) == 1, found
    versions += found
assert versions == sorted(versions), versions
said(len(set(versions)))
"""
    writer_code = """
for version in range(1, 10):
    library.add(helpers.numbered(work / "next.jsonl", "A", 50, word=f"version{version}"))
    time.sleep(0.05)
"""
    (tmp_path / "writing").touch()
    readers = [process(reader_code, small, tmp_path, environment) for _ in range(2)]
    for reader in readers:
        assert reader.stdout is not None and reader.stdout.readline() == "ready\n"
    writer = process(writer_code, small, tmp_path, environment)
    output_of(writer)
    (tmp_path / "writing").unlink()
    assert all(int(output_of(reader)) > 2 for reader in readers)
    assert texts_of(small, "A")[0].startswith("The version9")


def test_two_processes_that_write_at_once_both_get_their_documents_in(
    small: Library, tmp_path: Path, environment: dict[str, str]
) -> None:
    code = """
name = sys.argv[3]
for number in range(8):
    library.add(helpers.numbered(work / f"{name}.jsonl", f"{name}{number}", 40, word=name))
    library.add(helpers.numbered(work / f"{name}.jsonl", "both", 40, word=name))
"""
    writers = [process(code, small, tmp_path, environment, name) for name in ("left", "right")]
    for writer in writers:
        output_of(writer)
    documents = {d.document for d in small.documents()}
    assert documents == {f"{n}{i}" for n in ("left", "right") for i in range(8)} | {"both"}
    # "both" is as the last writer left it, and every paragraph has its window and its sentence.
    assert len({text.split()[1] for text in texts_of(small, "both")}) == 1
    assert len(small.indexed_passages()) == 2 * 17 * 40


@pytest.mark.parametrize("moment", ["before the commit", "in the commit"])
def test_a_process_that_is_killed_while_it_writes_leaves_the_library_as_it_was(
    small: Library, tmp_path: Path, environment: dict[str, str], settings: Settings, moment: str
) -> None:
    small.add(numbered(tmp_path / "a.jsonl", "A", 50, word="old"))
    small.close()
    path = small.folder / FILE_NAME
    code = """
if sys.argv[3] == "in the commit":
    # Pages go to the file while the transaction is open, as they do in the middle of a commit.
    library._database.execute("PRAGMA cache_spill = 1")
    library._database.execute("PRAGMA cache_size = 1")
insert = library._insert
def insert_and_wait(*arguments):
    insert(*arguments)
    said("written")
    time.sleep(60)
library._insert = insert_and_wait
library.add(helpers.numbered(work / "new.jsonl", "A", 400, word="new"))
"""
    before = path.read_bytes()
    writer = process(code, small, tmp_path, environment, moment)
    assert writer.stdout is not None and writer.stdout.readline() == "written\n"
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    # The vectors of the interrupted document stand in the file already; "old" is untouched.
    assert path.read_bytes() != before
    assert path.with_name(f"{FILE_NAME}-journal").exists()
    library = made(small.folder, WordEmbedder(), settings)
    assert texts_of(library, "A") == [f"The old number {n}." for n in range(1, 51)]
    assert len(library.indexed_passages()) == 100
    (added,) = library.add(tmp_path / "new.jsonl")
    assert (added.change, len(texts_of(library, "A"))) == ("replaced", 400)
    library.close()


# Libraries that cannot be used


def set_meta(folder: Path, key: str, value: str) -> None:
    with sqlite3.connect(folder / FILE_NAME) as database:
        database.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))


def test_a_library_of_another_version_is_refused(small: Library, settings: Settings) -> None:
    set_meta(small.folder, "schema", "99")
    for opening in (Library, Library.create, Library.rebuild):
        with pytest.raises(LibraryError, match="is of version 99, this program needs version 6"):
            opening(small.folder, embedder=WordEmbedder(), cache_folder=settings.cache)


def test_a_library_of_another_model_is_refused_and_can_be_rebuilt(
    small: Library, tmp_path: Path, settings: Settings
) -> None:
    small.add(passage_file(tmp_path / "a.jsonl", ("A", "1", "One."), ("B", "1", "Two.")))
    small.add(passage_file(tmp_path / "en.jsonl", ("C", "1", "Three.")), title="Chosen")
    small.add(passage_file(tmp_path / "zh.jsonl", ("C", "1", "三。"), language="zh"))
    small.mark_bundled()
    before = [small.document(d.document) for d in small.documents()]
    generation = small.generation()
    other = WordEmbedder("other")
    with pytest.raises(
        LibraryError, match=r"made with the model words, but other is set; .* documents rebuild"
    ):
        made(small.folder, other, settings)
    rebuilt = Library.rebuild(small.folder, embedder=other, cache_folder=settings.cache)
    assert sorted(other.embedded) == sorted(["One.", "Two.", "Three.", "三。"])
    assert [rebuilt.document(d.document) for d in rebuilt.documents()] == before
    assert rebuilt.generation() > generation and rebuilt.is_marked_bundled()
    assert [entry.name for entry in small.folder.iterdir()] == [FILE_NAME]
    rebuilt.close()
    made(small.folder, other, settings).close()


def test_a_program_that_has_the_library_open_learns_that_it_was_rebuilt(
    small: Library, tmp_path: Path, settings: Settings
) -> None:
    path = passage_file(tmp_path / "a.jsonl", ("A", "1", "One."))
    small.add(path)
    same = Library.rebuild(small.folder, embedder=WordEmbedder(), cache_folder=settings.cache)
    # With the same model it goes on, and neither loses what the other one adds.
    small.add(passage_file(tmp_path / "b.jsonl", ("B", "1", "Two.")))
    assert [d.document for d in same.documents()] == ["A", "B"]
    same.close()
    other = Library.rebuild(small.folder, embedder=WordEmbedder("x"), cache_folder=settings.cache)
    for use in (small.documents, lambda: small.add(path, title="New")):
        with pytest.raises(LibraryError, match="made with the model x, but words is set"):
            use()
    assert [d.title for d in other.documents()] == ["A", "B"]
    other.close()


def test_rebuilding_brings_back_nothing_that_was_removed_or_replaced(
    small: Library, tmp_path: Path, settings: Settings
) -> None:
    first = [("A", "1", "Old."), ("B", "1", "Kept."), ("C", "1", "Gone.")]
    small.add(passage_file(tmp_path / "first.jsonl", *first))
    small.add(passage_file(tmp_path / "second.jsonl", ("A", "1", "New."), ("D", "1", "Also.")))
    small.remove("C")
    small.remove("D")
    rebuilt = Library.rebuild(small.folder, embedder=WordEmbedder(), cache_folder=settings.cache)
    assert [d.document for d in rebuilt.documents()] == ["A", "B"]
    assert texts_of(rebuilt, "A") == ["New."] and texts_of(rebuilt, "B") == ["Kept."]
    rebuilt.close()


def test_an_interrupted_rebuild_leaves_the_library_as_it_was(
    small: Library, tmp_path: Path, settings: Settings
) -> None:
    small.add(numbered(tmp_path / "a.jsonl", "A", 2 * EMBED_CHUNK, word="old"))
    other = WordEmbedder("other")
    other.fails_after = EMBED_CHUNK
    with pytest.raises(RuntimeError, match="power"):
        Library.rebuild(small.folder, embedder=other, cache_folder=settings.cache)
    assert len(small.indexed_passages()) == 4 * EMBED_CHUNK
    assert small.indexed_passages()[0].vector.shape == (8,)
    assert small.add(tmp_path / "a.jsonl")[0].change == "unchanged"


def test_a_rebuild_with_a_newer_parser_takes_what_that_finds(
    small: Library, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the newer one recognises another symbol in the same file."""
    report = tmp_path / "report.txt"
    report.write_text("1. One.\n\n2. Two.\n\n3. Three.\n", encoding="utf-8")
    small.add(report)
    assert [d.document for d in small.documents()] == ["report"]
    monkeypatch.setattr("ingest.read.find_symbol", lambda *_, **__: "A/1")
    monkeypatch.setattr(
        "index.library.read_reports_apart",
        lambda path, *, limits, options: read_reports(path, limits=limits, **options),
    )
    rebuilt = Library.rebuild(small.folder, embedder=WordEmbedder(), cache_folder=settings.cache)
    assert [d.document for d in rebuilt.documents()] == ["A/1"]
    assert count_of(rebuilt, "files") == 1 and len(rebuilt.indexed_passages()) == 6
    rebuilt.close()


@pytest.mark.parametrize("content", [b"", b"no database" * 1000, os.urandom(50_000)])
def test_a_file_that_is_no_library_is_refused(
    tmp_path: Path, settings: Settings, content: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    for opening in (Library, Library.create, Library.rebuild):
        with pytest.raises(LibraryError, match=r"is damaged or not a library .* move it away"):
            opening(tmp_path, embedder=WordEmbedder(), cache_folder=settings.cache)
    assert (tmp_path / FILE_NAME).read_bytes() == content


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.7, 0.99])
@pytest.mark.parametrize("end", ["cut off", "zeros", "noise"])
def test_a_damaged_file_is_an_error_of_the_library_and_of_nothing_else(
    small: Library, tmp_path: Path, settings: Settings, kept: float, end: str
) -> None:
    small.add(numbered(tmp_path / "a.jsonl", "A", 200, word="old"))
    small.close()
    path = small.folder / FILE_NAME
    content = path.read_bytes()
    good = content[: int(len(content) * kept)]
    rest = len(content) - len(good)
    path.write_bytes(good + {"cut off": b"", "zeros": bytes(rest), "noise": os.urandom(rest)}[end])
    try:
        library = Library(small.folder, embedder=WordEmbedder(), cache_folder=settings.cache)
        library.document("A")
        library.original("A")
        library.indexed_passages()
        library.postings("number")
        library.add(numbered(tmp_path / "a.jsonl", "A", 200, word="new"))
    except LibraryError as error:
        assert "\n" not in str(error) and FILE_NAME in str(error)
    else:
        pytest.fail("the damage was not noticed")


def test_a_place_without_a_library_is_said_to_be_none(tmp_path: Path, settings: Settings) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    file = tmp_path / "file"
    file.write_text("text")
    for folder in (empty, tmp_path / "missing", file):
        with pytest.raises(LibraryError, match="there is no library in"):
            Library(folder, embedder=WordEmbedder(), cache_folder=settings.cache)
        with pytest.raises(LibraryError, match="there is no library in"):
            Library.rebuild(folder, embedder=WordEmbedder(), cache_folder=settings.cache)
    with pytest.raises(LibraryError, match=r"file cannot be used: .*File exists"):
        made(file, WordEmbedder(), settings)


def test_a_library_can_be_made_where_there_are_no_hard_links(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # as FAT and some network folders do

    monkeypatch.setattr("os.link", refuse)
    library = made(tmp_path / "l", WordEmbedder(), settings)
    assert library.documents() == []
    assert [entry.name for entry in library.folder.iterdir()] == [FILE_NAME]
    library.close()


def test_a_read_only_library_answers_but_takes_nothing(
    settings: Settings, environment: dict[str, str]
) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can start a process as another user")
    user = pwd.getpwnam("nobody").pw_uid
    code = """
import os
# The interpreter's own folder may be closed to the other user: load what is loaded lazily.
library.add(work / "a.jsonl")
helpers.FaissStore(library).dense_search(
    library.indexed_passages()[0].vector, documents=(), limit=1)
os.setgroups([])
os.setuid(int(sys.argv[3]))
library.close()
library = helpers.Library(folder, embedder=library.embedder, cache_folder=Path("/nowhere"))
said(helpers.texts_of(library, "A")[0])
vector = library.indexed_passages()[0].vector
said(len(helpers.FaissStore(library).dense_search(vector, documents=(), limit=9)))
for change in (lambda: library.add(work / "b.jsonl"), lambda: library.remove("A")):
    try:
        change()
    except helpers.LibraryError as error:
        said(error)
"""
    # pytest's own temporary folders are closed to other users.
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        work.chmod(0o755)
        library = made(work / "library", WordEmbedder(), settings)
        library.add(numbered(work / "a.jsonl", "A", 3, word="old"))
        numbered(work / "b.jsonl", "B", 3, word="new")
        program = process(code, library, work, environment, str(user))
        text, count, *errors = output_of(program).splitlines()
        assert (text, count) == ("The old number 1.", "3")
        assert len(errors) == 2
        assert all("cannot be written (read-only); make the folder" in error for error in errors)
        assert [d.document for d in library.documents()] == ["A"]
        library.close()


def test_many_texts_are_embedded_once_each_whatever_is_known_already(tmp_path: Path) -> None:
    """More texts than one look-up takes, half of them known: each is embedded exactly once."""
    embedder = WordEmbedder()
    library = made(tmp_path / "library", embedder, load_settings())
    library.add(numbered(tmp_path / "half.jsonl", "A", 700, word="plan"))
    library.add(numbered(tmp_path / "whole.jsonl", "B", 1400, word="plan"))
    assert len(embedder.embedded) == len(set(embedder.embedded)) == 1400
    library.close()


def test_names_that_documents_define_are_kept_and_go_with_them(
    small: Library, tmp_path: Path
) -> None:
    path = tmp_path / "names.txt"
    path.write_text("1. The World Food Council (WFC) met.\n2. It went on.\n", encoding="utf-8")
    (added,) = small.add(path)
    assert small.names() == [("World Food Council", "WFC")]
    path.write_text("1. The Council for Roads (CR) met.\n2. It went on.\n", encoding="utf-8")
    small.add(path)
    assert small.names() == [("Council for Roads", "CR")]
    small.remove(added.document)
    assert small.names() == []


def test_a_library_of_the_version_before_learns_its_names_when_it_is_opened(
    small: Library, tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "names.txt"
    path.write_text("1. The World Food Council (WFC) met.\n2. It went on.\n", encoding="utf-8")
    small.add(path)
    small.close()
    database = sqlite3.connect(small.folder / FILE_NAME)
    database.executescript(
        "DROP TABLE names; ALTER TABLE documents DROP COLUMN findings;"
        " ALTER TABLE documents DROP COLUMN new_title;"
        " ALTER TABLE documents DROP COLUMN presentation;"
        " UPDATE meta SET value = 1 WHERE key = 'schema'"
    )
    database.close()
    for _ in range(2):
        library = Library(small.folder, embedder=WordEmbedder(), cache_folder=settings.cache)
        assert library.names() == [("World Food Council", "WFC")]
        library.close()


def test_findings_are_kept_in_full_and_a_library_without_them_gets_them_when_it_is_rebuilt(
    small: Library, tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "gaps.txt"
    path.write_text("1. One.\n\n2. Two:\n(a) First.\n\n4. Four.\n", encoding="utf-8")
    (added,) = small.add(path)
    assert len(added.findings) == 1 and "3" in added.findings[0]
    assert small.documents()[0].findings == added.findings
    assert small.document("gaps").counts == added.counts
    assert (added.counts.paragraphs, added.counts.sub_items) == (3, 1)
    small.close()
    database = sqlite3.connect(small.folder / FILE_NAME)
    database.executescript(
        "ALTER TABLE documents DROP COLUMN findings; ALTER TABLE documents DROP COLUMN new_title;"
        " ALTER TABLE documents DROP COLUMN presentation;"
        " UPDATE meta SET value = 2 WHERE key = 'schema'"
    )
    database.close()
    opening = {"embedder": WordEmbedder(), "cache_folder": settings.cache}
    older = Library(small.folder, **opening)
    assert older.documents()[0].findings is None and len(texts_of(older, "gaps")) == 4
    assert older.add(path)[0].change == "unchanged"
    older.close()
    rebuilt = Library.rebuild(small.folder, **opening)
    assert rebuilt.documents()[0].findings == added.findings
    rebuilt.close()


def test_two_programs_may_open_a_library_of_an_older_version_at_once(
    small: Library, settings: Settings
) -> None:
    small.close()
    database = sqlite3.connect(small.folder / FILE_NAME)
    database.executescript(
        "DROP TABLE names; ALTER TABLE documents DROP COLUMN findings;"
        " ALTER TABLE documents DROP COLUMN new_title;"
        " ALTER TABLE documents DROP COLUMN presentation;"
        " UPDATE meta SET value = 1 WHERE key = 'schema'"
    )
    database.close()
    opened: list[Library] = []

    def open_it() -> None:
        opened.append(Library(small.folder, embedder=WordEmbedder(), cache_folder=settings.cache))

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for library in opened:
        library.close()


def test_a_new_title_is_what_is_shown_and_searched_and_the_id_stays(
    small: Library, tmp_path: Path
) -> None:
    small.add(numbered(tmp_path / "a.jsonl", "A/1", 2, word="road"))
    small.add(numbered(tmp_path / "b.jsonl", "A/2", 2, word="bridge"))
    before = small.generation()
    renamed = small.rename("A/1", "  Container\ncontrol ")
    assert (renamed.document, renamed.title) == ("A/1", "Container control")
    assert small.titles()["A/1"] == "Container control"
    assert small.title_terms()["A/1"] == frozenset(small.search_terms("Container control"))
    assert "Container control" in small.texts()
    assert small.generation() > before, "what is derived from the title is made anew"


@pytest.mark.parametrize("title", ["", " \n", "x" * 501])
def test_a_title_that_is_none_is_refused(small: Library, tmp_path: Path, title: str) -> None:
    small.add(numbered(tmp_path / "a.jsonl", "A/1", 1, word="road"))
    before = small.titles()
    with pytest.raises(InputError, match="expected 1 to 500"):
        small.rename("A/1", title)
    assert small.titles() == before
    with pytest.raises(NotFoundError, match="A/9"):
        small.rename("A/9", "Title")


def test_a_new_title_outlives_rebuilding_and_newer_files_until_another_one_is_given(
    small: Library, tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1. One.\n\n2. Two.\n", encoding="utf-8")
    several = passage_file(tmp_path / "several.jsonl", ("B/1", "1", "One."), ("B/2", "1", "Two."))
    small.add(path, title="As added")
    small.add(several)
    small.rename("a", "Renamed")
    small.rename("B/2", "Renamed too")
    (again,) = small.add(path)
    assert (again.change, again.title) == ("unchanged", "Renamed")
    small.close()
    rebuilt = Library.rebuild(small.folder, embedder=WordEmbedder(), cache_folder=settings.cache)
    titles = rebuilt.titles()
    assert (titles["a"], titles["B/2"]) == ("Renamed", "Renamed too")
    assert titles["B/1"] != "Renamed too"
    path.write_text("1. One.\n\n2. Two.\n\n3. Three.\n", encoding="utf-8")
    (newer,) = rebuilt.add(path)
    assert (newer.change, newer.title) == ("replaced", "Renamed")
    (given,) = rebuilt.add(path, title="Given")
    assert (given.change, given.title, rebuilt.titles()["a"]) == ("replaced", "Given", "Given")
    rebuilt.close()


def test_a_library_of_the_version_before_can_rename(
    small: Library, tmp_path: Path, settings: Settings
) -> None:
    small.add(numbered(tmp_path / "a.jsonl", "A/1", 1, word="road"))
    small.close()
    database = sqlite3.connect(small.folder / FILE_NAME)
    database.executescript(
        "ALTER TABLE documents DROP COLUMN new_title;"
        " ALTER TABLE documents DROP COLUMN presentation;"
        " UPDATE meta SET value = 3 WHERE key = 'schema'"
    )
    database.close()
    older = Library(small.folder, embedder=WordEmbedder(), cache_folder=settings.cache)
    assert older.rename("A/1", "Title").title == "Title"
    older.close()


def test_a_library_of_the_version_before_learns_what_calls_a_footnote_when_it_is_rebuilt(
    small: Library, tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "noted.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    called = "1. The first paragraph has a note, which is called here"
    for x, y, size, text in (
        (72, 740, 11, called),
        (72 + canvas.stringWidth(called, "Times-Roman", 11), 744, 6, "1"),
        (72, 710, 11, "2. The second paragraph has none at all."),
        (72, 104, 6, "1"),
        (76, 100, 8, "See the annex."),
    ):
        canvas.setFont("Times-Roman", size)
        canvas.drawString(x, y, text)
    canvas.line(72, 115, 172, 115)
    canvas.save()
    small.add(path)

    def callers(library: Library) -> list[tuple[str, str | None]]:
        return [(one.label, one.called_by) for one in library.document("noted").footnotes]

    assert callers(small) == [("note 1", "1")]
    small.close()
    database = sqlite3.connect(small.folder / FILE_NAME)
    database.executescript(
        "ALTER TABLE paragraphs DROP COLUMN called_by;"
        " UPDATE meta SET value = 5 WHERE key = 'schema'"
    )
    database.close()
    opening = {"embedder": WordEmbedder(), "cache_folder": settings.cache}
    older = Library(small.folder, **opening)
    assert callers(older) == [("note 1", None)]
    older.close()
    rebuilt = Library.rebuild(small.folder, **opening)
    assert callers(rebuilt) == [("note 1", "1")]
    rebuilt.close()


def test_closing_waits_for_what_is_read_and_reading_afterwards_is_an_error(
    words: WordEmbedder, settings: Settings, tmp_path: Path
) -> None:
    """Closed in the middle of a statement, SQLite takes the whole program down."""
    for number in range(30):
        library = made(tmp_path / str(number), words, settings)
        ends: list[Exception] = []

        def read(library: Library = library, ends: list[Exception] = ends) -> None:
            try:
                while True:
                    library.generation()
            except LibraryError as error:
                ends.append(error)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        library.close()
        for reader in readers:
            reader.join()
        assert ["was closed meanwhile" in str(end) for end in ends] == [True] * 3
