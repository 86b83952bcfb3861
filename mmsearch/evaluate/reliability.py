"""Whether a match of 0.7 is right seven times in ten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

_N_BIN = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Hits with about the same match."""

    n: int
    promised: float
    """Mean of their matches."""
    kept: float
    """Share of them that is right."""


def reliability(match: ArrayLike, right: ArrayLike) -> list[Bin]:
    """Hits in ten bins of equal width by their match, from 0 to 1; empty bins are left out.

    match: (n,) in [0, 1]. right: (n,) whether the hit is relevant.
    """
    matches, rights = np.asarray(match, float), np.asarray(right, bool)
    place = np.minimum((matches * _N_BIN).astype(int), _N_BIN - 1)
    return [
        Bin(
            int((place == number).sum()),
            float(matches[place == number].mean()),
            float(rights[place == number].mean()),
        )
        for number in range(_N_BIN)
        if (place == number).any()
    ]


def calibration_error(match: ArrayLike, right: ArrayLike) -> float:
    """Expected calibration error: mean over the hits of |promised - kept| of their bin.

    Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian
    binning", AAAI 2015, equation 3. 0 without hits.
    """
    bins = reliability(match, right)
    n = sum(one.n for one in bins)
    return sum(one.n * abs(one.promised - one.kept) for one in bins) / n if n else 0.0
