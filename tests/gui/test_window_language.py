"""The query language, in the window over a fake library."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
)
from pytestqt.qtbot import QtBot

from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.search_flow import WRONG_WHEN_RESTED_MS
from mmsearch.query.understand import understand
from mmsearch.types import Hit, Query
from tests.gui.asking import answered, ask, field_of
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary


class Reading(FakeLibrary):
    """Reads queries as the library does."""

    def search(self, query: Query | str = "") -> list[Hit]:
        assert isinstance(query, Query)
        understand(query)
        return super().search(query)


@pytest.fixture
def reading(make_window: MakeWindow, library: FakeLibrary) -> MainWindow:
    """A window over a library that refuses wrong syntax."""
    library.__class__ = Reading
    return make_window()


def test_wrong_syntax_is_pointed_at_and_can_be_searched_for(
    qtbot: QtBot, reading: MainWindow, library: FakeLibrary
) -> None:
    banner = reading.parts.banner
    with qtbot.waitSignal(reading.search.failed):
        reading.parts.search_box.set_text("a dog type:vidoe")
    assert banner.message() == "There is no kind of file called 'vidoe'."
    assert banner.pointer() == "a dog type:vidoe\n           ^^^^^"
    assert banner.as_words.isVisible()
    with answered(qtbot, reading):
        banner.as_words.click()
    assert library.queries[-1].literal
    assert not banner.isVisible()
    ask(qtbot, reading, "a dog type:video")
    assert not library.queries[-1].literal


def test_half_a_query_is_not_called_wrong_while_somebody_types(
    qtbot: QtBot, reading: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    banner = reading.parts.banner
    with qtbot.waitSignal(reading.search.failed):
        qtbot.keyClicks(field_of(reading), "dog type:vid")
    assert not banner.isVisible()
    with answered(qtbot, reading):
        qtbot.keyClicks(field_of(reading), "eo")
    qtbot.wait(WRONG_WHEN_RESTED_MS + 50)
    assert not banner.isVisible()
    with qtbot.waitSignal(reading.search.failed):
        qtbot.keyClicks(field_of(reading), "x")
    qtbot.waitUntil(banner.isVisible)
    assert "videox" in banner.pointer()


def test_enter_tells_at_once_what_is_wrong(qtbot: QtBot, reading: MainWindow) -> None:
    with qtbot.waitSignal(reading.search.failed):
        qtbot.keyClicks(field_of(reading), '"dog')
    with qtbot.waitSignal(reading.search.failed):
        qtbot.keyClick(field_of(reading), Qt.Key.Key_Return)
    assert reading.parts.banner.isVisible()
    assert "never closed" in reading.parts.banner.message()


def test_words_taken_for_filters_are_told_and_turned_back(
    qtbot: QtBot, reading: MainWindow, library: FakeLibrary
) -> None:
    line = reading.parts.chips
    ask(qtbot, reading, "videos of dogs without people")
    assert line.isVisible()
    assert line.texts() == ["Kind: Videos", "Not: people"]
    with answered(qtbot, reading):
        line.all_words_asked.emit()
    assert library.queries[-1].literal
    assert not line.isVisible()
    ask(qtbot, reading, "videos of cats")
    assert line.texts() == ["Kind: Videos"]
    reading.parts.search_box.clear()
    assert not line.isVisible()


def test_a_chip_changes_the_text_or_goes_back_to_words(
    qtbot: QtBot, reading: MainWindow, library: FakeLibrary
) -> None:
    line = reading.parts.chips
    ask(qtbot, reading, "videos of dogs type:code -people")
    with answered(qtbot, reading):
        line.chips()[-1].cross.click()
    assert reading.parts.search_box.text() == "videos of dogs type:code"
    menu = line.chips()[0].menu()
    assert menu is not None
    with answered(qtbot, reading):
        menu.actions()[1].trigger()
    assert reading.parts.search_box.text() == "videos of dogs type:code"
    assert library.queries[-1].as_words == ("videos of",)
    assert line.texts() == ["Kind: Code", "Kind: Videos"], "read before, only offered now"
    menu = line.chips()[0].menu()
    assert menu is not None
    menu.actions()[0].trigger()
    assert field_of(reading).selectedText() == "type:code"


def test_a_chosen_folder_is_a_chip(qtbot: QtBot, reading: MainWindow, library: FakeLibrary) -> None:
    ask(qtbot, reading, "dog")
    folders = reading.parts.folders
    with answered(qtbot, reading):
        folders.list.setCurrentIndex(folders.list.model().index(0, 0))
    assert reading.parts.chips.texts() == ["Folder: photos"]
    with answered(qtbot, reading):
        reading.parts.chips.chips()[0].cross.click()
    assert library.queries[-1].folders == ()
    assert not reading.parts.chips.isVisible()


def test_filters_that_let_nothing_through_are_named(
    qtbot: QtBot, reading: MainWindow, library: FakeLibrary
) -> None:
    library.hits = []
    library.reasons = ("in:nowhere lets no file through.",)
    ask(qtbot, reading, "dog type:video in:nowhere")
    words = [one.text() for one in reading.parts.results.nothing.findChildren(QLabel)]
    assert "in:nowhere lets no file through." in words
