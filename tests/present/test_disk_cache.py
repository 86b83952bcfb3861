"""The disk cache keeps, replaces, prunes, and never fails the caller."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mmsearch.present.disk_cache import DiskCache


def cache_in(folder: Path, max_bytes: int = 1000) -> DiskCache:
    return DiskCache(folder / "cache", max_bytes=max_bytes, suffix=".bin")


def files_in(folder: Path) -> list[Path]:
    return [path for path in (folder / "cache").rglob("*") if path.is_file()]


def test_what_was_put_is_found_again_by_another_cache(tmp_path: Path) -> None:
    cache_in(tmp_path).put("a|1", b"one")
    assert cache_in(tmp_path).get("a|1") == b"one"
    assert cache_in(tmp_path).get("a|2") is None


def test_a_key_may_hold_anything(tmp_path: Path) -> None:
    cache = cache_in(tmp_path)
    key = "../../outside/\0 name ü" + "x" * 5000
    cache.put(key, b"inside")
    assert cache.get(key) == b"inside"
    assert len(files_in(tmp_path)) == 1


def test_the_newer_content_wins(tmp_path: Path) -> None:
    cache = cache_in(tmp_path)
    cache.put("a", b"old")
    cache.put("a", b"new")
    assert cache.get("a") == b"new"


def test_forgotten_is_gone_and_may_be_forgotten_twice(tmp_path: Path) -> None:
    cache = cache_in(tmp_path)
    cache.put("a", b"old")
    cache.forget("a")
    cache.forget("a")
    assert cache.get("a") is None


def test_pruning_drops_what_was_used_longest_ago(tmp_path: Path) -> None:
    cache = cache_in(tmp_path, max_bytes=1000)
    for place in range(9):
        cache.put(f"k{place}", bytes(100))
        (newest,) = set(files_in(tmp_path)) - {path for path in files_in(tmp_path) if is_aged(path)}
        os.utime(newest, (1000 + place, 1000 + place))
    assert cache.get("k0") is not None
    for place in range(9, 12):
        cache.put(f"k{place}", bytes(100))
    assert sum(path.stat().st_size for path in files_in(tmp_path)) <= 1000
    assert cache.get("k11") is not None, "the newest must stay"
    assert cache.get("k0") is not None, "reading counts as use"
    assert cache.get("k1") is None, "this one was used longest ago"


def is_aged(path: Path) -> bool:
    return path.stat().st_mtime < 10_000


def test_what_lay_there_before_counts(tmp_path: Path) -> None:
    first = cache_in(tmp_path, max_bytes=10_000)
    for place in range(20):
        first.put(f"k{place}", bytes(100))
    cache_in(tmp_path, max_bytes=500).put("new", bytes(100))
    assert sum(path.stat().st_size for path in files_in(tmp_path)) <= 500


def test_a_folder_that_cannot_be_written_costs_only_speed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = cache_in(tmp_path)
    cache.put("a", b"one")
    assert cache.get("a") is None
    assert "cannot keep a thumbnail" in caplog.text


def test_no_half_written_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = cache_in(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    cache.put("a", b"one")
    assert files_in(tmp_path) == []


def test_many_threads_may_use_it_together(tmp_path: Path) -> None:
    cache = cache_in(tmp_path, max_bytes=3000)

    def work(number: int) -> None:
        for place in range(40):
            cache.put(f"{number}-{place}", bytes(100))
            cache.get(f"{number}-{place}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sum(path.stat().st_size for path in files_in(tmp_path)) <= 3000


def test_what_a_killed_process_began_to_write_goes(tmp_path: Path) -> None:
    cache_in(tmp_path).put("a", b"one")
    home = next((tmp_path / "cache").iterdir())
    (home / ".new-old").write_bytes(b"half")
    os.utime(home / ".new-old", (0, 0))
    (home / ".new-young").write_bytes(b"being written")

    cache_in(tmp_path).put("b", b"two")

    assert {path.name for path in home.glob(".new-*")} == {".new-young"}
    assert cache_in(tmp_path).get("a") == b"one"
