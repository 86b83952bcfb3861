"""The library as a map: what is alike lies together; a click searches by a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from mmsearch.gallery import MODALITIES
from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.map_legend import LegendEntry
from mmsearch.gui.map_view import MapView
from mmsearch.gui.texts import number_text
from mmsearch.gui.theme import Theme
from mmsearch.present.library_map import LibraryMap
from mmsearch.types import Modality


class MapPage(QWidget):
    """A legend above, the map below; being drawn, empty and in trouble are said."""

    back_asked = Signal()

    def __init__(self, theme: Theme, loader: CellLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.view = MapView(theme, loader)
        self.summary = label("", "secondary", wrap=True)
        self.state = label("", "secondary", wrap=True)
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back = IconButton("back", self.tr("Back (Esc)"), theme, self)
        self.back.clicked.connect(self.back_asked)
        self._map: LibraryMap | None = None
        self._legend = row(gap_px=8)
        self._legend.setContentsMargins(56, 0, 16, 4)
        head = row()
        head.setContentsMargins(16, 12, 16, 0)
        head.addWidget(self.back)
        head.addWidget(label(self.tr("Map of the library"), "large"))
        head.addSpacing(8)
        head.addWidget(self.summary, 1)
        body = QWidget(self)
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.view)
        layout = column(self, gap_px=4)
        layout.addLayout(head)
        layout.addLayout(self._legend)
        layout.addWidget(body, 1)
        self.setTabOrder(self.back, self.view)

    def show_waiting(self) -> None:
        """Say that it is being drawn."""
        self._say(self.tr("Drawing the map…"))

    def show_trouble(self, text: str) -> None:
        """Say why there is none."""
        self._say(text)

    def show_map(self, shown: LibraryMap) -> None:
        """Show it, or that there is nothing to be on it."""
        if not len(shown.rows):
            self._say(self.tr("Nothing is in the library yet; add folders to see them here."))
            return
        counts = Counter(shown.kinds.tolist())
        self._show_legend({kind: counts[place] for place, kind in enumerate(MODALITIES)})
        self.summary.setText(self._summary(len(shown.rows), shown.n_file))
        self._map = shown
        self.view.show_map(shown)
        self._stack.setCurrentWidget(self.view)

    def _show_kinds(self) -> None:
        """Show the kinds that are pressed in the legend, where one is looking."""
        if self._map is None:
            return
        places = [MODALITIES.index(one.kind) for one in self.entries() if one.isChecked()]
        whole, on = self._map, np.isin(self._map.kinds, places)
        some = replace(
            whole, positions=whole.positions[on], rows=whole.rows[on], kinds=whole.kinds[on]
        )
        self.view.show_map(some, stay=True)

    def entries(self) -> list[LegendEntry]:
        """The kinds that are on the map; pressed where they are shown."""
        items = (self._legend.itemAt(place) for place in range(self._legend.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, LegendEntry)]

    def legend(self) -> list[str]:
        """The names and numbers of the kinds that are on the map."""
        return [entry.accessibleName() for entry in self.entries()]

    def _summary(self, n_shown: int, n_file: int) -> str:
        what = self.tr("What is alike lies together. Click a file to search by it.")
        if n_shown == n_file:
            return what
        sampled = self.tr("{0} of {1} files, drawn at random.")
        return f"{sampled.format(number_text(n_shown), number_text(n_file))} {what}"

    def _say(self, text: str) -> None:
        self._show_legend({})
        self.summary.setText("")
        self._map = None
        self.view.show_map(None)
        self.state.setText(text)
        self._stack.setCurrentWidget(self.state)

    def _show_legend(self, counts: dict[Modality, int]) -> None:
        while (item := self._legend.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for kind, n in counts.items():
            if n:
                entry = LegendEntry(kind, n, self._theme)
                entry.toggled.connect(self._show_kinds)
                self._legend.addWidget(entry)
        self._legend.addStretch(1)
