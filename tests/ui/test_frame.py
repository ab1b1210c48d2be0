"""The frame of every page, over the real application."""

import re

import pytest
from fastapi.testclient import TestClient

from qa.service import Service
from ui.api import create_app
from ui.frame import asset, asset_content, confined


@pytest.fixture
def client(service: Service, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(
        create_app(service, data_folder=tmp_path_factory.mktemp("data")),
        base_url="http://localhost",
    )


@pytest.mark.parametrize(
    ("language", "direction", "said"),
    [("zh", "ltr", "问题文件"), ("ar", "rtl", "ملفات الأسئلة"), ("fr", "ltr", "Interroger")],
)
def test_a_page_speaks_the_readers_language(
    client: TestClient, language: str, direction: str, said: str
) -> None:
    page = client.get("/documents", headers={"Accept-Language": language}).text
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert said in page
    assert re.search(r'<a href="/documents" aria-current="page">', page)


def test_a_chosen_language_stays(client: TestClient) -> None:
    answer = client.get("/language?language=ru&next=/documents%3Fa%3Db", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents?a=b")
    assert '<html lang="ru"' in client.get("/documents", headers={"Accept-Language": "fr"}).text


@pytest.mark.parametrize("elsewhere", ["//elsewhere.example", "/\\elsewhere.example", "http://x"])
def test_choosing_a_language_leads_to_no_other_host(client: TestClient, elsewhere: str) -> None:
    answer = client.get(
        "/language", params={"language": "ru", "next": elsewhere}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"


def test_an_unknown_language_is_not_kept(client: TestClient) -> None:
    answer = client.get("/language?language=tlh", follow_redirects=False)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("name", ["site.css", "reader.css", "frame.js", "icon.svg"])
def test_styles_and_scripts_are_kept_until_they_change(client: TestClient, name: str) -> None:
    answer = client.get(asset(name))
    assert answer.content == asset_content(name)[0]
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].split(";")[0] in (
        "text/css",
        "text/javascript",
        "image/svg+xml",
    )


@pytest.mark.parametrize("name", ["texts", "..%2Fapi.py", "none.css", "%2e%2e%2Fframe.py"])
def test_nothing_else_is_handed_out(client: TestClient, name: str) -> None:
    assert client.get(f"/site/{name}").status_code == 404


def test_a_page_runs_and_loads_only_what_is_the_servers_own(client: TestClient) -> None:
    answer = client.get("/documents")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]* src=\"/site/)|<style|\son\w+=|\sstyle=", answer.text)


def test_a_character_that_turns_text_is_shut_in_and_stays_where_it_was() -> None:
    assert confined("a\u202eb\u202c & \u2067c") == (
        "a<bdi>\u202e</bdi>b<bdi>\u202c</bdi> &amp; <bdi>\u2067</bdi>c"
    )
