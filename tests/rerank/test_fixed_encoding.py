"""Fixed encodings: against loops that say what the paper says, and how near they are to Chamfer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmsearch.rerank.chamfer import chamfer
from mmsearch.rerank.fixed_encoding import FixedEncoding
from mmsearch.types import F32


def some_items(seed: int, n_item: int, dim: int = 8) -> tuple[F32, np.ndarray]:
    chance = np.random.default_rng(seed)
    sizes = chance.integers(1, 9, n_item)
    vectors = chance.standard_normal((sizes.sum(), dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors, np.cumsum([0, *sizes[:-1]])


def slow_chamfer(query: F32, vectors: F32, starts: np.ndarray) -> list[float]:
    items = np.split(vectors, starts[1:])
    return [float(np.mean([max(q @ v for v in item) for q in query])) for item in items]


def slow_encoding(encoding: FixedEncoding, vectors: F32, *, is_query: bool) -> F32:
    """Bucket by bucket, bit by bit."""
    parts = []
    for repeat in range(encoding.n_repeat):
        bits = [tuple(v @ encoding._hyperplanes[repeat] > 0) for v in vectors]
        kept = [v @ encoding._sums[repeat] for v in vectors]
        for number in range(encoding.n_bucket):
            bucket = tuple(bool(number >> bit & 1) for bit in range(encoding.n_bit))
            mine = [k for b, k in zip(bits, kept, strict=True) if b == bucket]
            if is_query:
                parts.append(np.sum(mine, axis=0) if mine else np.zeros(encoding.n_kept))
            elif mine:
                parts.append(np.mean(mine, axis=0))
            else:
                others = [sum(x != y for x, y in zip(b, bucket, strict=True)) for b in bits]
                parts.append(kept[int(np.argmin(others))])
    return np.concatenate(parts) / (encoding.n_repeat if is_query else 1)


@given(st.integers(0, 1000), st.integers(1, 6), st.integers(1, 5))
def test_chamfer_is_the_mean_of_the_best(seed: int, n_item: int, n_query: int) -> None:
    vectors, starts = some_items(seed, n_item)
    query, _ = some_items(seed + 1, n_query)
    expected = slow_chamfer(query, vectors, starts)
    assert chamfer(query, vectors, starts) == pytest.approx(expected, abs=1e-5)


def test_chamfer_of_nothing() -> None:
    nothing = np.zeros((0, 8), np.float32)
    vectors, starts = some_items(0, 2)
    assert chamfer(nothing, vectors, starts).tolist() == [0, 0]
    assert chamfer(vectors, nothing, np.zeros(0, np.int64)).shape == (0,)


@settings(max_examples=30)
@given(st.integers(0, 1000), st.integers(1, 3), st.sampled_from([3, 8]))
def test_it_is_what_the_loops_say(seed: int, n_bit: int, n_kept: int) -> None:
    encoding = FixedEncoding(8, n_bit, n_kept, 2, seed=seed)
    vectors, starts = some_items(seed, 4)
    found = encoding.of_items(vectors, starts)
    for item, own in zip(found, np.split(vectors, starts[1:]), strict=True):
        assert item == pytest.approx(slow_encoding(encoding, own, is_query=False), abs=1e-5)
    asked = encoding.of_query(vectors)
    assert asked == pytest.approx(slow_encoding(encoding, vectors, is_query=True), abs=1e-5)
    assert encoding.n_full == len(asked) == 2 * 2**n_bit * n_kept


def test_the_last_sum_keeps_products_on_average() -> None:
    vectors, starts = some_items(3, 40)
    full = FixedEncoding(8, 2, 8, 4)
    product = full.of_items(vectors, starts) @ full.of_query(vectors[:5])
    summed = []
    for seed in range(40):
        small = FixedEncoding(8, 2, 8, 4, n_final=64, seed=seed)
        assert small.of_query(vectors[:5]).shape == (64,)
        same = FixedEncoding(8, 2, 8, 4, seed=seed)
        exact = same.of_items(vectors, starts) @ same.of_query(vectors[:5])
        summed.append(small.of_items(vectors, starts) @ small.of_query(vectors[:5]) - exact)
    assert np.abs(np.mean(summed)) < 0.1 * np.abs(product).mean()


def test_more_cuts_come_nearer_to_chamfer() -> None:
    """Items of clustered vectors, as films have; queries are noisy parts of one of them."""
    chance = np.random.default_rng(0)
    sizes = chance.integers(70, 130, 60)
    centres = np.repeat(chance.standard_normal((60, 1, 32)), 6, axis=1)
    centres = centres + 0.8 * chance.standard_normal(centres.shape)
    vectors = np.concatenate(
        [
            centres[n, chance.integers(0, 6, size)] + 0.5 * chance.standard_normal((size, 32))
            for n, size in enumerate(sizes)
        ]
    ).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    starts = np.cumsum([0, *sizes[:-1]])
    agreement, found = [], 0
    for n_repeat in (2, 8, 32):
        encoding = FixedEncoding(32, 4, 16, n_repeat)
        items = encoding.of_items(vectors, starts)
        told = []
        found = 0
        for n in range(0, 60, 3):
            query = vectors[starts[n] : starts[n] + 8]
            query = query + 0.1 * chance.standard_normal(query.shape).astype(np.float32)
            exact, near = chamfer(query, vectors, starts), items @ encoding.of_query(query)
            told.append(np.corrcoef(exact, near)[0, 1])
            found += int(exact.argmax()) in np.argsort(-near)[:5]
        agreement.append(float(np.mean(told)))
    assert agreement == sorted(agreement)
    assert found == 20
