"""A sheet over the whole window, which dims what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from mmsearch.gui.tab_order import step_focus

_DIM = QColor(0, 0, 0, 120)


class Overlay(QWidget):
    """Covers its parent while it is there; a click beside the sheet closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._behind = parent
        self.sheet = QFrame(self)
        self.sheet.setObjectName("sheet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        parent.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Be there, as large as the parent, with the keyboard."""
        self.setGeometry(self._behind.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays in the sheet: what is behind it cannot be seen."""
        return step_focus(self, forward=forward)

    def close_sheet(self) -> None:
        """Go; heirs tell somebody."""
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the sheet closes."""
        if not self.sheet.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the parent."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._behind.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is behind."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _DIM)
        painter.end()
