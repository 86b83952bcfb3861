"""Work beside the window: futures, ONE long-lived signal, and a time budget for deliveries.

The worker side of a job never sees a QObject: callbacks stay in a dict of the window's thread
and workers post the number of the job with plain data. So no reference to a widget is ever
dropped in a wrong thread.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from mmsearch.errors import UserError
from mmsearch.gui.engine_words import engine_error

logger = logging.getLogger(__name__)
T = TypeVar("T")

DRAIN_BUDGET_S = 0.004
"""Deliveries take at most this long before the window may paint again."""


class Lane(Enum):
    """Who does the work."""

    LIBRARY = auto()
    """One thread owns opening and writing the library."""
    SEARCH = auto()
    """One thread answers queries."""
    MEDIA = auto()
    """A small pool reads files for thumbnails and previews."""
    DISK = auto()
    """One thread looks at folders and drives, which may take long or hang."""
    MODELS = auto()
    """One thread fetches and installs models."""
    LEARNING = auto()
    """One thread learns, for minutes, what things are called."""


_N_THREADS = dict.fromkeys(Lane, 1) | {Lane.MEDIA: 2}


class Task:
    """What the work may use: a look at whether it is still wanted, and a way to report."""

    def __init__(self, post: Callable[[object], None]) -> None:
        self._post = post
        self._stop = threading.Event()

    def stopped(self) -> bool:
        """Whether the work should end soon."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to end soon."""
        self._stop.set()

    def report(self, progress: object) -> None:
        """Send something to ``on_progress`` in the window's thread."""
        self._post(progress)


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """One piece of work as a value.

    work: runs in another thread; must not touch any QObject and must not hold one.
    on_done, on_error, on_progress: run in the window's thread. Anything but a UserError is a bug
    and is raised there.
    """

    work: Callable[[Task], T]
    on_done: Callable[[T], None]
    on_error: Callable[[UserError], None]
    on_progress: Callable[[Any], None] | None = None


class JobHandle:
    """A job that was started."""

    def __init__(self, number: int, task: Task, forget: Callable[[int], None]) -> None:
        self.number = number
        self._task = task
        self._forget = forget
        self._future: Future[None] | None = None

    def attach(self, future: Future[None]) -> None:
        """Know the future, so that a job that still waits can be taken back."""
        self._future = future

    def stop(self) -> None:
        """Ask the work to end soon; its result is still delivered."""
        self._task.stop()

    def drop(self) -> None:
        """Nobody wants the result any more: nothing is delivered."""
        self._task.stop()
        if self._future is not None:
            self._future.cancel()
        self._forget(self.number)


class _Outcome(Enum):
    DONE = auto()
    FAILED = auto()
    PROGRESS = auto()


class Jobs(QObject):
    """Starts jobs and brings their results into the window's thread."""

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {
            lane: ThreadPoolExecutor(n, thread_name_prefix=f"mmsearch-{lane.name.lower()}")
            for lane, n in _N_THREADS.items()
        }
        self._numbers = itertools.count()
        self._waiting: dict[int, tuple[Job[Any], JobHandle]] = {}
        self._mail: deque[tuple[int, _Outcome, Any]] = deque()
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._drain)
        self._arrived.connect(self._drain)
        self._signalled = False
        self._closed = False

    def start(self, lane: Lane, job: Job[T]) -> JobHandle:
        """Queue a job."""
        number = next(self._numbers)
        task = Task(lambda progress: self._post(number, _Outcome.PROGRESS, progress))
        handle = JobHandle(number, task, self._forget)
        self._waiting[number] = (job, handle)
        handle.attach(self._pools[lane].submit(self._run, number, job.work, task))
        return handle

    def n_waiting(self) -> int:
        """How many jobs have not delivered yet."""
        return len(self._waiting)

    def close(self) -> None:
        """Stop everything and wait; no thread is left and nothing is delivered afterwards."""
        self._closed = True
        for _job, handle in list(self._waiting.values()):
            handle.drop()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._mail.clear()

    def _forget(self, number: int) -> None:
        self._waiting.pop(number, None)

    # The worker's side ---------------------------------------------------------------------

    def _run(self, number: int, work: Callable[[Task], object], task: Task) -> None:
        try:
            result = work(task)
        except BaseException as error:  # noqa: BLE001 - carried over and raised in the window's thread
            self._post(number, _Outcome.FAILED, error)
        else:
            self._post(number, _Outcome.DONE, result)

    def _post(self, number: int, outcome: _Outcome, payload: object) -> None:
        self._mail.append((number, outcome, payload))
        # One signal until the mail is empty: queued signals would otherwise each take a budget.
        if not self._signalled and not self._closed:
            self._signalled = True
            self._arrived.emit()

    # The window's side ---------------------------------------------------------------------

    def _drain(self) -> None:
        deadline_s = time.perf_counter() + DRAIN_BUDGET_S
        try:
            while self._mail and time.perf_counter() < deadline_s:
                self._deliver(*self._mail.popleft())
        finally:
            self._signalled = False
            if self._mail and not self._closed:
                self._signalled = True
                self._rest.start()

    def _deliver(self, number: int, outcome: _Outcome, payload: Any) -> None:
        waiting = self._waiting.get(number)
        if waiting is None:
            return
        job, _handle = waiting
        if outcome is _Outcome.PROGRESS:
            if job.on_progress is not None:
                job.on_progress(payload)
            return
        self._forget(number)
        if outcome is _Outcome.DONE:
            job.on_done(payload)
        elif isinstance(payload, UserError):
            job.on_error(engine_error(payload))
        else:
            raise payload
