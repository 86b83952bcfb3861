"""The folders to search in, as a tree that opens where one looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from mmsearch.gui.folder_tree_model import N_ROLE, PATH_ROLE, AnyIndex, FolderTreeModel
from mmsearch.gui.texts import number_text
from mmsearch.gui.theme import CORNER_PX, NORMAL_PX, SMALL_PX, Theme
from mmsearch.retrieve.facets import FolderCount

_ROW_PX, _MOST_ROWS, _INDENT_PX = 26, 9, 16


class FolderTree(QTreeView):
    """A click searches in a folder and all below; another click on it searches everywhere."""

    chosen = Signal(str)
    """The path of the folder, or nothing for everywhere."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self.setObjectName("folders")
        self.folders = FolderTreeModel(self)
        self.setModel(self.folders)
        self.setItemDelegate(_Delegate(theme, self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENT_PX)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QTreeView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Folders to search in"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_clicked)
        for changed in (self.expanded, self.collapsed):
            changed.connect(lambda _index: self._fit())
        theme.changed.connect(self.viewport().update)

    def show_folders(self, counts: Sequence[FolderCount], path: str) -> None:
        """Show other counts, and the folder that is searched in."""
        self._path = path
        if self.folders.set_folders(counts) and self.folders.rowCount() == 1:
            self.expand(self.folders.index(0, 0))
        index = self.folders.index_of(path)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            index, flag.ClearAndSelect if index.isValid() else flag.Clear
        )
        self._fit()

    def has_choice(self) -> bool:
        """Whether there is more than one folder."""
        n_roots = self.folders.rowCount()
        return n_roots > 1 or self.folders.rowCount(self.folders.index(0, 0)) > 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter choose; the arrows move, open and close."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the window."""

    def _on_clicked(self, index: QModelIndex) -> None:
        path = index.data(PATH_ROLE) or ""
        self.chosen.emit("" if path == self._path else path)

    def _fit(self) -> None:
        """As high as its rows, up to a point."""
        n_rows, index = 0, self.folders.index(0, 0)
        while index.isValid() and n_rows < _MOST_ROWS:
            n_rows += 1
            index = self.indexBelow(index)
        self.setFixedHeight(max(1, n_rows) * _ROW_PX)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = state & QStyle.StateFlag.State_Selected
        if is_on or state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("found" if is_on else "raised"))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), CORNER_PX, CORNER_PX)
        self._paint_words(painter, area.adjusted(6, 0, -6, 0), index)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, index: AnyIndex) -> None:
        n = int(index.data(N_ROLE) or 0)
        vertical = Qt.AlignmentFlag.AlignVCenter
        font = self._theme.font(SMALL_PX)
        painter.setFont(font)
        painter.setPen(self._theme.colour("secondary"))
        painter.drawText(area, vertical | Qt.AlignmentFlag.AlignRight, number_text(n))
        left = area.adjusted(0, 0, -QFontMetrics(font).horizontalAdvance(number_text(n)) - 8, 0)
        font = self._theme.font(NORMAL_PX)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text" if n else "secondary"))
        mode = Qt.TextElideMode.ElideMiddle
        name = QFontMetrics(font).elidedText(str(index.data()), mode, left.width())
        painter.drawText(left, vertical, name)
