"""Looks: near for the same scene, far for another one."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.media.look import LOOK_HEIGHT_PX, LOOK_WIDTH_PX, difference, look_of
from mmsearch.types import U8


def random_frame(seed: int) -> U8:
    """Blobs of colour: (3, height, width) of Y, U, V."""
    rng = np.random.default_rng(seed)
    blobs = rng.integers(30, 220, (3, 9, 16)).astype(np.uint8)
    return blobs.repeat(4, axis=1).repeat(4, axis=2)


def test_the_same_frame_does_not_differ() -> None:
    assert difference(look_of(random_frame(1)), look_of(random_frame(1))) == 0


def test_noise_differs_little_and_other_scenes_much() -> None:
    frame = random_frame(1)
    noise = np.random.default_rng(0).normal(0, 4, frame.shape)
    noisy = (frame + noise).clip(0, 255).astype(np.uint8)
    assert difference(look_of(frame), look_of(noisy)) < 0.4
    assert difference(look_of(frame), look_of(random_frame(2))) > 1.5


def test_a_shift_differs_less_than_another_scene() -> None:
    frame = random_frame(1)
    shifted = difference(look_of(frame), look_of(np.roll(frame, 2, axis=2)))
    assert shifted < 0.6 * difference(look_of(frame), look_of(random_frame(2)))


def test_it_is_symmetric() -> None:
    first, second = look_of(random_frame(1)), look_of(random_frame(2))
    assert difference(first, second) == pytest.approx(difference(second, first))


@pytest.mark.parametrize(
    ("luma", "is_flat", "is_black"), [(16, True, True), (200, True, False), (None, False, False)]
)
def test_flat_and_black(luma: int | None, is_flat: bool, is_black: bool) -> None:
    frame = random_frame(1)
    if luma is not None:
        frame = np.full((3, LOOK_HEIGHT_PX, LOOK_WIDTH_PX), 128, np.uint8)
        frame[0] = luma
    look = look_of(frame)
    assert (look.is_flat, look.is_black) == (is_flat, is_black)


def test_shares_and_cells() -> None:
    frame = random_frame(3)
    look = look_of(frame)
    assert look.colours.sum() == pytest.approx(1)
    np.testing.assert_allclose(look.layout, frame[:, ::4, ::4])
