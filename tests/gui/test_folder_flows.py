"""Unreadable files, drives that come and go, and files that vanished, in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui import banner as banner_module
from mmsearch.gui.banner import Banner
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.question_bar import QuestionBar
from mmsearch.gui.root_model import RootRole, RootState
from mmsearch.gui.theme import Theme
from mmsearch.types import FailedFile, MissingFiles
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary, made_hit

BROKEN = FailedFile(Path("/photos/x.jpg"), "corrupt", "The file is cut short.")
EMPTY = FailedFile(Path("/photos/y.jpg"), "empty", "There is nothing in it.")


@pytest.fixture
def broken(make_window: MakeWindow, library: FakeLibrary) -> MainWindow:
    """A window with two unreadable files on show."""
    library.failed = [BROKEN, EMPTY]
    window = make_window()
    window.library_flow.show_errors()
    return window


# Unreadable files -----------------------------------------------------------------------------


def test_one_file_or_all_are_tried_again(
    qtbot: QtBot, broken: MainWindow, library: FakeLibrary
) -> None:
    page = broken.parts.errors
    page.table.selectRow(1)
    page.retry.click()
    qtbot.waitUntil(lambda: library.retried == [frozenset({EMPTY.path})])
    qtbot.waitUntil(lambda: broken.parts.status.text().startswith("Done"))
    page.retry_all.click()
    qtbot.waitUntil(lambda: library.retried[1:] == [True])


def test_a_file_is_tried_again_after_the_run_that_is_under_way(
    qtbot: QtBot, broken: MainWindow, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    broken.library.start_indexing()
    qtbot.waitUntil(lambda: library.n_runs == 1)
    broken.parts.errors.table.selectRow(0)
    broken.parts.errors.retry.click()
    broken.library.start_indexing()
    library.step_gate.set()
    qtbot.waitUntil(lambda: library.retried == [frozenset(), frozenset({BROKEN.path})])


def test_ignoring_can_be_undone(qtbot: QtBot, broken: MainWindow, library: FakeLibrary) -> None:
    page, banner = broken.parts.errors, broken.parts.banner
    page.table.selectRow(0)
    page.ignore.click()
    qtbot.waitUntil(lambda: page.model.errors() == (EMPTY,))
    assert banner.message() == "1 file is ignored now."
    assert page.switch.isVisible()
    banner.offer.click()
    qtbot.waitUntil(lambda: page.model.errors() == (EMPTY, BROKEN))
    assert not banner.isVisible()
    assert library.ignored == []


def test_what_is_ignored_can_be_taken_back_later(
    qtbot: QtBot, broken: MainWindow, library: FakeLibrary
) -> None:
    page = broken.parts.errors
    page.table.selectAll()
    page.ignore.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    qtbot.waitUntil(lambda: not broken.parts.status._errors.isVisible())
    page.switch.click()
    page.table.selectRow(0)
    page.ignore.click()
    qtbot.waitUntil(lambda: library.failed == [BROKEN])


def test_the_list_is_exported(qtbot: QtBot, broken: MainWindow, tmp_path: Path) -> None:
    broken.folder_flows.errors.export(tmp_path / "list.csv")
    qtbot.waitUntil(lambda: "Written to" in broken.parts.banner.message())
    assert "cut short" in (tmp_path / "list.csv").read_text("utf-8")
    (tmp_path / "file").touch()
    broken.folder_flows.errors.export(tmp_path / "file" / "list.csv")
    qtbot.waitUntil(lambda: "cannot be written" in broken.parts.banner.message())


def test_the_dialog_waits_for_nobody(qtbot: QtBot, broken: MainWindow) -> None:
    broken.parts.errors.export.click()
    dialog = broken.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.defaultSuffix() == "csv"
    dialog.reject()
    qtbot.waitUntil(lambda: broken.findChild(QFileDialog) is None)


def test_a_folder_leads_to_its_unreadable_files(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.folders = [Path("/photos"), Path("/films")]
    film = FailedFile(Path("/films/a.mp4"), "corrupt", "The file is cut short.")
    library.failed = [BROKEN, film]
    window = make_window()
    root = window.parts.root_model.roots()[1]
    actions = window.parts.folders.menu_for(root).actions()
    next(one for one in actions if "unreadable" in one.text()).trigger()
    assert window.parts.stack.currentWidget() is window.parts.errors
    assert window.parts.errors.selected() == [film.path]


def test_an_offer_is_gone_with_the_next_message(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banner_module, "_OFFER_SHOWN_MS", 30)
    banner = Banner(theme)
    qtbot.addWidget(banner)
    banner.show_offer("Done.", ("Undo", lambda: None))
    assert not banner.offer.isHidden()
    qtbot.waitUntil(banner.isHidden)
    banner.show_offer("Done.", ("Undo", lambda: None))
    banner.show_error(UserError("The disk is full."))
    assert banner.offer.isHidden()


# Files that have vanished ---------------------------------------------------------------------

GONE = MissingFiles("/photos", "/photos", 1204, 5000)


def test_the_window_asks_before_many_files_are_forgotten(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.missing = (GONE,)
    window.library.start_indexing()
    bar = window.parts.question
    qtbot.waitUntil(lambda: bar.question() == "1,204 of 5,000 files of “photos” are gone.")
    keep, forget = bar.answers()
    assert (keep.text(), forget.text()) == ("Keep them", "Forget them")
    assert library.forgotten == [frozenset()]
    forget.click()
    qtbot.waitUntil(lambda: library.forgotten == [frozenset(), frozenset({Path("/photos")})])
    qtbot.waitUntil(lambda: window.parts.status.text().startswith("Done"))
    assert bar.question() == ""


def test_what_is_kept_is_asked_about_again_only_when_it_changes(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.missing = (GONE,)
    window = make_window(index_at_start=True)
    qtbot.waitUntil(lambda: window.parts.question.question() != "")
    window.parts.question.answers()[0].click()
    window.close()
    again = make_window()
    with qtbot.waitSignal(again.library.indexed):
        again.library.start_indexing()
    assert again.parts.question.question() == ""
    library.missing = (MissingFiles("/photos", "/photos", 1300, 5000),)
    again.library.start_indexing()
    qtbot.waitUntil(lambda: "1,300" in again.parts.question.question())
    library.missing = ()
    again.library.start_indexing()
    qtbot.waitUntil(lambda: again.parts.question.question() == "")


def test_a_question_is_as_wide_as_its_place(qtbot: QtBot, theme: Theme) -> None:
    bar = QuestionBar(theme)
    qtbot.addWidget(bar)
    pressed: list[str] = []
    answers = [(f"Answer {n}", lambda n=n: pressed.append(n)) for n in "abc"]
    bar.ask("A long question " * 20, "and a hint", answers)
    assert bar.minimumSizeHint().width() < 300
    bar.answers()[1].click()
    assert pressed == ["b"]
    assert bar.isHidden()


# Drives ---------------------------------------------------------------------------------------


def state(window: MainWindow) -> RootState:
    found = window.parts.root_model.index(0).data(RootRole.STATE)
    assert isinstance(found, RootState)
    return found


def look(qtbot: QtBot, window: MainWindow) -> None:
    drives = window.folder_flows.drives
    drives.look()
    qtbot.waitUntil(lambda: drives._looking is None)


def test_a_drive_that_goes_and_comes_back_is_noticed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.drives = {Path("/photos"): "Anna's stick"}
    window.library.refresh()
    look(qtbot, window)
    library.offline = {Path("/photos")}
    look(qtbot, window)
    qtbot.waitUntil(lambda: state(window) is RootState.OFFLINE)
    assert "“Anna's stick” is not connected any more" in window.parts.banner.message()
    assert library.n_runs == 0
    library.offline = set()
    look(qtbot, window)
    qtbot.waitUntil(lambda: state(window) is not RootState.OFFLINE)
    qtbot.waitUntil(lambda: library.n_runs == 1)
    assert window.parts.banner.message() == "“Anna's stick” is connected again."


class Session:
    """What the flow asks the library session for."""

    def __init__(self, library: FakeLibrary) -> None:
        self.library = library
        self.n_read = 0

    def refresh(self) -> None:
        self.n_read += 1


def test_the_library_is_read_only_when_a_drive_has_changed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(library)
    window.folder_flows.drives._timer.stop()
    monkeypatch.setattr(window.folder_flows.drives, "_session", session)
    for _ in range(3):
        look(qtbot, window)
    assert session.n_read == 0
    library.offline = {Path("/photos")}
    for _ in range(3):
        look(qtbot, window)
    assert session.n_read == 1


def test_a_pause_lasts_when_a_drive_comes_back(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.offline = {Path("/photos")}
    window.library.refresh()
    qtbot.waitUntil(lambda: state(window) is RootState.OFFLINE)
    window.library.show_paused()
    look(qtbot, window)
    library.offline = set()
    look(qtbot, window)
    qtbot.waitUntil(lambda: state(window) is RootState.INDEXED)
    assert library.n_runs == 0


def test_looking_goes_by_itself_while_the_library_is_open(window: MainWindow) -> None:
    assert window.folder_flows.drives._timer.isActive()


def test_opening_a_file_that_is_away_says_what_to_connect(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.offline, library.drives = {Path("/photos")}, {Path("/photos"): "USB disk"}
    library.hits = [made_hit(offline=True)]
    window.library.refresh()
    qtbot.waitUntil(lambda: state(window) is RootState.OFFLINE)
    with qtbot.waitSignal(window.search.answered):
        window.parts.search_box.set_text("dog")
    window.actions_by_name["open"].trigger()
    assert "is on a drive that is not connected" in window.parts.banner.message()
    assert window.parts.banner._hint.text() == "Connect “USB disk” to open it."
    window.resize(1200, 800)
    viewer = window.parts.preview.viewer
    qtbot.waitUntil(lambda: "Connect “USB disk” to open it." in viewer._trouble.text())
    tip = window.parts.result_model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith("Connect “USB disk” to open it.")


# What waits -----------------------------------------------------------------------------------


def test_a_pause_keeps_saying_how_much_is_searched(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    window = make_window(index_at_start=True)
    qtbot.waitUntil(lambda: window.parts.root_model.index(0).data(RootRole.COUNT) == "98 %")
    window.parts.status.pause_asked.emit()
    qtbot.waitUntil(lambda: "paused" in window.parts.status.text())
    qtbot.waitUntil(lambda: window.library._run is None)
    assert "paused" in window.parts.status.text(), "whatever the run says while it ends"
    assert window.parts.results.progress_words() == "1 of 3 files searched so far"
    assert state(window) is RootState.INDEXING
    root = window.parts.root_model.roots()[0]
    assert "2 wait until indexing goes on" in window.parts.root_model.describe(root)
    library.step_gate.set()
    window.parts.status.resume_asked.emit()
    qtbot.waitUntil(lambda: state(window) is RootState.INDEXED)
    assert window.parts.results.progress_words() == ""


def test_what_was_stopped_does_not_go_on_in_words(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    window = make_window(index_at_start=True)
    qtbot.waitUntil(lambda: "1 of 3" in window.parts.status.text())
    with qtbot.waitSignal(window.library.indexed):
        window.parts.status.stop_asked.emit()
    assert window.parts.status.text().startswith("Indexing stopped")
    root = window.parts.root_model.roots()[0]
    assert "2 wait until indexing goes on" in window.parts.root_model.describe(root)
