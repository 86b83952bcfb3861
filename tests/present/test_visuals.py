"""Each kind of hit gets the right thing to look at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.errors import UnreadableFileError
from mmsearch.present.excerpt import Excerpt
from mmsearch.present.visuals import Picture, Visuals, Wave
from mmsearch.types import Hit, LineRange, Locator, Metadata, Modality, TimeRange
from tests.files import RED, save_picture, save_text
from tests.present.media_files import quiet_then_loud, write_film, write_sound


def hit_of(
    path: Path, modality: Modality, locator: Locator = None, duration_s: float | None = None
) -> Hit:
    about = Metadata(duration_s=duration_s)
    return Hit(1, path, modality, 0.9, locator, {}, path.name, path.name, 1, 0.0, about)


@pytest.fixture
def visuals(tmp_path: Path) -> Visuals:
    return Visuals(tmp_path / "cache")


def test_a_picture(visuals: Visuals, tmp_path: Path) -> None:
    hit = hit_of(save_picture(tmp_path / "a.png", RED), Modality.IMAGE)
    shown = visuals.small(hit, size_px=32)
    assert isinstance(shown, Picture)
    assert shown.pixels.shape == (24, 32, 3)


def test_a_film(visuals: Visuals, tmp_path: Path) -> None:
    hit = hit_of(write_film(tmp_path / "a.mp4"), Modality.VIDEO, TimeRange(1.1, 1.9))
    shown = visuals.large(hit, size_px=160)
    assert isinstance(shown, Picture)
    assert np.argmax(shown.pixels.mean(axis=(0, 1))) == 1, "the second second is green"


def test_a_sound_knows_where_the_hit_lies(visuals: Visuals, tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", quiet_then_loud(4))
    shown = visuals.small(hit_of(path, Modality.AUDIO, TimeRange(1, 3), 4.0), size_px=0)
    assert isinstance(shown, Wave)
    assert shown.found == (0.25, 0.75)
    assert shown.peaks.shape == (512,)


@pytest.mark.parametrize("duration_s", [None, 0.0])
def test_a_sound_of_unknown_length_has_no_place(
    visuals: Visuals, tmp_path: Path, duration_s: float | None
) -> None:
    path = write_sound(tmp_path / "a.wav", quiet_then_loud())
    shown = visuals.small(hit_of(path, Modality.AUDIO, TimeRange(1, 3), duration_s), size_px=0)
    assert isinstance(shown, Wave)
    assert shown.found is None


def test_code_is_short_in_a_cell_and_long_in_the_preview(visuals: Visuals, tmp_path: Path) -> None:
    path = save_text(tmp_path / "a.py", "".join(f"x = {n}\n" for n in range(500)))
    hit = hit_of(path, Modality.CODE, LineRange(450, 460))
    small, large = visuals.small(hit, size_px=0), visuals.large(hit, size_px=0)
    assert isinstance(small, Excerpt)
    assert isinstance(large, Excerpt)
    assert small.lines[0].number == 450
    assert len(small.lines) <= 24
    assert large.lines[0].number == 50
    assert large.lines[-1].number == 500


def test_a_vanished_file_says_so(visuals: Visuals, tmp_path: Path) -> None:
    for kind in Modality:
        with pytest.raises(UnreadableFileError):
            visuals.small(hit_of(tmp_path / "gone", kind), size_px=32)
