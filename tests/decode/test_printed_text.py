"""Text in screenshots and scanned pages."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.printed_text import has_strokes, looks_printed, printed_text
from mmsearch.types import Metadata, Modality
from tests.printed_pages import random_lines, save_page

READING = DecodeOptions(read_printed=True)


def printed(path: Path, options: DecodeOptions = READING) -> str:
    metadata, _ = decode_file(path, Modality.IMAGE, options)
    assert isinstance(metadata, Metadata)
    return metadata.printed


def photograph(width_px: int, height_px: int) -> Image.Image:
    """Noise on a gradient: as many greys as a photograph has."""
    chance = np.random.default_rng(0)
    gradient = np.linspace(0, 230, width_px)[None, :, None] * np.ones((height_px, 1, 3))
    noisy = gradient + chance.normal(0, 12, gradient.shape)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_the_lines_of_a_screenshot(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(5)
    lines = random_lines(chance, 4)
    read = printed(save_page(tmp_path / f"shot{suffix}", lines, chance))
    assert read.splitlines() == lines


def test_only_when_asked(tmp_path: Path) -> None:
    path = save_page(tmp_path / "shot.png", ["hello world"], random.Random(1))
    assert printed(path, DecodeOptions()) == ""


def test_a_page_without_text_has_none(tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    Image.new("RGB", (800, 600), "white").save(path)
    assert printed(path) == ""
    assert printed_text(Image.new("RGB", (800, 600), "white")) == ""


def test_photographs_and_small_pictures_are_passed_over() -> None:
    assert not looks_printed(photograph(600, 400), 600 * 400)
    page = Image.new("RGB", (300, 200), "white")
    assert looks_printed(page, 1200 * 800), "a reduced page of a large picture"
    assert not looks_printed(page, 300 * 200)


def test_what_a_camera_took_is_not_read(tmp_path: Path) -> None:
    path = save_page(tmp_path / "shot.jpg", ["hello world"], random.Random(1))
    exif = Image.Exif()
    exif[0x0110] = "Camera"
    with Image.open(path) as page:
        page.save(path, exif=exif)
    assert printed(path) == ""


def test_a_noisy_scan_is_a_page() -> None:
    chance = np.random.default_rng(0)
    paper = np.clip(chance.normal(238, 1.5, (600, 400, 3)), 0, 255).astype(np.uint8)
    assert looks_printed(Image.fromarray(paper), 2400 * 1600)


def test_words_have_strokes_and_outlines_have_none(tmp_path: Path) -> None:
    path = save_page(tmp_path / "shot.png", ["hello world"], random.Random(1))
    with Image.open(path) as page:
        assert has_strokes(page.convert("RGB"))
    mountain = np.full((600, 800, 3), 250, np.uint8)
    mountain[np.arange(600)[:, None] > 200 + np.abs(np.arange(800) - 400) // 3] = 30
    assert looks_printed(Image.fromarray(mountain), 800 * 600)
    assert not has_strokes(Image.fromarray(mountain))
    assert not has_strokes(Image.new("RGB", (800, 600), "white"))


def test_a_tiny_page_has_no_strokes() -> None:
    assert not has_strokes(Image.new("RGB", (20, 3), "white"))
