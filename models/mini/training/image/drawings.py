"""Drawings as small pictures with a transparent ground, from PNG, SVG and an emoji font."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

LARGEST_PX = 256
_SMALLEST_PX = 24
_VISIBLE = 20
"""Alpha, of 255, from which on a pixel counts as drawn."""
_EMOJI_PX = 109
"""The one size in which Noto Color Emoji has its bitmaps."""


def read_drawing(path: Path) -> Image.Image | None:
    """A picture cut to what is drawn, at most 256 pixels wide and high; None for nothing to see."""
    if path.suffix == ".svg":
        return trimmed(_drawn(path))
    try:
        with Image.open(path) as picture:
            return trimmed(picture.convert("RGBA"))
    except (UnidentifiedImageError, OSError):
        return None


def emoji_drawing(emoji: str, font: ImageFont.FreeTypeFont) -> Image.Image | None:
    """One character of the emoji font."""
    picture = Image.new("RGBA", (160, 160))
    ImageDraw.Draw(picture).text((8, 8), emoji, font=font, embedded_color=True)
    return trimmed(picture)


def emoji_font(folder: Path) -> ImageFont.FreeTypeFont:
    """Noto Color Emoji out of its unpacked package."""
    return ImageFont.truetype(next(folder.rglob("NotoColorEmoji.ttf")), _EMOJI_PX)


def trimmed(picture: Image.Image | None) -> Image.Image | None:
    """Without its empty border; None when hardly anything is left."""
    if picture is None:
        return None
    box = (
        picture.getchannel("A").point([255 * (alpha > _VISIBLE) for alpha in range(256)]).getbbox()
    )
    if not box or min(box[2] - box[0], box[3] - box[1]) < _SMALLEST_PX:
        return None
    part = picture.crop(box)
    part.thumbnail((LARGEST_PX, LARGEST_PX), Image.Resampling.BICUBIC)
    return part


def _drawn(path: Path) -> Image.Image | None:
    """An SVG as Qt draws it."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application()
    renderer = QSvgRenderer(str(path))
    size = renderer.defaultSize()
    if not renderer.isValid() or min(size.width(), size.height()) <= 0:
        return None
    scale = LARGEST_PX / max(size.width(), size.height())
    width, height = (max(1, round(side * scale)) for side in (size.width(), size.height()))
    image = QImage(width, height, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    raw = bytes(image.constBits())
    return Image.frombytes("RGBA", (width, height), raw, "raw", "RGBA", image.bytesPerLine())


@functools.cache
def _application() -> Any:
    """Qt needs one before it draws letters; no screen is needed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication.instance() or QGuiApplication([])
