"""Batches that fit the memory there is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from mmsearch.encode.towers.batching import Batching
from mmsearch.errors import ModelError
from mmsearch.types import F32


class Machine:
    """Encodes numbers as they are, and has room for so many at once."""

    def __init__(self, room: int, error: Exception) -> None:
        self._room, self._error = room, error
        self.sizes: list[int] = []

    def __call__(self, items: Sequence[int]) -> F32:
        self.sizes.append(len(items))
        if len(items) > self._room:
            raise self._error
        return np.array(items, np.float32)[:, None]


@pytest.mark.parametrize(
    "error",
    [MemoryError(), RuntimeError("CUDA out of memory."), RuntimeError("can't allocate memory")],
)
def test_it_finds_a_size_and_stays_there(error: Exception) -> None:
    machine, batching = Machine(5, error), Batching(16)
    found = batching.encode(list(range(20)), machine, 1)
    assert found.ravel().tolist() == list(range(20))
    assert machine.sizes == [16, 8, 4, 4, 4, 4, 4]
    machine.sizes.clear()
    batching.encode(list(range(8)), machine, 1)
    assert machine.sizes == [4, 4]


def test_no_room_for_one() -> None:
    with pytest.raises(ModelError, match="memory of this computer is not enough"):
        Batching(4).encode([1, 2], Machine(0, MemoryError()), 1)


def test_other_errors_are_bugs() -> None:
    with pytest.raises(RuntimeError, match="shapes"):
        Batching(4).encode([1, 2], Machine(0, RuntimeError("shapes do not fit")), 1)


def test_nothing() -> None:
    assert Batching(4).encode([], Machine(0, MemoryError()), 3).shape == (0, 3)
