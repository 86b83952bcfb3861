"""A residual for sentences, learned from sentences and what they name.

A sentence q becomes q + q A, at unit length (adapter.py); A is a (dim, dim) matrix held near zero
by a ridge. The loss is the cross-entropy of a softmax over the items, as in contrastive learning
(InfoNCE), where all items that one sentence names are equally right. Before the length is made one
again the scores are linear in A, so the loss is convex, and there is one answer whatever the start.
No stored vector changes.

Sentences that are not like what was learned should stay where they are: how far A moves those of a
bank of real queries is part of the loss, as old queries are replayed when an index learns new ones
(DSI++, Mehta et al. 2023).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

TEMPERATURE = 0.05
RIDGE = 0.1
"""Smaller ones gain more on names like those that were learned, and lose more on other sentences,
the more so where there is no bank (tests/benchmarks/adapt.py)."""
STAY = 100.0
"""What the mean squared way costs that a sentence of the bank is moved."""
DISLIKED = float(np.log(10))
"""Added to the scores of what was disliked while learning: it has to fall that far below others."""
_MOST_STEPS = 40
_ENOUGH = 1e-3
"""Of the first gradient's length, preconditioned: below this nothing changes any more."""


Ints = NDArray[np.int64]
_NO_PAIRS = np.zeros((0, 2), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Sentences and the items that they name, all of one kind."""

    texts: F32
    """(n_text, dim) unit vectors."""
    items: F32
    """(n_item, dim) unit vectors."""
    terms: F32
    """(n_item,) what searches take off the cosines against hubs."""
    text_of: Ints
    """(n_pair,) rows of ``texts``."""
    item_of: Ints
    """(n_pair,) rows of ``items``."""
    others: F32
    """(n_other, dim) sentences as they are asked elsewhere; may be none."""
    disliked: Ints = field(default_factory=lambda: _NO_PAIRS)
    """(n_disliked, 2) rows of ``texts`` and of ``items`` that was wrong for them."""

    @property
    def is_right(self) -> NDArray[np.bool_]:
        """(n_text, n_item) which sentence names which item."""
        found = np.zeros((len(self.texts), len(self.items)), bool)
        found[self.text_of, self.item_of] = True
        return found

    def part(self, chosen: NDArray[np.bool_]) -> Pairs:
        """Some of the items, (n_item,) bool, and the sentences that name them."""
        is_in = chosen[self.item_of]
        texts, text_of = np.unique(self.text_of[is_in], return_inverse=True)
        item_of = (np.cumsum(chosen) - 1)[self.item_of[is_in]]
        items, terms = self.items[chosen], self.terms[chosen]
        disliked = self._disliked_in(chosen, texts)
        return Pairs(self.texts[texts], items, terms, text_of, item_of, self.others, disliked)

    def _disliked_in(self, chosen: NDArray[np.bool_], texts: Ints) -> Ints:
        """The pairs of ``disliked`` that are left of a part, by its own rows."""
        text, item = self.disliked.T
        stays = chosen[item] & np.isin(text, texts)
        places = np.searchsorted(texts, text[stays]), (np.cumsum(chosen) - 1)[item[stays]]
        return np.stack(places, axis=1)


def learn(pairs: Pairs) -> F32:
    """The residual with the least loss: (dim, dim).

    Gradient descent, preconditioned by what holds the residual, with steps as long as the last two
    gradients suggest (Barzilai and Borwein 1988), halved until the loss falls enough (Armijo).
    """
    dim = pairs.texts.shape[1]
    shares = shares_of(pairs)
    inverse = _inverse_hold(pairs.others, dim)
    residual = np.zeros((dim, dim), np.float32)
    value, slope = loss(pairs, shares, residual)
    way = inverse @ slope
    first = float((slope * way).sum())
    step = 1.0
    for _ in range(_MOST_STEPS):
        steepness = float((slope * way).sum())
        if steepness <= _ENOUGH**2 * first:
            break
        after = residual - np.float32(step) * way
        next_value, next_slope = loss(pairs, shares, after)
        while next_value > value - 1e-4 * step * steepness and step > 1e-6:
            step /= 2
            after = residual - np.float32(step) * way
            next_value, next_slope = loss(pairs, shares, after)
        if next_value >= value:
            break  # as near as float32 gets
        curvature = float(((after - residual) * (next_slope - slope)).sum())
        step = step**2 * steepness / curvature if curvature > 0 else 2 * step
        residual, value, slope = after, next_value, next_slope
        way = inverse @ slope
    return residual


def _inverse_hold(others: F32, dim: int) -> F32:
    """The inverse of the second derivative of what holds the residual: (dim, dim)."""
    hold = RIDGE * np.eye(dim)
    if len(others):
        hold += STAY / len(others) * (others.T @ others)
    return np.asarray(np.linalg.inv(hold), np.float32)


def shares_of(pairs: Pairs) -> F32:
    """(n_text, n_item) how much of a sentence each item is: rows add up to 1."""
    right = pairs.is_right.astype(np.float32)
    return np.asarray(right / right.sum(axis=1, keepdims=True))


def loss(pairs: Pairs, shares: F32, residual: F32) -> tuple[float, F32]:
    """The mean cross-entropy and what holds the residual, and its gradient by that: (dim, dim)."""
    bent = pairs.texts + pairs.texts @ residual
    scores = (bent @ pairs.items.T - pairs.terms) / np.float32(TEMPERATURE)
    scores[tuple(pairs.disliked.T)] += np.float32(DISLIKED)
    scores -= scores.max(axis=1, keepdims=True)
    chances = np.exp(scores)
    sums = chances.sum(axis=1, keepdims=True)
    crossed = -float(((scores - np.log(sums)) * shares).sum(axis=1).mean(dtype=np.float64))
    wrong = (chances / sums - shares) / np.float32(TEMPERATURE * len(pairs.texts))
    held, held_slope = _held(pairs.others, residual)
    slope = pairs.texts.T @ (wrong @ pairs.items) + held_slope
    return crossed + held, np.asarray(slope, np.float32)


def _held(others: F32, residual: F32) -> tuple[float, F32]:
    """What the size of the residual costs, and moving other sentences; and the gradient."""
    cost = RIDGE / 2 * float((residual * residual).sum(dtype=np.float64))
    slope = np.float32(RIDGE) * residual
    if len(others):
        weight = STAY / len(others)
        moved = others @ residual
        cost += weight / 2 * float((moved * moved).sum(dtype=np.float64))
        slope = slope + np.float32(weight) * (others.T @ moved)
    return cost, slope
