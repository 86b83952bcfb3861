"""How often segments are among the first answers: what a hub is (Radovanović et al. 2010)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

TOP = 10
Counts = NDArray[np.int64]


def occurrence(scores: F32, k: int = TOP) -> Counts:
    """How often each item is among the first k of a query: (n_item,).

    scores: (n_query, n_item); minus infinity where an item must not answer.
    """
    n_item = scores.shape[1]
    k = min(k, n_item)
    if k == 0 or len(scores) == 0:
        return np.zeros(n_item, np.int64)
    top = np.argpartition(-scores, k - 1, axis=1)[:, :k]
    answers = np.take_along_axis(scores, top, axis=1) > -np.inf
    return np.bincount(top[answers], minlength=n_item)


def skewness(counts: NDArray[np.int64]) -> float:
    """Third standardised moment of the k-occurrence; 0 without hubs, above 1 with strong ones."""
    spread = counts.std() if len(counts) else 0
    if spread == 0:
        return 0.0
    return float((((counts - counts.mean()) / spread) ** 3).mean())
