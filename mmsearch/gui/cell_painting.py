"""Pictures, waves, code, badges and match bars, drawn with a QPainter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QTransform,
)

from mmsearch.gui.icons import SMALL_ICON_PX, tinted
from mmsearch.gui.theme import CORNER_PX, DARK, SMALL_PX, Colours
from mmsearch.present.arrangement import Stack
from mmsearch.present.excerpt import Excerpt, ExcerptLine
from mmsearch.present.visuals import Wave
from mmsearch.present.waveform import rebin

_MAX_CROPPED = 0.3
"""A picture fills its cell when no more than this part of it is cut off; else it is fitted."""
_BAR_PX, _BAR_GAP_PX = 3, 2
_NEARLY_ALL = 0.95
_OTHER_ALPHA, _BAND_ALPHA = 170, 40
_SHEETS = ((16, 7, 90), (8, 4, 170))
"""How far the edges of the sheets of a stack are drawn in and rise, and how dark they are."""
_OVER_PICTURES = QColor(16, 19, 26, 190)
_STEP_SIZE, _STEP_GAP_PX = QSize(12, 4), 2


def mono_font(size_px: int) -> QFont:
    """Return the system's font for code."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(size_px)
    return font


def paint_plate(painter: QPainter, box: QRect, colour: str) -> None:
    """Fill a rounded box."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(box, CORNER_PX, CORNER_PX)


def paint_picture(painter: QPainter, box: QRect, pixmap: QPixmap, colours: Colours) -> None:
    """Draw a picture with round corners, filling the box if little is lost by that."""
    size = pixmap.deviceIndependentSize()
    cover = max(box.width() / size.width(), box.height() / size.height())
    shown = box.width() * box.height() / (cover * cover * size.width() * size.height())
    if 1 - shown > _MAX_CROPPED:
        paint_plate(painter, box, colours.raised)
        contain = min(box.width() / size.width(), box.height() / size.height(), 1.0)
        target = QRectF(0, 0, size.width() * contain, size.height() * contain)
        target.moveCenter(QRectF(box).center())
        _texture(painter, target, pixmap, contain, target.topLeft(), 2)
        return
    corner = QRectF(box).center() - QPointF(size.width() * cover / 2, size.height() * cover / 2)
    _texture(painter, QRectF(box), pixmap, cover, corner, CORNER_PX)


def _texture(
    painter: QPainter, target: QRectF, pixmap: QPixmap, scale: float, corner: QPointF, radius: int
) -> None:
    brush = QBrush(pixmap)
    brush.setTransform(QTransform().translate(corner.x(), corner.y()).scale(scale, scale))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(target, radius, radius)


def paint_wave(painter: QPainter, box: QRect, wave: Wave, colours: Colours) -> None:
    """Draw peaks as bars around the middle; the found stretch is in the accent colour."""
    n_bars = max(1, box.width() // (_BAR_PX + _BAR_GAP_PX))
    heights = rebin(wave.peaks, n_bars)
    first, last = _found_bars(wave, n_bars)
    step = box.width() / n_bars
    if last > first:
        stretch = QRectF(box.x() + first * step - 1, box.y(), (last - first) * step, box.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.found))
        painter.drawRoundedRect(stretch, 4, 4)
    middle = box.center().y() + 0.5
    found, other = QColor(colours.accent), QColor(colours.secondary)
    other.setAlpha(_OTHER_ALPHA)
    painter.setPen(Qt.PenStyle.NoPen)
    for bar, height in enumerate(heights.tolist()):
        painter.setBrush(found if first <= bar < last else other)
        half = max(1.0, height * (box.height() / 2 - 4))
        painter.drawRoundedRect(
            QRectF(box.x() + bar * step, middle - half, _BAR_PX, 2 * half), 1.5, 1.5
        )


def _found_bars(wave: Wave, n_bars: int) -> tuple[int, int]:
    """Return the found bars, first included and last not; none when it is about all of them."""
    if wave.found is None or wave.found[1] - wave.found[0] > _NEARLY_ALL:
        return 0, 0
    first = min(n_bars - 1, int(wave.found[0] * n_bars))
    return first, max(first + 1, min(n_bars, round(wave.found[1] * n_bars)))


def paint_code(painter: QPainter, box: QRect, code: Excerpt, colours: Colours) -> None:
    """Draw the first lines of an excerpt with colours and line numbers, without its indent."""
    painter.save()
    painter.setClipRect(box)
    font = mono_font(SMALL_PX)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    line_px = metrics.height() + 1
    lines = code.lines[: max(0, box.height() // line_px)]
    indent = _common_indent(lines)
    gutter = metrics.horizontalAdvance("0") * len(str(lines[-1].number)) if lines else 0
    baseline = box.y() + metrics.ascent()
    for line in lines:
        painter.setPen(QColor(colours.secondary))
        number = QRect(box.x(), baseline - metrics.ascent(), gutter, line_px)
        painter.drawText(number, Qt.AlignmentFlag.AlignRight, str(line.number))
        _paint_spans(painter, box.x() + gutter + 8, baseline, line, indent, colours, metrics)
        baseline += line_px
    painter.restore()


def _paint_spans(
    painter: QPainter,
    x: int,
    baseline: int,
    line: ExcerptLine,
    indent: int,
    colours: Colours,
    metrics: QFontMetrics,
) -> None:
    for span in line.spans:
        text = span.text[indent:]
        indent = max(0, indent - len(span.text))
        painter.setPen(QColor(colours.of_token(span.kind)))
        painter.drawText(x, baseline, text)
        x += metrics.horizontalAdvance(text)


def _common_indent(lines: tuple[ExcerptLine, ...]) -> int:
    texts = [line.text for line in lines if line.text.strip()]
    return min((len(text) - len(text.lstrip()) for text in texts), default=0)


def paint_badge(painter: QPainter, corner: QPointF, icon_name: str, text: str, font: QFont) -> None:
    """Draw a dark pill with an icon and a word; ``corner`` is its bottom left."""
    metrics = QFontMetrics(font)
    text_px = metrics.horizontalAdvance(text)
    width = 4 + SMALL_ICON_PX + (4 + text_px if text else 0) + 4
    pill = QRectF(corner.x(), corner.y() - 20, width, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_OVER_PICTURES)
    painter.drawRoundedRect(pill, 4, 4)
    ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
    mark = tinted(icon_name, "#FFFFFF", SMALL_ICON_PX, ratio)
    painter.drawPixmap(QPointF(pill.x() + 4, pill.y() + 2), mark)
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(pill.adjusted(8 + SMALL_ICON_PX, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


def stack_badge_text(stack: Stack) -> str:
    """How many there are, and whether a click opens or closes."""
    return f"×{stack.n} ▴" if stack.is_open else f"×{stack.n} ▾"


def stack_badge_size(stack: Stack, font: QFont) -> QSize:
    """Return the size of the badge of a stack."""
    return QSize(QFontMetrics(font).horizontalAdvance(stack_badge_text(stack)) + 12, 20)


def paint_stack_badge(painter: QPainter, pill: QRect, stack: Stack, font: QFont) -> None:
    """Draw a dark pill with the number of near-duplicates."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_OVER_PICTURES)
    painter.drawRoundedRect(pill, 4, 4)
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, stack_badge_text(stack))


