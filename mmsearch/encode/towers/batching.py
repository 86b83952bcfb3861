"""Finds out how much a machine can encode at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from mmsearch.encode.towers.device import free_bytes
from mmsearch.encode.towers.memory import peak_bytes
from mmsearch.encode.towers.runner import Runner
from mmsearch.errors import ModelError
from mmsearch.types import F32

T = TypeVar("T")

_SHARE_OF_CARD, _SHARE_OF_MEMORY = 0.7, 0.3
"""Of what is free: the memory of a computer is wanted by other programs, too."""
_ON_A_CARD = 8
"""Cards are faster with more at once, processors are not."""
_MUCH_LONGER = 1.25
_SPARE = 1.3
"""What operations need within themselves is not counted."""

_log = logging.getLogger(__name__)


class Batching:
    """Takes as many at once as the memory holds, and fewer when it runs out. Not thread-safe.

    What one item needs is counted at the first, and again for a much longer one.
    """

    def __init__(self, most: int, runner: Runner | None = None) -> None:
        """most: at once on a processor. runner: tells the device; None believes in ``most``."""
        self._runner = runner
        on_a_card = runner is not None and runner.device.type != "cpu"
        self._most = most * (_ON_A_CARD if on_a_card else 1)
        self.size = self._most
        self._counted_for = 0

    def encode(
        self,
        items: Sequence[T],
        encode: Callable[[Sequence[T]], F32],
        dim: int,
        *,
        length: Callable[[T], int] = lambda item: 1,
    ) -> F32:
        """Encode in batches: (n_item, dim) float32.

        length: of an item; those of a length go together, the longest first.
        Raises ModelError when there is not even memory for one.
        """
        order = sorted(range(len(items)), key=lambda place: -length(items[place]))
        vectors = np.empty((len(items), dim), np.float32)
        if len(items) > 1:
            self._fit_memory(items[order[0]], length(items[order[0]]), encode)
        start = 0
        while start < len(order):
            some = order[start : start + self.size]
            try:
                vectors[some] = encode([items[place] for place in some])
            except (MemoryError, RuntimeError) as error:
                self._make_smaller(len(some), error)
                continue
            start += len(some)
        return vectors

    def _fit_memory(self, longest: T, length: int, encode: Callable[[Sequence[T]], F32]) -> None:
        """Count what the longest item needs, unless one like it was counted already."""
        if self._runner is None or length <= _MUCH_LONGER * self._counted_for:
            return
        free = free_bytes(self._runner.device)
        try:
            needed = peak_bytes(self._runner.torch, lambda: encode([longest]))
        except (MemoryError, RuntimeError) as error:
            self._make_smaller(1, error)
        self._counted_for = length
        if free and needed:
            share = _SHARE_OF_MEMORY if self._runner.device.type == "cpu" else _SHARE_OF_CARD
            fitting = int(share * free / (_SPARE * needed))
            self.size = max(1, min(self.size, self._most, fitting))
            _log.info("%d bytes each, %d free: %d at once", needed, free, self.size)

    def _make_smaller(self, n_failed: int, error: MemoryError | RuntimeError) -> None:
        if not _is_out_of_memory(error):
            raise error
        if n_failed == 1:
            message = "The memory of this computer is not enough for this model."
            raise ModelError(message, "Choose a smaller model.") from error
        self.size = n_failed // 2
        if self._runner is not None and self._runner.device.type == "cuda":
            self._runner.torch.cuda.empty_cache()


def _is_out_of_memory(error: Exception) -> bool:
    """Torch has a class of its own for cards, and for processors only a sentence."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    text = str(error)
    return "out of memory" in text or "can't allocate memory" in text
