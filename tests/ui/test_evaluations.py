"""The evaluation that runs beside the server."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.library import Library
from qa.evaluation_store import kept_evaluations
from qa.service import Service
from ui.api import create_app
from ui.bootstrap import DEVELOPMENT_QUESTIONS, build_service


@pytest.fixture(scope="module")
def development(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the development questions."""
    path = tmp_path_factory.mktemp("development") / "few.jsonl"
    lines = DEVELOPMENT_QUESTIONS.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:4]), encoding="utf-8")
    return path


@pytest.fixture
def client(service: Service, tmp_path: Path, development: Path) -> Iterator[TestClient]:
    app = create_app(service, data_folder=tmp_path, development=development)
    with TestClient(app) as client:
        yield client


def test_a_run_is_followed_to_its_end_and_its_result_is_kept(
    client: TestClient, tmp_path: Path
) -> None:
    assert client.get("/api/evaluation").json()["state"] == "idle"
    started = client.post("/api/evaluation")
    assert (started.status_code, started.json()["state"]) == (202, "running")
    deadline = time.monotonic() + 60
    while (run := client.get("/api/evaluation").json())["state"] == "running":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert run == {"state": "done", "done": 4, "total": 4, "remaining_seconds": None, "error": None}
    (kept,) = kept_evaluations(tmp_path / "evaluations")
    assert (kept.evaluation.name, len(kept.evaluation.questions)) == ("few.jsonl", 4)


def test_a_library_without_the_bundled_report_is_told_so(
    library: Library, tmp_path: Path, development: Path
) -> None:
    app = create_app(build_service(library), data_folder=tmp_path, development=development)
    with TestClient(app) as client:
        refused = client.post("/api/evaluation")
        assert (refused.status_code, "bundled report" in refused.json()["detail"]) == (400, True)
        assert client.get("/api/evaluation").json()["state"] == "idle"


def test_a_server_that_closes_waits_for_no_evaluation(service: Service, tmp_path: Path) -> None:
    with TestClient(create_app(service, data_folder=tmp_path)) as client:
        client.post("/api/evaluation")
        started = time.monotonic()
    assert time.monotonic() - started < 5
    assert kept_evaluations(tmp_path / "evaluations") == []
