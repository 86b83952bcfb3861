"""Hubs: items that turn up in the answers to very many queries (Radovanović et al. 2010)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np


def k_occurrence(tops: Iterable[Iterable[str]], n_items: int) -> np.ndarray:
    """How often each item is among the first k answers: (n_items,) counts, zeros included.

    tops: for each query the names of its first k answers. n_items: the size of the gallery;
    items that never occur have no name here, but they count.
    """
    counts = list(Counter(name for top in tops for name in top).values())
    if len(counts) > n_items:
        raise ValueError(f"{len(counts)} different answers from a gallery of {n_items}")
    return np.array(counts + [0] * (n_items - len(counts)))


def skewness(counts: np.ndarray) -> float:
    """Third standardised moment of the k-occurrence; 0 without hubs, above 1 with strong ones."""
    spread = counts.std() if len(counts) else 0
    if spread == 0:
        return 0.0
    return float((((counts - counts.mean()) / spread) ** 3).mean())
