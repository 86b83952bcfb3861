"""Asks a slow scorer as much as a time budget allows, in batches sized by what they cost."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

Ints = NDArray[np.int64]
Score = Callable[[Ints], F32]
"""The scores (n,) of candidates, given by their places (n,): dear, so asked in batches."""

_FIRST_BATCH = 2
"""What a call costs is not known yet, so the first ones are small."""
_GROWTH = 2
_LARGEST_BATCH = 64
_BATCHES_LEFT = 3
"""What is left of the budget is cut into so many batches, so that one slow batch cannot spend
much more than there is."""
_KEPT = 0.97
"""Of the budget; the rest is for putting the answer together."""


def score_within(
    n_candidate: int,
    score: Score,
    budget_s: float,
    clock: Callable[[], float] = time.perf_counter,
) -> F32:
    """The scores of the first candidates, as many as fit: (n_candidate,), NaN where not asked.

    budget_s: wall time. Each batch is only started where the dearest call so far says that it
    fits; the first two candidates are asked in any case unless the budget is 0.
    """
    scores = np.full(n_candidate, np.nan, np.float32)
    started_s, done, dearest_s = clock(), 0, 0.0
    size = _FIRST_BATCH
    while done < n_candidate and size > 0 and budget_s > 0:
        batch = np.arange(done, min(done + size, n_candidate))
        before_s = clock()
        scores[batch] = score(batch)
        spent_s, done = clock() - before_s, done + len(batch)
        # A batch is cheaper per candidate than the first small one, so the estimate may fall.
        dearest_s = max(spent_s / len(batch), dearest_s / _GROWTH)
        left_s = budget_s * _KEPT - (clock() - started_s)
        size = _next_size(size, left_s, dearest_s)
    return scores


def _next_size(size: int, left_s: float, cost_s: float) -> int:
    """At most twice the last batch, and so few that several fit; 0 where none does."""
    fitting = left_s / cost_s if cost_s > 0 else np.inf
    if fitting < 1:
        return 0
    some = max(fitting / _BATCHES_LEFT, 1) if fitting >= _BATCHES_LEFT else 1
    return int(min(size * _GROWTH, _LARGEST_BATCH, some))
