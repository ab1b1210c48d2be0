"""The web door over the real service and the bundled report."""

import io
import json
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from reportlab.pdfgen.canvas import Canvas

from index.library import Library
from ingest.errors import InputError
from qa.record import to_record
from qa.service import Service
from ui import api
from ui.bootstrap import build_service

REPORT = "CTOC/COP/2012/10"
QUESTION = "2011年，集装箱管制方案各参加国缉获了多少公斤可卡因？"


@pytest.fixture(scope="module")
def client(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = api.create_app(service, data_folder=tmp_path_factory.mktemp("data"))
    with TestClient(app) as client:
        yield client


@pytest.fixture
def own_client(library: Library, tmp_path: Path) -> Iterator[TestClient]:
    """A server over an empty library that the test may change."""
    app = api.create_app(build_service(library), data_folder=tmp_path / "data")
    with TestClient(app) as client:
        yield client


class Page(HTMLParser):
    """Collects the anchors and links of a page, and the text of its headings and marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.texts: dict[str, list[str]] = {"h2": [], "mark": [], "p": []}
        self._tag = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        if tag in self.texts:
            self.texts[tag].append("")
        self.links += [value for name, value in attrs if name == "href" and value]
        self.anchors += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag in self.texts:
            self.texts[self._tag][-1] += data


def finished(client: TestClient, job: str) -> dict[str, object]:
    """Wait until a job has ended and return its state."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        state: dict[str, object] = client.get(f"/api/batch/{job}").json()
        if state["state"] not in ("queued", "running"):
            return state
        time.sleep(0.05)
    raise AssertionError(f"job {job} did not end: {state}")


def test_health_tells_how_many_documents_there_are(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "document_count": 1}


def test_ask_gives_the_services_own_record(client: TestClient, service: Service) -> None:
    asked = {"id": "q7", "question": QUESTION, "documents": [REPORT], "top_k": 3}
    response = client.post("/api/ask", json=asked)
    assert response.status_code == 200
    expected = to_record(service.ask(QUESTION, id="q7", documents=[REPORT], top_k=3))
    given = response.json()
    assert given | {"seconds": 0} == json.loads(json.dumps(expected)) | {"seconds": 0}
    assert len(given["passages"]) == 3


def test_ask_reads_a_follow_up_with_the_earlier_questions(
    client: TestClient, service: Service
) -> None:
    follow_up = {"question": "那海洛因呢？", "context": [QUESTION]}
    given = client.post("/api/ask", json=follow_up).json()
    expected = service.ask("那海洛因呢？", context=[QUESTION])
    assert given["answer"] == expected.answer


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"question": ""}, 400, "question"),
        ({"question": "长" * 2001}, 400, "2,000"),
        ({"question": "x", "top_k": 0}, 400, "100"),
        ({"question": "x", "documents": ["A/1"]}, 404, "A/1"),
        ({"question": 7}, 422, "body.question"),
        ({"query": "x"}, 422, "body.question: Field required"),
        ({"question": "x", "document": "A/1"}, 422, "body.document"),
        ([], 422, "body"),
    ],
)
def test_a_bad_question_is_refused_in_one_line(
    client: TestClient, body: object, status: int, said: str
) -> None:
    response = client.post("/api/ask", json=body)
    assert response.status_code == status
    detail = response.json()["detail"]
    assert said in detail
    assert "\n" not in detail


