"""Vectors in files that only grow, shared by the snapshots of one library."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.store.row_files import grown_rows, load_rows, save_rows
from mmsearch.vectors import Vectors

_COLUMNS = {"codes": np.int8, "rest": np.uint8, "scales": np.float32}
_PLACES = "places.npy"
_MOST_EMPTY = 0.1
"""Of all places; with more of them the vectors are written anew."""


def save_vectors(folder: Path, vectors: Vectors) -> int:
    """Write vectors, or have their files under a second name; returns how many places these have.

    Raises OSError.
    """
    places = vectors.places
    is_packed = places is None or len(places) < (1 - _MOST_EMPTY) * len(vectors.codes)
    for name in _COLUMNS:
        rows = places if is_packed else None
        save_rows(folder / f"{name}.rows", getattr(vectors, name), rows)
    if is_packed or places is None:
        return len(vectors)
    np.save(folder / _PLACES, places)
    return len(vectors.codes)


def load_vectors(folder: Path, n_place: int, dim: int) -> Vectors:
    """Map vectors. Raises ValueError or OSError where the files are not what was written."""
    places = np.load(folder / _PLACES) if (folder / _PLACES).exists() else None
    return replace(_mapped(folder, n_place, dim), places=places)


def load_grown(folder: Path, vectors: Vectors, n_place: int) -> Vectors:
    """The vectors of a folder and those that were appended since, up to a number of places."""
    grown = _mapped(folder, n_place, vectors.shape[1])
    return replace(grown, places=_places(vectors, n_place - len(vectors.codes)))


def grown_vectors(vectors: Vectors, more: Vectors) -> Vectors:
    """Both, one after the other; appended to the files of the first. Needs the writer's lock."""
    columns = {n: grown_rows(getattr(vectors, n), getattr(more, n)) for n in _COLUMNS}
    return Vectors(**columns, places=_places(vectors, len(more)))


def _mapped(folder: Path, n_place: int, dim: int) -> Vectors:
    shapes = {"codes": (n_place, dim), "rest": (n_place, (dim + 1) // 2), "scales": (n_place,)}
    columns: dict[str, Any] = {
        name: load_rows(folder / f"{name}.rows", kind, shapes[name])
        for name, kind in _COLUMNS.items()
    }
    return Vectors(**columns)


def _places(vectors: Vectors, n_more: int) -> NDArray[np.int32] | None:
    if vectors.places is None:
        return None
    end = len(vectors.codes)
    return np.append(vectors.places, np.arange(end, end + n_more, dtype=np.int32))
