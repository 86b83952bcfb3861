"""Chooses the few vectors that stand for many: k-medoids without chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

_MOST_ROUNDS = 100


def medoids(vectors: F32, n_medoids: int) -> NDArray[np.int64]:
    """The places of the vectors that stand best for all, in rising order: (n_medoids,) int64.

    vectors: (n_vector, dim) float32, of similar length. With no more vectors than medoids, every
    vector is one. Two runs give the same answer, and of equal vectors the first is taken.

    Source: CenterCLIP (Zhao et al. 2022, arXiv:2205.00823), section 3.2: k-medoids by Euclidean
    distance, begun by KKZ (the longest vector, then always the farthest from those chosen).
    """
    if n_medoids < 1:
        raise ValueError(f"at least one medoid is needed, not {n_medoids}")
    if len(vectors) <= n_medoids:
        return np.arange(len(vectors))
    apart = _distances(vectors)
    chosen = _far_apart(vectors, apart, n_medoids)
    for _ in range(_MOST_ROUNDS):
        nearest = apart[:, chosen].argmin(axis=1)
        nearest[chosen] = np.arange(len(chosen))
        better = np.array([_centre(apart, nearest == place) for place in range(len(chosen))])
        if (better == chosen).all():
            break
        chosen = better
    return np.sort(chosen)


def _distances(vectors: F32) -> F32:
    """Euclidean distances: (n_vector, n_vector)."""
    squares = (vectors * vectors).sum(axis=1)
    squared = squares[:, None] + squares[None, :] - 2 * (vectors @ vectors.T)
    return np.asarray(np.sqrt(np.maximum(squared, 0)))


def _far_apart(vectors: F32, apart: F32, n_medoids: int) -> NDArray[np.int64]:
    # Rounded, so that the last bit of a length does not decide which of unit vectors is longest.
    lengths = np.round(np.linalg.norm(vectors, axis=1), 5)
    chosen = [int(lengths.argmax())]
    distance = apart[chosen[0]].copy()
    while len(chosen) < n_medoids:
        distance[chosen] = -1
        chosen.append(int(distance.argmax()))
        distance = np.minimum(distance, apart[chosen[-1]])
    return np.array(chosen)


def _centre(apart: F32, mine: NDArray[np.bool_]) -> int:
    """The one of a cluster that is nearest to all others of it."""
    places = np.flatnonzero(mine)
    return int(places[apart[np.ix_(places, places)].sum(axis=1).argmin()])
