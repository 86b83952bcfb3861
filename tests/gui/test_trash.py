"""Files that go to the trash after a question, and come back."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui import trash
from mmsearch.gui.library_session import Indexing
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.trash import Trashed, move_to_trash, put_back
from tests.files import RED, save_picture
from tests.gui.asking import ask, ranks
from tests.gui.fake_library import FakeLibrary, made_hit


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trash of the tests' own: nobody's real one is touched."""

    class OwnTrash:
        def __init__(self, name: str) -> None:
            self._path = Path(name)

        def moveToTrash(self) -> bool:
            target = tmp_path / "bin" / "files" / self._path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            self._path = self._path.rename(target)
            return True

        def fileName(self) -> str:
            return str(self._path)

    monkeypatch.setattr(trash, "QFile", OwnTrash)
    return tmp_path / "bin" / "files"


@pytest.fixture
def pictures(library: FakeLibrary, tmp_path: Path) -> list[Path]:
    """Three pictures that are found."""
    paths = [save_picture(tmp_path / "mine" / f"{name}.png", RED) for name in "abc"]
    library.hits = [made_hit(rank, path) for rank, path in enumerate(paths, 1)]
    return paths


def at_rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(
        lambda: window.jobs.n_waiting() == 0 and window.library.indexing is Indexing.IDLE
    )


# The trash ----------------------------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it would be the real")
def test_the_trash_of_the_system_takes_and_gives_back(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = save_picture(tmp_path / "a b.png", RED)
    content = path.read_bytes()
    trashed = move_to_trash(path)
    assert not path.exists()
    assert trashed.place is not None
    assert trashed.place.read_bytes() == content
    notes = list((tmp_path / "data" / "Trash" / "info").iterdir())
    assert [note.name for note in notes] == [f"{trashed.place.name}.trashinfo"]
    put_back(trashed)
    assert path.read_bytes() == content
    assert not trashed.place.exists()
    assert not notes[0].exists()


def test_what_is_not_there_cannot_go(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not there any more"):
        move_to_trash(tmp_path / "gone.png")


def test_nothing_is_put_back_over_another_file(tmp_path: Path) -> None:
    place, path = tmp_path / "bin.png", tmp_path / "a.png"
    place.write_bytes(b"old")
    path.write_bytes(b"new")
    with pytest.raises(UserError, match="another file"):
        put_back(Trashed(path, place))
    assert (place.read_bytes(), path.read_bytes()) == (b"old", b"new")


def test_where_the_system_does_not_tell_a_person_has_to_look(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not found in the trash"):
        put_back(Trashed(tmp_path / "a.png", None))


def test_files_come_back_from_the_trash_of_another_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, path = tmp_path / "bin.png", tmp_path / "new" / "a.png"
    place.write_bytes(b"content")

    def refuse(source: Path, target: Path) -> Path:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "rename", refuse)
    put_back(Trashed(path, place))
    assert path.read_bytes() == b"content"
    assert not place.exists()


# In the window ------------------------------------------------------------------------------------


def answer(window: MainWindow, place: int) -> None:
    window.parts.question.answers()[place].click()


def test_nothing_goes_before_the_answer(
    qtbot: QtBot, window: MainWindow, pictures: list[Path], bin_folder: Path
) -> None:
    ask(qtbot, window, "dog")
    grid = window.parts.results.grid
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert window.parts.question.question() == "Move “a.png” to the trash?"
    assert window.focusWidget() is window.parts.question.answers()[0]
    window.actions_by_name["escape"].trigger()
    assert window.parts.question.question() == ""
    assert window.parts.search_box.text() == "dog", "Esc has left the question only"
    assert grid.hasFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    answer(window, 0)
    at_rest(qtbot, window)
    assert all(path.exists() for path in pictures)


@pytest.mark.parametrize("how", ["button", "key"])
def test_files_go_and_come_back(
    qtbot: QtBot,
    window: MainWindow,
    library: FakeLibrary,
    pictures: list[Path],
    bin_folder: Path,
    how: str,
) -> None:
    ask(qtbot, window, "dog")
    grid, n_runs = window.parts.results.grid, library.n_runs
    grid.selectAll()
    window.actions_by_name["trash"].trigger()
    assert window.parts.question.question() == "Move 3 files to the trash?"
    grid.select_row(1)
    answer(window, 0)
    window.actions_by_name["trash"].trigger()
    answer(window, 1)
    qtbot.waitUntil(lambda: ranks(window) == [1, 3])
    assert [path.exists() for path in pictures] == [True, False, True]
    assert window.parts.banner.message() == "“b.png” is in the trash."
    qtbot.waitUntil(lambda: library.n_runs > n_runs)
    back: dict[str, Callable[[], object]] = {
        "button": window.parts.banner.offer.click,
        "key": window.actions_by_name["undo"].trigger,
    }
    back[how]()
    qtbot.waitUntil(lambda: ranks(window) == [1, 2, 3])
    assert all(path.exists() for path in pictures)
    at_rest(qtbot, window)


def test_what_cannot_go_is_told_and_the_rest_goes(
    qtbot: QtBot, window: MainWindow, pictures: list[Path], bin_folder: Path
) -> None:
    ask(qtbot, window, "dog")
    pictures[1].unlink()
    window.parts.results.grid.selectAll()
    window.actions_by_name["trash"].trigger()
    answer(window, 1)
    qtbot.waitUntil(lambda: "b.png is not there" in window.parts.banner.message())
    assert not pictures[0].exists()
    assert window.parts.banner.offer.isVisible()
    at_rest(qtbot, window)


def test_the_end_of_an_indexing_takes_no_question_away(
    qtbot: QtBot, window: MainWindow, pictures: list[Path], bin_folder: Path
) -> None:
    ask(qtbot, window, "dog")
    window.actions_by_name["trash"].trigger()
    with qtbot.waitSignal(window.library.indexed):
        window.library.start_indexing()
    assert window.parts.question.question() == "Move “a.png” to the trash?"
    at_rest(qtbot, window)
