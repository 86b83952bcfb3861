"""What a library has learned from what its files are called, on the settings page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from mmsearch.adapt.held_out import LEAST_FILES, LEAST_TEXTS, Verdict
from mmsearch.adapting.adaptation import Adaptation
from mmsearch.gui.layouts import button, column, label, row
from mmsearch.gui.texts import decimal_text, kind_name, number_text
from mmsearch.types import Modality


class LearnedSection(QWidget):
    """Shows what was learned and says what is asked for; it changes nothing itself."""

    learn_asked = Signal()
    stop_asked = Signal()
    switch_asked = Signal(bool)
    """Whether searches are to use it."""
    forget_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_on = False
        self.state = label("", wrap=True)
        self.outcomes = label("", "secondary", wrap=True)
        self.trouble = label("", "error", wrap=True)
        self.busy = label("", "secondary", wrap=True)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(self.tr("How much is learned"))
        self.stop = button(self.tr("Stop"), "inline")
        self.stop.setAccessibleName(self.tr("Stop learning"))
        self.learn = button(self.tr("Learn"), "inline")
        self.switch = button("", "inline")
        self.forget = button(self.tr("Forget"), "inline")
        self.forget.setAccessibleName(self.tr("Forget what was learned"))
        self.learn.clicked.connect(self.learn_asked)
        self.stop.clicked.connect(self.stop_asked)
        self.switch.clicked.connect(lambda: self.switch_asked.emit(not self._is_on))
        self.forget.clicked.connect(self.forget_asked)
        self._lay_out()
        self.show_learned(None)
        self.show_busy("")
        self.show_trouble("")

    def show_learned(self, found: Adaptation | None) -> None:
        """Show what was tried for each kind of file and what of it holds; None for nothing."""
        is_kept = found is not None and bool(found.adapters)
        self._is_on = found is not None and found.is_on
        self.state.setText(self._state(found))
        self.outcomes.setText("\n".join(self._outcomes(found)) if found is not None else "")
        self.outcomes.setVisible(bool(self.outcomes.text()))
        self.learn.setText(self.tr("Learn") if found is None else self.tr("Learn anew"))
        self.learn.setAccessibleName(self.tr("Learn what you call things"))
        self.switch.setText(self.tr("Switch off") if self._is_on else self.tr("Switch on"))
        self.switch.setAccessibleName(f"{self.switch.text()}: {self.state.text()}")
        self.switch.setVisible(is_kept)
        self.forget.setVisible(found is not None)

    def show_busy(self, text: str, share: float = 0.0) -> None:
        """Say what is learned from, and how much of it is done; an empty text for nothing."""
        self.busy.setText(text)
        for shown in (self.busy, self.stop, self.progress):
            shown.setVisible(bool(text))
        self.progress.setValue(round(1000 * share))
        for other in (self.learn, self.switch, self.forget):
            other.setEnabled(not text)

    def show_trouble(self, text: str) -> None:
        """Say why something did not go; an empty text for nothing."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _state(self, found: Adaptation | None) -> str:
        if found is None:
            return self.tr("Nothing is learned yet.")
        if not found.verdicts:
            return self.tr("There are no files yet to learn from.")
        if not found.adapters:
            return self.tr("Nothing of it is kept; searches are as before.")
        return self.tr("Searches use it.") if found.is_on else self.tr("It is switched off.")

    def _outcomes(self, found: Adaptation) -> list[str]:
        return [
            self._outcome(kind, verdict, is_kept=kind in found.adapters)
            for kind, verdict in found.verdicts.items()
        ]

    def _outcome(self, kind: Modality, verdict: Verdict, *, is_kept: bool) -> str:
        if verdict.n_file < LEAST_FILES or verdict.n_text < LEAST_TEXTS:
            told = self.tr("{0}: too little to learn from; named files: {1} (it takes {2}),"
                           " different names: {3} (it takes {4})")  # fmt: skip
            n_file, n_text = number_text(verdict.n_file), number_text(verdict.n_text)
            return told.format(kind_name(kind), n_file, LEAST_FILES, n_text, LEAST_TEXTS)
        kept, refused = self.tr("{0}: kept ({1} → {2})"), self.tr("{0}: not kept ({1} → {2})")
        means = (decimal_text(mean, 3) for mean in (verdict.before, verdict.after))
        return (kept if is_kept else refused).format(kind_name(kind), *means)

    def _lay_out(self) -> None:
        about = self.tr("mmsearch learns from titles, from names that are words, and from thumbs up"
                        " and down; it takes a minute or more. What it learns is kept for a kind of"
                        " file only if files that it did not learn from are found better: the"
                        " figures rise towards 1, which is always in first place.")  # fmt: skip
        working = row(gap_px=12)
        working.addWidget(self.busy, 1)
        working.addWidget(self.stop)
        ways = row(gap_px=16)
        for made in (self.learn, self.switch, self.forget):
            ways.addWidget(made)
        ways.addStretch(1)
        layout = column(self, gap_px=4)
        layout.addWidget(label(about, "secondary", wrap=True))
        layout.addWidget(self.state)
        layout.addWidget(self.outcomes)
        layout.addWidget(self.trouble)
        layout.addLayout(working)
        layout.addWidget(self.progress)
        layout.addLayout(ways)
