"""From the search box to results, in the window over a fake library."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from mmsearch.errors import QueryError
from mmsearch.gui.jobs import Job, Lane
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.search_flow import FIRST_LIMIT
from mmsearch.types import Modality, Query
from tests.conftest import PATIENCE_S
from tests.files import RED, save_picture
from tests.gui.asking import answered, ask, field_of, page, ranks
from tests.gui.fake_library import FakeLibrary, made_hit, made_hits
from tests.gui.mime import drop_on, mime_of


def test_typing_shows_results(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    assert page(window) is window.parts.welcome
    qtbot.keyClicks(field_of(window), "dog")
    qtbot.waitUntil(lambda: page(window) is window.parts.results)
    assert ranks(window) == [1, 2, 3]
    assert window.parts.results.head_text() == "3 results"
    assert library.queries[-1] == Query(text="dog", limit=FIRST_LIMIT)


def test_old_results_stay_until_the_new_ones_are_there(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "dog")
    gate = threading.Event()
    library.search_gate = lambda query: gate.wait(PATIENCE_S) and None
    library.hits = made_hits(7)
    window.parts.search_box.set_text("cat")
    qtbot.wait(30)
    assert ranks(window) == [1, 2, 3]
    gate.set()
    qtbot.waitUntil(lambda: len(ranks(window)) == 7)


def test_escape_clears_and_goes_home(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "dog")
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
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    example = save_picture(tmp_path / "a.png", RED)
    ask(qtbot, window, "at night")
    with answered(qtbot, window):
        drop_on(window.parts.search_box, mime_of(example))
    assert (library.queries[-1].text, library.queries[-1].like) == ("at night", (example,))


def test_kinds_narrow_the_search(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    library.hits = [*made_hits(2), made_hit(3, "/s/a.ogg", Modality.AUDIO)]
    ask(qtbot, window, "dog")
    with answered(qtbot, window):
        window.actions_by_name["kind_audio"].trigger()
    assert library.queries[-1].modalities == (Modality.AUDIO,)
    assert len(ranks(window)) == 1


def test_a_folder_narrows_the_search(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "dog")
    with answered(qtbot, window):
        window.parts.folders.list.setCurrentIndex(window.parts.root_model.index(0))
    assert library.queries[-1].folders == (Path("/photos"),)


def test_no_result_names_the_filter_and_drops_it(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "dog")
    with answered(qtbot, window):
        window.parts.kinds.toggle(Modality.VIDEO)
    nothing = window.parts.results.nothing
    assert nothing.isVisible()
    assert nothing.text.text() == "You search only: Videos."
    with answered(qtbot, window):
        nothing.buttons()[0].click()
    assert len(ranks(window)) == 3


def test_nothing_close_is_said_and_the_nearest_are_shown(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hits = made_hits(50, match=0.05)
    ask(qtbot, window, "a purple elephant")
    assert window.parts.results.head_text().startswith("Nothing in your library is close")
    assert len(ranks(window)) == 12


def test_weak_results_are_counted_apart(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hits = [*made_hits(2), *made_hits(40, match=0.05)]
    ask(qtbot, window, "dog")
    assert window.parts.results.head_text() == "2 results · 40 weaker below"


def test_more_can_be_shown(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    library.hits = made_hits(FIRST_LIMIT * 2)
    ask(qtbot, window, "dog")
    assert len(ranks(window)) == FIRST_LIMIT
    assert window.parts.results.more.isVisible()
    with answered(qtbot, window):
        window.parts.results.more.click()
    assert len(ranks(window)) == FIRST_LIMIT * 2
    assert not window.parts.results.more.isVisible()
    ask(qtbot, window, "cat")
    assert library.queries[-1].limit == FIRST_LIMIT


def test_an_error_in_the_query_is_told_and_the_results_stay(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "dog")
    library.search_error = QueryError("The example cannot be read.", "Choose another file.")
    with qtbot.waitSignal(window.search.failed):
        window.parts.search_box.set_text("cat")
    assert window.parts.banner.isVisible()
    assert window.parts.banner.message() == "The example cannot be read."
    assert len(ranks(window)) == 3
    library.search_error = None
    ask(qtbot, window, "cow")
    assert not window.parts.banner.isVisible()


def test_a_bug_while_searching_is_shown_and_the_window_goes_on(
    qtbot: QtBot, window: MainWindow
) -> None:
    def work(task: object) -> None:
        raise RuntimeError("a mistake")

    with capture_exceptions() as bugs:
        window.jobs.start(Lane.SEARCH, Job(work, lambda result: None, lambda error: None))
        qtbot.waitUntil(lambda: len(bugs) == 1)
    window.show_bug("details")
    assert window.parts.banner.isVisible()
    ask(qtbot, window, "dog")


def test_other_words_begin_at_the_top_and_the_same_words_stay_in_place(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    grid = window.parts.results.grid
    library.hits = made_hits(100)
    ask(qtbot, window, "dog")
    grid.select_row(60)
    library.hits = [made_hit(1, "/photos/new.jpg"), *made_hits(100)]
    with answered(qtbot, window):
        window.search.repeat()
    window.parts.results.fresh.click()
    assert grid.currentIndex().row() == 61
    ask(qtbot, window, "cat")
    assert grid.currentIndex().row() == 0
    assert grid.verticalScrollBar().value() == 0
