"""Hubness normalisation as the papers write it, item by item: the slow reference of the terms."""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]
"""Similarities, a row for each query, a column for each item of the gallery."""


def inverted_softmax_scores(queries: Matrix, bank: Matrix, beta: float) -> list[list[float]]:
    """e^(β s(q, g)) / Σ over u of e^(β s(u, g)) (Smith et al. 2017, Bogolin et al. 2022)."""
    return [
        [
            math.exp(beta * score) / sum(math.exp(beta * row[item]) for row in bank)
            for item, score in enumerate(scores)
        ]
        for scores in queries
    ]


def dynamic_inverted_softmax_scores(
    queries: Matrix, bank: Matrix, beta: float
) -> list[list[float]]:
    """Inverted softmax for queries whose first item is the first of some bank query."""
    hubs = {first(row) for row in bank}
    normalised = inverted_softmax_scores(queries, bank, beta)
    return [
        after if first(before) in hubs else list(before)
        for before, after in zip(queries, normalised, strict=True)
    ]


def csls_scores(queries: Matrix, bank: Matrix, k: int) -> list[list[float]]:
    """2 s(q, g) - r(q) - r(g) (Conneau et al. 2018)."""
    return [
        [
            2 * score - mean_of_top(scores, k) - mean_of_top([row[item] for row in bank], k)
            for item, score in enumerate(scores)
        ]
        for scores in queries
    ]


def nnn_scores(queries: Matrix, bank: Matrix, k: int, alpha: float) -> list[list[float]]:
    """s(q, g) - α · mean of the k largest s(u, g) (Chowdhury et al. 2024)."""
    return [
        [
            score - alpha * mean_of_top([row[item] for row in bank], k)
            for item, score in enumerate(scores)
        ]
        for scores in queries
    ]


def sinkhorn_plan(similarity: Matrix, beta: float, n_iteration: int) -> list[list[float]]:
    """The kernel e^(β s), rows and columns scaled in turns; columns (queries) last.

    similarity: a row for each item, a column for each query. Rows are scaled to sum to 1 / n_item,
    columns to 1 / n_query (Cuturi 2013).
    """
    plan = [[math.exp(beta * value) for value in row] for row in similarity]
    for _ in range(n_iteration):
        plan = [[value / sum(row) / len(plan) for value in row] for row in plan]
        sums = [sum(row[place] for row in plan) for place in range(len(plan[0]))]
        plan = [
            [value / sums[place] / len(sums) for place, value in enumerate(row)] for row in plan
        ]
    return plan


def first(scores: Sequence[float]) -> int:
    return max(range(len(scores)), key=scores.__getitem__)


def mean_of_top(values: Sequence[float], k: int) -> float:
    top = sorted(values)[-k:]
    return sum(top) / len(top)
