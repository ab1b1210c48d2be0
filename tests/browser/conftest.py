"""A real server and a real browser."""

import json
import os
import shutil
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from index.embedder import Embedder
from index.library import Library
from qa.service import Service
from ui.api import create_app, serve
from ui.bootstrap import DEVELOPMENT_QUESTIONS, build_service, example_questions
from ui.settings import Settings

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
"""The browser of the system; None takes the one that Playwright installed."""
# Without these a browser of its own accord asks its maker's hosts for updates and lists.
OFFLINE_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
Theme = Literal["light", "dark"]
OWN_ADDRESSES = ("http://127.0.0.1:", "data:", "blob:")


@pytest.fixture(scope="session")
def server_url(service: Service, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a server over the bundled report; it ends with the test process."""
    return start(service, tmp_path_factory.mktemp("server"), example_questions())


@pytest.fixture(scope="session")
def hostile_text() -> str:
    """Markup of every kind that the page could take text for."""
    return (
        '<img src=x onerror="window.taken=1"><script>window.taken=2</script> '
        "${window.taken=3} {{4}} [x](javascript:window.taken=5) "
        "![y](http://elsewhere.example/y.png) **bold** $$z$$ \u202egnp.exe\u202c \u2066left\u200f"
    )


@pytest.fixture
def hostile_url(library: Library, tmp_path: Path, hostile_text: str) -> str:
    """Address of a server over a report whose every text tries to be markup."""
    row = {
        "doc_id": hostile_text,
        "passage_id": "1",
        "lang": "en",
        "title": hostile_text,
        "text": f"The committee met 12 times in Vienna. {hostile_text}",
    }
    path = tmp_path / "hostile.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    library.add(path)
    return start(build_service(library), tmp_path, [hostile_text])


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnServer:
    """A server whose library and data folder the tests of one file may change."""

    url: str
    library: Library
    data_folder: Path


@pytest.fixture(scope="module")
def own_server(
    report_library: Library,
    embedder: Embedder,
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[OwnServer]:
    """A server over a copy of the library with the bundled report."""
    data_folder = tmp_path_factory.mktemp("own")
    folder = Path(shutil.copytree(report_library.folder, data_folder / "library"))
    library = Library(folder, embedder=embedder, cache_folder=settings.cache)
    development = data_folder / "development.jsonl"
    lines = DEVELOPMENT_QUESTIONS.read_text(encoding="utf-8").splitlines()
    development.write_text("\n".join(lines[::8]), encoding="utf-8")
    url = start(build_service(library), data_folder, [], development=development)
    yield OwnServer(url=url, library=library, data_folder=data_folder)
    library.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, for all tests of the session."""
    with sync_playwright() as playwright:
        path = CHROMIUM or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.skip(f"there is no browser at {path}; set CHROMIUM to one")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OFFLINE_ARGUMENTS)
        yield browser
        browser.close()


class Opener(Protocol):
    """Opens an empty page in the light or dark theme, of a width, for a reader of a language."""

    def __call__(self, *, locale: str = ..., theme: Theme = ..., width: int = ...) -> Page: ...


@pytest.fixture(scope="session")
def contexts() -> dict[str, BrowserContext]:
    """The contexts of the browser by their language, kept for their caches."""
    return {}


@pytest.fixture
def opened(browser: Browser, contexts: dict[str, BrowserContext]) -> Iterator[Opener]:
    """Opens pages, which are closed when the test ends, and nothing stays of what they kept.

    Any request of theirs to another host than the server's fails the test.
    """
    requested: list[str] = []
    used: list[BrowserContext] = []

    def watch(request: Request) -> None:
        requested.append(request.url)

    def open_page(*, locale: str = "en-US", theme: Theme = "light", width: int = 1280) -> Page:
        if locale not in contexts:
            contexts[locale] = browser.new_context(locale=locale)
            contexts[locale].grant_permissions(["clipboard-read", "clipboard-write"])
        context = contexts[locale]
        if context not in used:
            used.append(context)
            context.on("request", watch)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 860})
        page.emulate_media(color_scheme=theme)
        return page

    yield open_page
    for context in used:
        context.remove_listener("request", watch)
        for page in context.pages:
            if page.url.startswith(OWN_ADDRESSES[0]):
                page.evaluate("localStorage.clear()")
            page.close()
        context.clear_cookies()
    assert [url for url in requested if not url.startswith(OWN_ADDRESSES)] == []


@pytest.fixture
def page(opened: Opener) -> Page:
    """An English page."""
    return opened()


def start(
    service: Service,
    data_folder: Path,
    examples: Sequence[str],
    *,
    development: Path = DEVELOPMENT_QUESTIONS,
) -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    app = create_app(service, data_folder=data_folder, examples=examples, development=development)
    threading.Thread(target=serve, args=(app, "127.0.0.1", port), daemon=True).start()
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health"):
                return url
        except OSError:
            assert time.monotonic() < deadline, f"no server at {url}"
            time.sleep(0.05)
