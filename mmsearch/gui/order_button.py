"""A button that says in which order the results are, and offers the others."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from mmsearch.present.arrangement import Order


def _tr(text: str) -> str:
    return QCoreApplication.translate("orders", text)


def order_name(order: Order) -> str:
    """Name an order."""
    names = {
        Order.MATCH: _tr("Best match first"),
        Order.NEWEST: _tr("Newest first"),
        Order.OLDEST: _tr("Oldest first"),
        Order.NAME: _tr("By name"),
        Order.LARGEST: _tr("Largest first"),
        Order.SMALLEST: _tr("Smallest first"),
    }
    return names[order]


class OrderButton(QToolButton):
    """Opens a menu; the order in force is marked there and stands on the button."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order = Order.MATCH
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(self.tr("Order of the results"))
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions: dict[Order, QAction] = {}
        for order in Order:
            action = menu.addAction(order_name(order))
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(partial(self._on_triggered, order))
            self._actions[order] = action
        self.setMenu(menu)
        self._show()

    def order(self) -> Order:
        """The order chosen."""
        return self._order

    def set_order(self, order: Order) -> None:
        """Choose another order."""
        if order is not self._order:
            self._order = order
            self._show()
            self.chosen.emit(order)

    def _on_triggered(self, order: Order, _checked: bool = True) -> None:
        self.set_order(order)

    def _show(self) -> None:
        self._actions[self._order].setChecked(True)
        name = order_name(self._order)
        self.setText(f"{name} ▾")
        self.setAccessibleName(self.tr("Order of the results: {0}").format(name))
