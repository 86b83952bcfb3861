"""Who looks on: while a window does, its indexing process watches the folders after a run.

Each window holds a lock of its own, which the system takes from it when it ends, however it ends.
"""

from __future__ import annotations

import uuid
from pathlib import Path

from filelock import FileLock, Timeout

from mmsearch.background.board import indexer_folder
from mmsearch.errors import LibraryError


class Attendance:
    """The presence of one window. Taken when made; given up by ``end``."""

    def __init__(self, library: Path) -> None:
        folder = _folder(library)
        path = folder / f"{uuid.uuid4().hex}.lock"
        self._lock = FileLock(path, thread_local=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except OSError as error:
            message = f"The library {library} cannot be written: {error.strerror}."
            raise LibraryError(message) from error
        self._path = path

    def end(self) -> None:
        """Look on no more."""
        self._lock.release()
        self._path.unlink(missing_ok=True)


def somebody_attends(library: Path) -> bool:
    """Whether any window is there; what dead ones left is cleared away."""
    held = [_is_held(path) for path in sorted(_folder(library).glob("*.lock"))]
    return any(held)


def _is_held(path: Path) -> bool:
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    path.unlink(missing_ok=True)
    return False


def _folder(library: Path) -> Path:
    return indexer_folder(library) / "windows"
