"""Writes a file so that nobody ever sees half of it."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

LEFTOVER = ".new-"
"""How a file is called until it is whole; a kill can leave one behind."""
_LEFT_FOR_S = 60


def write_atomically(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write beside the target, then rename over it. Raises OSError; leaves no rest behind.

    durable: also see to it that a power cut leaves the old or the new content, which takes
    some milliseconds; for what cannot be made again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=LEFTOVER)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Have the content of a file on the disk when this returns. Raises OSError."""
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk when this returns. Raises OSError."""
    if os.name == "posix":  # elsewhere a folder cannot be opened, and its journal does it
        sync_file(path)


def old_leftovers(folder: Path) -> list[Path]:
    """What killed writers left in a folder.

    What is younger than a minute does not count: another process may be writing it now.
    """
    found = []
    for path in folder.glob(f"{LEFTOVER}*"):
        try:
            if abs(time.time() - path.stat().st_mtime) > _LEFT_FOR_S:
                found.append(path)
        except FileNotFoundError:
            continue  # its writer has finished
    return found
