"""How far a figure can be trusted: 95 % confidence intervals by the bootstrap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

RESAMPLE_COUNT = 2_000
PERCENTILES = (2.5, 97.5)
SEED = 2012
"""With the same questions and answers the intervals are the same to the digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure over `count` questions, with the ends of its 95 % confidence interval."""

    value: float
    low: float
    high: float
    count: int


def estimate(
    statistic: "Callable[[NDArray[numpy.int64]], float]", *, question_count: int
) -> Estimate:
    """Return a statistic of some questions with its interval.

    The percentile bootstrap (Efron and Tibshirani, 1993, "An Introduction to the Bootstrap",
    chapter 13): as many questions as there are, drawn with replacement, `RESAMPLE_COUNT` times.

    Args:
        statistic: of the questions at these places, 0 to `question_count` - 1, in any order and
            with repetitions.
        question_count: at least 1.
    """
    import numpy

    random = numpy.random.default_rng(SEED)
    resampled = [
        statistic(random.integers(0, question_count, question_count)) for _ in range(RESAMPLE_COUNT)
    ]
    low, high = numpy.percentile(resampled, PERCENTILES)
    return Estimate(
        value=float(statistic(numpy.arange(question_count))),
        low=float(low),
        high=float(high),
        count=question_count,
    )


def estimate_mean(values: Sequence[float]) -> Estimate:
    """Return the mean of at least one value, one a question, with its interval."""
    import numpy

    array = numpy.asarray(values, dtype=numpy.float64)
    return estimate(lambda rows: float(array[rows].mean()), question_count=len(array))
