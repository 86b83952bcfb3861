"""The inside of an indexing process: runs when asked, watches when wanted, and tells about it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mmsearch.background.asking import Do, Wish, take_wishes
from mmsearch.background.attending import somebody_attends
from mmsearch.background.board import Board, Phase
from mmsearch.background.lookout import Lookout
from mmsearch.errors import UserError
from mmsearch.library import Library
from mmsearch.scan.touched import Touched
from mmsearch.settings import Settings
from mmsearch.types import IndexReport, Progress

_SHOW_EVERY_S = 0.1
_ASK_EVERY_S = 0.25
"""How often it looks what it is asked."""
_HEEDED_KEPT = 8
_RESTS_AT_MOST_S = 60.0
"""Who rests for longer is not needed soon, and gives its memory back."""


@dataclass(slots=True)
class Service:
    """Serves one library until nobody needs it any more.

    board: which this process has taken.
    settings: how to index, asked before each run; with ``watch`` in it, what changes is indexed,
        too, as long as a window attends or, with ``alone``, for ever.
    on_progress, on_report: hear what is shown on the board as well.
    stopped: asked often; True is as if it had been asked to leave.
    """

    library: Library
    board: Board
    settings: Callable[[], Settings]
    alone: bool = False
    on_progress: Callable[[Progress], None] = lambda progress: None
    on_report: Callable[[IndexReport], None] = lambda report: None
    stopped: Callable[[], bool] = lambda: False
    _wishes: deque[Wish] = field(default_factory=deque)
    _watches: bool = False
    _rests: bool = False
    _rests_since_s: float = 0.0
    _leaves: bool = False
    _resting_for: str = ""
    _asked_s: float = 0.0
    _shown_s: float = 0.0

    def serve(self, *first: Wish) -> None:
        """Do what is asked, beginning with ``first``, until there is nothing more to wait for.

        Raises UserError when a run fails that nobody follows on the board.
        """
        self._wishes.extend(first)
        with Lookout(self.library) as lookout:
            while not self._is_asked_to_leave():
                if self._wishes:
                    self._fulfil(self._wishes.popleft(), lookout)
                elif not self._is_needed():
                    break
                elif not self._rests and (touched := lookout.look()) is not None:
                    self._follow_up(touched, lookout)
                else:
                    self._show_rest(lookout)
                    time.sleep(_ASK_EVERY_S)
        self._show(phase=Phase.ENDED, progress=None)

    def _is_needed(self) -> bool:
        """Whether it is worth waiting for changes or wishes."""
        if self.alone:
            return self._watches
        if self._rests and time.monotonic() - self._rests_since_s > _RESTS_AT_MOST_S:
            return False
        return (self._watches or self._rests) and somebody_attends(self.library.path)

    def _fulfil(self, wish: Wish, lookout: Lookout) -> None:
        """A run that was asked for; its outcome goes to the board."""
        settings = self.settings()
        self.library.use_settings(settings)
        self._watches = settings.watch
        if self._watches:
            lookout.begin()
        try:
            report = self._run(wish, None)
        except UserError as error:
            self._show_outcome(wish.name, error=(error.message, error.hint))
            if self.alone:
                raise
        else:
            self._show_outcome(wish.name, report=report)

    def _follow_up(self, touched: Touched, lookout: Lookout) -> None:
        """A run over what has changed; when it fails, it is tried again later."""
        try:
            report = self._run(Wish(Do.INDEX), touched or None)
        except UserError:
            lookout.put_back(touched)
            self._show(phase=Phase.WATCHING, progress=None)
        else:
            self._show_outcome("", report=report)

    def _run(self, wish: Wish, touched: Touched | None) -> IndexReport:
        self._show(phase=Phase.RUNNING, progress=Progress("scanning"))
        steps = self.library.indexing(
            stop=self._is_interrupted,
            retry_failed=wish.retry_failed,
            forget_missing=wish.forget_missing,
            touched=touched,
        )
        while True:
            try:
                progress = next(steps)
            except StopIteration as end:
                report: IndexReport = end.value
                self.on_report(report)
                return report
            self.on_progress(progress)
            if time.monotonic() - self._shown_s > _SHOW_EVERY_S:
                self._show(phase=Phase.RUNNING, progress=progress)

    def _is_interrupted(self) -> bool:
        return self._is_asked_to_leave() or self._rests

    def _is_asked_to_leave(self) -> bool:
        if self.stopped():
            return True
        if time.monotonic() - self._asked_s > _ASK_EVERY_S:
            self._asked_s = time.monotonic()
            for wish in take_wishes(self.library.path):
                self._heed(wish)
        return self._leaves

    def _heed(self, wish: Wish) -> None:
        match wish.do:
            case Do.INDEX:
                self._rests = False
                self._wishes.append(wish)
            case Do.REST:
                self._rests, self._rests_since_s = True, time.monotonic()
                self._wishes.clear()
                self._resting_for = wish.name
            case Do.LEAVE:
                self._leaves = True

    # The board -----------------------------------------------------------------------------

    def _show_outcome(
        self,
        name: str,
        *,
        report: IndexReport | None = None,
        error: tuple[str, str] | None = None,
    ) -> None:
        self._show(
            phase=Phase.WATCHING if self._watches else Phase.RESTING,
            n_runs=self.board.notice.n_runs + 1,
            heeded=self._heeded(name),
            progress=None,
            report=report,
            error=error,
        )

    def _show_rest(self, lookout: Lookout) -> None:
        phase = Phase.RESTING if self._rests else Phase.WATCHING
        unwatched = tuple(map(str, lookout.unwatched))
        heeded = self._heeded(self._resting_for)
        now = self.board.notice
        if (now.phase, now.unwatched, now.heeded) != (phase, unwatched, heeded):
            self._show(phase=phase, unwatched=unwatched, heeded=heeded)

    def _heeded(self, name: str) -> tuple[str, ...]:
        before = self.board.notice.heeded
        return before if not name or name in before else (*before, name)[-_HEEDED_KEPT:]

    def _show(self, **changes: object) -> None:
        self.board.notice = replace(self.board.notice, **changes)  # type: ignore[arg-type]
        self.board.write()
        self._shown_s = time.monotonic()


def serve_library(library: Library, settings: Callable[[], Settings]) -> bool:
    """Serve windows in this process until none needs it; False if another process does."""
    board = Board(library.path)
    wishes = take_wishes(library.path) or [Wish(Do.INDEX)]
    while wishes:
        if not board.take():
            return False
        try:
            Service(library, board, settings).serve(*(w for w in wishes if w.do is Do.INDEX))
        finally:
            board.release()
        wishes = take_wishes(library.path)  # what was asked while it was about to end
    return True
