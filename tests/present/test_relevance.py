"""The relevance curve as columns, and the moments in the order of time."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.present.relevance import column_heights, match_at, moments_in_time
from mmsearch.types import Moment, RelevanceCurve, TimeRange
from tests.gui.fake_library import made_hit


def curve_of(*parts: tuple[float, float, float]) -> RelevanceCurve:
    ranges = tuple(TimeRange(start_s, end_s) for start_s, end_s, _ in parts)
    return RelevanceCurve(ranges, tuple(match for *_, match in parts), (), ())


def moment(start_s: float, end_s: float, match: float = 0.5) -> Moment:
    return Moment(TimeRange(start_s, end_s), match, TimeRange(start_s, end_s))


def test_shots_fill_their_columns_and_the_best_fills_the_height() -> None:
    heights = column_heights(curve_of((0, 2, 0.4), (2, 5, 0.8), (5, 10, 0.2)), 10.0, 10)
    assert heights.tolist() == pytest.approx([0.5] * 2 + [1.0] * 3 + [0.25] * 5)


def test_overlapping_windows_meet_in_the_middle_of_their_overlap() -> None:
    heights = column_heights(curve_of((0, 6, 0.5), (4, 10, 1.0)), 10.0, 10)
    assert heights.tolist() == pytest.approx([0.5] * 5 + [1.0] * 5)


def test_a_short_moment_of_a_long_film_is_seen() -> None:
    shots = [(float(at), float(at + 1), 0.1) for at in range(5000)]
    shots[2500] = (2500.0, 2501.0, 0.9)
    heights = column_heights(curve_of(*shots), 5000.0, 100)
    assert heights.argmax() == 50
    assert heights.max() == pytest.approx(1.0)
    assert np.count_nonzero(heights > 0.5) == 1


def test_a_film_that_hardly_fits_stays_low() -> None:
    assert column_heights(curve_of((0, 1, 0.02)), 1.0, 4).max() < 0.1


@pytest.mark.parametrize("n_column", [0, 1, 7])
def test_nothing_to_draw_is_flat(n_column: int) -> None:
    assert not column_heights(curve_of(), 10.0, n_column).any()
    assert not column_heights(curve_of((0, 1, 1.0)), 0.0, n_column).any()


def test_parts_beyond_the_length_do_not_break_the_drawing() -> None:
    heights = column_heights(curve_of((0, 5, 0.5), (5, 20, 1.0), (20, 30, 0.5)), 10.0, 10)
    assert heights.shape == (10,)
    assert heights[9] == pytest.approx(1.0)


def test_the_match_at_a_moment() -> None:
    curve = curve_of((1, 2, 0.4), (2, 5, 0.8))
    assert match_at(curve, 1.5) == 0.4
    assert match_at(curve, 5.0) == 0.8
    assert match_at(curve, 0.5) is None
    assert match_at(curve_of(), 0.5) is None


def test_moments_stand_in_the_order_of_time_and_the_hit_goes_first() -> None:
    late, early = moment(8, 9), moment(1, 2)
    curve = RelevanceCurve((), (), (late, early), ())
    assert moments_in_time(made_hit(), curve) == (early, late)
    assert moments_in_time(made_hit(), None) == ()
