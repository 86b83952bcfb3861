"""The tree of folders: counts of all below, and what is open stays open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mmsearch.gui.folder_tree import FolderTree
from mmsearch.gui.folder_tree_model import N_ROLE, FolderTreeModel
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.theme import Theme
from mmsearch.retrieve.facets import Facets, FolderCount
from tests.gui.asking import answered, ask
from tests.gui.fake_library import FakeLibrary

PHOTOS, MUSIC = Path("/x/photos"), Path("/x/music")
COUNTS = (
    FolderCount(MUSIC, (), 4),
    FolderCount(PHOTOS, (), 1),
    FolderCount(PHOTOS, ("2023", "sea"), 5),
    FolderCount(PHOTOS, ("2024",), 2),
)


@pytest.fixture
def tree(qtbot: QtBot, theme: Theme) -> FolderTree:
    made = FolderTree(theme)
    qtbot.addWidget(made)
    made.resize(200, 300)
    made.show()
    made.show_folders(COUNTS, "")
    return made


def counted(model: FolderTreeModel, path: str) -> int:
    return int(model.index_of(path).data(N_ROLE))


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model = FolderTreeModel()
    qtmodeltester.check(model)
    assert model.set_folders(COUNTS)
    qtmodeltester.check(model)
    assert not model.set_folders(COUNTS)
    model.set_folders(())
    qtmodeltester.check(model)


def test_a_folder_counts_all_below() -> None:
    model = FolderTreeModel()
    model.set_folders(COUNTS)
    assert [model.index(row, 0).data() for row in range(2)] == ["music", "photos"]
    assert counted(model, "/x/photos") == 8
    assert counted(model, "/x/photos/2023") == 5
    assert counted(model, "/x/photos/2023/sea") == 5
    assert not model.index_of("/x/none").isValid()
    spoken = model.index_of("/x/photos").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "photos, 8 files"


def test_other_counts_leave_open_what_is_open(tree: FolderTree) -> None:
    tree.expand(tree.folders.index_of("/x/photos"))
    height = tree.height()
    fewer = tuple(FolderCount(one.root, one.names, 0) for one in COUNTS)
    tree.show_folders(fewer, "")
    assert tree.isExpanded(tree.folders.index_of("/x/photos"))
    assert counted(tree.folders, "/x/photos") == 0
    assert tree.height() == height


def test_it_is_as_high_as_its_rows_up_to_a_point(tree: FolderTree) -> None:
    row_px = tree.height() // 2
    tree.expand(tree.folders.index_of("/x/photos"))
    assert tree.height() == 4 * row_px
    many = [FolderCount(PHOTOS, (f"{n:02}",), 1) for n in range(50)]
    tree.show_folders(many, "")
    assert tree.isExpanded(tree.folders.index(0, 0)), "the only root is open"
    assert tree.height() < 12 * row_px


def test_a_click_chooses_and_another_takes_it_back(qtbot: QtBot, tree: FolderTree) -> None:
    at = tree.visualRect(tree.folders.index(1, 0)).center()
    with qtbot.waitSignal(tree.chosen) as chosen:
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == ["/x/photos"]
    tree.show_folders(COUNTS, "/x/photos")
    assert tree.currentIndex() == tree.folders.index(1, 0)
    with qtbot.waitSignal(tree.chosen) as chosen:
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [""]


def test_keys_choose_too(qtbot: QtBot, tree: FolderTree) -> None:
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(tree.chosen) as chosen:
        qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert chosen.args == [tree.currentIndex().data(Qt.ItemDataRole.ToolTipRole)]


@pytest.mark.parametrize(
    ("counts", "has_choice"), [((), False), (COUNTS[:1], False), (COUNTS, True), (COUNTS[1:], True)]
)
def test_one_folder_is_no_choice(
    tree: FolderTree, counts: tuple[FolderCount, ...], has_choice: bool
) -> None:
    tree.show_folders(counts, "")
    assert tree.has_choice() is has_choice


def test_a_folder_narrows_the_query(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    spaced = Path("/x/My Photos")
    library.facets_given = Facets(9, folders=(*COUNTS, FolderCount(spaced, (), 1)))
    ask(qtbot, window, "dog")
    tree = window.parts.filters.folders
    qtbot.waitUntil(tree.has_choice)
    with answered(qtbot, window):
        tree.chosen.emit(str(spaced))
    assert library.queries[-1].filters == 'in:"/x/My Photos"'
    assert window.parts.chips.texts() == ["Folder: My Photos"]
    with answered(qtbot, window):
        tree.chosen.emit("/x/photos/2024")
    assert library.queries[-1].filters == 'in:"/x/photos/2024"'
