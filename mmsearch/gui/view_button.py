"""A button that shows how results are laid out, and offers the other ways."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from mmsearch.gui.icons import IconButton, icon
from mmsearch.gui.theme import Theme


class ResultView(StrEnum):
    """How results are laid out."""

    GRID = "grid"
    LIST = "list"
    ROWS = "rows"
    KINDS = "kinds"


def _tr(text: str) -> str:
    return QCoreApplication.translate("views", text)


def view_name(view: ResultView) -> str:
    """Name a way of laying results out."""
    names = {
        ResultView.GRID: _tr("Grid"),
        ResultView.LIST: _tr("List with details"),
        ResultView.ROWS: _tr("Pictures in their own shapes"),
        ResultView.KINDS: _tr("By kind"),
    }
    return names[view]


class ViewButton(IconButton):
    """Opens a menu; the icon is that of the view in force."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("grid", "", theme, parent)
        self._view = ResultView.GRID
        self._actions: dict[ResultView, QAction] = {}
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(self._made_menu())
        theme.changed.connect(self._tint_menu)
        self._tint_menu()
        self._show()

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for view in ResultView:
            action = menu.addAction(view_name(view))
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(partial(self._on_triggered, view))
            self._actions[view] = action
        return menu

    def view(self) -> ResultView:
        """The view chosen."""
        return self._view

    def set_view(self, view: ResultView) -> None:
        """Choose another view."""
        if view is not self._view:
            self._view = view
            self._show()
            self.chosen.emit(view)

    def next_view(self) -> None:
        """Choose the view that comes next in the menu."""
        views = list(ResultView)
        self.set_view(views[(views.index(self._view) + 1) % len(views)])

    def _on_triggered(self, view: ResultView, _checked: bool = True) -> None:
        self.set_view(view)

    def _show(self) -> None:
        self._actions[self._view].setChecked(True)
        text = self.tr("View: {0} (L shows the next)").format(view_name(self._view))
        self.set_meaning(self._view.value, text)

    def _tint_menu(self) -> None:
        for view, action in self._actions.items():
            action.setIcon(icon(view.value, self._theme))
