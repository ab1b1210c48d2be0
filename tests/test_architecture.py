"""The house: who may import whom, and who owns which library."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "index", "qa", "ui")
OWNERS = {
    "faiss": {"index/dense.py"},
    "jieba": {"index/lexical.py"},
    "sqlite3": {"index/library.py"},
    "onnx": {"index/onnx_graph.py"},
    "onnxruntime": {"index/onnx_graph.py", "index/token_network.py"},
    "torch": {
        "index/default_model.py",
        "index/onnx_graph.py",
        "qa/training/train.py",
        "qa/training/export.py",
    },
    "transformers": {"index/default_model.py", "qa/training/train.py"},
    "sentence_transformers": {"index/embedder.py"},
    "gradio": {"ui/chat.py"},
    "fastapi": {"ui/api.py", "ui/chat.py"},
    "click": {"ui/cli.py"},
    "docx": {"qa/answer_document.py"},
    "openpyxl": {"qa/questions.py", "qa/answer_files.py"},
    "matplotlib": {"qa/eval_report.py"},
    "pypdfium2": {"ingest/readers/pdf_page.py"},
    "pypinyin": {"index/spelling.py"},
    "markdown_it": {"ingest/readers/markdown.py"},
    "mdit_py_plugins": {"ingest/readers/markdown.py"},
    "lxml": {
        "ingest/readers/docx.py",
        "ingest/readers/html.py",
        "ingest/readers/word_lists.py",
        "ingest/readers/word_package.py",
    },
    "babel": {"qa/spans.py", "index/known_names.py"},
}
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    own = PACKAGES.index(path.relative_to(ROOT).parts[0])
    above = set(PACKAGES[own + 1 :])
    assert not {name for name in _imports(path) if name.split(".")[0] in above}


@pytest.mark.parametrize("library", OWNERS)
def test_a_heavy_library_is_imported_by_its_owner_only(library: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if library in {name.split(".")[0] for name in _imports(path)}
    }
    assert users == OWNERS[library]


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    heavy = (
        "faiss numpy jieba onnxruntime torch gradio fastapi openpyxl docx matplotlib babel opencc "
        "pypinyin lxml markdown_it pypdfium2"
    )
    code = (
        "import sys, ui.cli, ui.bootstrap, qa.service, qa.batch, qa.evaluation, ui.render; "
        f"print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_no_package_marker_under_tests() -> None:
    """A tests/ingest/__init__.py would shadow the real package."""
    assert not list((ROOT / "tests").rglob("__init__.py"))