def test_invalid_json_is_refused_in_one_line(client: TestClient) -> None:
    response = client.post("/api/ask", content=b"{", headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert isinstance(response.json()["detail"], str)


@pytest.mark.parametrize("written", [quote(REPORT, safe=""), REPORT])
def test_a_documents_id_may_be_written_with_or_without_escapes(
    client: TestClient, service: Service, written: str
) -> None:
    record = client.get(f"/api/documents/{written}").json()
    assert record["document"] == REPORT
    stored = service.library.document(REPORT)
    assert [paragraph["text"] for paragraph in record["paragraphs"]] == [
        paragraph.text for paragraph in stored.paragraphs
    ]
    assert len(record["paragraphs"]) == 73
    one = client.get(f"/api/documents/{written}/paragraphs/{quote('25(a)', safe='')}").json()
    assert one == next(p for p in record["paragraphs"] if p["paragraph"] == "25(a)")


def test_every_label_of_a_document_is_its_own_address(client: TestClient) -> None:
    record = client.get(f"/api/documents/{REPORT}").json()
    for listed in [*record["paragraphs"], *record["front_matter"], *record["footnotes"]]:
        label = quote(listed["paragraph"], safe="")
        assert client.get(f"/api/documents/{REPORT}/paragraphs/{label}").json() == listed


@pytest.mark.parametrize("path", ["documents/A/1", f"documents/{REPORT}/paragraphs/99", "batch/x"])
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    response = client.get(f"/api/{path}")
    assert response.status_code == 404
    assert isinstance(response.json()["detail"], str)


def test_documents_are_listed_without_their_paragraphs(client: TestClient) -> None:
    (listed,) = client.get("/api/documents").json()
    assert (listed["document"], listed["paragraph_count"]) == (REPORT, 73)
    assert "paragraphs" not in listed


def test_a_document_is_added_shown_and_removed(own_client: TestClient) -> None:
    text = "报告\n\n1. 第一段说明了背景。\n\n2. 第二段列出了结论。\n"
    added = own_client.post(
        "/api/documents",
        files={"file": ("../../etc/年度 报告.txt", text.encode())},
        data={"symbol": "A/67/305", "title": "年度报告"},
    )
    assert added.status_code == 201
    assert [(one["document"], one["change"]) for one in added.json()] == [("A/67/305", "added")]
    record = own_client.get("/api/documents/A/67/305").json()
    assert (record["source"], record["title"]) == ("年度 报告.txt", "年度报告")
    assert [paragraph["paragraph"] for paragraph in record["paragraphs"]] == ["1", "2"]
    assert own_client.delete("/api/documents/A%2F67%2F305").status_code == 204
    assert own_client.get("/api/documents").json() == []
    assert own_client.delete("/api/documents/A%2F67%2F305").status_code == 404


def test_a_document_is_renamed_and_keeps_its_address(own_client: TestClient) -> None:
    upload = {"file": ("r.txt", b"1. One.\n\n2. Two.\n")}
    own_client.post("/api/documents", files=upload, data={"symbol": "A/67/305"})
    renamed = own_client.patch("/api/documents/A%2F67%2F305", json={"title": "A new <title>"})
    assert (renamed.status_code, renamed.json()["document"]) == (200, "A/67/305")
    assert own_client.get("/api/documents/A/67/305").json()["title"] == "A new <title>"
    empty = own_client.patch("/api/documents/A/67/305", json={"title": " "})
    assert (empty.status_code, "expected 1 to" in empty.json()["detail"]) == (400, True)
    assert own_client.patch("/api/documents/A/9", json={"title": "T"}).status_code == 404
    assert own_client.patch("/api/documents/A/67/305", json={"name": "T"}).status_code == 422


def test_editions_of_a_symbol_lead_to_the_same_paragraph_of_each_other(
    own_client: TestClient,
) -> None:
    editions = {
        "zh": "报告\n\n1. 第一段说明了背景。\n\n2. 第二段列出了结论。\n",
        "en": "A report\n\n1. The background.\n\n2. The findings:\n(a) The first one.\n",
    }
    for language, text in editions.items():
        upload = {"file": (f"r.{language}.txt", text.encode())}
        own_client.post("/api/documents", files=upload, data={"symbol": "A/1"})
    record = own_client.get("/api/documents/A/1@en").json()
    assert record["editions"] == [{"document": "A/1", "language": "zh", "link": "/documents/A%2F1"}]
    links = {one["paragraph"]: one["editions"] for one in record["paragraphs"]}
    assert {label: len(others) for label, others in links.items()} == {"1": 1, "2": 1, "2(a)": 0}
    one = own_client.get("/api/documents/A/1/paragraphs/2").json()
    link = "/documents/A%2F1%40en#2"
    assert one["editions"] == [{"document": "A/1@en", "language": "en", "link": link}]
    page = own_client.get("/documents/A/1").text
    assert f'<a href="{link}" hreflang="en">English</a>' in page
    assert "Same paragraph in" in page
    own_client.delete("/api/documents/A/1@en")
    assert own_client.get("/api/documents/A/1/paragraphs/2").json()["editions"] == []
    assert "Same paragraph in" not in own_client.get("/documents/A/1").text


def test_every_document_of_a_passage_file_is_added(own_client: TestClient) -> None:
    rows = [
        {"doc_id": doc, "passage_id": "1", "lang": "en", "title": doc, "text": "Some text."}
        for doc in ("a", "b")
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    added = own_client.post("/api/documents", files={"file": ("set.jsonl", lines.encode())})
    assert [one["document"] for one in added.json()] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("..", b"text"), ("x" * 300 + ".txt", b"text"), ("report.xyz", b"text"), ("r.txt", b"")],
    ids=["no name", "name too long", "unknown suffix", "empty"],
)
def test_a_file_that_is_no_report_is_refused_in_one_line(
    own_client: TestClient, name: str, content: bytes
) -> None:
    response = own_client.post("/api/documents", files={"file": (name, content)})
    assert response.status_code == 400
    assert "\n" not in response.json()["detail"]
    assert own_client.get("/api/documents").json() == []


