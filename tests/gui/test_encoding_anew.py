"""The window says that files are being encoded anew, and with what."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from mmsearch.gui import encoding_anew as module
from mmsearch.gui.encoding_anew import EncodingAnew, anew_words, encoding_anew
from mmsearch.gui.library_session import Indexing
from mmsearch.gui.status_row import StatusRow
from mmsearch.gui.theme import Theme
from mmsearch.types import LibraryStatus, Modality
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary

OLD, NEW = "mini@1", "siglip+mini@2+1"


def status(
    n_outdated: int, *, space: str = NEW, answering: str = OLD, n_offline: int = 0
) -> LibraryStatus:
    counts = dict.fromkeys(Modality, 0)
    return LibraryStatus(
        2000,
        0,
        n_offline,
        2000,
        (space,),
        counts,
        (),
        n_outdated=n_outdated,
        answering=answering,
    )


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Record:
        name = "SigLIP {2}"

    monkeypatch.setattr(module, "installed_models", lambda: {"siglip": Record()})


def test_what_has_to_be_encoded_anew() -> None:
    assert encoding_anew(status(0)) is None
    assert encoding_anew(status(1200)) == EncodingAnew(1200, "SigLIP {2}", is_found=True)
    alone = encoding_anew(status(1200, answering=NEW))
    assert alone == EncodingAnew(1200, "SigLIP {2}", is_found=False)


def test_what_is_on_drives_that_are_away_is_nothing_to_wait_for() -> None:
    assert encoding_anew(status(12, answering=NEW, n_offline=12)) is None


@pytest.mark.parametrize(
    ("space", "name"),
    [("mini@3", "mmsearch mini"), ("siglip+clap@1+2", "SigLIP {2} + clap")],
)
def test_names_of_models(space: str, name: str) -> None:
    anew = encoding_anew(status(1, space=space))
    assert anew is not None
    assert anew.model == name


@pytest.mark.parametrize(
    ("anew", "is_running", "words"),
    [
        (
            EncodingAnew(1200, "SigLIP {2}", is_found=True),
            True,
            "1,200 files are being encoded anew with SigLIP {2}; until then the model before "
            "answers.",
        ),
        (
            EncodingAnew(1, "a", is_found=True),
            False,
            "1 file has yet to be encoded with a; until then the model before answers.",
        ),
        (
            EncodingAnew(2, "a", is_found=False),
            True,
            "2 files are being encoded anew with a; until then they are not found.",
        ),
        (
            EncodingAnew(1, "a", is_found=False),
            False,
            "1 file has yet to be encoded with a; until then it is not found.",
        ),
    ],
)
def test_words(anew: EncodingAnew, is_running: bool, words: str) -> None:
    assert anew_words(anew, is_running=is_running) == words


def test_the_row_says_it_as_long_as_it_is_so(qtbot: QtBot, theme: Theme) -> None:
    row = StatusRow(theme)
    qtbot.addWidget(row)
    row.show_encoding_anew(EncodingAnew(1200, "SigLIP", is_found=True))
    assert not row.isHidden()
    assert "have yet to be" in row.anew_text()
    row.show_indexing(Indexing.RUNNING)
    assert "are being encoded anew" in row.anew_text()
    row.show_indexing(Indexing.IDLE)
    row.show_encoding_anew(None)
    assert row.isHidden()
    assert row.anew_text() == ""


def test_the_window_says_it(qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary) -> None:
    library.n_outdated, library.answering = 2, "other@1"
    window = make_window()
    status_row = window.parts.status
    qtbot.waitUntil(lambda: "encoded" in status_row.anew_text())
    assert library.n_caught_up > 0
    library.n_outdated = 0
    window.library.refresh()
    qtbot.waitUntil(lambda: not status_row.anew_text())
