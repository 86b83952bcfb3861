"""Checks the sha256 of large files, and remembers which ones it has seen unchanged.

Hashing 90 MB at every start would cost more than opening the model. So the file's stamp (size,
times, inode) is kept with the digest that was found; any change of the stamp means hashing
again. Losing the memory costs time, never safety.
"""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

from mmsearch.atomic import write_atomically
from mmsearch.settings import cache_path

_lock = threading.Lock()


def sha256_of_file(path: Path) -> str:
    """Return the hex digest, from memory when the file has not changed since. Raises OSError."""
    stamp = _stamp(path)
    with _lock:
        known = _remembered().get(str(path))
    if isinstance(known, list) and known[:-1] == stamp:
        return str(known[-1])
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if _stamp(path) == stamp:  # else it is being written at this moment
        _remember(path, [*stamp, digest])
    return digest


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _memory_path() -> Path:
    return cache_path() / "checksums.json"


def _remembered() -> dict[str, object]:
    try:
        memory = json.loads(_memory_path().read_bytes())
    except (OSError, ValueError):
        return {}
    return memory if isinstance(memory, dict) else {}


def _remember(path: Path, entry: list[object]) -> None:
    """Add one entry and drop those of files that are gone; an unwritable cache is no matter."""
    with _lock:
        memory = {name: known for name, known in _remembered().items() if Path(name).exists()}
        memory[str(path)] = entry
        try:
            write_atomically(_memory_path(), json.dumps(memory, indent=1).encode())
        except OSError:
            return  # graph_cache warns about the folder; here it only costs time
