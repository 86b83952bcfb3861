"""The relevance curve and the found stretches of a film or sound, drawn with a QPainter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from mmsearch.gui.theme import Colours
from mmsearch.types import F32, TimeRange

_AREA_ALPHA, _OTHER_ALPHA = 90, 110
_LEAST_STRETCH_PX = 4.0


@dataclass(frozen=True, slots=True)
class Stretches:
    """What is marked on a time line."""

    duration_s: float
    found: Sequence[TimeRange]
    """The part that is shown."""
    others: Sequence[TimeRange]
    """Further moments."""

    def box(self, part: TimeRange, line: QRectF) -> QRectF:
        """Where a part lies on a line; short ones are as wide as can be seen."""
        scale = line.width() / self.duration_s
        left = min(line.width() - _LEAST_STRETCH_PX, part.start_s * scale)
        width = max(_LEAST_STRETCH_PX, (part.end_s - part.start_s) * scale)
        return QRectF(line.x() + left, line.y(), min(width, line.width() - left), line.height())


def paint_curve(
    painter: QPainter, box: QRectF, heights: F32, stretches: Stretches, colours: Colours
) -> None:
    """Draw heights in [0, 1] of the columns of a box; the found part in the full accent."""
    area = _area(box, heights)
    soft = QColor(colours.accent)
    soft.setAlpha(_AREA_ALPHA)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(area, soft)
    if stretches.duration_s <= 0:
        return
    for part in stretches.found:
        painter.save()
        painter.setClipRect(stretches.box(part, box))
        painter.fillPath(area, QColor(colours.accent))
        painter.restore()


def paint_stretches(
    painter: QPainter, line: QRectF, stretches: Stretches, colours: Colours
) -> None:
    """Draw the line itself with the found part and the other moments on it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.line))
    middle = line.center().y()
    painter.drawRoundedRect(QRectF(line.x(), middle - 1.5, line.width(), 3), 1.5, 1.5)
    if stretches.duration_s <= 0:
        return
    other = QColor(colours.accent)
    other.setAlpha(_OTHER_ALPHA)
    for parts, colour in ((stretches.others, other), (stretches.found, QColor(colours.accent))):
        painter.setBrush(colour)
        for part in parts:
            painter.drawRoundedRect(stretches.box(part, line), 2, 2)


def _area(box: QRectF, heights: F32) -> QPainterPath:
    """The closed outline of columns of equal width; neighbours of one height are one step."""
    path = QPainterPath(QPointF(box.left(), box.bottom()))
    step = box.width() / max(1, len(heights))
    before = -1.0
    for place, height in enumerate(heights.tolist()):
        if height != before:
            x, y = box.left() + place * step, box.bottom() - height * box.height()
            path.lineTo(x, path.currentPosition().y())
            path.lineTo(x, y)
            before = height
    path.lineTo(box.right(), path.currentPosition().y())
    path.lineTo(box.right(), box.bottom())
    path.closeSubpath()
    return path
