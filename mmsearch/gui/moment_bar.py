"""Which of its moments a film shows, and the way to the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import label, row
from mmsearch.gui.theme import Theme
from mmsearch.types import Moment, TimeRange


class MomentBar(QWidget):
    """Two buttons and "2 of 5" between them; not there when there is nowhere to go."""

    chosen = Signal(object)
    """A Moment."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments: tuple[Moment, ...] = ()
        self._at = 0
        self.previous = IconButton("previous", self.tr("Previous moment (Shift+N)"), theme, self)
        self.next = IconButton("next", self.tr("Next moment (N)"), theme, self)
        self._words = label("", "secondary")
        layout = row(self, gap_px=0)
        for widget in (self.previous, self._words, self.next):
            layout.addWidget(widget)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.hide()

    def show_moments(self, moments: Sequence[Moment], found: TimeRange | None) -> None:
        """Take the moments in the order of time; ``found`` is the one that is shown."""
        self._moments = tuple(moments)
        places = (at for at, one in enumerate(moments) if found and one.range == found)
        nearest = (
            at for at, one in enumerate(moments) if found and one.range.end_s > found.start_s
        )
        self._at = next(places, next(nearest, 0))
        self._show()

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All of them."""
        return self._moments

    def step(self, by: int) -> None:
        """Go on, or back; it ends at the last and at the first."""
        at = self._at + by
        if 0 <= at < len(self._moments):
            self._at = at
            self._show()
            self.chosen.emit(self._moments[at])

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def _show(self) -> None:
        n = len(self._moments)
        self.setVisible(n > 1)
        self._words.setText(self.tr("{0} of {1}").format(self._at + 1, n))
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < n - 1)
