"""The marks on the map: a colour and a shape for each kind, so that colour is never all."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from mmsearch.gallery import MODALITIES
from mmsearch.gui.theme import Colours, Theme
from mmsearch.types import Modality

_LEGEND_PX = 14
_EDGE_PX = 0.8


def kind_colour(kind: Modality, colours: Colours) -> QColor:
    """The colour of a kind on the map; each reaches the contrast of text on its ground."""
    names = {
        Modality.IMAGE: colours.accent,
        Modality.VIDEO: colours.number,
        Modality.AUDIO: colours.good,
        Modality.CODE: colours.keyword,
    }
    return QColor(names[kind])


def mark_path(kind: Modality, middle: QPointF, size_px: float) -> QPainterPath:
    """Pictures are round, videos triangles, sounds diamonds, code squares; of about one area."""
    path, half = QPainterPath(), size_px / 2
    x, y = middle.x(), middle.y()
    match kind:
        case Modality.IMAGE:
            path.addEllipse(middle, 0.9 * half, 0.9 * half)
        case Modality.VIDEO:
            corners = ((x - half, y - 1.2 * half), (x + 1.2 * half, y), (x - half, y + 1.2 * half))
            path.addPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        case Modality.AUDIO:
            corners4 = ((x, y - 1.1 * half), (x + 1.1 * half, y), (x, y + 1.1 * half))
            points = [QPointF(*corner) for corner in corners4]
            path.addPolygon(QPolygonF([*points, QPointF(x - 1.1 * half, y)]))
        case Modality.CODE:
            path.addRect(QRectF(x - 0.8 * half, y - 0.8 * half, 1.6 * half, 1.6 * half))
    path.closeSubpath()
    return path


def mark_pixmaps(colours: Colours, size_px: float) -> list[QPixmap]:
    """The marks in the order of MODALITIES, drawn once to be stamped many times."""
    cell = mark_cell_px(size_px)
    made = []
    for kind in MODALITIES:
        mark = QPixmap(cell, cell)
        mark.fill(Qt.GlobalColor.transparent)
        painter = QPainter(mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A rim of the ground keeps marks apart where they lie on each other.
        painter.setPen(QPen(QColor(colours.ground), _EDGE_PX))
        painter.setBrush(kind_colour(kind, colours))
        painter.drawPath(mark_path(kind, QPointF(cell / 2, cell / 2), size_px))
        painter.end()
        made.append(mark)
    return made


def mark_cell_px(size_px: float) -> int:
    """How wide and high the pixmap of a mark is."""
    return int(1.3 * size_px + 4)


class MarkSample(QWidget):
    """One mark, for the legend; the word beside it says what it means."""

    def __init__(self, kind: Modality, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._theme = kind, theme
        self.setFixedSize(QSize(_LEGEND_PX, _LEGEND_PX))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        colour = kind_colour(self._kind, self._theme.colours)
        painter.fillPath(mark_path(self._kind, middle, _LEGEND_PX - 4), colour)
        painter.end()
