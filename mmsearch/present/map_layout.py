"""Places points on a plane so that neighbours stay neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.present.neighbours import nearest_neighbours
from mmsearch.types import F32

_N_COMPONENT = 32
"""Beyond, differences between files are mostly noise, and distances cost more."""
_N_NEIGHBOUR = 10
_N_STEP = 120
_N_APART = 5
"""How many others, drawn anew in each step, push a point away."""
_PUSH = 2.0
_LEAST_SQUARED = 0.02
_LONGEST_STEP = 1.0
_WIDTH = 10.0
"""Of the first arrangement, in units in which neighbours lie closer than 1."""


def plane_layout(vectors: F32, seed: int = 0) -> F32:
    """Positions in the square from -1 to 1: (n, 2) float32; the same for the same vectors.

    vectors: (n, dim). The first two principal components, then steps as UMAP takes them (McInnes,
    Healy and Melville 2018, section 3.2, with a = b = 1): a point is drawn to its nearest
    neighbours, by the mean over them, and pushed off by a few others drawn at random.
    Of the ten nearest of a file, 0.67 are among the fifty nearest on the map of a mixed library
    of 3,058 files; with the components alone 0.24 (tests/benchmarks/library_map.py).
    """
    n = len(vectors)
    if n < 3:
        return np.linspace(-0.5, 0.5, n, dtype=np.float32)[:, None] * np.ones(2, np.float32)
    reduced = principal_components(vectors, _N_COMPONENT)
    near = nearest_neighbours(reduced, min(_N_NEIGHBOUR, n - 1), seed)
    first, second = _edges(near)
    random = np.random.default_rng(seed)
    plane = _first_arrangement(reduced, random)
    for step in range(_N_STEP):
        rate = 1 - step / _N_STEP
        moved = _pull(plane, first, second) + _push(plane, random)
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        plane += rate * moved * np.minimum(1, _LONGEST_STEP / np.maximum(length, 1e-9))
    return _in_square(plane)


def principal_components(vectors: F32, n_component: int) -> F32:
    """The vectors along the directions in which they differ most: (n, n_component) float32."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    chosen = directions[:, ::-1][:, :n_component]
    # Without this, the sign of a direction, and so the map, would depend on the computer.
    largest = chosen[np.abs(chosen).argmax(axis=0), np.arange(chosen.shape[1])]
    chosen = chosen * np.where(largest < 0, -1, 1)
    return np.asarray(centred @ chosen, np.float32)


def _edges(near: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each pair of neighbours in both directions."""
    point, place = np.nonzero(near >= 0)
    other = near[point, place]
    return np.concatenate([point, other]), np.concatenate([other, point])


def _first_arrangement(reduced: F32, random: np.random.Generator) -> F32:
    plane = np.zeros((len(reduced), 2), np.float32)
    n_component = min(2, reduced.shape[1])
    plane[:, :n_component] = reduced[:, :n_component]
    plane *= _WIDTH / max(1e-9, float(np.abs(plane).max()))
    # What is equal has to be able to part.
    return plane + random.normal(0, 0.01, plane.shape).astype(np.float32)


def _pull(plane: F32, first: NDArray[np.int64], second: NDArray[np.int64]) -> F32:
    """Half the way to the mean of the neighbours, of which those that are near count more."""
    away = plane[second] - plane[first]
    weight = 1 / (1 + np.einsum("ed,ed->e", away, away))
    n = len(plane)
    total = np.maximum(np.bincount(first, weight, n), 1e-9)
    sums = [np.bincount(first, weight * away[:, axis], n) / total for axis in (0, 1)]
    return np.asarray(0.5 * np.stack(sums, axis=1), np.float32)


def _push(plane: F32, random: np.random.Generator) -> F32:
    """Away from some others."""
    moved = np.zeros_like(plane)
    for _ in range(_N_APART):
        away = plane - plane[random.integers(0, len(plane), len(plane))]
        squared = np.einsum("nd,nd->n", away, away)[:, None]
        moved += away / ((_LEAST_SQUARED + squared) * (1 + squared))
    return np.asarray(_PUSH / _N_APART * moved, np.float32)


def _in_square(plane: F32) -> F32:
    low, high = plane.min(axis=0), plane.max(axis=0)
    half = max(1e-9, float((high - low).max()) / 2)
    return np.asarray(np.clip((plane - (low + high) / 2) / half, -1, 1), np.float32)
