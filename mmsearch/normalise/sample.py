"""A fair sample of the library that hardly changes while the library grows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.normalise.row_keys import Keys
from mmsearch.types import F32
from mmsearch.vectors import Vectors

NEAR = 0.95
"""Cosine from which two segments show the same thing: a burst of photographs, a repeated sound."""


def sample_rows(
    keys: Keys, vectors: Vectors | F32, rows: NDArray[np.int64], n_row: int
) -> NDArray[np.int64]:
    """Places of at most ``n_row`` of the rows, without near-duplicates: sorted (n,) int64.

    keys: (len(rows),) as from row_keys, the smallest of which are chosen: that depends on the
    content of the rows only, so one that comes or goes changes the sample by one row or none.
    vectors: (n_segment, dim). Of rows nearer than NEAR one is kept, so that a burst does not
    become a crowd in the bank.
    """
    candidates = np.argsort(keys, kind="stable")[: 2 * n_row]
    if len(candidates) == 0:
        return candidates
    looked_at = vectors[rows[candidates]]
    near = looked_at @ looked_at.T > NEAR
    is_usable = np.asarray(looked_at.any(axis=1))  # zeros stand for what could not be encoded
    kept: list[int] = []
    for place in range(len(candidates)):
        if len(kept) == n_row:
            break
        if is_usable[place] and not near[place, kept].any():
            kept.append(place)
    return np.sort(candidates[kept])
