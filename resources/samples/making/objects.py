"""Single things on a fitting ground: a clock, a balloon, a spider's web, a lighthouse."""

from __future__ import annotations

import math

import numpy as np
from making.light import add_glow, clouds, from_image, mix, rgb, sky, smooth_step, to_image
from making.scenery import HEIGHT, WIDTH, sunset_sea
from PIL import Image, ImageChops, ImageDraw, ImageFilter

_FINER = 3
"""Things are drawn larger by this and then shrunk, for smooth edges."""

Box = tuple[float, float, float, float]


def enlarged(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width * _FINER, picture.height * _FINER))


def shrunk(picture: Image.Image) -> Image.Image:
    size = (picture.width // _FINER, picture.height // _FINER)
    return picture.resize(size, Image.Resampling.LANCZOS)


def wall_clock(
    width: int = WIDTH, height: int = HEIGHT, *, hour: int = 10, minute: float = 9.0
) -> Image.Image:
    """A round clock with a black rim on a pale wall."""
    light = sky(height, width, [(0, "c9bfae"), (1, "a89c88")])
    light *= 0.94 + 0.1 * clouds(height, width, cell_px=40, octaves=6, seed=2)[..., None]
    picture = enlarged(to_image(light, grain=0))
    radius = 0.42 * picture.height
    x, y = picture.width / 2, picture.height / 2
    shadow = Image.new("L", picture.size)
    off = radius * 0.08
    ImageDraw.Draw(shadow).ellipse(_around(x + off, y + off * 1.4, radius), 150)
    shadow = shadow.filter(ImageFilter.GaussianBlur(radius * 0.06))
    picture.paste((40, 34, 28), mask=shadow)
    draw = ImageDraw.Draw(picture)
    draw.ellipse(_around(x, y, radius), (28, 28, 30))
    draw.ellipse(_around(x, y, radius * 0.96), (70, 70, 74))
    draw.ellipse(_around(x, y, radius * 0.91), (247, 245, 238))
    _add_dial(draw, x, y, radius)
    _add_hand(draw, x, y, (hour % 12 + minute / 60) / 12, radius * 0.48, radius * 0.05, "black")
    _add_hand(draw, x, y, minute / 60, radius * 0.72, radius * 0.035, "black")
    _add_hand(draw, x, y, (minute * 60 % 60) / 60, radius * 0.76, radius * 0.012, "#c01818")
    draw.ellipse(_around(x, y, radius * 0.045), "#c01818")
    return shrunk(picture)


def _around(x: float, y: float, radius: float) -> Box:
    return (x - radius, y - radius, x + radius, y + radius)


def _add_dial(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    from PIL import ImageFont

    font = ImageFont.load_default(radius * 0.17)
    for minute in range(60):
        angle = 2 * math.pi * minute / 60 - math.pi / 2
        inner = 0.80 if minute % 5 == 0 else 0.845
        ends = [
            (x + radius * part * math.cos(angle), y + radius * part * math.sin(angle))
            for part in (inner, 0.875)
        ]
        draw.line(ends, (20, 20, 20), int(radius * (0.022 if minute % 5 == 0 else 0.009)))
    for hour in range(1, 13):
        angle = 2 * math.pi * hour / 12 - math.pi / 2
        at = (x + radius * 0.67 * math.cos(angle), y + radius * 0.67 * math.sin(angle))
        draw.text(at, str(hour), (15, 15, 15), font, anchor="mm")


def _add_hand(
    draw: ImageDraw.ImageDraw,
    x: float,
    y: float,
    turn: float,
    length: float,
    wide: float,
    colour: str,
) -> None:
    angle = 2 * math.pi * turn - math.pi / 2
    along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    corners = [(-0.22, -1), (-0.22, 1), (1, 0.45), (1, -0.45)]
    points = [
        (
            x + length * far * along[0] + wide * side * across[0],
            y + length * far * along[1] + wide * side * across[1],
        )
        for far, side in corners
    ]
    draw.polygon(points, colour)


def hot_air_balloon(
    width: int = WIDTH, height: int = HEIGHT, *, x: float = 0.5, y: float = 0.38
) -> Image.Image:
    """A striped hot-air balloon over green hills; ``x`` and ``y`` place it, from 0 to 1."""
    light = sky(height, width, [(0, "3f8ad6"), (0.75, "bfe0f5"), (1, "e8f3f8")])
    cover = smooth_step(clouds(height, width, cell_px=width / 3.2, seed=9), 0.5, 0.8)
    light = mix(light, rgb("ffffff"), cover * 0.85)
    rows = np.mgrid[:height, :width][0]
    for depth, colour in enumerate(("7fa889", "5c8f4e", "3f7033")):
        line = (
            0.80 + 0.07 * depth + 0.035 * np.sin(np.linspace(1.7 * depth, 5 + 2.2 * depth, width))
        )
        land = clouds(height, width, cell_px=24, seed=50 + depth)[..., None] * 0.3 + 0.8
        light = mix(light, land * np.array(rgb(colour), np.float32), 1.0 * (rows > line * height))
    picture = enlarged(to_image(light, grain=0.004))
    _add_balloon(picture, x * picture.width, y * picture.height, picture.height * 0.27)
    return shrunk(picture)


def _add_balloon(picture: Image.Image, x: float, y: float, radius: float) -> None:
    """Draw the envelope in gores of changing colour, shaded round, with ropes and basket."""
    draw = ImageDraw.Draw(picture)
    mouth = y + radius * 1.32
    for side in (-0.2, -0.07, 0.07, 0.2):
        rope = [(x + side * radius, mouth), (x + side * radius * 0.7, mouth + radius * 0.36)]
        draw.line(rope, (60, 45, 30), max(1, int(radius * 0.012)))
    basket = (x - 0.15 * radius, mouth + 0.36 * radius, x + 0.15 * radius, mouth + 0.6 * radius)
    draw.rectangle(basket, (120, 78, 40), (60, 38, 20), int(radius * 0.02))
    colours = ["#d8262c", "#f5a623", "#f8e71c", "#2f9e44", "#1c6fd1", "#7b3fa0"]
    angles = np.linspace(-math.pi / 2, math.pi / 2, 13)
    for number in range(12):
        left, right = math.sin(angles[number]), math.sin(angles[number + 1])
        edge = [(x + left * wide, y_at) for y_at, wide in _envelope(y, radius)]
        back = [(x + right * wide, y_at) for y_at, wide in _envelope(y, radius)]
        draw.polygon(edge + back[::-1], colours[number % 6])
    shade = Image.new("L", picture.size)
    outline = [(x - wide, y_at) for y_at, wide in _envelope(y, radius)]
    outline += [(x + wide, y_at) for y_at, wide in _envelope(y, radius)][::-1]
    ImageDraw.Draw(shade).polygon(outline, 150)
    lit = Image.new("L", picture.size)
    ImageDraw.Draw(lit).ellipse(_around(x - radius * 0.3, y - radius * 0.3, radius * 0.8), 255)
    lit = lit.filter(ImageFilter.GaussianBlur(radius * 0.35))
    picture.paste((10, 10, 40), mask=ImageChops.subtract(shade, lit))


def _envelope(y: float, radius: float) -> list[tuple[float, float]]:
    """Heights and half widths of the balloon from its top to its mouth."""
    rows = np.linspace(-1, 1.32, 40)
    return [
        (
            y + radius * row,
            radius * (math.sqrt(1 - row * row) if row < 0.35 else 0.937 - 0.76 * (row - 0.35)),
        )
        for row in rows
    ]


def spider_web(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """A spider's web with drops of dew before a dark green garden."""
    light = sky(height, width, [(0, "1f3a22"), (1, "0b150d")])
    light *= 0.4 + 1.2 * clouds(height, width, cell_px=width / 5, seed=17)[..., None]
    random = np.random.default_rng(18)
    for _ in range(9):
        place = random.uniform(0, width), random.uniform(0, height)
        add_glow(light, *place, random.uniform(18, 45), (0.10, 0.16, 0.06))
    picture = enlarged(to_image(light, grain=0).filter(ImageFilter.GaussianBlur(width / 120)))
    draw = ImageDraw.Draw(picture)
    middle = (picture.width * 0.5, picture.height * 0.48)
    angles = np.sort(np.linspace(0, 2 * math.pi, 19)[:-1] + random.normal(0, 0.05, 18))
    for angle in angles:
        far = picture.width
        tip = (middle[0] + far * math.cos(angle), middle[1] + far * math.sin(angle))
        draw.line([middle, tip], (205, 215, 215), 3)
    for radius in np.linspace(0.06, 0.62, 19) * picture.width / 1.3:
        _add_ring(draw, random, middle, angles, radius)
    return shrunk(picture)


def _add_ring(
    draw: ImageDraw.ImageDraw,
    random: np.random.Generator,
    middle: tuple[float, float],
    angles: np.ndarray,
    radius: float,
) -> None:
    """Draw one round of sagging thread, with its dew."""
    for angle, following in zip(
        angles, np.append(angles[1:], angles[0] + 2 * math.pi), strict=True
    ):
        steps = np.linspace(0, 1, 9)
        sag = 1 - 0.10 * np.sin(math.pi * steps)
        turns = angle + (following - angle) * steps
        points = [
            (middle[0] + radius * low * math.cos(turn), middle[1] + radius * low * math.sin(turn))
            for low, turn in zip(sag, turns, strict=True)
        ]
        draw.line(points, (210, 220, 220), 3)
        for x, y in points[::2]:
            drop = random.uniform(2.5, 6)
            draw.ellipse(_around(x, y, drop), (238, 246, 250))


def lighthouse(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """A red and white lighthouse on a rock by the sea at dusk."""
    light = from_image(sunset_sea(width, height, sun=0.15))
    picture = enlarged(to_image(light, grain=0))
    draw = ImageDraw.Draw(picture)
    wide, tall = picture.size
    random = np.random.default_rng(6)
    edge = [(0.0, tall)] + [
        (
            wide * part,
            tall * (0.66 + 0.35 * abs(part - 0.22) ** 1.2 / 0.3 + random.normal(0, 0.012)),
        )
        for part in np.linspace(0, 0.5, 26)
    ]
    draw.polygon([*edge, (wide * 0.5, tall)], (52, 44, 44))
    x, foot, top = wide * 0.24, tall * 0.68, tall * 0.24
    for stripe in range(6):
        high, low = top + (foot - top) * stripe / 6, top + (foot - top) * (stripe + 1) / 6
        upper, lower = wide * (0.032 + 0.0045 * stripe), wide * (0.0365 + 0.0045 * stripe)
        colour = (196, 40, 36) if stripe % 2 == 0 else (240, 236, 230)
        draw.polygon(
            [(x - upper, high), (x + upper, high), (x + lower, low), (x - lower, low)], colour
        )
    draw.rectangle((x - wide * 0.045, top - 12, x + wide * 0.045, top + 6), (36, 36, 40))
    draw.rectangle(
        (x - wide * 0.024, top - tall * 0.075, x + wide * 0.024, top - 12), (255, 240, 170)
    )
    roof = [(x - wide * 0.034, top - tall * 0.075), (x + wide * 0.034, top - tall * 0.075)]
    draw.polygon([*roof, (x, top - tall * 0.135)], (150, 30, 30))
    lit = from_image(shrunk(picture))
    add_glow(lit, width * 0.24, height * 0.205, width * 0.035, (0.6, 0.55, 0.35))
    return to_image(lit)
