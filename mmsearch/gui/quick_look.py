"""The space bar: one hit over the whole window, arrows step, space closes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.overlay import Overlay
from mmsearch.gui.theme import Theme
from mmsearch.gui.verdict_line import VerdictButtons
from mmsearch.gui.viewer import Preview, Viewer
from mmsearch.present.words import locator_words
from mmsearch.types import Hit

_MARGIN_PX = 48


class QuickLook(Overlay):
    """An overlay of its parent."""

    stepped = Signal(int)
    """+1 or -1: show the next or the last hit."""
    closed = Signal()
    hit_changed = Signal()
    open_asked = Signal(object)

    def __init__(self, preview: Preview, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.viewer = Viewer(preview, theme, self)
        self._name = label("", "large", elide=True)
        self._place = label("", "secondary")
        self.verdict = VerdictButtons(theme, self)
        self.setAccessibleName(self.tr("Quick look"))
        close = IconButton("close", self.tr("Close (Space)"), theme, self.sheet)
        close.clicked.connect(self.close_look)
        head = row(gap_px=12)
        head.addWidget(self._name)
        head.addWidget(self._place, 1)
        head.addWidget(self.verdict)
        head.addWidget(close)
        layout = column(self.sheet, gap_px=12, margin_px=16)
        layout.addLayout(head)
        layout.addWidget(self.viewer, 1)
        outer = column(self, margin_px=_MARGIN_PX)
        outer.addWidget(self.sheet)

    def show_hit(self, hit: Hit) -> None:
        """Show a hit, now."""
        self._name.setText(hit.path.name)
        self._place.setText(locator_words(hit.locator))
        self.viewer.show_hit(hit)
        self.hit_changed.emit()
        self.cover()

    def close_look(self) -> None:
        """Go back to the grid."""
        self.hide()
        self.viewer.show_hit(None)
        self.closed.emit()

    def close_sheet(self) -> None:
        """As the key does."""
        self.close_look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Esc close, arrows step, Enter opens, P plays, plus and minus zoom."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
            self.close_look()
        elif key in steps:
            self.stepped.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.viewer.hit is not None:
            self.open_asked.emit(self.viewer.hit)
        elif self.viewer.press_key(event):
            return
        elif key == Qt.Key.Key_P:
            self.viewer.toggle_playing()
        else:
            super().keyPressEvent(event)
