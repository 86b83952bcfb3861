"""Which files turn up too often, before and after results are balanced, and why it is done so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import button, column, head_over_scroll, label, page, row
from mmsearch.gui.texts import decimal_text, kind_name, method_name, number_text
from mmsearch.gui.theme import SMALL_PX, Theme
from mmsearch.present.hub_view import bar_heights, bin_name, in_bins
from mmsearch.types import Modality

_WIDTH_PX, _CHART_PX = 680, 140
_GAP_PX, _LABEL_PX, _MOST_BIN_PX = 4, 20, 64


@dataclass(frozen=True, slots=True, eq=False)
class HubPair:
    """What the page shows of one pair of kinds."""

    asked_with: str
    """"text", or a Modality: the kind of what is searched by."""
    found: Modality
    method: str
    is_raw: bool
    reason: str
    before: NDArray[np.int64]
    """(n_segment,) how often each is among the first ten, without balancing."""
    after: NDArray[np.int64]
    largest: str
    """The file that turned up most often before."""
    skewness: tuple[float, float]
    """Before and after."""


class HubPage(QWidget):
    """A card for each pair; empty and being measured are said."""

    back_asked = Signal()
    anew_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.state = label("", "secondary", wrap=True)
        self.anew = button(self.tr("Decide anew"))
        self.anew.setToolTip(self.tr("Measure again what helps this library"))
        self.anew.clicked.connect(self.anew_asked)
        back = IconButton("back", self.tr("Back (Esc)"), theme, self)
        back.clicked.connect(self.back_asked)
        self.back = back
        head = row()
        head.setContentsMargins(16, 12, 16, 4)
        head.addWidget(back)
        head.addWidget(label(self.tr("Files that turn up too often"), "large", elide=True), 1)
        head.addWidget(self.anew)
        inner = page(self)
        inner.setMaximumWidth(_WIDTH_PX)
        body = column(inner, gap_px=24)
        body.setContentsMargins(56, 8, 24, 24)
        body.addWidget(label(self._explanation(), "secondary", wrap=True))
        body.addWidget(self.state)
        self._cards: QVBoxLayout = column(gap_px=32)
        body.addLayout(self._cards)
        body.addStretch(1)
        head_over_scroll(self, head, inner, self.tr("Files that turn up too often"))

    def _explanation(self) -> str:
        return self.tr(
            "In every collection some files come close to almost any query and push better ones"
            " down. Balancing takes off what they are close to anyway. The bars count files by"
            " how often they were among the first ten of some hundred queries: the further right,"
            " the more they turn up. Grey: without balancing; coloured: as it is."
        )

    def show_waiting(self) -> None:
        """Say that it is being measured."""
        self._clear()
        self.anew.setEnabled(False)
        self._say(self.tr("Measuring…"))

    def show_pairs(self, pairs: Sequence[HubPair]) -> None:
        """Show what was measured."""
        self._clear()
        self.anew.setEnabled(True)
        self._say("" if pairs else self.tr("There is too little in the library for that."))
        for pair in pairs:
            self._cards.addWidget(HubCard(pair, self._theme))

    def show_trouble(self, text: str) -> None:
        """Say why it could not be measured."""
        self._clear()
        self.anew.setEnabled(True)
        self._say(text)

    def cards(self) -> list[HubCard]:
        """What is shown."""
        items = (self._cards.itemAt(place) for place in range(self._cards.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, HubCard)]

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _clear(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()


class HubCard(QWidget):
    """One pair of kinds: what is done, what came of it, and bars before and after."""

    def __init__(self, pair: HubPair, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair = pair
        layout = column(self, gap_px=4)
        layout.addWidget(label(self.title(), "strong"))
        layout.addWidget(label(self.words(), "secondary", wrap=True))
        layout.addSpacing(4)
        layout.addWidget(HubBars(pair, theme))

    def title(self) -> str:
        """Which pair it is."""
        asked = self.tr("Words") if self._pair.asked_with == "text" else ""
        asked = asked or kind_name(Modality(self._pair.asked_with))
        return f"{asked} → {kind_name(self._pair.found)}"

    def words(self) -> str:
        """What is done, why, and what came of it."""
        pair = self._pair
        most = int(pair.before.max(initial=0))
        now = int(pair.after.max(initial=0))
        if pair.is_raw:
            first = self.tr("Not balanced: {0}.").format(pair.reason)
            return (
                first
                + " "
                + self.tr("{0} turns up most often, {1} times.").format(
                    pair.largest, number_text(most)
                )
            )
        return " ".join(
            (
                self.tr("Balanced by {0}: {1}.").format(method_name(pair.method), pair.reason),
                self.tr("{0} turned up {1} times;").format(pair.largest, number_text(most)),
                self.tr("now no file more than {0}.").format(number_text(now)),
                self.tr("Skewness {0} before, {1} after.").format(
                    *(decimal_text(value, 2) for value in pair.skewness)
                ),
            )
        )


class HubBars(QWidget):
    """Two bars a bin: grey before, accent after; one row of bars where nothing is done."""

    def __init__(self, pair: HubPair, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        before, after = in_bins(pair.before), in_bins(pair.after)
        self._first = _first_used(before, after)
        before, after = before[self._first :], after[self._first :]
        most = int(max(before.max(initial=0), after.max(initial=0)))
        self.before = bar_heights(before, most)
        self.after = [] if pair.is_raw else bar_heights(after, most)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("How many files turn up how often, before and after"))
        self.setToolTip(
            self.tr(
                "Below: how often among the first ten. Grey: as it would be. Coloured: as it is."
            )
        )

    def sizeHint(self) -> QSize:
        """Wide rather than high."""
        return QSize(400, _CHART_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars and what is in them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        n_bin = max(len(self.before), len(self.after), 1)
        step = min(_MOST_BIN_PX, self.width() / n_bin)
        floor = self.height() - _LABEL_PX
        colours = self._theme.colours
        painter.fillRect(QRectF(0, floor, self.width(), 1), QColor(colours.line))
        n_series = 2 if self.after else 1
        width = (step - 2 * _GAP_PX) / n_series
        grey = QColor(colours.secondary)
        grey.setAlpha(120)
        painter.setPen(Qt.PenStyle.NoPen)
        for series, heights, colour in (
            (0, self.before, grey),
            (1, self.after, QColor(colours.accent)),
        ):
            painter.setBrush(colour)
            for place, height in enumerate(heights):
                tall = height * (floor - 4)
                left = place * step + _GAP_PX + series * width
                painter.drawRoundedRect(QRectF(left, floor - tall, width - 1, tall), 2, 2)
        painter.setFont(self._theme.font(SMALL_PX))
        painter.setPen(QColor(colours.secondary))
        for place in range(n_bin):
            box = QRectF(place * step, floor + 2, step, _LABEL_PX - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, bin_name(self._first + place))
        painter.end()


def _first_used(*bins: NDArray[np.int64]) -> int:
    """The first bin that something is in: in a small library everything turns up often."""
    used = [int(np.flatnonzero(one)[0]) for one in bins if one.any()]
    return min(used, default=0)
