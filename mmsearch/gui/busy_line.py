"""A thin line that moves while a search takes its time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mmsearch.gui.theme import Theme

_HEIGHT_PX = 2
_FRAME_MS = 33
_ROUND_S = 1.2
_PART = 0.25


class BusyLine(QWidget):
    """Takes two pixels whether it moves or not, so that nothing jumps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place = 0.0
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._step)
        self.setFixedHeight(_HEIGHT_PX)

    def set_busy(self, busy: bool) -> None:
        """Start or stop moving."""
        if busy and not self._timer.isActive():
            self._place = 0.0
            self._timer.start()
        elif not busy:
            self._timer.stop()
        self.update()

    def is_busy(self) -> bool:
        """Whether it moves."""
        return self._timer.isActive()

    def _step(self) -> None:
        self._place = (self._place + _FRAME_MS / 1000 / _ROUND_S) % 1.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the moving part."""
        if not self._timer.isActive():
            return
        painter = QPainter(self)
        left = (self._place * (1 + _PART) - _PART) * self.width()
        part = QRectF(left, 0, _PART * self.width(), _HEIGHT_PX)
        painter.fillRect(part, self._theme.colour("accent"))
        painter.end()
