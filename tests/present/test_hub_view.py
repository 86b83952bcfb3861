"""Bars of hubs."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.present.hub_view import bar_heights, bin_name, in_bins


def test_counts_fall_into_doubling_bins() -> None:
    bins = in_bins(np.array([0, 0, 1, 2, 3, 4, 7, 8], np.int64))
    assert bins.tolist() == [2, 1, 2, 2, 1]
    assert [bin_name(place) for place in range(5)] == ["0", "1", "2+", "4+", "8+"]
    assert in_bins(np.array([], np.int64)).tolist() == []


def test_one_hub_among_thousands_is_seen() -> None:
    heights = bar_heights(np.array([9999, 0, 1]), 9999)
    assert heights[0] == pytest.approx(1.0)
    assert heights[1] == 0.0
    assert heights[2] > 0.05
    assert bar_heights(np.array([0]), 0) == [0.0]
