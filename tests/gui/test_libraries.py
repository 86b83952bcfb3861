"""Other libraries: opened in windows of their own, made, remembered and forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mmsearch.gui import libraries_flow
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.libraries_flow import LibrariesFlow, start_window
from mmsearch.gui.libraries_section import LibrariesSection
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.window_state import WindowState
from mmsearch.store.folder import MARK
from tests.gui.fake_library import FakeLibrary


class Started:
    """Windows that would have been started."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.works = True

    def __call__(self, path: Path) -> bool:
        self.paths.append(path)
        return self.works


@pytest.fixture
def started() -> Started:
    return Started()


@pytest.fixture
def section(qtbot: QtBot) -> LibrariesSection:
    made = LibrariesSection()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def flow(
    section: LibrariesSection, jobs: Jobs, library: FakeLibrary, tmp_path: Path, started: Started
) -> LibrariesFlow:
    session = LibrarySession(jobs, lambda: library, section)
    state = WindowState(tmp_path / "window.ini")
    made = LibrariesFlow(section, session, state, started)
    session.opened.emit(library)
    return made


def made_library(path: Path) -> Path:
    path.mkdir()
    (path / MARK).write_text("")
    return path


def test_a_library_opens_in_a_window_of_its_own_and_is_remembered(
    flow: LibrariesFlow, section: LibrariesSection, started: Started, tmp_path: Path
) -> None:
    other, third = made_library(tmp_path / "other"), made_library(tmp_path / "third")
    section.open_asked.emit(other)
    section.open_asked.emit(third)
    assert started.paths == [other, third]
    assert list(section.recent) == [third, other], "the one of this window is not among them"
    section.recent[other].click()
    assert list(section.recent) == [other, third]
    flow.forget(other)
    assert list(section.recent) == [third]
    assert (other / MARK).exists(), "forgetting deletes nothing"


def test_what_is_no_library_is_said(
    flow: LibrariesFlow, section: LibrariesSection, started: Started, tmp_path: Path
) -> None:
    flow.open(tmp_path)
    assert section.trouble.text() == f"{tmp_path} is not an mmsearch library."
    flow.open(Path("/fake/library"))
    assert "open in this window" in section.trouble.text()
    started.works = False
    flow.open(made_library(tmp_path / "other"))
    assert "cannot be started" in section.trouble.text()
    assert section.recent == {}


def test_a_new_library_wants_a_folder_of_its_own(
    flow: LibrariesFlow, section: LibrariesSection, started: Started, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "picture.jpg").touch()
    flow.make(tmp_path / "full")
    assert "is not empty" in section.trouble.text()
    flow.make(tmp_path / "new")
    assert started.paths == [tmp_path / "new"]
    assert not section.trouble.isVisible()


def test_libraries_that_are_gone_are_not_offered(
    flow: LibrariesFlow, section: LibrariesSection, tmp_path: Path
) -> None:
    other = made_library(tmp_path / "other")
    flow.open(other)
    (other / MARK).unlink()
    flow.open(made_library(tmp_path / "third"))
    assert list(section.recent) == [tmp_path / "third"]


@pytest.mark.parametrize("content", ["", "{", "3", '[3, "/gone"]'])
def test_a_damaged_memory_is_as_good_as_none(
    section: LibrariesSection, jobs: Jobs, library: FakeLibrary, tmp_path: Path, content: str
) -> None:
    state = WindowState(tmp_path / "window.ini")
    state.set_text("libraries", content)
    session = LibrarySession(jobs, lambda: library, section)
    LibrariesFlow(section, session, state)
    session.opened.emit(library)
    assert section.recent == {}


def test_the_program_is_started_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[tuple[str, list[str]]] = []

    def start(program: str, arguments: list[str]) -> tuple[bool, int]:
        calls.append((program, arguments))
        return True, 1

    monkeypatch.setattr(libraries_flow.QProcess, "startDetached", start)
    assert start_window(tmp_path)
    monkeypatch.setattr(libraries_flow.sys, "frozen", True, raising=False)
    assert start_window(tmp_path)
    (_, plain), (_, frozen) = calls
    assert plain == ["-m", "mmsearch", "--library", str(tmp_path)]
    assert frozen == ["--library", str(tmp_path)]
