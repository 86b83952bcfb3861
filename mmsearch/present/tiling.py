"""Where the cells of results lie: in even columns, or in lines of pictures in their own shapes.

Everything is columns of numbers, so that 100,000 cells are laid out within a frame or two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import Hit, Modality

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_NARROWEST, _WIDEST = 0.5, 3.0
"""Of a cell; what is narrower or wider is shown whole within."""
_USUAL_SHAPE = 4 / 3
_SHAPES = {Modality.AUDIO: 1.6, Modality.CODE: 1.6}
_MOST_STRETCH = 1.5
"""A line of few pictures is not blown up further than this to fill the width."""


@dataclass(frozen=True, slots=True, eq=False)
class Tiling:
    """The places of all rows: lines from top to bottom, in each its rows from left to right."""

    left_px: Ints
    """(n_row,)"""
    width_px: Ints
    """(n_row,)"""
    first_row: Ints
    """(n_line + 1,) of each line; the last is the number of rows."""
    top_px: Ints
    """(n_line,)"""
    height_px: Ints
    """(n_line,)"""

    @property
    def n_row(self) -> int:
        """How many there are."""
        return len(self.left_px)

    @property
    def end_px(self) -> int:
        """Where the last line ends; 0 without any."""
        return int(self.top_px[-1] + self.height_px[-1]) if len(self.top_px) else 0

    def box(self, row: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a row."""
        line = self.line_of(row)
        left, width = int(self.left_px[row]), int(self.width_px[row])
        return left, int(self.top_px[line]), width, int(self.height_px[line])

    def line_of(self, row: int) -> int:
        """The line that a row stands in."""
        return int(np.searchsorted(self.first_row, row, side="right")) - 1

    def gap_above_px(self, row: int) -> int:
        """How far the line of a row is from the line above it."""
        line = self.line_of(row)
        above = self.top_px[line - 1] + self.height_px[line - 1] if line else 0
        return int(self.top_px[line] - above)

    def rows_between(self, top_px: int, bottom_px: int) -> range:
        """The rows of all lines that touch the stretch from top to bottom, the end left out."""
        ends = self.top_px + self.height_px
        first = int(np.searchsorted(ends, top_px, side="right"))
        last = int(np.searchsorted(self.top_px, bottom_px, side="left"))
        return range(int(self.first_row[first]), int(self.first_row[max(first, last)]))

    def rows_within(self, left_px: int, top_px: int, right_px: int, bottom_px: int) -> list[range]:
        """The rows that touch a box, as stretches of rows: one of each line."""
        found = []
        rows = self.rows_between(top_px, bottom_px)
        while rows:
            line_end = int(self.first_row[self.line_of(rows.start) + 1])
            line = np.arange(rows.start, line_end)
            ends = self.left_px[line] + self.width_px[line]
            touched = line[(self.left_px[line] < right_px) & (ends > left_px)]
            if len(touched):
                found.append(range(int(touched[0]), int(touched[-1]) + 1))
            rows = range(line_end, rows.stop)
        return found

    def row_at(self, x_px: int, y_px: int) -> int | None:
        """The row at a point, or None between them."""
        line = int(np.searchsorted(self.top_px, y_px, side="right")) - 1
        if line < 0 or y_px >= self.top_px[line] + self.height_px[line]:
            return None
        first, end = int(self.first_row[line]), int(self.first_row[line + 1])
        row = first + int(np.searchsorted(self.left_px[first:end], x_px, side="right")) - 1
        return row if row >= first and x_px < self.left_px[row] + self.width_px[row] else None

    def row_beside(self, row: int, n_lines: int) -> int:
        """The row that lies nearest, so many lines further down; of the last line at most."""
        line = min(max(0, self.line_of(row) + n_lines), len(self.top_px) - 1)
        rows = np.arange(self.first_row[line], self.first_row[line + 1])
        middles = self.left_px[rows] + self.width_px[rows] / 2
        middle = self.left_px[row] + self.width_px[row] / 2
        return int(rows[np.abs(middles - middle).argmin()])


