"""What a window or a command line holds of an indexing process: starts, follows and steers it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from mmsearch.background.asking import Do, Wish, ask, take_wishes
from mmsearch.background.attending import Attendance
from mmsearch.background.board import Notice, Phase, is_held, read_notice
from mmsearch.background.starting import Started, Starter, start_process
from mmsearch.errors import IndexerLostError
from mmsearch.types import IndexReport, Progress

_LOOK_EVERY_S = 0.1
_ALIVE_EVERY_S = 1.0
_PATIENCE_S = 60.0
"""A process that has not said anything for so long after its start is given up."""
Asked: TypeAlias = Callable[[], bool]
_NOTHING_DONE = IndexReport(0, 0, 0, 0, 0, 0, 0, 0, 0.0, stopped=True)


class Indexer:
    """The indexing process of one library, whether it runs or not.

    starter: starts the process; tests put in others.
    """

    def __init__(self, library: Path, starter: Starter = start_process) -> None:
        self._library = library
        self._starter = starter
        self._attendance: Attendance | None = None

    def attend(self) -> None:
        """Look on from now on: the process watches the folders until nobody does any more."""
        if self._attendance is None:
            self._attendance = Attendance(self._library)

    def leave_it_alone(self) -> None:
        """Look on no more; a run goes on to its end."""
        if self._attendance is not None:
            self._attendance.end()
            self._attendance = None

    def notice(self) -> Notice | None:
        """What the process says; None where there is none."""
        notice = read_notice(self._library)
        if notice is None or notice.phase is Phase.ENDED or not is_held(self._library):
            return None
        return notice

    def has_died_watching(self) -> bool:
        """Whether the process has ended without a word, and not amid a run."""
        notice = read_notice(self._library)
        return notice is not None and notice.phase is Phase.WATCHING and not is_held(self._library)

    def leave(self) -> None:
        """Ask the process to end, and the run with it; what is done is kept."""
        if is_held(self._library):
            ask(self._library, Wish(Do.LEAVE))

    def rest(self) -> None:
        """Wait until no run goes on and none begins by itself, so that others may write.

        The next ``indexing`` ends the rest.
        """
        if not is_held(self._library):
            return
        name = uuid.uuid4().hex
        ask(self._library, Wish(Do.REST, name))
        while is_held(self._library):
            notice = read_notice(self._library)
            if notice is not None and name in notice.heeded:
                return
            time.sleep(_LOOK_EVERY_S)

    def indexing(
        self,
        *,
        stop: Asked = lambda: False,
        leave: Asked = lambda: False,
        retry_failed: bool | tuple[str, ...] = False,
        forget_missing: bool | tuple[str, ...] = False,
    ) -> Generator[Progress, None, IndexReport]:
        """Let the process bring the library up to date, and follow it while being iterated.

        The process is started if need be. The options and the return value are those of
        Library.indexing.

        stop: True ends the run. leave: True ends the following only; the run goes on.
        Raises IndexerLostError when the process ends without a word, and the UserError that ended
        the run.
        """
        name = uuid.uuid4().hex
        run = _Run(self._library, lambda notice: name in notice.heeded)
        run.asked, run.started = self.begin(Wish(Do.INDEX, name, retry_failed, forget_missing))
        return (yield from self._follow(run, stop, leave))

    def begin(self, wish: Wish) -> tuple[Path, Started | None]:
        """Ask for a run, and see to it that there is a process; follow nothing.

        Returns the file that asks, and the process if it was started for this.
        """
        if is_held(self._library):
            return ask(self._library, wish), None
        take_wishes(self._library)  # what was meant for a process that has gone
        return ask(self._library, wish), self._starter(self._library)

    def following(
        self, *, stop: Asked = lambda: False, leave: Asked = lambda: False
    ) -> Generator[Progress, None, IndexReport]:
        """Follow the run that goes on, whoever asked for it; otherwise as ``indexing``.

        Where there is none, the report says that nothing was done.
        """
        before = read_notice(self._library) or Notice()

        def is_over(notice: Notice) -> bool:
            return notice.n_runs != before.n_runs or notice.phase is not Phase.RUNNING

        report = yield from self._follow(_Run(self._library, is_over), stop, leave)
        after = read_notice(self._library) or Notice()
        # One that failed and will be tried again has left no word on the board.
        return _NOTHING_DONE if after.n_runs == before.n_runs else report

    def _follow(
        self, run: _Run, stop: Asked, leave: Asked
    ) -> Generator[Progress, None, IndexReport]:
        shown: Progress | None = None
        while not leave():
            notice = run.notice()
            if notice is not None and run.is_done(notice):
                return notice.result(_NOTHING_DONE)
            if stop():
                self.rest()
                notice = run.notice()
                if notice is None or not run.is_done(notice):
                    return _NOTHING_DONE  # it had not begun
                return notice.result(_NOTHING_DONE)
            if run.has_ended():
                if not run.was_overlooked():
                    raise run.lost()
                run.started = self._starter(self._library)
            if notice is not None and notice.progress not in (None, shown):
                shown = notice.progress
                yield shown
            time.sleep(_LOOK_EVERY_S)
        return _NOTHING_DONE


@dataclass(slots=True)
class _Run:
    """A run that is followed."""

    library: Path
    is_done: Callable[[Notice], bool]
    asked: Path | None = None
    """The file that asks for it."""
    started: Started | None = None
    """The process, if it was started for this run."""
    _begun_s: float = field(default_factory=time.monotonic)
    _checked_s: float = field(default_factory=time.monotonic)

    def notice(self) -> Notice | None:
        """What the process says, as soon as it is the one that was started."""
        notice = read_notice(self.library)
        is_another = self.started is not None and notice and notice.pid != self.started.pid
        return None if is_another else notice

    def has_ended(self) -> bool:
        """Whether the process is no more, or never came to life."""
        now_s = time.monotonic()
        if now_s - self._checked_s < _ALIVE_EVERY_S:
            return False
        self._checked_s = now_s
        if self.started is not None and self.notice() is None:
            return self.started.has_ended() or now_s - self._begun_s > _PATIENCE_S
        return not is_held(self.library)

    def was_overlooked(self) -> bool:
        """Whether the process was about to end when it was asked."""
        return self.started is None and self.asked is not None and self.asked.exists()

    def lost(self) -> IndexerLostError:
        """What to tell when it has ended without a word."""
        words = self.started.last_words() if self.started else ""
        hint = "What was done is kept; start it again to go on."
        if not words:
            return IndexerLostError("The indexing has ended unexpectedly.", hint)
        return IndexerLostError(f"The indexing has ended unexpectedly: {words}", hint)
