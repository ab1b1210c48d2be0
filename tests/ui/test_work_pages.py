"""The pages library, question files and quality as the server renders them."""

import re
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from qa.evaluation import Examinee, evaluate
from qa.evaluation_store import KeptEvaluation, keep_evaluation
from qa.service import Service
from ui.api import create_app
from ui.bootstrap import DEVELOPMENT_QUESTIONS
from ui.frame import asset, asset_content
from ui.languages import LANGUAGES, texts

PAGES = {"/documents": "library", "/questions": "questions", "/quality": "quality"}


@pytest.fixture(scope="module")
def client(service: Service, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A server with an evaluation of four questions."""
    data_folder = tmp_path_factory.mktemp("data")
    library = service.library
    examinee = Examinee(
        ask=service.answer,
        text_of=lambda document, label: library.paragraph(document, label).text,
    )
    evaluation = evaluate(DEVELOPMENT_QUESTIONS, examinee, limit=4)
    kept = KeptEvaluation(finished=datetime.now(UTC), evaluation=evaluation)
    keep_evaluation(kept, data_folder / "evaluations")
    return TestClient(create_app(service, data_folder=data_folder), base_url="http://localhost")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_in_every_language(client: TestClient, path: str, language: str) -> None:
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert f'src="{asset(f"{PAGES[path]}.js")}"' in answer.text
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<style|\son\w+=|\sstyle=", answer.text)


@pytest.mark.parametrize("name", [*PAGES.values(), "page"])
def test_a_script_says_only_what_its_page_brings(name: str) -> None:
    script = asset_content(f"{name}.js")[0].decode()
    said = re.findall(r'say\(\s*"([^"]+)"', script)
    assert said
    for key in said:
        assert key in texts("en")
        assert key.startswith((f"{name}.", "page."))


def test_what_a_script_imports_is_asked_for_anew(client: TestClient) -> None:
    imported = client.get("/site/page.js")
    assert (imported.status_code, imported.headers["cache-control"]) == (200, "no-cache")


def test_no_script_writes_markup() -> None:
    for name in (*PAGES.values(), "page"):
        script = asset_content(f"{name}.js")[0].decode()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", script)
