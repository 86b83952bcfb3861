"""Finds out whether a model runs faster in half the bits, and still says the same.

Cards nearly always do. Of processors only those with instructions of their own for it gain, and
not with every model; so both are tried in one run.
"""

from __future__ import annotations

import numpy as np

from mmsearch.encode.towers.device import lower_precision
from mmsearch.encode.towers.probes import WORDS, contents_of, least_cosine, timed
from mmsearch.encode.towers.towers import Towers
from mmsearch.types import F32

LEAST_COSINE = 0.999
_MOST_TIME = 0.9
"""Of the time in full: for less than that no bit is given away."""
_LEAST_PARAMETERS = 10_000_000
"""Of smaller models everything else takes longer than the numbers."""
_FULL = "float32"
_N_TRIED = 4


def set_best_precision(towers: Towers) -> str:
    """Let a model compute in what is best on its device, and return the name of that."""
    lower = lower_precision(towers.runner.device)
    best = _FULL
    if lower and towers.runner.n_parameters >= _LEAST_PARAMETERS:
        vectors, full_s = _tried(towers, _FULL)
        try:
            rough, lower_s = _tried(towers, lower)
        except (RuntimeError, NotImplementedError):  # an operation that has only full precision
            rough, lower_s = vectors, full_s
        if lower_s <= _MOST_TIME * full_s and least_cosine(vectors, rough) >= LEAST_COSINE:
            best = lower
    towers.runner.precision = best
    return best


def _tried(towers: Towers, precision: str) -> tuple[F32, float]:
    """What the model makes of some words and contents in a precision, and how long that takes."""
    towers.runner.precision = precision
    contents = [(kind, contents_of(kind, towers.image_px, _N_TRIED)) for kind in towers.modalities]

    def encode() -> F32:
        made = [towers.texts(WORDS), *(towers.contents(kind, some) for kind, some in contents)]
        return np.concatenate(made)

    return timed(encode)
