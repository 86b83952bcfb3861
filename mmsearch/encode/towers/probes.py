"""Things of the usual size to encode, for trying a model and for comparing two ways to run it."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from mmsearch.encode.frames import unit_rows
from mmsearch.types import AUDIO_RATE_HZ, F32, CodeText, Content, Frames, Modality, Samples

WORDS = ("dog", "the sea", "a list", "bread", "three red cars in the rain", "sort", "night", "a")
_FRAMES_PER_SHOT = 3
_WINDOW_S = 5


def contents_of(modality: Modality, image_px: int, n: int) -> list[Content]:
    """n things of a kind, always the same: noise, or pieces of code."""
    return [content_of(modality, image_px, seed) for seed in range(n)]


def content_of(modality: Modality, image_px: int, seed: int) -> Content:
    """Something of the usual size to encode: noise, or a piece of code."""
    random = np.random.default_rng(seed)
    match modality:
        case Modality.IMAGE | Modality.VIDEO:
            n_frame = _FRAMES_PER_SHOT if modality is Modality.VIDEO else 1
            shape = (n_frame, image_px, image_px, 3)
            return Frames(random.integers(0, 256, shape, np.uint8))
        case Modality.AUDIO:
            n_sample = _WINDOW_S * AUDIO_RATE_HZ
            return Samples((0.1 * random.standard_normal(n_sample)).astype(np.float32))
        case Modality.CODE:
            lines = [f"    total += weights[{seed}] * values[{line}]" for line in range(20)]
            return CodeText("\n".join(["def weighted(values, weights):", *lines]), "python")


def timed(encode: Callable[[], F32]) -> tuple[F32, float]:
    """What it answers, and the shorter time of two runs after one to warm up."""
    vectors = encode()
    times_s = []
    for _ in range(2):
        started_s = time.perf_counter()
        encode()
        times_s.append(time.perf_counter() - started_s)
    return np.asarray(vectors, np.float32), min(times_s)


def least_cosine(one: F32, other: F32) -> float:
    """Of vectors that should be the same, (n, dim) each; NaN where one is no number."""
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        return float("nan")
    return float((unit_rows(one) * unit_rows(other)).sum(axis=1).min())
