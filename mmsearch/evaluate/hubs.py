"""Hubs: items that turn up in the answers to very many queries (Radovanović et al. 2010)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from mmsearch.normalise.occurrence import skewness

__all__ = ["k_occurrence", "skewness"]


def k_occurrence(tops: Iterable[Iterable[str]], n_items: int) -> np.ndarray:
    """How often each item is among the first k answers: (n_items,) counts, zeros included.

    tops: for each query the names of its first k answers. n_items: the size of the gallery;
    items that never occur have no name here, but they count.
    """
    counts = list(Counter(name for top in tops for name in top).values())
    if len(counts) > n_items:
        raise ValueError(f"{len(counts)} different answers from a gallery of {n_items}")
    return np.array(counts + [0] * (n_items - len(counts)))
