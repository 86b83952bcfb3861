"""Landscapes: mountains by a lake, the sun over the sea, a city at night, stars, fireworks."""

from __future__ import annotations

import math

import numpy as np
from making.light import (
    Light,
    add_glow,
    clouds,
    from_image,
    mix,
    rgb,
    ridge,
    sky,
    smooth_step,
    to_image,
)
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 640, 480


def mountain_lake(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Snow-covered mountains under a blue sky, mirrored in a lake."""
    shore = int(height * 0.64)
    light = _day_sky(shore, width)
    for depth, (base, tall, haze) in enumerate(((0.40, 0.34, 0.45), (0.16, 0.62, 0.12))):
        _add_mountains(light, base=base, tall=tall, haze=haze, seed=31 + depth)
    _add_forest(light, seed=5)
    return to_image(np.concatenate([light, _mirror(light, height - shore)]))


def _day_sky(height: int, width: int) -> Light:
    light = sky(height, width, [(0, "2c6fc0"), (0.6, "8fbce6"), (1, "d5e5f2")])
    cover = smooth_step(clouds(height, width, cell_px=width / 3, seed=3), 0.55, 0.85)
    return mix(light, rgb("ffffff"), cover * 0.8)


def _add_mountains(light: Light, *, base: float, tall: float, haze: float, seed: int) -> None:
    """Draw a range in place: rock, and snow where it is high and not too steep."""
    height, width = light.shape[:2]
    line = ridge(width, seed=seed)
    top = height * (1 - base - tall * line)
    rows = np.mgrid[:height, :width][0].astype(np.float32)
    inside = rows > top
    grain = clouds(height, width, cell_px=width / 9, octaves=6, seed=seed)
    slope_x = np.gradient(grain, axis=1) * width / 9
    lit = np.clip(0.62 + 1.3 * slope_x, 0.15, 1.1)
    depth = (rows - top) / (height * tall)
    snow = smooth_step(0.42 - depth + 0.5 * (grain - 0.5), -0.04, 0.06)
    rock = lit[..., None] * np.array(rgb("6b6257"), np.float32)
    ice = (0.45 + 0.6 * lit)[..., None] * np.array(rgb("e9f0fa"), np.float32)
    surface = rock * (1 - snow[..., None]) + ice * snow[..., None]
    surface = surface * (1 - haze) + np.array(rgb("bcd3ea"), np.float32) * haze
    light[inside] = surface[inside]


def _add_forest(light: Light, *, seed: int) -> None:
    """Draw dark firs along the lower edge, in place."""
    height, width = light.shape[:2]
    picture = to_image(light, grain=0)
    draw = ImageDraw.Draw(picture)
    random = np.random.default_rng(seed)
    for x in random.uniform(0, width, width // 2):
        tall = height * random.uniform(0.06, 0.17)
        shade = random.uniform(0.5, 1.2)
        colour = (int(22 * shade), int(52 * shade), int(34 * shade))
        for part in (0, 0.25, 0.5):
            y, wide = height - tall * (1 - part), tall * (0.16 + 0.14 * part)
            draw.polygon([(x, y), (x - wide, y + tall / 2), (x + wide, y + tall / 2)], colour)
    light[:] = from_image(picture)


def _mirror(light: Light, height: int) -> Light:
    """What a lake of ``height`` rows shows of the land above it."""
    width = light.shape[1]
    rows = np.linspace(0, light.shape[0] - 1, height).astype(int)
    mirrored = light[::-1][rows]
    wave = clouds(height, width, cell_px=18, octaves=2, seed=8) - 0.5
    shift = (wave * np.linspace(2, 16, height)[:, None]).astype(int)
    columns = np.clip(np.arange(width)[None] + shift, 0, width - 1)
    rippled = np.take_along_axis(mirrored, columns[..., None], axis=1)
    return (rippled * 0.72 + np.array(rgb("12324a"), np.float32) * 0.22).astype(np.float32)


def sunset_sea(
    width: int = WIDTH, height: int = HEIGHT, *, sun: float = 0.0, time_s: float = 0.0
) -> Image.Image:
    """The sun over the sea and a beach; ``sun`` from 0 (half set) to 1 (well above)."""
    horizon = int(height * 0.55)
    light = sky(horizon, width, [(0, "263a6b"), (0.45, "b5566a"), (0.8, "f58f4a"), (1, "ffd27a")])
    streaks = clouds(horizon, width // 4, cell_px=22, seed=12)
    streaks = np.asarray(Image.fromarray(streaks).resize((width, horizon)))
    light = mix(light, rgb("7a3550"), smooth_step(streaks, 0.55, 0.9) * 0.7)
    x, y = width * 0.56, horizon * (0.93 - 0.5 * sun)
    add_glow(light, x, y, width * 0.16, (0.45, 0.28, 0.08))
    rows, columns = np.mgrid[:horizon, :width]
    radius = width * 0.036
    sea = _sea(light, height - horizon, x, time_s)
    distance = np.hypot(columns - x, rows - y).astype(np.float32)
    light = mix(light, rgb("fff4c8"), smooth_step(radius - distance, -1.5, 1.5))
    return to_image(_add_beach(np.concatenate([light, sea]), time_s))


def _add_beach(light: Light, time_s: float) -> Light:
    """Lay wet sand with a line of foam along the lower edge."""
    height, width = light.shape[:2]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    reach = 0.015 * math.sin(time_s * 1.1)
    edge = height * (0.86 - 0.09 * columns / width + reach + 0.012 * np.sin(columns / 47 + time_s))
    sand = clouds(height, width, cell_px=9, octaves=3, seed=25)[..., None]
    shore = (0.55 + 0.3 * sand) * np.array(rgb("a97652"), np.float32)
    wet = smooth_step(edge + height * 0.09 - rows, 0, height * 0.09)[..., None]
    shore = shore * (1 - 0.45 * wet) + np.array(rgb("c06a4a"), np.float32) * 0.25 * wet
    light = mix(light, shore.astype(np.float32), smooth_step(rows - edge, -1, 2))
    ragged = clouds(height, width, cell_px=14, octaves=4, seed=26) * 22
    foam = np.exp(-(((rows - edge + ragged - 8) / 5) ** 2))
    return mix(light, rgb("fbeee6"), (foam * 0.85).astype(np.float32))


def _sea(above: Light, height: int, sun_x: float, time_s: float) -> Light:
    """Waves that grow towards the viewer, with a glittering path under the sun."""
    width = above.shape[1]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    near = (rows + 4) / height
    rough = clouds(height, width, cell_px=40, seed=21) * 6
    phase = 46 / near**0.6 + rough + time_s * 3 + columns * 0.01
    crest = np.sin(phase) + 0.6 * np.sin(1.9 * phase + columns * 0.05 / near + time_s * 2)
    light = above[::-1][np.linspace(0, above.shape[0] * 0.9, height).astype(int)] * 0.55
    light = light + (0.06 * crest * near)[..., None] + np.array(rgb("0a1c33"), np.float32) * 0.4
    path = np.exp(-(((columns - sun_x) / (width * (0.03 + 0.10 * near))) ** 2))
    glitter = smooth_step(crest.astype(np.float32), 0.3, 1.3) * path
    return mix(light.astype(np.float32), rgb("ffe2a0"), np.clip(glitter, 0, 1).astype(np.float32))


def city_night(width: int = WIDTH, height: int = HEIGHT, *, seed: int = 4) -> Image.Image:
    """Skyscrapers with lit windows, mirrored in a river under the moon."""
    shore = int(height * 0.70)
    light = sky(shore, width, [(0, "05081a"), (0.6, "101c40"), (1, "40355f")])
    add_glow(light, width * 0.82, shore * 0.17, width * 0.05, (0.25, 0.25, 0.3))
    picture = to_image(light, grain=0.004)
    draw = ImageDraw.Draw(picture)
    moon = (width * 0.79, shore * 0.125, width * 0.85, shore * 0.125 + width * 0.06)
    draw.ellipse(moon, (250, 246, 225))
    random = np.random.default_rng(seed)
    for layer in range(3):
        x = -10.0
        while x < width:
            wide = width * random.uniform(0.045, 0.1)
            tall = shore * random.uniform(0.25, 0.85) * (0.95 - 0.22 * layer)
            _add_tower(draw, random, (x, shore - tall, x + wide, shore), layer)
            x += wide * random.uniform(0.8, 1.3)
    above = from_image(picture.filter(ImageFilter.GaussianBlur(width / 900)))
    glow = from_image(picture.filter(ImageFilter.GaussianBlur(width / 70)))
    above = np.clip(above + 0.35 * glow, 0, 1)
    return to_image(np.concatenate([above, _mirror(above, height - shore) * 0.8]))


def _add_tower(
    draw: ImageDraw.ImageDraw,
    random: np.random.Generator,
    box: tuple[float, float, float, float],
    layer: int,
) -> None:
    """Draw one building, nearer layers darker, with windows lit at random."""
    left, top, right, bottom = box
    shade = 34 - 9 * layer
    draw.rectangle(box, (shade, shade + 2, shade + 16))
    if random.random() < 0.25:
        middle = (left + right) / 2
        draw.line((middle, top - (bottom - top) * 0.12, middle, top), (60, 60, 80), 2)
        tip = top - (bottom - top) * 0.12
        draw.ellipse((middle - 2, tip - 2, middle + 2, tip + 2), (255, 60, 50))
    step = max(4.0, (right - left) / random.integers(5, 9))
    warm = random.choice([(255, 214, 140), (255, 236, 190), (200, 225, 255)])
    for y in np.arange(top + step, bottom - step, step * 1.25):
        for x in np.arange(left + step * 0.5, right - step * 0.7, step):
            if random.random() < 0.5:
                dim = random.uniform(0.5, 1.0)
                colour = tuple(int(value * dim) for value in warm)
                draw.rectangle((x, y, x + step * 0.5, y + step * 0.65), colour)


def starry_sky(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """The Milky Way above a dark hill with a tree."""
    light = sky(height, width, [(0, "050818"), (0.7, "0f1c3a"), (1, "2b3a55")])
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    across = (rows - height * 0.95 + columns * 0.75) / height
    band = np.exp(-((across / 0.2) ** 2)) * (
        0.25 + clouds(height, width, cell_px=width / 5, octaves=7, seed=40)
    )
    dust = smooth_step(clouds(height, width, cell_px=width / 6, octaves=7, seed=41), 0.45, 0.75)
    light += (band * (1 - 0.75 * dust))[..., None] * np.array([0.50, 0.44, 0.52], np.float32)
    _add_stars(light, band, seed=42)
    picture = to_image(light, grain=0.01)
    draw = ImageDraw.Draw(picture)
    hill = height * (0.86 + 0.05 * np.sin(np.linspace(0.3, 2.9, width)))
    draw.polygon([(0, height), *enumerate(hill), (width, height)], (4, 5, 9))
    _add_tree(draw, (width * 0.2, height * 0.9), -math.pi / 2, height * 0.1, 9, (4, 5, 9))
    return picture


def _add_stars(light: Light, band: Light, *, seed: int) -> None:
    """Set stars in place, more of them where the band is bright."""
    height, width = light.shape[:2]
    random = np.random.default_rng(seed)
    chance = 0.0035 + 0.02 * band
    found = random.random((height, width)) < chance
    strength = random.pareto(2.2, (height, width)).clip(0, 3) * 0.35
    light[found] += strength[found][:, None]
    for _ in range(14):
        x, y = random.uniform(0, width), random.uniform(0, height * 0.8)
        add_glow(light, x, y, random.uniform(0.8, 1.6), (1.0, 0.95, 0.9))


def _add_tree(
    draw: ImageDraw.ImageDraw,
    root: tuple[float, float],
    angle: float,
    length: float,
    depth: int,
    colour: tuple[int, int, int],
) -> None:
    """Draw a bare tree that forks again and again."""
    if depth == 0:
        return
    x, y = root
    tip = (x + math.cos(angle) * length, y + math.sin(angle) * length)
    draw.line([root, tip], colour, max(1, int(length / 7)))
    for turn, shrink in ((-0.42, 0.78), (0.36, 0.74)):
        _add_tree(
            draw, tip, angle + turn * (1 + 0.1 * depth % 3), length * shrink, depth - 1, colour
        )


def fireworks(
    width: int = WIDTH,
    height: int = HEIGHT,
    *,
    time_s: float = 1.2,
    over: Image.Image | None = None,
) -> Image.Image:
    """Rockets that burst one after the other over a city, as they look at a moment."""
    under = from_image((over or city_night(width, height)).resize((width, height))) * 0.55
    random = np.random.default_rng(77)
    sparks = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(sparks)
    for number in range(12):
        start_s = 0.45 * number - 0.8
        centre = (width * random.uniform(0.12, 0.88), height * random.uniform(0.1, 0.42))
        colour = random.choice([(255, 90, 70), (255, 210, 90), (110, 200, 255), (180, 255, 140)])
        angles, speeds = random.uniform(0, 2 * math.pi, 110), random.uniform(0.35, 1.0, 110)
        _add_burst(draw, centre, colour, angles, speeds * width * 0.17, time_s - start_s)
    light = (
        under
        + from_image(sparks)
        + 0.9 * from_image(sparks.filter(ImageFilter.GaussianBlur(width / 160)))
    )
    return to_image(light)


def _add_burst(
    draw: ImageDraw.ImageDraw,
    centre: tuple[float, float],
    colour: tuple[int, int, int],
    angles: Light,
    reach_px: Light,
    age_s: float,
) -> None:
    """Draw the trails of one burst; it lives for 1.6 seconds."""
    if not 0 < age_s < 1.6:
        return
    fade = 1 - (age_s / 1.6) ** 2
    shade = tuple(int(value * fade) for value in colour)
    for angle, reach in zip(angles, reach_px, strict=True):
        ends = []
        for moment in (max(0.0, age_s - 0.28), age_s):
            spread = reach * (1 - math.exp(-2.2 * moment))
            fall = 0.09 * reach * moment**2 * 3
            x, y = centre[0] + math.cos(angle) * spread, centre[1] + math.sin(angle) * spread
            ends.append((x, y + fall))
        draw.line(ends, shade, 2)
