"""Rows, columns and labels with the distances and roles that the whole window shares."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

GAP_PX = 8
_LEAST_ELIDED_PX = 48
_SEPARATORS = re.compile(r"[/\\_](?=\w{2})")


def row(parent: QWidget | None = None, *, gap_px: int = GAP_PX, margin_px: int = 0) -> QHBoxLayout:
    """Return a layout from left to right."""
    layout = QHBoxLayout(parent) if parent else QHBoxLayout()
    _space(layout, gap_px, margin_px)
    return layout


def column(
    parent: QWidget | None = None, *, gap_px: int = GAP_PX, margin_px: int = 0
) -> QVBoxLayout:
    """Return a layout from top to bottom."""
    layout = QVBoxLayout(parent) if parent else QVBoxLayout()
    _space(layout, gap_px, margin_px)
    return layout


def _space(layout: QBoxLayout, gap_px: int, margin_px: int) -> None:
    layout.setSpacing(gap_px)
    layout.setContentsMargins(margin_px, margin_px, margin_px, margin_px)


class ElidedLabel(QLabel):
    """One line that gives way: what does not fit is left out, in the middle or at the end."""

    elide_mode = Qt.TextElideMode.ElideMiddle

    def setText(self, text: str) -> None:
        """Show another text; all of it stands in the tool tip."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """However long the text is, it does not make the window wider."""
        return QSize(_LEAST_ELIDED_PX, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        shown = self.fontMetrics().elidedText(self.text(), self.elide_mode, self.width())
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.rect(),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()


class WrappedLabel(QLabel):
    """Several lines; paths and names break after their separators, not only at spaces."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setMinimumWidth(1)  # or the longest word would make the window wider
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(_SEPARATORS.sub("\\g<0>\u200b", text))

    def make_selectable(self) -> None:
        """Let the text be copied, unless invisible marks would get into the copy."""
        if super().text() == self.text():
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def text(self) -> str:
        """What was given."""
        return super().text().replace("\u200b", "")


def label(text: str = "", role: str = "", *, wrap: bool = False, elide: bool = False) -> QLabel:
    """Return a plain-text label; ``role`` is one of the style sheet's."""
    made = WrappedLabel(text) if wrap else ElidedLabel(text) if elide else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def set_role(target: QLabel, role: str) -> None:
    """Give a label another look."""
    if target.property("role") != role:
        target.setProperty("role", role)
        target.style().unpolish(target)
        target.style().polish(target)


def button(text: str, role: str = "") -> QPushButton:
    """Return a push button; ``role`` is one of the style sheet's."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if role:
        made.setProperty("role", role)
    if role in ("link", "inline", "suggestion"):
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def rule(*, vertical: bool = False) -> QWidget:
    """Return a hairline."""
    made = QWidget()
    made.setObjectName("rule")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def page(parent: QWidget | None = None, *, name: str = "page") -> QWidget:
    """Return a plain ground to lay things out on."""
    made = QWidget(parent)
    made.setObjectName(name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def head_over_scroll(widget: QWidget, head: QBoxLayout, inner: QWidget, name: str) -> None:
    """Lay a page out: its head above, below it ``inner``, which scrolls and is called ``name``."""
    holder = page(widget)
    wide = row(holder, gap_px=0)
    wide.addWidget(inner, 1)
    wide.addStretch(0)
    scroll = QScrollArea(widget)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setWidget(holder)
    scroll.setAccessibleName(name)
    layout = column(widget, gap_px=4)
    layout.addLayout(head)
    layout.addWidget(scroll, 1)