def test_a_request_over_the_limit_is_413_with_its_length_told_or_not(
    own_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "UPLOAD_LIMIT_BYTES", 1000)
    told = own_client.post("/api/documents", files={"file": ("r.txt", b"x" * 2000)})
    untold = own_client.post(
        "/api/ask",
        content=iter([b"x" * 600, b"x" * 600]),
        headers={"content-type": "application/json"},
    )
    assert (told.status_code, untold.status_code) == (413, 413)
    assert "1000 bytes" in told.json()["detail"]


def test_a_page_of_another_site_may_read_nothing_into_the_library(own_client: TestClient) -> None:
    upload = {"file": ("r.txt", "1. 段落。\n".encode())}
    other = own_client.post(
        "/api/documents", files=upload, headers={"origin": "http://elsewhere.example"}
    )
    own = own_client.post("/api/documents", files=upload, headers={"origin": "http://testserver"})
    assert (other.status_code, own.status_code) == (403, 201)


def test_a_batch_gives_the_same_answers_in_every_format(
    client: TestClient, service: Service
) -> None:
    questions = f"id,question,note\na,{QUESTION},n1\nb,,n2\nc,第99段说什么？,n3\n"
    added = client.post("/api/batch", files={"file": ("q.csv", questions.encode())})
    assert added.status_code == 202
    assert (added.json()["state"], added.json()["total"]) == ("queued", 3)
    job = added.json()["job"]
    state = finished(client, job)
    assert {name: state[name] for name in ("state", "done", "total", "failed", "error")} == {
        "state": "done",
        "done": 3,
        "total": 3,
        "failed": 1,
        "error": None,
    }

    def answers(format: str) -> bytes:
        return client.get(f"/api/batch/{job}/answers", params={"format": format}).content

    records = [json.loads(line) for line in answers("jsonl").decode().splitlines()]
    assert [(one["id"], one["status"], one["input"]) for one in records] == [
        ("a", "answered", {"note": "n1"}),
        ("b", "error", {"note": "n2"}),
        ("c", "not_found", {"note": "n3"}),
    ]
    assert records[0]["answer"] == service.ask(QUESTION).answer
    assert answers("csv").startswith(b"\xef\xbb\xbfid,question,status,answer,")
    sheet = load_workbook(io.BytesIO(answers("xlsx"))).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["id", "a", "b", "c"]
    assert answers("md").decode().startswith("## a. ")
    assert client.get(f"/api/batch/{job}/answers?format=pdf").status_code == 422


