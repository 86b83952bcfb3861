"""Noise, gradients and glows: the stuff that skies, water and rock are made of.

A picture in the making is (height, width, 3) float32 with light from 0 to 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Light = NDArray[np.float32]
Colour = tuple[float, float, float]


def rgb(code: str) -> Colour:
    """Read a colour such as "ff8800"."""
    red, green, blue = (int(code[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def clouds(height: int, width: int, *, cell_px: float, octaves: int = 5, seed: int = 0) -> Light:
    """Fractal noise, (height, width) from 0 to 1: smooth random grids of ever finer cells."""
    random = np.random.default_rng(seed)
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        cell = max(1.0, cell_px / 2**octave)
        shape = (int(height / cell) + 3, int(width / cell) + 3)
        grid = Image.fromarray(random.random(shape, np.float32))
        size = (int(shape[1] * cell), int(shape[0] * cell))
        layer = np.asarray(grid.resize(size, Image.Resampling.BICUBIC))[:height, :width]
        total += layer / 2**octave
    low, high = total.min(), total.max()
    return (total - low) / (high - low)


def ridge(width: int, *, roughness: float = 0.55, seed: int = 0) -> Light:
    """A mountain line, (width,) from 0 to 1, by midpoint displacement."""
    random = np.random.default_rng(seed)
    line, step = np.array([random.random(), random.random()]), 1.0
    while len(line) < width:
        step *= roughness
        middle = (line[:-1] + line[1:]) / 2 + random.uniform(-step, step, len(line) - 1)
        merged = np.empty(2 * len(line) - 1)
        merged[::2], merged[1::2] = line, middle
        line = merged
    line = np.interp(np.linspace(0, len(line) - 1, width), np.arange(len(line)), line)
    return ((line - line.min()) / (line.max() - line.min())).astype(np.float32)


def sky(height: int, width: int, stops: list[tuple[float, str]]) -> Light:
    """A vertical gradient through colours at heights from 0 (top) to 1 (bottom)."""
    places = [place for place, _ in stops]
    colours = np.array([rgb(code) for _, code in stops])
    rows = np.linspace(0, 1, height)
    columns = [np.interp(rows, places, colours[:, channel]) for channel in range(3)]
    return np.repeat(np.stack(columns, -1)[:, None], width, axis=1).astype(np.float32)


def add_glow(light: Light, x: float, y: float, radius_px: float, colour: Colour) -> None:
    """Add a round glow in place, fading with the distance."""
    rows, columns = np.mgrid[: light.shape[0], : light.shape[1]]
    squared = (columns - x) ** 2 + (rows - y) ** 2
    light += np.exp(-squared / (2 * radius_px**2))[..., None] * np.array(colour, np.float32)


def mix(under: Light, over: Light | Colour, cover: Light) -> Light:
    """Lay ``over`` on ``under`` where ``cover`` (height, width) is near 1."""
    share = cover[..., None]
    return (under * (1 - share) + np.asarray(over, np.float32) * share).astype(np.float32)


def smooth_step(values: Light, low: float, high: float) -> Light:
    """Rise softly from 0 at ``low`` to 1 at ``high``."""
    part = np.clip((values - low) / (high - low), 0, 1)
    return (part * part * (3 - 2 * part)).astype(np.float32)


def to_image(light: Light, *, grain: float = 0.012, seed: int = 0) -> Image.Image:
    """Make a picture, with a little grain as of a camera."""
    random = np.random.default_rng(seed)
    noisy = light + random.normal(0, grain, light.shape[:2])[..., None]
    return Image.fromarray((np.clip(noisy, 0, 1) * 255).astype(np.uint8))


def from_image(picture: Image.Image) -> Light:
    """The light of a picture."""
    return np.asarray(picture.convert("RGB"), np.float32) / 255
