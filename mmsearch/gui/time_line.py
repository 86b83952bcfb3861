"""Where a film or sound is, and where the found part lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mmsearch.gui.cell_painting import paint_wave
from mmsearch.gui.curve_painting import Stretches, paint_curve, paint_stretches
from mmsearch.gui.texts import match_name
from mmsearch.gui.theme import Theme
from mmsearch.present.relevance import column_heights, match_at
from mmsearch.present.visuals import Wave
from mmsearch.present.words import clock, match_word
from mmsearch.types import F32, Moment, RelevanceCurve, TimeRange

_KEY_STEP_S = 5.0
_CURVE_PX, _WAVE_PX, _MOST_PX = 44, 120, 240
_GAP_PX, _STRETCH_PX = 4, 6


class TimeLine(QWidget):
    """A line to click on, with how well each part fits; a sound has its wave above that."""

    sought = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._duration_s = 0.0
        self._position_s: float | None = None
        self._found: TimeRange | None = None
        self._wave: Wave | None = None
        self._curve: RelevanceCurve | None = None
        self._moments: tuple[Moment, ...] = ()
        self._heights: F32 | None = None
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
        self._heights = None
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Fixed if wave is None else policy.Expanding)
        self.updateGeometry()
        self.update()

    def show_curve(self, curve: RelevanceCurve | None, moments: Sequence[Moment]) -> None:
        """Show how well each part fits, and where the moments are."""
        self._curve, self._moments, self._heights = curve, tuple(moments), None
        self.update()

    def show_found(self, found: TimeRange) -> None:
        """Mark another part as the one that is shown."""
        self._found = found
        if self._wave is not None and self._duration_s > 0:
            ends = (found.start_s / self._duration_s, found.end_s / self._duration_s)
            self._wave = replace(self._wave, found=ends)
        self.update()

    def set_duration(self, duration_s: float) -> None:
        """Take the length that the player has found."""
        if duration_s > 0:
            self._duration_s = duration_s
            self._heights = None
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
        """High for a wave."""
        return QSize(200, _CURVE_PX + (_WAVE_PX if self._wave is not None else 0))

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
            self.sought.emit(self._at_s(x))

    def _at_s(self, x: float) -> float:
        return min(1.0, max(0.0, x / max(1, self.width()))) * self._duration_s

    def words_at(self, x: float) -> str:
        """What is there: "0:42 · good"."""
        at_s = self._at_s(x)
        match = match_at(self._curve, at_s) if self._curve is not None else None
        return clock(at_s) + (f" · {match_name(match_word(match))}" if match is not None else "")

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if isinstance(event, QHelpEvent) and self._duration_s > 0:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the wave, the curve, the found part and the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        below = self.rect()
        if self._wave is not None:
            wave_box = self.rect().adjusted(0, 0, 0, -_CURVE_PX)
            paint_wave(painter, wave_box, self._wave, self._theme.colours)
            below.setTop(wave_box.bottom() + 1 + _GAP_PX)
        self._paint_curve(painter, below)
        self._paint_mark(painter)
        if self.hasFocus():
            painter.setPen(QColor(self._theme.colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def _paint_curve(self, painter: QPainter, box: QRect) -> None:
        if self._heights is None or len(self._heights) != box.width():
            curve = self._curve or RelevanceCurve((), (), (), ())
            self._heights = column_heights(curve, self._duration_s, box.width())
        found = [self._found] if self._found is not None else []
        others = [one.range for one in self._moments if not self._is_found(one.range)]
        stretches = Stretches(self._duration_s, found, others)
        area = QRectF(box).adjusted(0, 2, 0, -_STRETCH_PX - _GAP_PX)
        paint_curve(painter, area, self._heights, stretches, self._theme.colours)
        line = QRectF(box.x(), box.bottom() + 1 - _STRETCH_PX, box.width(), _STRETCH_PX)
        paint_stretches(painter, line, stretches, self._theme.colours)

    def _is_found(self, part: TimeRange) -> bool:
        """Whether what is shown lies in a part; a window of a sound is less than its moment."""
        found = self._found
        return found is not None and part.start_s < found.end_s and found.start_s < part.end_s

    def _paint_mark(self, painter: QPainter) -> None:
        if self._position_s is None or self._duration_s <= 0:
            return
        x = min(1.0, self._position_s / self._duration_s) * (self.width() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colours.text))
        painter.drawRoundedRect(QRectF(x, 0, 2, self.height()), 1, 1)
