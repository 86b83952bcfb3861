"""Tells segments apart by their vectors, so that known terms are carried over."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32
from mmsearch.vectors import Vectors

Keys = NDArray[np.uint64]

_ROWS_AT_ONCE = 4096
_SEED = 20_221


def row_keys(vectors: Vectors | F32) -> Keys:
    """A number for each row, the same for the same row: (n,) uint64.

    A multiply-add hash with odd random factors of the upper eight bits of each number, eight
    numbers at once; two of a million different rows get the same number with a chance of about
    3e-8. Rows that differ in no upper bit differ in nothing that a term depends on.
    """
    codes = vectors.codes if isinstance(vectors, Vectors) else Vectors.of(vectors).codes
    missing = -codes.shape[1] % 8
    n_word = (codes.shape[1] + missing) // 8
    factors = np.random.default_rng(_SEED).integers(1, 2**63, n_word, np.uint64) * 2 + 1
    keys = np.empty(len(codes), np.uint64)
    for start in range(0, len(codes), _ROWS_AT_ONCE):
        rows = np.pad(codes[start : start + _ROWS_AT_ONCE], ((0, 0), (0, missing)))
        keys[start : start + _ROWS_AT_ONCE] = rows.view(np.uint64) @ factors
    return _mixed(vectors.of_rows(keys) if isinstance(vectors, Vectors) else keys)


def _mixed(keys: Keys) -> Keys:
    """Spread over all bits, so that small keys are a fair sample (the finaliser of SplitMix64)."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def find_keys(known: Keys, wanted: Keys) -> NDArray[np.int64]:
    """Where in ``known`` each wanted key is: (n_wanted,), -1 for one that is not there."""
    found = np.full(len(wanted), -1, np.int64)
    n_both = min(len(known), len(wanted))
    same = np.flatnonzero(known[:n_both] == wanted[:n_both])
    found[same] = same
    # A library that has grown has most rows where they were; to search for a million takes 1 s.
    missing = np.flatnonzero(found < 0)
    if len(known) and len(missing):
        order = np.argsort(known)
        place = np.searchsorted(known, wanted[missing], sorter=order)
        at = order[np.minimum(place, len(known) - 1)]
        found[missing] = np.where(known[at] == wanted[missing], at, -1)
    return found
