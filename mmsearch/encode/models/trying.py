"""Opens a model and lets it encode something before anybody relies on it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from mmsearch.encode.towers.judge import READINGS, try_judge
from mmsearch.encode.towers.towers import Options, open_towers
from mmsearch.errors import ModelError
from mmsearch.types import AUDIO_RATE_HZ, F32, CodeText, Content, Frames, Modality, Samples

_N_TRIED = 4
_TEXTS = ("a dog on a beach", "how to sort a list of numbers")
_FRAMES_PER_SHOT = 3
_WINDOW_S = 5


@dataclass(frozen=True, slots=True)
class Tried:
    """What a model turned out to be."""

    modalities: tuple[Modality, ...]
    dim: int
    image_px: int
    per_s: Mapping[str, float] = field(default_factory=dict)
    """Segments of each kind encoded in a second."""


def try_model(family: str, folder: Path, options: Options) -> Tried:
    """Open the model in a folder and encode texts and one content of each of its kinds.

    Raises ModelError when it cannot be opened, or answers with what are no vectors.
    """
    if family in READINGS:  # rerankers encode nothing
        try_judge(family, folder, options)
        return Tried((), 0, 0)
    towers = open_towers(family, folder, options)
    _check(towers.texts(_TEXTS), len(_TEXTS), towers.dim)
    per_s: dict[str, float] = {}
    for modality in towers.modalities:
        contents = [content_of(modality, towers.image_px, seed) for seed in range(_N_TRIED)]
        towers.contents(modality, contents[:1])  # the first time also prepares things
        started_s = time.perf_counter()
        _check(towers.contents(modality, contents), _N_TRIED, towers.dim)
        per_s[modality.value] = round(_N_TRIED / max(time.perf_counter() - started_s, 1e-6), 2)
    return Tried(towers.modalities, towers.dim, towers.image_px, per_s)


def _check(vectors: F32, n: int, dim: int) -> None:
    if vectors.shape != (n, dim):
        raise ModelError(f"The model answers with {vectors.shape} numbers instead of {(n, dim)}.")
    if not np.isfinite(vectors).all():
        raise ModelError(
            "The model answers with what are no numbers (NaN or infinity).",
            "Its weights are damaged, or were trained to nothing.",
        )
    if not vectors.any(axis=1).all():
        raise ModelError("The model answers with nothing but zeros.", "Its weights are damaged.")


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
