"""Banks: the queries, or items standing for queries, that terms are computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mmsearch.normalise.sample import NEAR
from mmsearch.types import F32


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """Queries of one kind, as unit vectors."""

    queries: F32
    """(n_query, dim)"""
    made_of: F32 | None = None
    """(n_query, dim) the items of the library that they were made of; None for real queries. A
    query never counts for the item it was made of, nor for that item's near-duplicates."""

    def cosines(self, items: F32) -> F32:
        """(n_item, n_query) float32; minus infinity where the query does not count."""
        found = np.asarray(items @ self.queries.T, np.float32)
        if self.made_of is not None:
            same = found if self.made_of is self.queries else items @ self.made_of.T
            found[same > NEAR] = -np.inf
        return found


@dataclass(frozen=True, slots=True, eq=False)
class LinearMap:
    """Takes vectors of one kind to where queries for them lie (ridge regression)."""

    weight: F32
    """(dim, dim)"""
    bias: F32
    """(dim,)"""

    def __call__(self, vectors: F32) -> F32:
        """(n, dim) to (n, dim), of unit length."""
        mapped = vectors @ self.weight + self.bias
        norms = np.linalg.norm(mapped, axis=1, keepdims=True)
        return np.asarray(mapped / np.maximum(norms, 1e-12), np.float32)
