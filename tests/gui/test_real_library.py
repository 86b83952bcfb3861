"""The window over the real library, with an encoder that needs no weights."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.theme import Theme
from mmsearch.gui.window_state import WindowState
from mmsearch.library import open_library
from mmsearch.settings import Settings
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture, save_text
from tests.gui.asking import answered


def test_a_folder_is_dropped_indexed_searched_and_looked_at(
    qtbot: QtBot, theme: Theme, tmp_path: Path, fake_encoder: FakeEncoder
) -> None:
    folder = tmp_path / "files"
    save_picture(folder / "sky.png", BLUE)
    save_picture(folder / "rose.png", RED)
    save_text(folder / "area.py", "def area(width, height):\n    return width * height\n")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")

    def open_it() -> object:
        settings = Settings(decode_in_process=True)
        return open_library(tmp_path / "library", encoder=fake_encoder, settings=settings)

    window = MainWindow(
        open_it,  # type: ignore[arg-type]
        theme,
        WindowState(tmp_path / "window.ini"),
        tmp_path / "cache",
    )
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    window.start()
    parts = window.parts
    qtbot.waitUntil(lambda: parts.stack.currentWidget() is parts.first_run)

    window.library_flow.add([folder])
    qtbot.waitUntil(lambda: parts.status.text().startswith("Done: 3 files"))
    qtbot.waitUntil(lambda: parts.errors.model.rowCount() == 1)
    assert parts.errors.model.index(0, 0).data() == "broken.png"

    with answered(qtbot, window):
        parts.search_box.set_text("red")
    assert parts.result_model.hits()[0].path.name == "rose.png"
    viewer = parts.preview.viewer
    qtbot.waitUntil(
        lambda: viewer.currentWidget() is viewer.picture and viewer.picture.has_picture()
    )

    with answered(qtbot, window):
        parts.search_box.search_like([folder / "sky.png"])
    assert parts.result_model.hits()[0].path.name == "sky.png"

    window.library.remove(folder)
    qtbot.waitUntil(lambda: parts.root_model.rowCount() == 0)
    assert (folder / "sky.png").exists()
    window.close()


def test_a_folder_that_leaves_and_returns_is_noticed(
    qtbot: QtBot, theme: Theme, tmp_path: Path, fake_encoder: FakeEncoder
) -> None:
    folder = tmp_path / "stick"
    save_picture(folder / "rose.png", RED)

    def open_it() -> object:
        settings = Settings(decode_in_process=True)
        return open_library(tmp_path / "library", encoder=fake_encoder, settings=settings)

    state = WindowState(tmp_path / "window.ini")
    window = MainWindow(open_it, theme, state, tmp_path / "cache")  # type: ignore[arg-type]
    qtbot.addWidget(window)
    window.show()
    window.start()
    parts, drives = window.parts, window.folder_flows.drives

    def look_until(is_online: bool) -> None:
        def seen() -> bool:
            drives.look()
            return [root.online for root in parts.root_model.roots()] == [is_online]

        qtbot.waitUntil(seen)

    qtbot.waitUntil(lambda: parts.stack.currentWidget() is parts.first_run)
    window.library_flow.add([folder])
    qtbot.waitUntil(lambda: parts.status.text().startswith("Done: 1 file"))
    look_until(True)
    with qtbot.waitSignal(window.search.answered):
        parts.search_box.set_text("red")
    folder.rename(tmp_path / "away")
    look_until(False)
    qtbot.waitUntil(lambda: parts.result_model.hits()[0].offline)
    (tmp_path / "away").rename(folder)
    save_picture(folder / "new.png", BLUE)
    look_until(True)
    qtbot.waitUntil(lambda: not parts.result_model.hits()[0].offline)
    qtbot.waitUntil(lambda: parts.root_model.roots()[0].n_indexed == 2)
    window.close()
