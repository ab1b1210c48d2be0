"""``python -m ui.evidence``: keep what was weighed for questions with gold.

A file of these is what `qa.training.verdict` fits the weights of `qa.answerability` to.
"""

import argparse
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

from qa.answer import Answer
from qa.answerability import Evidence, Verdict
from qa.benchmark import Collection, evaluate_collections, find_collections
from qa.evaluation import Evaluation, Examinee
from qa.questions import Question
from ui.examination import examinee
from ui.settings import Settings, load_settings

_CERTAIN = Verdict(right=1.0, answerable=1.0)


class Recorder:
    """A judge that finds an answer to every question, and keeps what it was shown for each."""

    def __init__(self) -> None:
        self._shown: list[Evidence] = []
        self._kept: dict[str, Evidence] = {}

    def __call__(self, evidence: Evidence) -> Verdict:
        """See `qa.answerability.judge`."""
        self._shown.append(evidence)
        return _CERTAIN

    def recorded(self, examined: Examinee) -> Examinee:
        """Return an examinee that asks as `examined` does, its evidence kept by question."""

        def ask(question: Question) -> Answer:
            self._shown.clear()
            answer = examined.ask(question)
            # A look-up weighs nothing, a comparison each side.
            if len(self._shown) == 1:
                self._kept[question.id] = self._shown[0]
            return answer

        return Examinee(ask=ask, text_of=examined.text_of)

    def rows(self, evaluation: Evaluation) -> Iterator[dict[str, object]]:
        """Yield a row for each question of which it is known what was weighed and what is right."""
        for one in evaluation.questions:
            if one.question.id not in self._kept or not one.gold.known:
                continue
            yield {
                "collection": evaluation.name,
                "id": one.question.id,
                "answerable": one.gold.answerable,
                "right": bool(one.is_right),
                "evidence": asdict(self._kept[one.question.id]),
            }


def main() -> None:
    """Ask the questions and write a JSON line for each."""
    parser = argparse.ArgumentParser(prog="python -m ui.evidence", description=__doc__)
    parser.add_argument(
        "questions",
        nargs="+",
        type=Path,
        help="folder of collections, or question file over your own library",
    )
    parser.add_argument("--output", type=Path, required=True, help="JSON lines that are written")
    parser.add_argument("--limit", type=int, help="questions of each collection")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = load_settings()
    with options.output.open("w", encoding="utf-8") as output:
        for path in options.questions:
            for collection in _collections(path):
                recorder = Recorder()
                (evaluation,) = evaluate_collections(
                    [collection], partial(_recorded, settings, recorder), limit=options.limit
                )
                for row in recorder.rows(evaluation):
                    output.write(json.dumps(row) + "\n")


def _collections(path: Path) -> list[Collection]:
    if path.is_dir():
        return find_collections(path)
    return [Collection(name=path.stem, questions=path, passages=None)]


@contextmanager
def _recorded(settings: Settings, recorder: Recorder, collection: Collection) -> Iterator[Examinee]:
    with examinee(
        settings, collection, judge=recorder, progress=lambda done, total: None
    ) as examined:
        yield recorder.recorded(examined)


if __name__ == "__main__":
    main()
