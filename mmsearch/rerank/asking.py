"""What the searches under a budget of calls have in common: whom to ask next, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mmsearch.rerank.budget import Ints, Score
from mmsearch.types import F32


@dataclass(slots=True, eq=False)
class Asked:
    """The items that a slow scorer has judged, in the order in which they were asked for."""

    n_item: int
    score: Score
    rows: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    scores: F32 = field(default_factory=lambda: np.empty(0, np.float32))
    silent: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """Items that the scorer had nothing to say of, or no time."""

    def ask(self, guess: F32, n_call: int) -> None:
        """Ask for the ``n_call`` items that a guess (n_item,) puts first among those not asked."""
        guess = guess.astype(np.float64)
        guess[self.rows] = guess[self.silent] = -np.inf
        n_call = min(n_call, self.n_item - len(self.rows) - len(self.silent))
        if n_call > 0:
            best = np.argpartition(-guess, n_call - 1)[:n_call]
            best = best[np.argsort(-guess[best], kind="stable")]
            scores = self.score(best)
            told = np.isfinite(scores)
            self.rows = np.concatenate([self.rows, best[told]])
            self.scores = np.concatenate([self.scores, scores[told]]).astype(np.float32)
            self.silent = np.concatenate([self.silent, best[~told]])

    def ranked(self) -> tuple[Ints, F32]:
        """All items that were asked for, best first, and their scores: both (n_asked,)."""
        order = np.argsort(-self.scores, kind="stable")
        return self.rows[order], self.scores[order]


def shares(budget: int, n_round: int) -> list[int]:
    """The calls of each round: equal, what is left over goes to the first."""
    n_round = max(1, min(n_round, budget))
    return [budget // n_round + (place < budget % n_round) for place in range(n_round)]
