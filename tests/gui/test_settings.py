"""The settings page: what it shows, what it changes, and that it holds at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui import settings_flow
from mmsearch.gui.library_session import Indexing
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.settings_page import SettingsPage
from mmsearch.gui.theme import NORMAL_PX, Theme, ThemeMode
from mmsearch.present.storage import StorePart, Used
from mmsearch.settings import Settings, load_settings, settings_path
from mmsearch.types import LineRange, Modality
from tests.gui.asking import answered, ask
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary, made_hit, made_hits


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> SettingsPage:
    made = SettingsPage(theme)
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    return made


@pytest.fixture
def told(page: SettingsPage) -> list[tuple[str, object]]:
    made: list[tuple[str, object]] = []
    page.changed.connect(lambda name, value: made.append((name, value)))
    return made


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


Told = list[tuple[str, object]]


def test_showing_settings_changes_none(page: SettingsPage, told: Told, qtbot: QtBot) -> None:
    page.show_settings(
        Settings(
            ignore=("*.tmp", "b/"),
            grouping=False,
            normalise="csls",
            rerank_pictures=True,
            text_percent=110,
            editor="mine {path}",
        )
    )
    assert page.ignore.toPlainText() == "*.tmp\nb/"
    assert page.grouping.currentData() is False
    assert page.normalise.currentData() == "csls"
    assert page.best.currentData() is True
    assert page.text_size.currentText() == "110 %", "also what only a hand can have written"
    assert page.command.isVisible()
    assert page.command.text() == "mine {path}"
    page.take_typed()
    assert told == []


def test_each_control_says_what_it_changes(page: SettingsPage, told: Told) -> None:
    choose(page.text_size, 130)
    choose(page.normalise, "none")
    choose(page.grouping, False)
    choose(page.best, True)
    choose(page.past, False)
    choose(page.watch, False)
    choose(page.printed, False)
    choose(page.editor, "own")
    page.command.setText("mine {path}")
    page.ignore.setPlainText(" *.tmp \n\nnode_modules/")
    page.take_typed()
    assert told == [
        ("text_percent", 130),
        ("normalise", "none"),
        ("grouping", False),
        ("rerank_pictures", True),
        ("keep_searches", False),
        ("watch", False),
        ("read_printed", False),
        ("ignore", ("*.tmp", "node_modules/")),
        ("editor", "mine {path}"),
    ]


def test_typing_is_taken_when_it_rests(page: SettingsPage, told: Told, qtbot: QtBot) -> None:
    page.ignore.setFocus()
    qtbot.keyClicks(page.ignore, "*.tm")
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("ignore", ("*.tm",))]
    page.show_settings(Settings(ignore=("*.tm",)))
    assert page.ignore.toPlainText() == "*.tm"
    assert page.ignore.textCursor().position() == 4, "nobody is typed over"


def test_the_wheel_scrolls_the_page_and_changes_nothing(page: SettingsPage, told: Told) -> None:
    at = QPointF(10, 10)
    nothing = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at, page.text_size.mapToGlobal(at), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, nothing, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.text_size, event)
    assert page.text_size.currentData() == 100
    assert told == []


def test_the_room_used_is_told(page: SettingsPage) -> None:
    page.show_storage(
        [Used(StorePart.INDEX, Path("/lib"), 2_000_000), Used(StorePart.OTHER, Path("/c"), 500)]
    )
    assert page.storage.values() == {
        "Lies in": "/lib",
        "Index": "2.0 MB",
        "Prepared models": "500 B",
        "Together": "2.0 MB",
    }


# The window ----------------------------------------------------------------------------------


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow) -> MainWindow:
    window.actions_by_name["settings"].trigger()
    qtbot.waitUntil(lambda: bool(window.parts.settings.storage.values()))
    return window


def test_it_opens_and_goes_back(opened: MainWindow) -> None:
    assert opened.parts.stack.currentWidget() is opened.parts.settings
    opened.actions_by_name["escape"].trigger()
    assert opened.parts.stack.currentWidget() is opened.parts.welcome


def test_a_change_is_kept_holds_at_once_and_asks_again(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hits = made_hits(2)
    ask(qtbot, window, "a dog")
    window.actions_by_name["settings"].trigger()
    with answered(qtbot, window):
        choose(window.parts.settings.normalise, "none")
    assert load_settings() == Settings(normalise="none")
    assert library.settings == Settings(normalise="none")
    assert window.parts.stack.currentWidget() is window.parts.settings, "answers wait behind it"
    window.actions_by_name["escape"].trigger()
    assert window.parts.stack.currentWidget() is window.parts.results


def test_colours_and_text_size_switch_live(opened: MainWindow, theme: Theme) -> None:
    page = opened.parts.settings
    choose(page.theme, ThemeMode.DARK)
    assert theme.is_dark
    opened.next_theme()
    assert page.theme.currentData() == ThemeMode.LIGHT
    before = theme.font(NORMAL_PX).pixelSize()
    try:
        choose(page.text_size, 150)
        assert theme.font(NORMAL_PX).pixelSize() == pytest.approx(before * 1.5, abs=1)
        assert "font-size: 20px" in QApplication.instance().styleSheet()  # type: ignore[union-attr]
    finally:
        theme.set_text_percent(100)


def test_a_command_that_makes_no_sense_is_not_kept(opened: MainWindow) -> None:
    opened.settings_flow.change("editor", "mine {line}")
    page = opened.parts.settings
    assert page.trouble.isVisible()
    assert "{path}" in page.trouble.text()
    assert load_settings() == Settings()
    opened.settings_flow.change("editor", "mine {path}")
    assert not page.trouble.isVisible()


def test_a_file_that_is_wrong_is_said_and_left_alone(make_window: MakeWindow) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text("= broken")
    window = make_window()
    window.actions_by_name["settings"].trigger()
    assert "cannot be read" in window.parts.settings.trouble.text()
    choose(window.parts.settings.grouping, False)
    assert settings_path().read_text() == "= broken"


def test_code_opens_at_its_line_and_else_with_its_program(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []
    known = [True]

    def open_in_editor(setting: str, path: Path, line: int) -> bool:
        calls.append((setting, path.name, line))
        return known[0]

    monkeypatch.setattr(settings_flow, "open_in_editor", open_in_editor)
    monkeypatch.setattr(settings_flow, "open_file", lambda path: calls.append(path.name))
    library.hits = [made_hit(path="/c/a.py", modality=Modality.CODE, locator=LineRange(7, 9))]
    ask(qtbot, window, "read a file")
    assert window.parts.preview.edit.isVisible()
    window.parts.preview.edit.click()
    known[0] = False
    window.actions_by_name["edit"].trigger()
    assert calls == [("auto", "a.py", 7), ("auto", "a.py", 7), "a.py"]

    def fail(*_: object) -> bool:
        raise UserError("The editor code cannot be started.", "Choose another one.")

    monkeypatch.setattr(settings_flow, "open_in_editor", fail)
    window.actions_by_name["edit"].trigger()
    assert "cannot be started" in window.parts.banner.message()


def test_watching_is_switched_in_the_process_that_does_it(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    window = make_window()
    choose(window.parts.settings.watch, False)
    qtbot.waitUntil(lambda: library.n_runs == 1)
    assert load_settings().watch is False
    qtbot.waitUntil(lambda: window.library.indexing is Indexing.IDLE)
    window.library.show_paused()
    choose(window.parts.settings.watch, True)
    assert load_settings().watch is True
    assert (library.n_runs, window.library.indexing) == (1, Indexing.PAUSED)
