"""Progress in words, and only when there is something to say."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from mmsearch.gui.library_session import Indexing
from mmsearch.gui.status_row import StatusRow
from mmsearch.gui.texts import time_left
from mmsearch.gui.theme import Theme
from mmsearch.types import IndexReport, Progress


@pytest.fixture
def status(qtbot: QtBot, theme: Theme) -> StatusRow:
    made = StatusRow(theme)
    qtbot.addWidget(made)
    made.resize(1200, 40)
    return made


def report(**fields: int | bool) -> IndexReport:
    numbers = dict.fromkeys(
        ("n_found", "n_unchanged", "n_indexed", "n_reused", "n_removed", "n_failed", "n_offline"), 0
    )
    return IndexReport(**(numbers | {"n_segments": 0, "elapsed_s": 1.0} | fields))  # type: ignore[arg-type]


RUNNING = Progress(
    "indexing",
    n_todo=31_022,
    n_done=12_410,
    files_per_s=96.4,
    eta_s=193,
    current="/home/me/Films/a very long name of a film.mp4",
)


def test_it_is_hidden_while_there_is_nothing_to_say(status: StatusRow) -> None:
    assert status.isHidden()


def test_progress_in_words(status: StatusRow) -> None:
    status.show_indexing(Indexing.RUNNING)
    status.show_progress(RUNNING)
    assert status.text() == "Indexing: 12,410 of 31,022 · 96 files/s · 3 min left"
    assert not status.isHidden()


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress("scanning", n_found=1234), "Looking for files: 1,234 found"),
        (Progress("finishing"), "Finishing…"),
        (Progress("indexing", n_todo=10), "Indexing: 0 of 10"),
        (
            Progress("indexing", n_todo=10, n_done=1, files_per_s=0.25, eta_s=36.0),
            "Indexing: 1 of 10 · 0.2 files/s · less than a minute left",
        ),
        (
            Progress("indexing", n_todo=10, n_done=10, files_per_s=5, eta_s=0.0),
            "Indexing: 10 of 10 · 5.0 files/s",
        ),
    ],
)
def test_each_phase_has_words(status: StatusRow, progress: Progress, words: str) -> None:
    assert status.progress_words(progress) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (59, "less than a minute left"),
        (60, "1 min left"),
        (3599, "1 h 0 min left"),
        (5400, "1 h 30 min left"),
    ],
)
def test_time_left(seconds: float, words: str) -> None:
    assert time_left(seconds) == words


def test_numbers_change_at_a_pace_that_can_be_read(status: StatusRow) -> None:
    status.show_indexing(Indexing.RUNNING)
    for n_done in range(1, 50):
        status.show_progress(Progress("indexing", n_todo=100, n_done=n_done))
    assert status.text().startswith("Indexing: 1 of 100")


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (report(n_unchanged=5), "Everything is up to date."),
        (report(n_indexed=1), "Done: 1 file indexed."),
        (report(n_indexed=1200, n_reused=34), "Done: 1,234 files indexed."),
        (
            report(n_indexed=10, n_unchanged=5, stopped=True),
            "Indexing stopped; 15 files are in the library so far.",
        ),
    ],
)
def test_a_report_in_words(status: StatusRow, done: IndexReport, words: str) -> None:
    status.show_report(done)
    assert status.text() == words
    status.clear()
    assert status.isHidden()


def test_pause_becomes_resume(qtbot: QtBot, status: StatusRow) -> None:
    status.show_indexing(Indexing.RUNNING)
    with qtbot.waitSignal(status.pause_asked):
        status._pause.click()
    status.show_indexing(Indexing.PAUSED)
    assert "paused" in status.text()
    assert status._pause.accessibleName() == "Go on"
    with qtbot.waitSignal(status.resume_asked):
        status._pause.click()
    with qtbot.waitSignal(status.stop_asked):
        status._stop.click()


def test_unreadable_files_stay_in_sight_after_the_run(qtbot: QtBot, status: StatusRow) -> None:
    status.show_failed(7)
    status.show_indexing(Indexing.IDLE)
    status.clear()
    assert not status.isHidden()
    assert status._errors.text() == "7 unreadable files"
    with qtbot.waitSignal(status.errors_asked):
        status._errors.click()
    status.show_failed(0)
    assert status.isHidden()


def test_a_narrow_row_keeps_its_words(qtbot: QtBot, status: StatusRow) -> None:
    status.show_indexing(Indexing.RUNNING)
    status.show_progress(RUNNING)
    status.show()
    assert status._bar.isVisible()
    assert status.minimumSizeHint().width() < 620
    status.resize(600, 40)
    qtbot.waitUntil(lambda: not status._bar.isVisible())
    assert status._text.isVisible()
    assert status._pause.isVisible()
