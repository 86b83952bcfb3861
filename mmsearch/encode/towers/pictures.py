"""Pictures on their way into a model: squares of its size, as numbers that it was trained on."""

from __future__ import annotations

import numpy as np

from mmsearch.types import F32, U8

CLIP_MEAN = np.array((0.48145466, 0.4578275, 0.40821073), np.float32)
CLIP_STD = np.array((0.26862954, 0.26130258, 0.27577711), np.float32)
"""Of the pictures of OpenAI's CLIP, which others took over."""


def standardised(pixels: U8, side_px: int, mean: F32, std: F32) -> F32:
    """(n, height, width, 3) uint8 -> (n, 3, side, side) float32, less the mean, by the spread."""
    if pixels.shape[1:3] != (side_px, side_px):
        pixels = resized(pixels, side_px)
    values = (pixels.astype(np.float32) / 255 - mean) / std
    return np.ascontiguousarray(values.transpose(0, 3, 1, 2), np.float32)


def resized(pixels: U8, side_px: int) -> U8:
    """Squares of another size, by bicubic interpolation: (n, side, side, 3) uint8."""
    from PIL import Image

    size = (side_px, side_px)
    pictures = (Image.fromarray(picture) for picture in pixels)
    made = [np.asarray(one.resize(size, Image.Resampling.BICUBIC)) for one in pictures]
    return np.stack(made) if made else np.zeros((0, side_px, side_px, 3), np.uint8)
