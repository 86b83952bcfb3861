"""The library as a map: what is alike lies together; a click searches by a file."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from mmsearch.gallery import MODALITIES
from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.map_marks import MarkSample
from mmsearch.gui.map_view import MapView
from mmsearch.gui.texts import counted, kind_name, number_text
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
        self._legend = row(gap_px=16)
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
        self.view.show_map(shown)
        self._stack.setCurrentWidget(self.view)

    def legend(self) -> list[str]:
        """The names and numbers of the kinds that are on the map."""
        places = (self._legend.itemAt(place) for place in range(self._legend.count()))
        widgets = (item.widget() for item in places if item is not None)
        return [widget.accessibleName() for widget in widgets if widget is not None]

    def _summary(self, n_shown: int, n_file: int) -> str:
        what = self.tr("What is alike lies together. Click a file to search by it.")
        if n_shown == n_file:
            return what
        sampled = self.tr("{0} of {1} files, drawn at random.")
        return f"{sampled.format(number_text(n_shown), number_text(n_file))} {what}"

    def _say(self, text: str) -> None:
        self._show_legend({})
        self.summary.setText("")
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
                self._legend.addWidget(_LegendEntry(kind, n, self._theme))
        self._legend.addStretch(1)


class _LegendEntry(QWidget):
    """A mark, the kind that it stands for, and how many there are."""

    def __init__(self, kind: Modality, n: int, theme: Theme) -> None:
        super().__init__()
        n_files = counted(n, self.tr("{n} file"), self.tr("{n} files"))
        self.setAccessibleName(f"{kind_name(kind)}, {n_files}")
        layout: QHBoxLayout = row(self, gap_px=6)
        layout.addWidget(MarkSample(kind, theme))
        layout.addWidget(label(kind_name(kind)))
        layout.addWidget(label(number_text(n), "secondary"))
