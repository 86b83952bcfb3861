"""A folder of small derived files that may be deleted at any time."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mmsearch.atomic import old_leftovers, write_atomically

logger = logging.getLogger(__name__)

_PRUNE_TO = 0.8
"""Pruning goes below the limit by a fifth, so that it does not run at every write."""


class DiskCache:
    """Bytes by key, written atomically, the least recently used ones pruned. Thread-safe."""

    def __init__(self, folder: Path, *, max_bytes: int, suffix: str) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._suffix = suffix
        self._lock = threading.Lock()
        self._total_bytes: int | None = None

    def get(self, key: str) -> bytes | None:
        """Return what is kept under ``key``, or None."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            os.utime(path)  # the pruning goes by this time
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content``. A full or read-only disk costs speed later, nothing else."""
        try:
            write_atomically(self._path(key), content)
        except OSError as error:
            logger.warning("cannot keep a thumbnail in %s: %s", self._folder, error)
            return
        self._account(len(content))

    def forget(self, key: str) -> None:
        """Drop one entry, e.g. because it turned out to be damaged."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}{self._suffix}"

    def _account(self, n_bytes: int) -> None:
        with self._lock:
            if self._total_bytes is None:
                self._remove_leftovers()
                self._total_bytes = sum(entry.size_bytes for entry in self._entries())
            else:
                self._total_bytes += n_bytes
            if self._total_bytes > self._max_bytes:
                self._total_bytes = self._prune()

    def _remove_leftovers(self) -> None:
        """Delete what killed processes have begun to write."""
        for folder in self._folder.glob("*"):
            for path in old_leftovers(folder):
                path.unlink(missing_ok=True)

    def _prune(self) -> int:
        """Delete the least recently used entries; return the bytes left."""
        total_bytes = 0
        for entry in sorted(self._entries(), key=lambda entry: entry.used_at_s, reverse=True):
            if total_bytes + entry.size_bytes > self._max_bytes * _PRUNE_TO:
                entry.path.unlink(missing_ok=True)
            else:
                total_bytes += entry.size_bytes
        return total_bytes

    def _entries(self) -> Iterator[_Entry]:
        for path in self._folder.glob(f"*/*{self._suffix}"):
            try:
                stat = path.stat()
            except FileNotFoundError:  # another process prunes, too
                continue
            yield _Entry(path, stat.st_size, stat.st_mtime)


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    size_bytes: int
    used_at_s: float
