"""Where Tab goes in the window, and what screen readers call what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from mmsearch.errors import FailureKind
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.tab_order import reading_order
from mmsearch.types import FailedFile
from tests.gui.asking import ask
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary

SEARCH_ROW = [
    "Folders, key [",
    "Search",
    "Clear (Esc)",
    "Pictures only (Ctrl+1)",
    "Videos only (Ctrl+2)",
    "Sounds only (Ctrl+3)",
    "Code only (Ctrl+4)",
    "Dark colours",
    "Menu",
    "Preview, key ]",
]


@pytest.fixture
def searched(qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary) -> MainWindow:
    """A window with all columns, results and one unreadable file."""
    library.failed = [FailedFile(Path("/photos/bad.jpg"), FailureKind.CORRUPT, "broken")]
    window = make_window()
    window.resize(1280, 800)
    window.activateWindow()
    ask(qtbot, window, "dog")
    window.parts.search_box.focus_input()
    qtbot.waitUntil(lambda: window.focusWidget() is window.parts.search_box.field)
    return window


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def tabbed(qtbot: QtBot, window: MainWindow, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """What Tab comes to until it is back where it began."""
    seen: list[QWidget] = []
    focused = window.focusWidget()
    while focused is not None and focused not in seen:
        seen.append(focused)
        qtbot.keyClick(focused, key)
        focused = window.focusWidget()
    assert focused is seen[0], "Tab goes round"
    return seen


def test_tab_goes_as_one_reads(qtbot: QtBot, searched: MainWindow) -> None:
    names = [name_of(widget) for widget in tabbed(qtbot, searched)]
    start = names.index(SEARCH_ROW[0])
    names = names[start:] + names[:start]
    assert names[: len(SEARCH_ROW)] == SEARCH_ROW
    order = ("Folders of the library", "Pictures, 3 files", "Results", "Details")
    places = [names.index(name) for name in order]
    assert places == sorted(places)
    for above, below in (
        ("Look for new and changed files", "Folders of the library"),
        ("Open (Enter)", "Right: more like this (G)"),
        ("Right: more like this (G)", "Show numbers"),
    ):
        assert names.index(above) < names.index(below)


def test_shift_and_tab_go_back(qtbot: QtBot, searched: MainWindow) -> None:
    there = tabbed(qtbot, searched)
    back = tabbed(qtbot, searched, Qt.Key.Key_Backtab)
    assert back == [there[0], *reversed(there[1:])]


@pytest.mark.parametrize("page", ["results", "list", "errors", "settings", "map", "keys", "look"])
def test_tab_comes_to_everything_and_everything_has_a_name(
    qtbot: QtBot, searched: MainWindow, page: str
) -> None:
    window, parts = searched, searched.parts
    area: QWidget = parts
    show: dict[str, Callable[[], object]] = {
        "results": lambda: None,
        "list": window.actions_by_name["view"].trigger,
        "errors": window.actions_by_name["errors"].trigger,
        "settings": window.actions_by_name["settings"].trigger,
        "map": window.actions_by_name["map"].trigger,
        "keys": window.actions_by_name["keys"].trigger,
        "look": window.actions_by_name["quick_look"].trigger,
    }
    show[page]()
    if page in ("keys", "look"):
        area = parts.key_sheet if page == "keys" else parts.quick_look
    qtbot.waitUntil(lambda: window.jobs.n_waiting() == 0)
    reading_order(area)[0].setFocus()
    seen = tabbed(qtbot, window)
    can_focus = [
        widget
        for widget in area.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(area)
        and widget.isEnabled()
        and widget.focusProxy() is None
        and (area is not parts or not parts.quick_look.isAncestorOf(widget))
        and (area is not parts or not parts.key_sheet.isAncestorOf(widget))
    ]
    assert set(seen) == set(can_focus)
    assert [widget for widget in seen if not name_of(widget)] == []


@pytest.mark.parametrize("width_px", [899, 720, 560])
def test_the_window_can_be_narrow(searched: MainWindow, width_px: int) -> None:
    searched.resize(width_px, 600)
    assert searched.width() == width_px
