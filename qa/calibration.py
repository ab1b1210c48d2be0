"""Whether the confidence says how often the answers are right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.intervals import Estimate, estimate

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

BIN_COUNT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The confidence of one answer, 0..1, and whether the answer was right."""

    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceBin:
    """The answers whose confidence falls into one of the `BIN_COUNT` equal parts of 0..1.

    Attributes:
        count: of answers, at least 1.
        mean_confidence: of them.
        right_share: how many of them were right, 0..1; equal to `mean_confidence` if calibrated.
    """

    count: int
    mean_confidence: float
    right_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The expected calibration error, 0..1, 0 best, and the bins that hold any answer, rising."""

    error: Estimate
    bins: tuple[ConfidenceBin, ...]


def calibrate(outcomes: Sequence[Outcome]) -> Calibration:
    """Compare confidence and outcome of at least one answer.

    The expected calibration error of Naeini et al. (2015, "Obtaining Well Calibrated Probabilities
    Using Bayesian Binning"): the distance between mean confidence and share of right answers in
    each bin, averaged over the answers. A confidence on the border of two bins is in the upper one,
    1 in the last.
    """
    import numpy

    confidences = numpy.array([outcome.confidence for outcome in outcomes], dtype=numpy.float64)
    rights = numpy.array([outcome.is_right for outcome in outcomes], dtype=numpy.float64)
    places = numpy.minimum((confidences * BIN_COUNT).astype(numpy.int64), BIN_COUNT - 1)
    excess = confidences - rights

    def error(rows: "NDArray[numpy.int64]") -> float:
        # A bin's share of the answers times its distance is the sum of its answers' excess.
        sums = numpy.bincount(places[rows], weights=excess[rows], minlength=BIN_COUNT)
        return float(numpy.abs(sums).sum() / len(rows))

    return Calibration(
        error=estimate(error, question_count=len(outcomes)),
        bins=tuple(
            ConfidenceBin(
                count=int((places == place).sum()),
                mean_confidence=float(confidences[places == place].mean()),
                right_share=float(rights[places == place].mean()),
            )
            for place in sorted(set(places.tolist()))
        ),
    )
