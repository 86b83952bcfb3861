"""The grid of results."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from mmsearch.gui.result_delegate import PADDING_PX, ResultDelegate
from mmsearch.gui.result_model import ResultModel, ResultRole
from mmsearch.gui.theme import Theme
from mmsearch.types import Hit

CELL_WIDTHS_PX = (120, 152, 192, 240, 296, 368)
DEFAULT_ZOOM = 2
_PICTURE_SIZES_PX = (256, 512, 1024)
_MARGIN_PX = 16 - PADDING_PX
_BATCH_ROWS = 2000
"""Rows laid out in one go, about 10 ms, to which a paint is added; most answers are smaller and
need no second go."""


class ResultGrid(QListView):
    """A QListView that lays 100,000 rows out at once: uniform sizes, in batches, static."""

    hit_activated = Signal(object)
    zoom_changed = Signal(int)
    stack_clicked = Signal(object)
    """The index of a row whose stack is to be opened or closed."""

    def __init__(self, model: ResultModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._delegate = ResultDelegate(theme, self)
        self._zoom = DEFAULT_ZOOM
        self.setAccessibleName(self.tr("Results"))
        self._set_up_layout()
        self._set_up_interaction()
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        # Scrolling and resizing come in bursts; telling the model once per burst is enough.
        self._tell_soon = QTimer(self, singleShot=True, interval=0)
        self._tell_soon.timeout.connect(self._tell_visible_rows)
        self._wanted_place: tuple[int, int] | None = None
        self.verticalScrollBar().valueChanged.connect(self._tell_visible_rows)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        model.modelReset.connect(self._tell_soon.start)
        theme.changed.connect(self._fit_columns)
        theme.changed.connect(self.viewport().update)
        self.activated.connect(self._on_activated)
        self._delegate.stack_clicked.connect(self.stack_clicked)

    def _set_up_layout(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH_ROWS)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSpacing(0)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setViewportMargins(_MARGIN_PX, 0, _MARGIN_PX, 0)

    def _set_up_interaction(self) -> None:
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(True)
        self.setDragEnabled(True)  # setMovement(Static) has switched it off
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        # An opaque view is scrolled by moving its pixels; only what comes into sight is painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # Selection -----------------------------------------------------------------------------

    def current_hit(self) -> Hit | None:
        """The hit that has the keyboard, or None."""
        return self._model.hit(self.currentIndex())

    def selected_hits(self) -> list[Hit]:
        """The selected hits in rank order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._model.hits()[row] for row in rows]

    def select_row(self, row: int) -> None:
        """Make one row current and visible."""
        if not 0 <= row < self._model.rowCount():
            return
        index = self._model.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        if row < _BATCH_ROWS:
            self.scrollTo(index)
        else:
            self._return_to(row, 0)

    # Zoom ----------------------------------------------------------------------------------

    @property
    def zoom(self) -> int:
        """The step of CELL_WIDTHS_PX."""
        return self._zoom

    def set_zoom(self, step: int) -> None:
        """Make cells larger or smaller; what was in the middle stays in sight."""
        step = max(0, min(len(CELL_WIDTHS_PX) - 1, step))
        if step == self._zoom:
            return
        self._zoom = step
        self._fit_columns()
        self.zoom_changed.emit(step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            self.set_zoom(self._zoom + (turned > 0) - (turned < 0))
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width evenly."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        width = self.viewport().width() - 1  # a full row would otherwise wrap too early
        n_columns = max(1, round(width / CELL_WIDTHS_PX[self._zoom]))
        self._delegate.set_cell_width(width // n_columns)
        if self.gridSize() != self._delegate.cell_size():
            anchor = self._anchor()
            self.setGridSize(self._delegate.cell_size())
            self.doItemsLayout()
            self._return_to(*anchor)
        ratio = self.devicePixelRatioF()
        wanted = self._delegate.cell_size().width() * ratio
        fitting = (size for size in _PICTURE_SIZES_PX if size >= wanted)
        self._model.set_picture_px(next(fitting, _PICTURE_SIZES_PX[-1]))
        self._tell_soon.start()

    # Staying in place ----------------------------------------------------------------------

    def _anchor(self) -> tuple[int, int]:
        """A row in sight, the current one if possible, and its distance from the top."""
        row = self.currentIndex().row()
        if row not in self.visible_rows():
            row = self._first_visible_row()
        line = row // self._n_columns()
        return row, line * self.gridSize().height() - self.verticalScrollBar().value()

    def _return_to(self, row: int, top_px: int) -> None:
        """Scroll until a row has this distance from the top, as soon as it is laid out."""
        self._wanted_place = (row, max(0, min(top_px, self.viewport().height() // 2)))
        self._try_to_return()

    def _on_range(self, _least: int, most: int) -> None:
        # The bar always takes its room, so that columns do not jump; disabled, it is not seen.
        self.verticalScrollBar().setEnabled(most > 0)
        self._try_to_return()

    def _try_to_return(self) -> None:
        if self._wanted_place is None:
            return
        row, top_px = self._wanted_place
        wanted = max(0, row // self._n_columns() * self.gridSize().height() - top_px)
        bar = self.verticalScrollBar()
        if wanted <= bar.maximum() or row < _BATCH_ROWS:
            self._wanted_place = None
            bar.setValue(wanted)

    # Which rows can be seen ----------------------------------------------------------------

    def _n_columns(self) -> int:
        return max(1, self.viewport().width() // max(1, self.gridSize().width()))

    def _first_visible_row(self) -> int:
        line = self.verticalScrollBar().value() // max(1, self.gridSize().height())
        return min(line * self._n_columns(), max(0, self._model.rowCount() - 1))

    def visible_rows(self) -> range:
        """The rows that can be seen, by arithmetic: all cells are of one size."""
        first = self._first_visible_row()
        n_lines = self.viewport().height() // max(1, self.gridSize().height()) + 2
        return range(first, min(self._model.rowCount(), first + n_lines * self._n_columns()))

    def _tell_visible_rows(self) -> None:
        self._model.set_visible_rows(self.visible_rows())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the ground, which the promise of being opaque demands, and paint the cells."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("ground"))
        painter.end()
        # Qt would paint everything between a hovered cell at the top and new ones at the bottom.
        for part in event.region():  # type: ignore[attr-defined]
            super().paintEvent(QPaintEvent(part))

    # Opening and dragging ------------------------------------------------------------------

    def _on_activated(self, index: QModelIndex) -> None:
        hit = self._model.hit(index)
        if hit is not None:
            self.hit_activated.emit(hit)

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump: that would ask 100,000 rows for their names."""

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Drag the selected files out, with the first one's picture at the pointer."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._model.mimeData(indexes))
        content = indexes[0].data(ResultRole.CONTENT)
        if isinstance(content, QPixmap):
            drag.setPixmap(content.scaled(96, 96, Qt.AspectRatioMode.KeepAspectRatio))
            drag.setHotSpot(QPoint(48, 48))
        drag.exec(Qt.DropAction.CopyAction)
