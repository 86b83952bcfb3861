"""The list with details: the same rows as the grid, and the same selection."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.details_model import Column, DetailsModel
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.result_model import ResultModel, ResultRole
from mmsearch.gui.result_page import ResultPage
from mmsearch.gui.search_session import Answer
from mmsearch.gui.theme import Theme
from mmsearch.gui.verdicts import Verdict
from mmsearch.gui.view_button import ResultView
from mmsearch.gui.window_state import WindowState
from mmsearch.present.arrangement import Order, Stack
from mmsearch.present.visuals import Visuals
from mmsearch.types import Hit, LineRange, Metadata, Modality, Query, TimeRange
from tests.gui.fake_library import made_hit, made_hits


@pytest.fixture
def model(jobs: Jobs, tmp_path: Path) -> ResultModel:
    return ResultModel(CellLoader(jobs, Visuals(tmp_path)))


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, model: ResultModel) -> ResultPage:
    made = ResultPage(model, theme)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def show(page: ResultPage, hits: list[Hit], text: str = "dog") -> None:
    page.show_answer(Answer(Query(text=text, limit=300), hits, 0.01))


def stacked_hits() -> list[Hit]:
    groups = ("a", "", "a", "b", "a", "b")
    return [
        made_hit(rank, f"/photos/{rank}.jpg", group=group) for rank, group in enumerate(groups, 1)
    ]


def ranks(model: ResultModel) -> list[int]:
    return [hit.rank for hit in model.hits()]


# The models --------------------------------------------------------------------------------


def test_the_details_keep_the_rules_of_qt(model: ResultModel, qtmodeltester: ModelTester) -> None:
    details = DetailsModel(model)
    qtmodeltester.check(details)
    model.set_hits(stacked_hits())
    model.toggle_stack(model.index(0))
    model.toggle_stack(model.index(4))
    model.toggle_stack(model.index(0))
    model.set_order(Order.NAME)
    model.set_hits(made_hits(2))


def test_stacks_keep_the_rules_of_qt(model: ResultModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.set_hits(stacked_hits())
    assert ranks(model) == [1, 2, 4]
    assert model.toggle_stack(model.index(0))
    assert ranks(model) == [1, 3, 5, 2, 4]
    assert model.toggle_stack(model.index(2)), "any of its rows closes it"
    assert ranks(model) == [1, 2, 4]
    assert not model.toggle_stack(model.index(1))


def test_a_row_says_that_it_is_a_stack(model: ResultModel) -> None:
    model.set_hits(stacked_hits())
    index = model.index(0)
    assert index.data(ResultRole.STACK) == Stack(3, is_open=False, is_top=True)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "1.jpg, picture, strong, stack of 3"
    assert "One of 3" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_file_in_a_closed_stack_is_found_at_its_top(model: ResultModel) -> None:
    hits = stacked_hits()
    model.set_hits(hits)
    assert model.row_of(hits[4].asset_id) == 0
    assert model.row_of(hits[5].asset_id) == 2


@pytest.mark.parametrize(
    ("hit", "cells"),
    [
        (
            made_hit(metadata=Metadata(taken_at="2020-02-03T04:05:06")),
            ["a.jpg", "strong", "picture", "", "2020-02-03", "12 kB", "/photos"],
        ),
        (
            made_hit(
                1,
                "/x/b.mp4",
                Modality.VIDEO,
                match=0.4,
                locator=TimeRange(61, 70),
                metadata=Metadata(duration_s=100, taken_at="0000-00-00"),
                size_bytes=5,
            ),
            ["b.mp4", "good", "video", "1:01 / 1:40", "0000-00-00", "5 B", "/x"],
        ),
        (
            made_hit(
                1,
                "/x/c.py",
                Modality.CODE,
                match=0.01,
                locator=LineRange(3, 9),
                metadata=Metadata(language="python", taken_at="2021-01-01"),
            ),
            ["c.py", "weak", "python", "3 – 9", "2021-01-01", "12 kB", "/x"],
        ),
    ],
)
def test_a_row_has_its_details(model: ResultModel, hit: Hit, cells: list[str]) -> None:
    model.set_hits([hit])
    details = DetailsModel(model)
    assert [details.index(0, column).data() for column in Column] == cells


def test_rows_leave_as_files_each_once(model: ResultModel) -> None:
    model.set_hits(made_hits(3))
    details = DetailsModel(model)
    data = details.mimeData([details.index(2, 0), details.index(0, 0), details.index(0, 3)])
    names = [Path(url.toLocalFile()).name for url in data.urls()]
    assert names == ["000001.jpg", "000003.jpg"]


# The page ----------------------------------------------------------------------------------


def test_the_list_selects_for_the_grid(qtbot: QtBot, page: ResultPage) -> None:
    show(page, made_hits(9))
    page.head.view_button.set_view(ResultView.LIST)
    assert page.table.isVisible()
    assert page.table.currentIndex().row() == 0
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [hit.rank for hit in page.grid.selected_hits()] == [2, 3]
    current = page.grid.current_hit()
    assert current is not None
    assert current.rank == 3
    page.table.selectAll()
    assert len(page.grid.selected_hits()) == 9


def test_the_list_follows_the_grid(page: ResultPage) -> None:
    show(page, made_hits(9))
    page.head.view_button.set_view(ResultView.LIST)
    page.grid.select_row(6)
    assert page.table.currentIndex().row() == 6
    assert {index.row() for index in page.table.selectedIndexes()} == {6}
    flag = QItemSelectionModel.SelectionFlag.Select
    page.grid.selectionModel().select(page.grid.model().index(2, 0), flag)
    assert {index.row() for index in page.table.selectedIndexes()} == {2, 6}


def test_the_keyboard_goes_to_the_view_on_show(qtbot: QtBot, page: ResultPage) -> None:
    show(page, made_hits(3))
    page.grid.setFocus()
    page.head.view_button.set_view(ResultView.LIST)
    assert page.table.hasFocus()
    page.head.setFocus()
    page.grid.setFocus()
    assert page.table.hasFocus()
    page.head.view_button.set_view(ResultView.GRID)
    assert page.grid.hasFocus()


def test_enter_in_the_list_opens(qtbot: QtBot, page: ResultPage) -> None:
    show(page, made_hits(3))
    page.head.view_button.set_view(ResultView.LIST)
    with qtbot.waitSignal(page.table.hit_activated) as activated:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert activated.args is not None
    assert activated.args[0].rank == 1


def header_click(qtbot: QtBot, page: ResultPage, column: Column) -> None:
    header = page.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_click_on_a_column_orders(qtbot: QtBot, page: ResultPage, model: ResultModel) -> None:
    show(page, [made_hit(rank, f"/x/{rank}.jpg", size_bytes=rank) for rank in (1, 2, 3)])
    page.head.view_button.set_view(ResultView.LIST)
    header_click(qtbot, page, Column.SIZE)
    assert ranks(model) == [3, 2, 1]
    assert page.head.order() is Order.LARGEST
    header_click(qtbot, page, Column.SIZE)
    assert ranks(model) == [1, 2, 3]
    assert page.head.order() is Order.SMALLEST
    header_click(qtbot, page, Column.KIND)
    assert page.head.order() is Order.SMALLEST
    assert page.table.horizontalHeader().sortIndicatorSection() == Column.SIZE
    header_click(qtbot, page, Column.MATCH)
    assert page.head.order() is Order.MATCH


def test_another_order_keeps_the_current_file(page: ResultPage, model: ResultModel) -> None:
    show(page, [made_hit(rank, f"/x/{9 - rank}.jpg") for rank in (1, 2, 3)])
    page.grid.select_row(0)
    page.head.set_order(Order.NAME)
    assert ranks(model) == [3, 2, 1]
    assert page.grid.currentIndex().row() == 2


def test_a_click_on_the_badge_opens_the_stack(
    qtbot: QtBot, page: ResultPage, model: ResultModel
) -> None:
    show(page, stacked_hits())
    box = page.grid.visualRect(model.index(0))
    badge = QPoint(box.right() - 24, box.top() + 24)
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=badge)
    assert ranks(model) == [1, 3, 5, 2, 4]
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert ranks(model) == [1, 3, 5, 2, 4], "elsewhere a click selects"
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=badge)
    assert ranks(model) == [1, 2, 4]


def test_a_click_on_the_badge_in_the_list(
    qtbot: QtBot, page: ResultPage, model: ResultModel
) -> None:
    show(page, stacked_hits())
    page.head.view_button.set_view(ResultView.LIST)
    cell = page.table.visualRect(page.table.details.index(0, Column.NAME))
    at = QPoint(cell.right() - 20, cell.center().y())
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert ranks(model) == [1, 3, 5, 2, 4]


def test_closing_a_stack_goes_back_to_its_top(page: ResultPage, model: ResultModel) -> None:
    show(page, stacked_hits())
    page.toggle_stack()
    page.grid.select_row(2)
    page.toggle_stack()
    assert ranks(model) == [1, 2, 4]
    assert page.grid.currentIndex().row() == 0


def test_only_what_is_seen_in_the_list_is_read(
    qtbot: QtBot, page: ResultPage, model: ResultModel
) -> None:
    show(page, made_hits(2000))
    page.head.view_button.set_view(ResultView.LIST)
    page.table.verticalScrollBar().setValue(1000 * 40)
    assert page.table.visible_rows().start == 1000
    assert len(page.table.visible_rows()) < 20


# How strict --------------------------------------------------------------------------------


def test_the_slider_says_what_it_means(qtbot: QtBot, page: ResultPage) -> None:
    strictness = page.head.strictness
    assert (strictness.text(), page.min_match()) == ("All matches", 0.0)
    with qtbot.waitSignal(page.strictness_changed):
        strictness.set_step(2)
    assert (strictness.text(), page.min_match()) == ("Good and better", 0.3)
    assert "30 %" in strictness.toolTip()
    assert "30 %" in strictness.slider.accessibleDescription()


def test_where_nothing_is_close_enough_one_click_shows_all(qtbot: QtBot, page: ResultPage) -> None:
    page.head.strictness.set_step(3)
    page.show_answer(Answer(Query(text="dog", min_match=0.6), [], 0.01))
    assert "“Strong only”" in page.nothing.text.text()
    (button,) = page.nothing.buttons()
    with qtbot.waitSignal(page.strictness_changed):
        button.click()
    assert page.min_match() == 0


def test_nothing_close_is_judged_by_the_best_match_wherever_it_stands(page: ResultPage) -> None:
    weak = made_hits(20, match=0.05)
    show(page, weak)
    assert page.head_text() == "Nothing in your library is close to this. The nearest:"
    assert not page.head.strictness.isVisible()
    show(page, [*weak, made_hit(21, match=0.2)], "cat")
    assert page.head_text() == "1 result · 20 weaker below"
    assert page.head.strictness.isVisible()


def test_a_narrow_page_keeps_the_controls(qtbot: QtBot, page: ResultPage) -> None:
    show(page, made_hits(3))
    page.resize(420, 400)
    assert page.width() == 420
    assert page.head.strictness.slider.isVisible()
    assert page.head.view_button.geometry().right() < 420


def test_the_page_is_shown_as_at_the_end_of_the_last_run(
    page: ResultPage, tmp_path: Path, qtbot: QtBot, theme: Theme, model: ResultModel
) -> None:
    state = WindowState(tmp_path / "w.ini")
    page.head.strictness.set_step(1)
    page.head.view_button.set_view(ResultView.LIST)
    page.table.setColumnWidth(Column.NAME, 301)
    page.remember(state)
    state.save()
    again = ResultPage(model, theme)
    qtbot.addWidget(again)
    again.restore(WindowState(tmp_path / "w.ini"))
    assert again.min_match() == 0.1
    assert again.view() is ResultView.LIST
    assert again.table.columnWidth(Column.NAME) == 301


def test_an_order_is_chosen_from_the_menu(page: ResultPage, model: ResultModel) -> None:
    show(page, made_hits(3))
    menu = page.head.order_button.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Smallest first").trigger()
    assert model.order is Order.SMALLEST
    assert page.head.order_button.text() == "Smallest first ▾"


def test_the_list_marks_what_was_said(page: ResultPage, model: ResultModel) -> None:
    page.head.view_button.set_view(ResultView.LIST)
    show(page, made_hits(3))
    paths = [hit.path for hit in model.hits()]
    area = page.table.visualRect(page.table.details.index(1, Column.NAME))
    pictures = []
    for judged in ({}, {paths[1]: Verdict.GOOD}, {paths[1]: Verdict.NOT_THIS}):
        model.set_verdicts(judged)
        pictures.append(page.table.viewport().grab(area).toImage())
    assert all(one != other for one, other in combinations(pictures, 2))
    model.set_verdicts({paths[2]: Verdict.GOOD})
    assert page.table.viewport().grab(area).toImage() == pictures[0]
