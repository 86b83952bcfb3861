"""Reranking by neighbours against the formulas written out, and its promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.rerank.superglobal import superglobal


def units(seed: int, n_vector: int, dim: int = 6) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((n_vector, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def slowly(query: np.ndarray, vectors: np.ndarray, *, n_neighbours: int, n_expanded: int) -> list:
    """One candidate after the other."""
    refined = []
    for mine, vector in enumerate(vectors):
        cosines = {other: float(vector @ vectors[other]) for other in range(len(vectors))}
        del cosines[mine]
        nearest = sorted(cosines, key=lambda other: -cosines[other])[:n_neighbours]
        weights = {other: 0.15 * max(cosines[other], 0) for other in nearest}
        total = vector + sum(weight * vectors[other] for other, weight in weights.items())
        refined.append(total / (1 + sum(weights.values())))
    first = [float(query @ one) for one in refined]
    best = sorted(range(len(first)), key=lambda place: -first[place])[:n_expanded]
    expanded = np.array([max(refined[place][axis] for place in best) for axis in range(6)])
    return [(a + float(expanded @ one)) / 2 for a, one in zip(first, refined, strict=True)]


@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(1, 5))
def test_it_equals_the_formulas(seed: int, n_vector: int, n_expanded: int) -> None:
    query, *vectors = units(seed, n_vector + 1)
    fast = superglobal(query, np.array(vectors), n_expanded=n_expanded)
    slow = slowly(query, np.array(vectors), n_neighbours=9, n_expanded=n_expanded)
    assert fast == pytest.approx(slow, abs=1e-5)


def test_without_neighbours_and_expansion_it_is_the_cosine() -> None:
    query, *vectors = units(1, 8)
    scores = superglobal(query, np.array(vectors), weight=0, n_expanded=0)
    assert scores == pytest.approx(np.array(vectors) @ query, abs=1e-6)


def test_a_candidate_among_good_ones_rises() -> None:
    query = np.array([1, 0, 0], np.float32)
    others = [[0.9, 0.43589, 0]] * 4
    same_cosine = [[0.8, 0.6, 0], [0.8, -0.6, 0]]
    scores = superglobal(query, np.array([*others, *same_cosine], np.float32))
    assert scores[4] > scores[5]


def test_no_candidates_have_no_scores() -> None:
    assert superglobal(np.ones(3, np.float32), np.zeros((0, 3), np.float32)).shape == (0,)
