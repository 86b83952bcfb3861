"""All keys on one sheet."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.theme import Theme
from mmsearch.gui.window_actions import action_specs, keys_text


def _mouse_rows() -> list[tuple[str, str]]:
    def tr(text: str) -> str:
        return QCoreApplication.translate("keys", text)

    return [
        (tr("Enter"), tr("Search now; open the selected file")),
        (tr("Down, Tab"), tr("Choose and take a suggestion")),
        (tr("Ctrl + wheel"), tr("Larger, smaller")),
        (tr("Arrows"), tr("Move; step in the quick look")),
        (tr("P"), tr("Play in the quick look")),
    ]


class KeySheet(QWidget):
    """An overlay of its parent."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._behind = parent
        self._before: QWidget | None = None
        self.setAccessibleName(self.tr("Keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheet = QFrame(self)
        self._sheet.setObjectName("sheet")
        close = IconButton("close", self.tr("Close (Esc)"), theme, self._sheet)
        close.clicked.connect(self.hide)
        head = row()
        head.addWidget(label(self.tr("Keys"), "title"), 1)
        head.addWidget(close)
        groups = row(gap_px=32)
        for name, rows in self.groups():
            groups.addLayout(self._made_group(name, rows))
        layout = column(self._sheet, gap_px=16, margin_px=24)
        layout.addLayout(head)
        layout.addLayout(groups)
        outer = column(self)
        outer.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignCenter)
        parent.installEventFilter(self)
        self.hide()

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The rows (key, meaning) of each group."""
        made = []
        for name, specs in groupby(action_specs(), key=lambda spec: spec.group):
            rows = [(keys_text(spec), spec.text) for spec in specs if spec.keys]
            made.append((name, rows))
        made[-1][1].extend(_mouse_rows())
        return made

    def _made_group(self, name: str, rows: list[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(label(name.upper(), "heading"), 0, 0, 1, 2)
        for place, (keys, text) in enumerate(rows, start=1):
            key = label(keys, "key")
            grid.addWidget(key, place, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(text), place, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        return grid

    def toggle(self) -> None:
        """Cover the window, or go."""
        if self.isVisible():
            self.hide()
            return
        self._before = self.window().focusWidget()
        self.setGeometry(self._behind.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """The keyboard goes back to where it was."""
        super().hideEvent(event)
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any of the closing keys closes."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Space):
            self.hide()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the sheet closes."""
        if not self._sheet.geometry().contains(event.position().toPoint()):
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._behind.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is behind."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 120))
        painter.end()
