"""The ways of searching with few calls, on a clock that the test winds."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.query.check import BUDGETED
from mmsearch.rerank.budget import Ints
from mmsearch.rerank.budgeted import MOST_CALLS, WAYS, Pool, find_within
from mmsearch.types import F32
from tests.rerank.scored_worlds import World, made_up

world = cache(made_up)
ways = pytest.mark.parametrize("way", BUDGETED)


class Scorer:
    """Takes time for each item, and remembers what was asked, as open rerankers do."""

    def __init__(self, scores: F32, item_s: float = 0.0, call_s: float = 0.0) -> None:
        self.scores, self.item_s, self.call_s = scores, item_s, call_s
        self.now_s, self.known = 100.0, set[int]()

    def clock(self) -> float:
        return self.now_s

    def __call__(self, places: Ints) -> F32:
        new = set(places.tolist()) - self.known
        self.now_s += (self.call_s if new else 0) + self.item_s * len(new)
        self.known |= new
        return self.scores[places]


def pool_of(world: World, number: int = 0) -> Pool:
    return Pool(world.queries[number], world.items, world.first[number], world.anchors)


def test_the_query_language_knows_the_ways() -> None:
    assert set(BUDGETED) == set(WAYS)


@ways
def test_enough_time_spends_all_calls(way: str) -> None:
    scorer = Scorer(world().scores[0])
    scores = find_within(way, pool_of(world()), scorer, 60.0, scorer.clock)
    assert np.isfinite(scores).sum() == MOST_CALLS == len(scorer.known)
    best = np.argsort(-world().scores[0])[:10]
    assert np.isfinite(scores[best]).sum() >= 8


@ways
@given(st.floats(0.002, 0.05), st.floats(0, 0.01), st.floats(1.0, 5.0))
def test_it_stays_inside_its_budget_by_a_tenth(
    way: str, item_s: float, call_s: float, budget_s: float
) -> None:
    scorer = Scorer(world().scores[0], item_s, call_s)
    scores = find_within(way, pool_of(world()), scorer, budget_s, scorer.clock)
    assert scorer.now_s - 100.0 <= 1.1 * budget_s
    assert np.isfinite(scores).sum() >= 4


@ways
def test_what_says_nothing_is_asked_once(way: str) -> None:
    told = world().scores[0].copy()
    told[::2] = np.nan
    scores = find_within(way, pool_of(world()), Scorer(told), 60.0)
    assert np.isnan(scores[::2]).all()
    assert 50 <= np.isfinite(scores).sum() <= MOST_CALLS


@ways
def test_nothing_to_ask_and_no_time(way: str) -> None:
    empty = np.zeros((0, 4), np.float32)
    pool = Pool(np.ones(4, np.float32), empty, empty[:, 0], np.zeros((3, 0), np.float32))
    assert find_within(way, pool, Scorer(empty[:, 0]), 1.0).shape == (0,)
    assert np.isnan(find_within(way, pool_of(world()), Scorer(world().scores[0]), 0.0)).all()
