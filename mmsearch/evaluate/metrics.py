"""Retrieval metrics of one query, from the ranks of its relevant items (counted from 1)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from mmsearch.types import LineRange, Locator, TimeRange


def recall_at(k: int, ranks: Sequence[int], n_relevant: int) -> float:
    """1 if any relevant item is among the first k, as in image-text retrieval.

    ``n_relevant`` must be at least 1; a query without relevant items is a mistake of the data.
    """
    _demand_relevant(n_relevant)
    return float(any(rank <= k for rank in ranks))


def reciprocal_rank(ranks: Sequence[int]) -> float:
    """1 / rank of the first relevant item; 0 if none was found."""
    return 1 / min(ranks) if ranks else 0.0


def average_precision(ranks: Sequence[int], n_relevant: int) -> float:
    """Mean of the precision at each relevant item; items not found count as zero."""
    _demand_relevant(n_relevant)
    found = sorted(ranks)
    return sum(place / rank for place, rank in enumerate(found, 1)) / n_relevant


def ndcg(ranks: Sequence[int], n_relevant: int, k: int) -> float:
    """Normalised discounted cumulative gain at k with binary relevance (Järvelin 2002)."""
    _demand_relevant(n_relevant)
    gain = sum(1 / math.log2(rank + 1) for rank in ranks if rank <= k)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(n_relevant, k) + 1))
    return gain / best


def _demand_relevant(n_relevant: int) -> None:
    if n_relevant < 1:
        raise ValueError("a query needs at least one relevant item")


def is_located(found: Locator, truth: Locator) -> bool:
    """Whether a hit's place in its file is the right one.

    Its middle lies in the true range, or the two overlap by at least half of their union.
    """
    match found, truth:
        case TimeRange(start, end), TimeRange(true_start, true_end):
            pass
        case LineRange(first, last), LineRange(true_first, true_last):
            start, end = first - 1, last
            true_start, true_end = true_first - 1, true_last
        case _:
            return False
    overlap = min(end, true_end) - max(start, true_start)
    union = max(end, true_end) - min(start, true_start)
    return true_start <= (start + end) / 2 <= true_end or (union > 0 and overlap / union >= 0.5)
