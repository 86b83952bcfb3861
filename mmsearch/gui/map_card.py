"""The card beside a point of the map: what its file looks like, and its name."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap

from mmsearch.gui import cell_painting as paint
from mmsearch.gui.cell_loader import CellContent
from mmsearch.gui.icons import tinted
from mmsearch.gui.theme import SMALL_PX, Theme
from mmsearch.present.excerpt import Excerpt
from mmsearch.present.visuals import Wave
from mmsearch.types import Hit

WIDTH_PX, PICTURE_PX = 200, 140
PICTURE_SIZE_PX = 256
"""Of the thumbnail that is asked for, as in the grid."""
_MARGIN_PX, _LINE_PX, _AWAY_PX, _MARK_PX = 8, 18, 14, 32


def card_box(point: QRect, within: QRect, theme: Theme) -> QRect:
    """Where the card stands: beside the point, on the side with more room, never out of sight."""
    height = PICTURE_PX + 3 * _MARGIN_PX + round(2 * _LINE_PX * theme.scale)
    box = QRect(0, 0, WIDTH_PX + 2 * _MARGIN_PX, height)
    box.moveTop(point.center().y() - height // 2)
    box.moveLeft(point.right() + _AWAY_PX)
    if box.right() > within.right():
        box.moveRight(point.left() - _AWAY_PX)
    box.moveLeft(max(within.left(), box.left()))
    box.moveTop(max(within.top() + 4, min(box.top(), within.bottom() - height - 4)))
    return box


def paint_card(
    painter: QPainter, box: QRect, hit: Hit, content: CellContent | None, theme: Theme
) -> None:
    """Draw it."""
    colours = theme.colours
    paint.paint_plate(painter, box, colours.surface)
    paint.paint_frame(painter, box, colours.line)
    inner = box.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
    picture = QRect(inner.topLeft(), inner.topRight())
    picture.setHeight(PICTURE_PX)
    _paint_content(painter, picture, hit, content, theme)
    line_px = round(_LINE_PX * theme.scale)
    line = QRect(inner.left(), picture.bottom() + _MARGIN_PX, inner.width(), line_px)
    _paint_line(painter, line, hit.path.name, theme, colours.text)
    _paint_line(
        painter, line.translated(0, line_px), hit.path.parent.name, theme, colours.secondary
    )


def _paint_line(painter: QPainter, line: QRect, text: str, theme: Theme, colour: str) -> None:
    font = theme.font(SMALL_PX)
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_content(
    painter: QPainter, box: QRect, hit: Hit, content: CellContent | None, theme: Theme
) -> None:
    colours = theme.colours
    match content:
        case QPixmap():
            paint.paint_picture(painter, box, content, colours)
        case Wave():
            paint.paint_plate(painter, box, colours.raised)
            paint.paint_wave(painter, box.adjusted(12, 12, -12, -12), content, colours)
        case Excerpt():
            paint.paint_plate(painter, box, colours.raised)
            paint.paint_code(painter, box.adjusted(8, 8, -8, -8), content, colours)
        case _:
            paint.paint_plate(painter, box, colours.raised)
            name = "warning" if content is not None else hit.modality.value
            mark = tinted(name, colours.secondary, _MARK_PX, 2.0)
            painter.drawPixmap(box.center() - QRect(0, 0, _MARK_PX, _MARK_PX).center(), mark)
