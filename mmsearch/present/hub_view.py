"""How often files are among the first answers, as bars of a drawing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def in_bins(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many counts are 0, 1, 2–3, 4–7, …: (n_bin,) int64."""
    if not len(counts):
        return np.zeros(0, np.int64)
    return np.bincount(np.ceil(np.log2(counts + 1)).astype(int))


def bin_name(place: int) -> str:
    """The least that is in a bin: "0", "1", "2+", "4+"."""
    return str(place) if place < 2 else f"{2 ** (place - 1)}+"


def bar_heights(bins: NDArray[np.int64], most: int) -> list[float]:
    """Heights in [0, 1] on a logarithmic scale, so that a single hub among thousands is seen."""
    scale = float(np.log1p(max(1, most)))
    return [float(np.log1p(one)) / scale for one in bins]
