"""Draws one cell of the list of results."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mmsearch.gui import cell_painting as paint
from mmsearch.gui.details_model import Column
from mmsearch.gui.icons import SMALL_ICON_PX, tinted
from mmsearch.gui.prepared_pictures import PreparedPictures
from mmsearch.gui.result_model import ResultRole
from mmsearch.gui.theme import NORMAL_PX, SMALL_PX, Theme
from mmsearch.gui.verdicts import Verdict
from mmsearch.present.arrangement import Stack
from mmsearch.present.words import match_word
from mmsearch.types import Hit

ROW_PX = 40
_THUMBNAIL = QSize(44, 32)
_INSET_PX, _EDGE_PX = 8, 16


class DetailsDelegate(QStyledItemDelegate):
    """A small picture and the name, the match as a bar, and words for the rest."""

    stack_clicked = Signal(object)
    """The index of a row whose stack is to be opened or closed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures = PreparedPictures()
        self._font, self._small_font = QFont(), QFont()
        self._take_fonts()
        theme.changed.connect(self._take_fonts)

    def _take_fonts(self) -> None:
        self._font, self._small_font = self._theme.font(NORMAL_PX), self._theme.font(SMALL_PX)
        self._metrics = QFontMetrics(self._font)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        hit = index.data(ResultRole.HIT)
        if not isinstance(hit, Hit):
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, state, index.data(ResultRole.STACK))
        inner = self._inner(area, index)
        match index.column():
            case Column.NAME:
                self._paint_name(painter, inner, hit, index)
            case Column.MATCH:
                self._paint_match(painter, inner, hit, index)
            case _:
                self._paint_text(painter, inner, index)
        painter.restore()

    def _inner(self, area: QRect, index: QModelIndex | QPersistentModelIndex) -> QRect:
        is_first = index.column() == Column.NAME
        return area.adjusted(_EDGE_PX if is_first else _INSET_PX, 0, -_INSET_PX, 0)

    def _paint_ground(
        self, painter: QPainter, area: QRect, state: QStyle.StateFlag, stack: object
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self._theme.colour("found"))
        elif isinstance(stack, Stack) and stack.is_open:
            painter.fillRect(area, self._theme.colour("raised"))

    def _paint_name(
        self,
        painter: QPainter,
        area: QRect,
        hit: Hit,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        box = QRect(area.topLeft(), _THUMBNAIL)
        box.moveCenter(QRect(area.x(), area.y(), box.width(), area.height()).center())
        self._paint_thumbnail(painter, box, hit, index.data(ResultRole.CONTENT))
        left = box.right() + 9
        stack = index.data(ResultRole.STACK)
        right = area.right()
        if isinstance(stack, Stack) and stack.is_top:
            pill = self._stack_box(area, stack)
            paint.paint_stack_badge(painter, pill, stack, self._small_font)
            right = pill.left() - 8
        verdict = index.data(ResultRole.VERDICT)
        if isinstance(verdict, Verdict):
            right -= SMALL_ICON_PX
            self._paint_mark(painter, QRect(right, area.y(), SMALL_ICON_PX, area.height()), verdict)
            right -= 8
        self._draw(painter, QRect(left, area.y(), right - left, area.height()), index.data())

    def _paint_mark(self, painter: QPainter, area: QRect, verdict: Verdict) -> None:
        """What was said about it, before the badge of a stack."""
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        mark = tinted(verdict.value, self._theme.colours.text, SMALL_ICON_PX, ratio)
        painter.drawPixmap(area.left(), area.y() + (area.height() - SMALL_ICON_PX) // 2, mark)

    def _stack_box(self, area: QRect, stack: Stack) -> QRect:
        pill = QRect(area.topLeft(), paint.stack_badge_size(stack, self._small_font))
        pill.moveCenter(area.center())
        pill.moveRight(area.right())
        return pill

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click on the badge of a stack opens or closes it."""
        stack = index.data(ResultRole.STACK)
        if not isinstance(event, QMouseEvent) or not isinstance(stack, Stack) or not stack.is_top:
            return False
        inner = self._inner(option.rect, index)
        at = event.position().toPoint()
        if index.column() != Column.NAME or not self._stack_box(inner, stack).contains(at):
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.stack_clicked.emit(index)
        return True

    def _paint_thumbnail(self, painter: QPainter, box: QRect, hit: Hit, content: object) -> None:
        colours = self._theme.colours
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        painter.setOpacity(0.45 if hit.offline else 1.0)
        if isinstance(content, QPixmap):
            shown = self._pictures.get(content, box.size(), ratio, colours)
            painter.drawPixmap(box.topLeft(), shown)
        else:
            paint.paint_plate(painter, box, colours.raised)
            mark = tinted(hit.modality.value, colours.secondary, SMALL_ICON_PX, ratio)
            at = box.center() - QRect(0, 0, SMALL_ICON_PX, SMALL_ICON_PX).center()
            painter.drawPixmap(at, mark)
        painter.setOpacity(1.0)

    def _paint_match(
        self,
        painter: QPainter,
        area: QRect,
        hit: Hit,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        bar = paint.match_bar_size()
        corner = QPointF(area.x(), area.y() + (area.height() - bar.height()) / 2)
        paint.paint_match_bar(painter, corner, match_word(hit.match).n_steps, self._theme.colours)
        self._draw(painter, area.adjusted(bar.width() + 8, 0, 0, 0), index.data(), quiet=True)

    def _paint_text(
        self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        self._draw(painter, area, index.data(), quiet=True, alignment=alignment)

    def _draw(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        *,
        quiet: bool = False,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.colours.secondary if quiet else self._theme.colours.text))
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, alignment, shown)
