from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.normalise.row_keys import find_keys, row_keys
from mmsearch.normalise.sample import NEAR, sample_rows
from mmsearch.types import F32
from tests.normalise.test_methods import unit_rows


def sample(rows: F32, n_row: int) -> NDArray[np.int64]:
    return sample_rows(row_keys(rows), rows, np.arange(len(rows)), n_row)


def test_keys_tell_rows_apart_wherever_they_stand() -> None:
    rows = unit_rows(5000, seed=1, dim=16)
    keys = row_keys(rows)

    assert len(set(keys.tolist())) == len(rows)
    assert (row_keys(rows[::-1]) == keys[::-1]).all()
    assert row_keys(rows[:0]).shape == (0,)


def test_found_keys() -> None:
    keys = row_keys(unit_rows(10, seed=1))
    strange = row_keys(unit_rows(1, seed=9))

    assert find_keys(keys, np.concatenate([keys[[7, 2]], strange])).tolist() == [7, 2, -1]
    assert find_keys(keys[:0], strange).tolist() == [-1]


def test_a_sample_hardly_changes_when_the_library_grows() -> None:
    rows = unit_rows(2000, seed=1, dim=32)
    before = sample(rows[:1900], 100)
    after = sample(rows, 100)

    assert len(before) == len(after) == 100
    assert len(set(before.tolist()) & set(after.tolist())) > 85


def test_a_sample_is_fair() -> None:
    rows = unit_rows(4000, seed=2, dim=32)
    chosen = sample(rows, 1000)
    assert abs(np.mean(chosen < 2000) - 0.5) < 0.06


def test_a_burst_is_one_in_the_sample() -> None:
    burst = np.repeat(unit_rows(1, seed=3, dim=32), 50, axis=0)
    noise = np.random.default_rng(4).standard_normal(burst.shape).astype(np.float32) * 0.01
    burst = burst + noise
    burst /= np.linalg.norm(burst, axis=1, keepdims=True)
    assert (burst @ burst.T).min() > NEAR
    others = unit_rows(20, seed=5, dim=32)
    rows = np.concatenate([others, burst])

    chosen = sample(rows, 100)

    assert (chosen >= 20).sum() == 1
    assert (chosen < 20).sum() == 20


def test_what_could_not_be_encoded_is_not_in_the_sample() -> None:
    rows = unit_rows(6, seed=1)
    rows[[1, 4]] = 0
    assert sample(rows, 10).tolist() == [0, 2, 3, 5]


def test_nothing_to_sample() -> None:
    rows = unit_rows(3, seed=1)
    assert sample(rows[:0], 5).tolist() == []
    assert sample(rows, 5).tolist() == [0, 1, 2]
