"""Worlds in which a slow scorer and a first stage disagree: made up, and learned by a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mmsearch.rerank.budget import Ints
from mmsearch.types import F32

Search = Callable[[int, Callable[[Ints], F32]], tuple[Ints, F32]]


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What a slow scorer says of all items, and the vectors of the first stage."""

    anchors: F32
    """(n_anchor_query, n_item) scores of queries that were asked before."""
    scores: F32
    """(n_query, n_item) scores of the queries that the test asks."""
    items: F32
    """(n_item, dim)"""
    queries: F32
    """(n_query, dim)"""

    @property
    def first(self) -> F32:
        """(n_query, n_item) scores of the first stage."""
        return self.queries @ self.items.T

    def recall(self, search: Search, k: int = 10) -> float:
        """The mean share of the slow scorer's ``k`` best items that a search ranks first."""
        shares = []
        for number, scores in enumerate(self.scores):
            rows, _ = search(number, lambda places, scores=scores: scores[places])
            best = set(np.argsort(-scores)[:k].tolist())
            shares.append(len(best & set(rows[:k].tolist())) / k)
        return float(np.mean(shares))

    def plain(self, budget: int) -> Search:
        """Scores the first ``budget`` of the first stage."""

        def search(number: int, score: Callable[[Ints], F32]) -> tuple[Ints, F32]:
            rows = np.argsort(-self.first[number])[:budget]
            scores = score(rows)
            order = np.argsort(-scores)
            return rows[order], scores[order]

        return search


def unit(vectors: np.ndarray) -> F32:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def made_up(n_item: int = 3000, n_query: int = 15, n_anchor: int = 200, dim: int = 64) -> World:
    """Scores of rank 24 with some noise; vectors that know a part of what they come from."""
    chance = np.random.default_rng(5)
    queries = chance.standard_normal((n_anchor + n_query, 24))
    items = chance.standard_normal((n_item, 24))
    scores = queries @ items.T / 5 + 0.2 * chance.standard_normal((n_anchor + n_query, n_item))
    projection = chance.standard_normal((24, dim)) / 5
    seen = unit(items @ projection + 0.3 * chance.standard_normal((n_item, dim)))
    asked = unit(queries[n_anchor:] @ projection + 0.8 * chance.standard_normal((n_query, dim)))
    scores = scores.astype(np.float32)
    return World(scores[:n_anchor], scores[n_anchor:], seen, asked)


def learned(n_item: int = 3000, n_query: int = 15, n_anchor: int = 200, dim: int = 32) -> World:
    """A small cross-encoder learns from pairs what is right; vectors are a blurred first stage.

    What is right: an item has most of what the query wants, and nothing of what it avoids.
    """
    chance = np.random.default_rng(6)
    items = chance.standard_normal((n_item, 16)).astype(np.float32)
    queries = chance.standard_normal((n_anchor + n_query, 16)).astype(np.float32)
    scores = _cross_encoder(queries, items)
    blur = chance.standard_normal((16, dim)) / 4
    seen = unit(items @ blur + 0.3 * chance.standard_normal((n_item, dim)))
    asked = unit(queries[n_anchor:] @ blur + 0.8 * chance.standard_normal((n_query, dim)))
    return World(scores[:n_anchor], scores[n_anchor:], seen, asked)


def _cross_encoder(queries: F32, items: F32) -> F32:
    """Trains a network that reads query and item together; its scores of all pairs."""
    import torch
    from torch import nn

    torch.manual_seed(0)
    wanted, here = torch.tensor(queries), torch.tensor(items)
    network = nn.Sequential(nn.Linear(48, 64), nn.GELU(), nn.Linear(64, 1))
    optimiser = torch.optim.Adam(network.parameters(), 3e-3)

    def pairs(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        return network(torch.cat([left, right, left * right], -1))[..., 0]

    for _ in range(400):
        left = wanted[torch.randint(len(wanted), (256,))]
        right = here[torch.randint(len(here), (256,))]
        product = left * right
        is_right = product.clamp(min=0).sum(1) - 1.5 * product.clamp(max=0).abs().sum(1) > 0
        loss = nn.functional.binary_cross_entropy_with_logits(pairs(left, right), is_right.float())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        rows = [pairs(one.expand(len(here), -1), here).numpy() for one in wanted]
    return np.stack(rows)
