"""What changed between two runs over the same queries, dataset by dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mmsearch.evaluate.compare import Comparison, compare
from mmsearch.evaluate.metrics import average_precision, recall_at, reciprocal_rank
from mmsearch.evaluate.outcomes import Outcome

METRICS: Mapping[str, Callable[[Outcome], float]] = {
    "MRR": lambda one: reciprocal_rank(one.ranks),
    "mAP": lambda one: average_precision(one.ranks, one.n_relevant),
    "R@1": lambda one: recall_at(1, one.ranks, one.n_relevant),
    "R@10": lambda one: recall_at(10, one.ranks, one.n_relevant),
}
ALL = "all"


@dataclass(frozen=True, slots=True)
class Change:
    """One metric of one row, before and after."""

    dataset: str
    row: str
    metric: str
    result: Comparison


def find_changes(before: Sequence[Outcome], after: Sequence[Outcome]) -> list[Change]:
    """Compare the queries that both runs asked, by row, and all of them together."""
    earlier = {one.key: one for one in before}
    pairs: dict[tuple[str, str], list[tuple[Outcome, Outcome]]] = {}
    for one in after:
        if one.key in earlier:
            pairs.setdefault((one.dataset, one.row), []).append((earlier[one.key], one))
    if len(pairs) > 1:
        pairs[ALL, ALL] = [pair for some in pairs.values() for pair in some]
    return [
        Change(dataset, row, metric, _compared(some, value))
        for (dataset, row), some in pairs.items()
        for metric, value in METRICS.items()
        if metric != "mAP" or any(one.n_relevant > 1 for _, one in some)
    ]


def _compared(
    pairs: list[tuple[Outcome, Outcome]], value: Callable[[Outcome], float]
) -> Comparison:
    return compare([value(old) for old, _ in pairs], [value(new) for _, new in pairs])
