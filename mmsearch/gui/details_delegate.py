"""Draws one cell of the list of results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from mmsearch.gui import cell_painting as paint
from mmsearch.gui.details_model import Column, alignment_of
from mmsearch.gui.hit_delegate import OFFLINE_OPACITY, AnyIndex, HitDelegate, paint_mark
from mmsearch.gui.icons import SMALL_ICON_PX
from mmsearch.gui.result_model import ResultRole
from mmsearch.gui.theme import Theme
from mmsearch.gui.verdicts import Verdict
from mmsearch.present.arrangement import Stack
from mmsearch.present.words import match_word
from mmsearch.types import Hit

ROW_PX = 40
_THUMBNAIL = QSize(44, 32)
_INSET_PX, _EDGE_PX = 8, 16


@dataclass(frozen=True, slots=True)
class _Row:
    """What all cells of a row are drawn of."""

    number: int
    hit: Hit
    stack: Stack | None


class DetailsDelegate(HitDelegate):
    """A small picture and the name, the match as a bar, and words for the rest."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._row: _Row | None = None
        self._is_in_pass = False

    @contextmanager
    def one_pass(self) -> Iterator[None]:
        """Many cells are painted at once: what a row is made of is asked once, not seven times."""
        self._row, self._is_in_pass = None, True
        try:
            yield
        finally:
            self._row, self._is_in_pass = None, False

    def _row_of(self, index: AnyIndex) -> _Row | None:
        number, kept = index.row(), self._row
        if kept is not None and kept.number == number:
            return kept
        hit, stack = index.data(ResultRole.HIT), index.data(ResultRole.STACK)
        if not isinstance(hit, Hit):
            return None
        row = _Row(number, hit, stack if isinstance(stack, Stack) else None)
        self._row = row if self._is_in_pass else None
        return row

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        """Draw one cell."""
        row = self._row_of(index)
        if row is None:
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        column = index.column()
        painter.save()
        self._paint_ground(painter, area, state, row.stack)
        inner = self._inner(area, column)
        match column:
            case Column.NAME:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_name(painter, area, row, index)
            case Column.MATCH:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_match(painter, inner, row.hit, index)
            case _:
                self._draw(painter, inner, index.data(), quiet=True, alignment=alignment_of(column))
        painter.restore()

    def _inner(self, area: QRect, column: int) -> QRect:
        is_first = column == Column.NAME
        return area.adjusted(_EDGE_PX if is_first else _INSET_PX, 0, -_INSET_PX, 0)

    def _paint_ground(
        self, painter: QPainter, area: QRect, state: QStyle.StateFlag, stack: Stack | None
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self.theme.colour("found"))
        elif stack is not None and stack.is_open:
            painter.fillRect(area, self.theme.colour("raised"))

    def _paint_name(self, painter: QPainter, area: QRect, row: _Row, index: AnyIndex) -> None:
        stack, inner = row.stack, self._inner(area, Column.NAME)
        box = QRect(inner.topLeft(), _THUMBNAIL)
        box.moveCenter(QRect(inner.x(), inner.y(), box.width(), inner.height()).center())
        self._paint_thumbnail(painter, box, row.hit, index.data(ResultRole.CONTENT))
        left, right = box.right() + 9, inner.right()
        if stack is not None and stack.is_top:
            right = self.paint_stack_badge(painter, area, index, stack).left() - 8
        verdict = index.data(ResultRole.VERDICT)
        if isinstance(verdict, Verdict):
            right -= SMALL_ICON_PX
            place = QRect(right, inner.y(), SMALL_ICON_PX, inner.height())
            paint_mark(painter, place, verdict.value, self.theme.colours.text, SMALL_ICON_PX)
            right -= 8
        self._draw(painter, QRect(left, inner.y(), right - left, inner.height()), index.data())

    def stack_box(self, area: QRect, index: AnyIndex, stack: Stack) -> QRect:
        """At the right of the name."""
        if index.column() != Column.NAME:
            return QRect()
        inner = self._inner(area, Column.NAME)
        pill = QRect(inner.topLeft(), paint.stack_badge_size(stack, self.small_font))
        pill.moveCenter(inner.center())
        pill.moveRight(inner.right())
        return pill

    def _paint_thumbnail(self, painter: QPainter, box: QRect, hit: Hit, content: object) -> None:
        colours = self.theme.colours
        painter.setOpacity(OFFLINE_OPACITY if hit.offline else 1.0)
        if isinstance(content, QPixmap):
            self.paint_picture(painter, box, content)
        else:
            paint.paint_plate(painter, box, colours.raised)
            paint_mark(painter, box, hit.modality.value, colours.secondary, SMALL_ICON_PX)
        painter.setOpacity(1.0)

    def _paint_match(
        self,
        painter: QPainter,
        area: QRect,
        hit: Hit,
        index: AnyIndex,
    ) -> None:
        bar = paint.match_bar_size()
        corner = QPointF(area.x(), area.y() + (area.height() - bar.height()) / 2)
        paint.paint_match_bar(painter, corner, match_word(hit.match).n_steps, self.theme.colours)
        self._draw(painter, area.adjusted(bar.width() + 8, 0, 0, 0), index.data(), quiet=True)

    def _draw(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        *,
        quiet: bool = False,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        painter.setFont(self.font)
        painter.setPen(QColor(self.theme.colours.secondary if quiet else self.theme.colours.text))
        shown = self.metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, alignment, shown)
