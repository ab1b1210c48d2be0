"""Pick the classes and put them together."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from index.dense import FaissStore
from index.embedder import Embedder, load_embedder
from index.library import FILE_NAME, Library
from ingest.read import PARSER_VERSION
from qa.composer import ExtractiveComposer
from qa.retriever import Retriever
from qa.service import Service
from ui.settings import Settings

logger = logging.getLogger(__name__)

BUNDLED_REPORTS = Path(__file__).resolve().parent.parent / "data" / "reports"


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
            return Library.create(folder, embedder=embedder, cache_folder=settings.cache)
        return Library(folder, embedder=embedder, cache_folder=settings.cache)
    return _own_library(settings, embedder)


def build_service(library: Library) -> Service:
    """Return the service that answers from `library`."""
    store = FaissStore(library)
    return Service(
        library=library,
        retriever=Retriever(library, store=store),
        composer=ExtractiveComposer(library, store=store),
    )


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
        progress=progress,
    )


def collection_library(
    settings: Settings, passages: Path, *, progress: Callable[[int, int], None]
) -> Path:
    """Return a library of a passage file, kept in the cache for the next evaluation.

    Each model and each version of the parser has one of its own.
    """
    embedder = load_embedder(settings.model, cache_folder=settings.cache)
    name = hashlib.sha256(embedder.name.encode() + passages.read_bytes()).hexdigest()[:16]
    folder = settings.cache / "collections" / f"{name}-{PARSER_VERSION}"
    library = Library.create(folder, embedder=embedder, cache_folder=settings.cache)
    library.add(passages, progress=progress)
    library.close()
    return folder


def example_questions() -> list[str]:
    """Return the questions about the bundled report that the chat page offers."""
    path = BUNDLED_REPORTS.parent / "questions" / "examples.txt"
    return path.read_text(encoding="utf-8").splitlines()


def own_library_folder(settings: Settings) -> Path:
    """Return where the user's own library stands."""
    return settings.data / "library"


def _own_library(settings: Settings, embedder: Embedder) -> Library:
    folder = own_library_folder(settings)
    if not (folder / FILE_NAME).exists():
        logger.info("making the library in %s", folder)
    library = Library.create(folder, embedder=embedder, cache_folder=settings.cache)
    if not library.is_marked_bundled():
        for path in sorted(BUNDLED_REPORTS.glob("*/*.txt")):
            for added in library.add(path):
                logger.info("added %s: %s", added.document, added.summary)
        library.mark_bundled()
    return library
