"""Files that are no duplicates are taken out of their stack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.stack_flow import different_pairs
from mmsearch.gui.view_button import ResultView
from tests.gui.asking import answered, ask
from tests.gui.fake_library import FakeLibrary, made_hit

A, B, C = (made_hit(rank, f"/photos/{name}.jpg", group="g") for rank, name in enumerate("abc", 1))
PATHS = [hit.path for hit in (A, B, C)]


def test_the_chosen_are_told_apart_from_each_other_and_the_rest() -> None:
    a, b, c = PATHS
    assert different_pairs([A, B, C], [B]) == [(a, b), (b, c)]
    assert different_pairs([A, B, C], []) == [(a, b), (a, c), (b, c)]
    assert different_pairs([A, B, C], [A, B, C]) == [(a, b), (a, c), (b, c)]
    assert different_pairs([A, B, C], [A, B]) == [(a, b), (a, c), (b, c)]


def test_copies_cannot_be_told_apart() -> None:
    copy = replace(B, path=Path("/photos/copy.jpg"))
    assert different_pairs([B, copy], []) == []
    assert len(different_pairs([A, B, copy], [])) == 1


@pytest.fixture
def asked(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> MainWindow:
    library.hits = [A, B, C, made_hit(4, "/photos/d.jpg")]
    ask(qtbot, window, "a dog")
    window.parts.results.grid.setFocus()
    return window


def menu_texts(window: MainWindow) -> list[str]:
    return [action.text() for action in window.hits.menu().actions()]


def say_different(qtbot: QtBot, window: MainWindow) -> None:
    with answered(qtbot, window):
        window.actions_by_name["different"].trigger()


def test_only_a_stack_offers_it(asked: MainWindow) -> None:
    assert "These are different" in menu_texts(asked)
    asked.parts.results.grid.select_row(1)
    assert "These are different" not in menu_texts(asked)


@pytest.mark.parametrize("as_list", [False, True])
def test_a_closed_stack_falls_apart(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary, as_list: bool
) -> None:
    asked.parts.results.head.view_button.set_view(ResultView.LIST if as_list else ResultView.GRID)
    n_queries = len(library.queries)
    say_different(qtbot, asked)
    a, b, c = PATHS
    assert library.told_apart == [(a, b), (a, c), (b, c)]
    assert library.queries[n_queries:] == [library.queries[n_queries - 1]], "the same, once more"
    assert "not stacked any more" in asked.parts.banner.message()


def test_of_an_open_stack_the_selected_one_leaves(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    asked.parts.results.toggle_stack()
    asked.parts.results.grid.select_row(2)
    say_different(qtbot, asked)
    a, b, c = PATHS
    assert library.told_apart == [(a, c), (b, c)]


def test_copies_and_lone_files_are_left_alone(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    asked.parts.results.grid.select_row(1)
    asked.actions_by_name["different"].trigger()
    library.hits = [replace(hit, content_id="same") for hit in (A, B)]
    ask(qtbot, asked, "copies")
    asked.actions_by_name["different"].trigger()
    assert "byte by byte" in asked.parts.banner.message()
    assert library.told_apart == []


def test_what_the_library_refuses_is_said(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    library.search_error = UserError("It is not in the library.")
    asked.actions_by_name["different"].trigger()
    qtbot.waitUntil(lambda: "not in the library" in asked.parts.banner.message())


def test_it_can_be_taken_back_by_the_button(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    say_different(qtbot, asked)
    undo = asked.parts.banner.offer
    assert undo.isVisible()
    n_queries = len(library.queries)
    with answered(qtbot, asked):
        undo.click()
    assert library.told_apart == []
    assert len(library.queries) == n_queries + 1
    assert "stacked again" in asked.parts.banner.message()
    assert not undo.isVisible()


def test_the_key_takes_back_what_was_said_last(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    say_different(qtbot, asked)
    with answered(qtbot, asked):
        asked.actions_by_name["undo"].trigger()
    assert library.told_apart == []
    say_different(qtbot, asked)
    for name in ("like", "undo", "undo"):
        asked.actions_by_name[name].trigger()
        qtbot.waitUntil(lambda: asked.jobs.n_waiting() == 0)
    assert asked.parts.verdicts.judged() == {}
    assert len(library.told_apart) == 3, "a verdict came after it"


def test_what_cannot_be_taken_back_is_said(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    say_different(qtbot, asked)
    library.search_error = UserError("It is not in the library.")
    asked.parts.banner.offer.click()
    qtbot.waitUntil(lambda: "not in the library" in asked.parts.banner.message())
