from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch import vectors as vectors_module
from mmsearch.types import F32
from mmsearch.vectors import Vectors


def unit_rows(n: int, dim: int, *, seed: int = 0) -> F32:
    rows = np.random.default_rng(seed).standard_normal((n, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("dim", [384, 7])
def test_rows_come_back_to_within_half_a_step(dim: int) -> None:
    rows = unit_rows(100, dim)
    step = np.abs(rows).max(axis=1, keepdims=True) / 2039
    assert (np.abs(np.asarray(Vectors.of(rows)) - rows) <= 0.51 * step).all()


def test_rows_are_read_as_from_an_array() -> None:
    held = Vectors.of(unit_rows(10, 384))
    whole = np.asarray(held)
    for rows in (3, slice(2, 5), np.array([1, 1, 8]), np.array([[0, 1], [2, 3]]), whole[:, 0] > 0):
        np.testing.assert_array_equal(held[rows], whole[rows])
    assert held.shape == (10, 384)
    assert len(held) == 10


def test_what_was_read_is_kept_as_the_same_numbers() -> None:
    held = Vectors.of(unit_rows(1000, 384))
    again = Vectors.of(held[:])
    np.testing.assert_array_equal(again.codes, held.codes)
    np.testing.assert_array_equal(again.rest, held.rest)


def test_zeros_and_nothing_can_be_kept() -> None:
    assert not np.asarray(Vectors.of(np.zeros((2, 4), np.float16))).any()
    assert Vectors.of(np.zeros((0, 4), np.float32)).products(np.ones(4, np.float32)).shape == (0,)


def test_products_are_near_and_exact_ones_nearer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors_module, "_MOST_WHOLE", 10)
    rows, query = unit_rows(3000, 384), unit_rows(1, 384, seed=1)[0]
    held, right = Vectors.of(rows), rows @ query

    some = np.arange(0, 3000, 7)
    assert not held.is_small
    assert np.std(held.products(query) - right) < 8e-4
    assert np.std(held.exact_products(some, query) - right[some]) < 4e-5


def test_few_vectors_have_exact_products() -> None:
    rows, query = unit_rows(50, 384), unit_rows(1, 384, seed=1)[0]
    held = Vectors.of(rows)
    assert held.is_small
    np.testing.assert_allclose(
        held.products(query), held.exact_products(np.arange(50), query), atol=1e-6
    )


def test_rows_of_a_large_file_are_read_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors_module, "_LARGE_BYTES", 0)
    held = Vectors.of(unit_rows(500, 384))
    np.save(tmp_path / "rest.npy", held.rest)
    mapped = Vectors(held.codes, np.load(tmp_path / "rest.npy", mmap_mode="r"), held.scales)
    rows = np.array([3, 400, 7])
    for _ in range(3):
        np.testing.assert_array_equal(mapped[rows], held[rows])


@pytest.mark.parametrize("most_whole", [10, 1000])
def test_that_some_of_the_vectors_are_like_those_alone(
    monkeypatch: pytest.MonkeyPatch, most_whole: int
) -> None:
    monkeypatch.setattr(vectors_module, "_MOST_WHOLE", most_whole)
    rows, query = unit_rows(300, 384), unit_rows(1, 384, seed=1)[0]
    is_kept, is_kept_then = np.arange(300) % 3 > 0, np.arange(200) % 5 > 0
    some = Vectors.of(rows).kept(is_kept).kept(is_kept_then)
    alone = Vectors.of(rows[is_kept][is_kept_then])
    assert some.shape == alone.shape == (160, 384)
    assert len(some.codes) == 300
    np.testing.assert_array_equal(np.asarray(some), np.asarray(alone))
    for place in (7, slice(3, 9), np.array([[0, 1], [150, 3]]), np.arange(160) % 2 > 0):
        np.testing.assert_array_equal(some[place], alone[place])
    np.testing.assert_allclose(some.products(query), alone.products(query), atol=1e-6)
    few = np.array([5, 80])
    np.testing.assert_array_equal(some.exact_products(few, query), alone.exact_products(few, query))
