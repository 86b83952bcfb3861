"""The model asks for little: only what is painted, newest first, within bounds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.gui.cell_loader import MAX_IN_FLIGHT, CellKey, CellLoader, Unavailable
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.result_model import ResultModel, ResultRole
from mmsearch.present.visuals import Picture, Visual
from mmsearch.types import Hit, LineRange, Modality
from tests.conftest import PATIENCE_S
from tests.gui.fake_library import made_hit, made_hits


class FakeVisuals:
    """Grey pictures; may be made to wait or to fail."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.unreadable: set[str] = set()

    def small(self, hit: Hit, *, size_px: int) -> Visual:
        self.gate.wait(PATIENCE_S)
        self.asked.append(hit.path.name)
        if hit.path.name in self.unreadable:
            raise UnreadableFileError(FailureKind.CORRUPT, "The file is cut short.")
        return Picture(np.full((48, 64, 3), 128, np.uint8))


@pytest.fixture
def visuals() -> Iterator[FakeVisuals]:
    made = FakeVisuals()
    yield made
    made.gate.set()


@pytest.fixture
def loader(jobs: Jobs, visuals: FakeVisuals) -> CellLoader:
    return CellLoader(jobs, visuals)  # type: ignore[arg-type]


@pytest.fixture
def model(loader: CellLoader) -> ResultModel:
    return ResultModel(loader)


def test_the_model_keeps_the_rules_of_qt(model: ResultModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.set_hits(made_hits(20))
    qtmodeltester.check(model)
    model.set_hits(made_hits(3))


def test_rows_say_what_they_are(model: ResultModel) -> None:
    model.set_hits([made_hit(1, "/code/a.py", Modality.CODE, locator=LineRange(3, 9), match=0.8)])
    index = model.index(0)
    assert index.data() == "a.py"
    assert "/code/a.py" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "0.80" in index.data(Qt.ItemDataRole.ToolTipRole)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "a.py, code, 3 – 9, strong"


def test_an_offline_hit_says_so(model: ResultModel) -> None:
    model.set_hits([made_hit(offline=True)])
    assert "not connected" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_content_comes_later_and_is_announced(qtbot: QtBot, model: ResultModel) -> None:
    model.set_hits(made_hits(3))
    assert model.index(1).data(ResultRole.CONTENT) is None
    with qtbot.waitSignal(model.dataChanged) as changed:
        pass
    assert changed.args is not None
    first, last, roles = changed.args
    assert (first.row(), last.row(), list(roles)) == (1, 1, [ResultRole.CONTENT])
    content = model.index(1).data(ResultRole.CONTENT)
    assert isinstance(content, QPixmap)
    assert (content.width(), content.height()) == (64, 48)


def test_nothing_is_read_before_it_is_painted(
    qtbot: QtBot, model: ResultModel, visuals: FakeVisuals
) -> None:
    model.set_hits(made_hits(1000))
    for row in range(1000):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, ResultRole.HIT):
            model.index(row).data(role)
    qtbot.wait(20)
    assert visuals.asked == []


def test_copies_of_a_file_are_read_once_and_all_announced(
    qtbot: QtBot, model: ResultModel, visuals: FakeVisuals
) -> None:
    one = made_hit(1, "/a/same.jpg")
    model.set_hits([one, one])
    changed: list[int] = []
    model.dataChanged.connect(lambda first, *_: changed.append(first.row()))
    model.index(0).data(ResultRole.CONTENT)
    model.index(1).data(ResultRole.CONTENT)
    qtbot.waitUntil(lambda: sorted(changed) == [0, 1])
    assert visuals.asked == ["same.jpg"]


def test_the_newest_wish_is_first_and_hidden_rows_are_dropped(
    qtbot: QtBot, model: ResultModel, loader: CellLoader, visuals: FakeVisuals
) -> None:
    model.set_hits(made_hits(500))
    visuals.gate.clear()
    for row in range(200):
        model.index(row).data(ResultRole.CONTENT)
    model.set_visible_rows(range(190, 200))
    visuals.gate.set()
    last_wanted = CellKey.of(model.hits()[190], 256)
    qtbot.waitUntil(lambda: loader.peek(last_wanted) is not None)
    begun = {f"{rank:06}.jpg" for rank in range(1, MAX_IN_FLIGHT + 1)}
    later = [name for name in visuals.asked if name not in begun]
    assert "000200.jpg" in later[:2], "the newest wish comes first to one of the two threads"
    near = {f"{rank:06}.jpg" for rank in range(181, 201)}
    assert set(later) <= near, "what has scrolled away is not read"


def test_memory_is_bounded_and_the_oldest_goes(
    qtbot: QtBot, jobs: Jobs, visuals: FakeVisuals
) -> None:
    one_bytes = 64 * 48 * 4
    loader = CellLoader(jobs, visuals, max_bytes=5 * one_bytes)  # type: ignore[arg-type]
    hits = made_hits(12)
    for hit in hits:
        key = CellKey.of(hit, 256)
        loader.get(hit, key)
        qtbot.waitUntil(lambda key=key: loader.peek(key) is not None)
    assert loader.n_bytes <= 5 * one_bytes
    kept = [hit.rank for hit in hits if loader.peek(CellKey.of(hit, 256)) is not None]
    assert kept == [8, 9, 10, 11, 12]


def test_an_unreadable_file_is_asked_for_once_until_failures_are_forgotten(
    qtbot: QtBot, model: ResultModel, loader: CellLoader, visuals: FakeVisuals
) -> None:
    visuals.unreadable = {"000001.jpg"}
    model.set_hits(made_hits(1))
    model.index(0).data(ResultRole.CONTENT)
    qtbot.waitUntil(
        lambda: model.index(0).data(ResultRole.CONTENT) == Unavailable("The file is cut short.")
    )
    assert len(visuals.asked) == 1
    loader.forget_failures()
    visuals.unreadable = set()
    model.index(0).data(ResultRole.CONTENT)
    qtbot.waitUntil(lambda: isinstance(model.index(0).data(ResultRole.CONTENT), QPixmap))


def test_pictures_come_in_the_size_asked_for_but_code_does_not() -> None:
    picture, code = made_hit(), made_hit(modality=Modality.CODE)
    assert CellKey.of(picture, 256) != CellKey.of(picture, 512)
    assert CellKey.of(code, 256) == CellKey.of(code, 512)


def test_rows_leave_as_files(model: ResultModel) -> None:
    model.set_hits(made_hits(3))
    data = model.mimeData([model.index(0), model.index(2)])
    assert [Path(url.toLocalFile()).name for url in data.urls()] == ["000001.jpg", "000003.jpg"]
    assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled


def test_a_file_is_found_again_in_other_results(model: ResultModel) -> None:
    hits = made_hits(5)
    model.set_hits(hits)
    assert model.row_of(hits[3].asset_id) == 3
    assert model.row_of("another") is None
