"""Thumbs up and down: they refine, they are shown, they can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.qtbot import QtBot

from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.result_model import ResultRole
from mmsearch.gui.verdicts import Verdict, Verdicts
from mmsearch.types import Modality, Query
from tests.gui.asking import answered, ask
from tests.gui.fake_library import FakeLibrary, made_hits

A, B, C = (Path(f"/photos/{name}.jpg") for name in "abc")
DOG, CAT = Query(text="a dog"), Query(text="a cat")


@pytest.fixture
def verdicts() -> Verdicts:
    made = Verdicts()
    made.show(DOG)
    return made


def test_verdicts_refine_the_question_they_are_about(verdicts: Verdicts) -> None:
    verdicts.judge([A], Verdict.GOOD)
    verdicts.judge([B, C], Verdict.NOT_THIS)
    refined = verdicts.applied(Query(text=" a dog ", limit=7, modalities=(Modality.IMAGE,)))
    assert (refined.liked, refined.disliked, refined.limit) == ((A,), (B, C), 7)
    assert verdicts.applied(CAT) == CAT
    verdicts.show(CAT)
    assert verdicts.judged() == {}
    verdicts.show(DOG)
    assert verdicts.judged()[A] is Verdict.GOOD


def test_saying_it_again_takes_it_back_and_the_other_replaces_it(verdicts: Verdicts) -> None:
    verdicts.judge([A], Verdict.GOOD)
    verdicts.judge([A], Verdict.NOT_THIS)
    assert verdicts.judged() == {A: Verdict.NOT_THIS}
    verdicts.judge([A], Verdict.NOT_THIS)
    assert verdicts.judged() == {}
    verdicts.judge([A], Verdict.GOOD)
    verdicts.judge([A, B], Verdict.GOOD)
    assert verdicts.judged() == dict.fromkeys((A, B), Verdict.GOOD), "of some: of all"


def test_each_step_can_be_undone_on_its_question(verdicts: Verdicts) -> None:
    verdicts.judge([A], Verdict.GOOD)
    verdicts.judge([B], Verdict.NOT_THIS)
    verdicts.clear()
    assert verdicts.judged() == {}
    verdicts.undo()
    assert list(verdicts.judged()) == [A, B]
    verdicts.show(CAT)
    assert not verdicts.can_undo()
    verdicts.undo()
    verdicts.show(DOG)
    verdicts.undo()
    verdicts.undo()
    verdicts.undo()
    assert verdicts.judged() == {}
    assert verdicts.applied(DOG) == DOG


def test_nothing_said_is_nothing_to_undo(verdicts: Verdicts) -> None:
    verdicts.judge([], Verdict.GOOD)
    verdicts.clear()
    assert not verdicts.can_undo()


# The window ----------------------------------------------------------------------------------


@pytest.fixture
def asked(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> MainWindow:
    library.hits = made_hits(6)
    ask(qtbot, window, "a dog")
    window.parts.results.grid.setFocus()
    return window


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    with answered(qtbot, window):
        qtbot.keyClick(window.parts.results.grid, key)


def test_keys_refine_the_search_in_place(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    grid, line = asked.parts.results.grid, asked.parts.verdict_line
    assert not line.isVisible()
    grid.select_row(2)
    press(qtbot, asked, Qt.Key.Key_G)
    assert library.queries[-1].liked == (library.hits[2].path,)
    assert line.isVisible()
    assert line.words() == "Refined by: 1 right"
    assert grid.currentIndex().row() == 2
    grid.select_row(4)
    # What is not wanted goes to the end; the eye stays where it is.
    library.hits = [*library.hits[:4], library.hits[5], library.hits[4]]
    press(qtbot, asked, Qt.Key.Key_B)
    assert library.queries[-1].disliked == (library.hits[5].path,)
    assert line.words() == "Refined by: 1 right, 1 not this"
    assert grid.currentIndex().row() == 4
    model = asked.parts.result_model
    assert [model.index(row).data(ResultRole.VERDICT) for row in (2, 4, 5)] == [
        Verdict.GOOD,
        None,
        Verdict.NOT_THIS,
    ]
    assert model.index(5).data(Qt.ItemDataRole.AccessibleTextRole).endswith("not this")


def test_it_is_undone_by_key_and_by_the_line(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    press(qtbot, asked, Qt.Key.Key_B)
    with answered(qtbot, asked):
        asked.actions_by_name["undo"].trigger()
    assert library.queries[-1].disliked == ()
    assert not asked.parts.verdict_line.isVisible()
    press(qtbot, asked, Qt.Key.Key_G)
    with answered(qtbot, asked):
        asked.parts.verdict_line.clear.click()
    assert library.queries[-1].liked == ()
    asked.actions_by_name["undo"].trigger()
    asked.parts.verdict_line.undo.click()
    qtbot.waitUntil(lambda: asked.jobs.n_waiting() == 0)


def test_all_that_is_selected_is_judged(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    asked.parts.results.grid.selectAll()
    press(qtbot, asked, Qt.Key.Key_G)
    assert len(library.queries[-1].liked) == 6


def test_the_buttons_of_the_preview_show_and_say_it(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    buttons = asked.parts.preview.verdict
    with answered(qtbot, asked):
        buttons.not_this.click()
    assert library.queries[-1].disliked == (library.hits[0].path,)
    assert buttons.not_this.isChecked()
    assert not buttons.good.isChecked()
    asked.parts.results.grid.select_row(1)
    assert not buttons.not_this.isChecked()


def test_another_question_has_no_verdicts_and_the_old_one_has_its_own(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    press(qtbot, asked, Qt.Key.Key_G)
    for text, n_liked in (("a cat", 0), ("a dog", 1)):
        with answered(qtbot, asked):
            asked.parts.search_box.set_text(text)
        assert len(library.queries[-1].liked) == n_liked
        assert asked.parts.verdict_line.isVisible() == bool(n_liked)


def test_a_letter_in_the_search_box_is_a_letter(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    asked.parts.search_box.focus_input()
    asked.parts.search_box.clear()
    field = asked.parts.search_box.focusWidget()
    qtbot.keyClicks(field, "gb")
    assert asked.parts.search_box.text() == "gb"
    assert asked.parts.verdicts.judged() == {}


def test_a_mark_is_drawn_on_the_picture(qtbot: QtBot, asked: MainWindow) -> None:
    grid = asked.parts.results.grid

    def corner() -> QColor:
        area = grid.visualRect(asked.parts.result_model.index(0))
        place = area.topLeft()
        image = grid.viewport().grab().toImage()
        return image.pixelColor(place.x() + 18, place.y() + 18)

    before = corner()
    asked.parts.verdicts.judge([asked.parts.result_model.hits()[0].path], Verdict.GOOD)
    assert corner().lightness() < before.lightness()
    qtbot.waitUntil(lambda: asked.jobs.n_waiting() == 0)


def test_the_quick_look_judges_what_it_shows_and_misses_nothing(
    qtbot: QtBot, asked: MainWindow, library: FakeLibrary
) -> None:
    look, hits = asked.parts.quick_look, library.hits
    asked.parts.results.grid.select_row(1)
    asked.actions_by_name["quick_look"].trigger()
    library.hits = [hits[0], *hits[2:], hits[1]]
    with answered(qtbot, asked):
        qtbot.keyClick(look, Qt.Key.Key_B)
    assert library.queries[-1].disliked == (hits[1].path,)
    assert look.viewer.hit is not None
    assert look.viewer.hit.path == hits[1].path, "what is looked at stays"
    assert look.verdict.not_this.isChecked()
    asked.actions_by_name["copy_path"].trigger()
    assert QGuiApplication.clipboard().text() == str(hits[1].path)
    qtbot.keyClick(look, Qt.Key.Key_Right)
    assert look.viewer.hit.path == hits[2].path
    assert not look.verdict.not_this.isChecked()
    qtbot.keyClick(look, Qt.Key.Key_Right)
    assert look.viewer.hit.path == hits[3].path
    with answered(qtbot, asked):
        look.verdict.good.click()
    assert look.hasFocus()
    look.close_look()
