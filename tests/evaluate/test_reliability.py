from __future__ import annotations

import numpy as np
import pytest

from mmsearch.evaluate.reliability import calibration_error, reliability


def test_promises_that_are_kept_have_no_error() -> None:
    match = np.repeat([0.25, 0.75], 100)
    right = np.tile([True, False, False, False], 25).tolist() + np.tile([1, 1, 1, 0], 25).tolist()
    assert calibration_error(match, right) == pytest.approx(0)


def test_error_is_weighed_by_the_hits_of_a_bin() -> None:
    match = [0.9] * 3 + [0.1]
    right = [False] * 3 + [False]
    assert calibration_error(match, right) == pytest.approx((3 * 0.9 + 0.1) / 4)


def test_bins_hold_every_hit_once_and_one_is_in_the_last() -> None:
    bins = reliability([0, 0.05, 0.95, 1.0], [False, False, True, True])
    assert [(one.n, one.kept) for one in bins] == [(2, 0.0), (2, 1.0)]
    assert bins[0].promised == pytest.approx(0.025)


def test_nothing_found_is_no_error() -> None:
    assert calibration_error([], []) == 0
    assert reliability([], []) == []
