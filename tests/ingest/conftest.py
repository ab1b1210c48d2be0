"""Files in every format, written from code."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def files() -> ModuleType:
    """The module `tests/ingest/files.py`, which writes reports in every format."""
    spec = importlib.util.spec_from_file_location("files", Path(__file__).with_name("files.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
