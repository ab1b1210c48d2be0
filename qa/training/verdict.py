"""``python -m qa.training.verdict``: fit the weights of `qa.answerability` to weighed answers.

What to expect of a collection that was not fitted to is printed too, by a cross-validation: each
collection is foretold by weights that are fitted to all others.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import InputError
from qa.answerability import ANSWER_THRESHOLD, Evidence, Verdict, features, judge_with
from qa.calibration import Outcome, calibrate
from qa.eval_table import render_rows

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

PENALTY = 1.0
"""Of a weight's square, for features that are scaled to a standard deviation of 1."""
LEAST_SAY = 0.05
"""Of a weight whose sign is known, for a feature that is scaled to a standard deviation of 1."""
FIXED: Mapping[str, float] = {"lacks_year": -7.0, "focus": 1.5, "is_preselected": -1.6}
"""Weights that are set by hand, for the questions that are fitted to cannot tell them.

Hardly any of them shows `lacks_year`, and what is said of another year is no answer. Searched are
single reports and one large collection of another kind, which says little of what lies between:
with a `focus` of 2.0 one of twelve answerable questions on CMRC 2018 is refused and one of four on
DRAGONBall, with 1.5 one of twenty and one of five, while on single reports it is one in a hundred
more; with 1.0 more of DRAGONBall's unanswerable ones are answered.
Made candidates hold less that merely looks like an answer than those that a search gathered, so
that `is_preselected` would speak for an answer. It was set by NoMIRACL and RGB, of whose questions
without an answer five to seven of ten are refused at -0.8 and seven to eight at -1.6.
"""
FIXED_ACROSS_LANGUAGES: Mapping[str, Mapping[str, float]] = {
    "right": {"is_cross": 2.5},
    "answerable": {"is_cross": 1.0},
}
"""The same by what is foretold, for what makes up for the lower scores across languages.

It was set by XQuAD over Chinese passages, where thousands of documents are searched: three of four
answers there are right. For single reports `focus * is_cross` makes up for it, which is fitted.
"""
_SPEAKS_FOR = (
    "first_reading",
    "best_reading",
    "first_span",
    "span_lead",
    "quoted_reading",
    "lead",
    "covered",
    "retrieved",
    "retrieved * is_cross",
    "met",
    "met * is_cross",
)
_SPEAKS_AGAINST = (
    "lacks_type",
    "lacks_name",
    "counts_other",
    "says_other_year",
    "missing_places",
    "missing_names",
    "missing_figures",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedAnswer:
    """Evidence for an answer, and what was true.

    Attributes:
        collection: name of the one that the question is from.
        answerable: whether there is an answer.
        right: whether the composed one is right.
        evidence: what was weighed.
    """

    collection: str
    answerable: bool
    right: bool
    evidence: Evidence


def read_weighed(path: Path) -> list[WeighedAnswer]:
    """Return the answers of a file that ``python -m ui.evidence`` wrote.

    Raises:
        InputError: the file cannot be read or is not of this form.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [
            WeighedAnswer(
                collection=row["collection"],
                answerable=row["answerable"],
                right=row["right"],
                evidence=Evidence(**row["evidence"]),
            )
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}: found {type(error).__name__} {error}; expected JSON lines as "
            "`python -m ui.evidence` writes them now"
        ) from error


def fit(
    answers: Sequence[WeighedAnswer],
    *,
    outcomes: Sequence[bool],
    importance: Sequence[float],
    fixed: Mapping[str, float] = FIXED,
) -> dict[str, float]:
    """Return a weight for each of `qa.answerability.features`, by logistic regression.

    What speaks for an answer never gets a weight below 0, what speaks against one never above it,
    and both have a say: the sample is small, and its accidents are not to outweigh what is known.

    Args:
        answers: at least one.
        outcomes: what is to be foretold of each.
        importance: how much each counts, above 0.
        fixed: weights that are set.
    """
    import numpy
    from scipy.optimize import minimize

    names = list(features(answers[0].evidence))
    rows = numpy.array([[features(one.evidence)[name] for name in names] for one in answers])
    signs = numpy.where(numpy.array(outcomes), 1.0, -1.0)
    weight = numpy.array(importance) / numpy.mean(importance)
    scales = rows.std(axis=0)
    scales[scales == 0] = 1.0
    is_penalised = numpy.array([name != "constant" for name in names])
    bounds = [_bounds(name, scale, fixed) for name, scale in zip(names, scales, strict=True)]

    def loss(
        scaled: "NDArray[numpy.float64]",
    ) -> "tuple[float, NDArray[numpy.float64]]":
        margins = signs * (rows @ (scaled / scales))
        value = (weight * numpy.logaddexp(0, -margins)).sum()
        value += PENALTY * (scaled[is_penalised] ** 2).sum() / 2
        pull = -weight * signs / (1 + numpy.exp(margins))
        gradient = (rows / scales).T @ pull + PENALTY * numpy.where(is_penalised, scaled, 0.0)
        return float(value), gradient

    start = numpy.array([min(max(0.0, low), high) for low, high in bounds])
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
    return {
        name: round(float(value), 3) for name, value in zip(names, found.x / scales, strict=True)
    }


def _bounds(name: str, scale: float, fixed: Mapping[str, float]) -> tuple[float, float]:
    """Return between what the scaled weight of a feature may lie."""
    if name in fixed:
        return fixed[name] * scale, fixed[name] * scale
    unbounded = float("inf")
    if name in _SPEAKS_FOR:
        return LEAST_SAY, unbounded
    if name in _SPEAKS_AGAINST:
        return -unbounded, -LEAST_SAY
    return -unbounded, unbounded


def fit_both(
    answers: Sequence[WeighedAnswer], *, times: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """Return the weights for each probability of a `Verdict`.

    Args:
        answers: at least one.
        times: how much an answer counts by its collection; 1 where it is not named.
    """
    outcomes = {
        "right": [one.right for one in answers],
        "answerable": [one.answerable for one in answers],
    }
    return {
        name: fit(
            answers,
            outcomes=known,
            importance=[times.get(one.collection, 1.0) for one in answers],
            fixed={**FIXED, **FIXED_ACROSS_LANGUAGES[name]},
        )
        for name, known in outcomes.items()
    }


def foretell(
    answers: Sequence[WeighedAnswer], *, times: Mapping[str, float]
) -> dict[str, list[Verdict]]:
    """Return the verdicts on each of at least two collections by weights fitted to the others."""
    foretold: dict[str, list[Verdict]] = {}
    for name in dict.fromkeys(one.collection for one in answers):
        weights = fit_both([one for one in answers if one.collection != name], times=times)
        own = [one for one in answers if one.collection == name]
        foretold[name] = [judge_with(weights, one.evidence) for one in own]
    return foretold


def figures(answers: Sequence[WeighedAnswer], verdicts: Sequence[Verdict]) -> list[float | None]:
    """Return the shares refused rightly and wrongly and answered rightly, and the ECE.

    None for a share where no question is of that kind.
    """
    refused: dict[bool, list[bool]] = {True: [], False: []}
    rights: list[bool] = []
    outcomes: list[Outcome] = []
    for one, verdict in zip(answers, verdicts, strict=True):
        is_refused = verdict.answerable < ANSWER_THRESHOLD
        refused[one.answerable].append(is_refused)
        if one.answerable:
            rights.append(one.right and not is_refused)
        confidence = 1 - verdict.answerable if is_refused else verdict.right
        is_right = not one.answerable if is_refused else one.right
        outcomes.append(Outcome(confidence=confidence, is_right=is_right))
    shares = [_share(refused[False]), _share(refused[True]), _share(rights)]
    return [*shares, calibrate(outcomes).error.value]


def _share(known: Sequence[bool]) -> float | None:
    return sum(known) / len(known) if known else None


def main() -> None:
    """Read the arguments, fit, write the weights and print what to expect of them."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.training.verdict", description=__doc__.splitlines()[0]
    )
    parser.add_argument("weighed", nargs="+", type=Path, help="files of python -m ui.evidence")
    parser.add_argument("--output", type=Path, required=True, help="JSON file of the weights")
    parser.add_argument(
        "--count", action="append", default=[], metavar="COLLECTION=TIMES", help="repeat"
    )
    options = parser.parse_args()
    answers = [answer for path in options.weighed for answer in read_weighed(path)]
    given = (entry.partition("=")[::2] for entry in options.count)
    times = {name: float(value) for name, value in given}
    weights = fit_both(answers, times=times)
    options.output.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")
    print(f"{len(answers)} answers, {sum(one.right for one in answers)} right")
    rows = []
    for name, verdicts in foretell(answers, times=times).items():
        own = [one for one in answers if one.collection == name]
        cells = ["-" if value is None else f"{value:.3f}" for value in figures(own, verdicts)]
        rows.append([name, str(len(own)), *cells])
    heading = ["foretold by the others", "asked", "refused rightly", "refused wrongly"]
    print(render_rows([*heading, "first citation", "calibration error"], rows))


if __name__ == "__main__":
    main()
