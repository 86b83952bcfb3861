"""Joins two rankings by rank alone: for an encoder whose cosines nobody has measured."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

_K = 60


def by_reciprocal_rank(logit: F32, bm25: F32, is_worded: NDArray[np.bool_]) -> F32:
    """The logits with those of worded segments dealt out anew: (n_segment,) float32, a new array.

    The worded segments are ordered by 1 / (60 + rank by meaning) + 1 / (60 + rank by words), the
    latter only of those that have a word of the query; the first takes the highest of their
    logits, and so on. What is not worded keeps its own. So the scale stays as it was, whatever it
    is. Source: Cormack, Clarke and Buettcher 2009.
    """
    rows = np.flatnonzero(is_worded)
    dealt = logit.copy()
    by_meaning = _ranks(logit[rows])
    score = 1 / (_K + by_meaning)
    score += np.where(bm25[rows] > 0, 1 / (_K + _ranks(bm25[rows])), 0)
    order = np.lexsort((by_meaning, -score))
    dealt[rows[order]] = np.sort(logit[rows])[::-1]
    return dealt


def _ranks(values: F32) -> NDArray[np.int64]:
    """1 for the largest; of equals the first: (n,)."""
    ranks = np.empty(len(values), np.int64)
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return ranks
