"""Scores films for things that come one after another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.types import F32, Modality

F64 = NDArray[np.float64]


def with_order(whole: F32, steps: Sequence[F32], gallery: Gallery) -> F32:
    """The logits with shots of films scored by the order of the steps: (n_segment,), a new array.

    whole: (n_segment,) of the sentence as one; it stays where there are no shots in an order.
    steps: (n_segment,) of each thing by itself.

    A shot has the mean over the steps of the best sequence of shots, one a step and each later
    than the one before, that begins with it or before and ends with it or after. So all shots
    from the first step to the last are alike relevant, and make one moment. Films with fewer
    shots than steps keep the whole sentence.
    """
    shots = np.flatnonzero(gallery.kind == MODALITIES.index(Modality.VIDEO))
    film = np.searchsorted(gallery.first_segment, shots, side="right")
    order = np.lexsort((gallery.locators[shots, 0], film))
    shots, film = shots[order], film[order]
    best = _best_sequences([step[shots].astype(np.float64) for step in steps], film)
    scored = whole.copy()
    known = np.isfinite(best)
    scored[shots[known]] = best[known] / len(steps)
    return scored


def _best_sequences(steps: Sequence[F64], film: NDArray[np.int64]) -> F64:
    """The sum of the best sequence around each shot: (n_shot,), -inf where there is none."""
    until = _until(steps, film)
    since = [some[::-1] for some in _until([step[::-1] for step in steps[::-1]], film[::-1])]
    best = np.full(len(film), -np.inf)
    for n_until in range(1, len(steps)):
        first, rest = until[n_until - 1], since[len(steps) - n_until - 1]
        # The shot itself may be of the first steps, or of the rest, or between both.
        best = np.maximum(best, first + _previous(rest[::-1], film[::-1])[::-1])
        best = np.maximum(best, _previous(first, film) + rest)
    return best


def _until(steps: Sequence[F64], film: NDArray[np.int64]) -> list[F64]:
    """The best sequence of the first k steps that ends with a shot or before: k = 1, 2, …"""
    found: list[F64] = []
    for step in steps:
        ending = step if not found else step + _previous(found[-1], film)
        found.append(_highest_so_far(ending, film))
    return found


def _previous(values: F64, film: NDArray[np.int64]) -> F64:
    """The value of the shot before in the same film; -inf for the first."""
    shifted = np.concatenate([[-np.inf], values[:-1]])[: len(values)]
    is_first = np.concatenate([[True], film[1:] != film[:-1]])[: len(values)]
    return np.where(is_first, -np.inf, shifted)


def _highest_so_far(values: F64, film: NDArray[np.int64]) -> F64:
    """The running maximum, begun anew with each film: (n_shot,)."""
    if len(values) == 0:
        return values
    low, high = _bounds(values)
    number = np.cumsum(np.concatenate([[0], film[1:] != film[:-1]]))
    # Each film is lifted above the one before, so that one pass serves all.
    lift = number * (high - low + 2.0)
    floor = low - 1.0
    highest = np.maximum.accumulate(np.maximum(values, floor) + lift) - lift
    return np.where(highest <= floor + 0.5, -np.inf, highest)


def _bounds(values: F64) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
