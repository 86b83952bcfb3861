"""Why a result was found: sentences, what each part counted, and numbers for who wants them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from mmsearch.gui.details import DetailsTable, why_rows
from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.theme import Theme
from mmsearch.gui.why_words import contributions, why_sentences
from mmsearch.types import Hit

_BAR_PX = 6


class WhyPanel(QWidget):
    """The numbers are folded away; once unfolded they stay so from hit to hit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = label("", wrap=True)
        self.bars = _Bars(theme, self)
        self.numbers = DetailsTable(self)
        self.numbers.hide()
        self.fold = IconButton("next", "", theme, self)
        self.fold.clicked.connect(self.toggle_numbers)
        head = row(gap_px=4)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label(self.tr("Numbers"), "secondary"))
        head.addWidget(self.fold)
        head.addStretch(1)
        layout = column(self, gap_px=8)
        layout.addWidget(self._words)
        layout.addWidget(self.bars)
        layout.addLayout(head)
        layout.addWidget(self.numbers)
        self._show_fold()

    def show_hit(self, hit: Hit) -> None:
        """Explain another hit."""
        sentences = why_sentences(hit)
        self._words.setText("\n".join(sentences))
        self._words.setVisible(bool(sentences))
        self.bars.show_parts(contributions(hit))
        self.numbers.show_rows(why_rows(hit))

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def toggle_numbers(self) -> None:
        """Fold or unfold the numbers."""
        self.numbers.setVisible(self.numbers.isHidden())
        self._show_fold()

    def _show_fold(self) -> None:
        folded = self.numbers.isHidden()
        name = "unfold" if folded else "fold"
        self.fold.set_meaning(name, self.tr("Show numbers") if folded else self.tr("Hide numbers"))


class _Bars(QWidget):
    """Names and bars; the longest is the part that counted most."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_parts(self, parts: Sequence[tuple[str, float]]) -> None:
        """Show other parts; a single one needs no comparison."""
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.setVisible(len(parts) > 1)
        most = max((abs(value) for _, value in parts), default=1.0)
        for place, (name, value) in enumerate(parts):
            self._grid.addWidget(label(name, "secondary"), place, 0)
            self._grid.addWidget(_Bar(name, value / most, self._theme), place, 1)


class _Bar(QWidget):
    """One part; what speaks against the hit has another colour and says so."""

    def __init__(self, name: str, share: float, theme: Theme) -> None:
        super().__init__()
        self._share, self._theme = share, theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken = self.tr("{0}: against it") if share < 0 else self.tr("{0}: for it")
        self.setAccessibleName(spoken.format(name))
        self.setToolTip(spoken.format(name))

    def sizeHint(self) -> QSize:
        return QSize(60, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - _BAR_PX) / 2
        painter.setBrush(QColor(self._theme.colours.line))
        painter.drawRoundedRect(QRectF(0, top, self.width(), _BAR_PX), 3, 3)
        colours = self._theme.colours
        painter.setBrush(QColor(colours.warning if self._share < 0 else colours.accent))
        width = max(_BAR_PX, abs(self._share) * self.width())
        painter.drawRoundedRect(QRectF(0, top, width, _BAR_PX), 3, 3)
        painter.end()
