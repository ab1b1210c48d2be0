"""Batch jobs on disk, with a service that answers as slowly as the test wants."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from ingest.errors import InputError, NotFoundError, QuestionFileError
from qa.answer import Answer, failed
from qa.questions import Question
from qa.service import Service
from ui.jobs import Job, Jobs


class SlowService:
    """Answers a question only when a permit is there, and remembers what was asked."""

    def __init__(self, permit_count: int = 1000) -> None:
        self.asked: list[str] = []
        self._permits = threading.Semaphore(permit_count)

    def ask(self, question: str, *, id: str, context: object, documents: object) -> Answer:
        self.asked.append(question)
        self._permits.acquire()
        return failed(id=id, question=question, error="only a test")

    def answer(self, question: Question) -> Answer:
        return self.ask(
            question.text, id=question.id, context=question.context, documents=question.documents
        )

    def permit(self) -> None:
        self._permits.release()


class AnsweringService(SlowService):
    """The same with answers that count as answered, so that a resumed job keeps them."""

    def ask(self, question: str, *, id: str, context: object, documents: object) -> Answer:
        super().ask(question, id=id, context=context, documents=documents)
        return Answer(
            id=id,
            question=question,
            language="en",
            status="not_found",
            answer="No.",
            short_answers=(),
            confidence=0.5,
            citations=(),
            passages=(),
            seconds=0.0,
            error=None,
        )


def jobs_of(folder: Path, service: SlowService) -> Jobs:
    return Jobs(folder / "jobs", service=cast(Service, service))


def question_file(folder: Path, *questions: str, name: str = "questions.txt") -> Path:
    path = folder / name
    path.write_text("\n".join(questions), encoding="utf-8")
    return path


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def ended(jobs: Jobs, job: Job) -> Job:
    wait_until(lambda: jobs.job(job.job).state not in ("queued", "running"))
    return jobs.job(job.job)


def test_an_unfinished_job_goes_on_in_the_next_server_and_asks_nothing_twice(
    tmp_path: Path,
) -> None:
    first = AnsweringService(permit_count=2)
    jobs = jobs_of(tmp_path, first)
    jobs.start()
    job = jobs.add(question_file(tmp_path, "q1", "q2", "q3", "q4"))
    wait_until(lambda: first.asked == ["q1", "q2", "q3"])
    closing = threading.Thread(target=jobs.close)
    closing.start()
    wait_until(lambda: jobs._closing.is_set())
    first.permit()
    closing.join()
    halfway = jobs.job(job.job)
    assert (halfway.state, halfway.done) == ("queued", 3)

    second = AnsweringService()
    restarted = jobs_of(tmp_path, second)
    restarted.start()
    end = ended(restarted, job)
    restarted.close()
    assert (end.state, end.done, end.total) == ("done", 4, 4)
    assert second.asked == ["q4"]
    rows = restarted.answers(job.job, "jsonl").decode().splitlines()
    assert [json.loads(row)["question"] for row in rows] == ["q1", "q2", "q3", "q4"]


def test_answers_can_be_had_while_the_job_runs(tmp_path: Path) -> None:
    service = AnsweringService(permit_count=1)
    jobs = jobs_of(tmp_path, service)
    jobs.start()
    job = jobs.add(question_file(tmp_path, "q1", "q2", "q3"))
    wait_until(lambda: jobs.job(job.job).done == 1)
    running = jobs.job(job.job)
    assert (running.state, running.total) == ("running", 3)
    assert running.remaining_seconds is not None
    assert [json.loads(row)["id"] for row in jobs.answers(job.job, "jsonl").splitlines()] == ["1"]
    service.permit()
    service.permit()
    assert ended(jobs, job).remaining_seconds is None
    jobs.close()


def test_jobs_of_one_second_run_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    service = AnsweringService()
    jobs = jobs_of(tmp_path, service)
    questions = [f"q{number}" for number in range(20)]
    added = [jobs.add(question_file(tmp_path, question)) for question in questions]
    jobs.start()
    for job in added:
        assert ended(jobs, job).state == "done"
    jobs.close()
    assert service.asked == questions


def test_a_job_of_an_earlier_server_is_still_run_and_found(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, AnsweringService())
    job = jobs.add(question_file(tmp_path, "q1"))
    earlier = "20260102-030405-0123abcd"
    (tmp_path / "jobs" / job.job).rename(tmp_path / "jobs" / earlier)
    jobs.start()
    wait_until(lambda: jobs.job(earlier).state == "done")
    jobs.close()


def test_a_stopped_job_keeps_its_answers_and_the_next_one_runs(tmp_path: Path) -> None:
    service = AnsweringService(permit_count=1)
    jobs = jobs_of(tmp_path, service)
    jobs.start()
    job = jobs.add(question_file(tmp_path, "q1", "q2", "q3"))
    wait_until(lambda: service.asked == ["q1", "q2"])
    jobs.stop(job.job)
    service.permit()
    end = ended(jobs, job)
    assert (end.state, end.done) == ("stopped", 2)
    service.permit()
    following = jobs.add(question_file(tmp_path, "q9"))
    assert ended(jobs, following).state == "done"
    jobs.close()
    assert service.asked == ["q1", "q2", "q9"]


def test_jobs_run_one_at_a_time_though_two_servers_share_the_folder(tmp_path: Path) -> None:
    first, second = AnsweringService(permit_count=0), AnsweringService()
    one, other = jobs_of(tmp_path, first), jobs_of(tmp_path, second)
    one.start()
    job = one.add(question_file(tmp_path, "q1"))
    wait_until(lambda: first.asked == ["q1"])
    other.start()
    following = other.add(question_file(tmp_path, "q2"))
    assert other.job(job.job).state == "running"
    first.permit()
    first.permit()
    assert ended(other, following).state == "done"
    one.close()
    other.close()
    assert (first.asked, second.asked) == (["q1", "q2"], [])


def test_failed_questions_are_counted_and_the_job_is_done(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, SlowService())
    jobs.start()
    end = ended(jobs, jobs.add(question_file(tmp_path, "q1", "q2")))
    jobs.close()
    assert (end.state, end.done, end.failed) == ("done", 2, 2)


def test_a_job_whose_files_are_damaged_fails_and_says_why(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, AnsweringService())
    job = jobs.add(question_file(tmp_path, "q1"))
    (tmp_path / "jobs" / job.job / "answers.jsonl").write_text('{"other": "file"}\n')
    jobs.start()
    end = ended(jobs, job)
    jobs.close()
    assert end.state == "failed"
    assert end.error is not None
    assert "answers.jsonl" in end.error


def test_a_job_of_a_killed_server_goes_on_and_a_damaged_one_holds_nobody_up(
    tmp_path: Path,
) -> None:
    service = AnsweringService()
    jobs = jobs_of(tmp_path, service)
    damaged = tmp_path / "jobs" / "20000101-000000-00000000"
    damaged.mkdir(parents=True)
    (damaged / "job.json").write_text("{")
    job = jobs.add(question_file(tmp_path, "q1"))
    record = tmp_path / "jobs" / job.job / "job.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | {"state": "running"}))
    jobs.start()
    assert ended(jobs, job).state == "done"
    jobs.close()


def test_an_unreadable_question_file_leaves_no_job_behind(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, AnsweringService())
    with pytest.raises(QuestionFileError):
        jobs.add(question_file(tmp_path, "q1", name="questions.pdf"))
    assert not (tmp_path / "jobs").exists()


@pytest.mark.parametrize("name", ["..", ".", "", "x", "20261123-214328-e01c9003", "../jobs"])
def test_a_name_that_is_no_job_is_not_found(tmp_path: Path, name: str) -> None:
    jobs = jobs_of(tmp_path, AnsweringService())
    (tmp_path / "jobs").mkdir()
    with pytest.raises(NotFoundError):
        jobs.job(name)


def test_a_stopped_job_is_resumed_and_asks_nothing_twice(tmp_path: Path) -> None:
    service = AnsweringService(permit_count=1)
    jobs = jobs_of(tmp_path, service)
    jobs.start()
    job = jobs.add(question_file(tmp_path, "q1", "q2", "q3"))
    wait_until(lambda: service.asked == ["q1", "q2"])
    with pytest.raises(InputError, match="found the job running"):
        jobs.resume(job.job)
    with pytest.raises(InputError, match="stop it first"):
        jobs.remove(job.job)
    jobs.stop(job.job)
    service.permit()
    assert ended(jobs, job).state == "stopped"
    service.permit()
    assert jobs.resume(job.job).state == "queued"
    end = ended(jobs, job)
    assert (end.state, end.done) == ("done", 3)
    assert service.asked == ["q1", "q2", "q3"]
    jobs.close()


def test_a_job_that_waits_for_its_turn_is_stopped_at_once(tmp_path: Path) -> None:
    service = AnsweringService(permit_count=0)
    jobs = jobs_of(tmp_path, service)
    jobs.start()
    first = jobs.add(question_file(tmp_path, "q1"))
    wait_until(lambda: service.asked == ["q1"])
    second = jobs.add(question_file(tmp_path, "q2"))
    assert jobs.stop(second.job).state == "stopped"
    service.permit()
    service.permit()
    assert ended(jobs, first).state == "done"
    jobs.close()
    assert (jobs.job(second.job).state, service.asked) == ("stopped", ["q1"])


def test_a_failed_job_is_resumed_when_what_was_wrong_is_mended(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, AnsweringService())
    job = jobs.add(question_file(tmp_path, "q1"))
    answers = tmp_path / "jobs" / job.job / "answers.jsonl"
    answers.write_text('{"other": "file"}\n')
    jobs.start()
    assert ended(jobs, job).state == "failed"
    answers.unlink()
    assert jobs.resume(job.job).error is None
    assert ended(jobs, job).state == "done"
    jobs.close()


def test_the_failed_questions_of_a_finished_job_are_asked_again(tmp_path: Path) -> None:
    failing, mended = SlowService(), AnsweringService()
    jobs = jobs_of(tmp_path, failing)
    jobs.start()
    job = jobs.add(question_file(tmp_path, "q1", "q2"))
    assert ended(jobs, job).failed == 2
    jobs.close()
    jobs = jobs_of(tmp_path, mended)
    jobs.resume(job.job)
    jobs.start()
    end = ended(jobs, job)
    assert (end.state, end.failed, mended.asked) == ("done", 0, ["q1", "q2"])
    with pytest.raises(InputError, match="nothing to resume"):
        jobs.resume(job.job)
    jobs.close()


def test_jobs_are_listed_from_the_newest_and_a_removed_one_is_gone(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, AnsweringService())
    assert jobs.jobs() == []
    jobs.start()
    added = [jobs.add(question_file(tmp_path, "q1", name=name)) for name in ("a.txt", "b.tsv.txt")]
    for job in added:
        ended(jobs, job)
    damaged = tmp_path / "jobs" / "20000101-000000-00000000"
    damaged.mkdir()
    (damaged / "job.json").write_text("{")
    assert [job.file for job in jobs.jobs()] == ["b.tsv.txt", "a.txt"]
    jobs.remove(added[1].job)
    assert [job.job for job in jobs.jobs()] == [added[0].job]
    with pytest.raises(NotFoundError):
        jobs.answers(added[1].job, "jsonl")
    jobs.close()


def test_a_job_record_of_an_earlier_server_is_read(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, AnsweringService())
    job = jobs.add(question_file(tmp_path, "q1"))
    record = tmp_path / "jobs" / job.job / "job.json"
    fields = json.loads(record.read_text())
    for later in ("file", "sheet", "column", "documents"):
        del fields[later]
    record.write_text(json.dumps(fields))
    assert (jobs.job(job.job).column, jobs.job(job.job).documents) == (None, ())
