"""A folder that may be added: what it holds, and what adding it takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.texts import cost_text, counted, kinds_text
from mmsearch.gui.theme import Theme
from mmsearch.gui.tick_box import TickBox
from mmsearch.types import Survey

_NAME_PX = 152


class FolderOffer(QFrame):
    """A line with a box to tick; the numbers come as they are counted."""

    toggled = Signal()

    def __init__(
        self, path: Path, wanted: bool, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        self.survey: Survey | None = None
        self._box = TickBox(path.name, theme, self)
        self._box.setChecked(wanted)
        self._box.setToolTip(str(path))
        self._box.setFixedWidth(_NAME_PX)
        self._box.toggled.connect(self.toggled)
        self._holds = label(self.tr("Counting…"), "secondary", elide=True)
        self._takes = label("", "small", elide=True)
        words = column(gap_px=0)
        words.addWidget(self._holds)
        words.addWidget(self._takes)
        layout = row(self, gap_px=8)
        layout.addWidget(self._box)
        layout.addLayout(words, 1)
        self._say()

    def is_chosen(self) -> bool:
        """Whether it is to be added."""
        return self._box.isChecked() and self._box.isEnabled()

    def set_chosen(self, chosen: bool) -> None:
        """Tick the box or not."""
        self._box.setChecked(chosen)

    def show_survey(self, survey: Survey) -> None:
        """Show what was counted so far."""
        self.survey = survey
        if survey.complete and not survey.n_files:
            self._box.setChecked(False)
            self._box.setEnabled(False)
            self.toggled.emit()
        self._say()

    def show_unknown(self, reason: str) -> None:
        """It cannot be counted."""
        self._holds.setText(reason)
        self._takes.hide()

    def text(self) -> str:
        """What it says beside the name."""
        return f"{self._holds.text()} {self._takes.text()}".strip()

    def _say(self) -> None:
        survey = self.survey
        if survey is None:
            self._takes.hide()
        elif survey.complete and not survey.n_files:
            self._holds.setText(self.tr("Nothing that mmsearch reads"))
        elif survey.complete:
            self._holds.setText(kinds_text(survey.by_modality))
            self._takes.setText(cost_text(survey.time_s, survey.disk_bytes))
        else:
            one, many = self.tr("Counting… {n} file so far"), self.tr("Counting… {n} files so far")
            self._holds.setText(counted(survey.n_files, one, many))
        self._takes.setVisible(bool(self._takes.text()))
        self._box.setAccessibleDescription(self.text())
