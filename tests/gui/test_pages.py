"""The calm pages and the banner."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui import banner as banner_module
from mmsearch.gui.banner import Banner
from mmsearch.gui.busy_line import BusyLine
from mmsearch.gui.flow_layout import FlowLayout
from mmsearch.gui.pages import CalmPage, WelcomePage
from mmsearch.gui.theme import Theme
from mmsearch.types import LibraryStatus, Modality


def test_a_page_shows_new_words_and_buttons(qtbot: QtBot, theme: Theme) -> None:
    page = CalmPage("warning", theme)
    qtbot.addWidget(page)
    pressed: list[str] = []
    page.say("Old", "text", [("A", lambda: pressed.append("A"))])
    page.say("New", "", [("B", lambda: pressed.append("B")), ("C", lambda: pressed.append("C"))])
    assert page.title.text() == "New"
    assert [button.text() for button in page.buttons()] == ["B", "C"]
    for button in page.buttons():
        button.click()
    assert pressed == ["B", "C"]
    assert page.buttons()[0].property("role") == "primary"


def status_of(**counts: int) -> LibraryStatus:
    by_kind = {kind: counts.get(kind.value, 0) for kind in Modality}
    return LibraryStatus(sum(counts.values()), 0, 0, 0, (), by_kind, ())


def test_the_home_page_counts_and_suggests_what_the_library_holds(
    qtbot: QtBot, theme: Theme
) -> None:
    page = WelcomePage(theme)
    qtbot.addWidget(page)
    page.show_status(status_of(image=12_410, audio=3))
    assert page.text.text() == "In your library: 12,410 pictures, 3 sounds."
    ideas = [button.text() for button in page.suggestions()]
    assert ideas == ["a dog on a beach", "mountains in the evening", "rain", "a crowing rooster"]
    with qtbot.waitSignal(page.suggestion_chosen) as chosen:
        page.suggestions()[2].click()
    assert chosen.args == ["rain"]
    page.show_status(status_of(code=5))
    assert page.suggestions()[0].text() == "read a csv file"


# Banner ---------------------------------------------------------------------------------------


@pytest.fixture
def banner(qtbot: QtBot, theme: Theme) -> Banner:
    made = Banner(theme)
    qtbot.addWidget(made)
    return made


def test_an_error_shows_message_hint_and_details(banner: Banner) -> None:
    banner.show_error(UserError("The disk is full.", "Make room."))
    assert banner.isVisible()
    assert banner.message() == "The disk is full."
    assert banner._hint.text() == "Make room."
    banner.copy_details()
    assert QGuiApplication.clipboard().text() == "The disk is full. Make room."


def test_a_bug_calms_and_has_the_details(banner: Banner) -> None:
    banner.show_bug("Traceback: a long story")
    assert "Your files are not affected" in banner.message()
    banner.copy_details()
    assert QGuiApplication.clipboard().text() == "Traceback: a long story"


def test_a_note_goes_by_itself_but_not_with_an_error_on_top(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banner_module, "_NOTE_SHOWN_MS", 20)
    banner = Banner(theme)
    qtbot.addWidget(banner)
    banner.show_note("Path copied.")
    assert banner.isVisible()
    qtbot.waitUntil(lambda: not banner.isVisible())
    banner.show_note("Path copied.")
    banner.show_error(UserError("The disk is full."))
    qtbot.wait(60)
    assert banner.isVisible()


# Small things -----------------------------------------------------------------------------------


def test_words_wrap_like_words(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap_px=8)
    for _ in range(5):
        one = QWidget()
        one.setFixedSize(100, 20)
        flow.addWidget(one)
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(208) == 20 * 3 + 8 * 2
    assert flow.heightForWidth(50) == 20 * 5 + 8 * 4
    flow.setGeometry(QRect(0, 0, 208, 100))
    places = [flow.itemAt(n).geometry().topLeft().toTuple() for n in range(5)]  # type: ignore[union-attr]
    assert places == [(0, 0), (108, 0), (0, 28), (108, 28), (0, 56)]
    flow.clear()
    assert flow.count() == 0


def test_the_busy_line_takes_the_same_room_at_rest(qtbot: QtBot, theme: Theme) -> None:
    line = BusyLine(theme)
    qtbot.addWidget(line)
    line.resize(400, 2)
    assert line.height() == 2
    line.set_busy(True)
    assert line.is_busy()
    qtbot.wait(80)
    line.grab()
    line.set_busy(False)
    assert not line.is_busy()
    assert line.height() == 2
