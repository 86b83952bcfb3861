"""Watches folders for changes, by what the system tells.

What it tells is a hint and not the truth: events get lost, and some drives have none. A walk over
the touched folders says what has really changed, and one over everything now and then finds what
was never told.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from mmsearch.scan.hints import Hints
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.network import is_on_network
from mmsearch.scan.touched import Touched

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent


class Watch:
    """Watches roots until it is closed; use it as a context manager.

    ``unwatched`` are the roots where changes are not told, or not all of them: on the network,
    or more folders than the system is willing to watch.
    """

    def __init__(self, roots: Sequence[Path], rules: IgnoreRules) -> None:
        from watchdog.observers import Observer

        self.unwatched: list[Path] = []
        self._hints = Hints(roots, rules)
        self._complaints = _Complaints(self._hints)
        self._observer: Any = None
        logging.getLogger("watchdog").addHandler(self._complaints)
        try:
            self._observer = Observer()
            self._observer.start()
        except OSError:  # the system lends no more of what it takes to watch
            self.unwatched.extend(roots)
            return
        for root in roots:
            if is_on_network(root) or not self._follow(root):
                self.unwatched.append(root)
        if self._is_at_limit():
            self.unwatched = list(roots)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the watching."""
        logging.getLogger("watchdog").removeHandler(self._complaints)
        if self._observer is not None and self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def take(self) -> Touched | None:
        """Where something has happened, once it has become quiet there; else None."""
        return self._hints.take()

    def _follow(self, root: Path) -> bool:
        folder, deep = (root, True) if root.is_dir() else (root.parent, False)
        try:
            self._observer.schedule(
                _told_to(self._hints), str(folder), recursive=deep, event_filter=_events()
            )
        except OSError:  # no more watches, or the folder has gone
            return False
        return True

    def _is_at_limit(self) -> bool:
        """Whether Linux refuses one more watch: then it has refused some before, silently."""
        if sys.platform != "linux":
            return False
        with tempfile.TemporaryDirectory(prefix="mmsearch-") as probe:
            try:
                watch = self._observer.schedule(_told_to(self._hints), probe, recursive=False)
            except OSError:
                return True
            self._observer.unschedule(watch)
        return False


class _Complaints(logging.Handler):
    """Whatever watchdog warns of, above all an overflow, may have cost events."""

    def __init__(self, hints: Hints) -> None:
        super().__init__(logging.WARNING)
        self._hints = hints

    def emit(self, record: logging.LogRecord) -> None:
        """Distrust all that was told."""
        self._hints.lost()


def _events() -> list[type[FileSystemEvent]]:
    from watchdog import events

    changes: list[type[FileSystemEvent]] = [
        events.FileCreatedEvent,
        events.FileDeletedEvent,
        events.FileMovedEvent,
        events.DirCreatedEvent,
        events.DirDeletedEvent,
        events.DirMovedEvent,
    ]
    # Linux says when a file is closed after writing; others only each time that it grows.
    is_linux = sys.platform == "linux"
    return [*changes, events.FileClosedEvent if is_linux else events.FileModifiedEvent]


def _told_to(hints: Hints) -> Any:
    """A handler of events that passes them on as hints."""
    from watchdog.events import FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            told = hints.folder_changed if event.is_directory else hints.file_changed
            for path in (event.src_path, event.dest_path):
                if path:
                    told(str(path))

    return Handler()