def even(
    n_rows: Sequence[int], *, n_columns: int, cell_px: tuple[int, int], head_px: int = 0
) -> Tiling:
    """Cells of one size in columns.

    n_rows: of each section; each begins a line of its own, ``head_px`` below the one before.
    cell_px: width and height.
    """
    n_lines = [-(-n // n_columns) for n in n_rows]
    firsts, gaps, start = [], [], 0
    for n, n_line in zip(n_rows, n_lines, strict=True):
        firsts.append(start + n_columns * np.arange(n_line))
        gaps.append(np.full(n_line, 0))
        gaps[-1][:1] = head_px
        start += n
    first_row = _ints(np.concatenate([*firsts, [start]]))
    heights = np.full(sum(n_lines), cell_px[1], np.int32)
    gap = _ints(np.concatenate([*gaps, []]))
    tops = np.cumsum(heights + gap) - heights
    n_in_line = first_row[1:] - first_row[:-1]
    left = (np.arange(start) - np.repeat(first_row[:-1], n_in_line)) * cell_px[0]
    return Tiling(
        _ints(left), np.full(start, cell_px[0], np.int32), first_row, _ints(tops), heights
    )


def justified(shapes: Floats, *, width_px: int, line_px: int, padding_px: int) -> Tiling:
    """Cells in their own shapes, in lines that fill the width and are about ``line_px`` high.

    shapes: (n_row,) width by height of what is shown, which lies ``padding_px`` within its cell.
    A line takes one cell more or less, whichever brings it nearer to the height wanted; the last
    one is not blown up.
    """
    first_row = _lines(shapes * line_px + 2 * padding_px, width_px)
    n_in_line = np.diff(first_row)
    if not len(n_in_line):
        none = np.zeros(0, np.int32)
        return Tiling(none, none, first_row, none, none)
    rooms = np.maximum(width_px - 2 * padding_px * n_in_line, n_in_line)
    heights = rooms / np.add.reduceat(shapes, first_row[:-1])
    heights = np.minimum(heights, line_px * _MOST_STRETCH)
    heights[-1] = min(heights[-1], line_px)
    ends = np.cumsum(shapes * np.repeat(heights, n_in_line) + 2 * padding_px)
    starts = np.concatenate([[0.0], ends[:-1]])
    line_starts = np.repeat(starts[first_row[:-1]], n_in_line)
    left, right = np.rint(starts - line_starts), np.rint(ends - line_starts)
    line_heights = np.rint(heights) + 2 * padding_px
    tops = np.cumsum(line_heights) - line_heights
    return Tiling(_ints(left), _ints(right - left), first_row, _ints(tops), _ints(line_heights))


def shapes_of(hits: Sequence[Hit]) -> Floats:
    """Width by height of what stands for each hit: (n_hit,), within what a cell may be."""
    shapes = np.fromiter(map(_shape, hits), np.float64, len(hits))
    return np.clip(shapes, _NARROWEST, _WIDEST)


def _shape(hit: Hit) -> float:
    about = hit.metadata
    if about.width_px and about.height_px:
        return about.width_px / about.height_px
    return _SHAPES.get(hit.modality, _USUAL_SHAPE)


def _lines(widths: Floats, width_px: int) -> Ints:
    """The first row of each line, and the number of rows: (n_line + 1,)."""
    ends = np.cumsum(widths).tolist()
    firsts, first, taken = [0], 0, 0.0
    while first < len(ends):
        after = bisect_right(ends, taken + width_px, first)
        if after < len(ends) and (after == first or _is_nearer(ends, after, taken + width_px)):
            after += 1
        first, taken = after, ends[after - 1]
        firsts.append(first)
    return _ints(np.array(firsts))


def _is_nearer(ends: list[float], after: int, full: float) -> bool:
    """Whether a line is fuller by less with one cell more than it is empty without."""
    return ends[after] - full < full - ends[after - 1]


def _ints(values: NDArray[Any]) -> Ints:
    return np.asarray(values, np.int32)