def test_a_job_keeps_what_it_was_made_from_and_asks_its_documents_alone(
    own_client: TestClient,
) -> None:
    for symbol, item in (("A/1", "roads"), ("A/2", "bridges")):
        text = f"A report\n\n1. The Committee built {item} in Vienna.\n\n2. It thanked all.\n"
        upload = {"file": (f"{item}.txt", text.encode())}
        assert own_client.post("/api/documents", files=upload, data={"symbol": symbol}).is_success
    upload = {"file": ("to ask.csv", b"Question;id\nWhat does paragraph 1 say?;q\n")}
    unknown = own_client.post("/api/batch", files=upload, data={"documents": ["A/1", "A/9"]})
    assert (unknown.status_code, own_client.get("/api/batch").json()) == (404, [])
    jobs = [
        own_client.post("/api/batch", files=upload, data={"documents": documents}).json()
        for documents in ([], ["A/2"])
    ]
    kept = ("file", "sheet", "column", "documents")
    assert [jobs[1][name] for name in kept] == ["to ask.csv", None, "Question", ["A/2"]]
    finished(own_client, jobs[1]["job"])
    listed = own_client.get("/api/batch").json()
    assert [one["job"] for one in listed] == [jobs[1]["job"], jobs[0]["job"]]
    (answer,) = own_client.get(f"/api/batch/{jobs[1]['job']}/review").json()["answers"]
    assert {citation["document"] for citation in answer["citations"]} == {"A/2"}


def test_a_preview_reads_the_file_as_a_job_would_and_makes_none(client: TestClient) -> None:
    before = client.get("/api/batch").json()
    content = "ID,Question,document,context\n" + "".join(
        f'a{number},"What, {number}?",A/1,Who?\n' for number in range(10)
    )
    preview = client.post(
        "/api/batch/preview", files={"file": ("q.csv", f"{content}b,,,\n".encode())}
    ).json()
    rows = preview.pop("rows")
    assert preview == {
        "file": "q.csv",
        "sheet": None,
        "column": "Question",
        "question_count": 11,
        "failed_count": 1,
    }
    assert len(rows) == 10
    assert rows[3] == {
        "id": "a3",
        "question": "What, 3?",
        "documents": ["A/1"],
        "context": ["Who?"],
        "error": None,
    }
    bad = client.post("/api/batch/preview", files={"file": ("q.jsonl", b'{"id": "b"}')}).json()
    assert bad["rows"][0]["error"] == "the question is missing or empty"
    refused = client.post("/api/batch/preview", files={"file": ("q.csv", b"a,b\n1,2\n")})
    assert refused.status_code == 400
    assert "the columns found are: a, b" in refused.json()["detail"]
    assert client.get("/api/batch").json() == before


def test_answers_are_looked_through_by_kind_and_removed_with_their_job(
    client: TestClient,
) -> None:
    questions = f"{QUESTION}\n第99段说什么？\n第98段说什么？\n"
    job = client.post("/api/batch", files={"file": ("q.txt", questions.encode())}).json()["job"]
    finished(client, job)
    page = client.get(
        f"/api/batch/{job}/review", params={"kind": "refused", "first": 1, "count": 5}
    ).json()
    assert page["counts"] == {"all": 3, "refused": 2, "unsure": 0, "failed": 0}
    assert (page["first"], [one["id"] for one in page["answers"]]) == (1, ["3"])
    assert client.get(f"/api/batch/{job}/review?kind=other").status_code == 422
    resumed = client.post(f"/api/batch/{job}/resume")
    assert (resumed.status_code, "nothing to resume" in resumed.json()["detail"]) == (400, True)
    assert client.post(f"/api/batch/{job}/stop").json()["state"] == "done"
    assert client.delete(f"/api/batch/{job}").status_code == 204
    assert client.get(f"/api/batch/{job}").status_code == 404
    assert job not in [one["job"] for one in client.get("/api/batch").json()]


