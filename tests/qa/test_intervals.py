"""Confidence intervals, against distributions that can be worked out by hand."""

import pytest

from qa.intervals import estimate, estimate_mean


def test_the_mean_of_one_value_or_of_equal_ones_is_certain() -> None:
    one = estimate_mean([0.25])
    assert (one.value, one.low, one.high, one.count) == (0.25, 0.25, 0.25, 1)
    equal = estimate_mean([1.0] * 7)
    assert (equal.value, equal.low, equal.high, equal.count) == (1, 1, 1, 7)


def test_the_interval_is_that_of_the_binomial_distribution() -> None:
    # Of two questions, one right: a resample has none right in 1/4 of the cases, both in 1/4.
    two = estimate_mean([0, 1])
    assert (two.value, two.low, two.high) == (0.5, 0, 1)
    # Of four questions, one right. None: (3/4)^4 = 0.316, above 0.025. At most two: 0.949; at most
    # three: 0.996. So the 97.5th percentile is 3 of 4.
    four = estimate_mean([0, 1, 0, 0])
    assert (four.value, four.low, four.high) == (0.25, 0, 0.75)
    # Of 100, 50 right: 50 ± 1.96 · 5 = 40.2 to 59.8.
    hundred = estimate_mean([0, 1] * 50)
    assert hundred.value == 0.5
    assert hundred.low == pytest.approx(0.402, abs=0.011)
    assert hundred.high == pytest.approx(0.598, abs=0.011)


def test_the_same_values_give_the_same_interval() -> None:
    values = [0.1, 0.9, 0.4, 0.35, 0.0]
    assert estimate_mean(values) == estimate_mean(values)


def test_any_statistic_has_an_interval() -> None:
    values = [1, 2, 3]
    # The greatest is 3 but in (2/3)^3 = 0.296 of the resamples; it is 1 in 1/27 = 0.037 of them.
    greatest = estimate(lambda rows: max(values[row] for row in rows), question_count=3)
    assert (greatest.value, greatest.low, greatest.high) == (3, 1, 3)
