"""Bars of which a stretch can be marked with the mouse or the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mmsearch.gui.texts import number_text
from mmsearch.gui.theme import CORNER_PX, SMALL_PX, Theme
from mmsearch.retrieve.facets import Bin

_BARS_PX, _WORDS_PX = 44, 16
_LEAST_BAR_PX = 2
Range = tuple[int | None, int | None]


class BrushHistogram(QWidget):
    """Dragging marks a range of bars, a click one bar, a double click none.

    With the keys: arrows move, Shift and arrows widen, Delete marks none.
    """

    brushed = Signal(object)
    """The range (low, high) that is marked now, or None."""

    def __init__(
        self, name: str, say: Callable[[Bin], str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._say = say
        self._bins: tuple[Bin, ...] = ()
        self._marked: tuple[int, int] | None = None
        self._anchor = 0
        self._dragging = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_bins(self, bins: Sequence[Bin], chosen: Range | None) -> None:
        """Show other counts, and the range that is chosen."""
        self._bins = tuple(bins)
        if not self._dragging:
            self._marked = self._places_of(chosen)
        self.setAccessibleDescription(self.marked_words())
        self.update()

    def marked_words(self) -> str:
        """The range that is marked, in words; empty for none."""
        if self._marked is None or not self._bins:
            return ""
        first, last = self._marked
        if first == last:
            return self._say(self._bins[first])
        return f"{self._say(self._bins[first])} – {self._say(self._bins[last])}"

    def sizeHint(self) -> QSize:
        """Bars and a line of words."""
        return QSize(120, _BARS_PX + _WORDS_PX)

    def _places_of(self, chosen: Range | None) -> tuple[int, int] | None:
        """The bars that a range touches."""
        if chosen is None or not self._bins:
            return None
        low, high = chosen
        places = [
            place
            for place, one in enumerate(self._bins)
            if (high is None or one.low <= high)
            and (low is None or one.high is None or one.high >= low)
        ]
        return (places[0], places[-1]) if places else None

    # Mouse and keys ------------------------------------------------------------------------

    def place_at(self, x: float) -> int:
        """The bar at a distance from the left."""
        n = max(1, len(self._bins))
        return max(0, min(n - 1, int(x * n / max(1, self.width()))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to mark."""
        if event.button() == Qt.MouseButton.LeftButton and self._bins:
            self._dragging = True
            self._anchor = self.place_at(event.position().x())
            self._mark(self._anchor, self._anchor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark up to here, and say what is under the mouse."""
        if not self._bins:
            return
        place = self.place_at(event.position().x())
        if self._dragging:
            self._mark(min(self._anchor, place), max(self._anchor, place))
        one = self._bins[place]
        self.setToolTip(self.tr("{0}: {1} files").format(self._say(one), number_text(one.n)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What is marked is chosen."""
        if self._dragging:
            self._dragging = False
            self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Mark nothing."""
        self._dragging = False
        self._marked = None
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, widen, or mark nothing."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._marked = None
        elif step is None or not self._bins:
            super().keyPressEvent(event)
            return
        else:
            self._move(step, widen=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        self._tell()

    def _move(self, step: int, *, widen: bool) -> None:
        end = len(self._bins) - 1
        if self._marked is None:
            place = 0 if step > 0 else end
            self._mark(place, place)
            return
        first, last = self._marked
        if widen:
            self._mark(max(0, first + min(step, 0)), min(end, last + max(step, 0)))
        else:
            place = max(0, min(end, (last if step > 0 else first) + step))
            self._mark(place, place)

    def _mark(self, first: int, last: int) -> None:
        self._marked = (first, last)
        self.update()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.marked_words())
        self.update()
        if self._marked is None:
            self.brushed.emit(None)
            return
        first, last = self._marked
        self.brushed.emit((self._bins[first].low, self._bins[last].high))

    # Looks ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars on a line, and the ends or what is marked below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._bins:
            self._paint_bars(painter)
            self._paint_words(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, CORNER_PX, CORNER_PX)
        painter.end()

    def _paint_bars(self, painter: QPainter) -> None:
        step = self.width() / len(self._bins)
        most = max(1, *(one.n for one in self._bins))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        painter.drawRect(QRectF(0, _BARS_PX - 1, self.width(), 1))
        for place, one in enumerate(self._bins):
            is_in = self._marked is None or self._marked[0] <= place <= self._marked[1]
            # The root keeps the few visible beside the many.
            height = max(_LEAST_BAR_PX, (one.n / most) ** 0.5 * (_BARS_PX - 6)) if one.n else 0
            gap = 1 if step > 4 else 0
            painter.setBrush(self._theme.colour("accent" if is_in else "line"))
            painter.drawRect(
                QRectF(place * step, _BARS_PX - 1 - height, max(1.0, step - gap), height)
            )

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font(SMALL_PX))
        area = self.rect().adjusted(0, _BARS_PX, 0, 0)
        flag = Qt.AlignmentFlag
        if self._marked is not None:
            painter.setPen(self._theme.colour("accent_text"))
            painter.drawText(area, flag.AlignCenter, self.marked_words())
            return
        painter.setPen(self._theme.colour("secondary"))
        painter.drawText(area, flag.AlignLeft | flag.AlignVCenter, self._say(self._bins[0]))
        if len(self._bins) > 1:
            painter.drawText(area, flag.AlignRight | flag.AlignVCenter, self._say(self._bins[-1]))
