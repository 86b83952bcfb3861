"""The page on files that turn up too often."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui.hub_page import HubBars, HubPage, HubPair
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.theme import Theme
from mmsearch.normalise.guard import Choice
from mmsearch.normalise.setting import Setting
from mmsearch.normalising.report import Hubs, PairReport
from mmsearch.types import Modality
from tests.gui.fake_library import FakeLibrary

BEFORE, AFTER = np.array([0] * 90 + [1] * 8 + [400], np.int64), np.array([4] * 99, np.int64)


def pair(*, is_raw: bool = False) -> HubPair:
    return HubPair(
        "text", Modality.IMAGE, "nnn k=8", is_raw, "as on other collections",
        BEFORE, BEFORE if is_raw else AFTER, "pictures/milky_way.jpg", (9.8, 0.0),
    )  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> HubPage:
    made = HubPage(theme)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    return made


def test_a_pair_says_what_is_done_and_what_came_of_it(page: HubPage) -> None:
    page.show_waiting()
    assert page.state.text() == "Measuring…"
    assert not page.anew.isEnabled()
    page.show_pairs([pair(), pair(is_raw=True)])
    first, second = page.cards()
    assert first.title() == "Words → Pictures"
    assert first.words() == (
        "Balanced by nearest neighbour normalisation (k=8): as on other collections."
        " pictures/milky_way.jpg turned up 400 times; now no file more than 4."
        " Skewness 9.80 before, 0.00 after."
    )
    assert second.words().startswith("Not balanced: ")
    assert not page.state.isVisible()
    page.show_pairs([])
    assert page.cards() == []
    assert "too little" in page.state.text()


def test_bars_are_drawn_before_and_after(qtbot: QtBot, theme: Theme) -> None:
    bars = HubBars(pair(), theme)
    qtbot.addWidget(bars)
    bars.resize(400, 140)
    image = bars.grab().toImage()
    accent = QColor(theme.colours.accent)
    columns = {x for x in range(400) if image.pixelColor(x, 110) == accent}
    # Everything is in the fourth of ten bins, 4–7 times.
    assert columns
    assert 120 <= min(columns) < max(columns) <= 160
    assert bars.before[-1] > 0


def report(reason: str = "measured here", n_segment: int = 99) -> PairReport:
    before, after = Hubs(BEFORE[:n_segment], 0), Hubs(AFTER[:n_segment], 0)
    setting = Setting("nnn", {"k": 8})
    choice = Choice(setting, reason)
    return PairReport(("text", Modality.IMAGE), choice, "queries", 500, before, after)


def test_the_settings_lead_to_it_and_esc_leads_back(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hub_reports = [report(), report("too few for hubs", 20)]
    window.parts.settings.hubness_asked.emit()
    assert window.parts.stack.currentWidget() is window.parts.hubs
    qtbot.waitUntil(lambda: len(window.parts.hubs.cards()) == 1)
    assert "measured here" in window.parts.hubs.cards()[0].words()
    assert library.decided_anew == [False]
    window.parts.hubs.anew.click()
    qtbot.waitUntil(lambda: library.decided_anew == [False, True])
    qtbot.waitUntil(window.parts.hubs.anew.isEnabled)
    window.actions_by_name["escape"].trigger()
    assert window.parts.stack.currentWidget() is window.parts.welcome


def test_what_goes_wrong_is_said_on_the_page(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hub_error = UserError("The library was indexed with another encoder.")
    window.hub_flow.show()
    qtbot.waitUntil(lambda: "another encoder" in window.parts.hubs.state.text())
