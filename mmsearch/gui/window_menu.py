"""The menu of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mmsearch.gui.theme import ThemeMode

_ABOVE = (
    "screen",
    "index",
    "errors",
    "map",
    "",
    "left_column",
    "right_column",
    "zoom_in",
    "zoom_out",
    "",
)
_BELOW = ("settings", "keys", "", "quit")


def _tr(text: str) -> str:
    return QCoreApplication.translate("menu", text)


def made_menu(
    window: QWidget,
    actions: Mapping[str, QAction],
    *,
    add_folders: Callable[[], object],
    colours: ThemeMode,
    choose_colours: Callable[[ThemeMode], object],
) -> QMenu:
    """Make the menu; ``colours`` are those that are chosen now."""
    menu = QMenu(window)
    menu.addAction(_tr("Add folders…"), add_folders)
    _add(menu, _ABOVE, actions)
    menu.addMenu(_made_colours(menu, colours, choose_colours))
    _add(menu, _BELOW, actions)
    return menu


def _add(menu: QMenu, names: tuple[str, ...], actions: Mapping[str, QAction]) -> None:
    for name in names:
        if name:
            menu.addAction(actions[name])
        else:
            menu.addSeparator()


def _made_colours(parent: QMenu, chosen: ThemeMode, choose: Callable[[ThemeMode], object]) -> QMenu:
    menu = QMenu(_tr("Colours"), parent)
    names = {
        ThemeMode.SYSTEM: _tr("As the system"),
        ThemeMode.LIGHT: _tr("Light"),
        ThemeMode.DARK: _tr("Dark"),
    }
    for mode, name in names.items():
        action = menu.addAction(name)
        action.triggered.connect(lambda _checked, mode=mode: choose(mode))
        action.setCheckable(True)
        action.setChecked(mode is chosen)
    return menu
