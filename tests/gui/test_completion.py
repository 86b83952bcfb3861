"""Completion below the search box: the keyboard stays in the box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mmsearch.expression import Field
from mmsearch.gui.completion_list import CompletionList, CompletionModel
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.theme import Theme
from mmsearch.query.completion import Completion, CompletionSort
from mmsearch.retrieve.facets import Count, Facets
from tests.gui.asking import answered, ask
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary

ROWS = [
    Completion(CompletionSort.KEY, "type:", "type:", 5, Field.TYPE),
    Completion(CompletionSort.RECENT, "a dog", "a dog", 5),
]
BELOW = QRect(10, 0, 300, 40)


@pytest.fixture
def offered(qtbot: QtBot, theme: Theme) -> Iterator[CompletionList]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(600, 400)
    made = CompletionList(theme, parent)
    parent.show()
    yield made
    parent.close()


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model = CompletionModel()
    qtmodeltester.check(model)
    model.set_completions(ROWS)
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken == ["type:, Kind", "a dog"]
    model.set_completions([])


def test_it_shows_only_what_there_is(offered: CompletionList) -> None:
    offered.offer(ROWS, BELOW)
    assert offered.shown() == ["type:", "a dog"]
    assert offered.geometry().topLeft() == QPoint(10, 42)
    offered.offer([], BELOW)
    assert not offered.isVisible()
    assert offered.shown() == []


def test_arrows_go_round_and_past_none(offered: CompletionList) -> None:
    offered.offer(ROWS, BELOW)
    reached = []
    for _ in range(4):
        current = offered.current()
        reached.append(current.shown if current else None)
        offered.step(1)
    assert reached == [None, "type:", "a dog", None]
    offered.offer(ROWS, BELOW)
    offered.step(-1)
    current = offered.current()
    assert current is not None
    assert current.shown == "a dog"


def test_a_click_takes(qtbot: QtBot, offered: CompletionList) -> None:
    offered.offer(ROWS, BELOW)
    at = offered.view.visualRect(offered.model.index(1)).center()
    with qtbot.waitSignal(offered.taken) as taken:
        qtbot.mouseClick(offered.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert taken.args == [ROWS[1]]
    assert not offered.isVisible()


# In the window -----------------------------------------------------------------------------


@pytest.fixture
def typing(qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary) -> MainWindow:
    """A window over a library with three recent searches and two extensions."""
    library.recent = ["a dog on a beach", "rain", "a cat"]
    library.facets_given = Facets(3, extensions=(Count("jpg", 2), Count("png", 1)))
    window = make_window()
    qtbot.waitUntil(lambda: window.jobs.n_waiting() == 0)
    return window


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    qtbot.keyClick(window.parts.search_box.field, key)


def test_typing_offers_and_tab_takes(qtbot: QtBot, typing: MainWindow) -> None:
    box, offered = typing.parts.search_box, typing.parts.completions
    qtbot.keyClicks(box.field, "dog ex")
    assert offered.shown() == ["ext:"]
    press(qtbot, typing, Qt.Key.Key_Tab)
    assert box.text() == "dog ext:"
    assert offered.shown() == ["jpg", "png"]
    press(qtbot, typing, Qt.Key.Key_Down)
    press(qtbot, typing, Qt.Key.Key_Down)
    with answered(qtbot, typing):
        press(qtbot, typing, Qt.Key.Key_Return)
    assert box.text() == "dog ext:png "
    assert not offered.isVisible()
    assert box.field.hasFocus()


def test_enter_without_a_choice_searches(
    qtbot: QtBot, typing: MainWindow, library: FakeLibrary
) -> None:
    qtbot.keyClicks(typing.parts.search_box.field, "a d")
    assert typing.parts.completions.shown() == ["a dog on a beach"]
    with answered(qtbot, typing):
        press(qtbot, typing, Qt.Key.Key_Return)
    assert library.queries[-1].text == "a d"
    assert not typing.parts.completions.isVisible()


def test_escape_closes_the_list_and_keeps_the_words(qtbot: QtBot, typing: MainWindow) -> None:
    qtbot.keyClicks(typing.parts.search_box.field, "a d")
    press(qtbot, typing, Qt.Key.Key_Escape)
    assert not typing.parts.completions.isVisible()
    assert typing.parts.search_box.text() == "a d"
    press(qtbot, typing, Qt.Key.Key_Escape)
    assert typing.parts.search_box.is_blank()


def test_down_in_an_empty_box_shows_what_was_asked_last(
    qtbot: QtBot, typing: MainWindow, library: FakeLibrary
) -> None:
    press(qtbot, typing, Qt.Key.Key_Down)
    assert typing.parts.completions.shown() == ["a dog on a beach", "rain", "a cat"]
    press(qtbot, typing, Qt.Key.Key_Down)
    with answered(qtbot, typing):
        press(qtbot, typing, Qt.Key.Key_Return)
    assert library.queries[-1].text == "rain"


def test_leaving_the_box_closes_the_list(qtbot: QtBot, typing: MainWindow) -> None:
    qtbot.keyClicks(typing.parts.search_box.field, "a d")
    typing.parts.menu_button.setFocus()
    typing.parts.results.grid.setFocus()
    typing.parts.folders.list.setFocus()
    assert not typing.parts.completions.isVisible()


def test_the_folders_of_the_library_are_values(qtbot: QtBot, typing: MainWindow) -> None:
    qtbot.keyClicks(typing.parts.search_box.field, "dog in:ph")
    assert typing.parts.completions.shown() == ["photos"]


def test_a_search_that_is_looked_at_is_remembered(
    qtbot: QtBot, typing: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, typing, "snow")
    assert library.recent[0] != "snow", "half a word is not worth it"
    shown = typing.parts.welcome.recent
    qtbot.waitUntil(lambda: shown()[0].text() == "snow")
    assert library.recent[0] == "snow"
    typing.parts.search_box.clear()
    press(qtbot, typing, Qt.Key.Key_Down)
    assert typing.parts.completions.shown()[0] == "snow"


def test_the_last_searches_are_on_the_first_page(
    qtbot: QtBot, typing: MainWindow, library: FakeLibrary
) -> None:
    texts = [button.text() for button in typing.parts.welcome.recent()]
    assert texts == ["a dog on a beach", "rain", "a cat"]
    with answered(qtbot, typing):
        typing.parts.welcome.recent()[1].click()
    assert library.queries[-1].text == "rain"


def test_a_long_search_fits_on_its_button(qtbot: QtBot, typing: MainWindow) -> None:
    typing.parts.welcome.show_recent(["a very long search " * 9])
    assert [len(one.text()) for one in typing.parts.welcome.recent()] == [40]


def test_searches_that_the_settings_forget_are_not_offered_any_more(
    qtbot: QtBot, typing: MainWindow, library: FakeLibrary
) -> None:
    library.recent.clear()  # as the library does
    typing.parts.settings.changed.emit("keep_searches", False)
    qtbot.waitUntil(lambda: not typing.parts.welcome.recent())
    press(qtbot, typing, Qt.Key.Key_Down)
    assert not typing.parts.completions.isVisible()
