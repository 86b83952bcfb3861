"""Finds out how much a machine can encode at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from mmsearch.errors import ModelError
from mmsearch.types import F32

T = TypeVar("T")


class Batching:
    """Halves its batches whenever memory runs out, and stays there. Not thread-safe."""

    def __init__(self, most: int) -> None:
        self.size = most

    def encode(self, items: Sequence[T], encode: Callable[[Sequence[T]], F32], dim: int) -> F32:
        """Encode in batches: (n_item, dim) float32.

        Raises ModelError when there is not even memory for one.
        """
        vectors = np.empty((len(items), dim), np.float32)
        start = 0
        while start < len(items):
            some = items[start : start + self.size]
            try:
                vectors[start : start + len(some)] = encode(some)
            except (MemoryError, RuntimeError) as error:
                self._make_smaller(len(some), error)
                continue
            start += len(some)
        return vectors

    def _make_smaller(self, n_failed: int, error: MemoryError | RuntimeError) -> None:
        if not _is_out_of_memory(error):
            raise error
        if n_failed == 1:
            message = "The memory of this computer is not enough for this model."
            raise ModelError(message, "Choose a smaller model.") from error
        self.size = n_failed // 2


def _is_out_of_memory(error: Exception) -> bool:
    """Torch has a class of its own for cards, and for processors only a sentence."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    text = str(error)
    return "out of memory" in text or "can't allocate memory" in text
