"""Two halves while something is dragged over the window: add to the library, or search by it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from mmsearch.gui.icons import tinted
from mmsearch.gui.incoming import can_be_example, is_droppable, paths_in
from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.theme import Theme

_HIDE_AFTER_MS = 120


class DropOverlay(QWidget):
    """Covers ``area``, a part of the window that leaves the search box free."""

    add_dropped = Signal(list)
    """Paths of folders and files."""
    search_dropped = Signal(object)
    """The QMimeData, valid during the signal."""

    def __init__(self, theme: Theme, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self._theme = theme
        self._add = _Half("folder-add", self.tr("Add to library"), theme)
        self._add.explain(self.tr("Its files become searchable. Nothing is copied or moved."))
        self._search = _Half("search", self.tr("Search by this"), theme)
        self._search.explain(self.tr("Find files that look, sound or read like it."))
        layout = row(self, gap_px=16, margin_px=24)
        layout.addWidget(self._add)
        layout.addWidget(self._search)
        self.setAcceptDrops(True)
        # Leaving for a neighbour of this window part is told before entering it.
        self._leave = QTimer(self, singleShot=True, interval=_HIDE_AFTER_MS)
        self._leave.timeout.connect(self.hide)
        area.installEventFilter(self)
        self.hide()

    def welcome(self, event: QDragEnterEvent) -> None:
        """Something is dragged into the window: show what can be done with it."""
        data = event.mimeData()
        if event.source() is not None or not is_droppable(data):
            return
        event.acceptProposedAction()
        self.offer(data)

    def offer(self, data: QMimeData) -> None:
        """Show the halves; the first one only where there is something with a path."""
        paths = paths_in(data)
        self._add.setEnabled(bool(paths))
        # An address is taken, too: that it cannot be searched by is said when it is dropped.
        self._search.setEnabled(can_be_example(data) or not paths)
        self._leave.stop()
        self.setGeometry(self._area.rect())
        self.show()
        self.raise_()

    def half_at(self, x: float) -> QWidget:
        """Return the half under a place; the other one when it cannot be used."""
        first, second = self._add, self._search
        wanted = first if x < self.width() / 2 else second
        other = second if wanted is first else first
        return wanted if wanted.isEnabled() else other

    @property
    def add_half(self) -> QWidget:
        """The left half."""
        return self._add

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Stay."""
        self._leave.stop()
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light up the half under the pointer."""
        event.acceptProposedAction()
        hot = self.half_at(event.position().x())
        for half in (self._add, self._search):
            half.set_hot(half is hot)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go, unless the pointer only crosses to the search box and back."""
        self._leave.start()

    def dropEvent(self, event: QDropEvent) -> None:
        """Do what the half says."""
        event.acceptProposedAction()
        self.hide()
        data = event.mimeData()
        if self.half_at(event.position().x()) is self._add:
            self.add_dropped.emit(paths_in(data))
        else:
            self.search_dropped.emit(data)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the area."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._area.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hide most of what is behind."""
        ground = QColor(self._theme.colours.ground)
        ground.setAlpha(235)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.end()


class _Half(QFrame):
    def __init__(self, icon_name: str, title: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("dropHalf")
        self._theme = theme
        self._icon_name = icon_name
        self._mark = QLabel()
        self._text = label("", "secondary", wrap=True)
        self.setAccessibleName(title)
        layout = column(self, gap_px=8, margin_px=24)
        layout.addStretch(1)
        for widget in (self._mark, label(title, "title"), self._text):
            layout.addWidget(widget)
        layout.addStretch(1)
        for item in (layout.itemAt(place) for place in range(layout.count())):
            inner = item.widget() if item else None
            if isinstance(inner, QLabel):
                inner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.changed.connect(self._tint)
        self._tint()

    def explain(self, text: str) -> None:
        self._text.setText(text)

    def set_hot(self, hot: bool) -> None:
        if self.property("hot") != hot:
            self.setProperty("hot", hot)
            self.style().unpolish(self)
            self.style().polish(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._tint()

    def _tint(self) -> None:
        colours = self._theme.colours
        colour = colours.accent_text if self.isEnabled() else colours.line
        self._mark.setPixmap(tinted(self._icon_name, colour, 40, self.devicePixelRatioF()))
