"""When a library has to be looked through again, and where."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from mmsearch.library import Library
from mmsearch.scan.touched import Touched
from mmsearch.scan.watch import Watch

_DRIVES_EVERY_S = 5.0
_UNWATCHED_EVERY_S = 600.0
"""Where nobody tells of changes, they are looked for so often."""
_ALL_EVERY_S = 3600.0
"""What was never told is found so late."""
_AGAIN_S = 10.0
EVERYWHERE = Touched()


class Lookout:
    """Joins what the system tells, drives that come and go, and the clock."""

    def __init__(self, library: Library, clock: Callable[[], float] = time.monotonic) -> None:
        self._library = library
        self._clock = clock
        self._watch: Watch | None = None
        self._again: tuple[float, Touched] | None = None
        self._sign: object = None
        self._drives_s = self._unwatched_s = self._all_s = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    @property
    def unwatched(self) -> list[Path]:
        """Folders where changes are not told."""
        return self._watch.unwatched if self._watch else []

    def begin(self) -> None:
        """Everything is about to be looked through: from now on, changes count."""
        self._close()
        self._again = None
        self._sign = self._library.drive_sign()
        self._watch = Watch(self._library.online_roots(), self._library.ignore_rules())
        self._drives_s = self._unwatched_s = self._all_s = self._clock()

    def look(self) -> Touched | None:
        """Where to look now: in some folders, EVERYWHERE, or, None, nowhere."""
        now_s = self._clock()
        if self._again is not None and now_s > self._again[0]:
            touched, self._again = self._again[1], None
            return touched
        if self._watch is None or self._drives_have_changed(now_s):
            self.begin()
            return EVERYWHERE
        if now_s - self._all_s > _ALL_EVERY_S:
            self._all_s = self._unwatched_s = now_s
            return EVERYWHERE
        if self.unwatched and now_s - self._unwatched_s > _UNWATCHED_EVERY_S:
            self._unwatched_s = now_s
            return Touched(trees=frozenset(self.unwatched))
        return self._watch.take()

    def put_back(self, touched: Touched) -> None:
        """It could not be looked at now: say it again later."""
        self._again = (self._clock() + _AGAIN_S, touched)

    def _drives_have_changed(self, now_s: float) -> bool:
        if now_s - self._drives_s < _DRIVES_EVERY_S:
            return False
        self._drives_s = now_s
        return self._library.drive_sign() != self._sign

    def _close(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None
