"""AXN and ANNCUR: against their formulas written out, and against scoring the first of the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmsearch.rerank.anncur import adaptive_anncur, anncur, guessed
from mmsearch.rerank.asking import Asked, shares
from mmsearch.rerank.axn import axn, fitted_query
from mmsearch.rerank.budget import Ints, Score
from mmsearch.types import F32
from tests.rerank.scored_worlds import Search, World, learned, made_up

worlds = pytest.mark.parametrize(
    "make", [cache(made_up), cache(learned)], ids=["made up", "learned"]
)
By = Callable[[World, int], Search]


def by_axn(world: World, budget: int) -> Search:
    return lambda number, score: axn(world.queries[number], world.items, score, budget)


def by_anncur(world: World, budget: int) -> Search:
    return lambda number, score: anncur(
        world.anchors, world.first[number], score, budget, n_anchor_item=budget // 2
    )


def by_adaptive_anncur(world: World, budget: int) -> Search:
    return lambda number, score: adaptive_anncur(world.anchors, world.first[number], score, budget)


ways = pytest.mark.parametrize("by", [by_axn, by_anncur, by_adaptive_anncur])


@worlds
@ways
def test_200_calls_find_more_of_the_best_ten_than_scoring_the_first_200(
    make: Callable[[], World], by: By
) -> None:
    world = make()
    assert world.recall(by(world, 200)) >= world.recall(world.plain(200)) + 0.10


@worlds
@ways
def test_a_small_budget_loses_nothing(make: Callable[[], World], by: By) -> None:
    world = make()
    assert world.recall(by(world, 50)) >= world.recall(world.plain(50))


def test_what_does_not_fit_is_no_worse_when_the_query_keeps_its_say() -> None:
    """Fewer answers than dimensions fit anything: there the mix is what the paper has it for."""
    world = made_up(n_query=60)

    def search(mix: float | None) -> Search:
        return lambda number, score: axn(
            world.queries[number], world.items, score, 60, mix=mix, n_round=10
        )

    mixed, alone = world.recall(search(None)), world.recall(search(0.0))
    assert mixed > alone


@worlds
@ways
def test_no_item_is_asked_for_twice_and_no_call_is_wasted(
    make: Callable[[], World], by: By
) -> None:
    world, told = make(), []

    def score(places: Ints) -> F32:
        told.extend(places.tolist())
        return world.scores[0][places]

    rows, scores = by(world, 37)(0, score)
    assert len(told) == len(set(told)) == 37
    assert sorted(told) == sorted(rows.tolist())
    assert np.array_equal(scores, world.scores[0][rows])
    assert np.all(np.diff(scores) <= 0)


@given(st.integers(0, 1000), st.integers(3, 30), st.integers(2, 12))
def test_the_fitted_query_solves_the_normal_equations(seed: int, n: int, dim: int) -> None:
    chance = np.random.default_rng(seed)
    vectors, query = chance.standard_normal((n, dim)), chance.standard_normal(dim)
    scores = chance.standard_normal(n)
    first = vectors @ query
    wanted = (scores - scores.mean()) / scores.std() * first.std() + first.mean()
    slow = np.linalg.pinv(vectors.T @ vectors) @ vectors.T @ wanted
    assert fitted_query(vectors, scores, query) == pytest.approx(slow, rel=1e-4, abs=1e-4)


def test_scores_that_are_all_equal_say_nothing() -> None:
    query = np.ones(3, np.float32)
    vectors = np.eye(3, dtype=np.float32)
    assert fitted_query(vectors, np.full(3, 2.0, np.float32), query) is query


@settings(max_examples=30)
@given(st.integers(0, 1000), st.integers(2, 40))
def test_the_guess_is_the_product_with_the_pseudo_inverse(seed: int, n_asked: int) -> None:
    chance = np.random.default_rng(seed)
    anchors = chance.standard_normal((12, 60)).astype(np.float32)
    asked = Asked(60, lambda places: chance.standard_normal(len(places)))
    asked.ask(chance.standard_normal(60), n_asked)
    known = anchors[:, asked.rows].astype(np.float64)
    slow = asked.scores @ np.linalg.pinv(known, rcond=1e-3) @ anchors
    assert guessed(anchors, asked) == pytest.approx(slow, rel=1e-3, abs=1e-3)


def test_with_all_items_as_anchors_it_is_exact() -> None:
    """A query that is a mixture of anchor queries, over items of as low a rank."""
    chance = np.random.default_rng(1)
    anchors = (chance.standard_normal((20, 6)) @ chance.standard_normal((6, 80))).astype("f")
    scores = (chance.standard_normal(20) @ anchors).astype(np.float32)
    asked = Asked(80, lambda places: scores[places])
    asked.ask(np.zeros(80, np.float32), 80)
    assert guessed(anchors, asked) == pytest.approx(scores, abs=1e-2)


@pytest.mark.parametrize("budget", [0, 1, 5, 9, 100])
def test_any_budget_is_kept(budget: int) -> None:
    chance = np.random.default_rng(2)
    items, query = chance.standard_normal((9, 4)), chance.standard_normal(4)
    anchors = chance.standard_normal((3, 9)).astype(np.float32)

    def score(places: Ints) -> F32:
        return anchors[0][places]

    for rows, _ in (
        axn(query, items, score, budget),
        anncur(anchors, anchors[1], score, budget, n_anchor_item=4),
        adaptive_anncur(anchors, anchors[1], score, budget),
    ):
        assert len(rows) == min(budget, 9)


def test_rounds_share_the_calls() -> None:
    assert shares(10, 3) == [4, 3, 3]
    assert shares(2, 5) == [1, 1]
    assert shares(0, 5) == [0]


def test_ties_go_to_the_earlier_item() -> None:
    score: Score = lambda places: np.zeros(len(places), np.float32)  # noqa: E731
    asked = Asked(3, score)
    asked.ask(np.array([1, 2, 0], np.float32), 3)
    assert asked.ranked()[0].tolist() == [1, 0, 2]
