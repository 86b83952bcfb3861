"""What a method of normalisation is, and the registry of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mmsearch.registry import Registry
from mmsearch.types import F32

Term = Callable[..., F32]
"""(cosines (n_item, n_query), **parameters) -> (n_item,) float32.

A cosine of minus infinity marks a bank query that does not count for the item, because it was made
of the item itself. An item for which no query counts has the term 0.
"""


@dataclass(frozen=True, slots=True)
class Method:
    """How a bank is turned into terms."""

    term: Term
    """From the cosines to the query bank."""
    gallery_term: Term | None = None
    """From the cosines to other items of the library; None: they do not take part."""
    is_dynamic: bool = False
    """Only searches whose first hit is a known hub are normalised."""
    potentials: Callable[[F32], F32] | None = None
    """(n_item, n_query) -> (n_query,): what is first taken off the cosines to each bank query,
    found on a sample of items."""


METHODS: Registry[Method] = Registry("normaliser")
NONE = "none"


def mean_of_largest(cosines: F32, k: int) -> F32:
    """The mean of the k largest in each row that count, of fewer where there are fewer.

    cosines: (n_item, n_query); returns (n_item,) float32, 0 for a row in which nothing counts.
    """
    k = min(k, cosines.shape[1])
    if k == 0:
        return np.zeros(len(cosines), np.float32)
    largest = np.partition(cosines, -k, axis=1)[:, -k:]
    counts = np.isfinite(largest)
    total = np.where(counts, largest, 0).sum(axis=1, dtype=np.float64)
    return np.asarray(total / np.maximum(counts.sum(axis=1), 1), np.float32)


def soft_maximum(cosines: F32, beta: float) -> F32:
    """(1/β) · ln(mean of e^(β·cosine)) over what counts in each row, without overflow.

    The mean instead of the sum keeps it between the mean and the largest cosine, whatever the size
    of the bank; no ranking changes. Shapes as in mean_of_largest.
    """
    counts = np.isfinite(cosines)
    n_counted = counts.sum(axis=1)
    if cosines.shape[1] == 0:
        return np.zeros(len(cosines), np.float32)
    top = np.where(n_counted > 0, cosines.max(axis=1), 0)
    total = np.exp(beta * (cosines - top[:, None])).sum(axis=1, dtype=np.float64)
    with np.errstate(divide="ignore"):
        found = top + np.log(total / np.maximum(n_counted, 1)) / beta
    return np.asarray(np.where(n_counted > 0, found, 0), np.float32)
