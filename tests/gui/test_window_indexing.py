"""Folders and indexing, in the window over a fake library."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui.main_window import MainWindow
from mmsearch.types import FailedFile, IndexReport, Progress
from tests.files import RED, save_picture
from tests.gui.asking import answered, ask, page, ranks
from tests.gui.conftest import MakeWindow, working_threads
from tests.gui.fake_library import FakeLibrary, made_hit, made_hits
from tests.gui.mime import drag_into, drop_on, mime_of


def test_dropping_a_folder_adds_and_indexes_it(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    data = mime_of(tmp_path)
    assert drag_into(window, data, QPoint(400, 400))
    drops = window.parts.drops
    assert drops.isVisible()
    covered = drops.rect().translated(drops.mapTo(window, QPoint(0, 0)))
    columns = window.parts.columns
    assert covered == columns.rect().translated(columns.mapTo(window, QPoint(0, 0)))
    assert columns.count() == 3
    drop_on(drops, data, QPoint(50, 200))
    qtbot.waitUntil(lambda: library.folders == [Path("/photos"), tmp_path])
    qtbot.waitUntil(lambda: library.n_runs == 1)
    qtbot.waitUntil(lambda: window.parts.status.text() == "Done: 3 files indexed.")
    assert window.parts.root_model.rowCount() == 2


def test_dropping_on_the_right_half_searches(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    data = mime_of(save_picture(tmp_path / "a.png", RED))
    drag_into(window, data)
    drops = window.parts.drops
    with answered(qtbot, window):
        drop_on(drops, data, QPoint(drops.width() - 50, 200))
    assert library.queries[-1].like == (tmp_path / "a.png",)


def test_dragging_words_over_the_window_shows_nothing(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("just words")
    assert not drag_into(window, data)
    assert not window.parts.drops.isVisible()


def test_indexing_is_shown_while_searching_works(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    window = make_window(index_at_start=True)
    qtbot.waitUntil(lambda: window.parts.status.text().startswith("Indexing: 1 of 3"))
    ask(qtbot, window, "dog")
    assert window.parts.results.progress_words() == "1 of 3 files searched so far"
    library.step_gate.set()
    qtbot.waitUntil(lambda: window.parts.status.text() == "Done: 3 files indexed.")
    assert window.parts.results.progress_words() == ""


def test_a_pause_outlives_the_window(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    window = make_window(index_at_start=True)
    qtbot.waitUntil(lambda: "1 of 3" in window.parts.status.text())
    window.parts.status.pause_asked.emit()
    qtbot.waitUntil(lambda: "paused" in window.parts.status.text())
    window.close()
    again = make_window(index_at_start=True)
    qtbot.waitUntil(lambda: "paused" in again.parts.status.text())
    assert library.n_runs == 1
    library.step_gate.set()
    again.parts.status.resume_asked.emit()
    qtbot.waitUntil(lambda: library.n_runs == 2)
    qtbot.waitUntil(lambda: again.parts.status.text().startswith("Done"))


def test_unreadable_files_are_listed_and_left_again(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.failed = [FailedFile(Path("/photos/x.jpg"), "corrupt", "The file is cut short.")]
    window = make_window()
    ask(qtbot, window, "dog")
    window.parts.status.errors_asked.emit()
    assert page(window) is window.parts.errors
    assert window.parts.errors.model.rowCount() == 1
    window.actions_by_name["escape"].trigger()
    assert page(window) is window.parts.results
    assert window.parts.search_box.text() == "dog", "the first Esc leaves only the list"


def test_an_answer_does_not_push_the_list_of_errors_away(qtbot: QtBot, window: MainWindow) -> None:
    window.library_flow.show_errors()
    ask(qtbot, window, "dog")
    assert page(window) is window.parts.errors
    window.parts.errors.back_asked.emit()
    assert page(window) is window.parts.results


def test_an_indexing_error_is_told_and_no_search_takes_it_away(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.index_error = UserError("The disk is full.", "Make room.")
    window.actions_by_name["index"].trigger()
    qtbot.waitUntil(lambda: window.parts.banner.message() == "The disk is full.")
    ask(qtbot, window, "dog")
    assert window.parts.banner.isVisible()


def test_closing_while_indexing_leaves_no_thread(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.step_gate.clear()
    window = make_window(index_at_start=True)
    qtbot.waitUntil(lambda: "1 of 3" in window.parts.status.text())
    window.parts.search_box.set_text("dog")
    window.close()
    assert not working_threads()
    assert library.n_closed == 1


def test_hits_found_since_wait_for_a_click(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "dog")
    library.hits = [made_hit(1, "/photos/new.jpg"), *made_hits(3)]
    window.actions_by_name["index"].trigger()
    results = window.parts.results
    qtbot.waitUntil(lambda: results.fresh.isVisible())
    assert results.fresh.text() == "Show 1 new"
    assert len(ranks(window)) == 3, "nothing moves under somebody's eyes"
    results.fresh.click()
    assert len(ranks(window)) == 4
    assert not results.fresh.isVisible()


def test_where_nothing_was_close_new_hits_come_at_once(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hits = made_hits(5, match=0.05)
    ask(qtbot, window, "dog")
    library.hits = made_hits(6)
    window.actions_by_name["index"].trigger()
    qtbot.waitUntil(lambda: len(ranks(window)) == 6)
    assert window.parts.results.head_text() == "6 results"


def test_hits_that_are_gone_go_at_once(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "dog")
    library.hits = made_hits(2)
    window.actions_by_name["index"].trigger()
    qtbot.waitUntil(lambda: len(ranks(window)) == 2)
    assert not window.parts.results.fresh.isVisible()


def test_no_folder_waits_after_a_whole_run(window: MainWindow, library: FakeLibrary) -> None:
    roots = window.parts.root_model
    window.library.progressed.emit(Progress("indexing", n_todo=3, waiting=(("/photos", 1),)))
    assert roots.n_waiting(roots.roots()[0]) == 1
    window.library.indexed.emit(IndexReport(3, 0, 3, 0, 0, 0, 0, 3, 1.0, stopped=True))
    assert roots.n_waiting(roots.roots()[0]) == 1, "what was stopped waits"
    window.library.indexed.emit(IndexReport(3, 0, 3, 0, 0, 0, 0, 3, 1.0, stopped=False))
    assert roots.n_waiting(roots.roots()[0]) == 0
