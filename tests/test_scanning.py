from __future__ import annotations

import numpy as np
import pytest

from mmsearch import scanning
from mmsearch.scanning import code_products, products_by_numpy, products_compiled
from mmsearch.types import F32


def codes_and_scales(n: int, dim: int = 384) -> tuple[np.ndarray, F32]:
    chance = np.random.default_rng(0)
    codes = chance.integers(-127, 128, (n, dim)).astype(np.int8)
    codes.flags.writeable = False  # as when they are mapped
    return codes, chance.uniform(1e-4, 1e-3, n).astype(np.float32)


def unit_query(dim: int = 384) -> F32:
    query = np.random.default_rng(1).standard_normal(dim).astype(np.float32)
    return query / np.linalg.norm(query)


@pytest.mark.parametrize("n", [0, 1, 5000])
@pytest.mark.parametrize("dim", [384, 7])
def test_both_ways_find_the_products(n: int, dim: int) -> None:
    codes, scales = codes_and_scales(n, dim)
    query = unit_query(dim)
    right = codes.astype(np.float64) @ query * scales
    np.testing.assert_allclose(products_by_numpy(codes, scales, query), right, atol=1e-5)
    # The query in eight bits is at most half a step off in each number.
    most = np.abs(codes).sum(axis=1, dtype=np.int64) * scales * np.abs(query).max() / 127 * 0.51
    assert (np.abs(products_compiled(codes, scales, query) - right) <= most).all()


def test_two_threads_find_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    codes, scales = codes_and_scales(1001)
    alone = products_compiled(codes, scales, unit_query())
    monkeypatch.setattr(scanning, "_LEAST_SHARED", 10)
    np.testing.assert_array_equal(products_compiled(codes, scales, unit_query()), alone)


def test_a_query_of_zeros_matches_nothing() -> None:
    codes, scales = codes_and_scales(3)
    assert not products_compiled(codes, scales, np.zeros(384, np.float32)).any()


def test_the_first_product_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    used = []
    monkeypatch.setattr(scanning, "_n_made", 0)
    monkeypatch.setattr(scanning, "products_by_numpy", lambda *_: used.append("numpy"))
    monkeypatch.setattr(scanning, "products_compiled", lambda *_: used.append("compiled"))
    for _ in range(3):
        code_products(*codes_and_scales(2), unit_query())
    assert used == ["numpy", "compiled", "compiled"]
