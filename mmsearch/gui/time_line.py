"""Where a film or sound is, and where the found part lies."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mmsearch.gui.cell_painting import paint_wave
from mmsearch.gui.theme import Theme
from mmsearch.present.visuals import Wave
from mmsearch.types import TimeRange

_KEY_STEP_S = 5.0
_SLIM_PX, _WAVE_PX, _MOST_PX = 20, 120, 240


class TimeLine(QWidget):
    """A line to click on; a sound has its wave on it."""

    sought = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._duration_s = 0.0
        self._position_s: float | None = None
        self._found: TimeRange | None = None
        self._wave: Wave | None = None
        self.setMaximumHeight(_MOST_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Time line"))

    def show_media(self, duration_s: float, found: TimeRange | None, wave: Wave | None) -> None:
        """Show another film or sound."""
        self._duration_s = duration_s
        self._found = found
        self._wave = wave
        self._position_s = None
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Fixed if wave is None else policy.Expanding)
        self.updateGeometry()
        self.update()

    def set_duration(self, duration_s: float) -> None:
        """Take the length that the player has found."""
        if duration_s > 0:
            self._duration_s = duration_s
            self.update()

    def set_position(self, position_s: float) -> None:
        """Move the mark."""
        self._position_s = position_s
        self.update()

    @property
    def duration_s(self) -> float:
        """The length shown."""
        return self._duration_s

    def sizeHint(self) -> QSize:
        """High for a wave, slim otherwise."""
        return QSize(200, _WAVE_PX if self._wave is not None else _SLIM_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek."""
        self._seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Seek while the button is held."""
        self._seek(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go five seconds on or back."""
        steps = {Qt.Key.Key_Left: -_KEY_STEP_S, Qt.Key.Key_Right: _KEY_STEP_S}
        step = steps.get(Qt.Key(event.key()))
        if step is None or self._duration_s <= 0:
            super().keyPressEvent(event)
            return
        at_s = (self._position_s or 0.0) + step
        self.sought.emit(min(self._duration_s, max(0.0, at_s)))

    def _seek(self, x: float) -> None:
        if self._duration_s > 0:
            self.sought.emit(min(1.0, max(0.0, x / self.width())) * self._duration_s)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the wave or the line, the found part and the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._wave is not None:
            paint_wave(painter, self.rect(), self._wave, self._theme.colours)
        else:
            self._paint_line(painter)
        self._paint_mark(painter)
        if self.hasFocus():
            painter.setPen(QColor(self._theme.colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def _paint_line(self, painter: QPainter) -> None:
        colours = self._theme.colours
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(QRectF(0, middle - 2, self.width(), 4), 2, 2)
        if self._found is not None and self._duration_s > 0:
            left = self._found.start_s / self._duration_s * self.width()
            width = (self._found.end_s - self._found.start_s) / self._duration_s * self.width()
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(left, middle - 4, max(4.0, width), 8), 2, 2)

    def _paint_mark(self, painter: QPainter) -> None:
        if self._position_s is None or self._duration_s <= 0:
            return
        x = min(1.0, self._position_s / self._duration_s) * (self.width() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colours.text))
        painter.drawRoundedRect(QRectF(x, 0, 2, self.height()), 1, 1)
