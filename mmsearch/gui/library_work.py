"""What is done to the library beside the window: work without any QObject."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

from mmsearch.gui.door import LibraryDoor, OpenLibrary
from mmsearch.gui.encoding_anew import EncodingAnew, encoding_anew
from mmsearch.gui.jobs import Task
from mmsearch.settings import Settings
from mmsearch.types import FailedFile, IndexReport, LibraryStatus, Progress


@dataclass(frozen=True, slots=True)
class Contents:
    """What the library holds, read together."""

    status: LibraryStatus
    errors: tuple[FailedFile, ...]
    ignored: tuple[FailedFile, ...] = ()
    """Unreadable files that nobody wants to hear of."""
    anew: EncodingAnew | None = None
    """What another model has yet to encode."""
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


@dataclass(frozen=True, slots=True)
class Open:
    """Open the library."""

    open_library: OpenLibrary
    shelf: list[LibraryDoor]
    """Where close() finds a library that was opened but not delivered any more."""

    def __call__(self, task: Task) -> LibraryDoor:
        library = self.open_library()
        self.shelf.append(library)
        return library


@dataclass(frozen=True, slots=True)
class UseSettings:
    """Search and index with other settings."""

    settings: Settings

    def __call__(self, library: LibraryDoor) -> None:
        library.use_settings(self.settings)


@dataclass(frozen=True, slots=True)
class Add:
    """Add folders."""

    folders: tuple[Path, ...]

    def __call__(self, library: LibraryDoor) -> None:
        library.add(*self.folders)


@dataclass(frozen=True, slots=True)
class Remove:
    """Forget a folder."""

    folder: Path

    def __call__(self, library: LibraryDoor) -> None:
        library.remove(self.folder)


@dataclass(frozen=True, slots=True)
class Change:
    """Change the library, and read how it stands then."""

    library: LibraryDoor
    change: Callable[[LibraryDoor], None]

    def __call__(self, task: Task) -> Contents:
        self.change(self.library)
        return _read(self.library)


@dataclass(frozen=True, slots=True)
class Read:
    """Read how the library stands."""

    library: LibraryDoor

    def __call__(self, task: Task) -> Contents:
        return _read(self.library)


@dataclass(frozen=True, slots=True)
class Index:
    """Index what is new or changed."""

    library: LibraryDoor
    wishes: Wishes

    def __call__(self, task: Task) -> IndexReport:
        wishes = self.wishes
        steps = self.library.indexing(
            stop=task.stopped,
            retry_failed=wishes.retry_all or wishes.retry,
            forget_missing=wishes.forget,
        )
        return _told(steps, task)


@dataclass(frozen=True, slots=True)
class Follow:
    """Follow a run that somebody else has begun."""

    library: LibraryDoor

    def __call__(self, task: Task) -> IndexReport:
        return _told(self.library.following(stop=task.stopped), task)


@dataclass(frozen=True, slots=True)
class Seen:
    """What others do to the library."""

    generation: int
    is_indexed: bool
    """Whether there is a run."""
    is_abandoned: bool
    """Whether the process that watched the folders has died."""


@dataclass(frozen=True, slots=True)
class Look:
    """Look at that; cheap."""

    library: LibraryDoor

    def __call__(self, task: Task) -> Seen:
        library = self.library
        return Seen(library.generation, library.is_indexed_elsewhere(), library.is_abandoned())


def _told(steps: Generator[Progress, None, IndexReport], task: Task) -> IndexReport:
    while True:
        try:
            task.report(next(steps))
        except StopIteration as end:
            report: IndexReport = end.value
            return report


def _read(library: LibraryDoor) -> Contents:
    started_s = time.perf_counter()
    library.catch_up()
    status, errors = library.status(), tuple(library.errors())
    ignored, anew = tuple(library.ignored_errors()), encoding_anew(status)
    return Contents(status, errors, ignored, anew, time.perf_counter() - started_s)
