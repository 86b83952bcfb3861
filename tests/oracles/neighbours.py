"""Nearest neighbours by comparing everything with everything."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32


def exact_neighbours(vectors: F32, of: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """The k nearest of some points, themselves left out: (n, k)."""
    squared = ((vectors[of][:, None, :] - vectors[None, :, :]) ** 2).sum(axis=2)
    squared[np.arange(len(of)), of] = np.inf
    return np.argsort(squared, axis=1, kind="stable")[:, :k]


def neighbours_kept(
    vectors: F32, plane: F32, of: NDArray[np.int64], k: int = 10, among: int = 50
) -> float:
    """Which share of the k nearest is among the ``among`` nearest on the plane."""
    similar = vectors[of] @ vectors.T
    similar[np.arange(len(of)), of] = -np.inf
    true = np.argsort(-similar, axis=1)[:, :k]
    near = exact_neighbours(plane, of, among)
    return float(
        np.mean([np.isin(one, other).mean() for one, other in zip(true, near, strict=True)])
    )
