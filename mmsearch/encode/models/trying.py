"""Opens a model and lets it encode something before anybody relies on it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from mmsearch.encode.describers import describer
from mmsearch.encode.describers.opening import open_describer
from mmsearch.encode.towers.judge import READINGS, try_judge
from mmsearch.encode.towers.precision import set_best_precision
from mmsearch.encode.towers.probes import contents_of
from mmsearch.encode.towers.towers import FAMILIES, Options, open_towers
from mmsearch.errors import ModelError
from mmsearch.types import F32, Modality

_N_TRIED = 4
_TEXTS = ("a dog on a beach", "how to sort a list of numbers")


@dataclass(frozen=True, slots=True)
class Tried:
    """What a model turned out to be."""

    modalities: tuple[Modality, ...]
    dim: int
    image_px: int
    per_s: Mapping[str, float] = field(default_factory=dict)
    """Segments of each kind encoded in a second."""
    precision: Mapping[str, str] = field(default_factory=dict)
    """What the device computes best in; see precision.py."""


def try_model(family: str, folder: Path, options: Options) -> Tried:
    """Open the model in a folder and encode texts and one content of each of its kinds.

    Raises ModelError when it cannot be opened, or answers with what are no vectors.
    """
    if family in describer.FAMILIES:  # it is opened, and has to say something
        open_describer(family, folder)
        return Tried((), 0, 0)
    if family in READINGS:
        try_judge(family, folder, options)
        if family not in FAMILIES:  # a reranker that encodes nothing
            return Tried((), 0, 0)
    towers = open_towers(family, folder, options)
    _check(towers.texts(_TEXTS), len(_TEXTS), towers.dim)
    precision = set_best_precision(towers)
    per_s: dict[str, float] = {}
    for modality in towers.modalities:
        contents = contents_of(modality, towers.image_px, _N_TRIED)
        towers.contents(modality, contents[:1])  # the first time also prepares things
        started_s = time.perf_counter()
        _check(towers.contents(modality, contents), _N_TRIED, towers.dim)
        per_s[modality.value] = round(_N_TRIED / max(time.perf_counter() - started_s, 1e-6), 2)
    device = towers.runner.device.type
    return Tried(towers.modalities, towers.dim, towers.image_px, per_s, {device: precision})


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
