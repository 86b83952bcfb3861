"""A view of one list whose items lie where a tiling puts them, 100,000 of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QCursor,
    QHoverEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from mmsearch.gui.cell_painting import paint_band
from mmsearch.gui.selections import ranges_of, selection_of
from mmsearch.gui.theme import Theme
from mmsearch.present.tiling import Tiling, even

AnyIndex = QModelIndex | QPersistentModelIndex
_STEP_PX = 60
"""Of the scroll bar's arrows; the wheel takes three."""
_HOVERED = (QEvent.Type.HoverEnter, QEvent.Type.HoverMove)


class TileView(QListView):
    """Scrolls, selects and moves by a tiling; what it looks like is the heirs' part.

    Of QListView only the name is left, by which Qt tells screen readers of a list and its rows;
    what it would lay out itself is passed over.
    """

    _tiling: Tiling | None = None
    """None until somebody asks; Qt does so from its constructor on."""
    _hovered = -1
    _band: QRect | None = None

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        # An opaque view is scrolled by moving its pixels; only what comes into sight is painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.viewport().update)

    # Where everything lies -----------------------------------------------------------------

    def made_tiling(self) -> Tiling:
        """Where the rows of the model lie in the width there is now."""
        raise NotImplementedError

    def tiling(self) -> Tiling:
        """Where the rows lie."""
        if self.model() is None:  # Qt asks while the view is being made
            return even([], n_columns=1, cell_px=(0, 0))
        if self._tiling is None:
            self._tiling = self.made_tiling()
        return self._tiling

    def lay_out_anew(self) -> None:
        """Rows, shapes or sizes have changed."""
        self._tiling = None
        self.updateGeometries()
        self.viewport().update()

    def _n_rows(self) -> int:
        return self.model().rowCount()

    def visible_rows(self) -> range:
        """The rows that can be seen, at least in part."""
        top = self.verticalOffset()
        return self.tiling().rows_between(top, top + self.viewport().height())

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show another model."""
        super().setModel(model)
        if model is not None:
            model.rowsInserted.connect(self.on_rows_changed)
            model.rowsRemoved.connect(self.on_rows_changed)

    def on_rows_changed(self) -> None:
        """Rows have come or gone."""
        self._hovered = -1
        self.lay_out_anew()

    def reset(self) -> None:
        """Everything is another."""
        self._tiling, self._hovered = None, -1
        super().reset()
        self.updateGeometries()  # Qt would do it later

    def doItemsLayout(self) -> None:
        """Where rows lie is asked when it is wanted."""
        QAbstractItemView.doItemsLayout(self)

    def dataChanged(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:  # type: ignore[override]
        """What rows say changes nothing about where they lie."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def updateGeometries(self) -> None:
        """Tell the scroll bar how long everything is."""
        QAbstractItemView.updateGeometries(self)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        most = max(0, self.tiling().end_px - height)
        bar.setSingleStep(_STEP_PX)
        bar.setPageStep(height)
        bar.setRange(0, most)
        # The bar always takes its room, so that columns do not jump; disabled, it is not seen.
        bar.setEnabled(most > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is another width to fill."""
        QAbstractItemView.resizeEvent(self, event)
        self.lay_out_anew()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move the pixels; another row comes under a mouse that rests."""
        self.viewport().scroll(dx, dy)
        if self.viewport().underMouse():
            self.hover(self.viewport().mapFromGlobal(QCursor.pos()))

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def visualRect(self, index: AnyIndex) -> QRect:
        """The box of a row in the viewport."""
        if not 0 <= index.row() < self.tiling().n_row:
            return QRect()
        return self._box(index.row())

    def _box(self, row: int) -> QRect:
        return QRect(*self.tiling().box(row)).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        row = self.tiling().row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row, 0)

    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, with what stands above its line."""
        if not 0 <= index.row() < self.tiling().n_row:
            return
        _, top, _, height = self.tiling().box(index.row())
        above = top - self.tiling().gap_above_px(index.row())
        bar, room = self.verticalScrollBar(), self.viewport().height()
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtCenter:
            bar.setValue(top - (room - height) // 2)
        elif hint == hints.PositionAtTop or above < bar.value():
            bar.setValue(above)
        elif hint == hints.PositionAtBottom or top + height > bar.value() + room:
            bar.setValue(min(above, top + height - room))

    # Keys and selection --------------------------------------------------------------------

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Left and right go through all rows, up and down to what lies nearest."""
        n, row = self._n_rows(), self.currentIndex().row()
        if n == 0:
            return QModelIndex()
        moved = 0 if row < 0 else self._moved(action, row)
        return self.model().index(min(max(0, moved), n - 1), 0)

    def _moved(self, action: QAbstractItemView.CursorAction, row: int) -> int:
        actions = QAbstractItemView.CursorAction
        _, _, _, height = self.tiling().box(row)
        n_page = max(1, self.viewport().height() // max(1, height))
        lines = {actions.MoveUp: -1, actions.MoveDown: 1}
        lines |= {actions.MovePageUp: -n_page, actions.MovePageDown: n_page}
        if action in lines:
            return self.tiling().row_beside(row, lines[action])
        ends = {actions.MoveHome: 0, actions.MoveEnd: self._n_rows() - 1}
        is_back = action in (actions.MoveLeft, actions.MovePrevious)
        return ends.get(action, row - 1 if is_back else row + 1)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select from one row to another, or what a band drawn with the mouse touches."""
        is_band = self.state() == QAbstractItemView.State.DragSelectingState
        found = self._touched(rect.normalized()) if is_band else self._between(rect)
        self._band = rect.normalized() if is_band else None
        self.selectionModel().select(selection_of(self.model(), found), command)

    def _touched(self, band: QRect) -> list[range]:
        top = band.top() + self.verticalOffset()
        return self.tiling().rows_within(
            band.left(), top, band.left() + band.width(), top + band.height()
        )

    def _between(self, rect: QRect) -> Iterator[range]:
        """Qt gives a box whose corners are where the two rows are, in whichever order."""
        ends = [self.indexAt(corner).row() for corner in (rect.topLeft(), rect.bottomRight())]
        if min(ends) >= 0:
            yield range(min(ends), max(ends) + 1)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What is to be painted anew: of 100,000 rows only those in sight."""
        region, seen = QRegion(), self.visible_rows()
        for part in ranges_of(selection):
            for row in range(max(part.top(), seen.start), min(part.bottom() + 1, seen.stop)):
                region += self._box(row)
        return region

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the band."""
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump: that would ask 100,000 rows for their names."""

    # Drawing -------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        """Know what is under the mouse."""
        if isinstance(event, QHoverEvent):
            is_there = event.type() in _HOVERED
            self.hover(event.position().toPoint() if is_there else None)
        return super().viewportEvent(event)

    def hover(self, at: QPoint | None) -> None:
        """The mouse is over a place of the viewport, or has left it."""
        before, self._hovered = self._hovered, self.indexAt(at).row() if at is not None else -1
        for row in {before, self._hovered}:
            if before != self._hovered and 0 <= row < self.tiling().n_row:
                self.viewport().update(self._box(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the ground, which the promise of being opaque demands, and paint the rows."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("ground"))
        for row in self._rows_in(event.region()):  # type: ignore[arg-type]
            self._paint_row(painter, row)
        if self._band is not None:
            paint_band(painter, self._band, self._theme.colour("accent"))
        painter.end()

    def _rows_in(self, parts: Iterable[QRect]) -> list[int]:
        """The rows to paint; what lies between two parts of a region is left alone."""
        return sorted({row for part in parts for one in self._touched(part) for row in one})

    def _paint_row(self, painter: QPainter, row: int) -> None:
        index = self.model().index(row, 0)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self._box(row)
        option.state = self._state(index)
        self.itemDelegate().paint(painter, option, index)

    def _state(self, index: QModelIndex) -> QStyle.StateFlag:
        flags = QStyle.StateFlag
        state = flags.State_Enabled
        if self.selectionModel().isSelected(index):
            state |= flags.State_Selected
        if self.hasFocus() and index == self.currentIndex():
            state |= flags.State_HasFocus
        if index.row() == self._hovered:
            state |= flags.State_MouseOver
        return state
