"""Any picture mode to plain RGB, as a person would see it on white paper."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageCms

_DEPTHS = (255, 1023, 4095, 16383, 65535)
"""Largest values of the usual bit depths of cameras and scanners."""


def to_rgb(image: Image.Image) -> Image.Image:
    """Convert to RGB: transparent parts become white, deep greys are scaled to 8 bits."""
    if image.mode.startswith(("I", "F")):
        return _from_deep_grey(image)
    if image.mode == "LAB":
        return _from_lab(image)
    if image.mode == "La":
        image = image.convert("LA")
    if image.has_transparency_data:
        return _over_white(image.convert("RGBA"))
    return image if image.mode == "RGB" else image.convert("RGB")


def _over_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _from_deep_grey(image: Image.Image) -> Image.Image:
    """Scale by the bit depth that the values seem to have, or by their range."""
    values = np.nan_to_num(np.asarray(image, np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    if image.mode.startswith("I") and low >= 0 and high <= _DEPTHS[-1]:
        low, high = 0.0, float(next(depth for depth in _DEPTHS if high <= depth))
    scale = 255 / (high - low) if high > low else 0.0
    return Image.fromarray(((values - low) * scale).astype(np.uint8)).convert("RGB")


def _from_lab(image: Image.Image) -> Image.Image:
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB"
    )
    converted = ImageCms.applyTransform(image, transform)
    assert converted is not None  # only None when done in place
    return converted
