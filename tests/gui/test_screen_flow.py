"""A part of the screen as a query."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from mmsearch.gui import screen_flow as module
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.screen_flow import Shot, grab_screens, is_blank
from mmsearch.gui.screen_picker import ScreenPicker
from mmsearch.gui.theme import Theme
from tests.gui.asking import answered
from tests.gui.fake_library import FakeLibrary

AREA = QRect(0, 0, 400, 200)


def shot(scale: int = 1) -> QPixmap:
    """The left half is red, the right half blue."""
    image = QImage(AREA.size() * scale, QImage.Format.Format_RGB32)
    for x in range(image.width()):
        colour = QColor("red" if x < image.width() // 2 else "blue").rgb()
        for y in range(image.height()):
            image.setPixel(x, y, colour)
    return QPixmap.fromImage(image)


@pytest.fixture
def picker(qtbot: QtBot, theme: Theme) -> ScreenPicker:
    made = ScreenPicker(shot(2), AREA, theme)
    qtbot.addWidget(made)
    made.show()
    return made


def drag(qtbot: QtBot, picker: ScreenPicker, start: QPoint, end: QPoint) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(picker, left, pos=start)
    qtbot.mouseMove(picker, end)
    qtbot.mouseRelease(picker, left, pos=end)


def test_what_is_drawn_around_is_picked_in_the_pixels_of_the_screen(
    qtbot: QtBot, picker: ScreenPicker
) -> None:
    with qtbot.waitSignal(picker.picked) as picked:
        drag(qtbot, picker, QPoint(399, 60), QPoint(300, 20))
    (image,) = picked.args
    assert (image.width(), image.height()) == (200, 82)
    assert image.pixelColor(5, 5) == QColor("blue")


def test_a_click_picks_nothing_and_one_may_begin_anew(qtbot: QtBot, picker: ScreenPicker) -> None:
    with qtbot.assertNotEmitted(picker.picked):
        drag(qtbot, picker, QPoint(30, 30), QPoint(33, 31))
    assert picker.chosen().isEmpty()
    with qtbot.waitSignal(picker.picked):
        drag(qtbot, picker, QPoint(30, 30), QPoint(90, 90))


def test_enter_takes_the_screen_and_escape_leaves(qtbot: QtBot, picker: ScreenPicker) -> None:
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert picked.args[0].width() == 800
    with qtbot.waitSignal(picker.left):
        qtbot.keyClick(picker, Qt.Key.Key_Escape)
    with qtbot.waitSignal(picker.left):
        qtbot.mouseClick(picker, Qt.MouseButton.RightButton, pos=QPoint(5, 5))


def test_what_is_chosen_stays_bright(qtbot: QtBot, picker: ScreenPicker) -> None:
    hint = picker.grab().toImage()
    qtbot.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(20, 80))
    qtbot.mouseMove(picker, QPoint(120, 180))
    drawn = picker.grab().toImage()
    assert drawn != hint
    assert drawn.pixelColor(60, 120) == QColor("red")
    assert drawn.pixelColor(160, 120).red() < 200, "the rest lies under a veil"
    qtbot.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=QPoint(120, 180))


def test_an_empty_or_one_coloured_picture_shows_nothing() -> None:
    black = QPixmap(300, 200)
    black.fill(QColor("black"))
    assert is_blank(QPixmap())
    assert is_blank(black)
    assert not is_blank(shot())


def test_screens_are_grabbed_without_an_error(window: MainWindow) -> None:
    for picture, area in grab_screens():
        assert not picture.isNull()
        assert not area.isEmpty()


# In the window --------------------------------------------------------------------------------


def grabbed(monkeypatch: pytest.MonkeyPatch, shots: list[Shot]) -> None:
    monkeypatch.setattr(module, "grab_screens", lambda: shots)


def test_the_window_steps_aside_and_comes_back_with_an_answer(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    grabbed(monkeypatch, [(shot(), AREA), (shot(), AREA.translated(400, 0))])
    window.actions_by_name["screen"].trigger()
    assert not window.isVisible()
    flow = window.screen_flow
    qtbot.waitUntil(lambda: len(flow.pickers) == 2)
    with answered(qtbot, window):
        drag(qtbot, flow.pickers[0], QPoint(10, 10), QPoint(110, 60))
    assert window.isVisible()
    assert flow.pickers == []
    (example,) = library.queries[-1].like
    kept = QImage(str(example))
    assert (kept.width(), kept.height()) == (101, 51)
    assert kept.pixelColor(1, 1) == QColor("red")


def test_escape_brings_the_window_back_as_it_was(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    grabbed(monkeypatch, [(shot(), AREA)])
    window.screen_flow.start()
    window.screen_flow.start()
    qtbot.waitUntil(lambda: len(window.screen_flow.pickers) == 1)
    qtbot.keyClick(window.screen_flow.pickers[0], Qt.Key.Key_Escape)
    assert window.isVisible()
    assert library.queries == []


def test_where_the_screen_cannot_be_seen_the_way_out_is_told(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    grabbed(monkeypatch, [])
    window.screen_flow.start()
    qtbot.waitUntil(window.isVisible)
    assert "does not let programs look" in window.parts.banner.message()
    assert "paste it here" in window.parts.banner._hint.text()


def test_a_picture_that_cannot_be_kept_is_told(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    window.screen_flow._folder = tmp_path / "file" / "pasted"
    grabbed(monkeypatch, [(shot(), AREA)])
    window.screen_flow.start()
    qtbot.waitUntil(lambda: len(window.screen_flow.pickers) == 1)
    qtbot.keyClick(window.screen_flow.pickers[0], Qt.Key.Key_Return)
    assert "cannot be kept" in window.parts.banner.message()
