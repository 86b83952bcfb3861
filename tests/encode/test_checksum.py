"""The remembered digests never outlive the content they belong to."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from mmsearch.encode import checksum
from mmsearch.encode.checksum import sha256_of_file
from mmsearch.settings import cache_path


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_unchanged_file_is_hashed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"one")
    assert sha256_of_file(path) == digest(b"one")
    monkeypatch.setattr(checksum.hashlib, "file_digest", None)  # a second hashing would fail
    assert sha256_of_file(path) == digest(b"one")


def test_changed_file_is_hashed_again_even_with_its_old_time(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"one")
    times = path.stat()
    sha256_of_file(path)
    path.write_bytes(b"two")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert sha256_of_file(path) == digest(b"two")


@pytest.mark.parametrize("memory", [b"", b"[]", b"{", b'{"x": 3}', b"\xff"])
def test_damaged_memory_is_no_memory(tmp_path: Path, memory: bytes) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"one")
    cache_path().mkdir(parents=True, exist_ok=True)
    (cache_path() / "checksums.json").write_bytes(memory)
    assert sha256_of_file(path) == digest(b"one")


def test_files_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    for name in ("first", "second"):
        path = tmp_path / name
        path.write_bytes(name.encode())
        sha256_of_file(path)
        (tmp_path / "first").unlink(missing_ok=True)
    assert "first" not in (cache_path() / "checksums.json").read_text()
