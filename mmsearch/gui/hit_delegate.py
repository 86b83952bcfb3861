"""What the cells of the grid and of the list have in common: fonts, pictures, clicks on stacks."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mmsearch.gui import cell_painting as paint
from mmsearch.gui.icons import tinted
from mmsearch.gui.prepared_pictures import PreparedPictures
from mmsearch.gui.result_model import ResultRole
from mmsearch.gui.theme import NORMAL_PX, SMALL_PX, Theme
from mmsearch.present.arrangement import Stack

AnyIndex = QModelIndex | QPersistentModelIndex
OFFLINE_OPACITY = 0.45


class HitDelegate(QStyledItemDelegate):
    """Paints hits; where the badge of a stack stands is the heirs' part."""

    stack_clicked = Signal(object)
    """The index of a row whose stack is to be opened or closed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._pictures = PreparedPictures()
        self.font, self.small_font = QFont(), QFont()
        self._take_fonts()
        theme.changed.connect(self._take_fonts)

    def _take_fonts(self) -> None:
        self.font, self.small_font = self.theme.font(NORMAL_PX), self.theme.font(SMALL_PX)
        self.metrics, self.small_metrics = QFontMetrics(self.font), QFontMetrics(self.small_font)

    def paint_picture(self, painter: QPainter, box: QRect, picture: QPixmap) -> None:
        """Draw a picture as it looks in a box."""
        shown = self._pictures.get(picture, box.size(), ratio_of(painter), self.theme.colours)
        painter.drawPixmap(box.topLeft(), shown)

    def stack_box(self, area: QRect, index: AnyIndex, stack: Stack) -> QRect:
        """Where the badge of a stack stands in the area of an index; empty for nowhere."""
        raise NotImplementedError

    def paint_stack_badge(
        self, painter: QPainter, area: QRect, index: AnyIndex, stack: Stack
    ) -> QRect:
        """Draw the badge of a stack and return where it stands."""
        pill = self.stack_box(area, index, stack)
        paint.paint_stack_badge(painter, pill, stack, self.small_font)
        return pill

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        """A click on the badge of a stack opens or closes it."""
        stack = index.data(ResultRole.STACK)
        if not isinstance(event, QMouseEvent) or not isinstance(stack, Stack) or not stack.is_top:
            return False
        area: QRect = option.rect
        if not self.stack_box(area, index, stack).contains(event.position().toPoint()):
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.stack_clicked.emit(index)
        return True


def ratio_of(painter: QPainter) -> float:
    """How many pixels of the device a pixel of the painter has."""
    device = painter.device()
    return device.devicePixelRatioF() if device else 1.0


def paint_mark(painter: QPainter, box: QRect, name: str, colour: str, size_px: int) -> None:
    """Draw an icon in the middle of a box."""
    mark = tinted(name, colour, size_px, ratio_of(painter))
    painter.drawPixmap(box.center() - QRect(0, 0, size_px, size_px).center(), mark)
