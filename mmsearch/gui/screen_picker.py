"""A picture of a screen, on which one draws a rectangle."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from mmsearch.gui.theme import NORMAL_PX, Theme

_LEAST_PX = 8
_VEIL = QColor(0, 0, 0, 120)


class ScreenPicker(QWidget):
    """Covers a screen with its own picture; the rectangle is the part that stays bright."""

    picked = Signal(QImage)
    left = Signal()

    def __init__(self, shot: QPixmap, area: QRect, theme: Theme) -> None:
        """``shot``: what the screen showed; ``area``: where it lies among the screens."""
        super().__init__(None)
        self._shot, self._theme = shot, theme
        self._from: QPoint | None = None
        self._to = QPoint()
        self.setWindowFlags(
            Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.Tool
        )
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setGeometry(area)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Part of the screen to search by"))

    def chosen(self) -> QRect:
        """The rectangle so far, in pixels of this widget."""
        if self._from is None:
            return QRect()
        # Qt's own normalized() leaves out the pixels where one began and ended.
        first, last = self._from, self._to
        left, top = min(first.x(), last.x()), min(first.y(), last.y())
        right, bottom = max(first.x(), last.x()), max(first.y(), last.y())
        return QRect(QPoint(left, top), QPoint(right, bottom)).intersected(self.rect())

    def part(self, area: QRect) -> QImage:
        """Cut out what the screen showed there, in its own pixels."""
        x, y = self._shot.width() / self.width(), self._shot.height() / self.height()
        cut = QRectF(area.x() * x, area.y() * y, area.width() * x, area.height() * y)
        return self._shot.toImage().copy(cut.toRect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a rectangle; the right button leaves."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._from = self._to = event.position().toPoint()
            self.update()
        else:
            self.left.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw it larger or smaller."""
        self._to = event.position().toPoint()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take what is inside; a mere click begins anew."""
        self._to = event.position().toPoint()
        area = self.chosen()
        if min(area.width(), area.height()) >= _LEAST_PX:
            self.picked.emit(self.part(area))
        else:
            self._from = None
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Enter takes the whole screen."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self.part(self.rect()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the screen, a veil around the rectangle, and what to do."""
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._shot)
        chosen = self.chosen()
        veil = QPainterPath()
        veil.addRect(QRectF(self.rect()))
        if not chosen.isEmpty():
            hole = QPainterPath()
            hole.addRect(QRectF(chosen))
            veil = veil.subtracted(hole)
        painter.fillPath(veil, _VEIL)
        if chosen.isEmpty():
            self._paint_hint(painter)
        else:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRect(chosen)
        painter.end()

    def _paint_hint(self, painter: QPainter) -> None:
        words = self.tr("Draw around what to search by. Enter takes all of it, Esc leaves.")
        painter.setFont(self._theme.font(NORMAL_PX))
        box = painter.fontMetrics().boundingRect(words).adjusted(-16, -8, 16, 8)
        box.moveCenter(QPoint(self.width() // 2, 48))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
