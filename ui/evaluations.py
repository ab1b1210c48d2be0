"""The evaluations of the quality page: those that are kept, and one that runs beside the server."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ingest.errors import InputError, ReportQAError
from qa.answer import Answer
from qa.evaluation import Evaluation, Examinee, evaluate
from qa.evaluation_store import KeptEvaluation, keep_evaluation, kept_evaluations
from qa.questions import Question
from qa.service import Service
from ui.examination import text_of

FOLDER_NAME = "evaluations"
"""Where in the data folder evaluations are kept."""

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRun:
    """How far the evaluation is that was started last.

    Attributes:
        state: ``idle`` where none was started since the server was.
        done: questions that are asked.
        total: questions to ask; 0 where that is not known yet.
        remaining_seconds: what the rest will take at the pace so far; None where it is not known.
        error: why it failed, in one line.
    """

    state: Literal["idle", "running", "done", "failed"]
    done: int
    total: int
    remaining_seconds: float | None
    error: str | None


class Evaluations:
    """The kept evaluations of one folder, and the one that runs."""

    def __init__(
        self,
        folder: Path,
        *,
        service: Service,
        questions: Path,
        documents: Callable[[], Sequence[str]],
    ) -> None:
        """Take what a run asks.

        Args:
            folder: where evaluations are kept.
            service: what is asked.
            questions: a question file with gold.
            documents: gives the ids of the documents that the questions are about.
        """
        self._folder = folder
        self._service = service
        self._questions = questions
        self._documents = documents
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._worker: threading.Thread | None = None
        self._run = EvaluationRun(state="idle", done=0, total=0, remaining_seconds=None, error=None)

    def kept(self) -> list[KeptEvaluation]:
        """Return the evaluations that are kept, the newest first."""
        return kept_evaluations(self._folder)

    def run(self) -> EvaluationRun:
        """Return how far the evaluation is that was started last."""
        return self._run

    def start(self) -> EvaluationRun:
        """Begin to ask the questions, unless that is under way already.

        Raises:
            InputError: the library does not hold what the questions are about.
        """
        with self._lock:
            if self._run.state != "running":
                documents = self._documents()
                if not documents:
                    raise InputError(
                        f"the questions of {self._questions.name} are about the bundled report, "
                        "which this library does not hold; add it first"
                    )
                self._run = EvaluationRun(
                    state="running", done=0, total=0, remaining_seconds=None, error=None
                )
                self._worker = threading.Thread(
                    target=self._work, args=(documents,), name="evaluation", daemon=True
                )
                self._worker.start()
            return self._run

    def close(self) -> None:
        """Give up what runs, after the question in hand."""
        self._closing.set()
        if self._worker is not None:
            self._worker.join()

    def _work(self, documents: Sequence[str]) -> None:
        try:
            evaluation = self._evaluate(documents)
            keep_evaluation(
                KeptEvaluation(finished=datetime.now(UTC), evaluation=evaluation), self._folder
            )
        except _ClosingError:
            return
        except ReportQAError as error:
            self._run = replace(self._run, state="failed", error=str(error))
        except Exception as error:
            _LOGGER.exception("the evaluation failed")
            self._run = replace(self._run, state="failed", error=f"{type(error).__name__}: {error}")
        else:
            self._run = replace(self._run, state="done", remaining_seconds=None)

    def _evaluate(self, documents: Sequence[str]) -> Evaluation:
        started = time.monotonic()

        def ask(question: Question) -> Answer:
            return self._service.answer(replace(question, documents=tuple(documents)))

        def progress(done_count: int, total_count: int) -> None:
            if self._closing.is_set():
                raise _ClosingError
            pace_seconds = (time.monotonic() - started) / done_count
            self._run = replace(
                self._run,
                done=done_count,
                total=total_count,
                remaining_seconds=round(pace_seconds * (total_count - done_count), 1),
            )

        examinee = Examinee(ask=ask, text_of=text_of(self._service.library))
        return evaluate(self._questions, examinee, progress=progress)


class _ClosingError(Exception):
    """The server closes, so the evaluation is given up."""
