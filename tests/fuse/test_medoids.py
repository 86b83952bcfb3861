"""The medoids against all choices there are, and their promises."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from mmsearch.fuse.medoids import medoids


def cost(vectors: np.ndarray, chosen: tuple[int, ...]) -> float:
    apart = np.linalg.norm(vectors[:, None] - vectors[None, list(chosen)], axis=2)
    return float(apart.min(axis=1).sum())


@pytest.mark.parametrize("seed", range(5))
def test_clusters_far_apart_get_their_best_centres(seed: int) -> None:
    chance = np.random.default_rng(seed)
    centres = np.eye(3, 6)
    vectors = np.repeat(centres, 4, axis=0) + chance.normal(0, 0.05, (12, 6))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    best = min(itertools.combinations(range(12), 3), key=lambda some: cost(vectors, some))

    assert tuple(medoids(vectors, 3)) == best


def test_of_equal_vectors_as_many_as_asked_for_are_taken() -> None:
    assert medoids(np.ones((5, 3), np.float32), 2).tolist() == [0, 1]


def test_few_vectors_stand_for_themselves() -> None:
    assert medoids(np.eye(3, dtype=np.float32), 8).tolist() == [0, 1, 2]


def test_the_order_of_time_is_kept() -> None:
    chance = np.random.default_rng(1).standard_normal((40, 8)).astype(np.float32)
    chosen = medoids(chance, 7)
    assert len(set(chosen.tolist())) == 7
    assert (np.diff(chosen) > 0).all()


def test_no_medoid_at_all_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        medoids(np.eye(3, dtype=np.float32), 0)
