"""Pick the classes and put them together."""

import functools
import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from index.dense import FaissStore
from index.embedder import Embedder, load_embedder
from index.library import FILE_NAME, Library
from qa.alignment import Aligner
from qa.answerability import Judge, judge
from qa.composer import ExtractiveComposer
from qa.reader import Reader
from qa.reranker import Reranker
from qa.retriever import Retriever
from qa.service import Service
from ui.settings import Settings

logger = logging.getLogger(__name__)

_DATA = Path(__file__).resolve().parent.parent / "data"
BUNDLED_REPORTS = _DATA / "reports"
DEVELOPMENT_QUESTIONS = _DATA / "questions" / "ctoc-cop-2012-10.jsonl"
"""Questions with gold about the bundled report."""


def open_library(settings: Settings, *, named: Path | None, create: bool = False) -> Library:
    """Open the library that is named, else the one of the settings, else the user's own.

    The user's own library is made on its first use and holds the bundled reports from then on; a
    named one is made only with `create`.

    Raises:
        LibraryError: the library is not there or cannot be used.
    """
    embedder = load_embedder(settings.model, cache_folder=settings.cache)
    folder = named or settings.library
    if folder is not None:
        if create:
            return Library.create(
                folder, embedder=embedder, cache_folder=settings.cache, limits=settings.limits
            )
        return Library(
            folder, embedder=embedder, cache_folder=settings.cache, limits=settings.limits
        )
    return _own_library(settings, embedder)


def build_service(library: Library, *, judge: Judge = judge) -> Service:
    """Return the service that answers from `library`; `judge` decides whether it does."""
    store = FaissStore(library)
    aligner = _aligner(library.cache_folder)
    return Service(
        library=library,
        retriever=Retriever(library, store=store),
        reranker=Reranker(library, aligner=aligner, reader=_reader(library.cache_folder)),
        composer=ExtractiveComposer(library, store=store),
        aligner=aligner,
        judge=judge,
    )


@functools.cache
def _reader(cache_folder: Path) -> Reader:
    """Return the one reader of this process; it belongs to no library."""
    return Reader(cache_folder=cache_folder)


@functools.cache
def _aligner(cache_folder: Path) -> Aligner:
    """Return the one aligner of this process."""
    return Aligner(cache_folder=cache_folder)


def rebuild_library(
    settings: Settings, *, named: Path | None, progress: Callable[[int, int], None]
) -> Library:
    """Read and embed every document of a library again, with the model of the settings.

    Raises:
        LibraryError: the library is not there or cannot be used.
    """
    return Library.rebuild(
        named or settings.library or own_library_folder(settings),
        embedder=load_embedder(settings.model, cache_folder=settings.cache),
        cache_folder=settings.cache,
        limits=settings.limits,
        progress=progress,
    )


def example_questions() -> list[str]:
    """Return the questions about the bundled report that the chat page offers."""
    path = _DATA / "questions" / "examples.txt"
    return path.read_text(encoding="utf-8").splitlines()


def bundled_documents(library: Library) -> list[str]:
    """Return the ids of the documents of a library that are bundled reports."""
    bundled = {hashlib.sha256(path.read_bytes()).hexdigest() for path in _bundled_files()}
    return [summary.document for summary in library.documents() if summary.sha256 in bundled]


def _bundled_files() -> list[Path]:
    return sorted(BUNDLED_REPORTS.glob("*/*.txt"))


def own_library_folder(settings: Settings) -> Path:
    """Return where the user's own library stands."""
    return settings.data / "library"


def _own_library(settings: Settings, embedder: Embedder) -> Library:
    folder = own_library_folder(settings)
    if not (folder / FILE_NAME).exists():
        logger.info("making the library in %s", folder)
    library = Library.create(
        folder, embedder=embedder, cache_folder=settings.cache, limits=settings.limits
    )
    if not library.is_marked_bundled():
        for path in _bundled_files():
            for added in library.add(path):
                logger.info("added %s: %s", added.document, added.summary)
        library.mark_bundled()
    return library
