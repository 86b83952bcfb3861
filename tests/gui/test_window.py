"""The flows of the whole window over a fake library."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from mmsearch.errors import LibraryError, QueryError, UserError
from mmsearch.gui import hit_actions
from mmsearch.gui.jobs import Job, Lane
from mmsearch.gui.main_window import NARROW_PX, MainWindow
from mmsearch.gui.search_flow import FIRST_LIMIT, WRONG_WHEN_RESTED_MS
from mmsearch.gui.theme import Theme
from mmsearch.gui.window_actions import action_specs
from mmsearch.gui.window_state import WindowState
from mmsearch.installed import shipped_path
from mmsearch.query.printing import to_text
from mmsearch.query.understand import understand
from mmsearch.types import FailedFile, Hit, Modality, Query
from tests.conftest import PATIENCE_S
from tests.files import RED, save_picture, save_text
from tests.gui import asking
from tests.gui.asking import answered
from tests.gui.conftest import MakeWindow, working_threads
from tests.gui.fake_library import FakeLibrary, made_hit, made_hits
from tests.gui.mime import drag_into, drop_on, mime_of

CTRL = Qt.KeyboardModifier.ControlModifier


def field_of(window: MainWindow) -> QLineEdit:
    field = window.parts.search_box.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


@pytest.fixture
def ask(qtbot: QtBot, window: MainWindow) -> Callable[[str], None]:
    """Types, presses Enter and waits for the answer."""

    def run(text: str) -> None:
        asking.ask(qtbot, window, text)

    return run


Ask = Callable[[str], None]


def ranks(window: MainWindow) -> list[int]:
    return [hit.rank for hit in window.parts.result_model.hits()]


def page(window: MainWindow) -> QWidget | None:
    return window.parts.stack.currentWidget()


# First steps ----------------------------------------------------------------------------------


def test_the_window_is_there_before_the_library(
    qtbot: QtBot, theme: Theme, library: FakeLibrary, tmp_path: Path
) -> None:
    gate = threading.Event()

    def slowly() -> FakeLibrary:
        gate.wait(PATIENCE_S)
        return library

    window = MainWindow(
        slowly, theme, WindowState(tmp_path / "w.ini"), tmp_path, index_at_start=False
    )
    qtbot.addWidget(window)
    window.show()
    window.start()
    assert page(window) is window.parts.opening
    qtbot.keyClicks(field_of(window), "early bird")
    assert window.parts.search_box.text() == "early bird"
    gate.set()
    qtbot.waitUntil(lambda: ranks(window) == [1, 2, 3])
    assert [query.text for query in library.queries] == ["early bird"]
    window.close()


def test_an_empty_library_shows_the_first_page(
    make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.folders = []
    window = make_window()
    assert page(window) is window.parts.first_run
    assert not window.parts.folders.isVisible()


def test_the_samples_are_added_and_indexed(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.folders = []
    window = make_window()
    window.parts.first_run.buttons()[2].click()
    qtbot.waitUntil(lambda: library.folders == [shipped_path("resources", "samples")])
    qtbot.waitUntil(lambda: page(window) is window.parts.welcome)
    qtbot.waitUntil(lambda: library.n_runs == 1)


def test_a_library_that_cannot_be_opened_is_explained_and_tried_again(
    qtbot: QtBot, theme: Theme, library: FakeLibrary, tmp_path: Path
) -> None:
    answers: list[FakeLibrary | LibraryError] = [
        LibraryError("This library was made by a newer mmsearch.", "Update mmsearch."),
        library,
    ]

    def open_it() -> FakeLibrary:
        answer = answers.pop(0)
        if isinstance(answer, LibraryError):
            raise answer
        return answer

    window = MainWindow(
        open_it, theme, WindowState(tmp_path / "w.ini"), tmp_path, index_at_start=False
    )
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: page(window) is window.parts.problem)
    assert window.parts.problem.title.text() == "This library was made by a newer mmsearch."
    assert window.parts.problem.text.text() == "Update mmsearch."
    again, copy = window.parts.problem.buttons()
    copy.click()
    assert "newer" in QGuiApplication.clipboard().text()
    again.click()
    qtbot.waitUntil(lambda: page(window) is window.parts.welcome)
    window.close()


# Searching --------------------------------------------------------------------------------------


def test_typing_shows_results(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    assert page(window) is window.parts.welcome
    qtbot.keyClicks(field_of(window), "dog")
    qtbot.waitUntil(lambda: page(window) is window.parts.results)
    assert ranks(window) == [1, 2, 3]
    assert window.parts.results.head_text() == "3 results"
    assert library.queries[-1] == Query(text="dog", limit=FIRST_LIMIT)


def test_old_results_stay_until_the_new_ones_are_there(
    qtbot: QtBot, window: MainWindow, ask: Ask, library: FakeLibrary
) -> None:
    ask("dog")
    gate = threading.Event()
    library.search_gate = lambda query: gate.wait(PATIENCE_S) and None
    library.hits = made_hits(7)
    window.parts.search_box.set_text("cat")
    qtbot.wait(30)
    assert ranks(window) == [1, 2, 3]
    gate.set()
    qtbot.waitUntil(lambda: len(ranks(window)) == 7)


def test_escape_clears_and_goes_home(qtbot: QtBot, window: MainWindow, ask: Ask) -> None:
    ask("dog")
    qtbot.keyClick(field_of(window), Qt.Key.Key_Escape)
    assert window.parts.search_box.is_blank()
    assert page(window) is window.parts.welcome
    assert ranks(window) == []


def test_a_suggestion_searches(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    with answered(qtbot, window):
        window.parts.welcome.suggestions()[0].click()
    assert library.queries[-1].text == "a dog on a beach"


def test_dropping_a_file_on_the_box_searches_by_it(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    example = save_picture(tmp_path / "a.png", RED)
    with answered(qtbot, window):
        drop_on(window.parts.search_box, mime_of(example))
    assert library.queries[-1].like == (example,)


def test_words_and_an_example_together(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, ask: Ask, tmp_path: Path
) -> None:
    example = save_picture(tmp_path / "a.png", RED)
    ask("at night")
    with answered(qtbot, window):
        drop_on(window.parts.search_box, mime_of(example))
    assert (library.queries[-1].text, library.queries[-1].like) == ("at night", (example,))


def test_kinds_narrow_the_search(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, ask: Ask
) -> None:
    library.hits = [*made_hits(2), made_hit(3, "/s/a.ogg", Modality.AUDIO)]
    ask("dog")
    with answered(qtbot, window):
        window.actions_by_name["kind_audio"].trigger()
    assert library.queries[-1].modalities == (Modality.AUDIO,)
    assert len(ranks(window)) == 1


def test_a_folder_narrows_the_search(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, ask: Ask
) -> None:
    ask("dog")
    with answered(qtbot, window):
        window.parts.folders.list.setCurrentIndex(window.parts.root_model.index(0))
    assert library.queries[-1].folders == (Path("/photos"),)


def test_no_result_names_the_filter_and_drops_it(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, ask: Ask
) -> None:
    ask("dog")
    with answered(qtbot, window):
        window.parts.kinds.toggle(Modality.VIDEO)
    nothing = window.parts.results.nothing
    assert nothing.isVisible()
    assert nothing.text.text() == "You search only: Videos."
    with answered(qtbot, window):
        nothing.buttons()[0].click()
    assert len(ranks(window)) == 3


def test_nothing_close_is_said_and_the_nearest_are_shown(
    window: MainWindow, library: FakeLibrary, ask: Ask
) -> None:
    library.hits = made_hits(50, match=0.05)
    ask("a purple elephant")
    assert window.parts.results.head_text().startswith("Nothing in your library is close")
    assert len(ranks(window)) == 12


def test_weak_results_are_counted_apart(window: MainWindow, library: FakeLibrary, ask: Ask) -> None:
    library.hits = [*made_hits(2), *made_hits(40, match=0.05)]
    ask("dog")
    assert window.parts.results.head_text() == "2 results · 40 weaker below"


def test_more_can_be_shown(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, ask: Ask
) -> None:
    library.hits = made_hits(FIRST_LIMIT * 2)
    ask("dog")
    assert len(ranks(window)) == FIRST_LIMIT
    assert window.parts.results.more.isVisible()
    with answered(qtbot, window):
        window.parts.results.more.click()
    assert len(ranks(window)) == FIRST_LIMIT * 2
    assert not window.parts.results.more.isVisible()
    ask("cat")
    assert library.queries[-1].limit == FIRST_LIMIT


def test_an_error_in_the_query_is_told_and_the_results_stay(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, ask: Ask
) -> None:
    ask("dog")
    library.search_error = QueryError("The example cannot be read.", "Choose another file.")
    with qtbot.waitSignal(window.search.failed):
        window.parts.search_box.set_text("cat")
    assert window.parts.banner.isVisible()
    assert window.parts.banner.message() == "The example cannot be read."
    assert len(ranks(window)) == 3
    library.search_error = None
    ask("cow")
    assert not window.parts.banner.isVisible()


def test_a_bug_while_searching_is_shown_and_the_window_goes_on(
    qtbot: QtBot, window: MainWindow, ask: Ask
) -> None:
    def work(task: object) -> None:
        raise RuntimeError("a mistake")

    with capture_exceptions() as bugs:
        window.jobs.start(Lane.SEARCH, Job(work, lambda result: None, lambda error: None))
        qtbot.waitUntil(lambda: len(bugs) == 1)
    window.show_bug("details")
    assert window.parts.banner.isVisible()
    ask("dog")


def test_other_words_begin_at_the_top_and_the_same_words_stay_in_place(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, ask: Ask
) -> None:
    grid = window.parts.results.grid
    library.hits = made_hits(100)
    ask("dog")
    grid.select_row(60)
    library.hits = [made_hit(1, "/photos/new.jpg"), *made_hits(100)]
    with answered(qtbot, window):
        window.search.repeat()
    window.parts.results.fresh.click()
    assert grid.currentIndex().row() == 61
    ask("cat")
    assert grid.currentIndex().row() == 0
    assert grid.verticalScrollBar().value() == 0


# Results ----------------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path]]:
    calls: list[tuple[str, Path]] = []
    monkeypatch.setattr(hit_actions, "open_file", lambda path: calls.append(("open", path)))
    monkeypatch.setattr(hit_actions, "reveal", lambda path: calls.append(("reveal", path)))
    return calls


def test_enter_opens_and_ctrl_enter_reveals(
    qtbot: QtBot, window: MainWindow, ask: Ask, opened: list[tuple[str, Path]]
) -> None:
    ask("dog")
    grid = window.parts.results.grid
    grid.select_row(1)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    window.actions_by_name["reveal"].trigger()
    window.actions_by_name["open"].trigger()
    path = window.parts.result_model.hits()[1].path
    assert opened == [("open", path), ("reveal", path), ("open", path)]


def test_coming_back_shows_what_another_program_has_indexed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.folders.append(Path("/films"))
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow())
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    qtbot.waitUntil(lambda: window.parts.root_model.rowCount() == 2)


def test_a_file_that_has_gone_is_told(window: MainWindow, ask: Ask) -> None:
    ask("dog")
    window.actions_by_name["open"].trigger()
    assert "not there any more" in window.parts.banner.message()


def test_copying(window: MainWindow, ask: Ask) -> None:
    ask("dog")
    clipboard = QGuiApplication.clipboard()
    window.actions_by_name["copy_path"].trigger()
    assert clipboard.text() == str(Path("/photos/000001.jpg"))
    window.parts.results.grid.selectAll()
    window.actions_by_name["copy"].trigger()
    assert len(clipboard.mimeData().urls()) == 3
    assert window.parts.banner.isVisible()


def test_find_similar_searches_by_the_hit_alone(
    qtbot: QtBot, window: MainWindow, ask: Ask, library: FakeLibrary
) -> None:
    ask("dog")
    with answered(qtbot, window):
        window.actions_by_name["similar"].trigger()
    assert library.queries[-1].like == (Path("/photos/000001.jpg"),)
    assert library.queries[-1].text == ""


def test_the_context_menu_has_the_actions(window: MainWindow) -> None:
    names = [action.text() for action in window.hits.menu().actions() if action.text()]
    assert names == [
        "Open with its program",
        "Open code at the found line in the editor",
        "Show in folder",
        "Quick look",
        "Find similar",
        "Leave this folder out",
        "Right: more like this",
        "Not this: less like it",
        "Copy file",
        "Copy path",
    ]


def test_the_preview_follows_the_selection(
    qtbot: QtBot, window: MainWindow, ask: Ask, library: FakeLibrary, tmp_path: Path
) -> None:
    library.hits = [
        made_hit(1, save_picture(tmp_path / "a.png", RED)),
        made_hit(2, save_text(tmp_path / "a.py", "x = 1\n"), Modality.CODE),
    ]
    window.resize(1200, 800)
    ask("dog")
    preview = window.parts.preview
    qtbot.waitUntil(lambda: preview.viewer.currentWidget() is preview.viewer.picture)
    assert preview.viewer.hit == library.hits[0]
    window.parts.results.grid.select_row(1)
    qtbot.waitUntil(lambda: preview.viewer.currentWidget() is preview.viewer.code)
    assert preview.details.values()["Kind"] == "code"


def test_space_looks_quickly_arrows_step_space_closes(
    qtbot: QtBot, window: MainWindow, ask: Ask
) -> None:
    ask("dog")
    look, grid = window.parts.quick_look, window.parts.results.grid
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert look.isVisible()
    assert look.viewer.hit is not None
    assert look.viewer.hit.rank == 1
    qtbot.keyClick(look, Qt.Key.Key_Right)
    assert look.viewer.hit.rank == 2
    assert grid.currentIndex().row() == 1
    qtbot.keyClick(look, Qt.Key.Key_Left)
    qtbot.keyClick(look, Qt.Key.Key_Left)
    assert look.viewer.hit.rank == 1, "there is nothing before the first"
    qtbot.keyClick(look, Qt.Key.Key_Space)
    assert not look.isVisible()


def test_escape_closes_the_quick_look_and_keeps_the_query(
    qtbot: QtBot, window: MainWindow, ask: Ask
) -> None:
    ask("dog")
    window.actions_by_name["quick_look"].trigger()
    window.actions_by_name["escape"].trigger()
    assert not window.parts.quick_look.isVisible()
    assert window.parts.search_box.text() == "dog"


# Folders and indexing ---------------------------------------------------------------------------


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
    asking.ask(qtbot, window, "dog")
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
    asking.ask(qtbot, window, "dog")
    window.parts.status.errors_asked.emit()
    assert page(window) is window.parts.errors
    assert window.parts.errors.model.rowCount() == 1
    window.actions_by_name["escape"].trigger()
    assert page(window) is window.parts.results
    assert window.parts.search_box.text() == "dog", "the first Esc leaves only the list"


def test_an_answer_does_not_push_the_list_of_errors_away(qtbot: QtBot, window: MainWindow) -> None:
    window.library_flow.show_errors()
    asking.ask(qtbot, window, "dog")
    assert page(window) is window.parts.errors
    window.parts.errors.back_asked.emit()
    assert page(window) is window.parts.results


def test_an_indexing_error_is_told_and_no_search_takes_it_away(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, ask: Ask
) -> None:
    library.index_error = UserError("The disk is full.", "Make room.")
    window.actions_by_name["index"].trigger()
    qtbot.waitUntil(lambda: window.parts.banner.message() == "The disk is full.")
    ask("dog")
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
    qtbot: QtBot, window: MainWindow, ask: Ask, library: FakeLibrary
) -> None:
    ask("dog")
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
    qtbot: QtBot, window: MainWindow, ask: Ask, library: FakeLibrary
) -> None:
    library.hits = made_hits(5, match=0.05)
    ask("dog")
    library.hits = made_hits(6)
    window.actions_by_name["index"].trigger()
    qtbot.waitUntil(lambda: len(ranks(window)) == 6)
    assert window.parts.results.head_text() == "6 results"


def test_hits_that_are_gone_go_at_once(
    qtbot: QtBot, window: MainWindow, ask: Ask, library: FakeLibrary
) -> None:
    ask("dog")
    library.hits = made_hits(2)
    window.actions_by_name["index"].trigger()
    qtbot.waitUntil(lambda: len(ranks(window)) == 2)
    assert not window.parts.results.fresh.isVisible()


# Manners ----------------------------------------------------------------------------------------


def test_every_key_of_the_sheet_belongs_to_an_action(window: MainWindow) -> None:
    for spec in action_specs():
        keys = {key.toString() for key in window.actions_by_name[spec.name].shortcuts()}
        assert len(keys) == len(spec.keys), spec.name
    everything = [key for spec in action_specs() for key in spec.keys]
    assert len(everything) == len(set(everything)), "no key has two meanings"


def test_keys_that_are_letters_can_be_typed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    window.activateWindow()
    field = field_of(window)
    field.setFocus()
    qtbot.keyClicks(field, "a/b [c] d")
    assert field.text() == "a/b [c] d"
    assert window.parts.left_button.isChecked()


def test_slash_goes_to_the_search_box(qtbot: QtBot, window: MainWindow, ask: Ask) -> None:
    ask("dog")
    window.activateWindow()
    window.parts.results.grid.setFocus()
    window.actions_by_name["focus_search"].trigger()
    assert window.focusWidget() is field_of(window)
    assert field_of(window).selectedText() == "dog"


def test_columns_fold_and_are_remembered(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(780, 560)
    assert window.parts.folders.isVisible()
    window.actions_by_name["left_column"].trigger()
    window.parts.results.grid.set_zoom(4)
    window.next_theme()
    assert not window.parts.folders.isVisible()
    window.close()
    again = make_window()
    assert not again.parts.folders.isVisible()
    assert again.parts.results.grid.zoom == 4
    assert again.size() == window.size()


def test_a_narrow_window_has_no_preview_column(window: MainWindow, ask: Ask) -> None:
    window.resize(NARROW_PX + 200, 700)
    ask("dog")
    assert window.parts.preview.isVisible()
    window.resize(NARROW_PX - 100, 700)
    assert not window.parts.preview.isVisible()


def test_the_key_sheet_comes_and_goes(qtbot: QtBot, window: MainWindow) -> None:
    sheet = window.parts.key_sheet
    window.actions_by_name["keys"].trigger()
    assert sheet.isVisible()
    shown = {text for _, rows in sheet.groups() for _, text in rows}
    assert {"Quick look", "Find similar", "Larger, smaller"} <= shown
    window.actions_by_name["escape"].trigger()
    assert not sheet.isVisible()


@pytest.mark.parametrize("size", [(1500, 1000), (830, 620), (500, 400)])
def test_the_key_sheet_keeps_within_the_window(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    sheet = window.parts.key_sheet
    window.actions_by_name["keys"].trigger()
    window.resize(*size)
    frame = sheet.findChild(QFrame, "sheet")
    scroll = sheet.findChild(QScrollArea)
    qtbot.waitUntil(lambda: sheet.rect().contains(frame.geometry(), proper=True))
    groups, bar = scroll.widget(), scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: groups.width() <= scroll.viewport().width())
    assert (bar.maximum() > 0) is (size[1] < 1000), "all can be seen, or be scrolled to"
    qtbot.keyClick(sheet, Qt.Key.Key_PageDown)
    assert (bar.value() > 0) is (size[1] < 1000)


def test_the_menu_offers_the_colours(window: MainWindow, theme: Theme) -> None:
    menu = window.menu()
    texts = [action.text() for action in menu.actions()]
    assert "Add folders…" in texts
    colours = next(action.menu() for action in menu.actions() if action.text() == "Colours")
    dark = next(action for action in colours.actions() if action.text() == "Dark")  # type: ignore[attr-defined]
    dark.trigger()
    assert theme.is_dark


def test_everything_that_takes_the_keyboard_has_a_name(window: MainWindow, ask: Ask) -> None:
    ask("dog")
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_state_with_damaged_values_falls_back(tmp_path: Path) -> None:
    path = tmp_path / "w.ini"
    path.write_text("[General]\nzoom=huge\ntheme=purple\nleft=perhaps\ngeometry=5\n")
    state = WindowState(path)
    assert state.zoom == 2
    assert state.theme_mode.value == "system"
    assert state.flag("left", default=True) is True
    assert state.blob("geometry") is None


def test_offline_hits_are_shown(window: MainWindow, ask: Ask, library: FakeLibrary) -> None:
    hit: Hit = replace(made_hits(1)[0], offline=True)
    library.hits = [hit]
    ask("dog")
    assert window.parts.results.grid.grab().width() > 0


# The query language ---------------------------------------------------------------------------


class Reading(FakeLibrary):
    """Reads queries as the library does."""

    def search(self, query: Query | str = "") -> list[Hit]:
        assert isinstance(query, Query)
        understand(query)
        return super().search(query)


@pytest.fixture
def reading(make_window: MakeWindow, library: FakeLibrary) -> MainWindow:
    """A window over a library that refuses wrong syntax."""
    library.__class__ = Reading
    return make_window()


def test_wrong_syntax_is_pointed_at_and_can_be_searched_for(
    qtbot: QtBot, reading: MainWindow, library: FakeLibrary
) -> None:
    banner = reading.parts.banner
    with qtbot.waitSignal(reading.search.failed):
        reading.parts.search_box.set_text("a dog type:vidoe")
    assert banner.message() == "There is no kind of file called 'vidoe'."
    assert banner.pointer() == "a dog type:vidoe\n           ^^^^^"
    assert banner.as_words.isVisible()
    with answered(qtbot, reading):
        banner.as_words.click()
    assert library.queries[-1].literal
    assert not banner.isVisible()
    asking.ask(qtbot, reading, "a dog type:video")
    assert not library.queries[-1].literal


def test_half_a_query_is_not_called_wrong_while_somebody_types(
    qtbot: QtBot, reading: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    banner = reading.parts.banner
    with qtbot.waitSignal(reading.search.failed):
        qtbot.keyClicks(field_of(reading), "dog type:vid")
    assert not banner.isVisible()
    with answered(qtbot, reading):
        qtbot.keyClicks(field_of(reading), "eo")
    qtbot.wait(WRONG_WHEN_RESTED_MS + 50)
    assert not banner.isVisible()
    with qtbot.waitSignal(reading.search.failed):
        qtbot.keyClicks(field_of(reading), "x")
    qtbot.waitUntil(banner.isVisible)
    assert "videox" in banner.pointer()


def test_enter_tells_at_once_what_is_wrong(qtbot: QtBot, reading: MainWindow) -> None:
    with qtbot.waitSignal(reading.search.failed):
        qtbot.keyClicks(field_of(reading), '"dog')
    with qtbot.waitSignal(reading.search.failed):
        qtbot.keyClick(field_of(reading), Qt.Key.Key_Return)
    assert reading.parts.banner.isVisible()
    assert "never closed" in reading.parts.banner.message()


def test_words_taken_for_filters_are_told_and_turned_back(
    qtbot: QtBot, reading: MainWindow, library: FakeLibrary
) -> None:
    line = reading.parts.chips
    asking.ask(qtbot, reading, "videos of dogs without people")
    assert line.isVisible()
    assert line.texts() == ["Kind: Videos", "Not: people"]
    with answered(qtbot, reading):
        line.all_words_asked.emit()
    assert library.queries[-1].literal
    assert not line.isVisible()
    asking.ask(qtbot, reading, "videos of cats")
    assert line.texts() == ["Kind: Videos"]
    reading.parts.search_box.clear()
    assert not line.isVisible()


def test_a_chip_changes_the_text_or_goes_back_to_words(
    qtbot: QtBot, reading: MainWindow, library: FakeLibrary
) -> None:
    line = reading.parts.chips
    asking.ask(qtbot, reading, "videos of dogs type:code -people")
    with answered(qtbot, reading):
        line.chips()[-1].cross.click()
    assert reading.parts.search_box.text() == "videos of dogs type:code"
    menu = line.chips()[0].menu()
    assert menu is not None
    with answered(qtbot, reading):
        menu.actions()[1].trigger()
    assert reading.parts.search_box.text() == "videos of dogs type:code"
    assert library.queries[-1].as_words == ("videos of",)
    assert line.texts() == ["Kind: Code", "Kind: Videos"], "read before, only offered now"
    menu = line.chips()[0].menu()
    assert menu is not None
    menu.actions()[0].trigger()
    assert field_of(reading).selectedText() == "type:code"


def test_a_chosen_folder_is_a_chip(qtbot: QtBot, reading: MainWindow, library: FakeLibrary) -> None:
    asking.ask(qtbot, reading, "dog")
    folders = reading.parts.folders
    with answered(qtbot, reading):
        folders.list.setCurrentIndex(folders.list.model().index(0, 0))
    assert reading.parts.chips.texts() == ["Folder: photos"]
    with answered(qtbot, reading):
        reading.parts.chips.chips()[0].cross.click()
    assert library.queries[-1].folders == ()
    assert not reading.parts.chips.isVisible()


def test_filters_that_let_nothing_through_are_named(
    qtbot: QtBot, reading: MainWindow, library: FakeLibrary
) -> None:
    library.hits = []
    library.reasons = ("in:nowhere lets no file through.",)
    asking.ask(qtbot, reading, "dog type:video in:nowhere")
    words = [one.text() for one in reading.parts.results.nothing.findChildren(QLabel)]
    assert "in:nowhere lets no file through." in words


def test_s_opens_a_stack_and_l_shows_the_list(
    qtbot: QtBot, window: MainWindow, ask: Ask, library: FakeLibrary
) -> None:
    library.hits = [made_hit(rank, f"/photos/{rank}.jpg", group="a") for rank in (1, 2, 3)]
    ask("dog")
    assert ranks(window) == [1]
    results = window.parts.results
    results.grid.setFocus()
    qtbot.keyClick(results.grid, Qt.Key.Key_S)
    assert ranks(window) == [1, 2, 3]
    qtbot.keyClick(results.grid, Qt.Key.Key_L)
    assert results.table.isVisible()
    qtbot.keyClick(results.table, Qt.Key.Key_S)
    assert ranks(window) == [1]
    qtbot.keyClicks(field_of(window), "ls")
    assert window.parts.search_box.text().endswith("ls")
    assert results.table.isVisible(), "letters in the box are letters"


def test_the_keyboard_goes_back_from_the_sheet_of_keys(qtbot: QtBot, window: MainWindow) -> None:
    assert field_of(window).hasFocus()
    window.actions_by_name["keys"].trigger()
    assert window.parts.key_sheet.hasFocus()
    qtbot.keyClick(window.parts.key_sheet, Qt.Key.Key_F1)
    assert field_of(window).hasFocus()


def test_a_folder_is_left_out_by_words_that_a_chip_takes_back(
    window: MainWindow, ask: Ask, qtbot: QtBot, library: FakeLibrary
) -> None:
    library.hits = [made_hit(path="/photos/two words/a.jpg")]
    ask("a dog")
    with answered(qtbot, window):
        window.actions_by_name["leave_out"].trigger()
    assert library.queries[-1].text == 'a dog -in:"/photos/two words"'
    understood = understand(library.queries[-1])
    assert [to_text(part) for part in (understood.query.where,) if part] == [
        '-in:"/photos/two words"'
    ]
    assert "two words" in window.parts.banner.message()
