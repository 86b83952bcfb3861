"""Near-duplicates and bursts among candidates made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.fuse.diversity import diverse_order
from mmsearch.fuse.grouping import group_leaders
from mmsearch.fuse.likeness import file_likeness
from mmsearch.types import Modality
from tests.galleries import gallery_of


def leaders_of(
    similar: np.ndarray,
    *,
    contents: list[int] | None = None,
    kinds: list[int] | None = None,
    least: float = 0.9,
    apart: frozenset[tuple[int, int]] = frozenset(),
) -> list[int]:
    n_candidate = len(similar)
    return group_leaders(
        np.array(contents or range(n_candidate)),
        np.array(kinds or [0] * n_candidate, np.uint8),
        similar.astype(np.float32),
        least=least,
        apart=apart,
    ).tolist()


CHAIN = np.array([[1, 0.95, 0.5], [0.95, 1, 0.95], [0.5, 0.95, 1]])


def test_a_chain_of_small_steps_does_not_join_its_ends() -> None:
    assert leaders_of(CHAIN) == [0, 0, 2]


def test_strictness_decides() -> None:
    assert leaders_of(CHAIN, least=0.97) == [0, 1, 2]
    assert leaders_of(CHAIN, least=0.4) == [0, 0, 0]


def test_copies_are_one_group_whatever_their_vectors_say() -> None:
    unknown = np.full((3, 3), np.nan)
    assert leaders_of(unknown, contents=[7, 8, 7]) == [0, 1, 0]


def test_another_kind_is_no_duplicate() -> None:
    assert leaders_of(np.ones((2, 2)), kinds=[0, 1]) == [0, 1]


@pytest.mark.parametrize("pair", [(5, 6), (6, 5)])
def test_what_was_said_to_be_different_stays_apart(pair: tuple[int, int]) -> None:
    similar = np.ones((3, 3))
    assert leaders_of(similar, contents=[5, 6, 9], apart=frozenset({pair})) == [0, 1, 0]


@given(st.integers(1, 15), st.integers(0, 10_000))
def test_leaders_lead_themselves_and_come_first(n_candidate: int, seed: int) -> None:
    chance = np.random.default_rng(seed).uniform(0.7, 1, (n_candidate, n_candidate))
    leaders = leaders_of(np.maximum(chance, chance.T))
    for place, leader in enumerate(leaders):
        assert leader <= place
        assert leaders[leader] == leader


def test_films_are_compared_shot_by_shot_and_code_is_not() -> None:
    one, other = np.eye(2, dtype=np.float32)
    gallery = gallery_of(
        segments_per_content=[2, 2, 1, 1, 1, 1],
        kinds=[Modality.VIDEO] * 2 + [Modality.IMAGE] * 2 + [Modality.CODE] * 2,
        vectors=np.stack([one, other, one, one, one, one, one, one]),
    )
    similar = file_likeness(gallery, np.arange(6))
    assert similar[0, 1] == 0.5
    assert similar[2, 3] == 1
    assert np.isnan(similar[0, 2])
    assert np.isnan(similar[4, 5])


def slow_order(logit: np.ndarray, similar: np.ndarray, n_first: int) -> list[int]:
    left, shown = list(range(len(logit))), []
    while left and len(shown) < n_first:
        costs = {
            place: sum(min(max((similar[place, one] - 0.85) / 0.15, 0), 1) for one in shown)
            for place in left
        }
        best = max(left, key=lambda place: (round(logit[place] - costs[place], 4), -place))
        shown.append(best)
        left.remove(best)
    return shown + sorted(left, key=lambda place: -logit[place])


@given(st.integers(1, 12), st.integers(0, 12), st.integers(0, 10_000))
def test_the_order_equals_the_slow_way(n_candidate: int, n_first: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    logit = chance.choice(np.arange(0, 40, 0.25), n_candidate, replace=False)
    similar = chance.uniform(0.7, 1, (n_candidate, n_candidate))
    similar = np.maximum(similar, similar.T)
    fast = diverse_order(logit.astype(np.float32), similar.astype(np.float32), n_first)
    assert fast.tolist() == slow_order(logit, similar, n_first)


def test_a_burst_makes_room() -> None:
    logit = np.array([5, 4.9, 4.8, 4.7, 4.0, 3.9], np.float32)
    similar = np.full((6, 6), 0.2, np.float32)
    similar[:4, :4] = 1.0
    assert diverse_order(logit, similar, 3).tolist()[:3] == [0, 4, 1]


def test_without_look_alikes_relevance_decides() -> None:
    logit = np.array([1, 3, 2], np.float32)
    assert diverse_order(logit, np.full((3, 3), np.nan, np.float32), 3).tolist() == [1, 2, 0]
