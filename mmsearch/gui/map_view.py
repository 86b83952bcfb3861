"""The map itself: points that one can come near to, move, look at and choose."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mmsearch.gui.cell_loader import CellKey, CellLoader
from mmsearch.gui.map_card import PICTURE_SIZE_PX, card_box, paint_card
from mmsearch.gui.map_marks import mark_cell_px, mark_path, mark_pixmaps
from mmsearch.gui.theme import Theme
from mmsearch.present.library_map import LibraryMap
from mmsearch.types import Hit

_STEP, _NOTCH, _MOST_ZOOM = 1.25, 120, 60.0
_MARGIN_PX, _REACH_PX, _CLICK_PX = 28, 14.0, 5.0
_FEW, _MANY = 500, 10_000
_LARGE_PX, _SMALL_PX = 11.0, 5.0
_ARROWS = {
    int(Qt.Key.Key_Left): (-1.0, 0.0),
    int(Qt.Key.Key_Right): (1.0, 0.0),
    int(Qt.Key.Key_Up): (0.0, -1.0),
    int(Qt.Key.Key_Down): (0.0, 1.0),
}


class MapView(QWidget):
    """The wheel zooms, dragging moves, a click chooses; so do arrows, plus, minus, 0, Enter."""

    chosen = Signal(object)
    """The Hit of a point."""

    def __init__(self, theme: Theme, loader: CellLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._loader = theme, loader
        self._map: LibraryMap | None = None
        self._places = np.zeros((0, 2), np.float32)
        self._order = np.zeros(0, np.int64)
        self._zoom, self._centre = 1.0, np.zeros(2)
        self._layer: QPixmap | None = None
        self._current: int | None = None
        self._hit: Hit | None = None
        self._pressed: QPointF | None = None
        self._moved = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map; arrows step, Enter searches, plus and minus zoom"))
        theme.changed.connect(self._redraw)
        loader.loaded.connect(lambda _key: self.update())

    # What is shown -------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As large as may be."""
        return QSize(640, 480)

    def show_map(self, shown: LibraryMap | None, *, stay: bool = False) -> None:
        """Show another map, all of it, or the part that is in sight."""
        self._map = shown
        self._places = np.zeros((0, 2), np.float32) if shown is None else shown.positions
        # No kind lies on top of all others.
        self._order = np.random.default_rng(0).permutation(len(self._places))
        self._pressed = None
        self.set_current(None)
        if stay:
            self._redraw()
        else:
            self.fit()

    @property
    def zoom(self) -> float:
        """How much larger than all of it."""
        return self._zoom

    @property
    def current(self) -> Hit | None:
        """The file of the point under the mouse, or stepped to."""
        return self._hit

    def fit(self) -> None:
        """Show all of it."""
        self._zoom, self._centre = 1.0, np.zeros(2)
        self._redraw()

    def on_screen(self) -> NDArray[np.float64]:
        """Where the points are in the widget: (n_point, 2) in pixels."""
        middle = np.array([self.width(), self.height()]) / 2
        placed: NDArray[np.float64] = (self._places - self._centre) * self._scale() + middle
        return placed

    def set_current(self, point: int | None) -> None:
        """Look at a point, or at none."""
        if point == self._current and (point is None) == (self._hit is None):
            return
        self._current = point
        self._hit = None if point is None or self._map is None else self._map.hit(point)
        described = "" if self._hit is None else str(self._hit.path)
        self.setAccessibleDescription(described)
        self._show_cursor()
        self.update()

    def _scale(self) -> NDArray[np.float64]:
        """Pixels for one unit of the map, in both directions; the map fills a wide window."""
        room = np.array([self.width(), self.height()]) / 2 - _MARGIN_PX
        return np.maximum(room, 1) * self._zoom

    def _redraw(self) -> None:
        self._layer = None
        self.update()

    # Moving --------------------------------------------------------------------------------

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer or go away; what is at a point of the view stays there."""
        at = at or QRectF(self.rect()).center()
        away = np.array([at.x() - self.width() / 2, at.y() - self.height() / 2])
        under = self._centre + away / self._scale()
        self._zoom = min(_MOST_ZOOM, max(1.0, self._zoom * factor))
        self._centre = under - away / self._scale()
        self._settle()

    def _settle(self) -> None:
        """Keep the map in sight."""
        most = 1 - 1 / self._zoom
        self._centre = np.clip(self._centre, -most, most)
        self._redraw()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self.zoom_by(_STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        self._look_at(event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the map, or look at what is under the mouse."""
        if self._pressed is None:
            self._look_at(event.position())
            return
        by = event.position() - self._pressed
        if self._moved or by.manhattanLength() > _CLICK_PX:
            self._moved = True
            self._pressed = event.position()
            self._centre = self._centre - np.array([by.x(), by.y()]) / self._scale()
            self._show_cursor()
            self._settle()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a click chooses."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        self._look_at(event.position())
        if not self._moved:
            self._choose()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        super().leaveEvent(event)
        self.set_current(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step from point to point."""
        zooms = {"+": _STEP, "=": _STEP, "-": 1 / _STEP, "0": 0.0}
        if event.text() in zooms:
            self.zoom_by(zooms[event.text()])
        elif event.key() in _ARROWS:
            self._step(np.array(_ARROWS[event.key()]))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _step(self, towards: NDArray[np.float64]) -> None:
        """To the nearest point in a direction; to the one in the middle at first."""
        placed = self.on_screen()
        if not len(placed):
            return
        if self._current is None:
            middle = np.array([self.width(), self.height()]) / 2
            self.set_current(int(np.linalg.norm(placed - middle, axis=1).argmin()))
            return
        away = placed - placed[self._current]
        along = away @ towards
        across = np.abs(away @ towards[::-1])
        cost = np.where((along > 0.5) & (across <= 2 * along), along + across, np.inf)
        nearest = int(cost.argmin())
        if np.isfinite(cost[nearest]):
            self.set_current(nearest)
            self._bring_into_sight(nearest)

    def _bring_into_sight(self, point: int) -> None:
        x, y = self.on_screen()[point]
        if not self.rect().contains(int(x), int(y)):
            self._centre = self._places[point].astype(float)
            self._settle()

    def _look_at(self, at: QPointF) -> None:
        placed = self.on_screen()
        if not len(placed):
            return
        away = np.linalg.norm(placed - np.array([at.x(), at.y()]), axis=1)
        nearest = int(away.argmin())
        self.set_current(nearest if away[nearest] <= _REACH_PX else None)

    def _choose(self) -> None:
        if self._hit is not None:
            self.chosen.emit(self._hit)

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._pressed is not None and self._moved:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._hit is not None:
            shape = Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    # Drawing -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the room there is."""
        super().resizeEvent(event)
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the points, which are kept, and what is looked at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._layer is None:
            self._layer = self._made_layer()
        painter.drawPixmap(0, 0, self._layer)
        if self.hasFocus() and self._hit is None:
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 6, 6)
        if self._current is not None and self._hit is not None:
            self._paint_current(painter, self._current, self._hit)
        painter.end()

    def _mark_px(self) -> float:
        """Marks are smaller where there are many, and grow as one comes near."""
        share = np.log(max(len(self._places), _FEW) / _FEW) / np.log(_MANY / _FEW)
        size = _LARGE_PX - min(1.0, float(share)) * (_LARGE_PX - _SMALL_PX)
        return min(_LARGE_PX + 2, size * float(self._zoom**0.3))

    def _made_layer(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        layer = QPixmap(self.size() * ratio)
        layer.fill(self._theme.colour("ground"))
        size_px = self._mark_px() * ratio
        cell = mark_cell_px(size_px)
        placed = (self.on_screen() * ratio)[self._order]
        seen = (placed > -cell).all(axis=1)
        seen &= (placed < np.array([layer.width(), layer.height()]) + cell).all(axis=1)
        kinds = np.zeros(0, np.uint8) if self._map is None else self._map.kinds[self._order][seen]
        marks = mark_pixmaps(self._theme.colours, size_px)
        painter = QPainter(layer)
        for (x, y), kind in zip((placed[seen] - cell / 2).tolist(), kinds.tolist(), strict=True):
            painter.drawPixmap(QPointF(x, y), marks[kind])
        painter.end()
        layer.setDevicePixelRatio(ratio)
        return layer

    def _paint_current(self, painter: QPainter, point: int, hit: Hit) -> None:
        at = QPointF(*self.on_screen()[point].tolist())
        size_px = self._mark_px()
        painter.setPen(QPen(QColor(self._theme.colours.text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(mark_path(hit.modality, at, size_px + 5))
        around = QRect(at.toPoint(), QSize(1, 1))
        content = self._loader.get(hit, CellKey.of(hit, PICTURE_SIZE_PX))
        paint_card(painter, card_box(around, self.rect(), self._theme), hit, content, self._theme)
