"""What the window says when the indexing process dies."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from mmsearch.errors import IndexerLostError, LibraryError
from mmsearch.gui.library_session import Indexing
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary


def test_a_lost_indexing_can_be_started_again(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.index_error = IndexerLostError("The indexing has ended unexpectedly.", "Start it.")
    window = make_window(index_at_start=True)
    banner = window.parts.banner
    qtbot.waitUntil(lambda: banner.isVisible() and banner.offer.isVisible())
    assert "ended unexpectedly" in banner.message()
    assert banner.offer.text() == "Start it again"
    library.index_error = None
    banner.offer.click()
    qtbot.waitUntil(lambda: library.n_runs == 2 and window.library.indexing is Indexing.IDLE)
    assert not banner.isVisible()


def test_other_errors_offer_nothing(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    library.index_error = LibraryError("The library is in use.", "Wait.")
    window = make_window(index_at_start=True)
    banner = window.parts.banner
    qtbot.waitUntil(lambda: banner.isVisible() and "in use" in banner.message())
    assert not banner.offer.isVisible()


def test_closing_leaves_the_run_to_the_process(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    window = make_window()
    window.close()
    assert library.left
