"""Batches that fit the memory there is."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from mmsearch.encode.towers import batching as batching_module
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


def runner_on(kind: str) -> SimpleNamespace:
    return SimpleNamespace(device=SimpleNamespace(type=kind), torch=torch)


@pytest.mark.parametrize(
    ("kind", "free", "needed", "size"),
    [
        ("cpu", 1300 * 100, 100, 16),  # more than anybody wants at once
        ("cpu", 1300 * 10, 1000, 3),
        ("cpu", 1300, 10**6, 1),
        ("cpu", 0, 100, 16),  # nobody says what is free
        ("cpu", 1300, 0, 16),  # a graph, whose memory nobody sees
        ("cuda", 1300 * 100, 1000, 70),
        ("cuda", 10**9, 100, 128),
    ],
)
def test_as_many_at_once_as_the_memory_holds(
    kind: str, free: int, needed: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching_module, "free_bytes", lambda device: free)
    monkeypatch.setattr(batching_module, "peak_bytes", lambda torch, work: needed)
    batching = Batching(16, runner_on(kind))  # type: ignore[arg-type]
    found = batching.encode(list(range(40)), Machine(1000, MemoryError()), 1)
    assert found.ravel().tolist() == list(range(40))
    assert batching.size == size


def test_a_card_that_runs_out_gets_half(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is believed to fit and does not, because another program took the memory."""
    cleared: list[bool] = []
    monkeypatch.setattr(batching_module, "free_bytes", lambda device: 10**9)
    monkeypatch.setattr(batching_module, "peak_bytes", lambda torch, work: 1)
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: cleared.append(True))
    batching = Batching(4, runner_on("cuda"))  # type: ignore[arg-type]
    machine = Machine(8, torch.cuda.OutOfMemoryError("CUDA out of memory"))
    assert batching.encode(list(range(40)), machine, 1).ravel().tolist() == list(range(40))
    assert machine.sizes == [32, 16, 8, 8, 8, 8, 8]
    assert len(cleared) == 2


def test_the_longest_go_first_and_a_much_longer_one_is_counted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: list[int] = []
    seen: list[list[str]] = []

    def encode(texts: Sequence[str]) -> F32:
        seen.append(list(texts))
        return np.array([len(text) for text in texts], np.float32)[:, None]

    def peak(torch: object, work: object) -> int:
        work()  # type: ignore[operator]
        counted.append(len(seen.pop()[0]))
        return 10 * counted[-1]

    monkeypatch.setattr(batching_module, "free_bytes", lambda device: 1300)
    monkeypatch.setattr(batching_module, "peak_bytes", peak)
    batching = Batching(16, runner_on("cpu"))  # type: ignore[arg-type]
    found = batching.encode(["a", "abcdef", "abc"], encode, 1, length=len)
    assert found.ravel().tolist() == [1, 6, 3], "in the order that they were given in"
    assert seen == [["abcdef", "abc", "a"]]
    batching.encode(["abc", "abcdefg"], encode, 1, length=len)
    assert counted == [6], "a little longer is alike"
    batching.encode(["a" * 30, "b"], encode, 1, length=len)
    assert counted == [6, 30]
    assert batching.size == 1


def test_a_real_model_finds_room(monkeypatch: pytest.MonkeyPatch) -> None:
    from mmsearch.encode.towers.runner import Runner

    network = torch.nn.Linear(1000, 1000).eval()
    runner = Runner("cpu")
    batching = Batching(64, runner)
    monkeypatch.setattr(batching_module, "free_bytes", lambda device: 1_000_000)

    def encode(rows: Sequence[F32]) -> F32:
        given = runner.tensors({"rows": np.stack(rows)})["rows"]
        return runner.run(lambda: network(given))

    items = list(np.random.default_rng(0).standard_normal((100, 1000)).astype(np.float32))
    found = batching.encode(items, encode, 1000)
    assert 10 < batching.size < 64
    with torch.inference_mode():
        expected = network(torch.from_numpy(np.stack(items))).numpy()
    np.testing.assert_allclose(found, expected, atol=1e-4)
