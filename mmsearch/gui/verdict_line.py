"""How a search was refined by thumbs up and down, and the way back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import button, label, row
from mmsearch.gui.theme import Theme
from mmsearch.gui.verdicts import Verdict, Verdicts


class VerdictLine(QWidget):
    """Not there as long as nothing was said."""

    def __init__(self, verdicts: Verdicts, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdicts = verdicts
        self._words = label("", "secondary")
        self.undo = button(self.tr("Undo"), "link")
        self.undo.setToolTip(self.tr("Take the last one back (Ctrl+Z)"))
        self.undo.clicked.connect(verdicts.undo)
        self.clear = button(self.tr("Start over"), "link")
        self.clear.clicked.connect(verdicts.clear)
        layout = row(self, gap_px=8)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self._words)
        layout.addWidget(self.undo)
        layout.addWidget(self.clear)
        layout.addStretch(1)
        verdicts.shown.connect(self._show)
        self._show()

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def _show(self) -> None:
        said = list(self._verdicts.judged().values())
        n_good, n_not = said.count(Verdict.GOOD), said.count(Verdict.NOT_THIS)
        parts = []
        if n_good:
            parts.append(self.tr("{0} right").format(n_good))
        if n_not:
            parts.append(self.tr("{0} not this").format(n_not))
        self._words.setText(self.tr("Refined by: {0}").format(", ".join(parts)))
        self.undo.setVisible(self._verdicts.can_undo())
        self.setVisible(bool(said))


class VerdictButtons(QWidget):
    """Thumbs for the hit that is shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.good = IconButton(
            "thumb-up", self.tr("Right: more like this (G)"), theme, self, checkable=True
        )
        self.not_this = IconButton(
            "thumb-down", self.tr("Not this: less like it (B)"), theme, self, checkable=True
        )
        layout = row(self, gap_px=4)
        layout.addWidget(self.good)
        layout.addWidget(self.not_this)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show what was said about the hit."""
        self.good.setChecked(verdict is Verdict.GOOD)
        self.not_this.setChecked(verdict is Verdict.NOT_THIS)
