"""Says how the words of a query were read, and takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mmsearch.gui.layouts import button, label, row
from mmsearch.query.readings import Reading


class UnderstoodLine(QWidget):
    """One line above the results; hidden where a query means what it says."""

    words_asked = Signal()
    """The words are to be searched for as words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label("", "secondary", elide=True)
        self.as_words = button(self.tr("Search for the words instead"), "link")
        self.as_words.clicked.connect(self.words_asked)
        layout = row(self, gap_px=8)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.as_words)
        self.hide()

    def show_readings(self, readings: Sequence[Reading], notes: Sequence[str] = ()) -> None:
        """Show what was taken for filters, and what else the user should know."""
        meant = "  ".join(one.meaning for one in readings)
        parts = [self.tr("Understood: {0}").format(meant)] if readings else []
        text = "  ·  ".join([*parts, *notes])
        self._text.setText(text)
        self._text.setToolTip(text)
        self.as_words.setVisible(bool(readings))
        self.setVisible(bool(text))

    def text(self) -> str:
        """What it says."""
        return self._text.text()
