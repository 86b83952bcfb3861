"""100,000 rows cost as little as what can be seen; zoom, keys, drag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.result_grid import CELL_WIDTHS_PX, DEFAULT_ZOOM, ResultGrid
from mmsearch.gui.result_model import AnyIndex, ResultModel, ResultRole
from mmsearch.gui.theme import Theme
from mmsearch.types import Hit
from tests.gui.fake_library import made_hits
from tests.gui.test_result_model import FakeVisuals


class CountingModel(ResultModel):
    """Counts what the view asks for."""

    def __init__(self, loader: CellLoader) -> None:
        super().__init__(loader)
        self.calls: Counter[int] = Counter()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.calls[role] += 1
        return super().data(index, role)


@pytest.fixture
def visuals() -> Iterator[FakeVisuals]:
    made = FakeVisuals()
    yield made
    made.gate.set()


@pytest.fixture
def model(jobs: Jobs, visuals: FakeVisuals) -> CountingModel:
    return CountingModel(CellLoader(jobs, visuals))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def many_hits() -> list[Hit]:
    """Making them takes longer than showing them."""
    return made_hits(100_000)


@pytest.fixture
def grid(qtbot: QtBot, model: CountingModel, theme: Theme) -> ResultGrid:
    made = ResultGrid(model, theme)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def test_the_first_paint_of_100_000_rows_asks_for_what_is_seen_only(
    qtbot: QtBot, grid: ResultGrid, model: CountingModel, many_hits: list[Hit]
) -> None:
    model.set_hits(many_hits)
    model.calls.clear()
    grid.viewport().repaint()
    n_visible = len(grid.visible_rows())
    assert 10 < n_visible < 60
    assert sum(model.calls.values()) < 20 * n_visible


def test_scrolling_to_the_end_asks_for_what_is_seen_only(
    qtbot: QtBot, grid: ResultGrid, model: CountingModel, many_hits: list[Hit]
) -> None:
    model.set_hits(many_hits)
    model.calls.clear()
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    grid.viewport().repaint()
    assert grid.visible_rows().stop == 100_000
    assert sum(model.calls.values()) < 40 * len(grid.visible_rows())


def test_a_small_step_of_the_scroll_bar_paints_only_what_comes_into_sight(
    qtbot: QtBot, grid: ResultGrid, model: CountingModel, visuals: FakeVisuals, jobs: Jobs
) -> None:
    model.set_hits(made_hits(2000))
    bar = grid.verticalScrollBar()
    # Keep the bottom edge within one line of cells, so that the strip touches only that line.
    line_px = grid.tiling().box(0)[3]
    bar.setValue(10 * line_px - grid.viewport().height() + 40)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: jobs.n_waiting() == 0)
    visuals.gate.clear()  # what comes into sight is painted once, without its picture
    QApplication.processEvents()
    model.calls.clear()
    bar.setValue(bar.value() + 50)
    QApplication.processEvents()
    assert 0 < model.calls[ResultRole.HIT] <= 2 * grid.n_columns


def test_the_arithmetic_of_visible_rows_agrees_with_qt(
    qtbot: QtBot, grid: ResultGrid, model: CountingModel
) -> None:
    model.set_hits(made_hits(3000))
    for value in (0, 777, 30_000, grid.verticalScrollBar().maximum()):
        grid.verticalScrollBar().setValue(value)
        area = grid.viewport().rect()
        seen = {row for row in range(3000) if grid.visualRect(model.index(row)).intersects(area)}
        rows = grid.visible_rows()
        assert seen <= set(rows)
        assert len(rows) - len(seen) <= 2 * grid.n_columns


@pytest.mark.parametrize("width", [300, 640, 1000, 1933])
def test_columns_share_the_width(qtbot: QtBot, grid: ResultGrid, width: int) -> None:
    model = grid.model()
    assert isinstance(model, ResultModel)
    model.set_hits(made_hits(50))
    grid.resize(width, 700)
    grid.viewport().repaint()
    tops = [grid.visualRect(model.index(row)).top() for row in range(50)]
    per_line = Counter(tops)
    n_columns = per_line[tops[0]]
    assert n_columns == grid.n_columns
    right = grid.visualRect(model.index(n_columns - 1)).right()
    assert 0 <= grid.viewport().width() - right <= n_columns + 2, "nothing is left over"


def test_zoom_stays_in_bounds_and_keeps_the_place(
    qtbot: QtBot, grid: ResultGrid, model: CountingModel
) -> None:
    model.set_hits(made_hits(2000))
    grid.select_row(900)
    for _ in range(20):
        grid.set_zoom(grid.zoom + 1)
    assert grid.zoom == len(CELL_WIDTHS_PX) - 1
    assert 900 in grid.visible_rows()
    for _ in range(20):
        grid.set_zoom(grid.zoom - 1)
    assert grid.zoom == 0
    assert 900 in grid.visible_rows()


def wheel(grid: ResultGrid, modifier: Qt.KeyboardModifier, turned: int) -> None:
    middle = QPointF(grid.viewport().rect().center())
    event = QWheelEvent(
        middle,
        grid.viewport().mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_ctrl_and_the_wheel_zoom_and_the_wheel_alone_scrolls(
    qtbot: QtBot, grid: ResultGrid, model: CountingModel
) -> None:
    model.set_hits(made_hits(500))
    grid.viewport().repaint()
    wheel(grid, Qt.KeyboardModifier.ControlModifier, 120)
    assert grid.zoom == DEFAULT_ZOOM + 1
    wheel(grid, Qt.KeyboardModifier.ControlModifier, -120)
    assert grid.zoom == DEFAULT_ZOOM
    assert grid.verticalScrollBar().value() == 0
    wheel(grid, Qt.KeyboardModifier.NoModifier, -120)
    assert grid.verticalScrollBar().value() > 0


def test_enter_and_double_click_open_but_a_click_does_not(
    qtbot: QtBot, grid: ResultGrid, model: CountingModel
) -> None:
    model.set_hits(made_hits(10))
    opened: list[int] = []
    grid.hit_activated.connect(lambda hit: opened.append(hit.rank))
    grid.viewport().repaint()
    middle = grid.visualRect(model.index(2)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened == []
    assert [hit.rank for hit in grid.selected_hits()] == [3]
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.keyClick(grid, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert opened == [3, 3, 3]


def test_arrows_move_and_letters_do_not_search_all_rows(
    qtbot: QtBot, grid: ResultGrid, model: CountingModel
) -> None:
    model.set_hits(made_hits(5000))
    grid.viewport().repaint()
    grid.select_row(0)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.currentIndex().row() == 1
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() == 1 + grid.n_columns
    model.calls.clear()
    qtbot.keyClick(grid, Qt.Key.Key_Q)
    assert model.calls[Qt.ItemDataRole.DisplayRole] < 100


def test_several_can_be_selected_in_rank_order(grid: ResultGrid, model: CountingModel) -> None:
    model.set_hits(made_hits(10))
    grid.selectAll()
    assert [hit.rank for hit in grid.selected_hits()] == list(range(1, 11))
    assert grid.dragEnabled()


def test_what_is_dragged_out_are_the_files_and_they_are_only_copied(
    grid: ResultGrid, model: CountingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[tuple[list[str], Qt.DropAction]] = []

    def leave(drag: QDrag, action: Qt.DropAction) -> None:
        dragged.append(([url.toLocalFile() for url in drag.mimeData().urls()], action))

    monkeypatch.setattr(QDrag, "exec", leave)
    grid.startDrag(Qt.DropAction.MoveAction)
    assert dragged == [], "nothing selected, nothing to drag"
    model.set_hits(made_hits(2))
    grid.selectAll()
    grid.startDrag(Qt.DropAction.MoveAction)
    assert dragged == [(["/photos/000001.jpg", "/photos/000002.jpg"], Qt.DropAction.CopyAction)]
