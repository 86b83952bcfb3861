"""The first page: what happens, that nothing leaves the computer, and the ways to begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from mmsearch.gui.folder_offer import FolderOffer
from mmsearch.gui.layouts import column, label, page
from mmsearch.gui.likely_folders import LikelyFolder
from mmsearch.gui.pages import CalmPage
from mmsearch.gui.texts import cost_text, counted
from mmsearch.gui.theme import Theme


class FirstRunPage(CalmPage):
    """Likely folders with boxes to tick, any other folder, the samples, or a drop."""

    add_asked = Signal()
    sample_asked = Signal()
    folders_chosen = Signal(list)
    """Paths."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("search", theme, parent, scrolls=True)
        self.offers: list[FolderOffer] = []
        self._rows = page(self)
        self._sum = label("", "secondary", wrap=True)
        self.say(
            self.tr("Search your own files by meaning"),
            self.tr(
                "Choose folders: mmsearch reads the pictures, videos, sounds and code in them, and "
                "from then on you find them by describing them, or by an example. Nothing leaves "
                "this computer, and nothing in your folders is changed."
            ),
            (
                (self.tr("Add folders…"), self._add),
                (self.tr("Other folders…"), self.add_asked.emit),
                (self.tr("Try the sample collection"), self.sample_asked.emit),
            ),
        )
        column(self._rows, gap_px=4)
        self.inner.insertWidget(self.inner.indexOf(self.text) + 1, self._rows)
        self.inner.insertWidget(self.inner.indexOf(self._rows) + 1, self._sum)
        self.inner.addSpacing(8)
        self.inner.addWidget(self._made_drop_zone())
        self.offer(())

    def offer(self, folders: Sequence[LikelyFolder]) -> None:
        """Offer these folders instead of those before."""
        layout = self._rows.layout()
        assert layout is not None
        for old in self.offers:
            layout.removeWidget(old)
            old.deleteLater()
        self.offers = [
            FolderOffer(folder.path, folder.wanted, self._theme, self) for folder in folders
        ]
        for made in self.offers:
            layout.addWidget(made)
            made.toggled.connect(self.show_sum)
        self._rows.setVisible(bool(self.offers))
        self.show_sum()

    def chosen(self) -> list[Path]:
        """The folders whose boxes are ticked."""
        return [offer.path for offer in self.offers if offer.is_chosen()]

    def show_sum(self) -> None:
        """Say what the chosen folders take together, and what the first button does."""
        n = len(self.chosen())
        first, others = self.buttons()[:2]
        if n:
            one, many = self.tr("Add this folder"), self.tr("Add these {n} folders")
            first.setText(counted(n, one, many))
        else:
            first.setText(self.tr("Add folders…"))
        first.setAccessibleName(first.text())
        others.setVisible(n > 0)
        counts = [offer.survey for offer in self.offers if offer.is_chosen()]
        known = [survey for survey in counts if survey is not None and survey.complete]
        self._sum.setVisible(n > 1 and len(known) == n)
        time_s, size = sum(one.time_s for one in known), sum(one.disk_bytes for one in known)
        together = self.tr("Together {0}. You can search meanwhile.")
        self._sum.setText(together.format(cost_text(time_s, size)))

    def first_button(self) -> QPushButton:
        """The likely one."""
        return self.buttons()[0]

    def _add(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.folders_chosen.emit(chosen)
        else:
            self.add_asked.emit()

    def _made_drop_zone(self) -> QFrame:
        zone = QFrame(self)
        zone.setObjectName("dropZone")
        text = label(self.tr("or drop folders anywhere in this window"), "secondary", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column(zone, margin_px=24).addWidget(text)
        return zone