def test_a_question_file_that_cannot_be_read_becomes_no_job(client: TestClient) -> None:
    response = client.post("/api/batch", files={"file": ("q.csv", b"a,b\n1,2\n")})
    assert response.status_code == 400
    assert "question" in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "name", "content"),
    [
        ("/api/batch", "questions.csv", b"text\n1\n"),
        ("/api/batch", "questions.txt", b""),
        ("/api/batch", "questions.xlsx", b"PK"),
        ("/api/batch", "questions.jsonl.gz", b"\x1f\x8b"),
        ("/api/documents", "report.pdf", b"%PDF"),
    ],
)
def test_an_upload_that_cannot_be_read_is_called_by_its_name_alone(
    client: TestClient, path: str, name: str, content: bytes
) -> None:
    response = client.post(path, files={"file": (name, content)})
    assert response.status_code == 400
    said = response.json()["detail"]
    assert name in said
    assert f"/{name}" not in said


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/ask", {"POST"}),
        ("PUT", "/api/documents", {"GET", "POST"}),
        ("POST", "/api/documents/A/1", {"GET", "PATCH", "DELETE"}),
        ("PATCH", "/api/batch/x", {"GET", "DELETE"}),
        ("DELETE", "/health", {"GET"}),
    ],
)
def test_a_method_that_an_address_does_not_take_is_405_with_those_it_takes(
    client: TestClient, method: str, path: str, allowed: set[str]
) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert method in response.json()["detail"]
    assert set(response.headers["Allow"].split(", ")) == allowed


def test_an_address_that_the_api_does_not_have_is_404_and_not_the_chat_page(
    client: TestClient,
) -> None:
    response = client.get("/api/answers")
    assert response.status_code == 404
    assert "/api/answers" in response.json()["detail"]


def test_the_readers_page_has_one_anchor_for_every_label(
    client: TestClient, service: Service
) -> None:
    page = Page(client.get(f"/documents/{quote(REPORT, safe='')}").text)
    stored = service.library.document(REPORT)
    everything = [*stored.front_matter, *stored.paragraphs, *stored.tables, *stored.footnotes]
    anchors = [anchor for anchor in page.anchors if not anchor.startswith("frame-")]
    assert anchors == [paragraph.label for paragraph in everything]
    sections = dict.fromkeys(paragraph.section[0] for paragraph in stored.paragraphs)
    assert page.texts["h2"] == list(sections)


def test_a_citations_quote_is_marked_on_the_readers_page(client: TestClient) -> None:
    citation = client.post("/api/ask", json={"question": QUESTION}).json()["citations"][0]
    assert client.get(citation["link"]).status_code == 200
    query = {
        "paragraph": citation["paragraph"],
        "quote": f"{citation['start']}-{citation['end']}",
    }
    page = Page(client.get(f"/documents/{REPORT}", params=query).text)
    assert page.texts["mark"] == [citation["quote"]]


@pytest.mark.parametrize("span", ["5", "9-5", "0-99999", "a-b", "-1-5"])
def test_a_quote_that_is_none_marks_nothing(client: TestClient, span: str) -> None:
    response = client.get(f"/documents/{REPORT}", params={"paragraph": "29", "quote": span})
    assert response.status_code == 200
    assert [text for text in Page(response.text).texts["mark"] if text] == []


def test_hostile_text_in_a_report_stays_text_on_the_readers_page(own_client: TestClient) -> None:
    hostile = '<script>alert(1)</script> & "quoted" <b>bold</b>'
    row = {"doc_id": "<i>", "passage_id": "1", "lang": "en", "title": hostile, "text": hostile}
    own_client.post("/api/documents", files={"file": ("x.jsonl", json.dumps(row).encode())})
    for path in ("/documents", "/documents/%3Ci%3E"):
        response = own_client.get(path)
        assert "<script>" not in response.text
        assert "<b>" not in response.text
        assert "&lt;script&gt;" in response.text
        assert "default-src 'none'" in response.headers["content-security-policy"]
    assert hostile in Page(own_client.get("/documents/%3Ci%3E").text).texts["p"]


