"""Looking closely at a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.theme import Theme
from mmsearch.gui.zoom_view import MOST_SCALE, STEP, ZoomView
from mmsearch.types import Metadata
from tests.files import RED
from tests.gui.fake_library import FakeLibrary, made_hit
from tests.gui.painting import plain_pixmap


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> ZoomView:
    """A copy of 1280 x 960 of a picture of 4000 x 3000, in a view of 400 x 300."""
    made = ZoomView(theme)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show_new(plain_pixmap(1280, 960, "#FF8800"), QSizeF(4000, 3000))
    made.show()
    return made


def turn_wheel(view: ZoomView, at: QPointF, notches: int) -> None:
    nothing = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, nothing, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_the_wheel_zooms_at_the_pointer(view: ZoomView) -> None:
    at = QPointF(100, 60)
    before = view._fraction_at(at)
    turn_wheel(view, at, 2)
    assert view.zoom == pytest.approx(STEP**2)
    assert view._fraction_at(at).x() == pytest.approx(before.x())
    assert view._fraction_at(at).y() == pytest.approx(before.y())
    turn_wheel(view, at, -5)
    assert view.zoom == 1.0
    assert view.target() == view.rect()


def test_no_nearer_than_squares(view: ZoomView) -> None:
    turn_wheel(view, QPointF(10, 10), 100)
    assert view.target().width() == pytest.approx(4000 * MOST_SCALE / view.devicePixelRatioF())


def test_a_double_click_shows_every_pixel_and_another_fits(qtbot: QtBot, view: ZoomView) -> None:
    corner = QPoint(1, 1)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=corner)
    assert view.target().width() == pytest.approx(4000 / view.devicePixelRatioF())
    assert -10 < view.target().left() <= 0, "what was under the pointer is there still"
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=corner)
    assert view.zoom == 1.0


def test_a_small_picture_comes_nearer_too(qtbot: QtBot, view: ZoomView) -> None:
    view.show_new(plain_pixmap(40, 30, "#FF8800"))
    before = view.target().width()
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert view.target().width() >= before * 1.5


def test_dragging_moves_it_but_not_out_of_the_view(view: ZoomView) -> None:
    view.zoom_by(4.0)
    middle, button = QPoint(200, 150), Qt.MouseButton.LeftButton
    left_before = view.target().left()
    QTest.mousePress(view, button, pos=middle)
    assert view.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(view, middle + QPoint(30, 0))
    assert view.target().left() == pytest.approx(left_before + 30)
    QTest.mouseMove(view, middle + QPoint(5000, 5000))
    QTest.mouseRelease(view, button, pos=middle)
    assert view.target().topLeft() == QPointF(0, 0)
    assert view.cursor().shape() == Qt.CursorShape.OpenHandCursor


def test_keys_zoom_and_fit(qtbot: QtBot, view: ZoomView) -> None:
    qtbot.keyClicks(view, "+=-")
    assert view.zoom == pytest.approx(STEP)
    qtbot.keyClicks(view, "0")
    assert view.zoom == 1.0
    view.show_new(None)
    qtbot.keyClicks(view, "+")
    assert view.zoom == 1.0


def test_a_larger_copy_is_asked_for_once_and_only_when_it_is_seen(view: ZoomView) -> None:
    asked: list[bool] = []
    view.detail_wanted.connect(lambda: asked.append(True))
    view.zoom_by(2.0)
    assert not asked, "800 pixels of 1280: there is enough"
    view.zoom_by(3.0)
    view.zoom_by(2.0)
    assert asked == [True]
    zoom, place = view.zoom, view.target()
    view.set_picture(plain_pixmap(4000, 3000, "#FF8800"), QSizeF(4000, 3000))
    assert (view.zoom, view.target()) == (zoom, place), "better pixels, the same place"


def test_a_resized_view_stays_within_the_picture(view: ZoomView) -> None:
    view.zoom_by(2.0, QPointF(0, 0))
    view.resize(700, 300)
    target = view.target()
    assert target.left() <= 0 or target.width() <= view.width()


def test_the_window_reads_the_whole_picture_for_a_close_look(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (2600, 1300), RED).save(path)
    library.hits = [made_hit(path=path, metadata=Metadata(width_px=2600, height_px=1300))]
    viewer = window.parts.preview.viewer
    with qtbot.waitSignal(viewer.shown):
        window.parts.search_box.set_text("red")
    picture = viewer.picture._picture
    assert picture is not None
    assert picture.width() == 1280
    with qtbot.waitSignal(viewer.shown):
        viewer.picture.toggle_zoom()
    picture = viewer.picture._picture
    assert picture is not None
    assert picture.width() == 2600
    assert viewer.picture.zoom > 2
