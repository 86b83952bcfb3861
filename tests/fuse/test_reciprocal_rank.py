from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.fuse.reciprocal_rank import by_reciprocal_rank


def slow_order(logit: list[float], bm25: list[float]) -> list[int]:
    places = range(len(logit))
    by_meaning = sorted(places, key=lambda place: (-logit[place], place))
    by_words = sorted(places, key=lambda place: (-bm25[place], place))

    def score(place: int) -> float:
        found = 1 / (61 + by_meaning.index(place))
        return found + (1 / (61 + by_words.index(place)) if bm25[place] > 0 else 0)

    return sorted(places, key=lambda place: (-score(place), by_meaning.index(place)))


pairs = st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 5)), min_size=1, max_size=25)


@given(pairs)
def test_the_order_equals_the_slow_way_and_the_values_stay(some: list[tuple[int, int]]) -> None:
    logit, bm25 = (np.float32(column) for column in zip(*some, strict=True))

    dealt = by_reciprocal_rank(logit, bm25, np.ones(len(some), bool))

    order = slow_order(logit.tolist(), bm25.tolist())
    assert dealt[order].tolist() == sorted(logit.tolist(), reverse=True)


def test_what_is_not_worded_stays_and_the_input_too() -> None:
    logit = np.float32([5, 1, 2, 3])

    dealt = by_reciprocal_rank(logit, np.float32([9, 7, 0, 0]), np.array([False, True, True, True]))

    assert dealt.tolist() == [5, 3, 1, 2]
    assert logit.tolist() == [5, 1, 2, 3]


def test_nothing_is_worded() -> None:
    logit = np.float32([1, 2])
    assert by_reciprocal_rank(logit, np.float32([1, 0]), np.zeros(2, bool)).tolist() == [1, 2]
