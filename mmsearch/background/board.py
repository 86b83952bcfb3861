"""The board: one small file in which an indexing process says what it does."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from mmsearch.atomic import write_atomically
from mmsearch.errors import LibraryError, UserError
from mmsearch.types import IndexReport, MissingFiles, Progress

_PATIENCE_S = 1.0
"""Somebody who only looks whether the lock is held holds it for a moment, too."""


class Phase(StrEnum):
    """What an indexing process does."""

    STARTING = "starting"
    RUNNING = "running"
    RESTING = "resting"
    WATCHING = "watching"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is written on the board."""

    pid: int = 0
    since_s: float = 0.0
    """When the process began, in seconds since 1970."""
    phase: Phase = Phase.STARTING
    n_runs: int = 0
    """How many runs have ended."""
    heeded: tuple[str, ...] = ()
    """The names of the last wishes that were fulfilled."""
    progress: Progress | None = None
    """Of the run that goes on."""
    report: IndexReport | None = None
    """Of the last run, unless it failed."""
    error: tuple[str, str] | None = None
    """Why the last run failed: message and hint."""
    unwatched: tuple[str, ...] = ()
    """Folders whose changes are found by looking now and then only."""

    def result(self, otherwise: IndexReport) -> IndexReport:
        """The report of the last run, if one has ended; raises UserError when it failed."""
        if self.error is not None:
            raise UserError(*self.error)
        return self.report or otherwise


@dataclass(slots=True)
class Board:
    """The board of a library, as the process that writes on it holds it."""

    library: Path
    notice: Notice = field(default_factory=Notice)
    _lock: FileLock = field(init=False)

    def __post_init__(self) -> None:
        self._lock = FileLock(indexer_folder(self.library) / "running.lock", thread_local=False)

    def take(self) -> bool:
        """Become the one who writes on it; False when another process is."""
        try:
            indexer_folder(self.library).mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=_PATIENCE_S, poll_interval=0.05)
        except Timeout:
            return False
        except OSError as error:
            raise LibraryError(
                f"The library {self.library} cannot be written: {error.strerror}."
            ) from error
        self.notice = Notice(os.getpid(), time.time())
        self.write()
        return True

    def write(self) -> None:
        """Show the notice as it is now; one that cannot be shown is no reason to end the work."""
        text = json.dumps(asdict(self.notice))
        try:
            write_atomically(_path(self.library), text.encode())
        except OSError:
            return

    def release(self) -> None:
        """Let others write on it."""
        self._lock.release()


def indexer_folder(library: Path) -> Path:
    """Where everything lies that passes between an indexing process and others."""
    return library / "indexer"


def read_notice(library: Path) -> Notice | None:
    """What was written last, whether or not its writer still lives."""
    try:
        return _notice(json.loads(_path(library).read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None  # never written, or by another version


def is_held(library: Path) -> bool:
    """Whether a process that writes on the board lives."""
    if not _path(library).exists():
        return False
    lock = FileLock(indexer_folder(library) / "running.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _path(library: Path) -> Path:
    return indexer_folder(library) / "board.json"


def _notice(read: Mapping[str, Any]) -> Notice:
    given = {one.name: read[one.name] for one in fields(Notice)}
    given["phase"] = Phase(given["phase"])
    given["unwatched"] = tuple(given["unwatched"])
    given["heeded"] = tuple(given["heeded"])
    if given["error"] is not None:
        given["error"] = tuple(given["error"])
    if given["progress"] is not None:
        waiting = tuple((str(root), int(n)) for root, n in given["progress"].pop("waiting"))
        given["progress"] = Progress(**given["progress"], waiting=waiting)
    if given["report"] is not None:
        report = given["report"]
        report["notes"] = tuple(report["notes"])
        report["missing"] = tuple(MissingFiles(**one) for one in report["missing"])
        given["report"] = IndexReport(**report)
    return Notice(**given)
