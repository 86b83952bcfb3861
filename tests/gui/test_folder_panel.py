"""Folders say how they stand, narrow the search, and are forgotten only after a question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mmsearch.gui.folder_panel import FolderPanel, paint_state_mark
from mmsearch.gui.root_model import RootModel, RootRole, RootState
from mmsearch.gui.theme import Theme
from mmsearch.types import RootStatus

PHOTOS = RootStatus("1", Path("/home/me/Photos"), True, 12_410, 0)
FILMS = RootStatus("2", Path("/home/me/Films"), True, 31, 7)
DISK = RootStatus("3", Path("/media/USB disk"), False, 1, 0)


@pytest.fixture
def model(qapp: QApplication) -> RootModel:
    made = RootModel()
    made.set_roots([PHOTOS, FILMS, DISK])
    return made


@pytest.fixture
def panel(qtbot: QtBot, model: RootModel, theme: Theme) -> FolderPanel:
    made = FolderPanel(model, theme)
    qtbot.addWidget(made)
    made.resize(220, 400)
    made.show()
    return made


def states(model: RootModel) -> list[RootState]:
    return [model.index(row).data(RootRole.STATE) for row in range(model.rowCount())]


def test_the_model_keeps_the_rules_of_qt(model: RootModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.set_indexing(True, "/home/me/Photos/a.jpg")
    model.set_roots([PHOTOS])


def test_states(model: RootModel) -> None:
    assert states(model) == [RootState.INDEXED, RootState.HAS_ERRORS, RootState.OFFLINE]
    model.set_indexing(True, "/home/me/Photos/2021/a.jpg")
    assert states(model) == [RootState.INDEXING, RootState.HAS_ERRORS, RootState.OFFLINE]
    model.set_indexing(True)
    assert states(model) == [RootState.INDEXING, RootState.INDEXING, RootState.OFFLINE]
    model.set_indexing(False)
    assert states(model)[0] is RootState.INDEXED


def test_a_folder_that_waits_for_its_turn_is_not_done(model: RootModel) -> None:
    empty = RootStatus("4", Path("/home/me/New"), True, 0, 0)
    model.set_roots([PHOTOS, empty])
    model.set_indexing(True, "/home/me/Photos/a.jpg")
    assert states(model) == [RootState.INDEXING, RootState.INDEXING]
    model.set_indexing(False)
    assert states(model) == [RootState.INDEXED, RootState.INDEXED]


def test_words_say_the_same_as_the_marks(model: RootModel) -> None:
    said = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said == [
        "/home/me/Photos, 12,410 files",
        "/home/me/Films, 31 files, 7 unreadable",
        "/media/USB disk, 1 file, not connected",
    ]


def test_what_waits_is_told_in_words_and_as_a_share(model: RootModel) -> None:
    def said() -> tuple[str, str]:
        index = model.index(0)
        return index.data(Qt.ItemDataRole.AccessibleTextRole), index.data(RootRole.COUNT)

    model.set_indexing(True, "/home/me/Films/a.mp4")
    model.set_waiting({"1": 18_612, "2": 0})
    assert states(model)[:2] == [RootState.INDEXING, RootState.INDEXING]
    assert said() == ("/home/me/Photos, 12,410 files, 18,612 still to be read", "40 %")
    model.set_indexing(False)
    assert states(model)[:2] == [RootState.INDEXING, RootState.HAS_ERRORS]
    assert "18,612 wait until indexing goes on" in said()[0]
    model.set_waiting({"1": 1})
    assert said()[1] == "99 %", "it is not done before it is done"
    model.set_waiting({})
    assert said() == ("/home/me/Photos, 12,410 files", "12,410")


def test_counting_on_is_told_to_the_view(qtbot: QtBot, model: RootModel) -> None:
    model.set_waiting({"1": 18_612})
    with qtbot.waitSignal(model.dataChanged):
        model.set_waiting({"1": 10_000})
    with qtbot.assertNotEmitted(model.dataChanged):
        model.set_waiting({"1": 10_000})


def test_what_to_connect_is_named(model: RootModel) -> None:
    assert model.connect_words(Path("/home/me/Photos/a.jpg")) == ""
    assert model.connect_words(DISK.path / "a.jpg") == (
        "“USB disk” is not there. Connect its drive to open it."
    )
    model.set_roots([replace(DISK, drive="Anna's stick")])
    assert model.connect_words(DISK.path / "a.jpg") == "Connect “Anna's stick” to open it."
    assert model.connect_words(Path("/elsewhere/a.jpg")) == ""


def test_every_state_has_a_shape_of_its_own(qapp: QApplication) -> None:
    """In black and white, too, they differ."""
    drawn = set()
    for state in RootState:
        image = QImage(12, 12, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_state_mark(painter, QRectF(1, 1, 10, 10), state, QColor("black"))
        painter.end()
        drawn.add(bytes(image.constBits()))
    assert len(drawn) == 4


def test_counting_on_keeps_the_selection(panel: FolderPanel, model: RootModel) -> None:
    panel.list.setCurrentIndex(model.index(1))
    model.set_roots([PHOTOS, RootStatus("2", FILMS.path, True, 32, 7), DISK])
    assert panel.scope() == (FILMS.path,)


def test_a_click_narrows_the_search_and_a_second_one_widens_it(
    qtbot: QtBot, panel: FolderPanel, model: RootModel
) -> None:
    changes: list[tuple[Path, ...]] = []
    panel.scope_changed.connect(lambda: changes.append(panel.scope()))
    middle = panel.list.visualRect(model.index(0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert panel.scope() == (PHOTOS.path,)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert panel.scope() == ()
    assert changes == [(PHOTOS.path,), ()]


def test_forgetting_asks_first(qtbot: QtBot, panel: FolderPanel) -> None:
    forgotten: list[Path] = []
    panel.remove_asked.connect(forgotten.append)
    menu = panel.menu_for(PHOTOS)
    assert [action.text() for action in menu.actions()] == [
        "Show in file manager",
        "Forget this folder…",
    ]

    def press(name: str) -> None:
        buttons = [b for b in panel.findChildren(QPushButton) if b.text() == name]
        qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    menu.actions()[1].trigger()
    press("Keep")
    assert forgotten == []
    menu.actions()[1].trigger()
    press("Forget")
    assert forgotten == [PHOTOS.path]


def test_unreadable_files_are_in_the_menu_where_there_are_some(
    qtbot: QtBot, panel: FolderPanel
) -> None:
    shown = panel.menu_for(FILMS).actions()[1]
    assert shown.text() == "Show unreadable files (7)"
    with qtbot.waitSignal(panel.errors_asked) as asked:
        shown.trigger()
    assert asked.args == [FILMS.path]


def test_long_names_and_large_counts_are_drawn(panel: FolderPanel, model: RootModel) -> None:
    long_name = Path("/home/me/" + "a very long name " * 10)
    model.set_roots([RootStatus("1", long_name, True, 123_456_789, 0)])
    image = panel.list.grab(QRect(0, 0, 196, 40)).toImage()
    assert not image.isNull()


def test_the_buttons_ask(qtbot: QtBot, panel: FolderPanel) -> None:
    add = next(b for b in panel.findChildren(QPushButton) if b.text() == "Add folders…")
    with qtbot.waitSignal(panel.add_asked):
        qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
