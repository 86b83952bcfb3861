"""What the marks of the map stand for; a click hides a kind or shows it again."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from mmsearch.gui.layouts import label, row, set_role
from mmsearch.gui.map_marks import MarkSample
from mmsearch.gui.texts import counted, kind_name, number_text
from mmsearch.gui.theme import CORNER_PX, Theme
from mmsearch.types import Modality


class LegendEntry(QAbstractButton):
    """A mark, the kind that it stands for, and how many there are; pressed while it is shown."""

    def __init__(self, kind: Modality, n: int, theme: Theme) -> None:
        super().__init__()
        self.kind = kind
        self._theme = theme
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Show or hide on the map"))
        n_files = counted(n, self.tr("{n} file"), self.tr("{n} files"))
        self.setAccessibleName(f"{kind_name(kind)}, {n_files}")
        self._name = label(kind_name(kind))
        layout = row(self, gap_px=6)
        layout.setContentsMargins(4, 4, 4, 4)
        for part in (MarkSample(kind, theme), self._name, label(number_text(n), "secondary")):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        self.toggled.connect(self._show)

    def _show(self, is_on: bool) -> None:
        """What is hidden is struck out: told by shape, not by colour alone."""
        set_role(self._name, "" if is_on else "secondary")
        font = self._name.font()
        font.setStrikeOut(not is_on)
        self._name.setFont(font)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a ring where the keyboard is."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            ring = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(ring, CORNER_PX, CORNER_PX)
            painter.end()
