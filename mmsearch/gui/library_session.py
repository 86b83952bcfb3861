"""The library behind the window: opened beside it, changed and indexed by one thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mmsearch.errors import UserError
from mmsearch.gui.door import LibraryDoor, OpenLibrary
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.types import FailedFile, IndexReport, LibraryStatus


class Indexing(Enum):
    """What the indexing does."""

    IDLE = auto()
    RUNNING = auto()
    PAUSED = auto()


@dataclass(frozen=True, slots=True)
class Contents:
    """What the library holds, read together."""

    status: LibraryStatus
    errors: tuple[FailedFile, ...]
    ignored: tuple[FailedFile, ...] = ()
    """Unreadable files that nobody wants to hear of."""
    took_s: float = field(default=0.0, compare=False)
    """How long the reading took; whoever repeats it may take that into account."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a run is asked to do beside looking for what is new or changed."""

    retry_all: bool = False
    retry: frozenset[Path] = frozenset()
    forget: frozenset[Path] = frozenset()

    def __or__(self, other: Wishes) -> Wishes:
        """Both together."""
        return Wishes(
            self.retry_all or other.retry_all,
            self.retry | other.retry,
            self.forget | other.forget,
        )


class LibrarySession(QObject):
    """Opens the library, adds and removes folders, indexes, and says how it stands.

    A pause ends the run, and going on starts a new one: what is done is recognised by its stamp,
    nothing is held in memory meanwhile, and the pause outlives the program. In the same way a
    running indexing gives way to adding or removing a folder.
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
        self._wishes = Wishes()
        """Of the next run."""

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
        work = _Open(self._open_library, self._shelf)
        self._jobs.start(Lane.LIBRARY, Job(work, self._on_opened, self.open_failed.emit))

    def add(self, folders: Sequence[Path]) -> None:
        """Add folders and index them."""
        self._change(_Add(tuple(folders)))

    def remove(self, folder: Path) -> None:
        """Forget a folder."""
        self._change(_Remove(folder))

    def start_indexing(self, wishes: Wishes | None = None) -> None:
        """Index what is new or changed; when that is under way, once more after it."""
        self._wishes |= wishes or Wishes()
        if self._library is None or self._run is not None:
            self._again = self._run is not None
            return
        work = _Index(self._library, self._wishes)
        self._wishes = Wishes()
        job = Job(work, self._on_indexed, self._on_failed, self.progressed.emit)
        self._run = self._jobs.start(Lane.LIBRARY, job)
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
            work, show = _Read(self._library), partial(self._on_read, self._n_changes)
            self._jobs.start(Lane.SEARCH, Job(work, show, self.failed.emit))

    def tell(self, change: Callable[[LibraryDoor], None]) -> None:
        """Change what the library remembers, beside a running indexing."""
        if self._library is not None:
            work = _Change(self._library, change)
            self._jobs.start(Lane.SEARCH, Job(work, self.contents_changed.emit, self.failed.emit))

    def close(self) -> None:
        """Let go of the library. Call after Jobs.close(), when no thread uses it any more."""
        self._library = None
        while self._shelf:
            self._shelf.pop().close()

    def _change(self, change: Callable[[LibraryDoor], None]) -> None:
        if self._library is None:
            return
        if self._run is not None:
            self._run.stop()
            self._again = True
        job = Job(_Change(self._library, change), self._on_changed, self._on_change_failed)
        self._jobs.start(Lane.LIBRARY, job)

    def _on_opened(self, library: LibraryDoor) -> None:
        self._library = library
        self.opened.emit(library)
        self.refresh()

    def _on_read(self, n_changes: int, contents: Contents) -> None:
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


# The work itself, without any QObject ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Open:
    open_library: OpenLibrary
    shelf: list[LibraryDoor]
    """Where close() finds a library that was opened but not delivered any more."""

    def __call__(self, task: Task) -> LibraryDoor:
        library = self.open_library()
        self.shelf.append(library)
        return library


@dataclass(frozen=True, slots=True)
class _Add:
    folders: tuple[Path, ...]

    def __call__(self, library: LibraryDoor) -> None:
        library.add(*self.folders)


@dataclass(frozen=True, slots=True)
class _Remove:
    folder: Path

    def __call__(self, library: LibraryDoor) -> None:
        library.remove(self.folder)


@dataclass(frozen=True, slots=True)
class _Change:
    library: LibraryDoor
    change: Callable[[LibraryDoor], None]

    def __call__(self, task: Task) -> Contents:
        self.change(self.library)
        return _read(self.library)


@dataclass(frozen=True, slots=True)
class _Read:
    library: LibraryDoor

    def __call__(self, task: Task) -> Contents:
        return _read(self.library)


@dataclass(frozen=True, slots=True)
class _Index:
    library: LibraryDoor
    wishes: Wishes

    def __call__(self, task: Task) -> IndexReport:
        wishes = self.wishes
        steps = self.library.indexing(
            stop=task.stopped,
            retry_failed=wishes.retry_all or wishes.retry,
            forget_missing=wishes.forget,
        )
        while True:
            try:
                task.report(next(steps))
            except StopIteration as end:
                report: IndexReport = end.value
                return report


def _read(library: LibraryDoor) -> Contents:
    started_s = time.perf_counter()
    status, errors = library.status(), tuple(library.errors())
    ignored = tuple(library.ignored_errors())
    return Contents(status, errors, ignored, time.perf_counter() - started_s)
