"""The application, the theme, and a window over a fake library."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mmsearch.gui import survey_flow
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.running import leave_clipboard
from mmsearch.gui.theme import Theme, ThemeMode
from mmsearch.gui.translating import install_language
from mmsearch.gui.window_state import WindowState
from tests.gui.fake_library import FakeLibrary

SLOW_JOBS_MS = int(os.environ.get("MMSEARCH_TEST_SLOW_JOBS_MS", "0"))
"""With it, jobs start and deliver up to so much later: what a test does not wait for, fails."""


@pytest.fixture(scope="session", autouse=True)
def _slow_jobs() -> Iterator[None]:
    """Look for races: MMSEARCH_TEST_SLOW_JOBS_MS=60 python -m pytest tests/gui."""
    with pytest.MonkeyPatch.context() as patch:
        if SLOW_JOBS_MS:
            for name in ("_run", "_post"):
                patch.setattr(Jobs, name, _late(getattr(Jobs, name)))
        yield


def _late(step: Callable[..., None]) -> Callable[..., None]:
    def later(*arguments: object) -> None:
        time.sleep(random.uniform(0, SLOW_JOBS_MS / 1000))
        step(*arguments)

    return later


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """One theme for all tests: setting a style sheet anew for each takes longer than the tests."""
    return Theme(qapp, ThemeMode.LIGHT)


@pytest.fixture(scope="session", autouse=True)
def _clipboard_left(qapp: QApplication) -> Iterator[None]:
    """As the program does at its end; without it the test process crashes there."""
    yield
    leave_clipboard()


@pytest.fixture(autouse=True)
def _light_again(theme: Theme) -> Iterator[None]:
    """A test that switches the theme does not change the next one."""
    yield
    theme.set_mode(ThemeMode.LIGHT)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """A bridge that is closed at the end."""
    made = Jobs()
    yield made
    made.close()


def working_threads() -> list[str]:
    """The threads of all lanes of all windows."""
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name.startswith("mmsearch-")]


@pytest.fixture
def library() -> FakeLibrary:
    """A library with one folder and three pictures."""
    made = FakeLibrary()
    made.folders = [Path("/photos")]
    return made


@pytest.fixture(autouse=True)
def _no_likely_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in the home of whoever runs the tests is no part of them."""
    monkeypatch.setattr(survey_flow, "likely_folders", lambda: [])


MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def make_window(
    qtbot: QtBot, theme: Theme, library: FakeLibrary, tmp_path: Path
) -> Iterator[MakeWindow]:
    """Returns a function that shows a window, at rest unless it indexes at start."""
    made: list[MainWindow] = []

    def make(*, index_at_start: bool = False, wait: bool = True) -> MainWindow:
        state = WindowState(tmp_path / "window.ini")
        window = MainWindow(
            lambda: library, theme, state, tmp_path / "cache", index_at_start=index_at_start
        )
        made.append(window)
        window.show()
        window.start()
        if wait:
            opening = window.parts.opening
            qtbot.waitUntil(lambda: window.parts.stack.currentWidget() is not opening)
        if wait and not index_at_start:
            qtbot.waitUntil(lambda: window.jobs.n_waiting() == 0)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """A window whose library is open."""
    return make_window()


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """German while the test runs."""
    before = QLocale()
    installed = install_language(qapp, "de")
    yield
    for translator in installed:
        assert qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)
