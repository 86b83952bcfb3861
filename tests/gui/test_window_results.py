"""What one does with results, in the window over a fake library."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from mmsearch.gui import hit_actions
from mmsearch.gui.main_window import MainWindow
from mmsearch.query.printing import to_text
from mmsearch.query.understand import understand
from mmsearch.types import Hit, Modality
from tests.files import RED, save_picture, save_text
from tests.gui.asking import answered, ask, field_of, ranks
from tests.gui.fake_library import FakeLibrary, made_hit, made_hits


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path]]:
    calls: list[tuple[str, Path]] = []
    monkeypatch.setattr(hit_actions, "open_file", lambda path: calls.append(("open", path)))
    monkeypatch.setattr(hit_actions, "reveal", lambda path: calls.append(("reveal", path)))
    return calls


def test_enter_opens_and_ctrl_enter_reveals(
    qtbot: QtBot, window: MainWindow, opened: list[tuple[str, Path]]
) -> None:
    ask(qtbot, window, "dog")
    grid = window.parts.results.grid
    grid.select_row(1)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    window.actions_by_name["reveal"].trigger()
    window.actions_by_name["open"].trigger()
    path = window.parts.result_model.hits()[1].path
    assert opened == [("open", path), ("reveal", path), ("open", path)]


def test_coming_back_shows_what_another_program_has_indexed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.folders.append(Path("/films"))
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow())
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    qtbot.waitUntil(lambda: window.parts.root_model.rowCount() == 2)


def test_a_file_that_has_gone_is_told(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "dog")
    window.actions_by_name["open"].trigger()
    assert "not there any more" in window.parts.banner.message()


def test_copying(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "dog")
    clipboard = QGuiApplication.clipboard()
    window.actions_by_name["copy_path"].trigger()
    assert clipboard.text() == str(Path("/photos/000001.jpg"))
    window.parts.results.grid.selectAll()
    window.actions_by_name["copy"].trigger()
    assert len(clipboard.mimeData().urls()) == 3
    assert window.parts.banner.isVisible()


def test_find_similar_searches_by_the_hit_alone(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "dog")
    with answered(qtbot, window):
        window.actions_by_name["similar"].trigger()
    assert library.queries[-1].like == (Path("/photos/000001.jpg"),)
    assert library.queries[-1].text == ""


def test_the_context_menu_has_the_actions(window: MainWindow) -> None:
    names = [action.text() for action in window.hits.menu().actions() if action.text()]
    assert names == [
        "Open with its program",
        "Open code at the found line in the editor",
        "Show in folder",
        "Quick look",
        "Find similar",
        "Leave this folder out",
        "Right: more like this",
        "Not this: less like it",
        "Copy file",
        "Copy picture",
        "Copy path",
        "Move to the trash",
    ]


def test_actions_are_about_all_that_is_selected(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, opened: list[tuple[str, Path]]
) -> None:
    library.hits = [*made_hits(2), made_hit(3, "/films/a.mkv", Modality.VIDEO)]
    ask(qtbot, window, "dog")
    grid = window.parts.results.grid
    grid.selectAll()
    paths = [hit.path for hit in library.hits]
    window.actions_by_name["copy_path"].trigger()
    assert QGuiApplication.clipboard().text() == "\n".join(map(str, paths))
    window.actions_by_name["open"].trigger()
    assert opened == [("open", path) for path in paths]
    opened.clear()
    window.actions_by_name["reveal"].trigger()
    assert sorted(opened) == [("reveal", paths[2]), ("reveal", paths[0])]
    with answered(qtbot, window):
        window.actions_by_name["similar"].trigger()
    assert library.queries[-1].like == tuple(paths)


def test_so_many_are_not_opened_by_a_slip(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, opened: list[tuple[str, Path]]
) -> None:
    library.hits = [made_hit(rank, f"/{rank}/a.jpg") for rank in range(1, 31)]
    ask(qtbot, window, "dog")
    window.parts.results.grid.selectAll()
    window.actions_by_name["open"].trigger()
    assert "At most 20 are opened" in window.parts.banner.message()
    window.actions_by_name["reveal"].trigger()
    assert "They lie in 30 folders" in window.parts.banner.message()
    assert opened == []


def test_the_preview_follows_the_selection(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    library.hits = [
        made_hit(1, save_picture(tmp_path / "a.png", RED)),
        made_hit(2, save_text(tmp_path / "a.py", "x = 1\n"), Modality.CODE),
    ]
    window.resize(1200, 800)
    ask(qtbot, window, "dog")
    preview = window.parts.preview
    qtbot.waitUntil(lambda: preview.viewer.currentWidget() is preview.viewer.picture)
    assert preview.viewer.hit == library.hits[0]
    window.parts.results.grid.select_row(1)
    qtbot.waitUntil(lambda: preview.viewer.currentWidget() is preview.viewer.code)
    assert preview.details.values()["Kind"] == "code"


def test_space_looks_quickly_arrows_step_space_closes(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "dog")
    look, grid = window.parts.quick_look, window.parts.results.grid
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert look.isVisible()
    assert look.viewer.hit is not None
    assert look.viewer.hit.rank == 1
    qtbot.keyClick(look, Qt.Key.Key_Right)
    assert look.viewer.hit.rank == 2
    assert grid.currentIndex().row() == 1
    qtbot.keyClick(look, Qt.Key.Key_Left)
    qtbot.keyClick(look, Qt.Key.Key_Left)
    assert look.viewer.hit.rank == 1, "there is nothing before the first"
    qtbot.keyClick(look, Qt.Key.Key_Space)
    assert not look.isVisible()


def test_escape_closes_the_quick_look_and_keeps_the_query(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "dog")
    window.actions_by_name["quick_look"].trigger()
    window.actions_by_name["escape"].trigger()
    assert not window.parts.quick_look.isVisible()
    assert window.parts.search_box.text() == "dog"


def test_s_opens_a_stack_and_l_shows_the_list(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hits = [made_hit(rank, f"/photos/{rank}.jpg", group="a") for rank in (1, 2, 3)]
    ask(qtbot, window, "dog")
    assert ranks(window) == [1]
    results = window.parts.results
    results.grid.setFocus()
    qtbot.keyClick(results.grid, Qt.Key.Key_S)
    assert ranks(window) == [1, 2, 3]
    qtbot.keyClick(results.grid, Qt.Key.Key_L)
    assert results.table.isVisible()
    qtbot.keyClick(results.table, Qt.Key.Key_S)
    assert ranks(window) == [1]
    qtbot.keyClicks(field_of(window), "ls")
    assert window.parts.search_box.text().endswith("ls")
    assert results.table.isVisible(), "letters in the box are letters"


def test_a_folder_is_left_out_by_words_that_a_chip_takes_back(
    window: MainWindow, qtbot: QtBot, library: FakeLibrary
) -> None:
    library.hits = [made_hit(path="/photos/two words/a.jpg")]
    ask(qtbot, window, "a dog")
    with answered(qtbot, window):
        window.actions_by_name["leave_out"].trigger()
    assert library.queries[-1].text == 'a dog -in:"/photos/two words"'
    understood = understand(library.queries[-1])
    assert [to_text(part) for part in (understood.query.where,) if part] == [
        '-in:"/photos/two words"'
    ]
    assert "two words" in window.parts.banner.message()


def test_offline_hits_are_shown(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    hit: Hit = replace(made_hits(1)[0], offline=True)
    library.hits = [hit]
    ask(qtbot, window, "dog")
    assert window.parts.results.grid.grab().width() > 0
