from __future__ import annotations

import numpy as np
import pytest

from mmsearch.evaluate.hubs import k_occurrence, skewness


def test_items_that_never_occur_count_as_zero() -> None:
    counts = k_occurrence([["a", "b"], ["a", "c"], ["a"]], n_items=5)
    assert sorted(counts.tolist()) == [0, 0, 1, 1, 3]
    with pytest.raises(ValueError, match="gallery of 2"):
        k_occurrence([["a", "b", "c"]], n_items=2)


def test_a_hub_skews_and_an_even_spread_does_not() -> None:
    assert skewness(np.array([3, 3, 3])) == 0
    assert skewness(np.array([1, 2, 3])) == pytest.approx(0)
    assert skewness(np.array([0] * 99 + [100])) > 9
