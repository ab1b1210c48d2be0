"""What was weighed for questions with gold is kept, whatever the verdict would have been."""

import json
from pathlib import Path

from index.library import Library
from qa.evaluation import evaluate
from ui.bootstrap import DEVELOPMENT_QUESTIONS, build_service
from ui.evidence import Recorder
from ui.examination import service_examinee


def test_each_question_that_is_weighed_gives_a_row(report_library: Library, tmp_path: Path) -> None:
    chosen = [
        line
        for line in DEVELOPMENT_QUESTIONS.read_text(encoding="utf-8").splitlines()
        if json.loads(line)["type"] in ("number", "unanswerable", "comparison")
    ][:12]
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(chosen), encoding="utf-8")
    recorder = Recorder()
    service = build_service(report_library, judge=recorder)
    evaluation = evaluate(questions, recorder.recorded(service_examinee(service)))
    rows = list(recorder.rows(evaluation))
    assert {row["id"] for row in rows} <= {json.loads(line)["id"] for line in chosen}
    assert len(rows) >= 8
    # Everything that is weighed is answered, so an unanswerable question is never right.
    assert all(row["answerable"] or not row["right"] for row in rows)
    assert any(row["right"] for row in rows)
    assert all("first_reading" in row["evidence"] for row in rows)  # type: ignore[operator]
