"""Plants: daisies in a meadow, and a fern grown by chance."""

from __future__ import annotations

import math

import numpy as np
from making.light import clouds, mix, rgb, sky, to_image
from making.objects import enlarged, shrunk
from making.scenery import HEIGHT, WIDTH
from PIL import Image, ImageDraw, ImageFilter


def daisies(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """White daisies with yellow hearts in a green meadow."""
    light = sky(height, width, [(0, "6d9a3a"), (1, "2d4f1c")])
    light *= 0.55 + 0.9 * clouds(height, width, cell_px=width / 7, seed=1)[..., None]
    ground = to_image(light, grain=0).filter(ImageFilter.GaussianBlur(width / 90))
    picture = enlarged(ground)
    draw = ImageDraw.Draw(picture)
    random = np.random.default_rng(14)
    _add_grass(draw, random, picture.size)
    for x, y, size in ((0.22, 0.72, 0.11), (0.8, 0.25, 0.12), (0.78, 0.78, 0.1), (0.43, 0.4, 0.26)):
        centre = (x * picture.width, y * picture.height)
        _add_daisy(draw, random, centre, size * picture.width)
    return shrunk(picture)


def _add_grass(
    draw: ImageDraw.ImageDraw, random: np.random.Generator, size: tuple[int, int]
) -> None:
    width, height = size
    for x in random.uniform(0, width, 260):
        y, tall = random.uniform(0.1, 1.1) * height, random.uniform(0.15, 0.4) * height
        lean, shade = random.normal(0, 0.12) * height, random.uniform(0.5, 1.2)
        colour = (int(88 * shade), int(140 * shade), int(46 * shade))
        draw.polygon([(x, y), (x + width / 150, y), (x + lean, y - tall)], colour)


def _add_daisy(
    draw: ImageDraw.ImageDraw,
    random: np.random.Generator,
    centre: tuple[float, float],
    radius: float,
) -> None:
    """Draw a flower seen from above: two rings of petals and a grained heart."""
    x, y = centre
    for ring, n_petals in ((0, 22), (1, 19)):
        for number in range(n_petals):
            angle = 2 * math.pi * (number + 0.5 * ring) / n_petals + random.normal(0, 0.04)
            reach = radius * random.uniform(0.88, 1.0) * (1 - 0.08 * ring)
            shade = int(random.uniform(205, 228) + 24 * ring)
            petal = _petal(x, y, angle, reach, radius * 0.14)
            draw.polygon(petal, (shade, shade, min(255, shade + 3)), (178, 184, 190))
    heart = radius * 0.3
    draw.ellipse((x - heart, y - heart, x + heart, y + heart), (222, 160, 22))
    for _ in range(500):
        angle, far = random.uniform(0, 2 * math.pi), heart * math.sqrt(random.random()) * 0.97
        at = (x + far * math.cos(angle), y + far * math.sin(angle))
        grain, shade = radius * 0.018, random.uniform(0.8, 1.13)
        colour = (int(225 * shade), int(178 * shade), int(30 * shade))
        draw.ellipse((at[0] - grain, at[1] - grain, at[0] + grain, at[1] + grain), colour)


def _petal(
    x: float, y: float, angle: float, reach: float, wide: float
) -> list[tuple[float, float]]:
    points = []
    for along in np.concatenate([np.linspace(0.2, 1, 14), np.linspace(1, 0.2, 14)]):
        side = 1 if len(points) < 14 else -1
        out = wide * math.sin(math.pi * min(1.0, along**1.6 * 0.97)) ** 0.7 + wide * 0.2
        across = side * out * (1 - max(0.0, along - 0.9) * 7)
        point_x = x + reach * along * math.cos(angle) - across * math.sin(angle)
        point_y = y + reach * along * math.sin(angle) + across * math.cos(angle)
        points.append((point_x, point_y))
    return points


def fern(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Barnsley's fern: four affine maps, chosen at random over and over."""
    maps = np.array(
        [
            [0.00, 0.00, 0.00, 0.16, 0.00, 0.00],
            [0.85, 0.04, -0.04, 0.85, 0.00, 1.60],
            [0.20, -0.26, 0.23, 0.22, 0.00, 1.60],
            [-0.15, 0.28, 0.26, 0.24, 0.00, 0.44],
        ]
    )
    random = np.random.default_rng(3)
    points = np.zeros((60_000, 2))
    counts = np.zeros((height, width), np.float32)
    for step in range(60):
        chosen = maps[random.choice(4, len(points), p=[0.01, 0.85, 0.07, 0.07])]
        x = chosen[:, 0] * points[:, 0] + chosen[:, 1] * points[:, 1] + chosen[:, 4]
        y = chosen[:, 2] * points[:, 0] + chosen[:, 3] * points[:, 1] + chosen[:, 5]
        points = np.stack([x, y], 1)
        if step > 20:
            column = (width * (0.02 + 0.095 * y)).astype(int)
            row = (height * (0.5 - 0.16 * x)).astype(int)
            inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
            np.add.at(counts, (row[inside], column[inside]), 1)
    ground = sky(height, width, [(0, "2b2418"), (1, "15110b")])
    ground *= 0.6 + 0.8 * clouds(height, width, cell_px=60, octaves=6, seed=30)[..., None]
    strength = np.clip(counts / 6, 0, 1) ** 0.6
    leaf = np.array(rgb("4fa53a"), np.float32) * (0.55 + 0.6 * strength[..., None])
    return to_image(mix(ground, leaf, np.clip(strength * 1.6, 0, 1)))
