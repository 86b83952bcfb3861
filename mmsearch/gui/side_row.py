"""A row of the side column that can be clicked: with a mark, a name, and words at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mmsearch.gui.theme import CORNER_PX, NORMAL_PX, Theme

_LEAST_PX = 120
_EDGE_PX, _GAP_PX = 6, 8


class SideRow(QAbstractButton):
    """All rows of a list are of one height; what they say is the heirs' part."""

    def __init__(self, theme: Theme, height_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._height_px = height_px
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As high as all rows."""
        return QSize(_LEAST_PX, self._height_px)

    def paint_row(self, painter: QPainter) -> None:
        """Draw what the row says."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row, on a ground while somebody points at it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("raised"))
            painter.drawRoundedRect(self.rect(), CORNER_PX, CORNER_PX)
        self.paint_row(painter)
        painter.end()

    def paint_right(self, painter: QPainter, text: str, font: QFont, colour: QColor) -> int:
        """Draw words at the right; returns the room that they take there."""
        if not text:
            return _EDGE_PX
        painter.setFont(font)
        painter.setPen(colour)
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(0, 0, -_EDGE_PX, 0), alignment, text)
        return QFontMetrics(font).horizontalAdvance(text) + _EDGE_PX + _GAP_PX

    def paint_name(
        self, painter: QPainter, name: str, *, left_px: int, right_px: int, colour: str = "text"
    ) -> None:
        """Draw the name between the mark and the words at the right; what is too long is cut."""
        font = self.theme.font(NORMAL_PX)
        painter.setFont(font)
        painter.setPen(self.theme.colour(colour))
        area = self.rect().adjusted(left_px, 0, -right_px, 0)
        mode = Qt.TextElideMode.ElideMiddle
        shown = QFontMetrics(font).elidedText(name, mode, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
