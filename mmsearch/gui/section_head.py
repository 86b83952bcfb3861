"""The line above the results of one kind."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from mmsearch.gui.icons import ICON_PX, tinted
from mmsearch.gui.layouts import button, label, row
from mmsearch.gui.result_delegate import PADDING_PX
from mmsearch.gui.texts import kind_name, number_text
from mmsearch.gui.theme import Theme
from mmsearch.present.sections import Section
from mmsearch.types import Modality

_HEIGHT_PX = 44


class SectionHead(QWidget):
    """Names the kind, says how many there are, and offers all of them."""

    toggled = Signal()

    def __init__(self, kind: Modality, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._theme = kind, theme
        self._mark = QLabel()
        self._count = label("", "secondary")
        self.all = button("", "link")
        self.all.clicked.connect(self.toggled)
        layout = row(self, gap_px=8)
        layout.setContentsMargins(PADDING_PX, 8, PADDING_PX, 0)
        layout.addWidget(self._mark)
        layout.addWidget(label(kind_name(kind), "strong"))
        layout.addWidget(self._count)
        layout.addStretch(1)
        layout.addWidget(self.all)
        theme.changed.connect(self._tint)
        self._tint()

    @staticmethod
    def height_px(theme: Theme) -> int:
        """How high all of them are."""
        return round(_HEIGHT_PX * theme.scale)

    def show_section(self, section: Section) -> None:
        """Say how many there are, and whether there are more than one sees."""
        count = number_text(section.n_all)
        self._count.setText(count)
        name = kind_name(self._kind)
        self.setAccessibleName(self.tr("{0}: {1}").format(name, count))
        self.all.setVisible(section.is_open or section.n_all > len(section.rows))
        shown = self.tr("Show fewer") if section.is_open else self.tr("Show all {0}").format(count)
        self.all.setText(shown)
        self.all.setAccessibleName(f"{name}: {shown}")

    def _tint(self) -> None:
        colour = self._theme.colours.secondary
        self._mark.setPixmap(tinted(self._kind.value, colour, ICON_PX, self.devicePixelRatioF()))
