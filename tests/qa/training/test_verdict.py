"""Weights are fitted to answers of which it is known whether they are right."""

import json
import math
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from ingest.errors import InputError
from qa.answerability import WEIGHTS_FILE, Evidence, Verdict, features
from qa.training.verdict import (
    FIXED,
    LEAST_SAY,
    WeighedAnswer,
    figures,
    fit,
    foretell,
    read_weighed,
)

NOTHING = Evidence(
    first_reading=0.0,
    best_reading=0.0,
    first_span=0.0,
    span_lead=0.0,
    quoted_reading=0.0,
    lead=0.0,
    lacks_type=0.0,
    lacks_name=0.0,
    counts_other=0.0,
    lacks_year=0.0,
    says_other_year=0.0,
    missing_places=0.0,
    missing_names=0.0,
    missing_figures=0.0,
    covered=0.0,
    retrieved=0.0,
    focus=0.0,
    met=0.0,
    is_preselected=0.0,
    is_cross=0.0,
    is_broad=0.0,
)


def answers(evidence: Evidence, *, right: int, wrong: int) -> list[WeighedAnswer]:
    return [
        WeighedAnswer(collection="made", answerable=is_right, right=is_right, evidence=evidence)
        for is_right in [True] * right + [False] * wrong
    ]


def fitted(given: list[WeighedAnswer]) -> dict[str, float]:
    return fit(given, outcomes=[one.right for one in given], importance=[1.0] * len(given))


def test_without_evidence_the_constant_is_the_log_odds_of_the_sample() -> None:
    weights = fitted(answers(NOTHING, right=30, wrong=10))
    assert weights["constant"] == pytest.approx(math.log(3), abs=0.01)
    told = {name: weight for name, weight in weights.items() if name != "constant"}
    assert all(abs(weight) <= LEAST_SAY for name, weight in told.items() if name not in FIXED)


def test_evidence_that_goes_with_right_answers_gets_weight() -> None:
    met = replace(NOTHING, met=1.0)
    weights = fitted(answers(met, right=90, wrong=10) + answers(NOTHING, right=10, wrong=90))
    assert weights["met"] > 3  # nearly the difference of the log odds, 2 ln 9 = 4.4
    assert weights["constant"] < -1.5


def test_what_speaks_for_an_answer_never_gets_a_weight_against_it() -> None:
    met = replace(NOTHING, met=1.0)
    weights = fitted(answers(met, right=10, wrong=90) + answers(NOTHING, right=90, wrong=10))
    assert weights["met"] == pytest.approx(LEAST_SAY / 0.5, abs=0.01)  # scaled by the deviation


def test_an_answer_counts_as_often_as_it_is_important() -> None:
    given = answers(NOTHING, right=1, wrong=1)
    weights = fit(given, outcomes=[True, False], importance=[3.0, 1.0])
    assert weights["constant"] == pytest.approx(math.log(3), abs=0.01)


def test_the_shipped_weights_cover_every_feature() -> None:
    shipped = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    assert shipped.keys() == {"right", "answerable"}
    for weights in shipped.values():
        assert weights.keys() == features(NOTHING).keys()


def test_weighed_answers_are_read_back(tmp_path: Path) -> None:
    row = {
        "collection": "open",
        "id": "7",
        "answerable": True,
        "right": False,
        "evidence": asdict(replace(NOTHING, met=0.5)),
    }
    path = tmp_path / "evidence.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (read,) = read_weighed(path)
    assert (read.collection, read.answerable, read.right) == ("open", True, False)
    assert read.evidence.met == 0.5


def test_evidence_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evidence.jsonl"
    path.write_text('{"collection": "open", "answerable": true}\n', encoding="utf-8")
    with pytest.raises(InputError, match="expected JSON lines"):
        read_weighed(path)


def test_the_figures_of_foretold_answers() -> None:
    def verdict(right: float, answerable: float) -> Verdict:
        return Verdict(right=right, answerable=answerable)

    given = answers(NOTHING, right=2, wrong=1)
    given.append(replace(given[0], right=False))  # answerable, but wrong
    verdicts = [verdict(0.9, 0.9), verdict(0.3, 0.2), verdict(0.1, 0.3), verdict(0.8, 0.6)]
    # Refused: 1 of 1 without an answer, 1 of 3 with one; right: 1 of 3. Confidences 0.9 (right),
    # 0.8 (wrong), 0.7 (right), 0.8 (wrong): (0.1 + 0.3 + |1.6 - 0|) / 4.
    expected = [1.0, pytest.approx(1 / 3), pytest.approx(1 / 3), pytest.approx(0.5)]
    assert figures(given, verdicts) == expected
    assert figures(given[:1], verdicts[:1])[0] is None


def test_a_collection_is_foretold_by_the_others_alone() -> None:
    met = replace(NOTHING, met=1.0)
    first = answers(met, right=90, wrong=10) + answers(NOTHING, right=10, wrong=90)
    second = [replace(one, collection="other", right=False) for one in first]
    foretold = foretell([*first, *second], times={})
    assert foretold.keys() == {"made", "other"}
    assert max(one.right for one in foretold["made"]) < 0.5  # the other knows no right answer
    assert foretold["other"][0].right > 0.5 > foretold["other"][-1].right
