"""A better order that comes after the first: it never moves what somebody is pointing at."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.result_model import ResultModel
from mmsearch.gui.result_page import ResultPage
from mmsearch.gui.search_session import Answer
from mmsearch.gui.theme import Theme
from mmsearch.present.visuals import Visuals
from mmsearch.types import Hit, Query
from tests.gui.fake_library import made_hit

QUERY = Query(text="dog", limit=300)


@pytest.fixture
def model(jobs: Jobs, tmp_path: Path) -> ResultModel:
    return ResultModel(CellLoader(jobs, Visuals(tmp_path)))


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, model: ResultModel) -> ResultPage:
    made = ResultPage(model, theme)
    qtbot.addWidget(made)
    made.show()
    made.show_answer(Answer(QUERY, hits("abc"), 0.01, can_be_refined=True))
    return made


def hits(names: str) -> list[Hit]:
    return [made_hit(rank, f"/x/{name}") for rank, name in enumerate(names, 1)]


def refined(names: str) -> Answer:
    return Answer(QUERY, hits(names), 0.3, is_refined=True)


def names(model: ResultModel) -> str:
    return "".join(hit.path.name for hit in model.hits())


def point_at_results(page: ResultPage, monkeypatch: pytest.MonkeyPatch, pointing: bool) -> None:
    monkeypatch.setattr(page._stack, "underMouse", lambda: pointing)


def test_it_takes_the_place_of_the_first_and_the_selection_stays(
    page: ResultPage, model: ResultModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_at_results(page, monkeypatch, pointing=False)
    page.grid.select_row(1)
    page.show_answer(refined("bca"))
    assert names(model) == "bca"
    selected = page.grid.current_hit()
    assert selected is not None
    assert selected.path.name == "b"
    assert not page.fresh.isVisible()


def test_under_the_mouse_it_waits_for_a_click(
    qtbot: QtBot, page: ResultPage, model: ResultModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_at_results(page, monkeypatch, pointing=True)
    page.show_answer(refined("bca"))
    assert names(model) == "abc"
    assert page.fresh.isVisible()
    assert page.fresh.text() == "Show in a better order"
    page.fresh.click()
    assert names(model) == "bca"
    assert not page.fresh.isVisible()


def test_the_same_order_is_taken_wherever_the_mouse_is(
    page: ResultPage, model: ResultModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_at_results(page, monkeypatch, pointing=True)
    page.show_answer(refined("abc"))
    assert names(model) == "abc"
    assert not page.fresh.isVisible()


def test_another_question_takes_the_offer_away(
    page: ResultPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_at_results(page, monkeypatch, pointing=True)
    page.show_answer(refined("bca"))
    page.show_answer(Answer(Query(text="cat", limit=300), hits("xyz"), 0.01))
    assert not page.fresh.isVisible()
