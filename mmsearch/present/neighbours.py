"""The nearest neighbours of many points among themselves, nearly always found, in little time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

_N_TREE = 8
_LEAF_SIZE = 64
_FAR = np.float32(np.inf)


def nearest_neighbours(vectors: F32, k: int, seed: int = 0) -> NDArray[np.int64]:
    """The k nearest of each point, nearest first: (n, k) int64; -1 where there are no more.

    vectors: (n, dim). Points are compared within the leaves of random projection trees
    (Dasgupta and Freund 2008): what is nearly the same falls into one leaf of some tree.
    """
    n = len(vectors)
    random = np.random.default_rng(seed)
    n_tree = _N_TREE if n > _LEAF_SIZE else 1
    found = [_within_leaves(vectors, _leaves(vectors, random), k) for _ in range(n_tree)]
    places = np.concatenate([one[0] for one in found], axis=1)
    distances = np.concatenate([one[1] for one in found], axis=1)
    _drop_repeated(places, distances)
    best = np.argsort(distances, axis=1, kind="stable")[:, :k]
    places = np.take_along_axis(places, best, axis=1)
    places[~np.isfinite(np.take_along_axis(distances, best, axis=1))] = -1
    missing = k - places.shape[1]
    return np.pad(places, ((0, 0), (0, max(0, missing))), constant_values=-1)


def _leaves(vectors: F32, random: np.random.Generator) -> NDArray[np.int64]:
    """The points in leaves of about equal size: (n_leaf, size); some points come twice."""
    n = len(vectors)
    depth = max(0, int(np.ceil(np.log2(max(1, n) / _LEAF_SIZE))))
    order = np.arange(n)
    for level in range(depth):
        direction = random.standard_normal((vectors.shape[1],)).astype(np.float32)
        branch = np.arange(n) * 2**level // n
        order = order[np.lexsort(((vectors @ direction)[order], branch))]
    n_leaf = 2**depth
    size = -(-n // n_leaf)
    starts = np.arange(n_leaf) * n // n_leaf
    leaves: NDArray[np.int64] = order[np.minimum(starts[:, None] + np.arange(size), n - 1)]
    return leaves


def _within_leaves(
    vectors: F32, leaves: NDArray[np.int64], k: int
) -> tuple[NDArray[np.int64], F32]:
    """The k nearest of each point in its leaf, and their squared distances: (n, k) each."""
    members = vectors[leaves]
    norms = np.einsum("lpd,lpd->lp", members, members)
    squared = norms[:, :, None] + norms[:, None, :] - 2 * members @ members.transpose(0, 2, 1)
    squared[leaves[:, :, None] == leaves[:, None, :]] = _FAR
    k = min(k, leaves.shape[1])
    near = np.argpartition(squared, k - 1, axis=2)[:, :, :k]
    places = np.take_along_axis(np.broadcast_to(leaves[:, None, :], squared.shape), near, axis=2)
    distances = np.full((len(vectors), k), _FAR, np.float32)
    ids = np.full((len(vectors), k), -1, np.int64)
    ids[leaves], distances[leaves] = places, np.take_along_axis(squared, near, axis=2)
    return ids, distances


def _drop_repeated(places: NDArray[np.int64], distances: F32) -> None:
    """Let each neighbour of a point count once; changes both arrays."""
    order = np.argsort(places, axis=1, kind="stable")
    places[:] = np.take_along_axis(places, order, axis=1)
    distances[:] = np.take_along_axis(distances, order, axis=1)
    distances[:, 1:][places[:, 1:] == places[:, :-1]] = _FAR