def paint_stack(painter: QPainter, area: QRect, box: QRect, stack: Stack, colours: Colours) -> None:
    """Draw the edges of two more sheets over the box of a closed stack, or a ground under an
    open one."""
    painter.setPen(Qt.PenStyle.NoPen)
    if stack.is_open:
        painter.setBrush(QColor(colours.found))
        painter.drawRect(area.adjusted(0, 1, 0, -1))
        return
    for inset, rise, alpha in _SHEETS:
        sheet = QColor(colours.secondary)
        sheet.setAlpha(alpha)
        painter.setBrush(sheet)
        painter.drawRoundedRect(box.adjusted(inset, -rise, -inset, 0), CORNER_PX, CORNER_PX)


def match_bar_size() -> QSize:
    """Return the size of the four steps."""
    return QSize(4 * _STEP_SIZE.width() + 3 * _STEP_GAP_PX, _STEP_SIZE.height())


def paint_match_bar(painter: QPainter, corner: QPointF, n_filled: int, colours: Colours) -> None:
    """Draw four steps, so many of them filled; ``corner`` is the top left."""
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(4):
        painter.setBrush(QColor(colours.accent if step < n_filled else colours.line))
        x = corner.x() + step * (_STEP_SIZE.width() + _STEP_GAP_PX)
        painter.drawRoundedRect(
            QRectF(x, corner.y(), _STEP_SIZE.width(), _STEP_SIZE.height()), 1.5, 1.5
        )


def paint_caption(painter: QPainter, strip: QRect, name: str, n_filled: int, font: QFont) -> None:
    """Draw a dark strip with a name and, where there is room, the steps of its match."""
    painter.save()
    painter.setClipRect(strip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_OVER_PICTURES)
    painter.drawRoundedRect(strip.adjusted(0, -CORNER_PX, 0, 0), CORNER_PX, CORNER_PX)
    inner, bar = strip.adjusted(8, 0, -8, 0), match_bar_size()
    if inner.width() > 2 * bar.width():
        corner = QPointF(inner.right() + 1 - bar.width(), strip.center().y() - 1)
        paint_match_bar(painter, corner, n_filled, DARK)
        inner.setRight(inner.right() - bar.width() - 8)
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideMiddle, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


def paint_place(painter: QPainter, box: QRect, share: float) -> None:
    """Draw a thin line that says where in a film one is."""
    left = box.x() + round(share * (box.width() - 1))
    painter.fillRect(QRect(left - 1, box.y(), 3, box.height()), _OVER_PICTURES)
    painter.fillRect(QRect(left, box.y(), 1, box.height()), QColor("#FFFFFF"))


def paint_band(painter: QPainter, band: QRect, colour: QColor) -> None:
    """Draw a band that selects what it touches."""
    painter.setPen(colour)
    inside = QColor(colour)
    inside.setAlpha(_BAND_ALPHA)
    painter.setBrush(inside)
    painter.drawRect(band.adjusted(0, 0, -1, -1))


def paint_frame(painter: QPainter, box: QRect, colour: str) -> None:
    """Draw a hairline inside the edge of a box."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), 1))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)


def paint_ring(painter: QPainter, box: QRect, colour: str, width_px: int) -> None:
    """Draw a ring just around a box."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), width_px))
    outset = 1 + width_px / 2
    ring = QRectF(box).adjusted(-outset, -outset, outset, outset)
    painter.drawRoundedRect(ring, CORNER_PX + outset, CORNER_PX + outset)
