"""Keeps a burst of photographs from filling the page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

_ALIKE = 0.85
"""Cosines above say that two pictures look alike: of 1,000 photographs of Flickr8k twelve pairs
do, of fifty photographs of one burst nearly all."""
_COST = 1.0
"""Logits that a picture loses for each one before it that is the same; less for those that look
alike. With it and grouping a burst of 50 takes 2.9 of 20 places, with one of the two 4 or 5, with
neither 13.5, and the recall of other photographs stays the same (tests/benchmarks/burst.py)."""


def diverse_order(
    logit: F32, similar: F32, n_first: int, *, alike: float = _ALIKE, cost: float = _COST
) -> NDArray[np.int64]:
    """The order in which to show candidates: (n_candidate,) places.

    logit:   (n_candidate,) relevance.
    similar: (n_candidate, n_candidate) cosines; NaN counts as not alike.
    n_first: how many places are filled with care; the rest follow by relevance.

    Greedy as maximal marginal relevance (Carbonell and Goldstein 1998), but the cost of likeness
    is nothing below ``alike`` and adds up, so that the third of a burst loses more than the
    second. Without look-alikes the order is that of relevance; equals keep theirs.
    """
    costs = cost * np.clip((np.nan_to_num(similar) - alike) / (1 - alike), 0, 1)
    np.fill_diagonal(costs, 0)
    if not costs.any():
        return np.argsort(-logit, kind="stable")
    worth = logit.astype(np.float32, copy=True)
    chosen: list[int] = []
    for _ in range(min(n_first, len(worth))):
        best = int(worth.argmax())
        chosen.append(best)
        worth -= costs[best]
        worth[best] = -np.inf
    rest = np.ones(len(worth), bool)
    rest[chosen] = False
    others = np.flatnonzero(rest)
    return np.concatenate([chosen, others[np.argsort(-logit[others], kind="stable")]]).astype(int)
