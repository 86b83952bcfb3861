"""Ways to find what a slow scorer likes best with a few calls, in the time there is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mmsearch.registry import Registry
from mmsearch.rerank.anncur import adaptive_anncur, anncur
from mmsearch.rerank.axn import axn
from mmsearch.rerank.budget import Ints, Score
from mmsearch.rerank.timed import Timed
from mmsearch.types import F32

MOST_CALLS = 200
"""What the papers spend; from there on recall hardly rises."""
_N_TRIED = 4


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Candidates among which a scorer's best are looked for."""

    query: F32
    """(dim,) the vector of the first stage."""
    vectors: F32
    """(n_item, dim)"""
    first: F32
    """(n_item,) scores of the first stage."""
    anchors: F32
    """(n_anchor_query, n_item) what the scorer said of other queries, which AXN does not need."""


Way = Callable[[Pool, Score, int], tuple[Ints, F32]]
"""The places that were asked for, best first, and their scores; at most so many calls."""
WAYS: Registry[Way] = Registry("way of asking a reranker")


def find_within(
    way: str,
    pool: Pool,
    score: Score,
    budget_s: float,
    clock: Callable[[], float] = time.perf_counter,
) -> F32:
    """The scores of those that were asked for, NaN for the others: (n_item,).

    budget_s: wall time. The first few of the first stage say how many calls fit.
    """
    scores = np.full(len(pool.first), np.nan, np.float32)
    if len(scores) and budget_s > 0:
        timed = Timed(score, budget_s, clock)
        head = np.argsort(-pool.first, kind="stable")[:_N_TRIED]
        places, told = WAYS.get(way)(pool, timed, timed.n_call(head, MOST_CALLS))
        scores[places] = told
    return scores


@WAYS.register("axn")
def by_axn(pool: Pool, score: Score, n_call: int) -> tuple[Ints, F32]:
    """See axn.py."""
    return axn(pool.query, pool.vectors, score, n_call)


@WAYS.register("anncur")
def by_anncur(pool: Pool, score: Score, n_call: int) -> tuple[Ints, F32]:
    """See anncur.py; half of the calls go to anchor items."""
    return anncur(pool.anchors, pool.first, score, n_call, n_anchor_item=n_call // 2)


@WAYS.register("adaptive-anncur")
def by_adaptive_anncur(pool: Pool, score: Score, n_call: int) -> tuple[Ints, F32]:
    """See anncur.py."""
    return adaptive_anncur(pool.anchors, pool.first, score, n_call)
