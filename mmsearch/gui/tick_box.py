"""A box to tick, drawn so that it can be seen on a dark ground, too."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from mmsearch.gui.icons import SMALL_ICON_PX, tinted
from mmsearch.gui.theme import Theme

_BOX_PX, _GAP_PX, _CORNER_PX, _RING_PX = 16, 8, 4, 3


class TickBox(QCheckBox):
    """Filled with the accent and with a hook when it is ticked."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for the box and the words."""
        words_px = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(
            _RING_PX + _BOX_PX + _GAP_PX + words_px + 2, max(24, self.fontMetrics().height())
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, the hook, and what fits of the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(_RING_PX + 0.5, (self.height() - _BOX_PX) / 2 + 0.5, _BOX_PX - 1, _BOX_PX - 1)
        self._paint_box(painter, box)
        area = self.rect().adjusted(_RING_PX + _BOX_PX + _GAP_PX, 0, 0, 0)
        painter.setPen(self._theme.colour("text" if self.isEnabled() else "secondary"))
        middle = Qt.TextElideMode.ElideMiddle
        shown = self.fontMetrics().elidedText(self.text(), middle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        ticked = self.isChecked()
        rim = "accent" if ticked or self.underMouse() else "secondary"
        painter.setPen(self._theme.colour(rim if self.isEnabled() else "line"))
        painter.setBrush(self._theme.colour("accent" if ticked else "surface"))
        painter.drawRoundedRect(box, _CORNER_PX, _CORNER_PX)
        if ticked:
            white = self._theme.colours.on_accent
            hook = tinted("check", white, SMALL_ICON_PX, self.devicePixelRatioF())
            painter.drawPixmap(box.topLeft().toPoint(), hook)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("accent"))
            around = box.adjusted(-2, -2, 2, 2)
            painter.drawRoundedRect(around, _CORNER_PX + 2, _CORNER_PX + 2)

    def hitButton(self, place: QPoint) -> bool:
        """All of it can be clicked."""
        return True