def test_what_looked_odd_in_a_report_stands_on_its_page(own_client: TestClient) -> None:
    text = "A report\n\n1. One.\n\n2. Two:\n(a) First.\n\n4. Four.\n"
    (added,) = own_client.post("/api/documents", files={"file": ("r.txt", text.encode())}).json()
    record = own_client.get("/api/documents/r").json()
    assert added["findings"] == record["findings"] and len(record["findings"]) == 1
    page = own_client.get("/documents/r").text
    assert f'<li class="finding">{record["findings"][0]}</li>' in page
    assert "<li>paragraphs: 3</li>" in page
    assert "<li>sub items: 1</li>" in page


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "年度; 'report'.html",
            "<html><body><p>1. One.</p><script>alert(1)</script></body></html>",
        ),
        ("r.txt", "\ufeff1. One.\r\n\r\n2. Two.\r\n"),
    ],
)
def test_the_original_is_a_download_and_never_a_page(
    own_client: TestClient, name: str, text: str
) -> None:
    content = text.encode()
    upload = {"file": (name, content)}
    own_client.post("/api/documents", files=upload, data={"symbol": "A/1"})
    page = Page(own_client.get("/documents/A/1").text)
    (link,) = [path for path in page.links if path.endswith("/original")]
    assert own_client.get(f"{link}?view=true").headers["content-type"] == "application/octet-stream"
    response = own_client.get(link)
    assert (response.status_code, response.content) == (200, content)
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"
    kind, _, told = response.headers["content-disposition"].partition("; filename*=UTF-8''")
    assert (kind, unquote(told)) == ("attachment", name)
    assert own_client.get("/api/documents/A/2/original").status_code == 404


def test_a_pdf_file_can_be_viewed_in_its_place(own_client: TestClient) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 700, "1. The committee met twelve times in the course of the year.")
    canvas.save()
    upload = {"file": ("r.pdf", buffer.getvalue())}
    assert own_client.post("/api/documents", files=upload, data={"symbol": "A/1"}).is_success
    viewed = own_client.get("/api/documents/A/1/original?view=true")
    assert viewed.content == buffer.getvalue()
    assert viewed.headers["content-type"] == "application/pdf"
    assert viewed.headers["content-disposition"] == "inline"
    saved = own_client.get("/api/documents/A/1/original")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert "/api/documents/A%2F1/original?view=true" in own_client.get("/documents/A/1").text


def test_a_citation_comes_in_every_form_with_the_address_of_this_server(
    client: TestClient, service: Service
) -> None:
    forms = client.get(
        "/api/documents/CTOC/COP/2012/10/citations/29?quote=97-166",
        headers={"Accept-Language": "fr"},
    ).json()
    assert list(forms) == ["un", "plain", "markdown", "bibtex"]
    assert forms["un"] == "CTOC/COP/2012/10, par. 29."
    quote_said = service.library.paragraph(REPORT, "29").text[97:166]
    assert forms["plain"].startswith(f"“{quote_said}” ")
    address = "http://testserver/documents/CTOC%2FCOP%2F2012%2F10?paragraph=29&quote=97-166#29"
    assert all(address in forms[name] for name in ("plain", "markdown", "bibtex"))
    assert "  number = {CTOC/COP/2012/10}," in forms["bibtex"]
    for missing in ("CTOC/COP/2012/10/citations/99", "A/9/citations/1"):
        assert client.get(f"/api/documents/{missing}").status_code == 404


def test_a_page_of_an_unknown_document_says_so_in_html(client: TestClient) -> None:
    response = client.get("/documents/A/1")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "A/1" in response.text


def test_the_documentation_loads_nothing_from_other_hosts(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "http://" not in page
    assert "https://" not in page
    assert client.get("/static-offline-docs/swagger-ui-bundle.js").status_code == 200
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/batch", "/api/batch/{job}/answers", "/health"} <= paths.keys()


def test_a_port_in_use_is_one_clear_error_before_the_start(client: TestClient) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port}.*--port"):
            api.serve(client.app, "127.0.0.1", port)  # type: ignore[arg-type]
