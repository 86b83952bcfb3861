"""The preview of each kind, from real small files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QTextCursor
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui import media_view
from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.curves import Curves
from mmsearch.gui.details import DetailsTable, detail_rows, why_rows
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.picture_view import PictureView
from mmsearch.gui.player import load_multimedia
from mmsearch.gui.preview_pane import PreviewPane
from mmsearch.gui.theme import Theme, ThemeMode
from mmsearch.gui.viewer import Preview, Viewer
from mmsearch.present.visuals import Visuals
from mmsearch.types import Hit, LineRange, Metadata, Modality, TimeRange
from tests.conftest import PATIENCE_S
from tests.files import RED, save_picture, save_text
from tests.gui.fake_library import made_hit
from tests.gui.painting import plain_pixmap
from tests.present.media_files import quiet_then_loud, write_film, write_sound

CODE = '"""Doc."""\n\n\ndef area(width, height):\n    """About λ 😀 it."""\n    return width * 2\n'
# Long enough that the found lines would be out of sight without scrolling.
LONG_CODE = "x = 1\n" * 200 + CODE + "y = 2\n" * 200


@pytest.fixture
def preview(jobs: Jobs, tmp_path: Path) -> Preview:
    visuals = Visuals(tmp_path / "cache")
    return Preview(jobs, visuals, CellLoader(jobs, visuals), Curves(jobs))


@pytest.fixture
def pane(qtbot: QtBot, preview: Preview, theme: Theme) -> PreviewPane:
    made = PreviewPane(preview, theme)
    qtbot.addWidget(made)
    made.resize(340, 800)
    made.show()
    return made


Show = Callable[[Hit], Viewer]


@pytest.fixture
def show(qtbot: QtBot, pane: PreviewPane) -> Show:
    def run(hit: Hit) -> Viewer:
        with qtbot.waitSignal(pane.viewer.shown):
            pane.show_hit(hit)
        return pane.viewer

    return run


def sound_hit(folder: Path) -> Hit:
    return made_hit(
        path=write_sound(folder / "a.wav", quiet_then_loud(4)),
        modality=Modality.AUDIO,
        locator=TimeRange(2.0, 3.0),
        metadata=Metadata(duration_s=4.0),
    )


def film_hit(folder: Path, *, seconds_each: int = 1) -> Hit:
    """Its green part."""
    return made_hit(
        path=write_film(folder / "a.mp4", seconds_each=seconds_each),
        modality=Modality.VIDEO,
        locator=TimeRange(seconds_each, 2.0 * seconds_each),
        metadata=Metadata(duration_s=3.0 * seconds_each, width_px=160, height_px=90),
    )


def test_a_picture(show: Show, tmp_path: Path) -> None:
    viewer = show(made_hit(path=save_picture(tmp_path / "a.png", RED)))
    assert viewer.currentWidget() is viewer.picture
    target = viewer.picture.target()
    assert target.width() <= viewer.picture.width()
    assert target.width() / target.height() == pytest.approx(64 / 48, rel=0.02)
    middle = viewer.picture.grab().toImage().pixelColor(viewer.picture.rect().center())
    assert middle == QColor("#FF0000")


def test_a_first_small_copy_takes_the_place_of_the_better_one(qtbot: QtBot, theme: Theme) -> None:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(1000, 800)
    whole = QSizeF(900, 600)
    view.set_picture(plain_pixmap(256, 171, "#FF8800"), whole)
    first = view.target()
    view.set_picture(plain_pixmap(900, 600, "#FF8800"), whole)
    assert view.target() == first
    view.set_picture(plain_pixmap(100, 50, "#FF8800"))
    assert view.target().width() == 200, "a small picture grows at most twofold"


def test_a_film_shows_the_still_of_the_hit(show: Show, tmp_path: Path) -> None:
    viewer = show(film_hit(tmp_path))
    assert viewer.currentWidget() is viewer.media
    still = viewer.media._still
    colour = still.grab().toImage().pixelColor(still.rect().center())
    assert colour.green() > 120 > colour.red()
    assert viewer.media._time.text() == "0:01 / 0:03"
    assert viewer.media._line.sizeHint().height() == 44


def test_a_sound_shows_its_wave_with_the_hit(show: Show, tmp_path: Path, theme: Theme) -> None:
    viewer = show(sound_hit(tmp_path))
    assert viewer.currentWidget() is viewer.media
    assert not viewer.media._still.isVisible()
    image = viewer.media._line.grab().toImage()
    accent = QColor(theme.colours.accent)
    columns = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) == accent for y in range(image.height()))
    ]
    assert 0.45 < min(columns) / image.width() < 0.55
    assert 0.7 < max(columns) / image.width() < 0.8


def test_code_shows_the_found_lines_marked_and_in_sight(show: Show, tmp_path: Path) -> None:
    path = save_text(tmp_path / "a.py", LONG_CODE)
    viewer = show(made_hit(path=path, modality=Modality.CODE, locator=LineRange(204, 206)))
    assert viewer.currentWidget() is viewer.code
    code = viewer.code
    marked = [mark.cursor.block().text() for mark in code.extraSelections()]
    assert marked == CODE.split("\n")[3:6]
    top = code.firstVisibleBlock().blockNumber()
    assert 195 < top < 204
    assert code.number_of_row(203) == "204"
    assert code.isReadOnly()


def test_the_keys_go_from_found_place_to_found_place(show: Show, tmp_path: Path) -> None:
    path = save_text(tmp_path / "b.py", "x = 1\n" * 300)
    hit = made_hit(path=path, modality=Modality.CODE, locator=LineRange(200, 204))
    viewer = show(replace(hit, passages=(LineRange(90, 91), LineRange(250, 260))))
    code = viewer.code

    def step(by: int) -> str:
        viewer.step_moment(by)
        return code.number_of_row(code.textCursor().blockNumber())

    assert code.number_of_row(code.textCursor().blockNumber()) == "200", "the best one comes first"
    assert [step(1), step(1), step(-1), step(-1), step(-1)] == ["250", "250", "200", "90", "90"]
    first = code.firstVisibleBlock().blockNumber() + 1
    assert 80 < first <= 90, "it is in sight"


def test_code_has_the_colours_of_its_tokens_also_behind_wide_characters(
    show: Show, tmp_path: Path, theme: Theme
) -> None:
    path = save_text(tmp_path / "a.py", CODE)
    viewer = show(made_hit(path=path, modality=Modality.CODE, locator=LineRange(4, 6)))

    def colour_at(line: int, word: str) -> str:
        block = viewer.code.document().findBlockByNumber(line - 1)
        before = block.text()[: block.text().index(word)]
        place = len(before.encode("utf-16-le")) // 2
        for part in block.layout().formats():
            if part.start <= place < part.start + part.length:
                return str(part.format.foreground().color().name().upper())
        return ""

    assert colour_at(4, "def") == theme.colours.keyword
    assert colour_at(5, "it.") == theme.colours.string
    theme.set_mode(ThemeMode.DARK)
    assert colour_at(4, "def") == theme.colours.keyword


def test_code_can_be_copied(show: Show, tmp_path: Path) -> None:
    path = save_text(tmp_path / "a.py", CODE)
    viewer = show(made_hit(path=path, modality=Modality.CODE))
    viewer.code.selectAll()
    assert viewer.code.textCursor().selection().toPlainText() == CODE.rstrip("\n")
    viewer.code.moveCursor(QTextCursor.MoveOperation.Start)


def test_an_unreadable_file_says_why(show: Show, tmp_path: Path, pane: PreviewPane) -> None:
    viewer = show(made_hit(path=tmp_path / "gone.jpg"))
    assert viewer._trouble.text() == "The file is no longer there."


def test_a_file_that_is_away_says_what_to_do(show: Show, tmp_path: Path, pane: PreviewPane) -> None:
    viewer = show(made_hit(path=tmp_path / "gone.jpg", offline=True))
    assert viewer._trouble.text() == "Connect its drive to see it."


def test_only_the_newest_hit_is_shown(
    qtbot: QtBot, pane: PreviewPane, tmp_path: Path, show: Show
) -> None:
    first = made_hit(path=save_picture(tmp_path / "a.png", RED))
    pane.show_hit(first)
    viewer = show(sound_hit(tmp_path))
    qtbot.wait(30)
    assert viewer.currentWidget() is viewer.media


def test_nothing_selected_says_so(pane: PreviewPane, tmp_path: Path, show: Show) -> None:
    show(made_hit(path=save_picture(tmp_path / "a.png", RED)))
    pane.show_hit(None)
    assert pane._nothing.isVisible()
    assert not pane._body.isVisible()
    assert pane.viewer.hit is None


def test_the_buttons_ask_for_the_hit_shown(
    qtbot: QtBot, pane: PreviewPane, show: Show, tmp_path: Path
) -> None:
    hit = made_hit(path=save_picture(tmp_path / "a.png", RED))
    show(hit)
    asked: list[Hit] = []
    for signal in (pane.open_asked, pane.reveal_asked, pane.similar_asked, pane.copy_path_asked):
        signal.connect(asked.append)
    for button in pane._buttons.findChildren(type(pane.viewer.media._play)):
        button.click()
    assert asked == [hit] * 4


# Playing ------------------------------------------------------------------------------------


def can_play() -> bool:
    try:
        load_multimedia()
    except UserError:
        return False
    return True


needs_player = pytest.mark.skipif(not can_play(), reason="no libpulse0: QtMultimedia cannot load")
# Machines of the tests have neither a sound server nor a graphics card.
quiet_player = pytest.mark.qt_log_ignore("pa_context_connect", "No RHI backend", extend=True)


@needs_player
@quiet_player
def test_playing_starts_at_the_hit(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    media = show(film_hit(tmp_path, seconds_each=60)).media
    positions: list[float] = []
    frames: list[QColor] = []
    media.toggle()
    player = media._player
    assert player is not None
    player.position_changed.connect(positions.append)
    player.frame_shown.connect(lambda image: frames.append(image.pixelColor(80, 45)))
    qtbot.waitUntil(lambda: any(position > 60.1 for position in positions))
    qtbot.waitUntil(lambda: any(colour.green() > 120 for colour in frames))
    assert media._play.accessibleName() == "Pause"
    assert max(positions) < 120
    media.go_to_hit()
    media.release()
    assert not media.is_open()
    assert media._play.accessibleName() == "Play from the found moment"


@needs_player
@quiet_player
def test_what_is_hidden_does_not_play(
    qtbot: QtBot, show: Show, pane: PreviewPane, tmp_path: Path
) -> None:
    media = show(sound_hit(tmp_path)).media
    media.toggle()
    assert media.is_open()
    pane.show_hit(made_hit(path=save_picture(tmp_path / "a.png", RED)))
    assert not media.is_open()


@needs_player
def test_players_come_and_go_while_other_threads_want_the_interpreter(tmp_path: Path) -> None:
    """In a process of its own, because what it looks for is a window that hangs forever."""
    sound = write_sound(tmp_path / "a.wav", quiet_then_loud(4))
    command = [sys.executable, "-m", "tests.gui.restless_player", str(sound), "20"]
    ran = subprocess.run(command, stdout=subprocess.PIPE, timeout=2 * PATIENCE_S, check=False)
    assert ran.stdout == b"done\n"


def test_without_the_system_library_the_still_stays_and_a_sentence_says_why(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise UserError("Playing is not possible here: a system library is missing.", "libpulse0")

    monkeypatch.setattr(media_view, "Player", missing)
    media = show(film_hit(tmp_path)).media
    media.toggle()
    assert "libpulse0" in media._trouble.text()
    assert media._trouble.isVisible()
    assert media._still.has_picture()
    assert not media.is_open()


@needs_player
@quiet_player
def test_a_file_that_cannot_be_played_says_so(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    hit = sound_hit(tmp_path)
    media = show(hit).media
    hit.path.write_bytes(b"no sound any more")
    media.toggle()
    qtbot.waitUntil(lambda: media._trouble.isVisible())
    assert "cannot be played" in media._trouble.text()


def test_the_time_line_seeks_by_mouse_and_keys(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    line = show(sound_hit(tmp_path)).media._line
    sought: list[float] = []
    line.sought.connect(sought.append)
    middle = QPointF(line.width() / 2, 10).toPoint()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=middle)
    line.set_position(1.0)
    qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert sought == [pytest.approx(2.0, abs=0.05), 4.0, 0.0]


# Details ------------------------------------------------------------------------------------


def test_details_leave_out_what_is_not_known() -> None:
    rows = dict(detail_rows(made_hit()))
    assert rows["Kind"] == "picture"
    assert rows["Folder"] == str(Path("/photos"))
    assert rows["Size"] == "12 kB"
    assert set(rows) == {"Kind", "Folder", "Size", "Changed"}


def test_details_show_everything_that_is_known() -> None:
    about = Metadata(
        width_px=4000,
        height_px=3000,
        duration_s=83.0,
        taken_at="2023-07-14T18:03:11",
        camera="Sony A7",
        latitude=48.137,
        longitude=11.575,
        language="python",
        n_lines=1200,
        title="T",
        artist="A",
        album="B",
        notes=("only the first 4 hours",),
    )
    hit = replace(made_hit(metadata=about), locator=TimeRange(42, 51))
    rows = dict(detail_rows(hit))
    assert rows["Found"] == "0:42 – 0:51"
    assert rows["Dimensions"] == "4,000 × 3,000"
    assert rows["Duration"] == "1:23"
    assert rows["Taken"] == "2023-07-14 18:03:11"
    assert rows["Place"] == "48.13700, 11.57500"
    assert rows["Lines"] == "1,200"
    assert rows["Map"] == "https://www.openstreetmap.org/?mlat=48.13700&mlon=11.57500"
    assert len(rows) == 17


def test_lines_are_named() -> None:
    one = made_hit(modality=Modality.CODE, locator=LineRange(7, 7))
    many = made_hit(modality=Modality.CODE, locator=LineRange(7, 9))
    assert dict(detail_rows(one))["Found"] == "line 7"
    assert dict(detail_rows(many))["Found"] == "lines 7 – 9"


def test_why_has_the_word_and_the_numbers() -> None:
    hit = replace(made_hit(), scores={"cosine": 0.31, "cosine text": 0.2})
    assert why_rows(hit) == [
        ("Match", "strong (0.80)"),
        ("Rank", "1"),
        ("Cosine", "0.310"),
        ("Cosine, text", "0.200"),
    ]


def test_the_table_shows_rows_and_forgets_old_ones(qtbot: QtBot) -> None:
    table = DetailsTable()
    qtbot.addWidget(table)
    table.show_rows([("a", "1"), ("b", "/long/path_with-parts.txt"), ("c", "3")])
    table.show_rows([("b", "/long/path_with-parts.txt")])
    assert table.values() == {"b": "/long/path_with-parts.txt"}
