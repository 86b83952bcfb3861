"""A list to choose one thing from, with our own arrow."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from mmsearch.gui.icons import SMALL_ICON_PX, tinted
from mmsearch.gui.theme import Theme


class Choice(QComboBox):
    """The wheel scrolls the page that it is on, and changes nothing under the pointer."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def choose(self, value: object, name: str) -> None:
        """Show a value, also one that only somebody who writes the settings by hand can choose."""
        place = self.findData(value)
        if place < 0:
            self.addItem(name, value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow, which a style sheet takes away."""
        super().paintEvent(event)
        painter = QPainter(self)
        mark = tinted(
            "unfold", self._theme.colours.secondary, SMALL_ICON_PX, self.devicePixelRatioF()
        )
        left = self.width() - SMALL_ICON_PX - 8
        painter.drawPixmap(QPoint(left, (self.height() - SMALL_ICON_PX) // 2), mark)
        painter.end()
