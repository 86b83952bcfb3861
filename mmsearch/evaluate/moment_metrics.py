"""How well moments of a film are found: recall and average precision as in QVHighlights.

Lei, Berg and Bansal 2021 (arXiv:2107.09609), section 5; the precision of found intervals as in
ActivityNet. tests/evaluate/test_moment_metrics.py holds them to published figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
Window = tuple[float, float]

IOUS = tuple(round(0.5 + 0.05 * step, 2) for step in range(10))
"""The overlaps from which on a moment counts as found: 0.5, 0.55, … 0.95."""
_MOST_FOUND = 10


def overlaps(found: Sequence[Window], true: Sequence[Window]) -> F64:
    """Intersection over union of intervals: (n_found, n_true); touching ones have 0."""
    a, b = np.asarray(found, float).reshape(-1, 2), np.asarray(true, float).reshape(-1, 2)
    shared = np.minimum(a[:, None, 1], b[None, :, 1]) - np.maximum(a[:, None, 0], b[None, :, 0])
    shared = np.maximum(shared, 0)
    lengths = (a[:, 1] - a[:, 0])[:, None] + (b[:, 1] - b[:, 0])[None, :]
    union = lengths - shared
    return np.asarray(np.divide(shared, union, out=np.zeros_like(union), where=union > 0))


def first_overlap(found: Sequence[Window], true: Sequence[Window]) -> float:
    """How much the first found moment overlaps the true one that it overlaps most; R1@m is the
    share of queries where that is at least m."""
    _demand_true(true)
    return float(overlaps(found[:1], true).max()) if found else 0.0


def moment_precision(
    found: Sequence[Window],
    scores: Sequence[float],
    true: Sequence[Window],
    ious: Sequence[float] = IOUS,
) -> F64:
    """Average precision of one query at each overlap: (n_iou,).

    Of the found moments, given best first, ten count. A true moment is found once only, by the
    best scored; precision is interpolated as in PASCAL VOC: the best at no less recall.
    """
    _demand_true(true)
    order = sorted(range(min(len(found), _MOST_FOUND)), key=lambda place: -scores[place])
    overlap = overlaps([found[place] for place in order], true)
    return np.array([_interpolated(_is_right(overlap, iou), len(true)) for iou in ious])


def _is_right(overlap: F64, iou: float) -> NDArray[np.bool_]:
    """Whether each found moment is the first to find a true one: (n_found,)."""
    free = np.ones(overlap.shape[1], bool)
    right = np.zeros(len(overlap), bool)
    for place, row in enumerate(overlap):
        open_ones = np.where(free, row, -1.0)
        best = int(open_ones.argmax())
        if open_ones[best] >= iou:
            right[place], free[best] = True, False
    return right


def _interpolated(right: NDArray[np.bool_], n_true: int) -> float:
    """The area under precision over recall, with precision made monotone from behind."""
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best_from_here = np.maximum.accumulate(precision[::-1])[::-1]
    return float(best_from_here[right].sum() / n_true)


def _demand_true(true: Sequence[Window]) -> None:
    if not true:
        raise ValueError("a query needs at least one true moment")
