"""Where Tab goes: in the order in which one reads, however late a widget was made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)


def reading_order(widget: QWidget) -> list[QWidget]:
    """The widgets in ``widget`` that take the keyboard now, from the first to the last."""
    return [one for one in _descended(widget) if _takes_keyboard(one)]


def step_focus(root: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next widget in ``root``, or the one before; False without any."""
    order = reading_order(root)
    if not order:
        return False
    focused = root.window().focusWidget()
    if focused in order:
        place = order.index(focused) + (1 if forward else -1)
    else:
        place = 0 if forward else -1
    wanted = order[place % len(order)]
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    wanted.setFocus(reason)
    _bring_into_sight(wanted)
    return True


def _takes_keyboard(widget: QWidget) -> bool:
    wants = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return wants and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _descended(widget: QWidget) -> Iterator[QWidget]:
    """Everything in sight below, each after what stands before it."""
    for child in _children(widget):
        if child.isVisible() and not child.isWindow():
            yield child
            yield from _descended(child)


def _children(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QStackedWidget):
        shown = widget.currentWidget()
        return [shown] if shown is not None else []
    if isinstance(widget, QSplitter):
        columns = (widget.widget(place) for place in range(widget.count()))
        return [one for one in columns if one is not None]
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        return [inner] if inner is not None else []
    if isinstance(widget, QAbstractScrollArea):
        widget = widget.viewport()
    layout = widget.layout()
    laid_out = list(_laid_out(layout)) if layout is not None else []
    free = [one for one in widget.children() if isinstance(one, QWidget) and one not in laid_out]
    return laid_out + sorted(free, key=lambda one: (one.y(), one.x()))


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _bring_into_sight(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
