"""Exact search: one matrix product over all vectors."""

from __future__ import annotations

from functools import reduce

import numpy as np

from mmsearch.errors import UserError
from mmsearch.gallery import Gallery
from mmsearch.types import F32


def cosines(gallery: Gallery, queries: F32) -> F32:
    """The best cosine of each segment to any of the query vectors.

    queries: (n_query, dim) unit vectors, the parts of one example (or one sentence).
    Returns (n_segment,) float32 in [-1, 1].
    """
    if queries.ndim != 2 or queries.shape[1] != gallery.vectors.shape[1]:
        raise ValueError(
            f"query vectors must be (n, {gallery.vectors.shape[1]}), got {queries.shape}"
        )
    if not np.isfinite(queries).all():
        raise UserError("The query cannot be turned into a usable vector.", "Try other words.")
    return reduce(np.maximum, (gallery.vectors.products(query) for query in queries))
