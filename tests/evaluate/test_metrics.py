from __future__ import annotations

import math

import pytest

from mmsearch.evaluate.metrics import (
    average_precision,
    is_located,
    ndcg,
    recall_at,
    reciprocal_rank,
)
from mmsearch.types import LineRange, Locator, TimeRange


def test_metrics_of_ranks_worked_out_by_hand() -> None:
    ranks = (2, 5)
    assert recall_at(1, ranks, 2) == 0
    assert recall_at(5, ranks, 2) == 1
    assert reciprocal_rank(ranks) == 0.5
    assert average_precision(ranks, 2) == pytest.approx((1 / 2 + 2 / 5) / 2)
    assert average_precision(ranks, 4) == pytest.approx((1 / 2 + 2 / 5) / 4)
    best = 1 + 1 / math.log2(3)
    assert ndcg(ranks, 2, 10) == pytest.approx((1 / math.log2(3) + 1 / math.log2(6)) / best)
    assert ndcg((1, 2), 2, 10) == 1


def test_nothing_found_is_zero_everywhere() -> None:
    assert recall_at(10, (), 1) == reciprocal_rank(()) == average_precision((), 1) == 0
    assert ndcg((), 3, 10) == 0


def test_a_query_without_relevant_items_is_a_mistake() -> None:
    for metric in (lambda: recall_at(1, (), 0), lambda: average_precision((), 0)):
        with pytest.raises(ValueError, match="relevant"):
            metric()


@pytest.mark.parametrize(
    ("found", "truth", "right"),
    [
        (TimeRange(1, 3), TimeRange(0, 4), True),
        (TimeRange(0, 10), TimeRange(0, 4), False),
        (TimeRange(0, 10), TimeRange(0, 6), True),
        (TimeRange(4, 8), TimeRange(0, 4), False),
        (LineRange(10, 20), LineRange(12, 18), True),
        (LineRange(1, 9), LineRange(12, 18), False),
        (LineRange(5, 5), LineRange(5, 5), True),
        (None, TimeRange(0, 1), False),
        (LineRange(1, 2), TimeRange(0, 1), False),
    ],
)
def test_a_place_is_right_when_its_middle_or_half_of_it_is(
    found: Locator, truth: Locator, right: bool
) -> None:
    assert is_located(found, truth) is right
