"""The web door: REST API, reader's pages and, behind them, the chat page.

Every route calls the library or `Service.ask` and says the result; errors are ``{"detail": "…"}``
with one line.
"""

import logging
import re
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, File, Form, HTTPException, Query, Request, Response, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel, ConfigDict, Field
from starlette.routing import Match

from index.library import AddedDocument
from ingest.errors import InputError, NotFoundError, ReportQAError
from qa.answer import Answer
from qa.record import to_record
from qa.review import Kind, ReviewPage
from qa.service import QUESTION_LIMIT, Service
from ui.bootstrap import DEVELOPMENT_QUESTIONS, bundled_documents
from ui.chat import mount_chat
from ui.citation_forms import CitedPassage, citation_forms
from ui.evaluations import FOLDER_NAME, EvaluationRun, Evaluations
from ui.feedback import FEEDBACK_FORMATS, NOTE_LIMIT, Feedback, FeedbackFile, Vote
from ui.frame import asset_content
from ui.jobs import FORMATS, Job, Jobs
from ui.languages import COOKIE, LANGUAGES, chosen_language
from ui.pages import Quote, document_page, missing_page
from ui.records import (
    DocumentRecord,
    ParagraphRecord,
    QuestionFileRecord,
    SummaryRecord,
    document_record,
    paragraph_record,
    question_file_record,
    summary_record,
)
from ui.render import document_path
from ui.work_pages import library_page, quality_page, questions_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOAD_LIMIT_BYTES = 256 * 1024 * 1024
"""The largest request that is read; a benchmark collection has some 100 MB."""

_LOGGER = logging.getLogger(__name__)

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

# Only the server's own files style a page or run in it, whatever a document holds.
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
}
_YEAR_SECONDS = 365 * 24 * 3600


class AskRequest(BaseModel):
    """A question with the earlier ones of its conversation and the documents to look in."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(examples=["2011年缉获了多少公斤可卡因？"])
    id: str = "1"
    context: list[str] = Field(default=[], description="Earlier questions, oldest first.")
    documents: list[str] = Field(default=[], description="Document ids; none means all.")
    top_k: int = Field(default=10, description="How many passages to rank, 1 to 100.")


class FeedbackRequest(BaseModel):
    """What a reader thinks of an answer; a new vote on the same answer replaces the old one."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1, max_length=100, description="Of the answer.")
    vote: Vote
    note: str = Field(default="", max_length=NOTE_LIMIT)
    question: str = Field(max_length=QUESTION_LIMIT)
    answer: str = Field(default="", max_length=100_000)


class NewTitle(BaseModel):
    """Another title for a document."""

    model_config = ConfigDict(extra="forbid")

    title: str


class Health(BaseModel):
    """That the server answers, and what it holds."""

    status: Literal["ok"]
    document_count: int


