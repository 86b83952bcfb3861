"""Is one run really better than another, or was it chance?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_N_FLIPS = 10_000


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the same queries."""

    n_queries: int
    mean_before: float
    mean_after: float
    n_better: int
    n_worse: int
    p_value: float
    """How often chance alone would give a difference at least as large."""


def compare(before: Sequence[float], after: Sequence[float], *, seed: int = 0) -> Comparison:
    """Paired randomisation test (Fisher) on one value a query, two-sided.

    Under the null hypothesis the two runs are interchangeable, so the sign of each query's
    difference is a coin flip; p is the share of flips, of ten thousand, that move the mean at
    least as far. Raises ValueError when the runs do not have the same queries.
    """
    if len(before) != len(after) or not len(before):
        raise ValueError(f"{len(before)} and {len(after)} values are no pairs")
    difference = np.asarray(after, float) - np.asarray(before, float)
    # What has not changed stays the same under any flip.
    changed = difference[difference != 0]
    generator = np.random.default_rng(seed)
    n_as_far = 0
    for _ in range(0, _N_FLIPS, 1000):
        signs = generator.integers(0, 2, size=(1000, len(changed))) * 2 - 1
        n_as_far += int((np.abs(signs @ changed) >= abs(changed.sum()) - 1e-9).sum())
    return Comparison(
        n_queries=len(difference),
        mean_before=float(np.mean(before)),
        mean_after=float(np.mean(after)),
        n_better=int((difference > 0).sum()),
        n_worse=int((difference < 0).sum()),
        p_value=(n_as_far + 1) / (_N_FLIPS + 1),
    )
