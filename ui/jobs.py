"""Batch jobs of the server: question files that are answered one after the other.

The folder is the only truth, so jobs survive a restart and several servers may share it:

    jobs/.lock                  held by the server whose worker runs the jobs
    jobs/<job>/job.json         what `Job` says, written anew with every answer
    jobs/<job>/questions.<...>  the question file, with its own suffixes
    jobs/<job>/answers.jsonl    the answers so far, resumed by `qa.batch`
    jobs/<job>/stop             somebody asked to stop the job

Job names begin with the time to the microsecond, so the order of the names is the order of the
queue.
"""

import json
import logging
import re
import secrets
import shutil
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from ingest.errors import InputError, NotFoundError, ReportQAError
from qa.answer_files import AnsweredQuestion, encode_answers, read_answers
from qa.batch import BatchProgress, run_batch
from qa.questions import read_question_file
from qa.review import Kind, ReviewPage, page_of
from qa.service import Service

FORMATS: Mapping[str, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Formats in which answers can be had, with their media types."""

# How long a job that another server took in, or a free lock, may go unnoticed.
_POLL_SECONDS = 1.0

# Earlier servers wrote the time to the second.
_NAME = re.compile(r"\d{8}-\d{6}(?:\d{6})?-[0-9a-f]{8}")

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How far a batch job is.

    Attributes:
        job: its name.
        file: name of the question file as it was sent.
        sheet: the sheet that the questions stand in; None where there is none.
        column: the column that they were taken from; None where each line is one.
        documents: ids of the documents to ask where a question names none; none means all.
        state: ``stopped`` was asked for; ``failed`` means as a whole, while a question that fails
            is counted and the job goes on.
        done: questions that have an answer, failed ones included.
        total: questions in the file.
        failed: questions whose answer has status ``error``.
        seconds: time spent on the job so far.
        remaining_seconds: what the rest will take at the pace so far; None where it is not known.
        error: why the job failed as a whole.
    """

    job: str
    file: str
    sheet: str | None
    column: str | None
    documents: tuple[str, ...]
    state: Literal["queued", "running", "done", "failed", "stopped"]
    done: int
    total: int
    failed: int
    seconds: float
    remaining_seconds: float | None
    error: str | None


class Jobs:
    """The jobs of one folder, and the thread that runs them between `start` and `close`."""

    def __init__(self, folder: Path, *, service: Service) -> None:
        self._folder = folder
        self._service = service
        self._closing = threading.Event()
        self._wake = threading.Event()
        self._worker = threading.Thread(target=self._work, name="batch-jobs", daemon=True)

    def start(self) -> None:
        """Begin to run jobs, those first that an earlier server did not finish."""
        self._worker.start()

    def close(self) -> None:
        """Stop after the question in hand; what is left goes on at the next start."""
        self._closing.set()
        self._wake.set()
        self._worker.join()

    def jobs(self) -> list[Job]:
        """Return all jobs, the newest first; one whose folder is damaged is left out."""
        found = []
        for folder in self._folders():
            try:
                found.append(_load(folder))
            except (OSError, ValueError, TypeError):
                _LOGGER.warning("batch job %s cannot be read", folder.name)
        return found[::-1]

    def add(self, questions: Path, *, documents: Sequence[str] = ()) -> Job:
        """Queue a copy of a question file.

        Args:
            questions: the file.
            documents: ids of the documents to ask where a question names none; none means all.

        Raises:
            QuestionFileError: the file cannot be read as a whole.
            NotFoundError: the library does not hold one of the documents.
        """
        file = read_question_file(questions)
        for document in documents:
            if not self._service.library.has(document):
                raise self._service.library.unknown_document(document)
        job = Job(
            job=f"{datetime.now(UTC):%Y%m%d-%H%M%S%f}-{secrets.token_hex(4)}",
            file=questions.name,
            sheet=file.sheet,
            column=file.column,
            documents=tuple(documents),
            state="queued",
            done=0,
            total=len(file.rows),
            failed=0,
            seconds=0.0,
            remaining_seconds=None,
            error=None,
        )
        # Made under another name first: the worker never sees a job without its questions.
        draft = self._folder / f".{job.job}"
        draft.mkdir(parents=True)
        shutil.copyfile(questions, draft / f"questions{''.join(questions.suffixes[-2:])}")
        _save(draft, job)
        draft.rename(self._folder / job.job)
        self._wake.set()
        return job

    def job(self, name: str) -> Job:
        """Return how far a job is.

        Raises:
            NotFoundError: there is no such job.
        """
        return _load(self._existing(name))

    def stop(self, name: str) -> Job:
        """Ask a job to stop before its next question; a finished one stays as it is.

        Raises:
            NotFoundError: there is no such job.
        """
        folder = self._existing(name)
        (folder / "stop").touch()
        job = _load(folder)
        if job.state == "queued":
            # Its turn may be hours away. If it has just come, the worker ends it likewise.
            job = replace(job, state="stopped")
            _save(folder, job)
        return job

    def resume(self, name: str) -> Job:
        """Queue a stopped or failed job again, or a finished one whose failed questions to ask.

        Raises:
            NotFoundError: there is no such job.
            InputError: it is queued or running, or has nothing left to ask.
        """
        folder = self._existing(name)
        job = _load(folder)
        if job.state not in ("stopped", "failed") and not (job.state == "done" and job.failed):
            raise InputError(
                f"found the job {job.state}, expected it stopped, failed or with failed questions; "
                "there is nothing to resume"
            )
        (folder / "stop").unlink(missing_ok=True)
        queued = replace(job, state="queued", error=None)
        _save(folder, queued)
        self._wake.set()
        return queued

    def remove(self, name: str) -> None:
        """Remove a job that has ended, with its answers.

        Raises:
            NotFoundError: there is no such job.
            InputError: it is queued or running.
        """
        folder = self._existing(name)
        state = _load(folder).state
        if state in ("queued", "running"):
            raise InputError(f"found the job {state}, expected one that has ended; stop it first")
        # Renamed first: a reader or a crash never meets a job with half of its files.
        leaving = folder.rename(self._folder / f".{name}")
        shutil.rmtree(leaving)

    def review(self, name: str, *, kind: Kind, first: int, count: int) -> ReviewPage:
        """Return a page of the answers that a job has so far; see `qa.review.page_of`.

        Raises:
            NotFoundError: there is no such job.
        """
        answers = [row.answer for row in self._rows(name)]
        return page_of(answers, kind=kind, first=first, count=count)

    def answers(self, name: str, format: str) -> bytes:
        """Return the answers that a job has so far, in the order of the questions.

        Args:
            name: the job.
            format: one of `FORMATS`.

        Raises:
            NotFoundError: there is no such job.
        """
        return encode_answers(self._rows(name), suffix=f".{format}")

    def _rows(self, name: str) -> list[AnsweredQuestion]:
        path = self._existing(name) / "answers.jsonl"
        return read_answers(path) if path.exists() else []

    def _existing(self, name: str) -> Path:
        folder = self._folder / name
        # The name comes from outside and becomes a path, so its form is checked first.
        if not _NAME.fullmatch(name) or not folder.is_dir():
            raise NotFoundError(f"there is no batch job {name!r}; POST /api/batch makes one")
        return folder

    def _folders(self) -> list[Path]:
        """Return the folders of all jobs, the oldest first."""
        if not self._folder.is_dir():
            return []
        return sorted(path for path in self._folder.iterdir() if _NAME.fullmatch(path.name))

    def _work(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / ".lock")
        while not self._closing.is_set():
            try:
                with lock.acquire(timeout=0):
                    self._run_all()
            except Timeout:
                self._closing.wait(_POLL_SECONDS)

    def _run_all(self) -> None:
        while not self._closing.is_set():
            self._wake.clear()
            for folder in self._folders():
                if self._closing.is_set():
                    break
                try:
                    if _load(folder).state in ("queued", "running"):
                        self._run(folder)
                except FileNotFoundError:
                    continue  # removed meanwhile
                except (OSError, ValueError, TypeError) as error:
                    # A full disk or a damaged folder; the other jobs go on.
                    _LOGGER.error("batch job %s cannot be run: %s", folder.name, error)
            self._wake.wait(_POLL_SECONDS)

    def _run(self, folder: Path) -> None:
        job = current = _load(folder)
        started = time.monotonic()

        def elapsed_seconds() -> float:
            return round(time.monotonic() - started, 3)

        def progress(progress: BatchProgress) -> None:
            nonlocal current
            asked_count = progress.done_count - progress.kept_count
            left_count = progress.total_count - progress.done_count
            current = replace(
                job,
                state="running",
                done=progress.done_count,
                failed=progress.failed_count,
                seconds=job.seconds + elapsed_seconds(),
                remaining_seconds=(
                    round(elapsed_seconds() / asked_count * left_count, 1) if asked_count else None
                ),
            )
            _save(folder, current)

        def should_stop() -> bool:
            return self._closing.is_set() or (folder / "stop").exists()

        try:
            result = run_batch(
                next(folder.glob("questions*")),
                folder / "answers.jsonl",
                ask=self._service.answer,
                documents=job.documents,
                progress=progress,
                should_stop=should_stop,
            )
        except ReportQAError as error:
            end = replace(current, state="failed", error=str(error))
        except Exception as error:
            _LOGGER.exception("batch job %s failed", job.job)
            end = replace(current, state="failed", error=f"{type(error).__name__}: {error}")
        else:
            if not result.remaining_count:
                end = replace(current, state="done")
            else:
                end = replace(current, state="queued" if self._closing.is_set() else "stopped")
        _save(folder, replace(end, remaining_seconds=None))


def _load(folder: Path) -> Job:
    fields = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    if "file" not in fields:  # a job of an earlier server
        fields |= {"file": "questions", "sheet": None, "column": None, "documents": ()}
    return Job(**fields | {"documents": tuple(fields["documents"])})


def _save(folder: Path, job: Job) -> None:
    """Write the state in one step, so that a reader or a crash never meets half of it."""
    draft = folder / "job.json.new"
    draft.write_text(json.dumps(asdict(job)), encoding="utf-8")
    draft.replace(folder / "job.json")
