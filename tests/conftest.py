"""What every test shares: the real model, prepared once, and the bundled report."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.embedder import Embedder, load_embedder
from index.library import Library
from qa.evaluation import Evaluation, Examinee, evaluate
from qa.service import Service
from ui.bootstrap import DEVELOPMENT_QUESTIONS, build_service
from ui.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent
REPORT_FILE = ROOT / "data" / "reports" / "CTOC-COP-2012-10" / "ctoc-cop-2012-10.zh.txt"
REPORT = "CTOC/COP/2012/10"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a data folder of the tests' own and the user's model cache."""
    data = tmp_path_factory.mktemp("data")
    return load_settings({"REPORT_QA_DATA": str(data)} | _cache())


@pytest.fixture(scope="session")
def environment(settings: Settings) -> dict[str, str]:
    """The environment for running the program as a process of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("REPORT_QA_")}
    return kept | {"REPORT_QA_DATA": str(settings.data), "REPORT_QA_CACHE": str(settings.cache)}


@pytest.fixture(scope="session")
def embedder(settings: Settings) -> Embedder:
    """The default model."""
    return load_embedder(None, cache_folder=settings.cache)


@pytest.fixture(scope="session")
def report_library(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, settings: Settings
) -> Iterator[Library]:
    """A library with the bundled report; for reading only."""
    library = Library.create(
        tmp_path_factory.mktemp("library"), embedder=embedder, cache_folder=settings.cache
    )
    library.add(REPORT_FILE)
    yield library
    library.close()


@pytest.fixture(scope="session")
def service(report_library: Library) -> Service:
    """The service over the bundled report; for reading only."""
    return build_service(report_library)


@pytest.fixture(scope="session")
def development(service: Service) -> Evaluation:
    """The development questions about the bundled report, all asked once."""
    return evaluate(
        DEVELOPMENT_QUESTIONS,
        Examinee(
            ask=service.answer,
            text_of=lambda document, label: service.library.paragraph(document, label).text,
        ),
    )


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder, settings: Settings) -> Iterator[Library]:
    """An empty library of the test's own."""
    made = Library.create(tmp_path / "library", embedder=embedder, cache_folder=settings.cache)
    yield made
    made.close()


def _cache() -> dict[str, str]:
    cache = os.environ.get("REPORT_QA_CACHE")
    return {"REPORT_QA_CACHE": cache} if cache else {}
