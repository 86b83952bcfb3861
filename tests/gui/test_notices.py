"""Who is busy elsewhere is told that a long indexing is done."""

from __future__ import annotations

from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from mmsearch.gui import notices as module
from mmsearch.gui.main_window import MainWindow
from tests.gui.fake_library import FakeLibrary


class Tray(QObject):
    """A tray that remembers what was said."""

    messageClicked = Signal()
    activated = Signal(object)
    MessageIcon = module.QSystemTrayIcon.MessageIcon
    there: ClassVar[bool] = True
    said: ClassVar[list[str]] = []
    shown: ClassVar[list[bool]] = []
    last: ClassVar[Tray | None] = None

    def __init__(self, icon: object, parent: QObject) -> None:
        super().__init__(parent)
        Tray.last = self

    @classmethod
    def isSystemTrayAvailable(cls) -> bool:
        return cls.there

    @classmethod
    def supportsMessages(cls) -> bool:
        return cls.there

    def show(self) -> None:
        self.shown.append(True)

    def hide(self) -> None:
        self.shown.append(False)

    def showMessage(self, title: str, words: str, icon: object, shown_ms: int) -> None:
        self.said.append(words)


@pytest.fixture(autouse=True)
def tray(monkeypatch: pytest.MonkeyPatch) -> type[Tray]:
    monkeypatch.setattr(module, "QSystemTrayIcon", Tray)
    monkeypatch.setattr(Tray, "there", True)
    Tray.said, Tray.shown = [], []
    return Tray


@pytest.fixture
def away(window: MainWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window that is not in front, over a library whose runs take long."""
    library.took_s = 60.0
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    return window


def index(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.library.indexed):
        window.library.start_indexing()


def test_a_notice_of_the_desktop(qtbot: QtBot, away: MainWindow, tray: type[Tray]) -> None:
    index(qtbot, away)
    assert tray.said == ["Done: 3 files indexed."]
    assert tray.shown == [True]
    assert not away.parts.banner.isVisible()
    assert tray.last is not None
    away.hide()
    tray.last.messageClicked.emit()
    assert away.isVisible()
    assert tray.shown == [True, False]


def test_the_icon_goes_by_itself(qtbot: QtBot, away: MainWindow, tray: type[Tray]) -> None:
    away.folder_flows.notices._over.setInterval(20)
    index(qtbot, away)
    qtbot.waitUntil(lambda: tray.shown == [True, False])


def test_where_there_is_no_tray_the_words_stay(
    qtbot: QtBot, away: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tray, "there", False)
    index(qtbot, away)
    assert away.parts.banner.message() == "Done: 3 files indexed."
    assert not away.parts.banner._note_over.isActive()


def test_nothing_is_said_to_somebody_who_looks_on(
    qtbot: QtBot, away: MainWindow, tray: type[Tray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(away, "isActiveWindow", lambda: True)
    index(qtbot, away)
    assert tray.said == []


def test_nothing_is_said_about_a_short_run(
    qtbot: QtBot, away: MainWindow, library: FakeLibrary, tray: type[Tray]
) -> None:
    library.took_s = 3.0
    index(qtbot, away)
    assert tray.said == []


def test_nothing_is_said_where_that_is_set(
    qtbot: QtBot, away: MainWindow, tray: type[Tray]
) -> None:
    page = away.parts.settings
    page.notify.setCurrentIndex(page.notify.findData(False))
    page.notify.activated.emit(page.notify.currentIndex())
    assert page.settings.notify is False
    index(qtbot, away)
    assert tray.said == []
