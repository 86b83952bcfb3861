"""Searches are kept, named, asked again and forgotten, without a dialog."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mmsearch.errors import LibraryError
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.saved_panel import SavedPanel, SavedSearch
from mmsearch.gui.theme import Theme
from mmsearch.types import Hit, Modality, Query
from tests.conftest import PATIENCE_S
from tests.gui.asking import answered, ask
from tests.gui.fake_library import FakeLibrary


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> SavedPanel:
    made = SavedPanel(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def test_rows_say_how_many_hits_are_new(panel: SavedPanel) -> None:
    panel.show_searches([SavedSearch("Beach", 1200), SavedSearch("Cats")])
    assert [row.accessibleName() for row in panel.rows()] == ["Beach, 1,200 new", "Cats"]
    panel.show_searches([SavedSearch("Cats", 2)])
    assert [row.new_text() for row in panel.rows()] == ["2 new"]


def test_a_row_is_chosen_by_mouse_and_key(qtbot: QtBot, panel: SavedPanel) -> None:
    panel.show_searches([SavedSearch("Beach")])
    with qtbot.waitSignal(panel.chosen) as chosen:
        panel.rows()[0].click()
    assert chosen.args == ["Beach"]
    with qtbot.waitSignal(panel.chosen):
        qtbot.keyClick(panel.rows()[0], Qt.Key.Key_Space)


def test_a_name_is_asked_for_in_place(qtbot: QtBot, panel: SavedPanel) -> None:
    panel.ask_name("sunset")
    assert panel.field.isVisible()
    assert panel.field.selectedText() == "sunset"
    panel.field.clear()
    with qtbot.assertNotEmitted(panel.named):
        qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.field.isVisible(), "a name is needed"
    qtbot.keyClicks(panel.field, " Evenings ")
    with qtbot.waitSignal(panel.named) as named:
        qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert named.args == ["Evenings", ""]
    assert not panel.field.isVisible()


def test_escape_keeps_nothing(qtbot: QtBot, panel: SavedPanel) -> None:
    panel.ask_name("sunset")
    with qtbot.assertNotEmitted(panel.named), qtbot.waitSignal(panel.naming_ended):
        qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert not panel.field.isVisible()


def test_the_menu_renames_and_forgets(qtbot: QtBot, panel: SavedPanel) -> None:
    search, rename, forget = panel.menu_for("Beach").actions()
    with qtbot.waitSignal(panel.chosen):
        search.trigger()
    with qtbot.waitSignal(panel.forget_asked) as asked:
        forget.trigger()
    assert asked.args == ["Beach"]
    rename.trigger()
    assert panel.field.text() == "Beach"
    qtbot.keyClicks(panel.field, "Sea")
    with qtbot.waitSignal(panel.named) as named:
        qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert named.args == ["Sea", "Beach"]


# In the window -----------------------------------------------------------------------------


def names(window: MainWindow) -> list[str]:
    return [row.saved.name for row in window.parts.saved.rows()]


def test_a_search_is_kept_and_asked_again_as_it_was(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    parts = window.parts
    parts.left_button.setChecked(False)
    parts.kinds.toggle(Modality.VIDEO)
    parts.filters.set_filters("ext:mp4")
    parts.results.head.strictness.show_step(2)
    parts.folders.set_scope([Path("/photos")])
    ask(qtbot, window, "a dog")
    asked = library.queries[-1]
    window.actions_by_name["save_search"].trigger()
    assert parts.left.isVisible()
    assert parts.saved.field.text() == "a dog"
    qtbot.keyClick(parts.saved.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window) == ["a dog"])
    assert library.saved == {"a dog": asked}
    parts.filters.reset()
    parts.folders.clear_scope()
    parts.results.head.strictness.show_step(0)
    ask(qtbot, window, "a cat")
    n_before = len(library.queries)
    with answered(qtbot, window):
        parts.saved.rows()[0].click()
    qtbot.wait(200)  # longer than a slider that is moved by hand takes to tell
    assert library.queries[-1] == asked
    assert len(library.queries) == n_before + 1, "asked once"
    assert parts.kinds.kinds() == (Modality.VIDEO,)
    assert parts.search_box.text() == "a dog"


def test_there_is_nothing_to_keep_without_a_query(window: MainWindow) -> None:
    window.actions_by_name["save_search"].trigger()
    assert not window.parts.saved.field.isVisible()
    assert "no search to keep" in window.parts.banner.message()


def test_new_hits_are_counted_and_seen(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.saved = {"dogs": Query(text="dog"), "Cats": Query(text="cat")}
    library.n_new = {"dogs": 4}
    window.saved_flow.look()

    def new() -> dict[str, int]:
        return {row.saved.name: row.saved.n_new for row in window.parts.saved.rows()}

    qtbot.waitUntil(lambda: new() == {"Cats": 0, "dogs": 4})
    with answered(qtbot, window):
        window.parts.saved.rows()[1].click()
    qtbot.waitUntil(lambda: new() == {"Cats": 0, "dogs": 0})


def test_a_person_who_types_does_not_wait_for_the_counts(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.saved = {f"{n}": Query(text=f"{n}") for n in range(9)}
    counted: list[str] = []
    gate = threading.Event()

    def new_hits(name: str) -> list[Hit]:
        gate.wait(PATIENCE_S)
        counted.append(name)
        return []

    library.new_hits = new_hits  # type: ignore[method-assign]
    window.saved_flow.look()
    qtbot.waitUntil(lambda: len(names(window)) == 9)
    asked_after: list[int] = []
    library.search_gate = lambda query: asked_after.append(len(counted))
    window.parts.search_box.set_text("dog")
    gate.set()
    qtbot.waitUntil(lambda: bool(asked_after))
    assert asked_after[0] < 3
    qtbot.waitUntil(lambda: len(counted) == 9)


def test_searches_are_renamed_and_forgotten(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.saved = {"dogs": Query(text="dog")}
    window.saved_flow.look()
    qtbot.waitUntil(lambda: names(window) == ["dogs"])
    window.parts.saved.named.emit("hounds", "dogs")
    qtbot.waitUntil(lambda: names(window) == ["hounds"])
    assert library.saved == {"hounds": Query(text="dog")}
    window.parts.saved.forget_asked.emit("hounds")
    qtbot.waitUntil(lambda: names(window) == [])


def test_what_cannot_be_kept_is_told(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    def fail(name: str, query: object) -> None:
        raise LibraryError("The disk is full.")

    library.save_search = fail  # type: ignore[method-assign, assignment]
    ask(qtbot, window, "dog")
    window.parts.saved.named.emit("dogs", "")
    qtbot.waitUntil(window.parts.banner.isVisible)
    assert window.parts.banner.message() == "The disk is full."


def test_escape_while_naming_leaves_the_query(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "dog")
    window.actions_by_name["save_search"].trigger()
    qtbot.keyClick(window.parts.saved.field, Qt.Key.Key_Escape)
    assert window.parts.search_box.text() == "dog"
    assert not window.parts.saved.field.isVisible()


def test_verdicts_of_a_kept_search_are_its_verdicts_again(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    kept = Query(text="dog", liked=(Path("/photos/1.jpg"),), disliked=(Path("/photos/2.jpg"),))
    library.saved = {"dogs": kept}
    window.saved_flow.look()
    qtbot.waitUntil(lambda: names(window) == ["dogs"])
    with answered(qtbot, window):
        window.parts.saved.rows()[0].click()
    assert library.queries[-1].liked == kept.liked
    assert library.queries[-1].disliked == kept.disliked
