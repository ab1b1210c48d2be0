"""What an evaluation asks: for each collection a library of its passages, and its service."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedder import Embedder, load_embedder
from index.library import FILE_NAME, SCHEMA_VERSION, Library
from ingest.errors import InputError
from ingest.read import PARSER_VERSION
from ingest.report import Span
from qa.answer import Answer
from qa.answerability import Judge, judge
from qa.benchmark import Collection, passage_rows
from qa.evaluation import Examinee
from qa.questions import Question
from qa.service import Service
from ui.bootstrap import build_service, open_library
from ui.settings import Settings

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray


class KnownTexts:
    """An embedder that takes from a library what that has embedded already."""

    def __init__(self, library: Library) -> None:
        self._embedder: Embedder = library.embedder
        passages = library.indexed_passages()
        paragraphs = library.paragraphs_at(list({passage.paragraph for passage in passages}))
        self._vectors: dict[str, NDArray[numpy.float32]] = {}
        for passage in passages:
            text = paragraphs[passage.paragraph][1].text[passage.span.start : passage.span.end]
            self._vectors[text] = passage.vector

    @property
    def name(self) -> str:
        """See `Embedder.name`."""
        return self._embedder.name

    def embed_passages(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """See `Embedder.embed_passages`."""
        import numpy

        unknown = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        embedded = self._embedder.embed_passages(unknown)
        new = dict(zip(unknown, embedded, strict=True))
        rows = [new[text] if text in new else self._vectors[text] for text in texts]
        return numpy.stack(rows) if rows else embedded

    def embed_queries(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """See `Embedder.embed_queries`."""
        return self._embedder.embed_queries(texts)

    def windows(self, text: str) -> list[Span]:
        """See `Embedder.windows`."""
        return self._embedder.windows(text)


@contextmanager
def examinee(
    settings: Settings,
    collection: Collection,
    *,
    named: Path | None = None,
    distractors: Path | None = None,
    judge: Judge = judge,
    progress: Callable[[int, int], None],
) -> Iterator[Examinee]:
    """Give what a collection is asked of, and close it afterwards.

    Args:
        settings: say where libraries are kept and which model is taken.
        collection: what will be asked.
        named: the library for a collection without passages; by default as in `open_library`.
        distractors: passages that a cross-lingual collection is asked of as well as its own.
        judge: decides whether an answer is given.
        progress: called with the number of passages embedded so far and in all.

    Raises:
        InputError: a file of the collection cannot be used.
        LibraryError: a library cannot be made or opened.
    """
    with opened_library(
        settings, collection, named=named, distractors=distractors, progress=progress
    ) as library:
        if collection.is_closed and collection.passages is not None:
            with _closed_ask(settings, library, collection.passages, judge) as ask:
                yield Examinee(ask=ask, text_of=text_of(library))
        else:
            yield service_examinee(build_service(library, judge=judge))


@contextmanager
def opened_library(
    settings: Settings,
    collection: Collection,
    *,
    named: Path | None = None,
    distractors: Path | None = None,
    progress: Callable[[int, int], None],
) -> Iterator[Library]:
    """Open the library of a collection's passages, without its dropped documents.

    Its arguments and errors are those of `examinee`.
    """
    folder = named
    with tempfile.TemporaryDirectory() as work:
        if collection.passages is not None:
            added = [distractors] if distractors and collection.is_cross_lingual else []
            folder = collection_library(settings, [*added, collection.passages], progress=progress)
            if collection.dropped_documents:
                folder = Path(shutil.copytree(folder, Path(work) / "library"))
        library = open_library(settings, named=folder)
        try:
            for document in collection.dropped_documents:
                library.remove(document)
            yield library
        finally:
            library.close()


def service_examinee(service: Service) -> Examinee:
    """Return a service as it is examined."""
    return Examinee(ask=service.answer, text_of=text_of(service.library))


def text_of(library: Library) -> Callable[[str, str], str]:
    """Return what gives (document, label) its paragraph's text."""
    return lambda document, label: library.paragraph(document, label).text


def collection_library(
    settings: Settings, files: Sequence[Path], *, progress: Callable[[int, int], None]
) -> Path:
    """Return a library of some passage files, kept in the cache for the next evaluation.

    Each model and each version of the parser and of the library has one of its own. The library
    of all files but the last is made first and copied, so that no file is embedded twice. Of
    documents with the same id the one of the later file counts.
    """
    embedder = load_embedder(settings.model, cache_folder=settings.cache)
    digest = hashlib.sha256(embedder.name.encode())
    for path in files:
        digest.update(path.read_bytes())
    name = f"{digest.hexdigest()[:16]}-{PARSER_VERSION}-{SCHEMA_VERSION}"
    folder = settings.cache / "collections" / name
    if len(files) > 1 and not (folder / FILE_NAME).exists():
        base = collection_library(settings, files[:-1], progress=progress)
        folder.mkdir(parents=True, exist_ok=True)
        # Copied beside and renamed into place: an interruption leaves no half library.
        draft = folder / f".{FILE_NAME}.{os.getpid()}"
        shutil.copy(base / FILE_NAME, draft)
        draft.replace(folder / FILE_NAME)
    library = Library.create(folder, embedder=embedder, cache_folder=settings.cache)
    library.add(files[-1], progress=progress)
    library.close()
    return folder


@contextmanager
def _closed_ask(
    settings: Settings, library: Library, passages: Path, judge: Judge
) -> Iterator[Callable[[Question], Answer]]:
    """Give what asks each question of its `candidates` and nothing else.

    One small library is filled anew for each set of candidates, so that what a service has loaded
    stays loaded; the vectors come from `library`.
    """
    rows = passage_rows(passages)
    with tempfile.TemporaryDirectory() as work:
        small = Library.create(
            Path(work), embedder=KnownTexts(library), cache_folder=settings.cache
        )
        service = build_service(small, judge=judge)
        held: list[str] = []

        def ask(question: Question) -> Answer:
            nonlocal held
            wanted = _candidates(question, rows.keys())
            if wanted != held:
                for summary in small.documents():
                    small.remove(summary.document)
                held = []
                if wanted:
                    chosen = Path(work) / "candidates.jsonl"
                    chosen.write_text("\n".join(rows[name] for name in wanted), encoding="utf-8")
                    small.add(chosen)
                held = wanted
            return service.answer(question)

        try:
            yield ask
        finally:
            small.close()


def _candidates(question: Question, known: Set[str]) -> list[str]:
    given = question.input.get("candidates")
    if not isinstance(given, list) or not all(name in known for name in given):
        raise InputError(
            f"question {question.id} has the candidates {json.dumps(given, ensure_ascii=False)}, "
            "expected a list of ids of its passage file; correct the question file"
        )
    return list(dict.fromkeys(given))
