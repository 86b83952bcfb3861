"""Two halves with two meanings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mmsearch.gui.drop_overlay import DropOverlay
from mmsearch.gui.incoming import paths_in
from mmsearch.gui.theme import Theme
from tests.files import save_text
from tests.gui.mime import (
    drag_away,
    drag_into,
    drag_over,
    drop_on,
    mime_of,
    mime_of_picture,
)

LEFT, RIGHT = QPoint(100, 200), QPoint(700, 200)


@pytest.fixture
def overlay(qtbot: QtBot, theme: Theme) -> DropOverlay:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(800, 400)
    area.show()
    made = DropOverlay(theme, area)
    # The fixture's caller keeps the overlay, the overlay its parent.
    made.setProperty("area", area)
    return made


def test_the_left_half_adds_folders_and_files(
    qtbot: QtBot, overlay: DropOverlay, tmp_path: Path
) -> None:
    file = save_text(tmp_path / "a.txt", "x")
    data = mime_of(tmp_path, file)
    overlay.offer(data)
    assert overlay.isVisible()
    with qtbot.waitSignal(overlay.add_dropped) as dropped:
        drop_on(overlay, data, LEFT)
    assert dropped.args == [[tmp_path, file]]
    assert not overlay.isVisible()


def test_the_right_half_searches(qtbot: QtBot, overlay: DropOverlay, tmp_path: Path) -> None:
    file = save_text(tmp_path / "a.txt", "x")
    data = mime_of(file)
    searched: list[list[Path]] = []
    overlay.search_dropped.connect(lambda data: searched.append(paths_in(data)))
    overlay.offer(data)
    drop_on(overlay, data, RIGHT)
    assert searched == [[file]]


def test_a_folder_can_only_be_added(qtbot: QtBot, overlay: DropOverlay, tmp_path: Path) -> None:
    data = mime_of(tmp_path)
    overlay.offer(data)
    with qtbot.waitSignal(overlay.add_dropped):
        drop_on(overlay, data, RIGHT)


def test_a_bare_picture_can_only_be_searched_by(overlay: DropOverlay) -> None:
    data = mime_of_picture()
    searched: list[object] = []
    overlay.search_dropped.connect(searched.append)
    overlay.offer(data)
    assert overlay.half_at(LEFT.x()) is not overlay.add_half
    drop_on(overlay, data, LEFT)
    assert len(searched) == 1


def test_an_address_can_be_dropped_to_be_told_why_it_does_not_help(overlay: DropOverlay) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.jpg")])
    searched: list[object] = []
    overlay.search_dropped.connect(searched.append)
    overlay.offer(data)
    assert not overlay.add_half.isEnabled()
    drop_on(overlay, data, LEFT)
    assert len(searched) == 1


def test_the_half_under_the_pointer_lights_up(overlay: DropOverlay, tmp_path: Path) -> None:
    file = save_text(tmp_path / "a.txt", "x")
    data = mime_of(file)
    overlay.offer(data)
    drag_into(overlay, data)
    drag_over(overlay, data, LEFT)
    assert overlay.add_half.property("hot") is True
    drag_over(overlay, data, RIGHT)
    assert overlay.add_half.property("hot") is False


def test_leaving_hides_it_a_moment_later(
    qtbot: QtBot, overlay: DropOverlay, tmp_path: Path
) -> None:
    data = mime_of(tmp_path)
    overlay.offer(data)
    drag_into(overlay, data)
    drag_away(overlay)
    assert overlay.isVisible()
    qtbot.waitUntil(lambda: not overlay.isVisible())


def test_it_covers_its_area_when_that_grows(overlay: DropOverlay, tmp_path: Path) -> None:
    overlay.offer(mime_of(tmp_path))
    area = overlay.parentWidget()
    assert area is not None
    area.resize(1000, 600)
    assert overlay.size() == area.size()
