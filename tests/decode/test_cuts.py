"""Cuts by looks alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from mmsearch.decode.cuts import with_cuts
from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.shots import choose_frames, find_shots
from mmsearch.media.film_samples import Sample
from mmsearch.media.look import Look, look_of
from mmsearch.types import TimeRange

STEP_S = 0.125


def look(seed: int) -> Look:
    blobs = np.random.default_rng(seed).integers(30, 220, (3, 9, 16)).astype(np.uint8)
    return look_of(blobs.repeat(4, axis=1).repeat(4, axis=2))


def film(*scenes: tuple[int, float]) -> Iterator[Sample]:
    """Scenes of (seed, seconds), sampled evenly, each sample with a picture."""
    number = 0
    for seed, seconds in scenes:
        scene = look(seed)
        for _ in range(round(seconds / STEP_S)):
            yield Sample(number * STEP_S, scene, np.full((2, 2, 3), seed, np.uint8))
            number += 1


def cuts(*scenes: tuple[int, float], min_shot_s: float = 0.5) -> list[float]:
    return [
        cut_s for _, cut_s in with_cuts(film(*scenes), min_shot_s=min_shot_s) if cut_s is not None
    ]


def test_every_sample_comes_back_once_in_order() -> None:
    samples = list(film((1, 5), (2, 5)))
    assert [sample for sample, _ in with_cuts(samples, min_shot_s=0.5)] == samples


def test_cuts_lie_between_the_samples() -> None:
    assert cuts((1, 3), (2, 2), (3, 2)) == pytest.approx([3 - STEP_S / 2, 5 - STEP_S / 2])


def test_a_flash_is_no_shot_but_half_a_second_is() -> None:
    assert cuts((1, 3), (2, 0.25), (1, 3)) == []
    assert cuts((1, 3), (2, 0.75), (1, 3)) == pytest.approx([3, 3.75], abs=STEP_S)


def test_a_cut_too_soon_after_another_is_left_out() -> None:
    assert cuts((1, 3), (2, 0.75), (3, 3), min_shot_s=1.0) == pytest.approx([3], abs=STEP_S)


def test_no_samples_no_shots() -> None:
    assert list(find_shots([], DecodeOptions(), film_end_s=lambda: 0.0)) == []


@pytest.mark.parametrize("length_s", [5.0, 20.0, 25.0, 31.0, 45.0, 60.0, 61.0, 100.0])
def test_parts_of_a_long_shot(length_s: float) -> None:
    shots = list(find_shots(film((1, length_s)), DecodeOptions(), film_end_s=lambda: length_s))
    lengths_s = [shot.range.end_s - shot.range.start_s for shot in shots]
    assert sum(lengths_s) == pytest.approx(length_s)
    assert all(part_s <= 20.1 for part_s in lengths_s)
    assert len(lengths_s) == 1 or min(lengths_s) >= 9.9


def test_frames_are_taken_at_a_sixth_a_half_and_five_sixths() -> None:
    samples = [Sample(time_s, look(number), None) for number, time_s in enumerate(range(13))]
    chosen = choose_frames(samples, TimeRange(0, 12), 3)
    assert [sample.time_s for sample in chosen] == [2, 6, 10]


def test_empty_frames_only_where_there_is_nothing_else() -> None:
    grey = look_of(np.full((3, 36, 64), 128, np.uint8))
    empty = [Sample(float(second), grey, None) for second in range(5)]
    full = Sample(4.5, look(1), None)
    assert choose_frames([*empty, full], TimeRange(0, 5), 3) == [full]
    assert len(choose_frames(empty, TimeRange(0, 5), 3)) == 1
