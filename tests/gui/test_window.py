"""Beginning, and the manners of the whole window, over a fake library."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mmsearch.errors import LibraryError
from mmsearch.gui.main_window import NARROW_PX, MainWindow
from mmsearch.gui.theme import Theme
from mmsearch.gui.window_actions import action_specs
from mmsearch.gui.window_state import WindowState
from mmsearch.installed import shipped_path
from tests.conftest import PATIENCE_S
from tests.gui.asking import ask, field_of, page, ranks
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary

# First steps --------------------------------------------------------------------------------------


def test_the_window_is_there_before_the_library(
    qtbot: QtBot, theme: Theme, library: FakeLibrary, tmp_path: Path
) -> None:
    gate = threading.Event()

    def slowly() -> FakeLibrary:
        gate.wait(PATIENCE_S)
        return library

    window = MainWindow(
        slowly, theme, WindowState(tmp_path / "w.ini"), tmp_path, index_at_start=False
    )
    qtbot.addWidget(window)
    window.show()
    window.start()
    assert page(window) is window.parts.opening
    qtbot.keyClicks(field_of(window), "early bird")
    assert window.parts.search_box.text() == "early bird"
    gate.set()
    qtbot.waitUntil(lambda: ranks(window) == [1, 2, 3])
    assert [query.text for query in library.queries] == ["early bird"]
    window.close()


def test_an_empty_library_shows_the_first_page(
    make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.folders = []
    window = make_window()
    assert page(window) is window.parts.first_run
    assert not window.parts.folders.isVisible()


def test_the_samples_are_added_and_indexed(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.folders = []
    window = make_window()
    window.parts.first_run.buttons()[2].click()
    qtbot.waitUntil(lambda: library.folders == [shipped_path("resources", "samples")])
    qtbot.waitUntil(lambda: page(window) is window.parts.welcome)
    qtbot.waitUntil(lambda: library.n_runs == 1)


def test_a_library_that_cannot_be_opened_is_explained_and_tried_again(
    qtbot: QtBot, theme: Theme, library: FakeLibrary, tmp_path: Path
) -> None:
    answers: list[FakeLibrary | LibraryError] = [
        LibraryError("This library was made by a newer mmsearch.", "Update mmsearch."),
        library,
    ]

    def open_it() -> FakeLibrary:
        answer = answers.pop(0)
        if isinstance(answer, LibraryError):
            raise answer
        return answer

    window = MainWindow(
        open_it, theme, WindowState(tmp_path / "w.ini"), tmp_path, index_at_start=False
    )
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: page(window) is window.parts.problem)
    assert window.parts.problem.title.text() == "This library was made by a newer mmsearch."
    assert window.parts.problem.text.text() == "Update mmsearch."
    again, copy = window.parts.problem.buttons()
    copy.click()
    assert "newer" in QGuiApplication.clipboard().text()
    again.click()
    qtbot.waitUntil(lambda: page(window) is window.parts.welcome)
    window.close()


# Manners ------------------------------------------------------------------------------------------


def test_every_key_of_the_sheet_belongs_to_an_action(window: MainWindow) -> None:
    for spec in action_specs():
        keys = {key.toString() for key in window.actions_by_name[spec.name].shortcuts()}
        assert len(keys) == len(spec.keys), spec.name
    everything = [key for spec in action_specs() for key in spec.keys]
    assert len(everything) == len(set(everything)), "no key has two meanings"


def test_keys_that_are_letters_can_be_typed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    window.activateWindow()
    field = field_of(window)
    field.setFocus()
    qtbot.keyClicks(field, "a/b [c] d")
    assert field.text() == "a/b [c] d"
    assert window.parts.left_button.isChecked()


def test_slash_goes_to_the_search_box(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "dog")
    window.activateWindow()
    window.parts.results.grid.setFocus()
    window.actions_by_name["focus_search"].trigger()
    assert window.focusWidget() is field_of(window)
    assert field_of(window).selectedText() == "dog"


def test_columns_fold_and_are_remembered(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(780, 560)
    assert window.parts.folders.isVisible()
    window.actions_by_name["left_column"].trigger()
    window.parts.results.grid.set_zoom(4)
    window.next_theme()
    assert not window.parts.folders.isVisible()
    window.close()
    again = make_window()
    assert not again.parts.folders.isVisible()
    assert again.parts.results.grid.zoom == 4
    assert again.size() == window.size()


def test_a_narrow_window_has_no_preview_column(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(NARROW_PX + 200, 700)
    ask(qtbot, window, "dog")
    assert window.parts.preview.isVisible()
    window.resize(NARROW_PX - 100, 700)
    assert not window.parts.preview.isVisible()


def test_the_key_sheet_comes_and_goes(qtbot: QtBot, window: MainWindow) -> None:
    sheet = window.parts.key_sheet
    window.actions_by_name["keys"].trigger()
    assert sheet.isVisible()
    shown = {text for _, rows in sheet.groups() for _, text in rows}
    assert {"Quick look", "Find similar", "Larger, smaller"} <= shown
    window.actions_by_name["escape"].trigger()
    assert not sheet.isVisible()


@pytest.mark.parametrize("size", [(1500, 1000), (830, 620), (500, 400)])
def test_the_key_sheet_keeps_within_the_window(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    sheet = window.parts.key_sheet
    window.actions_by_name["keys"].trigger()
    window.resize(*size)
    frame = sheet.findChild(QFrame, "sheet")
    scroll = sheet.findChild(QScrollArea)
    qtbot.waitUntil(lambda: sheet.rect().contains(frame.geometry(), proper=True))
    groups, bar = scroll.widget(), scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: groups.width() <= scroll.viewport().width())
    assert (bar.maximum() > 0) is (size[1] < 1000), "all can be seen, or be scrolled to"
    qtbot.keyClick(sheet, Qt.Key.Key_PageDown)
    assert (bar.value() > 0) is (size[1] < 1000)


def test_the_menu_offers_the_colours(window: MainWindow, theme: Theme) -> None:
    menu = window.menu()
    texts = [action.text() for action in menu.actions()]
    assert "Add folders…" in texts
    colours = next(action.menu() for action in menu.actions() if action.text() == "Colours")
    dark = next(action for action in colours.actions() if action.text() == "Dark")  # type: ignore[attr-defined]
    dark.trigger()
    assert theme.is_dark


def test_everything_that_takes_the_keyboard_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "dog")
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_state_with_damaged_values_falls_back(tmp_path: Path) -> None:
    path = tmp_path / "w.ini"
    path.write_text("[General]\nzoom=huge\ntheme=purple\nleft=perhaps\ngeometry=5\n")
    state = WindowState(path)
    assert state.zoom == 2
    assert state.theme_mode.value == "system"
    assert state.flag("left", default=True) is True
    assert state.blob("geometry") is None


def test_the_keyboard_goes_back_from_the_sheet_of_keys(qtbot: QtBot, window: MainWindow) -> None:
    assert field_of(window).hasFocus()
    window.actions_by_name["keys"].trigger()
    assert window.parts.key_sheet.hasFocus()
    qtbot.keyClick(window.parts.key_sheet, Qt.Key.Key_F1)
    assert field_of(window).hasFocus()
