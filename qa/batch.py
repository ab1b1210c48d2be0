"""Ask a whole question file and keep every answer from the moment it is there.

The answers are kept as JSON lines, one flushed line an answer, so a process that is killed loses
at most the answer it was writing. Where they are kept:

- ``ANSWERS.jsonl`` is itself that file: it grows in the order of the questions.
- Every other format, and a repetition that shall replace an existing output (``resume=False``),
  grows ``ANSWERS.partial.jsonl`` beside it. At the end the output is written in one step. Beside a
  table or text a hidden ``.ANSWERS.jsonl`` stays, from which a finished output is resumed.

Resuming reads these lines back. A row that has an answer is kept if a question of the file has the
same id, text, documents and context (equal questions share their answers one to one); a row of
another question means that the output was made from other questions, and nothing is touched.
Failed rows are dropped and asked again, so a question file may be corrected or added to in
between. What a resumed run answers is appended and put in its place at the end.
"""

import logging
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import InputError, QuestionFileError, ReportQAError
from qa.answer import Answer, failed
from qa.answer_files import (
    AnsweredQuestion,
    encode_answers,
    encode_row,
    read_answers,
    write_answers,
)
from qa.questions import FailedRow, Question, read_questions

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchProgress:
    """How far a run is; `done_count` includes the `kept_count` of an earlier run."""

    done_count: int
    total_count: int
    kept_count: int
    failed_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What became of the questions of a file.

    Attributes:
        answered_count: rows with status ``answered``.
        not_found_count: rows with status ``not_found``.
        failed_count: rows with status ``error``.
        kept_count: how many of the rows were answered by an earlier run.
        remaining_count: rows not asked because the run was told to stop; 0 when it is finished.
    """

    answered_count: int
    not_found_count: int
    failed_count: int
    kept_count: int
    remaining_count: int


def ask_or_fail(row: Question | FailedRow, ask: Callable[[Question], Answer]) -> Answer:
    """Return the answer to one row; whatever goes wrong becomes an answer with status ``error``.

    So one row never stops the others. Only what ends the program (`KeyboardInterrupt`) passes.
    """
    if isinstance(row, FailedRow):
        return failed(id=row.id, question=row.text, error=row.reason)
    try:
        answer = ask(row)
    except ReportQAError as error:
        return failed(id=row.id, question=row.text, error=_one_line(str(error)))
    except Exception as error:
        # The traceback is for whoever looks for the defect; the record says what happened.
        logger.error("question %s failed", row.id, exc_info=logger.isEnabledFor(logging.DEBUG))
        message = _one_line(f"{type(error).__name__}: {error}")
        return failed(id=row.id, question=row.text, error=message)
    # A resumed run finds the row again by the question as it stands in the file.
    return replace(answer, id=row.id, question=row.text)


def run_batch(
    questions: Path,
    answers: Path,
    *,
    ask: Callable[[Question], Answer],
    documents: Sequence[str] = (),
    resume: bool = True,
    progress: Callable[[BatchProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> BatchResult:
    """Ask every question of a file and write the answers in the order of the questions.

    Args:
        questions: the question file.
        answers: the output; its suffix names the format (see `qa.answer_files`).
        ask: called for one question at a time, in their order, never for a row that is no question.
        documents: what to ask where a row names no documents; none means all.
        resume: keep the answers that the output has already; else ask everything again and replace
            the output when all is done.
        progress: called once before the first question and after each.
        should_stop: asked before each question; on True the run ends and can be resumed.

    Raises:
        QuestionFileError: the question file cannot be read, or the suffix of `answers` is unknown.
        InputError: the output cannot be written, was made from other questions or by something
            else, or is being written by another run. Nothing was asked and nothing touched then.
    """
    encode_answers((), suffix=answers.suffix.lower())
    # To replace a link itself would leave the file it points to as it was.
    questions, answers = questions.resolve(), answers.resolve()
    if answers == questions:
        raise QuestionFileError(f"{answers} is the question file; choose another output")
    rows = [_with_documents(row, documents) for row in read_questions(questions)]
    with _only_run(answers):
        partial = answers.with_name(f"{answers.name}.partial.jsonl")
        is_jsonl = answers.suffix.lower() == ".jsonl"
        finished = answers if is_jsonl else answers.with_name(f".{answers.name}.jsonl")
        if not resume:
            partial.unlink(missing_ok=True)
        # An interrupted run comes before the output that it was to replace. Without an output, what
        # is kept beside it counts for nothing: who deletes the output wants it made afresh.
        source = partial if partial.exists() else finished if resume and answers.exists() else None
        kept = {} if source is None else _kept(source, rows, answers)
        if source == finished and list(kept) == list(range(len(rows))):
            return _result(kept, rows, kept_count=len(kept))

        in_place = is_jsonl and (source == answers or not answers.exists())
        growing = answers if in_place else partial
        results = _ask_rest(
            rows, kept, growing, ask=ask, progress=progress, should_stop=should_stop
        )
        result = _result(results, rows, kept_count=len(kept))
        if result.remaining_count:
            return result

        in_order = [results[position] for position in range(len(rows))]
        if not in_place or list(results) != sorted(results):
            write_answers(answers, in_order)
        if not in_place:
            if finished != answers:
                write_answers(finished, in_order)
            partial.unlink()
        return result


def _with_documents(row: Question | FailedRow, documents: Sequence[str]) -> Question | FailedRow:
    if isinstance(row, Question) and not row.documents:
        return replace(row, documents=tuple(documents))
    return row


@contextmanager
def _only_run(answers: Path) -> Iterator[None]:
    """Hold the right to write `answers`; it ends with the process, however that ends."""
    from filelock import FileLock, Timeout

    # The lock would make the folder, and a misspelt path with it.
    if answers.is_dir() or not answers.parent.is_dir():
        raise InputError(f"cannot write {answers}; expected a file in a folder that exists")
    path = answers.with_name(f".{answers.name}.lock")
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise InputError(
            f"another run is writing {answers}; wait for its end or choose another output"
        ) from error
    except OSError as error:
        raise InputError(f"cannot write {answers}: {error.strerror}") from error
    try:
        yield
    finally:
        # Safe while it is held: who has opened the file already finds that it has no name any more.
        path.unlink(missing_ok=True)
        lock.release()


def _kept(
    source: Path, rows: Sequence[Question | FailedRow], answers: Path
) -> dict[int, AnsweredQuestion]:
    """Return the answers in `source` that stand, by the position of their question in `rows`."""
    if not source.exists():
        raise InputError(
            f"{answers} exists, but {source.name}, which says what was asked, does not; choose "
            "another output, or replace it with --no-resume"
        )
    waiting: defaultdict[object, deque[int]] = defaultdict(deque)
    for position, row in enumerate(rows):
        if isinstance(row, Question):
            waiting[_key(row)].append(position)
    kept = {}
    for saved in read_answers(source):
        if saved.answer.status == "error":
            continue
        positions = waiting[_key(saved.question)]
        if not positions:
            raise InputError(
                f"{answers} was made from other questions: {source.name} holds an answer to "
                f"{saved.question.id!r}, which is not asked like this; choose another output, or "
                "replace it with --no-resume"
            )
        position = positions.popleft()
        kept[position] = AnsweredQuestion(question=_question(rows[position]), answer=saved.answer)
    return kept


def _key(question: Question) -> tuple[object, ...]:
    return question.id, question.text, question.documents, question.context


def _ask_rest(
    rows: Sequence[Question | FailedRow],
    kept: Mapping[int, AnsweredQuestion],
    growing: Path,
    *,
    ask: Callable[[Question], Answer],
    progress: Callable[[BatchProgress], None] | None,
    should_stop: Callable[[], bool] | None,
) -> dict[int, AnsweredQuestion]:
    """Ask the rows that are not kept; return all by position, in the order of `growing`."""
    results = dict(sorted(kept.items()))
    failed_count = 0

    def tell() -> None:
        if progress is not None:
            progress(
                BatchProgress(
                    done_count=len(results),
                    total_count=len(rows),
                    kept_count=len(kept),
                    failed_count=failed_count,
                )
            )

    write_answers(growing, list(results.values()))
    with growing.open("a", encoding="utf-8") as file:
        tell()
        for position, row in enumerate(rows):
            if position in kept:
                continue
            if should_stop is not None and should_stop():
                break
            answer = ask_or_fail(row, ask)
            results[position] = AnsweredQuestion(question=_question(row), answer=answer)
            failed_count += answer.status == "error"
            try:
                file.write(encode_row(results[position]))
                file.flush()
            except OSError as error:
                raise InputError(f"cannot write {growing}: {error.strerror}") from error
            tell()
    return results


def _question(row: Question | FailedRow) -> Question:
    if isinstance(row, Question):
        return row
    return Question(id=row.id, text=row.text, documents=(), context=(), input=row.input)


def _result(
    results: Mapping[int, AnsweredQuestion],
    rows: Sequence[Question | FailedRow],
    *,
    kept_count: int,
) -> BatchResult:
    status_counts = Counter(row.answer.status for row in results.values())
    return BatchResult(
        answered_count=status_counts["answered"],
        not_found_count=status_counts["not_found"],
        failed_count=status_counts["error"],
        kept_count=kept_count,
        remaining_count=len(rows) - len(results),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
