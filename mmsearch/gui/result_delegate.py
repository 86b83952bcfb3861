"""Draws one result: what it looks like, what it is, what it is called and how close it is."""

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
from mmsearch.gui.cell_loader import CellContent, Unavailable
from mmsearch.gui.icons import tinted
from mmsearch.gui.prepared_pictures import PreparedPictures
from mmsearch.gui.result_model import ResultRole
from mmsearch.gui.texts import match_name
from mmsearch.gui.theme import NORMAL_PX, SMALL_PX, Theme
from mmsearch.gui.verdicts import Verdict
from mmsearch.present.arrangement import Stack
from mmsearch.present.excerpt import Excerpt
from mmsearch.present.visuals import Wave
from mmsearch.present.words import clock, locator_words, match_word
from mmsearch.types import Hit, Modality, TimeRange

PADDING_PX = 8
"""Between the edge of a cell and what is drawn; half the distance between two pictures."""
_NAME_PX, _MATCH_PX, _GAP_PX = 20, 16, 8
_BADGE_PX = 28
"""Of a badge beside its text."""
_OFFLINE_OPACITY = 0.45


class ResultDelegate(QStyledItemDelegate):
    """All cells are of one size, so that a view of 100,000 rows lays itself out at once."""

    stack_clicked = Signal(object)
    """The index of a row whose stack is to be opened or closed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cell = QSize()
        self._pictures = PreparedPictures()
        self._name_font = QFont()
        self._small_font = QFont()
        self._name_px, self._match_px = _NAME_PX, _MATCH_PX
        self._take_fonts()
        self.set_cell_width(192)
        theme.changed.connect(self._take_fonts)

    def set_cell_width(self, width_px: int) -> None:
        """Make cells wider or narrower; pictures stand in boxes of 4 : 3."""
        box_height = (width_px - 2 * PADDING_PX) * 3 // 4
        height = PADDING_PX + box_height + _GAP_PX + self._name_px + self._match_px + PADDING_PX
        self._cell = QSize(width_px, height)

    def cell_size(self) -> QSize:
        """Return the size of every cell."""
        return self._cell

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The same for all."""
        return self._cell

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the cell of one row."""
        hit = index.data(ResultRole.HIT)
        if not isinstance(hit, Hit):
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        box = self._box(area)
        stack = index.data(ResultRole.STACK)
        if isinstance(stack, Stack):
            paint.paint_stack(painter, area, box, stack, self._theme.colours)
        painter.setOpacity(_OFFLINE_OPACITY if hit.offline else 1.0)
        self._paint_content(painter, box, hit, index.data(ResultRole.CONTENT))
        painter.setOpacity(1.0)
        self._paint_badges(painter, box, hit)
        self._paint_verdict(painter, box, hit, index.data(ResultRole.VERDICT))
        if isinstance(stack, Stack) and stack.is_top:
            paint.paint_stack_badge(painter, self._stack_box(box, stack), stack, self._small_font)
        self._paint_state(painter, box, state)
        self._paint_words(painter, box, hit)
        painter.restore()

    def _box(self, area: QRect) -> QRect:
        width = area.width() - 2 * PADDING_PX
        return QRect(area.x() + PADDING_PX, area.y() + PADDING_PX, width, width * 3 // 4)

    def _stack_box(self, box: QRect, stack: Stack) -> QRect:
        size = paint.stack_badge_size(stack, self._small_font)
        return QRect(box.right() - size.width() - 7, box.top() + 8, size.width(), size.height())

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
        area: QRect = option.rect
        if not self._stack_box(self._box(area), stack).contains(event.position().toPoint()):
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.stack_clicked.emit(index)
        return True

    def _take_fonts(self) -> None:
        self._name_font = self._theme.font(NORMAL_PX)
        self._small_font = self._theme.font(SMALL_PX)
        self._name_px = round(_NAME_PX * self._theme.scale)
        self._match_px = round(_MATCH_PX * self._theme.scale)

    def _paint_content(
        self, painter: QPainter, box: QRect, hit: Hit, content: CellContent | None
    ) -> None:
        colours = self._theme.colours
        match content:
            case QPixmap():
                ratio = self._ratio(painter)
                shown = self._pictures.get(content, box.size(), ratio, colours)
                painter.drawPixmap(box.topLeft(), shown)
            case Wave():
                paint.paint_plate(painter, box, colours.raised)
                inner = box.adjusted(12, 12, -12, -32)
                paint.paint_wave(painter, inner, content, colours)
            case Excerpt():
                paint.paint_plate(painter, box, colours.surface)
                paint.paint_code(painter, box.adjusted(8, 8, -8, -32), content, colours)
                paint.paint_frame(painter, box, colours.line)
            case Unavailable():
                paint.paint_plate(painter, box, colours.raised)
                self._paint_mark(painter, box, "warning", colours.warning)
            case None:
                paint.paint_plate(painter, box, colours.raised)
                self._paint_mark(painter, box, hit.modality.value, colours.line)

    def _ratio(self, painter: QPainter) -> float:
        device = painter.device()
        return device.devicePixelRatioF() if device else 1.0

    def _paint_mark(self, painter: QPainter, box: QRect, name: str, colour: str) -> None:
        size_px = 32
        mark = tinted(name, colour, size_px, self._ratio(painter))
        painter.drawPixmap(box.center() - QRect(0, 0, size_px, size_px).center(), mark)

    def _paint_badges(self, painter: QPainter, box: QRect, hit: Hit) -> None:
        font = self._small_font
        bottom_left = QPointF(box.x() + 8, box.y() + box.height() - 8)
        if hit.modality is not Modality.IMAGE:
            room = box.width() - 2 * PADDING_PX - _BADGE_PX
            text = QFontMetrics(font).elidedText(badge_text(hit), Qt.TextElideMode.ElideRight, room)
            paint.paint_badge(painter, bottom_left, hit.modality.value, text, font)
        if hit.offline:
            top_left = QPointF(box.x() + 8, box.y() + 28)
            paint.paint_badge(painter, top_left, "offline", self.tr("offline"), font)

    def _paint_verdict(
        self, painter: QPainter, box: QRect, hit: Hit, verdict: Verdict | None
    ) -> None:
        if verdict is not None:
            place = QPointF(box.x() + 8, box.y() + (52 if hit.offline else 28))
            paint.paint_badge(painter, place, verdict.value, "", self._small_font)

    def _paint_state(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        colours = self._theme.colours
        if state & QStyle.StateFlag.State_Selected:
            paint.paint_ring(painter, box, colours.accent, 2)
        elif state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            paint.paint_ring(painter, box, colours.line, 2)

    def _paint_words(self, painter: QPainter, box: QRect, hit: Hit) -> None:
        colours = self._theme.colours
        left, top, width = box.x(), box.y() + box.height() + _GAP_PX, box.width()
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._name_font)
        painter.setPen(QColor(colours.text))
        name = QFontMetrics(self._name_font).elidedText(
            hit.path.name, Qt.TextElideMode.ElideMiddle, width
        )
        painter.drawText(QRect(left, top, width, self._name_px), vertical, name)
        word = match_word(hit.match)
        bar = paint.match_bar_size()
        bar_top = top + self._name_px + (self._match_px - bar.height()) / 2
        paint.paint_match_bar(painter, QPointF(left, bar_top), word.n_steps, colours)
        painter.setFont(self._small_font)
        painter.setPen(QColor(colours.secondary))
        words = QRect(
            left + bar.width() + 8, top + self._name_px, width - bar.width() - 8, self._match_px
        )
        painter.drawText(words, vertical, match_name(word))


def badge_text(hit: Hit) -> str:
    """What stands beside the kind: where in a film or sound, the language and lines of code."""
    if hit.modality is Modality.CODE:
        language = hit.metadata.language or hit.path.suffix.lstrip(".")
        return " · ".join(filter(None, (language, locator_words(hit.locator))))
    duration_s = hit.metadata.duration_s
    if isinstance(hit.locator, TimeRange) and not _is_whole(hit.locator, duration_s):
        return clock(hit.locator.start_s)
    return clock(duration_s) if duration_s else ""


def _is_whole(found: TimeRange, duration_s: float | None) -> bool:
    """Whether the found part is the file: then its length says more than "0:00"."""
    return duration_s is not None and found.start_s < 0.5 and found.end_s > duration_s - 0.5
