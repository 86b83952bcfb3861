"""What leaves the window for other programs: found parts by dragging, pictures by copying."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from mmsearch.gui import clip_drag, result_grid, result_table
from mmsearch.gui.clip_drag import make_room
from mmsearch.gui.main_window import MainWindow
from mmsearch.types import Hit, Metadata, Modality, TimeRange
from tests.files import RED, save_picture, save_text
from tests.gui.asking import ask
from tests.gui.fake_library import FakeLibrary, made_hit
from tests.present.media_files import quiet_then_loud, write_sound


class Hand:
    """Says what is pressed; nobody has to."""

    def __init__(self) -> None:
        self.buttons = Qt.MouseButton.LeftButton
        self.keys = Qt.KeyboardModifier.AltModifier

    def mouseButtons(self) -> Qt.MouseButton:
        return self.buttons

    def keyboardModifiers(self) -> Qt.KeyboardModifier:
        return self.keys


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    made = Hand()
    for module in (clip_drag, result_grid, result_table):
        monkeypatch.setattr(module, "QGuiApplication", made)
    return made


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was dragged, instead of a drag that waits for a drop."""
    paths: list[Path] = []

    class Drag:
        def __init__(self, source: object) -> None:
            pass

        def setMimeData(self, data: QMimeData) -> None:
            paths.extend(Path(url.toLocalFile()) for url in data.urls())

        def exec(self, action: Qt.DropAction) -> None:
            assert action is Qt.DropAction.CopyAction

    monkeypatch.setattr(clip_drag, "QDrag", Drag)
    return paths


@pytest.fixture
def sound(library: FakeLibrary, tmp_path: Path) -> Hit:
    path = write_sound(tmp_path / "a.wav", quiet_then_loud(4))
    about = Metadata(duration_s=4.0)
    part = TimeRange(2.0, 3.0)
    library.hits = [made_hit(path=path, modality=Modality.AUDIO, locator=part, metadata=about)]
    return library.hits[0]


@pytest.mark.parametrize("view", ["grid", "table"])
def test_a_found_part_is_dragged_as_a_file(
    qtbot: QtBot, window: MainWindow, sound: Hit, hand: Hand, dragged: list[Path], view: str
) -> None:
    ask(qtbot, window, "loud")
    if view == "table":
        window.actions_by_name["view"].trigger()
    getattr(window.parts.results, view).startDrag(Qt.DropAction.CopyAction)
    qtbot.waitUntil(lambda: len(dragged) == 1)
    assert dragged[0].name == "a 0.02–0.03.wav"
    assert 0 < dragged[0].stat().st_size < sound.path.stat().st_size
    getattr(window.parts.results, view).startDrag(Qt.DropAction.CopyAction)
    assert dragged == [dragged[0]] * 2, "what is cut already is dragged at once"


def test_a_part_that_took_too_long_is_kept_for_the_next_drag(
    qtbot: QtBot, window: MainWindow, sound: Hit, hand: Hand, dragged: list[Path]
) -> None:
    ask(qtbot, window, "loud")
    hand.buttons = Qt.MouseButton.NoButton
    grid = window.parts.results.grid
    grid.startDrag(Qt.DropAction.CopyAction)
    qtbot.waitUntil(lambda: "Drag it again" in window.parts.banner.message())
    assert dragged == []
    grid.startDrag(Qt.DropAction.CopyAction)
    assert len(dragged) == 1


def test_what_has_no_found_part_is_not_dragged_with_alt(
    qtbot: QtBot, window: MainWindow, hand: Hand, dragged: list[Path]
) -> None:
    ask(qtbot, window, "dog")
    window.parts.results.grid.startDrag(Qt.DropAction.CopyAction)
    assert "Only a found part" in window.parts.banner.message()
    assert dragged == []


def test_a_sound_that_has_gone_is_told(
    qtbot: QtBot, window: MainWindow, sound: Hit, hand: Hand, dragged: list[Path]
) -> None:
    ask(qtbot, window, "loud")
    sound.path.unlink()
    window.parts.results.grid.startDrag(Qt.DropAction.CopyAction)
    qtbot.waitUntil(lambda: "Cutting" not in window.parts.banner.message())
    assert window.parts.banner.isVisible()
    assert dragged == []


def test_the_oldest_clips_give_way(tmp_path: Path) -> None:
    for age in range(5):
        folder = tmp_path / f"{age}"
        folder.mkdir()
        (folder / "a.mp4").touch()
        os.utime(folder, (1_000 + age, 1_000 + age))
    make_room(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["3", "4"]
    make_room(tmp_path / "none", 2)


def test_a_picture_is_copied_as_a_picture(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    path = save_picture(tmp_path / "a.png", RED)
    library.hits = [made_hit(1, path)]
    ask(qtbot, window, "dog")
    window.actions_by_name["copy_picture"].trigger()
    qtbot.waitUntil(lambda: window.parts.banner.message() == "Picture copied.")
    image = QGuiApplication.clipboard().image()
    assert not image.isNull()
    assert image.pixelColor(1, 1).getRgb()[:3] == RED


def test_code_and_files_that_are_gone_are_no_pictures(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    path = save_text(tmp_path / "a.py", "x = 1\n")
    library.hits = [made_hit(1, path, Modality.CODE), made_hit(2, tmp_path / "gone.png")]
    ask(qtbot, window, "dog")
    names = [action.text() for action in window.hits.menu().actions()]
    assert "Copy picture" not in names
    window.actions_by_name["copy_picture"].trigger()
    assert "Only pictures and films" in window.parts.banner.message()
    window.parts.results.grid.select_row(1)
    window.actions_by_name["copy_picture"].trigger()
    qtbot.waitUntil(lambda: "Only pictures" not in window.parts.banner.message())
    assert window.parts.banner.message() != "Picture copied."
