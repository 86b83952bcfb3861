"""The left column: the folders of the library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import button, column, label, row
from mmsearch.gui.pop_up import pop_up
from mmsearch.gui.root_model import RootModel, RootRole, RootState
from mmsearch.gui.texts import number_text
from mmsearch.gui.theme import CORNER_PX, NORMAL_PX, SMALL_PX, Theme
from mmsearch.types import RootStatus

_ROW_PX = 32
_MOST_ROWS = 8
_COLOURS = {
    RootState.INDEXED: "good",
    RootState.INDEXING: "accent_text",
    RootState.OFFLINE: "secondary",
    RootState.HAS_ERRORS: "warning",
}


class FolderPanel(QWidget):
    """Selecting a folder searches only there; selecting it again searches everywhere."""

    add_asked = Signal()
    remove_asked = Signal(object)
    reveal_asked = Signal(object)
    errors_asked = Signal(object)
    scope_changed = Signal()
    index_asked = Signal()

    def __init__(self, model: RootModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.list = _FolderList(model, theme, self)
        self._add = button(self.tr("Add folders…"))
        self._add.clicked.connect(self.add_asked)
        refresh = IconButton("refresh", self.tr("Look for new and changed files"), theme, self)
        refresh.clicked.connect(self.index_asked)
        self._question = _ForgetQuestion(self)
        self._question.confirmed.connect(self.remove_asked)
        head = row()
        head.setContentsMargins(4, 0, 0, 0)
        head.addWidget(label(self.tr("LIBRARY"), "heading"), 1)
        head.addWidget(refresh)
        layout = column(self, gap_px=8)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addWidget(self._question)
        layout.addWidget(self._add)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.scope_changed.emit())

    def scope(self) -> tuple[Path, ...]:
        """The folders to search in; empty means everywhere."""
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return tuple(self._model.roots()[row].path for row in rows)

    def clear_scope(self) -> None:
        """Search everywhere."""
        self.list.clearSelection()

    def set_scope(self, folders: Sequence[Path]) -> None:
        """Search in these folders; none means everywhere."""
        self.list.clearSelection()
        for place, root in enumerate(self._model.roots()):
            if root.path in folders:
                flag = QItemSelectionModel.SelectionFlag.Select
                self.list.selectionModel().select(self._model.index(place), flag)

    def drop_from_scope(self, folder: Path) -> None:
        """Search without the restriction to this folder."""
        for index in self.list.selectedIndexes():
            if self._model.roots()[index.row()].path == folder:
                flag = QItemSelectionModel.SelectionFlag.Deselect
                self.list.selectionModel().select(index, flag)

    def ask_to_forget(self, root: RootStatus) -> None:
        """Ask, in the column and not in a dialog, whether to forget a folder."""
        self._question.ask(root)

    def menu_for(self, root: RootStatus) -> QMenu:
        """Return the context menu of a folder."""
        menu = QMenu(self)
        menu.addAction(self.tr("Show in file manager"), lambda: self.reveal_asked.emit(root.path))
        if root.n_failed:
            words = self.tr("Show unreadable files ({0})").format(number_text(root.n_failed))
            menu.addAction(words, lambda: self.errors_asked.emit(root.path))
        menu.addAction(self.tr("Forget this folder…"), lambda: self.ask_to_forget(root))
        return menu

    def _show_menu(self, at: QPoint) -> None:
        root = self._model.root(self.list.indexAt(at))
        if root is not None:
            pop_up(self.menu_for(root), self.list.viewport().mapToGlobal(at))


def paint_state_mark(painter: QPainter, box: QRectF, state: RootState, colour: QColor) -> None:
    """Draw a disc, a half disc, a ring or a triangle."""
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state is RootState.HAS_ERRORS:
        painter.setBrush(colour)
        corners = (QPointF(box.center().x(), box.top()), box.bottomLeft(), box.bottomRight())
        painter.drawPolygon(QPolygonF(corners))
        return
    inner = box.adjusted(0.75, 0.75, -0.75, -0.75)
    if state is RootState.INDEXED:
        painter.setBrush(colour)
    painter.drawEllipse(inner)
    if state is RootState.INDEXING:
        painter.setBrush(colour)
        painter.drawPie(inner, 90 * 16, 180 * 16)


class _FolderList(QListView):
    def __init__(self, model: RootModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("folders")
        self.setModel(model)
        self.setItemDelegate(_FolderDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Folders of the library"))
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(lambda *_: self._fit())
        self._fit()
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.viewport().update)

    def _fit(self) -> None:
        """As high as its rows, up to a point."""
        n_rows = max(1, min(_MOST_ROWS, self.model().rowCount()))
        self.setFixedHeight(n_rows * _ROW_PX)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: object = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A click on the only selected folder takes the restriction back."""
        if index.isValid() and self.selectedIndexes() == [index]:
            return QItemSelectionModel.SelectionFlag.Toggle
        return super().selectionCommand(index, event)  # type: ignore[arg-type]


class _FolderDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _ROW_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        root, state = index.data(RootRole.ROOT), index.data(RootRole.STATE)
        if not isinstance(root, RootStatus) or not isinstance(state, RootState):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        flags: QStyle.StateFlag = option.state
        self._paint_ground(painter, area, flags)
        self._paint_mark(painter, area, state)
        self._paint_words(painter, area, index.data(), index.data(RootRole.COUNT))
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, flags: QStyle.StateFlag) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        box = area.adjusted(0, 1, 0, -1)
        if flags & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.colour("found"))
            painter.drawRoundedRect(box, CORNER_PX, CORNER_PX)
        elif flags & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.colour("raised"))
            painter.drawRoundedRect(box, CORNER_PX, CORNER_PX)

    def _paint_mark(self, painter: QPainter, area: QRect, state: RootState) -> None:
        box = QRectF(area.x() + 4, area.y() + area.height() / 2 - 5, 10, 10)
        paint_state_mark(painter, box, state, self._theme.colour(_COLOURS[state]))

    def _paint_words(self, painter: QPainter, area: QRect, name: str, count: str) -> None:
        vertical = Qt.AlignmentFlag.AlignVCenter
        font = self._theme.font(SMALL_PX)
        painter.setFont(font)
        count_px = QFontMetrics(font).horizontalAdvance(count)
        right = QRect(area.right() - 6 - count_px, area.y(), count_px + 1, area.height())
        painter.setPen(self._theme.colour("secondary"))
        painter.drawText(right, vertical, count)
        font = self._theme.font(NORMAL_PX)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.colours.text))
        left = QRect(area.x() + 24, area.y(), right.x() - area.x() - 32, area.height())
        shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideMiddle, left.width())
        painter.drawText(left, vertical, shown)


class _ForgetQuestion(QFrame):
    """Nothing on disk is at stake, but hours of reading may be: so it asks, without a dialog."""

    confirmed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self._root: RootStatus | None = None
        self._text = label("", wrap=True)
        yes, no = button(self.tr("Forget")), button(self.tr("Keep"))
        yes.clicked.connect(self._on_yes)
        no.clicked.connect(self.hide)
        buttons = row()
        buttons.addWidget(yes)
        buttons.addWidget(no)
        buttons.addStretch(1)
        layout = column(self, margin_px=12)
        layout.addWidget(self._text)
        layout.addLayout(buttons)
        self.hide()

    def ask(self, root: RootStatus) -> None:
        self._root = root
        text = self.tr("Forget “{0}”? The files stay on your disk; only the index of them goes.")
        self._text.setText(text.format(root.path.name))
        self.show()

    def _on_yes(self) -> None:
        self.hide()
        if self._root is not None:
            self.confirmed.emit(self._root.path)
