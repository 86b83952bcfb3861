"""Turns thumbs up and down into a direction that is added to what a query looks for.

The score of a segment becomes ``logit + direction · vector / scale``: with one query vector q, that
is a search with q + direction. Written so, it serves composed queries too, which have no vector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmsearch.registry import Registry
from mmsearch.types import F32

_LIKED_COUNTS, _DISLIKED_COUNTS = 0.75, 0.15
_STEPS, _STEP_SIZE = 100, 0.005
_PULL = 0.1
"""How strongly the direction is held at nothing. tests/benchmarks/feedback.py simulates one to
three clicks. Classes of Caltech-101 gain 0.09 to 0.14 of mAP (Rocchio: 0.18 to 0.21); a photograph
of Flickr8k that was not on the page, where what is clicked is merely near it, loses 0.01 of MRR
(Rocchio: 0.06 to 0.11). Less pull gains and loses more."""
_REST_BEFORE_DISLIKED = 0.2
"""Only where nothing is liked. What a person dislikes is mostly near what is looked for, or it
would not be on the page: it says much beside what is liked, and little against all the rest."""
_MOMENTUM, _VARIANCE = 0.9, 0.999


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Candidates of which a person liked or disliked some."""

    vectors: F32
    """(n_candidate, dim) unit vectors."""
    logit: F32
    """(n_candidate,) how well each answers the query as it was asked."""
    scale: F32
    """(n_candidate,) the cosine by which the logit of each one's kind grows by 1."""
    verdict: NDArray[np.int8]
    """(n_candidate,) 1 liked, -1 disliked, 0 not judged."""


Method = Callable[[Judged], F32]
METHODS: Registry[Method] = Registry("way of feedback")


@METHODS.register("rocchio")
def rocchio(judged: Judged) -> F32:
    """0.75 of the mean of what is liked, less 0.15 of the mean of what is disliked: (dim,).

    Source: Rocchio 1971, with the usual weights. Means are taken from that of all candidates,
    because vectors of one kind have much in common that no query asks for.
    """
    direction = np.zeros(judged.vectors.shape[1], np.float32)
    centre = judged.vectors.mean(axis=0)
    for verdict, weight in ((1, _LIKED_COUNTS), (-1, -_DISLIKED_COUNTS)):
        mine = judged.verdict == verdict
        if mine.any():
            direction += weight * (judged.vectors[mine].mean(axis=0) - centre)
    return direction


@METHODS.register("gradient")
def gradient(judged: Judged) -> F32:
    """The direction by which what is liked comes before the rest, and the rest before what is
    disliked: (dim,).

    Gradient descent on the vector of the query with Adam (lr 0.005, 100 steps) as in the feedback
    of FIRST (Reddy et al. 2024, arXiv:2406.15657), with its pairwise loss (RankNet) alone,
    because a person gives verdicts and no scores. A pair of verdicts counts in full, a verdict
    against candidates without one as a pair with their mean.
    """
    weights = _pair_weights(judged.verdict)
    better, worse = np.nonzero(weights)
    weight, n_candidate = weights[better, worse], len(weights)
    inputs = judged.vectors / judged.scale[:, None]
    unit = np.float32(judged.scale.mean())
    direction = np.zeros(judged.vectors.shape[1], np.float32)
    momentum, variance = direction.copy(), direction.copy()
    for step in range(1, _STEPS + 1):
        score = judged.logit + inputs @ direction
        wrong = weight / (1 + np.exp(np.clip(score[better] - score[worse], -60, 60)))
        pull = np.bincount(worse, wrong, n_candidate) - np.bincount(better, wrong, n_candidate)
        slope = np.asarray(unit * (pull @ inputs) + _PULL * direction, np.float32)
        momentum = _MOMENTUM * momentum + (1 - _MOMENTUM) * slope
        variance = _VARIANCE * variance + (1 - _VARIANCE) * slope**2
        change = momentum / (1 - _MOMENTUM**step)
        direction = direction - _STEP_SIZE * change / (
            np.sqrt(variance / (1 - _VARIANCE**step)) + 1e-8
        )
    return np.asarray(direction, np.float32)


def _pair_weights(verdict: NDArray[np.int8]) -> F32:
    """How much it matters that one candidate is before another: (n_candidate, n_candidate)."""
    n_each = {value: max(int((verdict == value).sum()), 1) for value in (-1, 0, 1)}
    share = np.array([1 / n_each[int(value)] for value in verdict], np.float32)
    of_rest = 0.0 if (verdict == 1).any() else _REST_BEFORE_DISLIKED
    # Each sort of verdict counts once, however many there are of it.
    both = share[:, None] * share[None, :] * (verdict[:, None] > verdict[None, :])
    against_rest = np.where((verdict[:, None] == 0) & (verdict[None, :] < 0), of_rest, 1)
    return np.asarray(against_rest * both, np.float32)
