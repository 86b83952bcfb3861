"""The library behind the window: opened, changed and indexed beside it, and looked after."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from mmsearch.errors import UserError
from mmsearch.gui.door import LibraryDoor, OpenLibrary
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane
from mmsearch.gui.library_work import (
    Add,
    Change,
    Contents,
    Follow,
    Index,
    Look,
    Open,
    Read,
    Remove,
    Seen,
    UseSettings,
    Wishes,
)
from mmsearch.settings import Settings
from mmsearch.types import IndexReport

__all__ = ["Contents", "Indexing", "LibrarySession", "Wishes"]

LOOK_EVERY_MS = 1_000
"""How often it looks for what other processes do to the library."""
_READING_SHARE = 20
"""Reading anew takes at most this part of the time."""


class Indexing(Enum):
    """What the indexing does."""

    IDLE = auto()
    RUNNING = auto()
    PAUSED = auto()


class LibrarySession(QObject):
    """Opens the library, adds and removes folders, indexes, and says how it stands.

    A pause ends the run, and going on starts a new one: what is done is recognised by its stamp,
    nothing is held in memory meanwhile, and the pause outlives the program. In the same way a
    running indexing gives way to adding or removing a folder. What others write is read, and
    their runs are followed like its own.
    """

    opened = Signal(object)
    open_failed = Signal(object)
    contents_changed = Signal(object)
    progressed = Signal(object)
    indexing_changed = Signal(object)
    indexed = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, open_library: OpenLibrary, parent: QObject | None = None):
        super().__init__(parent)
        self._jobs = jobs
        self._open_library = open_library
        self._library: LibraryDoor | None = None
        self._shelf: list[LibraryDoor] = []
        self._run: JobHandle | None = None
        self._indexing = Indexing.IDLE
        self._again = False
        self._n_changes = 0
        self._n_runs = 0
        self._wishes = Wishes()
        """Of the next run."""
        self._looking: JobHandle | None = None
        self._generation: int | None = None
        self._rest_until_s = 0.0
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def library(self) -> LibraryDoor | None:
        """The library, once it is open."""
        return self._library

    @property
    def indexing(self) -> Indexing:
        """What the indexing does."""
        return self._indexing

    def open(self) -> None:
        """Open the library in the background."""
        work = Open(self._open_library, self._shelf)
        self._jobs.start(Lane.LIBRARY, Job(work, self._on_opened, self.open_failed.emit))

    def use_models(self, settings: Settings) -> None:
        """Encode with the models that the settings name, and begin at once."""
        self._change(UseSettings(settings))

    def add(self, folders: Sequence[Path]) -> None:
        """Add folders and index them."""
        self._change(Add(tuple(folders)))

    def remove(self, folder: Path) -> None:
        """Forget a folder."""
        self._change(Remove(folder))

    def start_indexing(self, wishes: Wishes | None = None) -> None:
        """Index what is new or changed; when that is under way, once more after it."""
        self._wishes |= wishes or Wishes()
        if self._library is None or self._run is not None:
            self._again = self._run is not None
            return
        work = Index(self._library, self._wishes)
        self._wishes = Wishes()
        job = Job(work, self._on_indexed, self._on_failed, self.progressed.emit)
        self._run = self._jobs.start(Lane.LIBRARY, job)
        self._n_runs += 1
        self._set_indexing(Indexing.RUNNING)

    def pause(self) -> None:
        """End the run and remember that there is more to do."""
        if self._run is not None:
            self._again = False
            self._run.stop()
            self._set_indexing(Indexing.PAUSED)

    def show_paused(self) -> None:
        """Begin paused, because the last run of the program ended so."""
        if self._run is None:
            self._set_indexing(Indexing.PAUSED)

    def resume(self) -> None:
        """Go on after a pause."""
        self.start_indexing()
        self._set_indexing(Indexing.RUNNING)

    def stop(self) -> None:
        """End the run."""
        self._again = False
        if self._run is not None:
            self._run.stop()
        self._set_indexing(Indexing.IDLE)

    def refresh(self) -> None:
        """Read counts and errors anew."""
        if self._library is not None:
            work, show = Read(self._library), partial(self._on_read, self._n_changes)
            self._jobs.start(Lane.SEARCH, Job(work, show, self.failed.emit))

    def tell(self, change: Callable[[LibraryDoor], None]) -> None:
        """Change what the library remembers, beside a running indexing."""
        if self._library is not None:
            work = Change(self._library, change)
            self._jobs.start(Lane.SEARCH, Job(work, self.contents_changed.emit, self.failed.emit))

    def look(self) -> None:
        """Look for what others do, unless the last look still waits."""
        if self._library is not None and self._looking is None:
            seen = partial(self._on_look, self._n_runs)
            job = Job(Look(self._library), seen, self._on_look_failed)
            self._looking = self._jobs.start(Lane.DISK, job)

    def leave(self) -> None:
        """Follow no run any more. Call before Jobs.close(), which would stop it."""
        self._timer.stop()
        for library in self._shelf:
            library.leave_indexing()

    def close(self) -> None:
        """Let go of the library. Call after Jobs.close(), when no thread uses it any more."""
        self._timer.stop()
        self._library = None
        while self._shelf:
            self._shelf.pop().close()

    def _change(self, change: Callable[[LibraryDoor], None]) -> None:
        if self._library is None:
            return
        if self._run is not None:
            self._run.stop()
            self._again = True
        job = Job(Change(self._library, change), self._on_changed, self._on_change_failed)
        self._jobs.start(Lane.LIBRARY, job)

    def _on_opened(self, library: LibraryDoor) -> None:
        self._library = library
        self.opened.emit(library)
        self.refresh()
        self._timer.start()

    def _on_look(self, n_runs: int, seen: Seen) -> None:
        self._looking = None
        if seen.generation != self._generation and time.monotonic() > self._rest_until_s:
            is_news = self._generation is not None and self._run is None
            self._generation = seen.generation
            if is_news:
                self.refresh()
        # What was seen before a run began may come when it has ended.
        is_old = n_runs != self._n_runs
        if is_old or self._run is not None or self._indexing is not Indexing.IDLE:
            return
        if seen.is_indexed:
            self._follow()
        elif seen.is_abandoned:
            self.start_indexing()

    def _on_look_failed(self, error: UserError) -> None:
        self._looking = None  # whoever asks for more is told why it fails

    def _follow(self) -> None:
        """A run that somebody else has begun is shown, and can be stopped, like an own one."""
        if self._library is not None:
            work = Follow(self._library)
            job = Job(work, self._on_followed, self._on_failed, self.progressed.emit)
            self._run = self._jobs.start(Lane.LIBRARY, job)
            self._n_runs += 1
            self._set_indexing(Indexing.RUNNING)

    def _on_followed(self, report: IndexReport) -> None:
        if report.n_indexed or report.n_reused or report.n_removed or report.missing or self._again:
            self._on_indexed(report)
            return
        self._run = None
        self.refresh()
        if self._indexing is not Indexing.PAUSED:
            self._set_indexing(Indexing.IDLE)

    def _on_read(self, n_changes: int, contents: Contents) -> None:
        self._rest_until_s = time.monotonic() + _READING_SHARE * contents.took_s
        # What was read before a change may come after it, from another thread.
        if n_changes == self._n_changes:
            self.contents_changed.emit(contents)

    def _on_changed(self, contents: Contents) -> None:
        self._n_changes += 1
        self.contents_changed.emit(contents)
        if self._run is None:
            self._again = False
            self.start_indexing()

    def _on_change_failed(self, error: UserError) -> None:
        self.failed.emit(error)
        if self._again and self._run is None:
            self._again = False
            self.start_indexing()

    def _on_indexed(self, report: IndexReport) -> None:
        self._run = None
        self.refresh()
        if self._again:
            self._again = False
            self.start_indexing()
        elif self._indexing is not Indexing.PAUSED:
            self._set_indexing(Indexing.IDLE)
            self.indexed.emit(report)

    def _on_failed(self, error: UserError) -> None:
        self._run = None
        self._again = False
        self._set_indexing(Indexing.IDLE)
        self.refresh()
        self.failed.emit(error)

    def _set_indexing(self, indexing: Indexing) -> None:
        if indexing is not self._indexing:
            self._indexing = indexing
            self.indexing_changed.emit(indexing)
