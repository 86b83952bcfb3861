"""Thumbnails show the right moment upright, keep the aspect, and outlive the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.present import thumbnails as module
from mmsearch.present.thumbnails import Thumbnails
from mmsearch.types import Modality, TimeRange
from tests.present.media_files import FILM_COLOURS, write_film


def picture(folder: Path, size: tuple[int, int] = (800, 400)) -> Path:
    path = folder / "picture.png"
    Image.new("RGB", size, (10, 120, 200)).save(path)
    return path


def test_the_aspect_is_kept_and_the_longer_side_is_bounded(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "cache")
    pixels = thumbnails.get(picture(tmp_path), Modality.IMAGE, None, "id", size_px=256)
    assert pixels.shape == (128, 256, 3)
    assert pixels.dtype == np.uint8
    assert np.abs(pixels.reshape(-1, 3).mean(axis=0) - (10, 120, 200)).max() < 3


def test_a_small_picture_does_not_grow(tmp_path: Path) -> None:
    path = picture(tmp_path, (40, 30))
    assert Thumbnails(tmp_path / "c").get(path, Modality.IMAGE, None, "id").shape == (30, 40, 3)


def test_the_second_time_comes_from_the_cache_even_without_the_file(tmp_path: Path) -> None:
    path = picture(tmp_path)
    first = Thumbnails(tmp_path / "cache").get(path, Modality.IMAGE, None, "id")
    path.unlink()
    again = Thumbnails(tmp_path / "cache").get(path, Modality.IMAGE, None, "id")
    assert again.shape == first.shape
    assert np.abs(again.astype(int) - first.astype(int)).max() < 8


def test_sizes_and_contents_do_not_share_an_entry(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "cache")
    path = picture(tmp_path)
    small = thumbnails.get(path, Modality.IMAGE, None, "id", size_px=64)
    large = thumbnails.get(path, Modality.IMAGE, None, "id", size_px=256)
    assert (small.shape[1], large.shape[1]) == (64, 256)
    path.unlink()
    with pytest.raises(UnreadableFileError):
        thumbnails.get(path, Modality.IMAGE, None, "other")


@pytest.mark.parametrize(("kept", "wanted"), [(256, 512), (512, 256), (256, 1280)])
def test_a_file_that_is_away_shows_in_another_size(tmp_path: Path, kept: int, wanted: int) -> None:
    thumbnails = Thumbnails(tmp_path / "cache")
    path = picture(tmp_path, (2000, 1000))
    thumbnails.get(path, Modality.IMAGE, None, "id", size_px=kept)
    path.unlink()
    shown = thumbnails.get(path, Modality.IMAGE, None, "id", size_px=wanted)
    assert shown.shape[1] == min(kept, wanted)


def test_a_file_that_is_broken_now_does_not_show_what_it_was(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "cache")
    path = picture(tmp_path)
    thumbnails.get(path, Modality.IMAGE, None, "id", size_px=256)
    path.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    with pytest.raises(UnreadableFileError):
        thumbnails.get(path, Modality.IMAGE, None, "id", size_px=512)


@pytest.mark.parametrize("second", [0, 1, 2])
def test_a_film_shows_the_middle_of_the_hit(tmp_path: Path, second: int) -> None:
    film = write_film(tmp_path / "film.mp4")
    shown = Thumbnails(tmp_path / "cache").get(
        film, Modality.VIDEO, TimeRange(second, second + 0.9), "film", size_px=80
    )
    assert shown.shape == (45, 80, 3)
    assert np.abs(shown.reshape(-1, 3).mean(axis=0) - FILM_COLOURS[second]).max() < 25


def test_an_unreadable_file_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff" + bytes(100))
    with pytest.raises(UnreadableFileError) as caught:
        Thumbnails(tmp_path / "cache").get(broken, Modality.IMAGE, None, "id")
    assert caught.value.kind is FailureKind.CORRUPT


def test_a_damaged_entry_is_drawn_anew(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "cache")
    path = picture(tmp_path)
    thumbnails.get(path, Modality.IMAGE, None, "id")
    (entry,) = (some for some in (tmp_path / "cache").rglob("*.jpg"))
    entry.write_bytes(entry.read_bytes()[:40])
    assert thumbnails.get(path, Modality.IMAGE, None, "id").shape == (128, 256, 3)
    assert len(entry.read_bytes()) > 40


@pytest.mark.parametrize("kind", [Modality.AUDIO, Modality.CODE])
def test_sounds_and_code_have_no_thumbnail(tmp_path: Path, kind: Modality) -> None:
    with pytest.raises(ValueError, match="no thumbnail"):
        Thumbnails(tmp_path).get(tmp_path / "x", kind, None, "id")


def test_a_picture_is_opened_no_larger_than_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []
    real = module.open_picture

    def spy(path: Path, *, at_least_px: int | None = None) -> Image.Image:
        asked.append(at_least_px)
        return real(path, at_least_px=at_least_px)

    monkeypatch.setattr(module, "open_picture", spy)
    Thumbnails(tmp_path / "cache").get(picture(tmp_path), Modality.IMAGE, None, "i", size_px=96)
    assert asked == [96]


@pytest.mark.data
def test_every_orientation_of_a_photograph_comes_out_upright(
    tmp_path: Path, data_folder: Path
) -> None:
    thumbnails = Thumbnails(tmp_path / "cache")
    folder = data_folder / "odd" / "exif_orientation"
    photographs = sorted(folder.glob("*.jpg"))
    assert photographs
    shapes = {
        thumbnails.get(path, Modality.IMAGE, None, path.name, size_px=128).shape[:2]
        for path in photographs
        if path.name.lower().startswith("landscape")
    }
    assert all(height < width for height, width in shapes)
