"""The relevance curve as columns of a drawing, and the moments in the order of time."""

from __future__ import annotations

import itertools
import math

import numpy as np

from mmsearch.types import F32, Hit, Moment, RelevanceCurve

LEAST_SCALE = 0.25
"""A curve fills its height from this match on; a film that hardly fits must not look as if."""


def column_heights(curve: RelevanceCurve, duration_s: float, n_column: int) -> F32:
    """Heights in [0, 1] of the columns of a drawing, (n_column,) float32.

    Each part reaches to the middle of its overlap with, or gap to, the next one; where several
    fall into a column, the best is shown: a short moment of a long film must not vanish.
    """
    heights = np.zeros(n_column, np.float32)
    if not curve.parts or duration_s <= 0 or n_column < 1:
        return heights
    scale = max(LEAST_SCALE, *curve.matches)
    edges_s = _edges_s(curve)
    for start_s, end_s, match in zip(edges_s[:-1], edges_s[1:], curve.matches, strict=True):
        first = min(n_column - 1, max(0, math.floor(start_s / duration_s * n_column)))
        last = max(first + 1, math.ceil(end_s / duration_s * n_column))
        column = heights[first:last]
        np.maximum(column, match / scale, out=column)
    return heights


def match_at(curve: RelevanceCurve, at_s: float) -> float | None:
    """The match of the part at a moment; None where there is none."""
    edges_s = _edges_s(curve)
    if not edges_s or not edges_s[0] <= at_s <= edges_s[-1]:
        return None
    part = int(np.searchsorted(edges_s, at_s, side="right")) - 1
    return curve.matches[min(max(part, 0), len(curve.matches) - 1)]


def moments_in_time(hit: Hit, curve: RelevanceCurve | None) -> tuple[Moment, ...]:
    """The moments of a film or sound from its start to its end."""
    known = hit.moments or (curve.moments if curve is not None else ())
    return tuple(sorted(known, key=lambda moment: (moment.range.start_s, moment.range.end_s)))


def _edges_s(curve: RelevanceCurve) -> list[float]:
    """Where each part begins for the eye, and where the last one ends."""
    parts = curve.parts
    if not parts:
        return []
    between = [(one.end_s + after.start_s) / 2 for one, after in itertools.pairwise(parts)]
    return [parts[0].start_s, *between, parts[-1].end_s]
