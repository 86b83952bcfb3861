"""Grid, pictures in their own shapes, list, and by kind: the same results laid out otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QHoverEvent
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.details import detail_rows
from mmsearch.gui.details_model import Column
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.result_model import ResultModel
from mmsearch.gui.result_page import ResultPage
from mmsearch.gui.search_session import Answer
from mmsearch.gui.theme import Theme
from mmsearch.gui.view_button import ResultView
from mmsearch.gui.window_state import WindowState
from mmsearch.present.arrangement import Order
from mmsearch.present.visuals import Visuals
from mmsearch.types import Hit, LineRange, Metadata, Modality, Query
from tests.gui.asking import answered, ask
from tests.gui.fake_library import FakeLibrary, made_hit

WIDE, HIGH = Metadata(width_px=300, height_px=100), Metadata(width_px=100, height_px=200)


def mixed_hits() -> list[Hit]:
    """Twenty sounds, then twenty pictures, then one film; the last of each kind is a stack."""
    kinds = [Modality.AUDIO] * 20 + [Modality.IMAGE] * 20 + [Modality.VIDEO]
    return [
        made_hit(
            rank,
            f"/x/{rank}",
            kind,
            match=0.9 - rank / 100,
            group="g" if rank in (19, 20) else "",
            metadata=Metadata(duration_s=100.0) if kind is Modality.VIDEO else WIDE,
        )
        for rank, kind in enumerate(kinds, 1)
    ]


@pytest.fixture
def model(jobs: Jobs, tmp_path: Path) -> ResultModel:
    return ResultModel(CellLoader(jobs, Visuals(tmp_path)))


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, model: ResultModel) -> ResultPage:
    made = ResultPage(model, theme)
    qtbot.addWidget(made)
    made.resize(820, 900)
    made.show()
    return made


def show(page: ResultPage, hits: list[Hit], view: ResultView, text: str = "dog") -> None:
    page.show_answer(Answer(Query(text=text, limit=300), hits, 0.01))
    page.head.view_button.set_view(view)


def sizes(model: ResultModel) -> list[int]:
    return [len(section.rows) for section in model.sections()]


# The model ---------------------------------------------------------------------------------


def test_kinds_apart_keep_the_rules_of_qt(model: ResultModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.set_hits(mixed_hits())
    model.set_section_rows(4)
    assert [hit.rank for hit in model.hits()] == [1, 2, 3, 4, 21, 22, 23, 24, 41]
    model.set_section_rows(6)
    model.toggle_section(Modality.IMAGE)
    assert sizes(model) == [6, 20, 1]
    model.toggle_section(Modality.AUDIO)
    assert model.toggle_stack(model.index(18))
    assert sizes(model) == [20, 20, 1]
    model.toggle_section(Modality.AUDIO)
    model.set_section_rows(3)
    assert sizes(model) == [3, 20, 1]
    model.set_order(Order.NAME)
    model.set_hits([])
    model.set_hits(mixed_hits())
    model.set_section_rows(None)
    assert len(model.hits()) == 40, "one stands in a stack"
    assert model.sections() == []


# By kind -----------------------------------------------------------------------------------


def test_each_kind_has_its_head_and_its_best(page: ResultPage, model: ResultModel) -> None:
    show(page, mixed_hits(), ResultView.KINDS)
    assert sizes(model) == [8, 8, 1], "two lines of four"
    heads = page.grid.section_heads()
    assert [head.accessibleName() for head in heads] == ["Sounds: 19", "Pictures: 20", "Videos: 1"]
    assert [head.all.isVisible() for head in heads] == [True, True, False]
    assert heads[0].all.text() == "Show all 19"
    firsts = [page.grid.visualRect(model.index(row)).top() for row in (0, 8, 16)]
    assert [head.geometry().bottom() + 1 for head in heads] == firsts


def test_one_click_shows_all_of_a_kind_and_another_the_first(
    qtbot: QtBot, page: ResultPage, model: ResultModel
) -> None:
    show(page, mixed_hits(), ResultView.KINDS)
    page.grid.select_row(9)
    everything = page.grid.section_heads()[0].all
    qtbot.mouseClick(everything, Qt.MouseButton.LeftButton)
    assert sizes(model) == [19, 8, 1]
    current = page.grid.current_hit()
    assert current is not None
    assert current.rank == 22, "it is where it was"
    assert everything.text() == "Show fewer"
    qtbot.keyClick(everything, Qt.Key.Key_Space)
    assert sizes(model) == [8, 8, 1]
    show(page, mixed_hits(), ResultView.KINDS)
    page.grid.section_heads()[0].toggled.emit()
    show(page, mixed_hits(), ResultView.KINDS, "another question")
    assert sizes(model) == [8, 8, 1]


def test_arrows_go_from_kind_to_kind(qtbot: QtBot, page: ResultPage, model: ResultModel) -> None:
    show(page, mixed_hits(), ResultView.KINDS)
    page.grid.select_row(7)
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    assert page.grid.currentIndex().row() == 8
    qtbot.keyClick(page.grid, Qt.Key.Key_Up)
    assert page.grid.currentIndex().row() == 4
    for _ in range(4):
        qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.currentIndex().row() == 16
    qtbot.keyClick(page.grid, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert len(page.grid.selected_hits()) == 17


def test_a_wider_window_has_other_columns(page: ResultPage, model: ResultModel) -> None:
    show(page, mixed_hits(), ResultView.KINDS)
    page.resize(1300, 900)
    assert sizes(model) == [page.grid.n_columns] * 2 + [1], "one line is enough"
    page.resize(500, 900)
    assert sizes(model) == [2 * page.grid.n_columns] * 2 + [1]


def test_heads_scroll_with_their_rows(page: ResultPage, model: ResultModel) -> None:
    show(page, mixed_hits(), ResultView.KINDS)
    page.resize(500, 400)
    page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().maximum())
    head = page.grid.section_heads()[2]
    first = page.grid.visualRect(model.index(model.rowCount() - 1))
    assert head.geometry().bottom() + 1 == first.top()
    assert page.grid.viewport().rect().contains(head.geometry())
    page.head.view_button.set_view(ResultView.GRID)
    assert page.grid.section_heads() == []
    assert not head.isVisible()


def test_the_best_of_each_kind_are_asked_for(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    ask(qtbot, window, "a dog")
    assert not library.queries[-1].each_kind
    button = window.parts.results.head.view_button
    for view, is_asked in ((ResultView.KINDS, True), (ResultView.LIST, False)):
        with answered(qtbot, window):
            button.set_view(view)
        assert library.queries[-1].each_kind is is_asked
    n_queries = len(library.queries)
    button.set_view(ResultView.ROWS)
    assert len(library.queries) == n_queries, "the same results, laid out otherwise"


# Pictures in their own shapes --------------------------------------------------------------


def test_pictures_have_their_own_shapes(page: ResultPage, model: ResultModel) -> None:
    hits = [
        made_hit(rank, f"/x/{rank}", metadata=WIDE if rank % 2 else HIGH) for rank in range(1, 60)
    ]
    show(page, hits, ResultView.ROWS)
    wide, high = (page.grid.visualRect(model.index(row)).size() for row in (0, 1))
    assert abs((wide.width() - 8) / (wide.height() - 8) - 3) < 0.1
    assert abs((high.width() - 8) / (high.height() - 8) - 0.5) < 0.1
    page.grid.set_zoom(page.grid.zoom + 1)
    assert page.grid.visualRect(model.index(0)).height() > wide.height()


def test_a_name_is_over_a_picture_only_while_one_looks_at_it(
    page: ResultPage, model: ResultModel
) -> None:
    show(page, [made_hit(rank, f"/x/{rank}") for rank in (1, 2, 3)], ResultView.ROWS)
    page.grid.select_row(2)
    area = page.grid.visualRect(model.index(0))
    plain = page.grid.viewport().grab(area).toImage()
    point_at(page, area.center())
    assert page.grid.viewport().grab(area).toImage() != plain
    point_at(page, page.grid.visualRect(model.index(1)).center())
    assert page.grid.viewport().grab(area).toImage() == plain


# Code --------------------------------------------------------------------------------------


def test_a_file_of_code_names_all_its_found_places(page: ResultPage, model: ResultModel) -> None:
    hit = made_hit(1, "/x/a.py", Modality.CODE, locator=LineRange(10, 42))
    model.set_hits([replace(hit, passages=(LineRange(60, 70), LineRange(1, 5)))])
    index = model.index(0)
    assert "lines 10 – 42, 60 – 70, 1 – 5" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "10 – 42 +2" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert dict(detail_rows(model.hits()[0]))["Found"] == "lines 10 – 42, 60 – 70, 1 – 5"
    assert page.table.details.index(0, Column.PART).data() == "10 – 42 +2"


# What all of them do -----------------------------------------------------------------------


def point_at(page: ResultPage, at: QPoint) -> None:
    viewport, place = page.grid.viewport(), QPointF(at)
    moved = QHoverEvent(QEvent.Type.HoverMove, place, viewport.mapToGlobal(place), place)
    QApplication.sendEvent(viewport, moved)


def test_a_film_under_the_mouse_says_where_in_it_one_is(
    page: ResultPage, model: ResultModel
) -> None:
    hit = mixed_hits()[-1]
    show(page, [hit], ResultView.GRID)
    area = page.grid.visualRect(model.index(0))
    before = page.grid.viewport().grab(area).toImage()
    point_at(page, QPoint(area.center().x(), area.top() + 40))
    scrub = page.grid.scrubber.scrub(hit)
    assert scrub is not None
    assert abs(scrub.share - 0.5) < 0.02
    assert page.grid.viewport().grab(area).toImage() != before
    for beside in (QPoint(area.center().x(), area.bottom() - 12), QPoint(area.right() + 50, 40)):
        point_at(page, QPoint(area.center().x(), area.top() + 40))
        assert page.grid.scrubber.scrub(hit) is not None
        point_at(page, beside)
        assert page.grid.scrubber.scrub(hit) is None, "over its name, or over nothing"


def test_screen_readers_know_the_rows(page: ResultPage, model: ResultModel) -> None:
    show(page, mixed_hits(), ResultView.KINDS)
    told = QAccessible.queryAccessibleInterface(page.grid)
    assert (told.role(), told.text(QAccessible.Text.Name)) == (QAccessible.Role.List, "Results")
    assert told.childCount() == model.rowCount()
    assert told.child(8).text(QAccessible.Text.Name) == "21, picture, strong"


@pytest.mark.parametrize("view", [ResultView.GRID, ResultView.ROWS, ResultView.KINDS])
def test_a_band_selects_what_it_touches(
    qtbot: QtBot, page: ResultPage, model: ResultModel, view: ResultView
) -> None:
    show(page, [made_hit(rank, f"/x/{rank}") for rank in range(1, 7)], view)
    viewport = page.grid.viewport()
    start = QPoint(viewport.width() - 1, viewport.height() - 1)
    end = page.grid.visualRect(model.index(1)).center()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(viewport, left, pos=start)
    qtbot.mouseMove(viewport, start - QPoint(30, 30))
    qtbot.mouseMove(viewport, end)
    touched = {hit.rank for hit in page.grid.selected_hits()}
    qtbot.mouseRelease(viewport, left, pos=end)
    assert {2, 3} <= touched
    assert 1 not in touched
    assert {hit.rank for hit in page.grid.selected_hits()} == touched


@pytest.mark.parametrize("view", [ResultView.GRID, ResultView.ROWS, ResultView.KINDS])
def test_shift_selects_from_one_to_the_other(
    qtbot: QtBot, page: ResultPage, model: ResultModel, view: ResultView
) -> None:
    show(page, [made_hit(rank, f"/x/{rank}") for rank in range(1, 9)], view)
    viewport, left = page.grid.viewport(), Qt.MouseButton.LeftButton
    at = [page.grid.visualRect(model.index(row)).center() for row in (1, 6)]
    qtbot.mouseClick(viewport, left, pos=at[0])
    qtbot.mouseClick(viewport, left, Qt.KeyboardModifier.ShiftModifier, pos=at[1])
    assert [hit.rank for hit in page.grid.selected_hits()] == [2, 3, 4, 5, 6, 7]


def test_another_view_keeps_the_current_file(page: ResultPage) -> None:
    show(page, mixed_hits(), ResultView.GRID)
    page.grid.select_row(20)
    for view in (*ResultView, ResultView.GRID):
        page.head.view_button.set_view(view)
        current = page.grid.current_hit()
        assert current is not None
        assert current.rank == 22
        assert page.grid.currentIndex().row() in page.grid.visible_rows()


def test_a_view_is_chosen_from_the_menu_and_by_the_key(page: ResultPage) -> None:
    button = page.head.view_button
    menu = button.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "By kind").trigger()
    assert page.view() is ResultView.KINDS
    assert "By kind" in button.accessibleName()
    button.next_view()
    assert page.view() is ResultView.GRID
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False]


@pytest.mark.parametrize("written", ["kinds", "nonsense"])
def test_the_view_is_remembered(
    page: ResultPage, tmp_path: Path, qtbot: QtBot, theme: Theme, model: ResultModel, written: str
) -> None:
    state = WindowState(tmp_path / "w.ini")
    page.head.view_button.set_view(ResultView.KINDS)
    page.remember(state)
    if written == "nonsense":
        state.set_text("view", written)
    again = ResultPage(model, theme)
    qtbot.addWidget(again)
    again.restore(state)
    assert again.view() is (ResultView.KINDS if written == "kinds" else ResultView.GRID)
