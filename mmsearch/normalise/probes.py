"""Queries that stand in for a user's, to see what normalisation does to a library."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.normalise.bank import LinearMap
from mmsearch.types import F32

_SEED = 7


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A sentence that was searched for, and what was liked of the answers."""

    vector: F32
    """(dim,)"""
    liked: tuple[str, ...]
    """Content ids."""
    disliked: tuple[str, ...] = ()
    text: str = ""
    """The sentence itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Queries with their right answers among some items."""

    queries: F32
    """(n_query, dim)"""
    right: NDArray[np.int64]
    """(n_query,) the owner of the right items."""
    source: str
    """What they are, for people: "captions and file names"."""
    is_real: bool
    """Written by a person."""


def generated(items: F32, owner: NDArray[np.int64], to_text: LinearMap, real: F32) -> Evidence:
    """A query for each item: where the map takes it, plus the difference of two real queries.

    The difference is what a sentence says beyond what can be seen in the item. With it the raw
    cosine puts about half of the items first, as hard as finding one of a thousand photographs by
    a good description. A query made of an item counts in no bank for that item.
    """
    chance = np.random.default_rng(_SEED)
    one, other = (real[chance.integers(0, len(real), len(items))] for _ in range(2))
    queries = to_text(items) + (one - other)
    norms = np.linalg.norm(queries, axis=1, keepdims=True)
    return Evidence(
        np.asarray(queries / np.maximum(norms, 1e-12), np.float32),
        owner,
        "queries made of the library's own files",
        is_real=False,
    )
