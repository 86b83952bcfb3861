"""Files of all kinds, made by the tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)


def save_picture(path: Path, colour: tuple[int, int, int], *, spot: int = 0) -> Path:
    """A picture in one colour; ``spot`` makes pictures of the same colour differ."""
    pixels = np.full((48, 64, 3), colour, np.uint8)
    pixels[0, 0] = (spot % 256, spot // 256 % 256, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def save_text(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
