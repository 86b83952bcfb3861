"""Single frames of films, for thumbnails."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.media.video import frame_at, open_film
from tests.decode.films import Recipe, make_film, plain, scene

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
THREE = [(plain(RED), 2.0), (plain(GREEN), 2.0), (plain(BLUE), 2.0)]
RECIPES = {
    "keyframes at cuts": Recipe(),
    "one keyframe": Recipe(options={"preset": "ultrafast", "g": "999", "sc_threshold": "0"}),
    "starts at 5 s": Recipe(start_s=5.0),
    "hevc": Recipe(
        codec="libx265", options={"preset": "ultrafast", "x265-params": "log-level=none"}
    ),
}


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_the_frame_of_a_moment(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"film{suffix}"
    make_film(path, THREE, RECIPES[name])
    moments = {0.0: RED, 1.9: RED, 2.1: GREEN, 3.0: GREEN, 4.5: BLUE, 99.0: BLUE, -1.0: RED}
    for at_s, colour in moments.items():
        frame = frame_at(path, at_s, max_side_px=100)
        assert frame.shape == (56, 100, 3)
        assert frame.mean(axis=(0, 1)).tolist() == pytest.approx(colour, abs=6), at_s


def test_a_raw_stream_without_index(tmp_path: Path) -> None:
    path = tmp_path / "film.h264"
    make_film(path, THREE)
    assert frame_at(path, 0.0, max_side_px=100).mean(axis=(0, 1))[0] > 200


def test_never_enlarged(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    make_film(path, [(scene(1), 1.0)])
    assert frame_at(path, 0.5, max_side_px=4000).shape == (180, 320, 3)


def test_pixels_that_are_not_square(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    recipe = Recipe(options={"preset": "ultrafast", "x264-params": "sar=2/1"})
    make_film(path, [(scene(1), 1.0)], recipe)
    assert frame_at(path, 0.5, max_side_px=640).shape == (180, 640, 3)


@pytest.mark.data
def test_full_range_is_not_stretched(data_folder: Path) -> None:
    """Looked at by eye; decoded as limited range it would be 16 levels darker and clipped."""
    frame = frame_at(data_folder / "odd" / "video" / "bt709_full_range.mp4", 0.5, max_side_px=200)
    assert frame.dtype == np.uint8
    assert 0 < (frame == 0).mean() + (frame == 255).mean() < 0.2


def test_what_is_no_film(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"no film at all" * 100)
    with pytest.raises(UnreadableFileError) as caught:
        frame_at(path, 0.0, max_side_px=100)
    assert caught.value.kind is FailureKind.CORRUPT


def test_times_count_from_where_players_start(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    make_film(path, THREE, Recipe(fps=Fraction(10), start_s=7.0))
    with open_film(path) as film:
        assert film is not None
        assert film.duration_s == pytest.approx(6.0, abs=0.2)
        first = next(film.container.decode(film.stream))
        assert film.time_s(first) == pytest.approx(0.0, abs=0.01)
