"""Fewer dimensions of a model that was not trained for it: those in which things really differ.

Vectors are multiplied by an orthonormal matrix whose columns are the main directions of vectors of
the library's own things and of sentences (principal components about the origin, because cosines
are about the origin). Dot products of what lies in these directions stay as they are; what is lost
is told, as the share of nearest neighbours that stay.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mmsearch.encode.frames import unit_rows
from mmsearch.errors import ModelError
from mmsearch.types import F32

PROJECTION = "projection.safetensors"
_TENSOR = "projection"
_N_NEAREST = 10
_HELD_OUT = 5
"""Every so-manieth vector is not learned from, and asks for its neighbours."""


def learned_projection(things: F32, sentences: F32, dim: int) -> F32:
    """The main directions of both, which count the same: (full_dim, dim), columns orthonormal.

    things: (n, full_dim) unit vectors, sentences: (m, full_dim) unit vectors. Raises ModelError for
    fewer things than dimensions are to be kept.
    """
    if len(things) < dim:
        raise ModelError(
            f"To keep {dim} dimensions, at least {dim} things of the library are needed to learn "
            f"from; there are {len(things)}.",
            "Index more first, or keep all dimensions.",
        )
    moments = things.T @ things / len(things)
    if len(sentences):
        moments = moments + sentences.T @ sentences / len(sentences)
    _, directions = np.linalg.eigh(moments.astype(np.float64))
    return np.ascontiguousarray(directions[:, ::-1][:, :dim], np.float32)


def projected(vectors: F32, projection: F32) -> F32:
    """(n, full_dim) -> (n, dim) unit vectors."""
    return unit_rows(unit_rows(vectors) @ projection)


def kept_neighbours(things: F32, dim: int, sentences: F32) -> float:
    """The share of the ten nearest things that stay among the ten nearest: from 0 to 1.

    It is learned from four fifths of the things, and asked with the others and with sentences, so
    it holds for what has not been seen yet.
    """
    is_asked = np.arange(len(things)) % _HELD_OUT == 0
    gallery, asked = things[~is_asked], np.concatenate([things[is_asked], sentences])
    matrix = learned_projection(gallery, sentences[::2], min(dim, len(gallery)))
    before = _nearest(asked, gallery)
    after = _nearest(projected(asked, matrix), projected(gallery, matrix))
    same = [len(set(one) & set(other)) for one, other in zip(before, after, strict=True)]
    return float(np.mean(same) / max(before.shape[1], 1))


def _nearest(queries: F32, gallery: F32) -> np.ndarray:
    n = min(_N_NEAREST, len(gallery))
    return np.argsort(-(queries @ gallery.T), axis=1, kind="stable")[:, :n]


def save_projection(folder: Path, projection: F32) -> None:
    """Write it beside the model's weights. Raises OSError."""
    from safetensors.numpy import save

    from mmsearch.atomic import write_atomically

    write_atomically(folder / PROJECTION, save({_TENSOR: projection}), durable=True)


def load_projection(path: Path, full_dim: int, dim: int) -> F32:
    """Read it: (full_dim, dim). Raises ModelError when it is another one."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        found = load_file(path)[_TENSOR]
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise ModelError(f"{path.name} of the model cannot be read: {error}.") from error
    if found.shape != (full_dim, dim) or not np.isfinite(found).all():
        raise ModelError(f"{path.name} does not fit the model.", "Choose the dimension again.")
    return np.asarray(found, np.float32)
