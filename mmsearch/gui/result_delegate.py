"""Draws one result: what it looks like, what it is, what it is called and how close it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from mmsearch.gui import cell_painting as paint
from mmsearch.gui.cell_loader import CellContent, Unavailable
from mmsearch.gui.hit_delegate import OFFLINE_OPACITY, AnyIndex, HitDelegate, paint_mark
from mmsearch.gui.result_model import ResultRole
from mmsearch.gui.scrubber import Scrub
from mmsearch.gui.texts import match_name
from mmsearch.gui.theme import Theme
from mmsearch.gui.verdicts import Verdict
from mmsearch.present.arrangement import Stack
from mmsearch.present.excerpt import Excerpt
from mmsearch.present.visuals import Wave
from mmsearch.present.words import clock, match_word, place_words
from mmsearch.types import Hit, Modality, TimeRange

PADDING_PX = 8
"""Between the edge of a cell and what is drawn; half the distance between two pictures."""
LINE_PADDING_PX = 4
"""The same where pictures stand close, without words below them."""
_NAME_PX, _MATCH_PX, _GAP_PX = 20, 16, 8
_BADGE_PX = 28
"""Of a badge beside its text."""
_MARK_PX = 32
_CAPTION_PX = 24
_STATES = (
    QStyle.StateFlag.State_Selected
    | QStyle.StateFlag.State_MouseOver
    | QStyle.StateFlag.State_HasFocus
)
_NAMELESS = (Modality.AUDIO, Modality.CODE)
"""What one does not know by its look."""


class ResultDelegate(HitDelegate):
    """Draws into whatever area a cell has; words stand below the picture, or over it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._cell = QSize()
        self._has_captions = True
        self.scrub: Callable[[Hit], Scrub | None] = lambda hit: None
        """What a film shows while the mouse is over it."""
        self.set_cell_width(192)

    def set_captions(self, shown: bool) -> None:
        """Show words below every picture, or over those that one looks at."""
        self._has_captions = shown

    def set_cell_width(self, width_px: int) -> None:
        """Make cells wider or narrower; pictures stand in boxes of 4 : 3."""
        box_height = (width_px - 2 * PADDING_PX) * 3 // 4
        words_px = self._scaled(_NAME_PX) + self._scaled(_MATCH_PX)
        height = PADDING_PX + box_height + _GAP_PX + words_px + PADDING_PX
        self._cell = QSize(width_px, height)

    def cell_size(self) -> QSize:
        """Return the size of every cell of a grid."""
        return self._cell

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """The same for all."""
        return self._cell

    def _scaled(self, length_px: int) -> int:
        return round(length_px * self.theme.scale)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
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
        box, scrub = self.box(area), self.scrub(hit)
        stack = index.data(ResultRole.STACK)
        if isinstance(stack, Stack) and (self._has_captions or stack.is_open):
            paint.paint_stack(painter, area, box, stack, self.theme.colours)
        painter.setOpacity(OFFLINE_OPACITY if hit.offline else 1.0)
        content = index.data(ResultRole.CONTENT)
        is_over = not self._has_captions and (hit.modality in _NAMELESS or bool(state & _STATES))
        clear = box.adjusted(0, 0, 0, -self._scaled(_CAPTION_PX) if is_over else 0)
        self._paint_content(painter, box, clear, hit, scrub.frame or content if scrub else content)
        painter.setOpacity(1.0)
        if is_over:
            self._paint_words_over(painter, box, hit)
        self._paint_badges(painter, clear, hit, scrub)
        self._paint_verdict(painter, box, hit, index.data(ResultRole.VERDICT))
        if isinstance(stack, Stack) and stack.is_top:
            self.paint_stack_badge(painter, area, index, stack)
        if scrub is not None:
            paint.paint_place(painter, box, scrub.share)
        self._paint_state(painter, box, state)
        if self._has_captions:
            self._paint_words(painter, box, hit)
        painter.restore()

    def box(self, area: QRect) -> QRect:
        """Where in its area the picture of a cell stands."""
        if not self._has_captions:
            inset = LINE_PADDING_PX
            return area.adjusted(inset, inset, -inset, -inset)
        width = area.width() - 2 * PADDING_PX
        return QRect(area.x() + PADDING_PX, area.y() + PADDING_PX, width, width * 3 // 4)

    def stack_box(self, area: QRect, index: AnyIndex, stack: Stack) -> QRect:
        """In the top right corner of the picture."""
        box, size = self.box(area), paint.stack_badge_size(stack, self.small_font)
        return QRect(box.right() - size.width() - 7, box.top() + 8, size.width(), size.height())

    def _paint_content(
        self, painter: QPainter, box: QRect, clear: QRect, hit: Hit, content: CellContent | None
    ) -> None:
        """``clear`` is what of the box no words are drawn over."""
        colours = self.theme.colours
        match content:
            case QPixmap():
                self.paint_picture(painter, box, content)
            case Wave():
                paint.paint_plate(painter, box, colours.raised)
                inner = clear.adjusted(12, 12, -12, -32)
                paint.paint_wave(painter, inner, content, colours)
            case Excerpt():
                paint.paint_plate(painter, box, colours.surface)
                paint.paint_code(painter, clear.adjusted(8, 8, -8, -32), content, colours)
                paint.paint_frame(painter, box, colours.line)
            case Unavailable() if not hit.offline:
                paint.paint_plate(painter, box, colours.raised)
                paint_mark(painter, box, "warning", colours.warning, _MARK_PX)
            case Unavailable():  # nothing is wrong with what is only away
                paint.paint_plate(painter, box, colours.raised)
                paint_mark(painter, box, hit.modality.value, colours.secondary, _MARK_PX)
            case None:
                paint.paint_plate(painter, box, colours.raised)
                paint_mark(painter, box, hit.modality.value, colours.line, _MARK_PX)

    def _paint_badges(self, painter: QPainter, box: QRect, hit: Hit, scrub: Scrub | None) -> None:
        font = self.small_font
        bottom_left = QPointF(box.x() + 8, box.y() + box.height() - 8)
        if hit.modality is not Modality.IMAGE:
            room = box.width() - 2 * PADDING_PX - _BADGE_PX
            text = clock(scrub.at_s) if scrub else badge_text(hit)
            if self.small_metrics.horizontalAdvance(text) > room:
                text = place_words(hit)  # the lines say more than the language
            text = self.small_metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            paint.paint_badge(painter, bottom_left, hit.modality.value, text, font)
        if hit.offline:
            top_left = QPointF(box.x() + 8, box.y() + 28)
            paint.paint_badge(painter, top_left, "offline", self.tr("offline"), font)

    def _paint_verdict(
        self, painter: QPainter, box: QRect, hit: Hit, verdict: Verdict | None
    ) -> None:
        if verdict is not None:
            place = QPointF(box.x() + 8, box.y() + (52 if hit.offline else 28))
            paint.paint_badge(painter, place, verdict.value, "", self.small_font)

    def _paint_state(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        colours = self.theme.colours
        if state & QStyle.StateFlag.State_Selected:
            paint.paint_ring(painter, box, colours.accent, 2)
        elif state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            paint.paint_ring(painter, box, colours.line, 2)

    def _paint_words(self, painter: QPainter, box: QRect, hit: Hit) -> None:
        colours = self.theme.colours
        name_px, match_px = self._scaled(_NAME_PX), self._scaled(_MATCH_PX)
        left, top, width = box.x(), box.y() + box.height() + _GAP_PX, box.width()
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.font)
        painter.setPen(QColor(colours.text))
        name = self.metrics.elidedText(hit.path.name, Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(QRect(left, top, width, name_px), vertical, name)
        word = match_word(hit.match)
        bar = paint.match_bar_size()
        bar_top = top + name_px + (match_px - bar.height()) / 2
        paint.paint_match_bar(painter, QPointF(left, bar_top), word.n_steps, colours)
        painter.setFont(self.small_font)
        painter.setPen(QColor(colours.secondary))
        words = QRect(left + bar.width() + 8, top + name_px, width - bar.width() - 8, match_px)
        painter.drawText(words, vertical, match_name(word))

    def _paint_words_over(self, painter: QPainter, box: QRect, hit: Hit) -> None:
        """Draw the name and the match over the lower edge of the picture."""
        height = self._scaled(_CAPTION_PX)
        strip = QRect(box.x(), box.bottom() + 1 - height, box.width(), height)
        n_steps = match_word(hit.match).n_steps
        paint.paint_caption(painter, strip, hit.path.name, n_steps, self.small_font)


def badge_text(hit: Hit) -> str:
    """What stands beside the kind: where in a film or sound, the language and lines of code."""
    if hit.modality is Modality.CODE:
        language = hit.metadata.language or hit.path.suffix.lstrip(".")
        return " · ".join(filter(None, (language, place_words(hit))))
    duration_s = hit.metadata.duration_s
    if isinstance(hit.locator, TimeRange) and not _is_whole(hit.locator, duration_s):
        return clock(hit.locator.start_s)
    return clock(duration_s) if duration_s else ""


def _is_whole(found: TimeRange, duration_s: float | None) -> bool:
    """Whether the found part is the file: then its length says more than "0:00"."""
    return duration_s is not None and found.start_s < 0.5 and found.end_s > duration_s - 0.5
