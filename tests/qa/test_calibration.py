"""The expected calibration error, worked by hand."""

import pytest

from qa.calibration import ConfidenceBin, Outcome, calibrate


def outcomes(*pairs: tuple[float, bool]) -> list[Outcome]:
    return [Outcome(confidence=confidence, is_right=is_right) for confidence, is_right in pairs]


def test_each_bin_counts_by_its_answers() -> None:
    found = calibrate(outcomes((0.92, True), (0.98, False), (0.95, True), (0.31, False)))
    # 0.9 to 1: confidence 2.85 / 3 = 0.95, right 2 of 3, apart by 0.2833; 0.3 to 0.4: by 0.31.
    assert found.error.value == pytest.approx(0.75 * (0.95 - 2 / 3) + 0.25 * 0.31)
    assert found.error.count == 4
    low, high = found.bins
    assert low == ConfidenceBin(count=1, mean_confidence=0.31, right_share=0)
    assert high.count == 3
    assert high.mean_confidence == pytest.approx(0.95)
    assert high.right_share == pytest.approx(2 / 3)


def test_errors_in_one_bin_cancel_and_in_different_bins_do_not() -> None:
    assert calibrate(outcomes((0.5, True), (0.5, False))).error.value == 0
    assert calibrate(outcomes((0.45, True), (0.55, False))).error.value == pytest.approx(0.55)


def test_a_border_belongs_to_the_bin_above_and_one_to_the_last() -> None:
    found = calibrate(outcomes((0.0, False), (0.1, False), (0.9, True), (1.0, True)))
    assert [part.count for part in found.bins] == [1, 1, 2]


def test_certain_answers_that_are_right_have_no_error_and_no_doubt() -> None:
    error = calibrate(outcomes((1.0, True), (1.0, True))).error
    assert (error.value, error.low, error.high) == (0, 0, 0)
    error = calibrate(outcomes((1.0, False))).error
    assert (error.value, error.low, error.high) == (1, 1, 1)


def test_the_interval_is_that_of_the_resamples() -> None:
    # One of two certain answers is wrong: the resamples have error 0 (1/4), 0.5 (1/2) and 1 (1/4).
    error = calibrate(outcomes((1.0, True), (1.0, False))).error
    assert (error.value, error.low, error.high) == (0.5, 0, 1)
