"""What is free, and what work needs."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from mmsearch.encode.towers import memory
from mmsearch.encode.towers.memory import free_memory_bytes, peak_bytes, physical_memory_bytes


def test_some_of_the_memory_is_free() -> None:
    assert 0 < free_memory_bytes() <= physical_memory_bytes()


def test_a_container_may_have_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(memory, "_GROUP", tmp_path)
    monkeypatch.setattr(memory.sys, "platform", "linux")
    (tmp_path / "meminfo").write_text("MemTotal: 99 kB\nMemAvailable:   50 kB\n")
    assert free_memory_bytes() == 50 * 1024
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "memory.current").write_text("1000\n")
    assert free_memory_bytes() == 50 * 1024
    (tmp_path / "memory.max").write_text("6000\n")
    assert free_memory_bytes() == 5000
    (tmp_path / "memory.max").write_text("600\n")
    assert free_memory_bytes() == 0


def test_where_nobody_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MEMINFO", tmp_path / "gone")
    monkeypatch.setattr(memory, "_GROUP", tmp_path)
    monkeypatch.setattr(memory, "physical_memory_bytes", lambda: 4000)
    monkeypatch.setattr(memory.sys, "platform", "darwin")
    assert free_memory_bytes() == 1000


def test_the_peak_is_what_is_held_at_once() -> None:
    def chain() -> None:
        given = torch.zeros(1000)  # 4,000 bytes
        for _ in range(10):
            given = given + 1  # the next is made before the last is let go of

    assert peak_bytes(torch, chain) == 8000
    assert peak_bytes(torch, lambda: [torch.zeros(1000) for _ in range(10)]) == 40_000
    assert peak_bytes(torch, lambda: None) == 0


def test_it_grows_with_the_batch_as_the_process_does() -> None:
    network = torch.nn.Sequential(
        torch.nn.Linear(10, 100), torch.nn.GELU(), torch.nn.Linear(100, 10)
    )

    def work(n: int) -> int:
        with torch.inference_mode():
            return peak_bytes(torch, lambda: network(torch.zeros(n, 10)))

    assert work(1) == 4 * (10 + 100 + 100), "before the last layer the first was let go of"
    assert work(8) == 8 * work(1)
