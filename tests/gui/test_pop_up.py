"""Menus that are made each time they are shown do not pile up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from mmsearch.gui.main_window import MainWindow
from tests.gui.asking import ask

# What the platform without a screen says about every menu.
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


def menu_of_results(window: MainWindow) -> None:
    grid = window.parts.results.grid
    grid.customContextMenuRequested.emit(grid.visualRect(grid.model().index(0, 0)).center())


def menu_of_folders(window: MainWindow) -> None:
    view = window.parts.folders.list
    view.customContextMenuRequested.emit(view.visualRect(window.parts.root_model.index(0)).center())


def menu_of_window(window: MainWindow) -> None:
    window.parts.menu_button.click()


def shown() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.mark.parametrize("show", [menu_of_results, menu_of_folders, menu_of_window])
def test_a_menu_goes_as_it_closes(
    qtbot: QtBot, window: MainWindow, show: Callable[[MainWindow], None]
) -> None:
    ask(qtbot, window, "dog")
    n_before = len(window.findChildren(QMenu))
    show(window)
    assert len(window.findChildren(QMenu)) > n_before
    shown().close()
    qtbot.waitUntil(lambda: len(window.findChildren(QMenu)) == n_before)


def test_what_was_chosen_is_done_first(qtbot: QtBot, window: MainWindow) -> None:
    n_before = len(window.findChildren(QMenu))
    menu_of_window(window)
    shown().setActiveAction(window.actions_by_name["map"])
    qtbot.keyClick(shown(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.parts.stack.currentWidget() is window.parts.map)
    qtbot.waitUntil(lambda: len(window.findChildren(QMenu)) == n_before)
