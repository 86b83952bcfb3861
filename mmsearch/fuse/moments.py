"""Finds the moments of a film that answer a query, from how well its shots do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

F64 = NDArray[np.float64]

_SURELY_ALIKE = 2.0
"""Likeness, as a logit, from which on shots share most of their relevance."""
_RISE = 0.4
"""A shot belongs to a moment when it rises above the film's mean by this share of the peak …"""
_LIKENESS_COUNTS = 0.15
"""… where each logit of likeness to its neighbour or to the peak counts as this share.
Both were chosen on the dataset ``moments``; R1@0.7 changes by two points at most from 0.3 to 0.6
and from 0.1 to 0.2. Without likeness it falls by two to three."""
_SURELY_UNLIKE = -2.0
"""Shots that have nothing in common may still be one moment, if both are relevant."""
_LEAST_RISE = 0.5
"""Logits: a flatter curve has no peak that its neighbours could be measured by."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """How relevant each shot of a film is to a query, in the order of time."""

    ranges: F64
    """(n_shot, 2) start and end in seconds."""
    relevance: F32
    """(n_shot,) logit of each shot alone."""
    smooth: F32
    """(n_shot,) with neighbours that look alike taken together."""


@dataclass(frozen=True, slots=True)
class Found:
    """A moment: the shots ``first`` to ``last``, of which ``best`` alone answers best."""

    first: int
    last: int
    best: int
    relevance: float
    """The smoothed logit at its peak."""


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """How alike shots look, as logits: 0 is as likely the same thing as not."""

    vectors: F32
    """(n_shot, dim) unit vectors."""
    midpoint: float
    scale: float
    """The cosine at which logit is 0, and its change by which the logit grows by 1."""

    def of_neighbours(self) -> F32:
        """Each shot and the next: (n_shot - 1,)."""
        cosines = np.einsum("nd,nd->n", self.vectors[1:], self.vectors[:-1])
        return np.asarray((cosines - self.midpoint) / self.scale, np.float32)

    def to(self, shot: int) -> F32:
        """All shots to one: (n_shot,)."""
        cosines = self.vectors @ self.vectors[shot]
        return np.asarray((cosines - self.midpoint) / self.scale, np.float32)


def curve(ranges: F64, relevance: F32, likeness: Likeness) -> Curve:
    """Smooth the relevance of shots over neighbours in time that look alike.

    A bilateral filter (Tomasi and Manduchi 1998) with a reach of one shot: a cut between scenes
    stays sharp, and shots of one scene, of which one may show badly what is looked for, agree.
    """
    if len(ranges) < 2:
        return Curve(ranges, relevance, relevance)
    weight = 1 / (1 + np.exp(np.clip(_SURELY_ALIKE - likeness.of_neighbours(), -60, 60)))
    lengths_s = np.maximum(ranges[:, 1] - ranges[:, 0], 1e-3)
    total, norm = relevance * lengths_s, lengths_s.copy()
    for mine, other in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None))):
        total[mine] += weight * lengths_s[other] * relevance[other]
        norm[mine] += weight * lengths_s[other]
    return Curve(ranges, relevance, np.asarray(total / norm, np.float32))


def moments(film: Curve, likeness: Likeness, *, most: int) -> list[Found]:
    """The moments of a film, best first, at most ``most``; they share no shot.

    From the highest shot that is left, a moment grows to both sides over shots that are relevant
    or look alike. After the first, only shots above the film's mean begin one.
    """
    lengths_s = np.maximum(film.ranges[:, 1] - film.ranges[:, 0], 1e-3)
    mean = float(np.average(film.smooth, weights=lengths_s))
    neighbours = likeness.of_neighbours()
    left = film.smooth.copy()
    found: list[Found] = []
    for _ in range(min(most, len(left))):
        peak = int(left.argmax())
        if found and left[peak] <= mean:
            break
        belongs = np.isfinite(left) & (_belonging(film, mean, peak, neighbours, likeness) >= _RISE)
        first = peak - _run_length(belongs[:peak][::-1])
        last = peak + _run_length(belongs[peak + 1 :])
        best = first + int(film.relevance[first : last + 1].argmax())
        found.append(Found(first, last, best, float(film.smooth[peak])))
        left[first : last + 1] = -np.inf
    return found


def _belonging(film: Curve, mean: float, peak: int, neighbours: F32, likeness: Likeness) -> F32:
    """How much each shot belongs to the moment around ``peak``: (n_shot,)."""
    rise = max(float(film.smooth[peak]) - mean, _LEAST_RISE)
    alike = likeness.to(peak)
    # The neighbour that counts is the one on the side of the peak.
    alike[:peak] = np.maximum(alike[:peak], neighbours[:peak])
    alike[peak + 1 :] = np.maximum(alike[peak + 1 :], neighbours[peak:])
    bonus = _LIKENESS_COUNTS * np.maximum(alike, _SURELY_UNLIKE)
    return np.asarray((film.smooth - mean) / rise + bonus)


def _run_length(belongs: NDArray[np.bool_]) -> int:
    """How many from the beginning belong without a gap."""
    gaps = np.flatnonzero(~belongs)
    return int(gaps[0]) if len(gaps) else len(belongs)
