"""Orders candidates by a reranker that compares a few of them at once, inside a time budget.

A window slides from the back of the list to its front, by half of its width, so that the best of
each window are compared with the next better ones (Sun et al. 2023, arXiv:2304.09542; FIRST, Reddy
et al. 2024, arXiv:2406.15657). Where time may be short the front is read first.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from mmsearch.rerank.budget import Ints, Score
from mmsearch.types import F32

_FIRST_WINDOW = 2
_KEPT = 0.97
"""Of the budget; the rest is for putting the answer together."""
_DEARER = 0.5
"""By what share an item may cost more in a window that is as wide again: it is read with more
others, each of which looks at all."""
_GROWTH = 4


def rank_within(
    n_candidate: int,
    score: Score,
    budget_s: float,
    window: int,
    clock: Callable[[], float] = time.perf_counter,
) -> F32:
    """Places as scores, higher is better: (n_candidate,), NaN for what was not read.

    score:    compares candidates, given by their places; asked for at most ``window`` at once.
    budget_s: wall time. The front is read in growing windows until one is as wide as it may be;
    then, if time is left, as many as fit slide from the back to the front. The first two
    candidates are read in any case unless the budget is 0.
    """
    reader = _Reader(n_candidate, score, budget_s * _KEPT, clock)
    width, size = min(window, n_candidate), min(_FIRST_WINDOW, n_candidate)
    if budget_s <= 0 or width < 2:
        return np.full(n_candidate, np.nan, np.float32)
    reader.read(0, size)
    while size < width:
        wider = _wider(reader, size, min(width, size * _GROWTH))
        if wider == size:
            return reader.places(size)
        reader.read(0, wider)
        size = wider
    return reader.places(_slide(reader, n_candidate, width))


def _wider(reader: _Reader, size: int, most: int) -> int:
    """The widest window that the time is enough for, after one of ``size``; that, if none is."""
    for wider in range(most, size, -1):
        dearer = 1 + _DEARER * (wider / size - 1)
        if wider * reader.item_s * dearer <= reader.left_s:
            return wider
    return size


def _slide(reader: _Reader, n_candidate: int, width: int) -> int:
    """Read windows from as far back as time allows; how many candidates were read."""
    stride = max(width // 2, 1)
    n_window = int(reader.left_s / max(reader.item_s * width, 1e-9))
    depth = min(n_candidate, width + (n_window - 1) * stride)
    if depth <= width:
        return width
    start = depth - width
    while True:
        if start < depth - width and reader.left_s < reader.item_s * width:
            break
        reader.read(start, start + width)
        if start == 0:
            break
        start = max(start - stride, 0)
    return depth


class _Reader:
    """The order so far, and what reading costs."""

    def __init__(
        self, n_candidate: int, score: Score, budget_s: float, clock: Callable[[], float]
    ) -> None:
        self._order: Ints = np.arange(n_candidate)
        self._score, self._clock = score, clock
        self._end_s = clock() + budget_s
        self.item_s = 0.0
        """What reading an item of the last window took."""

    @property
    def left_s(self) -> float:
        return self._end_s - self._clock()

    def read(self, start: int, end: int) -> None:
        """Sort what stands at some places by what the reranker says of it; ties stay."""
        before_s, own = self._clock(), self._order[start:end]
        told = self._score(own)
        # What cannot be judged goes behind what can, in the order that it had.
        self._order[start:end] = own[np.argsort(-np.nan_to_num(told, nan=-np.inf), kind="stable")]
        self.item_s = (self._clock() - before_s) / max(end - start, 1)

    def places(self, n_read: int) -> F32:
        scores = np.full(len(self._order), np.nan, np.float32)
        scores[self._order[:n_read]] = -np.arange(n_read, dtype=np.float32)
        return scores
