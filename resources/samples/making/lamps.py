"""Lights in the dark: a traffic light, a candle."""

from __future__ import annotations

import math

import numpy as np
from making.light import add_glow, clouds, from_image, mix, rgb, sky, smooth_step, to_image
from making.scenery import HEIGHT, WIDTH
from PIL import Image, ImageDraw, ImageFilter

_LAMPS = (("red", "ff2a1a"), ("amber", "ffb000"), ("green", "18e06a"))


def traffic_light(width: int = WIDTH, height: int = HEIGHT, *, lit: str = "red") -> Image.Image:
    """A traffic light before a cloudy sky; ``lit`` is red, amber or green."""
    light = sky(height, width, [(0, "6f8fb0"), (1, "c6d2dc")])
    light *= 0.8 + 0.3 * clouds(height, width, cell_px=width / 4, seed=60)[..., None]
    picture = to_image(light, grain=0).filter(ImageFilter.GaussianBlur(3))
    picture = picture.resize((3 * width, 3 * height))
    draw = ImageDraw.Draw(picture)
    x, top, unit = picture.width * 0.5, picture.height * 0.1, picture.height * 0.21
    draw.rectangle((x - unit * 0.09, top, x + unit * 0.09, picture.height), (58, 62, 60))
    body = (x - unit * 0.52, top, x + unit * 0.52, top + unit * 3.15)
    draw.rounded_rectangle(body, unit * 0.14, (24, 26, 25), (52, 55, 53), int(unit * 0.035))
    for number, (name, code) in enumerate(_LAMPS):
        _add_lamp(draw, x, top + unit * (0.56 + number * 1.01), unit * 0.36, code, on=name == lit)
    picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    glowing = from_image(picture)
    number = [name for name, _ in _LAMPS].index(lit)
    at_y = height * (0.1 + 0.21 * (0.56 + number * 1.01))
    glow = tuple(0.45 * value for value in rgb(_LAMPS[number][1]))
    add_glow(glowing, width * 0.5, at_y, height * 0.075, glow)
    return to_image(glowing)


def _add_lamp(
    draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, code: str, *, on: bool
) -> None:
    """Draw a round lens under its visor."""
    for step in np.linspace(1, 0, 30):
        share = (1.0 if on else 0.2) * (1 - 0.45 * step**2)
        colour = tuple(
            int(255 * value * share + (40 if on else 0) * (1 - step)) for value in rgb(code)
        )
        size = radius * step
        draw.ellipse((x - size, y - size, x + size, y + size), colour)
    visor = (x - radius * 1.16, y - radius * 1.2, x + radius * 1.16, y + radius * 1.12)
    draw.arc(visor, 190, 350, (8, 8, 8), int(radius * 0.24))


def candle(width: int = WIDTH, height: int = HEIGHT, *, sway: float = 0.0) -> Image.Image:
    """A burning candle in a dark room; ``sway`` bends the flame, from -1 to 1."""
    light = sky(height, width, [(0, "120a06"), (1, "060403")])
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    x, wick = width * 0.5, height * 0.46
    add_glow(light, x, wick - height * 0.08, height * 0.30, (0.42, 0.20, 0.05))
    half = height * 0.085
    edge = wick + height * 0.03 + 5 * np.sin(columns / half * 2.1)
    body = smooth_step(half - np.abs(columns - x), -1, 1) * smooth_step(rows - edge, -1, 1)
    shade = np.clip(1.15 - (rows - wick) / (height * 0.75), 0.15, 1)
    shade = shade * (1 - 0.55 * ((columns - x) / half).clip(-1, 1) ** 2)
    wax = shade[..., None] * np.array(rgb("f7dcae"), np.float32)
    light = mix(light, wax, body)
    stem = smooth_step(3 - np.abs(columns - x), -1, 1) * smooth_step(edge - rows, -1, 1)
    light = mix(light, rgb("1c120c"), stem * smooth_step(rows - (wick - 16), -1, 1))
    _add_flame(light, x, wick - 4, height * 0.2, sway)
    return to_image(light)


def _add_flame(light: np.ndarray, x: float, foot: float, tall: float, sway: float) -> None:
    """Lay a flame over the picture in place: a bright drop with a blue foot."""
    rows, columns = np.mgrid[: light.shape[0], : light.shape[1]].astype(np.float32)
    along = ((foot - rows) / tall).clip(-0.1, 1.1)
    bend = x + sway * tall * 0.18 * along**2
    wide = tall * 0.2 * np.sqrt(np.clip(along + 0.04, 0, 1)) * (1 - along.clip(0, 1)) ** 0.65 * 1.5
    inside = smooth_step((wide - np.abs(columns - bend)).astype(np.float32), -1.0, tall * 0.05)
    inside *= (along > -0.05) & (along < 1)
    core = np.exp(-(((columns - bend) / (tall * 0.09)) ** 2) - ((along - 0.35) / 0.4) ** 2)
    colour = np.array(rgb("ff9a2e")) + core[..., None] * np.array([0.1, 0.4, 0.65])
    blue = np.exp(-((along / 0.12) ** 2))[..., None]
    colour = colour * (1 - 0.7 * blue) + np.array(rgb("3a5cff")) * 0.7 * blue
    light[:] = mix(light, colour.astype(np.float32), inside.astype(np.float32))
    add_glow(light, x, foot - tall * math.sqrt(0.2), tall * 0.35, (0.35, 0.22, 0.08))
