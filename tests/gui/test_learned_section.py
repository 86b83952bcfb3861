"""What a library has learned: what is shown, learning with progress and stop, switch, forget."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mmsearch.adapt.adapter import Adapter
from mmsearch.adapt.held_out import Verdict
from mmsearch.adapting.adaptation import Adaptation
from mmsearch.errors import LibraryError
from mmsearch.gui.learned_section import LearnedSection
from mmsearch.gui.main_window import MainWindow
from mmsearch.types import Modality
from tests.gui.asking import answered, ask
from tests.gui.fake_library import FakeLibrary

IMAGE, VIDEO, AUDIO, CODE = Modality

BETTER = Verdict(True, "better", 90, 80, 0.4, 0.45, 0.001)
NO_BETTER = Verdict(False, "no better", 70, 60, 0.5, 0.495, 0.8)
TOO_FEW = Verdict(False, "too few", 1, 1)
FOUND = Adaptation(
    {IMAGE: BETTER, AUDIO: NO_BETTER, CODE: TOO_FEW},
    {IMAGE: Adapter(np.eye(2, dtype=np.float32), None)},
)


@pytest.fixture
def section(qtbot: QtBot) -> LearnedSection:
    made = LearnedSection()
    qtbot.addWidget(made)
    made.show()
    return made


def shown_buttons(section: LearnedSection) -> list[str]:
    made = (section.learn, section.switch, section.forget, section.stop)
    return [one.text() for one in made if one.isVisibleTo(section)]


def test_nothing_is_learned_at_first(section: LearnedSection) -> None:
    assert section.state.text() == "Nothing is learned yet."
    assert shown_buttons(section) == ["Learn"]


def test_what_was_found_is_said_for_each_kind(section: LearnedSection) -> None:
    section.show_learned(FOUND)
    assert section.state.text() == "Searches use it."
    assert section.outcomes.text().splitlines() == [
        "Pictures: kept (0.400 → 0.450)",
        "Sounds: not kept (0.500 → 0.495)",
        "Code: too little to learn from; named files: 1 (it takes 60), different names: 1"
        " (it takes 12)",
    ]
    assert shown_buttons(section) == ["Learn anew", "Switch off", "Forget"]


def test_switched_off_and_refused(section: LearnedSection) -> None:
    section.show_learned(replace(FOUND, is_on=False))
    assert section.state.text() == "It is switched off."
    assert shown_buttons(section) == ["Learn anew", "Switch on", "Forget"]
    section.show_learned(replace(FOUND, adapters={}))
    assert section.state.text() == "Nothing of it is kept; searches are as before."
    assert shown_buttons(section) == ["Learn anew", "Forget"]
    section.show_learned(Adaptation({}, {}))
    assert section.state.text() == "There are no files yet to learn from."


# In the window ---------------------------------------------------------------------------------


def opened(window: MainWindow) -> LearnedSection:
    window.actions_by_name["settings"].trigger()
    return window.parts.settings.learned


def test_learning_shows_how_far_it_is_and_holds_at_once(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.learns = FOUND
    library.learn_gate.clear()
    ask(qtbot, window, "a dog")
    section = opened(window)
    section.learn.click()
    qtbot.waitUntil(lambda: section.busy.text() == "Learning: Pictures")
    assert section.progress.value() == 500
    assert not section.learn.isEnabled()
    with answered(qtbot, window):
        library.learn_gate.set()
    qtbot.waitUntil(lambda: section.state.text() == "Searches use it.")
    assert section.learn.isEnabled()
    assert shown_buttons(section) == ["Learn anew", "Switch off", "Forget"]


def test_learning_can_be_stopped_and_nothing_changes(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.learned, library.learns = FOUND, Adaptation({}, {})
    library.learn_gate.clear()
    section = opened(window)
    qtbot.waitUntil(lambda: section.state.text() == "Searches use it.")
    section.learn.click()
    qtbot.waitUntil(section.stop.isVisible)
    section.stop.click()
    qtbot.waitUntil(lambda: not section.stop.isVisible())
    assert section.state.text() == "Searches use it."
    assert library.learned is FOUND


def test_it_is_switched_off_and_on_and_forgotten(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.learned = FOUND
    section = opened(window)
    qtbot.waitUntil(section.switch.isVisible)
    section.switch.click()
    qtbot.waitUntil(lambda: section.state.text() == "It is switched off.")
    section.switch.click()
    qtbot.waitUntil(lambda: section.state.text() == "Searches use it.")
    section.forget.click()
    qtbot.waitUntil(lambda: section.state.text() == "Nothing is learned yet.")
    assert library.learned is None
    assert shown_buttons(section) == ["Learn"]


def test_what_cannot_be_kept_is_said(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.learn_error = LibraryError("What was learned cannot be kept: No space left on device.")
    section = opened(window)
    section.learn.click()
    qtbot.waitUntil(section.trouble.isVisible)
    assert "No space left" in section.trouble.text()
    assert section.learn.isEnabled()
