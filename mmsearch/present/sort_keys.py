"""What 100,000 results are put in order by, as columns of numbers."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import Hit

Floats = NDArray[np.float64]

_DAY_S = 86_400
_LONGEST = len("2023-07-14T18:03:11")


def sizes(hits: Sequence[Hit]) -> Floats:
    """(n_hit,) in bytes."""
    return np.fromiter((hit.size_bytes for hit in hits), np.float64, len(hits))


def local_times(hits: Sequence[Hit]) -> Floats:
    """When each was taken, or else changed: (n_hit,) whole seconds of the clock on the wall.

    What a camera wrote that is no date is older than everything.
    """
    changed_s = np.fromiter((hit.modified_at_s for hit in hits), np.float64, len(hits))
    times = np.floor(changed_s + _utc_offsets(changed_s))
    taken = [place for place, hit in enumerate(hits) if hit.metadata.taken_at]
    times[taken] = _seconds([(hits[place].metadata.taken_at or "") for place in taken])
    return times


def _seconds(taken_at: Sequence[str]) -> Floats:
    """Moments without their zone, if they have one, as seconds: (n,)."""
    texts = [text[:_LONGEST] for text in taken_at]
    try:
        return np.array(texts, "datetime64[s]").astype(np.float64)
    except ValueError:
        return np.array([_second(text) for text in texts])


def _second(text: str) -> float:
    try:
        return float(np.datetime64(text, "s").astype(np.int64))
    except ValueError:
        return -np.inf


def _utc_offsets(at_s: Floats) -> Floats:
    """How far the clock on the wall was ahead of UTC: (n,) seconds.

    The system is asked once a day, and for each moment on the days when clocks were changed.
    """
    days, of_moment = np.unique(np.floor(at_s / _DAY_S), return_inverse=True)
    before = np.array([_utc_offset(day * _DAY_S) for day in days.tolist()])
    after = np.array([_utc_offset((day + 1) * _DAY_S) for day in days.tolist()])
    offsets = before[of_moment]
    for place in np.flatnonzero((before != after)[of_moment]).tolist():
        offsets[place] = _utc_offset(float(at_s[place]))
    return np.asarray(offsets, np.float64)


def _utc_offset(at_s: float) -> float:
    return float(time.localtime(at_s).tm_gmtoff)
