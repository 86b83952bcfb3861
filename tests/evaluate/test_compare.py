from __future__ import annotations

import itertools

import numpy as np
import pytest

from mmsearch.evaluate.compare import compare


def test_the_p_value_is_that_of_all_sign_flips() -> None:
    before = np.array([0.1, 0.5, 0.3, 0.2, 0.9, 0.4, 0.1, 0.6])
    after = before + np.array([0.2, 0.1, -0.05, 0.3, 0.0, 0.15, 0.2, 0.1])
    difference = after - before
    flips = [
        abs(np.mean(np.array(signs) * difference))
        for signs in itertools.product((-1, 1), repeat=len(difference))
    ]
    exact = np.mean(np.array(flips) >= abs(difference.mean()) - 1e-12)

    result = compare(before.tolist(), after.tolist())

    assert result.p_value == pytest.approx(exact, abs=0.01)
    assert (result.n_better, result.n_worse) == (6, 1)


def test_no_difference_is_chance_and_a_large_one_is_not() -> None:
    ranks = [0.5, 1.0, 0.25] * 20
    assert compare(ranks, ranks).p_value == 1
    assert compare([0.1] * 60, [0.9] * 60).p_value < 0.001


def test_runs_of_other_queries_are_refused() -> None:
    with pytest.raises(ValueError, match="no pairs"):
        compare([1.0], [1.0, 0.5])
