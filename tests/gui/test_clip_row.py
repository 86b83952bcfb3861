"""Saving a found part from the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui.clip_row import ClipRow
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.theme import Theme
from mmsearch.present import clip
from mmsearch.types import Hit, Metadata, Modality, TimeRange
from tests.gui.asking import ask
from tests.gui.fake_library import FakeLibrary, made_hit
from tests.present.media_files import quiet_then_loud, write_sound

PART = TimeRange(2.0, 3.0)


@pytest.fixture
def hit(tmp_path: Path) -> Hit:
    path = write_sound(tmp_path / "a.wav", quiet_then_loud(4))
    about = Metadata(duration_s=4.0)
    return made_hit(path=path, modality=Modality.AUDIO, locator=PART, metadata=about)


@pytest.fixture
def clip_row(qtbot: QtBot, jobs: Jobs, theme: Theme) -> ClipRow:
    made = ClipRow(jobs, theme)
    qtbot.addWidget(made)
    return made


def test_a_clip_is_saved_and_can_be_shown(
    qtbot: QtBot, clip_row: ClipRow, hit: Hit, tmp_path: Path
) -> None:
    target = tmp_path / "b.wav"
    asked: list[Path] = []
    clip_row.reveal_asked.connect(asked.append)
    clip_row.start(hit, PART, target)
    assert clip_row.is_busy()
    qtbot.waitUntil(lambda: not clip_row.is_busy())
    assert target.exists()
    assert clip_row.words() == "Saved b.wav."
    assert clip_row._bar.isHidden()
    clip_row.reveal.click()
    assert asked == [target]
    clip_row.stop.click()
    assert clip_row.isHidden()


def test_what_went_wrong_is_said_in_the_row(
    qtbot: QtBot, clip_row: ClipRow, hit: Hit, tmp_path: Path
) -> None:
    clip_row.start(hit, PART, tmp_path / "gone" / "b.wav")
    qtbot.waitUntil(lambda: not clip_row.is_busy())
    assert "cannot be written" in clip_row.words()
    assert clip_row.reveal.isHidden()
    assert clip_row.stop.accessibleName() == "Dismiss"


def test_nothing_is_replaced_that_nobody_asked_about(
    qtbot: QtBot, clip_row: ClipRow, hit: Hit, tmp_path: Path
) -> None:
    target = tmp_path / "b.wav"
    target.write_bytes(b"precious")
    clip_row.start(hit, PART, target)
    qtbot.waitUntil(lambda: not clip_row.is_busy())
    assert "is there already" in clip_row.words()
    assert target.read_bytes() == b"precious"


def test_a_clip_can_be_stopped(
    qtbot: QtBot,
    clip_row: ClipRow,
    hit: Hit,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_half = threading.Event()

    def slowly(
        source: Path, target: Path, part: TimeRange, step: Callable[[float], bool], **_: object
    ) -> None:
        while step(0.5):
            at_half.wait(0.005)

    monkeypatch.setattr(clip, "cut_clip", slowly)
    clip_row.start(hit, PART, tmp_path / "b.wav")
    qtbot.waitUntil(lambda: clip_row._bar.value() == 500)
    assert clip_row.words() == "Saving b.wav…"
    clip_row.start(hit, PART, tmp_path / "c.wav")
    assert clip_row.words() == "Saving b.wav…", "one at a time"
    clip_row.stop.click()
    qtbot.waitUntil(lambda: not clip_row.is_busy())
    assert clip_row.isHidden()


def test_the_button_asks_where_with_a_good_name(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, hit: Hit, tmp_path: Path
) -> None:
    library.hits = [hit]
    viewer = window.parts.preview.viewer
    with qtbot.waitSignal(viewer.shown):
        window.parts.search_box.set_text("loud")
    assert viewer.media._clip.isVisible()
    viewer.media._clip.click()
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["a 0.02–0.03.wav"]
    dialog.fileSelected.emit(str(tmp_path / "mine.wav"))
    qtbot.waitUntil(lambda: window.parts.preview.clip.words() == "Saved mine.wav.")
    dialog.close()


def test_an_offline_film_offers_no_clip(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hits = [made_hit(modality=Modality.AUDIO, locator=PART, offline=True)]
    ask(qtbot, window, "loud")
    assert not window.parts.preview.viewer.media._clip.isVisible()
    with pytest.raises(UserError):
        clip.cut_clip(Path("/gone.wav"), Path("/gone2.wav"), PART, lambda _: True)
