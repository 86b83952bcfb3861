"""Nearest neighbour normalisation."""

from __future__ import annotations

from mmsearch.normalise.method import METHODS, Method, mean_of_largest
from mmsearch.types import F32

_NEIGHBOURS = 16
_WEIGHT = 0.5
"""The most robust choice over banks of all sorts (tests/benchmarks/hubness.py)."""


def nearest_neighbour_term(cosines: F32, *, k: int = _NEIGHBOURS, weight: float = _WEIGHT) -> F32:
    """α times the mean cosine to the k nearest bank queries: (n_item,) float32.

    Source: Chowdhury et al. 2024, "Nearest Neighbor Normalization Improves Multimodal Retrieval":
    b(g) = α · 1/k · Σ of the k largest s(u, g).
    """
    return weight * mean_of_largest(cosines, k)


METHODS.register("nnn")(Method(nearest_neighbour_term))
