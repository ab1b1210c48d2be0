"""Votes on answers: kept, replaced, taken back, exported."""

import csv
import io
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa.service import Service
from ui.api import create_app

VOTE = {"id": "a1", "vote": "dislike", "note": "=1+1", "question": "谁？", "answer": "他 [1]"}


@pytest.fixture
def client(service: Service, tmp_path: Path) -> TestClient:
    return TestClient(create_app(service, data_folder=tmp_path), base_url="http://localhost")


def votes(client: TestClient) -> list[tuple[str, str, str]]:
    lines = client.get("/api/feedback").text.splitlines()
    return [(row["id"], row["vote"], row["note"]) for row in map(json.loads, lines)]


def test_the_latest_vote_on_an_answer_counts(client: TestClient) -> None:
    assert votes(client) == []
    assert client.post("/api/feedback", json=VOTE).status_code == 201
    client.post("/api/feedback", json=VOTE | {"id": "b2", "vote": "like", "note": ""})
    client.post("/api/feedback", json=VOTE | {"vote": "like"})
    assert votes(client) == [("b2", "like", ""), ("a1", "like", "=1+1")]


def test_a_vote_can_be_taken_back(client: TestClient) -> None:
    client.post("/api/feedback", json=VOTE)
    client.post("/api/feedback", json=VOTE | {"vote": "none"})
    assert votes(client) == []


def test_votes_are_kept_by_the_next_server(
    client: TestClient, service: Service, tmp_path: Path
) -> None:
    client.post("/api/feedback", json=VOTE)
    later = TestClient(create_app(service, data_folder=tmp_path), base_url="http://localhost")
    assert votes(later) == [("a1", "dislike", "=1+1")]


def test_a_spreadsheet_takes_no_note_for_a_formula(client: TestClient) -> None:
    client.post("/api/feedback", json=VOTE)
    content = client.get("/api/feedback?format=csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert row["note"] == "'=1+1"
    assert (row["vote"], row["question"], row["answer"]) == ("dislike", "谁？", "他 [1]")


@pytest.mark.parametrize(
    "change", [{"vote": "perhaps"}, {"id": ""}, {"note": "x" * 2001}, {"more": 1}]
)
def test_what_is_no_vote_is_refused(client: TestClient, change: dict[str, object]) -> None:
    assert client.post("/api/feedback", json=VOTE | change).status_code == 422
    assert votes(client) == []
