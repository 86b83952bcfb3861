"""Makes screenshots whose text is known."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_VOCABULARY = """
    account archive battery bicycle border bridge budget button cable calendar camera candle
    carpet castle ceiling chapter cheese circle climate coffee colour copper corner cotton
    county curtain damage danger desert dinner doctor dragon engine evening factory family
    farmer feather figure finger flower forest garden guitar hammer harbour history honey
    hotel island jacket journey kitchen ladder language lawyer letter library machine market
    meadow medicine mirror monday morning mountain museum needle network number office orange
    painter paper parcel pencil people pepper picnic pillow planet platform pocket potato
    printer problem profile project quarter railway rainbow receipt recipe record report river
    rocket sailor saturday school season secret server shadow shelter silver sister soldier
    spider spring station storm student summer sunday supper surface system tailor teacher
    temple theatre thunder ticket timber tomato tower traffic travel tunnel umbrella uniform
    valley version village violin weather wedding weekend window winter worker yellow
"""
_SIZES_PX = ((1280, 800), (1920, 1080), (1080, 1920), (1366, 768), (1240, 1754))
_COLOURS = (
    ((255, 255, 255), (20, 20, 20)),
    ((30, 30, 34), (230, 230, 230)),
    ((245, 240, 225), (60, 40, 20)),
    ((20, 40, 90), (255, 255, 255)),
)


def random_lines(chance: random.Random, n_line: int) -> list[str]:
    """Lines of two to seven words."""
    return [
        " ".join(chance.choices(_VOCABULARY.split(), k=chance.randint(2, 7))) for _ in range(n_line)
    ]


def save_page(path: Path, lines: list[str], chance: random.Random) -> Path:
    """A screenshot in one of several sizes, colours and sizes of letters, with these lines."""
    width_px, height_px = chance.choice(_SIZES_PX)
    ground, ink = chance.choice(_COLOURS)
    font_px = chance.choice((16, 20, 26, 34))
    page = Image.new("RGB", (width_px, height_px), ground)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        at = (40 + 20 * (number % 3), 40 + 2 * font_px * number)
        draw.text(at, line, fill=ink, font=ImageFont.load_default(size=font_px))
    page.save(path, quality=85) if path.suffix == ".jpg" else page.save(path)
    return path
