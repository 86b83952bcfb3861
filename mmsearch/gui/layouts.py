"""Rows, columns and labels with the distances and roles that the whole window shares."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

GAP_PX, GROUP_GAP_PX = 8, 16


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


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a plain-text label; ``role`` is one of the style sheet's."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
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
    if role in ("link", "suggestion"):
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


def elide_middle(target: QLabel, text: str, width_px: int) -> None:
    """Show as much of a long name as fits; all of it in the tool tip."""
    metrics = target.fontMetrics()
    target.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width_px))
    target.setToolTip(text)
