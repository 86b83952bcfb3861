"""A slow scorer that answers as long as there is time."""

from __future__ import annotations

import time
from collections.abc import Callable

from mmsearch.rerank.budget import Ints, Score, score_within
from mmsearch.types import F32

_KEPT = 0.95
"""Of the time; the rest is for what is computed between the calls."""


class Timed:
    """A Score that says NaN of what there is no time for any more."""

    def __init__(
        self, score: Score, budget_s: float, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._score, self._clock = score, clock
        self._end_s = clock() + budget_s * _KEPT

    def __call__(self, places: Ints) -> F32:
        """The scores of candidates, (n,); NaN for the last ones where time is short."""
        left_s = self._end_s - self._clock()
        return score_within(len(places), lambda own: self._score(places[own]), left_s, self._clock)

    def n_call(self, places: Ints, most: int) -> int:
        """About how many calls fit into the time, at most ``most``.

        places: a few candidates that will be asked for in any case; they say what a call takes.
        """
        before_s = self._clock()
        self._score(places)
        each_s = (self._clock() - before_s) / max(len(places), 1)
        left_s = self._end_s - self._clock()
        fitting = int(left_s / each_s) if each_s > 0 else most
        return min(most, len(places) + max(fitting, 0))
