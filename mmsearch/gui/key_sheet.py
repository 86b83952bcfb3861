"""All keys on one sheet."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QCoreApplication, QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.overlay import Overlay
from mmsearch.gui.theme import Theme
from mmsearch.gui.window_actions import action_specs, keys_text

_MARGIN_PX, _EDGE_PX, _GAP_PX = 24, 16, 12
"""Within the sheet, between it and the edge of the window, and beside the keys."""
_LINE_PX = 16
"""Between the title and the keys."""
_SCROLLING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


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


class KeySheet(Overlay):
    """Gives the keyboard back to who had it."""

    _before: QWidget | None = None

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Keys"))
        close = IconButton("close", self.tr("Close (Esc)"), theme, self.sheet)
        close.clicked.connect(self.hide)
        self._head = row()
        self._head.addWidget(label(self.tr("Keys"), "title"), 1)
        self._head.addWidget(close)
        self._groups = QWidget()
        self._beside = row(self._groups, gap_px=32)
        self._beside.setContentsMargins(0, 0, _GAP_PX, 0)
        self._grids = [self._made_group(name, rows) for name, rows in self.groups()]
        for grid in self._grids:
            self._beside.addLayout(grid)
        self._scroll = self._made_scroll()
        layout = column(self.sheet, gap_px=_LINE_PX, margin_px=_MARGIN_PX)
        layout.addLayout(self._head)
        layout.addWidget(self._scroll, 1)

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
        grid.setHorizontalSpacing(_GAP_PX)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(8)
        grid.addWidget(label(name.upper(), "heading"), 0, 0, 1, 2)
        for place, (keys, text) in enumerate(rows, start=1):
            key = label(keys, "key")
            grid.addWidget(key, place, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(text), place, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        return grid

    def _made_scroll(self) -> QScrollArea:
        scroll = QScrollArea(self.sheet)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the sheet has the keyboard
        scroll.setAccessibleName(self.tr("Keys"))
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._groups)
        for ground in (self._groups, scroll.viewport()):  # that of the sheet
            ground.setAutoFillBackground(False)
        return scroll

    def _fit(self) -> None:
        """Groups stand beside each other where there is room, else below each other; what is too
        high is scrolled."""
        room = self.rect().marginsRemoved(QMargins(*4 * (_EDGE_PX,))).size()
        direction = QBoxLayout.Direction
        for way in (direction.LeftToRight, direction.TopToBottom):
            self._beside.setDirection(way)
            self._align(is_below=way is direction.TopToBottom)
            wanted = self._wanted()
            if wanted.width() <= room.width():
                break
        place = QRect(QPoint(), wanted.boundedTo(room))
        place.moveCenter(self.rect().center())
        self.sheet.setGeometry(place)

    def _align(self, *, is_below: bool) -> None:
        """The meanings of groups below each other begin at one place."""
        keys = [one for one in self._groups.findChildren(QLabel) if one.property("role") == "key"]
        widest_px = max(key.sizeHint().width() for key in keys)
        for grid in self._grids:
            grid.setColumnMinimumWidth(0, widest_px if is_below else 0)

    def _wanted(self) -> QSize:
        """The size at which nothing of the sheet is hidden."""
        bar_px = self._scroll.verticalScrollBar().sizeHint().width()
        inner = self._groups.sizeHint() + QSize(bar_px, self._head.sizeHint().height() + _LINE_PX)
        return inner.grownBy(QMargins(*4 * (_MARGIN_PX + self.sheet.frameWidth(),)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet keeps within the window."""
        super().resizeEvent(event)
        self._fit()

    def toggle(self) -> None:
        """Cover the window, or go."""
        if self.isVisible():
            self.hide()
            return
        self._before = self.window().focusWidget()
        self.cover()
        self._fit()
        self._scroll.verticalScrollBar().setValue(0)

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
        elif event.key() in _SCROLLING_KEYS:
            QCoreApplication.sendEvent(self._scroll.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)
