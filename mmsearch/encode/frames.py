"""Several pictures of one segment become one vector; rows become unit vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from mmsearch.types import F32, U8, Content, Frames

_MAX_FRAMES_AT_ONCE = 64
"""Bounds the memory that joining the pictures of many segments needs."""


def frame_means(contents: Sequence[Content], encode: Callable[[U8], F32], dim: int) -> F32:
    """Mean over the vectors of each segment's frames: (n_segment, dim) float32.

    encode: (n_frame, height, width, 3) uint8 -> (n_frame, dim) unit vectors.
    """
    frames = [_pixels(content) for content in contents]
    vectors = np.zeros((len(frames), dim), np.float32)
    for group in groups([len(pixels) for pixels in frames], _MAX_FRAMES_AT_ONCE):
        encoded = encode(np.concatenate([frames[index] for index in group]))
        ends = np.cumsum([len(frames[index]) for index in group])
        for index, part in zip(group, np.split(encoded, ends[:-1]), strict=True):
            vectors[index] = part.mean(axis=0)
    return vectors


def groups(sizes: Sequence[int], most: int) -> list[list[int]]:
    """Neighbours grouped so that the sizes of a group sum to about ``most``, or it has one."""
    found: list[list[int]] = []
    room = 0
    for index, size in enumerate(sizes):
        if not found or size > room:
            found.append([])
            room = most
        found[-1].append(index)
        room -= size
    return found


def unit_rows(vectors: F32) -> F32:
    """Scale the rows to unit length. What is not a number becomes zero: it matches nothing."""
    finite = np.nan_to_num(vectors, nan=0.0, posinf=0.0, neginf=0.0)
    norms = np.linalg.norm(finite, axis=1, keepdims=True)
    return np.asarray(finite / np.maximum(norms, 1e-12), np.float32)


def _pixels(content: Content) -> U8:
    if not isinstance(content, Frames):
        raise TypeError(f"expected Frames, got {type(content).__name__}")
    return content.pixels
