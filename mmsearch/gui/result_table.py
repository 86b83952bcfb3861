"""The results as a list with details."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from mmsearch.gui.details_delegate import ROW_PX, DetailsDelegate
from mmsearch.gui.details_model import Column, DetailsModel
from mmsearch.gui.result_model import ResultModel
from mmsearch.gui.selections import ranges_of, selection_of
from mmsearch.gui.theme import Theme
from mmsearch.present.arrangement import Order

_WIDTHS_PX = {
    Column.NAME: 256,
    Column.MATCH: 136,
    Column.KIND: 72,
    Column.PART: 96,
    Column.DATE: 96,
    Column.SIZE: 72,
}
_ORDERS: dict[Column, tuple[Order, ...]] = {
    Column.NAME: (Order.NAME,),
    Column.MATCH: (Order.MATCH,),
    Column.DATE: (Order.NEWEST, Order.OLDEST),
    Column.SIZE: (Order.LARGEST, Order.SMALLEST),
}
_ASCENDING = (Order.NAME, Order.OLDEST, Order.SMALLEST)


class ResultTable(QTableView):
    """Rows of one height, so that 100,000 of them are laid out at once.

    What is selected here is selected in the grid too, and the other way round: whoever acts on
    results asks the grid.
    """

    hit_activated = Signal(object)
    clip_dragged = Signal(object)
    """Somebody drags with Alt: the found part of the current hit is meant."""
    order_asked = Signal(object)
    stack_clicked = Signal(object)

    def __init__(
        self,
        model: ResultModel,
        selected: QItemSelectionModel,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._results = model
        self._selected = selected
        self._following = False
        self.details = DetailsModel(model, self)
        self.setModel(self.details)
        self._delegate = delegate = DetailsDelegate(theme, self)
        delegate.stack_clicked.connect(self.stack_clicked)
        self.setItemDelegate(delegate)
        self.setObjectName("results")
        self.setAccessibleName(self.tr("Results as a list"))
        # A header asks for each column whether all its rows are selected; here it need not know.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(self.details, self))
        self.verticalHeader().setSelectionModel(QItemSelectionModel(self.details, self))
        self._theme = theme
        self._set_up()
        self._set_up_header()
        self._tell_soon = QTimer(self, singleShot=True, interval=0)
        self._tell_soon.timeout.connect(self._tell_visible_rows)
        self.verticalScrollBar().valueChanged.connect(self._tell_soon.start)
        model.modelReset.connect(self._tell_soon.start)
        theme.changed.connect(self.viewport().update)
        self.activated.connect(self._on_activated)
        self.selectionModel().selectionChanged.connect(lambda *_: self._lead())
        self.selectionModel().currentChanged.connect(lambda *_: self._lead())
        selected.selectionChanged.connect(lambda *_: self.follow())
        selected.currentChanged.connect(lambda *_: self.follow())

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        # An opaque view is scrolled by moving its pixels; only what comes into sight is painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_PX)
        rows.setDefaultSectionSize(ROW_PX)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setStretchLastSection(True)
        for column, width_px in _WIDTHS_PX.items():
            self.setColumnWidth(column, width_px)
        header.sectionClicked.connect(self._on_header)
        self.show_order(Order.MATCH)

    def show_order(self, order: Order) -> None:
        """Mark the column that the results are in the order of."""
        column = next(column for column, orders in _ORDERS.items() if order in orders)
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        self.horizontalHeader().setSortIndicator(column, up if order in _ASCENDING else down)

    def _on_header(self, section: int) -> None:
        """A click on a column asks for its order, another click for the reverse."""
        orders = _ORDERS.get(Column(section))
        if orders is None:
            self.show_order(self._results.order)
            return
        is_there = self._results.order == orders[0]
        self.order_asked.emit(orders[-1] if is_there else orders[0])
        self.show_order(self._results.order)

    # Selection, which is the grid's --------------------------------------------------------

    def follow(self) -> None:
        """Select what is selected in the grid."""
        if self._following or not self.isVisible():
            return
        self._following = True
        flag = QItemSelectionModel.SelectionFlag
        chosen = ranges_of(self._selected.selection())
        stretches = (range(part.top(), part.bottom() + 1) for part in chosen)
        rows = selection_of(self.details, stretches, last_column=Column.FOLDER)
        self.selectionModel().select(rows, flag.ClearAndSelect)
        current = self._selected.currentIndex().row()
        if current != self.currentIndex().row():
            index = self.details.index(current, Column.NAME)
            self.selectionModel().setCurrentIndex(index, flag.NoUpdate)
            self.scrollTo(index)
        self._following = False

    def _lead(self) -> None:
        """Select in the grid what is selected here."""
        if self._following or not self.isVisible():
            return
        self._following = True
        flag = QItemSelectionModel.SelectionFlag
        chosen = ranges_of(self.selectionModel().selection())
        firsts = (part for part in chosen if part.left() == Column.NAME)
        stretches = (range(part.top(), part.bottom() + 1) for part in firsts)
        self._selected.select(selection_of(self._results, stretches), flag.ClearAndSelect)
        current = self._results.index(self.currentIndex().row())
        self._selected.setCurrentIndex(current, flag.NoUpdate)
        self._following = False

    # What is worth reading -----------------------------------------------------------------

    def visible_rows(self) -> range:
        """The rows that can be seen, by arithmetic: all are of one height."""
        first = self.verticalScrollBar().value() // ROW_PX
        n = self.viewport().height() // ROW_PX + 2
        return range(first, min(self.details.rowCount(), first + n))

    def _tell_visible_rows(self) -> None:
        if self.isVisible():
            self._results.set_visible_rows(self.visible_rows())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the ground, which the promise of being opaque demands, and paint the cells."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("ground"))
        painter.end()
        with self._delegate.one_pass():
            super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer rows can be seen."""
        super().resizeEvent(event)
        self._tell_soon.start()

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump: that would ask 100,000 rows for their names."""

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Drag the selected files out, or with Alt the found part."""
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier:
            self.clip_dragged.emit(self._results.hit(self.currentIndex()))
        else:
            super().startDrag(supported)

    def _on_activated(self, index: QModelIndex) -> None:
        hit = self._results.hit(self._results.index(index.row()))
        if hit is not None:
            self.hit_activated.emit(hit)