def create_app(
    service: Service,
    *,
    data_folder: Path,
    examples: Sequence[str] = (),
    development: Path = DEVELOPMENT_QUESTIONS,
) -> FastAPI:
    """Return the web application.

    Args:
        service: answers the questions; its library is the one that is listed and changed.
        data_folder: where batch jobs and evaluations are kept; made when the first one comes.
        examples: questions about the bundled reports, which the chat page offers to begin with
            while the library holds one of them.
        development: questions with gold about the bundled report, which the quality page asks.
    """
    jobs = Jobs(data_folder / "jobs", service=service)
    evaluations = Evaluations(
        data_folder / FOLDER_NAME,
        service=service,
        questions=development,
        documents=lambda: bundled_documents(service.library),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        jobs.start()
        yield
        jobs.close()
        evaluations.close()

    app = FastAPIOffline(
        title="report-qa",
        description="Ask questions of official reports; answers cite numbered paragraphs verbatim.",
        redoc_url=None,
        # Swagger UI would have a public service check the schema.
        swagger_ui_parameters={"validatorUrl": None},
        lifespan=lifespan,
    )
    app.add_middleware(_Gate)
    app.add_exception_handler(ReportQAError, _refused)
    app.add_exception_handler(RequestValidationError, _misshapen)
    app.add_exception_handler(Exception, _broken)
    _add_question_routes(app, service, jobs)
    _add_feedback_routes(app, FeedbackFile(data_folder / "feedback.jsonl"))
    _add_document_routes(app, service)
    _add_evaluation_routes(app, evaluations)
    _add_work_pages(app, service, evaluations)
    _add_pages(app, service)
    _refuse_other_calls(app)
    mount_chat(
        app, service, examples=lambda: examples if bundled_documents(service.library) else ()
    )
    return app


def _add_question_routes(app: FastAPI, service: Service, jobs: Jobs) -> None:
    @app.get("/health")
    def health() -> Health:
        return Health(status="ok", document_count=len(service.library.documents()))

    @app.post("/api/ask", response_model=Answer)
    def ask(asked: AskRequest) -> dict[str, object]:
        """Answer a question with citations, or say that the documents do not."""
        return to_record(
            service.ask(
                asked.question,
                id=asked.id,
                context=asked.context,
                documents=asked.documents,
                top_k=asked.top_k,
            )
        )

    @app.get("/api/batch")
    def batches() -> list[Job]:
        """List the jobs, the newest first."""
        return jobs.jobs()

    @app.post("/api/batch", status_code=202)
    def add_batch(
        file: Annotated[UploadFile, File()],
        documents: Annotated[
            tuple[str, ...], Form(description="Where a question names none; none means all.")
        ] = (),
    ) -> Job:
        """Queue a question file; jobs run one after the other and survive a restart."""
        with _saved(file) as path:
            return jobs.add(path, documents=documents)

    @app.post("/api/batch/preview")
    def preview_batch(file: Annotated[UploadFile, File()]) -> QuestionFileRecord:
        """Tell what a question file holds, and ask nothing."""
        with _saved(file) as path:
            return question_file_record(path)

    @app.get("/api/batch/{job}")
    def batch(job: str) -> Job:
        """Tell how far a job is."""
        return jobs.job(job)

    @app.delete("/api/batch/{job}", status_code=204)
    def remove_batch(job: str) -> None:
        """Remove a job that has ended, with its answers."""
        jobs.remove(job)

    @app.post("/api/batch/{job}/stop")
    def stop_batch(job: str) -> Job:
        """Stop a job; the answers that it has stay."""
        return jobs.stop(job)

    @app.post("/api/batch/{job}/resume", status_code=202)
    def resume_batch(job: str) -> Job:
        """Queue a job again that was stopped or has failed; what is answered is not asked again."""
        return jobs.resume(job)

    @app.get("/api/batch/{job}/review")
    def review_batch(
        job: str,
        kind: Kind = Kind.ALL,
        first: Annotated[int, Query(ge=0)] = 0,
        count: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> ReviewPage:
        """Return some of the answers of one kind, in the order of the questions."""
        return jobs.review(job, kind=kind, first=first, count=count)

    @app.get("/api/batch/{job}/answers", response_class=Response)
    def batch_answers(
        job: str, format: Literal["jsonl", "csv", "xlsx", "md", "docx"] = "jsonl"
    ) -> Response:
        """Return the answers that are there so far, in the order of the questions."""
        name = f"answers-{PurePosixPath(jobs.job(job).file).stem}.{format}"
        return Response(
            jobs.answers(job, format),
            media_type=FORMATS[format],
            headers=_download(name),
        )


def _add_feedback_routes(app: FastAPI, file: FeedbackFile) -> None:
    @app.post("/api/feedback", status_code=201)
    def give_feedback(given: FeedbackRequest) -> Feedback:
        """Keep what a reader thinks of an answer, on this machine."""
        return file.add(**given.model_dump())

    @app.get("/api/feedback", response_class=Response)
    def feedback(format: Literal["jsonl", "csv"] = "jsonl") -> Response:
        """Return the latest vote on each answer, with its note."""
        return Response(
            file.export(format),
            media_type=FEEDBACK_FORMATS[format],
            headers={"Content-Disposition": f'attachment; filename="feedback.{format}"'},
        )


def _add_document_routes(app: FastAPI, service: Service) -> None:
    library = service.library

    @app.get("/api/documents")
    def documents() -> list[SummaryRecord]:
        """List the documents in the order in which they were added."""
        return [summary_record(summary) for summary in library.documents()]

    @app.post("/api/documents", status_code=201)
    def add_documents(
        file: Annotated[UploadFile, File()],
        symbol: Annotated[str, Form()] = "",
        title: Annotated[str, Form()] = "",
        language: Annotated[str, Form()] = "",
    ) -> list[AddedDocument]:
        """Add a report, or every document of a passage file."""
        with _saved(file) as path:
            return library.add(
                path,
                symbol=symbol or None,
                title=title or None,
                language=language or None,
            )

    # Ids and labels may hold slashes, so the longer path comes first.
    @app.get("/api/documents/{id:path}/paragraphs/{label:path}")
    def paragraph(id: str, label: str) -> ParagraphRecord:
        """Return one paragraph, footnote or piece of front matter."""
        return paragraph_record(library.paragraph(id, label), editions=library.editions(id))

    @app.get("/api/documents/{id:path}/citations/{label:path}")
    def citations(
        request: Request, id: str, label: str, quote: Annotated[str, Query(max_length=40)] = ""
    ) -> dict[str, str]:
        """Return how a paragraph, or code points `quote` of it, is cited elsewhere, by form."""
        found, summary = library.paragraph(id, label), library.summary(id)
        start, end = _span(quote) or (0, 0)
        path = document_path(id, label=label, start=start, end=end)
        return citation_forms(
            CitedPassage(
                document=summary.document,
                title=summary.title,
                date=summary.presentation.date,
                label=label,
                page=found.page,
                quote=found.text[start:end],
                address=str(request.base_url).rstrip("/") + path,
            ),
            language=language_of(request),
        )

    @app.get("/api/documents/{id:path}/original", response_class=Response)
    def original(id: str, view: bool = False) -> Response:
        """Return the file that a document was read from, byte for byte, to be saved.

        With `view` the browser shows a PDF file itself, at ``#page=N``.
        """
        name, content = library.original(id)
        if view and content.startswith(b"%PDF-"):
            # Nothing but a PDF file is ever shown, and as nothing else.
            headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"}
            return Response(content, media_type="application/pdf", headers=headers)
        return Response(
            content,
            # Whatever is in it, no browser shows it as a page of this server.
            media_type="application/octet-stream",
            headers=PAGE_HEADERS | _download(name),
        )

    @app.get("/api/documents/{id:path}")
    def document(id: str) -> DocumentRecord:
        """Return a document with all its paragraphs."""
        return document_record(library.document(id), editions=library.editions(id))

    @app.patch("/api/documents/{id:path}")
    def rename_document(id: str, new: NewTitle) -> SummaryRecord:
        """Give a document another title; its id stays."""
        return summary_record(library.rename(id, new.title))

    @app.delete("/api/documents/{id:path}", status_code=204)
    def remove_document(id: str) -> None:
        """Remove a document from the library."""
        library.remove(id)


def _add_evaluation_routes(app: FastAPI, evaluations: Evaluations) -> None:
    @app.get("/api/evaluation")
    def evaluation() -> EvaluationRun:
        """Tell how far the evaluation is that was started last."""
        return evaluations.run()

    @app.post("/api/evaluation", status_code=202)
    def start_evaluation() -> EvaluationRun:
        """Ask the development questions and measure the answers, if that is not under way."""
        return evaluations.start()


def _add_pages(app: FastAPI, service: Service) -> None:
    @app.get("/site/{name}", response_class=Response, include_in_schema=False)
    def asset(name: str, v: str = "") -> Response:
        content, media_type = asset_content(name)
        # A changed file has another version, see `ui.frame.asset`; what a script imports has none.
        kept = f"public, max-age={_YEAR_SECONDS}, immutable" if v else "no-cache"
        headers = {"Cache-Control": kept}
        return Response(content, media_type=media_type, headers=headers)

    @app.get("/language", response_class=Response, include_in_schema=False)
    def choose_language(language: str, next: str = "/") -> Response:
        """Remember the language of the interface and go back to where the reader was."""
        # Never to another host: `//elsewhere` and `/\\elsewhere` lead there.
        path = next if re.match(r"/(?![/\\])", next) else "/"
        response = RedirectResponse(path, status_code=303)
        if language in LANGUAGES:
            response.set_cookie(COOKIE, language, max_age=_YEAR_SECONDS, samesite="lax")
        return response

    @app.get("/documents/{id:path}", response_class=HTMLResponse, include_in_schema=False)
    def reader(
        request: Request,
        id: str,
        paragraph: str = "",
        quote: Annotated[str, Query(max_length=40)] = "",
    ) -> HTMLResponse:
        language = language_of(request)
        try:
            document, editions = service.library.document(id), service.library.editions(id)
        except NotFoundError as error:
            return HTMLResponse(
                missing_page(str(error), language=language), 404, headers=PAGE_HEADERS
            )
        # A link that was cut short should still open the document, so a bad quote marks nothing.
        span = _span(quote)
        marked = Quote(paragraph=paragraph, start=span[0], end=span[1]) if span else None
        page = document_page(document, language=language, editions=editions, quote=marked)
        return HTMLResponse(page, headers=PAGE_HEADERS)


def _span(text: str) -> tuple[int, int] | None:
    """Return the code points that ``start-end`` names; None where it names none."""
    span = re.fullmatch(r"([0-9]+)-([0-9]+)", text)
    return (int(span[1]), int(span[2])) if span else None


def _add_work_pages(app: FastAPI, service: Service, evaluations: Evaluations) -> None:
    @app.get("/documents", response_class=HTMLResponse, include_in_schema=False)
    def library(request: Request) -> HTMLResponse:
        page = library_page(service.library.documents(), language=language_of(request))
        return HTMLResponse(page, headers=PAGE_HEADERS)

    @app.get("/questions", response_class=HTMLResponse, include_in_schema=False)
    def questions(request: Request) -> HTMLResponse:
        page = questions_page(service.library.documents(), language=language_of(request))
        return HTMLResponse(page, headers=PAGE_HEADERS)

    @app.get("/quality", response_class=HTMLResponse, include_in_schema=False)
    def quality(request: Request) -> HTMLResponse:
        page = quality_page(evaluations.kept(), language=language_of(request))
        return HTMLResponse(page, headers=PAGE_HEADERS)


def language_of(request: Request) -> str:
    """Return the interface's language for a request."""
    return chosen_language(
        cookie=request.cookies.get(COOKIE), accepted=request.headers.get("accept-language")
    )


def _refuse_other_calls(app: FastAPI) -> None:
    """Answer what no route before takes, which would end at the chat page behind them."""

    @app.api_route("/health", methods=_METHODS, include_in_schema=False)
    @app.api_route("/api/{path:path}", methods=_METHODS, include_in_schema=False)
    def other_call(request: Request) -> None:
        path = request.url.path
        taken = sorted(
            method
            for route in app.routes
            if isinstance(route, APIRoute) and route.matches(request.scope)[0] is Match.PARTIAL
            for method in route.methods or ()
        )
        if not taken:
            raise HTTPException(404, f"there is no {path}; /docs lists what there is")
        allowed = ", ".join(taken)
        raise HTTPException(
            405, f"{path} takes {allowed}, not {request.method}", headers={"Allow": allowed}
        )


def _download(name: str) -> dict[str, str]:
    """Return the headers of a file that is to be saved under `name`."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


@contextmanager
def _saved(file: UploadFile) -> Iterator[Path]:
    """Keep an upload for a while under its own name, without any path that came with it.

    Errors in the block call the file by its name alone: where it was kept is nobody's business.
    """
    given = file.filename or ""
    name = PureWindowsPath(PurePosixPath(given).name).name
    if not name.strip(". ") or not name.isprintable():
        raise InputError(f"{given!r} is no file name; send the file as field `file` with its name")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        try:
            with path.open("wb") as target:
                while chunk := file.file.read(1024 * 1024):
                    target.write(chunk)
        except OSError as error:
            raise InputError(f"the file {name!r} cannot be stored: {error.strerror}") from error
        try:
            yield path
        except InputError as error:
            raise type(error)(str(error).replace(str(path), name)) from error


async def _refused(_: Request, error: Exception) -> JSONResponse:
    status = (
        404 if isinstance(error, NotFoundError) else 400 if isinstance(error, InputError) else 503
    )
    return JSONResponse({"detail": str(error)}, status)


async def _misshapen(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    problems = [
        f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
        for problem in error.errors()
    ]
    return JSONResponse({"detail": "; ".join(problems)}, 422)


async def _broken(request: Request, error: Exception) -> JSONResponse:
    _LOGGER.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return JSONResponse({"detail": "internal error; the server's log says more"}, 500)


class _Gate:
    """Turns away bodies over the limit, and changes that a page of another site asks for.

    A browser sends such requests with the user's own reach, to localhost too, and marks them with
    an `Origin` that is not the host they go to. Programs send no `Origin`.
    """

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        origin = request.headers.get("origin")
        host = request.headers.get("host")
        if (
            request.method not in ("GET", "HEAD", "OPTIONS")
            and origin
            and (urlsplit(origin).netloc != host)
        ):
            detail = (
                f"a page of {origin} may not change anything here; open the page of this server"
            )
            await JSONResponse({"detail": detail}, 403)(scope, receive, send)
            return
        too_large = HTTPException(
            413, f"the request is larger than {UPLOAD_LIMIT_BYTES} bytes; send a smaller file"
        )
        if int(request.headers.get("content-length", "0")) > UPLOAD_LIMIT_BYTES:
            await JSONResponse({"detail": too_large.detail}, 413)(scope, receive, send)
            return
        received_count = 0

        async def receive_counted() -> "Message":
            nonlocal received_count
            message = await receive()
            received_count += len(message.get("body", b""))
            if received_count > UPLOAD_LIMIT_BYTES:
                raise too_large
            return message

        await self._app(scope, receive_counted, send)


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serve the application until it is interrupted; says its address on standard error.

    Args:
        app: what `create_app` returned.
        host: name or address to listen on.
        port: port to listen on; 0 takes a free one.

    Raises:
        InputError: the port is in use, or the address is not this machine's.
    """
    import uvicorn
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise InputError(
            f"cannot listen on {host} port {port}: {error}; "
            "give another --port or --host, or stop the program that uses it"
        ) from error
    if host in ("127.0.0.1", "localhost", "::1"):
        # A page elsewhere can point its own name at this machine (DNS rebinding); the name that
        # the browser then sends is not one of these.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(f"Ready at {address}", file=sys.stderr, flush=True)

    configuration = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=3)
    with listener, suppress(KeyboardInterrupt):
        Server(configuration).run([listener])
