"""From keystrokes to results: debounce, one query at a time, stale answers dropped."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from mmsearch.errors import UserError
from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.types import Hit, Query

DEBOUNCE_MS = 150
SHOW_BUSY_AFTER_MS = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of one query and how long the library took."""

    query: Query
    hits: list[Hit]
    took_s: float
    reasons: tuple[str, ...] = ()
    """Why there are no hits, where that is known."""
    again: bool = False
    """Nobody asked: the library has changed, and this is what it answers now."""
    is_refined: bool = False
    """The same question once more, in a better order that took longer."""
    can_be_refined: bool = False
    """A better order is on its way."""


def is_empty(query: Query) -> bool:
    """Whether the query asks for nothing."""
    return not query.text.strip() and not query.like and not query.filters


class SearchSession(QObject):
    """Keeps the newest query; only its answer is ever shown."""

    answered = Signal(object)
    failed = Signal(object)
    cleared = Signal()
    busy_changed = Signal(bool)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._library: LibraryDoor | None = None
        self._query = Query()
        self._running: JobHandle | None = None
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(lambda: self._start())
        self._busy_soon = QTimer(self, singleShot=True, interval=SHOW_BUSY_AFTER_MS)
        self._busy_soon.timeout.connect(lambda: self.busy_changed.emit(True))

    @property
    def query(self) -> Query:
        """The newest query."""
        return self._query

    def set_library(self, library: LibraryDoor | None) -> None:
        """Search here from now on; a query that waited for the library runs."""
        self._library = library
        if library is None:
            return
        if not is_empty(self._query):
            self._start()
        else:
            # What is wrong with the encoder is said to who searches.
            self._jobs.start(Lane.SEARCH, Job(_Prepare(library), _pass_over, _pass_over))

    def type(self, query: Query) -> None:
        """Take a query that may still be changing; it runs when typing rests."""
        if query == self._query:
            return
        self._take(query)
        if not is_empty(query):
            self._debounce.start()

    def ask(self, query: Query) -> None:
        """Take a query and run it now."""
        self._take(query)
        if not is_empty(query):
            self._start()

    def repeat(self) -> None:
        """Run the newest query again because the library has changed, unless it runs anyway."""
        if not is_empty(self._query) and self._running is None and not self._debounce.isActive():
            self._start(again=True)

    def _take(self, query: Query) -> None:
        self._query = query
        self._debounce.stop()
        if is_empty(query):
            self._drop_running()
            self._idle()
            self.cleared.emit()

    def _start(self, *, again: bool = False, refining: bool = False) -> None:
        self._debounce.stop()
        self._drop_running()
        if not self._busy_soon.isActive():
            self._busy_soon.start()
        if self._library is None:
            return
        work = _Search(self._library, self._query, again, refining)
        self._running = self._jobs.start(Lane.SEARCH, Job(work, self._on_done, self._on_error))

    def _drop_running(self) -> None:
        if self._running is not None:
            self._running.drop()
            self._running = None

    def _idle(self) -> None:
        self._busy_soon.stop()
        self.busy_changed.emit(False)

    def _on_done(self, answer: Answer) -> None:
        self._running = None
        self._idle()
        self.answered.emit(answer)
        is_newest = answer.query == self._query and self._running is None
        if answer.can_be_refined and is_newest and not self._debounce.isActive():
            self._start(refining=True)

    def _on_error(self, error: UserError) -> None:
        self._running = None
        self._idle()
        self.failed.emit(error)


def _pass_over(_: object) -> None:
    """Nobody waits for it."""


@dataclass(frozen=True, slots=True)
class _Prepare:
    library: LibraryDoor

    def __call__(self, task: Task) -> None:
        if not task.stopped():
            self.library.prepare()


@dataclass(frozen=True, slots=True)
class _Search:
    library: LibraryDoor
    query: Query
    again: bool
    refining: bool
    """Whether the first order is shown already."""

    def __call__(self, task: Task) -> Answer:
        started_s = time.perf_counter()
        if task.stopped():
            return Answer(self.query, [], 0.0)
        better = self.library.refined(self.query)
        # What is shown in a better order already would only jump back and forth.
        is_refined = better is not None and (self.again or self.refining)
        hits = self.library.search(better if better and is_refined else self.query)
        took_s = time.perf_counter() - started_s
        reasons = () if hits else self.library.why_nothing(self.query)
        can_be_refined = better is not None and not is_refined and len(hits) > 1
        return Answer(self.query, hits, took_s, reasons, self.again, is_refined, can_be_refined)
