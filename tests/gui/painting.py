"""Paints a cell into a picture whose pixels can be asked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from mmsearch.gui.cell_loader import CellContent
from mmsearch.gui.result_delegate import ResultDelegate
from mmsearch.gui.result_model import ResultRole
from mmsearch.gui.theme import Theme
from mmsearch.types import Hit


class OneRow(QModelIndex):
    """An index that answers with one hit."""

    def __init__(self, hit: Hit, content: CellContent | None) -> None:
        super().__init__()
        self._answers = {ResultRole.HIT: hit, ResultRole.CONTENT: content}

    def data(self, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._answers.get(ResultRole(role)) if role in set(ResultRole) else None


def paint_cell(
    theme: Theme,
    hit: Hit,
    content: CellContent | None,
    *,
    state: QStyle.StateFlag = QStyle.StateFlag.State_None,
    width_px: int = 200,
) -> QImage:
    """Return the cell on the ground of the window."""
    delegate = ResultDelegate(theme)
    delegate.set_cell_width(width_px)
    image = QImage(delegate.cell_size(), QImage.Format.Format_RGB32)
    image.fill(theme.colour("ground"))
    option = QStyleOptionViewItem()
    option.rect = QRect(QPoint(0, 0), delegate.cell_size())
    option.state = state
    painter = QPainter(image)
    delegate.paint(painter, option, OneRow(hit, content))
    painter.end()
    return image


def plain_pixmap(width_px: int, height_px: int, colour: str) -> QPixmap:
    """A picture in one colour."""
    pixmap = QPixmap(width_px, height_px)
    pixmap.fill(QColor(colour))
    return pixmap


def count_of(image: QImage, colour: str, area: QRect | None = None) -> int:
    """How many pixels have exactly this colour."""
    wanted = QColor(colour).rgb()
    box = area or image.rect()
    return sum(
        image.pixel(x, y) == wanted
        for y in range(box.top(), box.bottom() + 1)
        for x in range(box.left(), box.right() + 1)
    )


def count_near(image: QImage, colour: str, *, most: int = 90) -> int:
    """How many pixels come near a colour: thin letters rarely reach it."""
    wanted = QColor(colour)

    def distance(x: int, y: int) -> int:
        seen = image.pixelColor(x, y)
        pairs = zip(seen.getRgb(), wanted.getRgb(), strict=True)
        return sum(abs(int(one) - int(other)) for one, other in pairs)

    places = ((x, y) for y in range(image.height()) for x in range(image.width()))
    return sum(distance(x, y) < most for x, y in places)
