"""What bends the sentences that ask for one kind of file: a matrix, moves of words, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mmsearch.adapt.residual import Ints
from mmsearch.adapt.word_residual import WordResidual
from mmsearch.types import F32

NO_TOKENS = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Adapter:
    """At least one of the two."""

    matrix: F32 | None = None
    """(dim, dim): the residual that was learned from names."""
    words: WordResidual | None = None

    def bend(self, vectors: F32, tokens: Sequence[Ints] = ()) -> F32:
        """Sentences, (n, dim), as they are to be compared: (n, dim), unit length.

        tokens: of each sentence; without them words move nothing.
        """
        bent = vectors
        if self.matrix is not None:
            bent = bent + vectors @ self.matrix
        if self.words is not None and len(tokens):
            bent = bent + self.words.all_moved(tokens)
        norms = np.linalg.norm(bent, axis=1, keepdims=True)
        return np.asarray(bent / np.maximum(norms, 1e-12), np.float32)

    def fits(self, dim: int) -> bool:
        """Whether its numbers are of a space of this size, and numbers at all."""
        of_matrix = self.matrix is None or _are_numbers(self.matrix, (dim, dim))
        words = self.words
        return of_matrix and (words is None or _are_numbers(words.moves, (len(words.pieces), dim)))


def _are_numbers(array: F32, shape: tuple[int, int]) -> bool:
    return array.shape == shape and bool(np.isfinite(array).all())
