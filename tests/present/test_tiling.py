"""Cells lie side by side, in order, and are found again by their place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.present.tiling import Tiling, even, justified, shapes_of
from mmsearch.types import Metadata, Modality
from tests.gui.fake_library import made_hit

SHAPES = st.lists(st.floats(0.5, 3.0), max_size=60).map(lambda shapes: np.array(shapes, float))
WIDTHS = st.integers(200, 1500)


def boxes(tiling: Tiling) -> list[tuple[int, int, int, int]]:
    return [tiling.box(row) for row in range(tiling.n_row)]


@given(SHAPES, WIDTHS)
def test_pictures_keep_their_shapes_and_lines_fill_the_width(
    shapes: np.ndarray, width_px: int
) -> None:
    tiling = justified(shapes, width_px=width_px, line_px=150, padding_px=4)
    placed = boxes(tiling)
    assert len(placed) == len(shapes)
    for (_, _, width, height), shape in zip(placed, shapes, strict=True):
        assert abs((width - 8) - shape * (height - 8)) <= 3, "whole pixels leave so much"
    for line in range(len(tiling.top_px)):
        rows = range(*tiling.first_row[line : line + 2])
        ends = [placed[row][0] + placed[row][2] for row in rows]
        assert [placed[row][0] for row in rows] == [0, *ends[:-1]], "one beside the other"
        is_last = line == len(tiling.top_px) - 1
        height = placed[rows[0]][3]
        if height < 150 and not is_last:
            assert ends[-1] == width_px
        assert ends[-1] <= width_px
        assert height <= 150 * 1.5 + 8


@given(SHAPES, WIDTHS)
def test_every_place_leads_to_its_row(shapes: np.ndarray, width_px: int) -> None:
    tiling = justified(shapes, width_px=width_px, line_px=150, padding_px=4)
    for row, (left, top, width, height) in enumerate(boxes(tiling)):
        for x, y in ((left, top), (left + width - 1, top + height - 1)):
            assert tiling.row_at(x, y) == row
        assert row in tiling.rows_between(top, top + 1)
        assert row not in tiling.rows_between(top + height, tiling.end_px)
        assert row not in tiling.rows_between(0, top)
    assert tiling.row_at(0, tiling.end_px) is None
    assert tiling.row_at(0, -1) is None


@given(SHAPES, st.tuples(*[st.integers(-50, 900)] * 2), st.tuples(*[st.integers(1, 500)] * 2))
def test_a_band_touches_what_it_overlaps(
    shapes: np.ndarray, corner: tuple[int, int], size: tuple[int, int]
) -> None:
    tiling = justified(shapes, width_px=600, line_px=100, padding_px=4)
    left, top, right, bottom = *corner, corner[0] + size[0], corner[1] + size[1]
    wanted = [
        row
        for row, (x, y, width, height) in enumerate(boxes(tiling))
        if x < right and x + width > left and y < bottom and y + height > top
    ]
    found = [row for rows in tiling.rows_within(left, top, right, bottom) for row in rows]
    assert found == wanted


def test_each_section_begins_a_line_below_its_head() -> None:
    tiling = even([4, 0, 2], n_columns=3, cell_px=(100, 80), head_px=40)
    assert boxes(tiling) == [
        (0, 40, 100, 80),
        (100, 40, 100, 80),
        (200, 40, 100, 80),
        (0, 120, 100, 80),
        (0, 240, 100, 80),
        (100, 240, 100, 80),
    ]
    assert tiling.end_px == 320
    assert tiling.row_at(10, 210) is None, "there is the head of the next"
    assert [tiling.gap_above_px(row) for row in (0, 3, 4)] == [40, 0, 40]


def test_up_and_down_go_to_what_lies_nearest() -> None:
    tiling = even([4, 2], n_columns=3, cell_px=(100, 80), head_px=40)
    assert tiling.row_beside(2, 1) == 3
    assert tiling.row_beside(3, 1) == 4
    assert tiling.row_beside(5, -1) == 3
    assert tiling.row_beside(5, 9) == 5
    assert tiling.row_beside(1, -9) == 1


@pytest.mark.parametrize("n_rows", [[], [0]])
def test_nothing_lies_nowhere(n_rows: list[int]) -> None:
    nothing = justified(np.zeros(0), width_px=500, line_px=100, padding_px=4)
    for tiling in (even(n_rows, n_columns=3, cell_px=(10, 10)), nothing):
        assert (tiling.n_row, tiling.end_px) == (0, 0)
        assert tiling.row_at(0, 0) is None
        assert list(tiling.rows_between(0, 100)) == []


def test_shapes_are_those_of_the_file_within_bounds() -> None:
    sizes = ((300, 200), (100, 1000), (9000, 100), (None, None))
    hits = [made_hit(metadata=Metadata(width_px=w, height_px=h)) for w, h in sizes]
    hits.append(made_hit(modality=Modality.CODE))
    assert shapes_of(hits).tolist() == pytest.approx([1.5, 0.5, 3.0, 4 / 3, 1.6])
