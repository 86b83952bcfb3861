"""Reranking inside a time budget, on a clock that the test winds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.rerank.budget import Ints, score_within


class Scorer:
    """Takes a known time for each candidate, and some for each call."""

    def __init__(self, costs_s: np.ndarray, call_s: float = 0.0) -> None:
        self.costs_s, self.call_s = costs_s, call_s
        self.now_s = 100.0
        self.batches: list[int] = []

    def clock(self) -> float:
        return self.now_s

    def __call__(self, places: Ints) -> np.ndarray:
        self.batches.append(len(places))
        self.now_s += self.call_s + float(self.costs_s[places].sum())
        return places.astype(np.float32)

    def within(self, budget_s: float) -> np.ndarray:
        return score_within(len(self.costs_s), self, budget_s, self.clock)


@given(st.integers(0, 1000), st.floats(0.0005, 0.02), st.floats(0, 0.005), st.floats(0.2, 2.0))
def test_it_stays_inside_its_budget_by_a_tenth(
    seed: int, cost_s: float, call_s: float, budget_s: float
) -> None:
    """Costs vary by half; one slow candidate alone stays below a tenth of the budget."""
    costs_s = cost_s * np.random.default_rng(seed).uniform(0.5, 1.5, 500)
    scorer = Scorer(costs_s, call_s)
    scores = scorer.within(budget_s)
    assert scorer.now_s - 100.0 <= 1.1 * budget_s
    n_done = int(np.isfinite(scores).sum())
    assert np.array_equal(scores[:n_done], np.arange(n_done))
    assert n_done == 500 or scorer.now_s - 100.0 >= 0.75 * budget_s - cost_s - call_s


def test_enough_time_scores_all_in_growing_batches() -> None:
    scorer = Scorer(np.full(50, 0.001))
    assert np.array_equal(scorer.within(10.0), np.arange(50))
    assert scorer.batches == [2, 4, 8, 16, 20]


def test_candidates_that_become_dearer_are_noticed() -> None:
    """As when the features of the first ones were kept, and those of the rest have to be made."""
    scorer = Scorer(np.repeat([0.0001, 0.01], [30, 470]))
    scores = scorer.within(1.0)
    assert scorer.now_s - 100.0 <= 1.1
    assert np.isfinite(scores).sum() >= 100


def test_no_budget_asks_nothing() -> None:
    scorer = Scorer(np.full(5, 0.001))
    assert np.isnan(scorer.within(0.0)).all()
    assert scorer.batches == []


def test_no_candidates_have_no_scores() -> None:
    assert Scorer(np.zeros(0)).within(1.0).shape == (0,)


def test_an_error_of_the_scorer_is_not_swallowed() -> None:
    def broken(places: Ints) -> np.ndarray:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        score_within(3, broken, 1.0)
