"""The map of the library: what is on it, how one moves on it, and what a click does."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gallery import MODALITIES
from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.map_marks import kind_colour, mark_path
from mmsearch.gui.map_page import MapPage
from mmsearch.gui.map_view import MapView
from mmsearch.gui.theme import DARK, LIGHT, Theme, ThemeMode
from mmsearch.present.visuals import Visuals
from mmsearch.types import Hit
from tests.gui.fake_library import FakeLibrary, made_map


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, jobs: Jobs, tmp_path: Path) -> MapPage:
    made = MapPage(theme, CellLoader(jobs, Visuals(tmp_path)))
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


@pytest.fixture
def view(page: MapPage) -> MapView:
    page.show_map(made_map(9))
    return page.view


def at(view: MapView, point: int) -> QPoint:
    x, y = view.on_screen()[point].round().astype(int).tolist()
    return QPoint(x, y)


def test_kinds_are_hidden_and_shown_by_the_legend(page: MapPage, view: MapView) -> None:
    n_all = len(view.on_screen())
    view.zoom_by(2.0)
    first, *others = page.entries()
    n_first = sum(kind == MODALITIES.index(first.kind) for kind in made_map(9).kinds.tolist())
    assert 0 < n_first < n_all
    first.click()
    assert len(view.on_screen()) == n_all - n_first
    assert view.zoom == 2.0, "the eye stays where it was"
    for other in others:
        other.click()
    assert len(view.on_screen()) == 0
    view.grab()
    for entry in page.entries():
        entry.click()
    assert len(view.on_screen()) == n_all
    assert page.legend()[0].endswith("files")


def turn_wheel(view: MapView, where: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(where), QPointF(view.mapToGlobal(where)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_the_page_says_what_is_on_the_map(page: MapPage) -> None:
    page.show_waiting()
    assert page.state.text() == "Drawing the map…"
    assert page.legend() == []
    page.show_map(made_map(9))
    assert page.view.isVisible()
    assert not page.state.isVisible()
    assert page.legend() == [
        "Pictures, 3 files", "Videos, 2 files", "Sounds, 2 files", "Code, 2 files",
    ]  # fmt: skip
    assert "drawn at random" not in page.summary.text()
    page.show_map(replace(made_map(5), n_file=1234))
    assert page.legend()[1] == "Videos, 1 file"
    assert page.summary.text().startswith("5 of 1,234 files, drawn at random.")
    page.show_map(made_map(0))
    assert "Nothing is in the library yet" in page.state.text()
    assert not page.view.isVisible()


def test_kinds_differ_in_colour_and_shape() -> None:
    for colours in (LIGHT, DARK):
        assert len({kind_colour(kind, colours).name() for kind in MODALITIES}) == 4
    shapes = [mark_path(kind, QPointF(0, 0), 10) for kind in MODALITIES]
    assert len({shape.elementCount() for shape in shapes}) >= 3
    areas = [shape.toFillPolygon().boundingRect() for shape in shapes]
    assert max(area.width() for area in areas) < 1.5 * min(area.width() for area in areas)


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_points_are_drawn_in_the_colour_of_their_kind(
    view: MapView, theme: Theme, mode: ThemeMode
) -> None:
    theme.set_mode(mode)
    image = view.grab().toImage()
    for point in range(9):
        where = at(view, point)
        kind = MODALITIES[point % 4]
        assert image.pixelColor(where) == kind_colour(kind, theme.colours), kind
    assert image.pixelColor(5, view.height() - 5) == theme.colour("ground")


def test_the_wheel_zooms_at_the_pointer_and_dragging_moves(qtbot: QtBot, view: MapView) -> None:
    before = at(view, 2)
    turn_wheel(view, before, 4)
    assert view.zoom == pytest.approx(1.25**4)
    assert (at(view, 2) - before).manhattanLength() <= 2
    left = Qt.MouseButton.LeftButton
    chosen: list[Hit] = []
    view.chosen.connect(chosen.append)
    qtbot.mousePress(view, left, pos=before)
    qtbot.mouseMove(view, before + QPoint(30, 20))
    qtbot.mouseRelease(view, left, pos=before + QPoint(30, 20))
    assert (at(view, 2) - before - QPoint(30, 20)).manhattanLength() <= 2
    assert chosen == [], "who drags does not choose"
    turn_wheel(view, before, -40)
    assert view.zoom == 1.0
    assert (at(view, 2) - before).manhattanLength() <= 2, "all of it is in sight again"


def test_the_file_under_the_mouse_is_shown_and_a_click_chooses_it(
    qtbot: QtBot, view: MapView
) -> None:
    qtbot.mouseMove(view, at(view, 3) + QPoint(4, 3))
    assert view.current is not None
    assert view.current.path == Path("/photos/003.bin")
    assert view.accessibleDescription() == str(Path("/photos/003.bin"))
    drawn = view.grab().toImage()
    with qtbot.waitSignal(view.chosen) as told:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 3))
    assert told.args[0].path.name == "003.bin"
    qtbot.mouseMove(view, QPoint(20, view.height() - 20))
    assert view.current is None
    assert view.grab().toImage() != drawn, "the card is gone"


def test_the_keyboard_steps_zooms_and_chooses(qtbot: QtBot, view: MapView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.current is not None
    assert view.current.path.name == "004.bin", "the middle first"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.current.path.name == "005.bin"
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current.path.name == "004.bin"
    qtbot.keyClicks(view, "+++++++++")
    assert view.zoom > 5
    for _ in range(6):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current.path.name == "008.bin", "and no further"
    assert view.rect().contains(at(view, 8))
    with qtbot.waitSignal(view.chosen) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args[0].path.name == "008.bin"
    qtbot.keyClicks(view, "0")
    assert view.zoom == 1.0


def test_a_key_leads_to_it_and_a_click_searches(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.map = made_map(9)
    assert "Map of the library" in [action.text() for action in window.menu().actions()]
    window.actions_by_name["map"].trigger()
    page = window.parts.map
    assert window.parts.stack.currentWidget() is page
    qtbot.waitUntil(page.view.isVisible)
    assert threading.current_thread().name not in library.threads
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=at(page.view, 5))
    qtbot.waitUntil(lambda: window.parts.stack.currentWidget() is window.parts.results)
    assert library.queries[-1].like == (Path("/photos/005.bin"),)
    assert window.parts.search_box.examples() == (Path("/photos/005.bin"),)


def test_where_one_looks_stays_until_the_library_is_another(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.map = made_map(9)
    show, view = window.actions_by_name["map"].trigger, window.parts.map.view
    show()
    qtbot.waitUntil(view.isVisible)
    view.zoom_by(4.0)
    window.actions_by_name["escape"].trigger()
    assert window.parts.stack.currentWidget() is window.parts.welcome
    show()
    qtbot.waitUntil(lambda: window.jobs.n_waiting() == 0)
    assert view.zoom == 4.0
    library.map = made_map(12)
    show()
    qtbot.waitUntil(lambda: len(view.on_screen()) == 12)
    assert view.zoom == 1.0


def test_what_goes_wrong_is_said_on_the_page(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.map_error = UserError("The library cannot be read.")
    window.map_flow.show()
    qtbot.waitUntil(lambda: "cannot be read" in window.parts.map.state.text())
