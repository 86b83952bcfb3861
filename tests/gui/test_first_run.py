"""The first page: likely folders with what they hold and cost, counted beside the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QStandardPaths, Qt
from pytestqt.qtbot import QtBot

from mmsearch.gui import likely_folders as likely_module
from mmsearch.gui import survey_flow
from mmsearch.gui.first_run_page import FirstRunPage
from mmsearch.gui.likely_folders import LikelyFolder, likely_folders
from mmsearch.gui.texts import about_time, kinds_text
from mmsearch.gui.theme import Theme
from mmsearch.gui.tick_box import TickBox
from mmsearch.types import Modality, Survey
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary

PICTURES, FILMS, NOTES = Path("/home/me/Pictures"), Path("/home/me/Films"), Path("/home/me/Notes")


def survey(complete: bool = True, time_s: float = 240.0, **counts: int) -> Survey:
    kinds = {kind: counts.get(kind.value, 0) for kind in Modality}
    return Survey(kinds, 1_000_000, time_s, 19_000_000, complete)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> FirstRunPage:
    made = FirstRunPage(theme)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    folders = [LikelyFolder(PICTURES, True), LikelyFolder(FILMS, True), LikelyFolder(NOTES, False)]
    made.offer(folders)
    return made


def test_it_says_that_nothing_leaves_the_computer(page: FirstRunPage) -> None:
    assert "Nothing leaves this computer" in page.text.text()


def test_the_wanted_folders_are_ticked_and_added_together(qtbot: QtBot, page: FirstRunPage) -> None:
    assert page.chosen() == [PICTURES, FILMS]
    assert page.first_button().text() == "Add these 2 folders"
    page.offers[1].set_chosen(False)
    assert page.first_button().text() == "Add this folder"
    page.offers[2].set_chosen(True)
    with qtbot.waitSignal(page.folders_chosen) as chosen:
        page.first_button().click()
    assert chosen.args == [[PICTURES, NOTES]]


def test_other_folders_and_the_samples_stay_on_offer(qtbot: QtBot, page: FirstRunPage) -> None:
    _, others, samples = page.buttons()
    with qtbot.waitSignal(page.add_asked):
        others.click()
    with qtbot.waitSignal(page.sample_asked):
        samples.click()


@pytest.mark.parametrize("untick", [True, False])
def test_where_nothing_is_chosen_the_first_button_asks_for_folders(
    qtbot: QtBot, page: FirstRunPage, untick: bool
) -> None:
    if untick:
        for offer in page.offers:
            offer.set_chosen(False)
    else:
        page.offer([])
    assert page.first_button().text() == "Add folders…"
    assert not page.buttons()[1].isVisible(), "one button for the same thing is enough"
    with qtbot.waitSignal(page.add_asked):
        page.first_button().click()


def test_counts_come_as_they_are_made(page: FirstRunPage) -> None:
    first, second, _ = page.offers
    assert first.text() == "Counting…"
    first.show_survey(survey(complete=False, image=1200))
    assert first.text() == "Counting… 1,200 files so far"
    first.show_survey(survey(image=1204, video=31))
    assert first.text() == "1,204 pictures, 31 videos about 4 min, 19 MB of disk space"
    page.show_sum()
    assert not page._sum.isVisible(), "the other folder is not counted yet"
    second.show_survey(survey(video=7, time_s=3600))
    page.show_sum()
    assert page._sum.isVisible()
    assert "about 64 min, 38 MB" in page._sum.text()


def test_a_folder_with_nothing_to_read_cannot_be_chosen(page: FirstRunPage) -> None:
    page.offers[0].show_survey(survey())
    assert page.offers[0].text() == "Nothing that mmsearch reads"
    assert page.chosen() == [FILMS]
    assert page.first_button().text() == "Add this folder"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "under a minute"), (100, "about 2 min"), (5000, "about 83 min"), (7300, "about 2 h")],
)
def test_estimated_times_are_round(seconds: float, words: str) -> None:
    assert about_time(seconds) == words


def test_kinds_come_with_the_most_first() -> None:
    assert kinds_text({Modality.IMAGE: 2, Modality.CODE: 1000, Modality.AUDIO: 0}) == (
        "1,000 code files, 2 pictures"
    )
    assert kinds_text({Modality.CODE: 1}) == "1 code file"
    assert kinds_text({}) == ""


def test_a_box_shows_whether_it_is_ticked(qtbot: QtBot, theme: Theme) -> None:
    box = TickBox("A folder with a rather long name", theme)
    qtbot.addWidget(box)
    box.resize(120, 24)
    open_box = box.grab().toImage()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(100, 12))
    assert box.isChecked()
    assert box.grab().toImage() != open_box


# Which folders are likely ---------------------------------------------------------------------


def test_likely_folders_are_there_and_hold_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = QStandardPaths.StandardLocation
    named = {
        place.PicturesLocation: tmp_path / "Pictures",
        place.MoviesLocation: tmp_path / "Pictures" / "Films",
        place.MusicLocation: tmp_path / "Music",
        place.DocumentsLocation: tmp_path / "gone",
    }
    for folder in ("Pictures/Films", "Music", "projects", "src"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("Pictures/a.jpg", "Pictures/Films/b.mp4", "projects/c.py"):
        (tmp_path / file).touch()
    monkeypatch.setattr(
        likely_module.QStandardPaths, "writableLocation", lambda one: str(named[one])
    )
    monkeypatch.setattr(likely_module.Path, "home", lambda: tmp_path)
    assert likely_folders() == [
        LikelyFolder(tmp_path / "Pictures", True),
        LikelyFolder(tmp_path / "projects", False),
    ]
    named[place.PicturesLocation] = tmp_path
    assert tmp_path not in [one.path for one in likely_folders()], "home is too much"


# In the window --------------------------------------------------------------------------------


def test_the_window_counts_what_it_offers_and_adds_it(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [LikelyFolder(PICTURES, True), LikelyFolder(FILMS, False)]
    monkeypatch.setattr(survey_flow, "likely_folders", lambda: folders)
    library.folders = []
    library.surveys = {PICTURES: survey(image=12), FILMS: survey(video=2)}
    window = make_window()
    first_run = window.parts.first_run
    qtbot.waitUntil(lambda: len(first_run.offers) == 2)
    qtbot.waitUntil(lambda: "12 pictures" in first_run.offers[0].text())
    qtbot.waitUntil(lambda: "2 videos" in first_run.offers[1].text())
    assert not any(name.startswith("mmsearch-media") for name in library.threads)
    first_run.first_button().click()
    qtbot.waitUntil(lambda: library.folders == [PICTURES])
    qtbot.waitUntil(lambda: window.parts.stack.currentWidget() is window.parts.welcome)


def test_counting_ends_with_the_page_and_goes_on_with_it(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_flow, "likely_folders", lambda: [LikelyFolder(PICTURES, True)])
    library.folders = []
    library.surveys = {PICTURES: survey(image=12)}
    library.survey_gate.clear()
    window = make_window(wait=False)
    first_run = window.parts.first_run
    qtbot.waitUntil(lambda: bool(first_run.offers))
    qtbot.waitUntil(lambda: "so far" in first_run.offers[0].text())
    window.library_flow.show_settings()
    qtbot.waitUntil(lambda: window.jobs.n_waiting() == 0)
    library.survey_gate.set()
    assert "so far" in first_run.offers[0].text()
    window.library_flow.leave_aside()
    qtbot.waitUntil(lambda: "12 pictures" in first_run.offers[0].text())
