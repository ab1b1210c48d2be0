"""Evaluations are kept as they were made, the newest of each name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.errors import InputError
from qa.evaluation import Evaluation, Examinee, evaluate
from qa.evaluation_store import KeptEvaluation, keep_evaluation, kept_evaluations
from qa.service import Service

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT = ROOT / "data" / "questions" / "ctoc-cop-2012-10.jsonl"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def evaluation(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """Four questions of several kinds, and one row that is no question."""
    path = tmp_path_factory.mktemp("questions") / "a>b.jsonl"
    gold = '{"answerable": true, "gold": ["1"], "question": 7}'
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:2], *lines[-2:], gold]), encoding="utf-8")
    library = service.library
    return evaluate(
        path,
        Examinee(
            ask=service.answer,
            text_of=lambda document, label: library.paragraph(document, label).text,
        ),
    )


def kept(evaluation: Evaluation, *, hours: int) -> KeptEvaluation:
    return KeptEvaluation(finished=NOON + timedelta(hours=hours), evaluation=evaluation)


def test_what_is_kept_comes_back_as_it_was(evaluation: Evaluation, tmp_path: Path) -> None:
    one = kept(evaluation, hours=0)
    keep_evaluation(one, tmp_path / "evaluations")
    assert kept_evaluations(tmp_path / "evaluations") == [one]


def test_the_newest_of_each_name_is_kept_and_the_newest_of_all_comes_first(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    other = replace(evaluation, name="other")
    for one in (kept(evaluation, hours=0), kept(other, hours=1), kept(evaluation, hours=2)):
        keep_evaluation(one, tmp_path)
    assert kept_evaluations(tmp_path) == [kept(evaluation, hours=2), kept(other, hours=1)]


def test_damaged_files_and_missing_folders_hold_nothing_up(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    assert kept_evaluations(tmp_path / "none") == []
    keep_evaluation(kept(evaluation, hours=0), tmp_path)
    (tmp_path / "damaged.json").write_text('{"finished": 1}')
    assert kept_evaluations(tmp_path) == [kept(evaluation, hours=0)]
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot write"):
        keep_evaluation(kept(evaluation, hours=0), tmp_path / "file")
