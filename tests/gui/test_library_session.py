"""Opening, adding, indexing, pausing, and closing at any moment."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mmsearch.errors import LibraryError, UserError
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.library_session import Contents, Indexing, LibrarySession
from mmsearch.types import FailedFile, IndexReport, LibraryStatus, Progress
from tests.conftest import PATIENCE_MS, PATIENCE_S
from tests.gui.conftest import working_threads
from tests.gui.fake_library import FakeLibrary


class Listener:
    def __init__(self, session: LibrarySession) -> None:
        self.contents: list[Contents] = []
        self.progress: list[Progress] = []
        self.reports: list[IndexReport] = []
        self.errors: list[UserError] = []
        session.contents_changed.connect(self.contents.append)
        session.progressed.connect(self.progress.append)
        session.indexed.connect(self.reports.append)
        session.failed.connect(self.errors.append)
        session.open_failed.connect(self.errors.append)


@pytest.fixture
def session(qtbot: QtBot, jobs: Jobs, library: FakeLibrary) -> Iterator[LibrarySession]:
    library.folders = []
    made = LibrarySession(jobs, lambda: library)
    with qtbot.waitSignal(made.contents_changed, timeout=PATIENCE_MS):
        made.open()
    yield made
    library.step_gate.set()
    jobs.close()
    made.close()


@pytest.fixture
def heard(session: LibrarySession) -> Listener:
    return Listener(session)


def test_adding_a_folder_indexes_it(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    session.add([Path("/photos")])
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    assert library.folders == [Path("/photos")]
    assert [one.n_done for one in heard.progress if one.phase == "indexing"] == [1, 2, 3]
    assert session.indexing is Indexing.IDLE
    qtbot.waitUntil(lambda: heard.contents[-1].status.n_indexed == 3)


def test_one_thread_writes_and_another_reads(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    session.add([Path("/photos")])
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    assert {name.rsplit("_", 1)[0] for name in library.threads} == {"mmsearch-library"}


def test_a_folder_added_meanwhile_interrupts_and_indexing_goes_on(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    session.add([Path("/photos")])
    qtbot.waitUntil(lambda: len(heard.progress) == 1)
    session.add([Path("/films")])
    qtbot.waitUntil(lambda: len(library.folders) == 2)
    library.step_gate.set()
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    assert library.n_runs == 2
    assert heard.reports[0].stopped is False


def test_pause_ends_the_run_and_resume_starts_another(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    session.add([Path("/photos")])
    qtbot.waitUntil(lambda: len(heard.progress) == 1)
    session.pause()
    assert session.indexing is Indexing.PAUSED
    qtbot.wait(50)
    assert heard.reports == [], "a pause is not the end"
    library.step_gate.set()
    session.resume()
    assert session.indexing is Indexing.RUNNING
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    assert library.n_runs == 2


def test_resuming_before_the_run_has_ended_loses_nothing(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    session.add([Path("/photos")])
    qtbot.waitUntil(lambda: len(heard.progress) == 1)
    session.pause()
    session.resume()
    library.step_gate.set()
    qtbot.waitUntil(lambda: any(not report.stopped for report in heard.reports))
    assert session.indexing is Indexing.IDLE


def test_stop_keeps_what_is_done(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    session.add([Path("/photos")])
    qtbot.waitUntil(lambda: len(heard.progress) == 1)
    session.stop()
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    assert heard.reports[0].stopped is True
    assert session.indexing is Indexing.IDLE


def test_asking_twice_runs_once_more_afterwards(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    session.start_indexing()
    qtbot.waitUntil(lambda: len(heard.progress) == 1)
    session.start_indexing()
    session.start_indexing()
    library.step_gate.set()
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    assert library.n_runs == 2


def test_forgetting_a_folder(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.folders = [Path("/photos"), Path("/films")]
    session.remove(Path("/photos"))

    def known() -> list[Path]:
        return [root.path for contents in heard.contents[-1:] for root in contents.status.roots]

    qtbot.waitUntil(lambda: known() == [Path("/films")])
    assert library.removed == [Path("/photos")]
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    assert (session.indexing, library.n_runs) == (Indexing.IDLE, 1)


def test_what_was_read_before_a_change_is_not_shown_after_it(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    reading, gate = threading.Event(), threading.Event()
    empty, status = library.status(), library.status

    def slowly() -> LibraryStatus:
        if threading.current_thread().name.startswith("mmsearch-search"):
            reading.set()
            gate.wait(PATIENCE_S)
            return empty
        return status()

    library.status = slowly  # type: ignore[method-assign]
    session.refresh()
    assert reading.wait(PATIENCE_S)
    session.add([Path("/photos")])
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    library.status = status  # type: ignore[method-assign]
    gate.set()
    qtbot.waitUntil(lambda: len(heard.contents) == 2)
    assert [len(contents.status.roots) for contents in heard.contents] == [1, 1]


def test_a_folder_that_cannot_be_added_is_told_and_indexing_goes_on(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    session.add([Path("/photos")])
    qtbot.waitUntil(lambda: len(heard.progress) == 1)
    library.add_error = UserError("/gone does not exist.", "Check the path.")
    session.add([Path("/gone")])
    library.step_gate.set()
    qtbot.waitUntil(lambda: len(heard.errors) == 1 and len(heard.reports) == 1)
    assert heard.reports[0].stopped is False


def test_a_failing_run_is_told_and_can_be_tried_again(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.index_error = LibraryError("The library is in use.", "Wait.")
    session.start_indexing()
    qtbot.waitUntil(lambda: len(heard.errors) == 1)
    assert session.indexing is Indexing.IDLE
    library.index_error = None
    session.start_indexing()
    qtbot.waitUntil(lambda: len(heard.reports) == 1)


def test_a_library_that_cannot_be_opened_is_told(qtbot: QtBot, jobs: Jobs) -> None:
    def refuse() -> FakeLibrary:
        raise LibraryError("Made by a newer mmsearch.", "Update.")

    session = LibrarySession(jobs, refuse)
    heard = Listener(session)
    session.open()
    qtbot.waitUntil(lambda: len(heard.errors) == 1)
    session.add([Path("/photos")])
    session.start_indexing()
    session.refresh()
    assert session.library is None
    assert session.indexing is Indexing.IDLE


def test_errors_are_read_with_the_counts(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.failed = [FailedFile(Path("/photos/x.jpg"), "corrupt", "Cut short.")]
    session.refresh()
    qtbot.waitUntil(lambda: bool(heard.contents) and heard.contents[-1].status.n_failed == 1)
    assert heard.contents[-1].errors == tuple(library.failed)


def test_closing_while_indexing_ends_the_run(qtbot: QtBot, library: FakeLibrary) -> None:
    jobs = Jobs()
    session = LibrarySession(jobs, lambda: library)
    session.open()
    qtbot.waitUntil(lambda: session.library is not None)
    heard = Listener(session)
    library.step_gate.clear()
    session.start_indexing()
    qtbot.waitUntil(lambda: len(heard.progress) == 1)
    assert working_threads()
    jobs.close()
    session.close()
    assert not working_threads()
    assert library.n_closed == 1


def test_closing_while_the_library_is_being_opened_closes_it(
    qtbot: QtBot, library: FakeLibrary
) -> None:
    started, gate = threading.Event(), threading.Event()

    def slowly() -> FakeLibrary:
        started.set()
        gate.wait(PATIENCE_S)
        return library

    jobs = Jobs()
    session = LibrarySession(jobs, slowly)
    session.open()
    assert started.wait(PATIENCE_S)
    gate.set()
    jobs.close()
    session.close()
    assert library.n_closed == 1


def test_a_run_that_others_began_is_followed(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.elsewhere = True
    session.look()
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    assert [progress.n_done for progress in heard.progress][:3] == [1, 2, 3]
    assert session.indexing is Indexing.IDLE


def test_a_run_that_others_began_can_be_stopped(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    library.elsewhere = True
    session.look()
    qtbot.waitUntil(lambda: len(heard.progress) == 1)
    assert session.indexing is Indexing.RUNNING
    session.stop()
    qtbot.waitUntil(lambda: len(heard.reports) == 1)
    assert heard.reports[0].stopped


def test_a_followed_run_without_news_is_not_told(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.elsewhere = True
    library.n_steps = 0
    session.look()
    qtbot.waitUntil(lambda: library.n_runs == 1 and session.indexing is Indexing.IDLE)
    assert heard.reports == []


def test_what_others_write_is_read(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    session.look()
    qtbot.waitUntil(lambda: session._generation == 1)
    library.folders = [Path("/from elsewhere")]
    library.generation = 2

    def is_read() -> bool:
        session.look()
        return any(contents.status.roots for contents in heard.contents)

    qtbot.waitUntil(is_read)
    assert library.n_runs == 0


def test_a_watching_process_that_died_is_started_again(
    qtbot: QtBot, session: LibrarySession, heard: Listener, library: FakeLibrary
) -> None:
    library.abandoned = True
    library.step_gate.clear()
    session.look()
    qtbot.waitUntil(lambda: library.n_runs == 1)
    library.abandoned = False
    library.step_gate.set()
    qtbot.waitUntil(lambda: len(heard.reports) == 1)


def test_a_pause_holds_whatever_others_do(
    qtbot: QtBot, session: LibrarySession, library: FakeLibrary
) -> None:
    session.show_paused()
    library.elsewhere = library.abandoned = True
    session.look()
    qtbot.waitUntil(lambda: session._generation == 1)
    assert (library.n_runs, session.indexing) == (0, Indexing.PAUSED)


def test_leaving_tells_the_library(session: LibrarySession, library: FakeLibrary) -> None:
    session.leave()
    assert library.left
