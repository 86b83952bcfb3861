"""A residual for sentences, learned from sentences and what they name.

A sentence q becomes q + q A, at unit length; A is a (dim, dim) matrix held near zero by a ridge.
The loss is the cross-entropy of a softmax over the items, as in contrastive learning (InfoNCE),
where all items that one sentence names are equally right. Before the length is made one again the
scores are linear in A, so the loss is convex, and there is one answer whatever the start. No
stored vector changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mmsearch.types import F32

TEMPERATURE = 0.05
RIDGE = 0.1
"""Smaller ones gain more on names like those that were learned, and lose more on other sentences
(tests/benchmarks/adapt.py)."""
_MOST_STEPS = 40
_ENOUGH = 1e-3
"""Of the first gradient's length: below this nothing changes any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """Sentences and the items that they name, all of one kind."""

    texts: F32
    """(n_text, dim) unit vectors."""
    items: F32
    """(n_item, dim) unit vectors."""
    right: F32
    """(n_text, n_item) how much of a sentence each item is: rows add up to 1."""
    terms: F32
    """(n_item,) what searches take off the cosines against hubs."""


def adapted(vectors: F32, residual: F32) -> F32:
    """Sentences, (n, dim), bent by a residual, (dim, dim): (n, dim), unit length."""
    bent = vectors + vectors @ residual
    norms = np.linalg.norm(bent, axis=1, keepdims=True)
    return np.asarray(bent / np.maximum(norms, 1e-12), np.float32)


def learn(named: Named) -> F32:
    """The residual with the least loss: (dim, dim).

    Gradient descent whose steps are as long as the last two gradients suggest (Barzilai and
    Borwein 1988), halved until the loss falls enough (Armijo).
    """
    dim = named.texts.shape[1]
    residual = np.zeros((dim, dim), np.float32)
    value, slope = loss(named, residual)
    small = _ENOUGH * float(np.linalg.norm(slope))
    step = 1.0
    for _ in range(_MOST_STEPS):
        steepness = float((slope * slope).sum())
        if steepness <= small**2:
            break
        after = residual - np.float32(step) * slope
        next_value, next_slope = loss(named, after)
        while next_value > value - 1e-4 * step * steepness and step > 1e-6:
            step /= 2
            after = residual - np.float32(step) * slope
            next_value, next_slope = loss(named, after)
        if next_value >= value:
            break  # as near as float32 gets
        turn = next_slope - slope
        curvature = float(((after - residual) * turn).sum())
        step = step**2 * steepness / curvature if curvature > 0 else 2 * step
        residual, value, slope = after, next_value, next_slope
    return residual


def loss(named: Named, residual: F32) -> tuple[float, F32]:
    """The mean cross-entropy with the ridge, and its gradient by the residual: (dim, dim)."""
    bent = named.texts + named.texts @ residual
    scores = (bent @ named.items.T - named.terms) / np.float32(TEMPERATURE)
    scores -= scores.max(axis=1, keepdims=True)
    chances = np.exp(scores)
    sums = chances.sum(axis=1, keepdims=True)
    crossed = -float(((scores - np.log(sums)) * named.right).sum(axis=1).mean(dtype=np.float64))
    wrong = (chances / sums - named.right) / np.float32(TEMPERATURE * len(named.texts))
    slope = named.texts.T @ (wrong @ named.items) + np.float32(RIDGE) * residual
    ridge = RIDGE / 2 * float((residual * residual).sum(dtype=np.float64))
    return crossed + ridge, np.asarray(slope, np.float32)
