"""The order of shots against all sequences there are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.fuse.sequence import with_order
from mmsearch.gallery import Gallery
from mmsearch.types import Modality
from tests.galleries import gallery_of


def films(lengths: list[int]) -> Gallery:
    """Films of so many shots, stored in the order of time."""
    starts = np.concatenate([np.arange(length) for length in lengths]).astype(float)
    return gallery_of(
        segments_per_content=lengths,
        kinds=[Modality.VIDEO] * len(lengths),
        locators=np.stack([starts, starts + 1], axis=1),
    )


def slowly(steps: list[np.ndarray], lengths: list[int]) -> np.ndarray:
    best = np.full(sum(lengths), -np.inf)
    start = 0
    for length in lengths:
        for places in itertools.combinations(range(start, start + length), len(steps)):
            total = sum(float(step[place]) for step, place in zip(steps, places, strict=True))
            within = slice(places[0], places[-1] + 1)
            best[within] = np.maximum(best[within], total / len(steps))
        start += length
    return best


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=4), st.integers(2, 4), st.integers(0, 10_000)
)
def test_it_equals_trying_every_sequence(lengths: list[int], n_step: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    steps = [chance.normal(0, 4, sum(lengths)).astype(np.float32) for _ in range(n_step)]
    whole = np.full(sum(lengths), 99, np.float32)

    found = with_order(whole, steps, films(lengths))

    expected = slowly(steps, lengths)
    assert found == pytest.approx(np.where(np.isfinite(expected), expected, 99), abs=1e-3)


def test_only_the_right_order_counts() -> None:
    dog = np.array([5, -5, -5, -5, -5, 5], np.float32)
    car = np.array([-5, -5, 5, 5, -5, -5], np.float32)

    right, wrong = with_order(np.zeros(6, np.float32), [dog, car], films([3, 3])).reshape(2, 3)

    assert right.tolist() == [5, 5, 5], "from the dog to the car it is one moment"
    assert wrong.max() == 0 or wrong.max() < 5


def test_pictures_and_sounds_keep_the_whole_sentence() -> None:
    gallery = gallery_of(segments_per_content=[1, 1])
    whole = np.array([1, 2], np.float32)
    assert with_order(whole, [whole + 9, whole + 9], gallery).tolist() == [1, 2]
