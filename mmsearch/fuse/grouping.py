"""Finds near-duplicates among the best candidates, so that one of each can stand for all."""

from __future__ import annotations

from collections.abc import Set

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32


def group_leaders(
    contents: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    similar: F32,
    *,
    least: float,
    apart: Set[tuple[int, int]] = frozenset(),
) -> NDArray[np.int64]:
    """The first candidate of each one's group: (n_candidate,) places, its own for a leader.

    contents: (n_candidate,) what a candidate contains; copies have the same.
    kinds:    (n_candidate,) only candidates of one kind are alike.
    similar:  (n_candidate, n_candidate) cosines; NaN where vectors do not say whether they are.
    least:    the cosine from which on candidates are near-duplicates.
    apart:    pairs of contents that a person said are no duplicates, in either order.

    Candidates join the first leader before them that they are a near-duplicate of, so that a
    chain of small steps does not join what is different.
    """
    alike = (contents[:, None] == contents[None, :]) | (
        (similar >= least) & (kinds[:, None] == kinds[None, :])
    )
    for first, second in apart:
        here, there = np.flatnonzero(contents == first), np.flatnonzero(contents == second)
        alike[np.ix_(here, there)] = alike[np.ix_(there, here)] = False
    alike = np.tril(alike, -1)
    leaders = np.arange(len(contents))
    is_leader = np.ones(len(contents), bool)
    for place in np.flatnonzero(alike.any(axis=1)).tolist():
        before = np.flatnonzero(alike[place] & is_leader)
        if len(before):
            leaders[place], is_leader[place] = before[0], False
    return leaders
