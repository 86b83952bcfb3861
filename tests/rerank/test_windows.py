"""Ordering by a reranker that compares: against sorting, and on a clock that the test winds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.rerank.budget import Ints
from mmsearch.rerank.windows import rank_within
from mmsearch.types import F32


class Comparer:
    """Knows the true worth of candidates, says it on another scale each time, and takes time."""

    def __init__(self, worth: F32, item_s: float = 0.0, call_s: float = 0.0) -> None:
        self.worth, self.item_s, self.call_s = worth, item_s, call_s
        self.now_s = 100.0
        self.windows: list[int] = []

    def clock(self) -> float:
        return self.now_s

    def __call__(self, places: Ints) -> F32:
        self.windows.append(len(places))
        # Reading more together takes longer for each, as attention does.
        self.now_s += self.call_s + self.item_s * len(places) * (1 + len(places) / 40)
        chance = np.random.default_rng(len(self.windows))
        return (chance.normal() + chance.uniform(1, 9) * self.worth[places]).astype(np.float32)

    def within(self, budget_s: float, window: int = 20) -> F32:
        return rank_within(len(self.worth), self, budget_s, window, self.clock)


def worths(n: int, seed: int = 0) -> F32:
    return np.random.default_rng(seed).permutation(n).astype(np.float32)


@given(st.integers(0, 20), st.integers(0, 1000))
def test_what_fits_into_a_window_is_sorted(n: int, seed: int) -> None:
    worth = worths(n, seed)
    scores = Comparer(worth).within(60.0)
    if n < 2:
        assert np.isnan(scores).all()
    else:
        assert np.array_equal(np.argsort(-scores), np.argsort(-worth))


@pytest.mark.parametrize("n", [21, 30, 50, 100])
def test_the_best_half_of_a_window_comes_first(n: int) -> None:
    """As a sliding window does: what is among the best ten cannot be left behind."""
    worth = worths(n)
    comparer = Comparer(worth)
    scores = comparer.within(60.0)
    assert np.isfinite(scores).all()
    assert np.array_equal(np.argsort(-scores)[:10], np.argsort(-worth)[:10])
    assert max(comparer.windows) == 20


@given(st.integers(3, 120), st.floats(0.001, 0.1), st.floats(0, 0.02), st.floats(1.0, 20.0))
def test_it_stays_inside_its_budget_by_a_tenth(
    n: int, item_s: float, call_s: float, budget_s: float
) -> None:
    comparer = Comparer(worths(n), item_s, call_s)
    scores = comparer.within(budget_s)
    assert comparer.now_s - 100.0 <= 1.1 * budget_s
    n_read = int(np.isfinite(scores).sum())
    assert np.isfinite(scores[:n_read]).all(), "the front is read first"
    assert sorted(-scores[:n_read]) == list(range(n_read))


def test_little_time_reads_the_front_alone() -> None:
    comparer = Comparer(worths(100), item_s=0.1)
    scores = comparer.within(1.0)
    assert 2 <= np.isfinite(scores).sum() < 10
    assert Comparer(worths(100)).within(0.0) == pytest.approx(np.nan, nan_ok=True)


def test_some_time_reads_as_far_back_as_it_fits() -> None:
    scores = Comparer(worths(100), item_s=0.01).within(1.2)
    assert 20 < np.isfinite(scores).sum() < 100


def test_what_cannot_be_judged_stays_behind_what_can() -> None:
    told = np.array([np.nan, 1, np.nan, 5], np.float32)
    scores = rank_within(4, lambda places: told[places], 60.0, 20)
    assert np.argsort(-scores).tolist() == [3, 1, 0, 2]
