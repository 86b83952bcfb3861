"""Frames of the film under the mouse: from its start at the left to its end at the right."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from mmsearch.gui.cell_loader import CellKey, CellLoader
from mmsearch.types import Hit, Modality, TimeRange

N_FRAMES = 16
"""Of each film; they are kept on disk as other small pictures are."""
REST_MS = 80
"""A mouse that only passes over films makes nobody open them."""
_MOST_BYTES = 24 * 2**20
_MOST_AT_ONCE = 2
_MOST_PX = 512


@dataclass(frozen=True, slots=True)
class Scrub:
    """What a film shows while the mouse is over it."""

    share: float
    """How far to the right the mouse is, from 0 to 1."""
    at_s: float
    frame: QPixmap | None
    """The nearest frame that is there already."""


class Scrubber(QObject):
    """Reads frames beside the window; only of the film under the mouse, the nearest first."""

    changed = Signal()
    """What the film shows is another."""

    def __init__(self, loader: CellLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The loader of the results leaves out whatever is none of their pictures.
        self._loader = loader.beside(max_bytes=_MOST_BYTES, max_in_flight=_MOST_AT_ONCE)
        self._loader.setParent(self)
        self._loader.set_visibility(self._is_wanted)
        self._loader.loaded.connect(self._on_loaded)
        self._hit: Hit | None = None
        self._share = 0.0
        self._size_px = 0
        self._rested = QTimer(self, singleShot=True, interval=REST_MS)
        self._rested.timeout.connect(self._want)

    def move(self, hit: Hit, share: float, size_px: int) -> None:
        """The mouse is over a hit, so far to the right; what is no film stays as it is."""
        if hit.modality is not Modality.VIDEO or not hit.metadata.duration_s:
            self.leave()
            return
        is_new = hit is not self._hit
        self._hit, self._share = hit, min(1.0, max(0.0, share))
        self._size_px = min(size_px, _MOST_PX)
        self.changed.emit()
        if is_new:
            self._rested.start()
        elif not self._rested.isActive():
            self._want()

    def leave(self) -> None:
        """The mouse is elsewhere: the film shows its found moment again."""
        self._rested.stop()
        if self._hit is not None:
            self._hit = None
            self.changed.emit()

    def scrub(self, hit: Hit) -> Scrub | None:
        """What a hit shows instead of its picture; None where the mouse is not over it."""
        if hit is not self._hit:
            return None
        return Scrub(self._share, self._share * self._duration_s(), self._nearest())

    def _want(self) -> None:
        """Ask for the frame under the mouse, and when it is there for those beside it."""
        if self._hit is None:
            return
        at = self._place()
        if self._loader.get(*self._frame(self._hit, at)) is not None:
            for beside in {max(0, at - 1), min(N_FRAMES - 1, at + 1)}:
                self._loader.get(*self._frame(self._hit, beside))

    def _on_loaded(self, key: CellKey) -> None:
        if self._is_wanted(key):
            self.changed.emit()
            self._want()

    def _is_wanted(self, key: CellKey) -> bool:
        return self._hit is not None and key.content_id == self._hit.content_id

    def _nearest(self) -> QPixmap | None:
        places = sorted(range(N_FRAMES), key=lambda at: abs(at - self._place()))
        found = (self._loader.peek(self._frame(self._hit, at)[1]) for at in places if self._hit)
        return next((frame for frame in found if isinstance(frame, QPixmap)), None)

    def _place(self) -> int:
        return min(N_FRAMES - 1, int(self._share * N_FRAMES))

    def _frame(self, hit: Hit, place: int) -> tuple[Hit, CellKey]:
        """The hit as if a frame was what had been found, and how that is called."""
        at_s = (place + 0.5) / N_FRAMES * self._duration_s()
        frame = replace(hit, locator=TimeRange(at_s, at_s), moments=())
        return frame, CellKey.of(frame, self._size_px)

    def _duration_s(self) -> float:
        return (self._hit.metadata.duration_s or 0.0) if self._hit is not None else 0.0
