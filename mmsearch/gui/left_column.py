"""The left column: folders and filters, one below the other, scrolled together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from mmsearch.gui.layouts import column, page

_LEAST_PX = 180


class LeftColumn(QScrollArea):
    """Its sections are as high as what they hold."""

    def __init__(self, *sections: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setMinimumWidth(_LEAST_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = page()
        layout = column(holder, gap_px=16)
        layout.setContentsMargins(12, 8, 12, 12)
        for section in sections:
            layout.addWidget(section)
        layout.addStretch(1)
        self.setWidget(holder)
