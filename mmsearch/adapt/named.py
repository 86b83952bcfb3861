"""What there is to learn from: named files, and what a reranker says about some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmsearch.adapt.residual import Ints, Pairs
from mmsearch.adapt.word_residual import LEAST_PICTURES, Teacher

Way = Literal["names", "words", "both"]
"""Learned from names, from what a reranker sees for words, or from both."""
WAYS: tuple[Way, ...] = ("names", "words", "both")


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """Sentences and what they name, all of one kind."""

    pairs: Pairs
    tokens: tuple[Ints, ...] = ()
    """Of each sentence; none where nobody can cut sentences into tokens."""
    teacher: Teacher | None = None

    @property
    def ways(self) -> tuple[Way, ...]:
        """What can be tried."""
        if self.teacher is None or self.teacher.n_read < LEAST_PICTURES:
            return ("names",)
        return WAYS

    def without(self, items: NDArray[np.bool_]) -> Named:
        """Without some of the items, (n_item,) bool, and the sentences that name only them."""
        pairs = self.pairs.part(~items)
        teacher = None if self.teacher is None else self.teacher.without(items)
        return Named(pairs, (), teacher)
