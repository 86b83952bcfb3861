"""Fewer dimensions: what stays is what was promised."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models.projection import (
    PROJECTION,
    kept_neighbours,
    learned_projection,
    load_projection,
    projected,
    save_projection,
)
from mmsearch.errors import ModelError
from mmsearch.types import F32

NOTHING = np.zeros((0, 40), np.float32)


def things(n: int, n_true: int, noise: float, seed: int = 0) -> F32:
    """Unit vectors of 40 dimensions that differ in ``n_true`` directions, and a little in all."""
    chance = np.random.default_rng(seed)
    directions = np.random.default_rng(9).standard_normal((n_true, 40))
    vectors = chance.standard_normal((n, n_true)) @ directions
    vectors += noise * chance.standard_normal((n, 40))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_what_lies_in_the_main_directions_stays_as_it_is() -> None:
    vectors = things(200, 8, 0.0)
    matrix = learned_projection(vectors, NOTHING, 8)
    np.testing.assert_allclose(matrix.T @ matrix, np.eye(8), atol=1e-5)
    fresh = things(50, 8, 0.0, seed=1)
    small = projected(fresh, matrix)
    np.testing.assert_allclose(small @ small.T, fresh @ fresh.T, atol=1e-4)
    assert kept_neighbours(vectors, 8, NOTHING) > 0.99


def test_it_is_the_best_that_so_many_dimensions_can_do() -> None:
    """The slow oracle: the singular vectors lose the least of all dot products."""
    vectors = things(300, 20, 0.3)
    matrix = learned_projection(vectors, NOTHING, 10)
    _, _, right = np.linalg.svd(vectors, full_matrices=False)
    lost = np.square(vectors - vectors @ matrix @ matrix.T).sum()
    least = np.square(vectors - vectors @ right[:10].T @ right[:10]).sum()
    assert lost == pytest.approx(least, rel=1e-4)


def test_what_is_lost_is_told() -> None:
    noisy = things(400, 40, 1.0)
    shares = [kept_neighbours(noisy, dim, NOTHING) for dim in (2, 10, 30, 40)]
    assert shares == sorted(shares)
    assert shares[0] < 0.3
    assert shares[-1] > 0.99


def test_sentences_count_as_much_as_things() -> None:
    """Few sentences in a direction of their own are not lost among many things."""
    pictures = things(1000, 6, 0.0)
    own = np.zeros((20, 40), np.float32)
    own[:, 39] = 1
    matrix = learned_projection(pictures, own, 7)
    assert np.linalg.norm(own[0] @ matrix) > 0.9


def test_too_few_things() -> None:
    with pytest.raises(ModelError, match=r"at least 10 things.*there are 3"):
        learned_projection(things(3, 2, 0.1), NOTHING, 10)


def test_it_survives_the_disk(tmp_path: Path) -> None:
    matrix = learned_projection(things(50, 8, 0.1), NOTHING, 8)
    save_projection(tmp_path, matrix)
    np.testing.assert_array_equal(load_projection(tmp_path / PROJECTION, 40, 8), matrix)
    with pytest.raises(ModelError, match="does not fit"):
        load_projection(tmp_path / PROJECTION, 40, 9)
    (tmp_path / PROJECTION).write_bytes(b"no")
    with pytest.raises(ModelError, match="cannot be read"):
        load_projection(tmp_path / PROJECTION, 40, 8)
