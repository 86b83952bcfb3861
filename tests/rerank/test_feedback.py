"""What a direction promises, on vectors made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.rerank.feedback import METHODS, Judged


def judged(verdict: list[int], *, seed: int = 1) -> Judged:
    """Twelve vectors of which the first half have something in common, and the second half."""
    chance = np.random.default_rng(seed)
    vectors = chance.normal(0, 0.3, (12, 8)) + np.repeat(np.eye(8)[:2], 6, axis=0)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    logit = chance.normal(0, 0.3, 12).astype(np.float32)
    return Judged(vectors, logit, np.full(12, 0.06, np.float32), np.array(verdict, np.int8))


def change(method: str, some: Judged) -> np.ndarray:
    """What each candidate gains."""
    return some.vectors @ METHODS.get(method)(some) / some.scale


@pytest.mark.parametrize("method", ["gradient", "rocchio"])
def test_what_is_like_the_liked_gains_on_the_rest(method: str) -> None:
    gained = change(method, judged([1] + [0] * 11))
    assert gained[0] > 1
    assert gained[1:6].mean() > gained[6:].mean() + 0.5


@pytest.mark.parametrize("method", ["gradient", "rocchio"])
def test_what_is_like_the_disliked_loses(method: str) -> None:
    gained = change(method, judged([-1] + [0] * 11))
    assert gained[0] < 0
    assert gained[1:6].mean() < gained[6:].mean()


@pytest.mark.parametrize("method", ["gradient", "rocchio"])
def test_the_liked_gains_on_the_disliked(method: str) -> None:
    gained = change(method, judged([1, *[0] * 5, -1, *[0] * 5]))
    assert gained[0] > gained[6] + 1


def test_the_same_verdicts_give_the_same_direction() -> None:
    some = judged([1, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0])
    assert (METHODS.get("gradient")(some) == METHODS.get("gradient")(some)).all()


def test_a_single_candidate_is_no_trouble() -> None:
    alone = Judged(
        np.eye(1, 4, dtype=np.float32),
        np.zeros(1, np.float32),
        np.full(1, 0.1, np.float32),
        np.ones(1, np.int8),
    )
    for method in METHODS:
        assert np.isfinite(METHODS.get(method)(alone)).all()


def test_an_unmoved_query_is_a_minimum_without_pairs() -> None:
    assert not METHODS.get("gradient")(judged([0] * 12)).any()
