"""The results as cells: a grid, lines of pictures in their own shapes, or kind by kind."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from mmsearch.gui.result_delegate import LINE_PADDING_PX, PADDING_PX, ResultDelegate
from mmsearch.gui.result_model import ResultModel, ResultRole
from mmsearch.gui.scrubber import Scrubber
from mmsearch.gui.section_head import SectionHead
from mmsearch.gui.theme import Theme
from mmsearch.gui.tile_view import TileView
from mmsearch.gui.view_button import ResultView
from mmsearch.present.tiling import Floats, Tiling, even, justified, shapes_of
from mmsearch.types import Hit, Modality

CELL_WIDTHS_PX = (120, 152, 192, 240, 296, 368)
DEFAULT_ZOOM = 2
_PICTURE_SIZES_PX = (256, 512, 1024)
_MARGIN_PX = 16 - PADDING_PX
_LINE_SHARE = 0.75
"""How high a line of pictures is, by the width that a cell of the grid would have."""
_LONG_SHARE = 1.6
"""How wide most of its pictures are, by its height."""
_ENOUGH_COLUMNS = 6
"""With so many, one line of each kind says enough."""


class ResultGrid(TileView):
    """Keeps its place when cells change; tells the model what is worth reading."""

    hit_activated = Signal(object)
    clip_dragged = Signal(object)
    """Somebody drags with Alt: the found part of the current hit is meant."""
    zoom_changed = Signal(int)
    stack_clicked = Signal(object)
    """The index of a row whose stack is to be opened or closed."""

    def __init__(self, model: ResultModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._results = model
        self._delegate = ResultDelegate(theme, self)
        self.scrubber = Scrubber(model.loader, self)
        self._delegate.scrub = self.scrubber.scrub
        self.scrubber.changed.connect(self._on_scrub)
        self._zoom = DEFAULT_ZOOM
        self.n_columns = 1
        """Of cells of one size."""
        self._view = ResultView.GRID
        self._shapes: Floats | None = None
        self._heads: dict[Modality, SectionHead] = {}
        self.setAccessibleName(self.tr("Results"))
        self.setViewportMargins(_MARGIN_PX, 0, _MARGIN_PX, 0)
        self.setItemDelegate(self._delegate)
        # Scrolling and resizing come in bursts; telling the model once per burst is enough.
        self._tell_soon = QTimer(self, singleShot=True, interval=0)
        self._tell_soon.timeout.connect(self._tell_visible_rows)
        self.verticalScrollBar().valueChanged.connect(self._tell_visible_rows)
        self.verticalScrollBar().valueChanged.connect(self._place_heads)
        self.setModel(model)
        theme.changed.connect(self._fit)
        self.activated.connect(self._on_activated)
        self._delegate.stack_clicked.connect(self.stack_clicked)

    # Selection -----------------------------------------------------------------------------

    def current_hit(self) -> Hit | None:
        """The hit that has the keyboard, or None."""
        return self._results.hit(self.currentIndex())

    def selected_hits(self) -> list[Hit]:
        """The selected hits in rank order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._results.hits()[row] for row in rows]

    def select_row(self, row: int) -> None:
        """Make one row current and visible."""
        if not 0 <= row < self._results.rowCount():
            return
        index = self._results.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)

    # Views and zoom ------------------------------------------------------------------------

    def set_view(self, view: ResultView) -> None:
        """Lay cells out in another way; what was in sight stays there."""
        if view is not self._view:
            self._view = view
            self._delegate.set_captions(view is not ResultView.ROWS)
            self._fit()

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
        self._fit()
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
        self._fit()

    def _fit(self) -> None:
        anchor = self._anchor()
        width = self.viewport().width()
        self.n_columns = max(1, round(width / CELL_WIDTHS_PX[self._zoom]))
        self._delegate.set_cell_width(width // self.n_columns)
        self._results.set_picture_px(self._picture_px())
        n_lines = 1 if self.n_columns >= _ENOUGH_COLUMNS else 2
        is_by_kind = self._view is ResultView.KINDS
        self._results.set_section_rows(n_lines * self.n_columns if is_by_kind else None)
        self.lay_out_anew()
        if anchor is not None and anchor[0] < self.tiling().n_row:
            self.verticalScrollBar().setValue(self.tiling().box(anchor[0])[1] - anchor[1])

    def _line_px(self) -> int:
        return round(CELL_WIDTHS_PX[self._zoom] * _LINE_SHARE)

    def _picture_px(self) -> int:
        is_lines = self._view is ResultView.ROWS
        wide = self._line_px() * _LONG_SHARE if is_lines else self._delegate.cell_size().width()
        fitting = (size for size in _PICTURE_SIZES_PX if size >= wide * self.devicePixelRatioF())
        return next(fitting, _PICTURE_SIZES_PX[-1])

    def _anchor(self) -> tuple[int, int] | None:
        """A row in sight, the current one if possible, and its distance from the top."""
        row, seen = self.currentIndex().row(), self.visible_rows()
        if row not in seen:
            row = seen.start
            if not self.verticalOffset():
                return None
        top_px = self.tiling().box(row)[1] - self.verticalOffset()
        return row, max(0, min(top_px, self.viewport().height() // 2))

    # Where everything lies -----------------------------------------------------------------

    def made_tiling(self) -> Tiling:
        """Cells of one size, or lines of pictures."""
        width, cell = self.viewport().width(), self._delegate.cell_size().toTuple()
        n_columns = self.n_columns
        if self._view is ResultView.KINDS:
            n_rows = [len(section.rows) for section in self._results.sections()]
            head_px = SectionHead.height_px(self._theme)
            return even(n_rows, n_columns=n_columns, cell_px=cell, head_px=head_px)
        if self._view is ResultView.GRID:
            return even([self._results.rowCount()], n_columns=n_columns, cell_px=cell)
        if self._shapes is None:
            self._shapes = shapes_of(self._results.hits())
        return justified(
            self._shapes, width_px=width, line_px=self._line_px(), padding_px=LINE_PADDING_PX
        )

    def reset(self) -> None:
        """There are other results."""
        self._shapes = None
        super().reset()
        self._show_heads()
        self._tell_soon.start()

    def on_rows_changed(self) -> None:
        """A stack or a section was opened or closed."""
        self._shapes = None
        super().on_rows_changed()

    def lay_out_anew(self) -> None:
        """Move the heads of the sections, too."""
        super().lay_out_anew()
        self._show_heads()
        self._tell_soon.start()

    def section_heads(self) -> list[SectionHead]:
        """The heads of the kinds, in their order; none where kinds are not apart."""
        found = self._results.sections() if self._view is ResultView.KINDS else []
        return [self._heads.get(one.kind) or self._made_head(one.kind) for one in found]

    def _show_heads(self) -> None:
        shown = self.section_heads()
        for section, head in zip(self._results.sections(), shown, strict=False):
            head.show_section(section)
        for head in self._heads.values():
            head.setVisible(head in shown)
        self._place_heads()

    def _made_head(self, kind: Modality) -> SectionHead:
        head = SectionHead(kind, self._theme, self.viewport())
        head.toggled.connect(lambda: self._results.toggle_section(kind))
        self._heads[kind] = head
        return head

    def _place_heads(self) -> None:
        row, height = 0, SectionHead.height_px(self._theme)
        for section, head in zip(self._results.sections(), self.section_heads(), strict=False):
            head.setGeometry(0, self._box(row).top() - height, self.viewport().width(), height)
            row += len(section.rows)

    def _tell_visible_rows(self) -> None:
        self._results.set_visible_rows(self.visible_rows())

    # Looking into films --------------------------------------------------------------------

    def hover(self, at: QPoint | None) -> None:
        """A film under the mouse shows what it holds from left to right."""
        super().hover(at)
        index = self.indexAt(at) if at is not None else QModelIndex()
        hit = self._results.hit(index)
        box = self._delegate.box(self.visualRect(index))
        if at is None or hit is None or not box.contains(at):
            self.scrubber.leave()
            return
        share = (at.x() - box.x()) / box.width()
        self.scrubber.move(hit, share, self._results.picture_px)

    def _on_scrub(self) -> None:
        if 0 <= self._hovered < self.tiling().n_row:
            self.viewport().update(self._box(self._hovered))

    # Opening and dragging ------------------------------------------------------------------

    def _on_activated(self, index: QModelIndex) -> None:
        hit = self._results.hit(index)
        if hit is not None:
            self.hit_activated.emit(hit)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Drag the selected files out, with the first one's picture at the pointer."""
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier:
            self.clip_dragged.emit(self.current_hit())
            return
        indexes = self.selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._results.mimeData(indexes))
        content = indexes[0].data(ResultRole.CONTENT)
        if isinstance(content, QPixmap):
            drag.setPixmap(content.scaled(96, 96, Qt.AspectRatioMode.KeepAspectRatio))
            drag.setHotSpot(QPoint(48, 48))
        drag.exec(Qt.DropAction.CopyAction)
