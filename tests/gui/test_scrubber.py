"""A film under the mouse shows what it holds; nobody waits for frames that nobody wants."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.gui.cell_loader import CellLoader
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.scrubber import N_FRAMES, Scrubber
from mmsearch.present.visuals import Picture, Visual
from mmsearch.types import Hit, Metadata, Modality, TimeRange
from tests.conftest import PATIENCE_S
from tests.gui.fake_library import made_hit


class Frames:
    """Frames as grey as they are late in a film of 160 seconds."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.is_broken = False

    def small(self, hit: Hit, *, size_px: int) -> Visual:
        assert isinstance(hit.locator, TimeRange)
        assert size_px == 256
        self.asked.append((hit.path.name, hit.locator.start_s))
        self.gate.wait(PATIENCE_S)
        if self.is_broken:
            raise UnreadableFileError(FailureKind.CORRUPT, "The film is cut short.")
        return Picture(np.full((9, 16, 3), round(hit.locator.start_s), np.uint8))


@pytest.fixture
def frames() -> Iterator[Frames]:
    made = Frames()
    yield made
    made.gate.set()


@pytest.fixture
def scrubber(qtbot: QtBot, jobs: Jobs, frames: Frames) -> Scrubber:
    return Scrubber(CellLoader(jobs, frames))  # type: ignore[arg-type]


def film(name: str = "a", duration_s: float | None = 160.0) -> Hit:
    metadata = Metadata(duration_s=duration_s)
    return made_hit(1, f"/films/{name}.mp4", Modality.VIDEO, metadata=metadata)


def grey(scrubber: Scrubber, hit: Hit) -> int | None:
    """How late in the film the frame on show is; None while there is none."""
    scrub = scrubber.scrub(hit)
    if scrub is None or not isinstance(scrub.frame, QPixmap):
        return None
    return scrub.frame.toImage().pixelColor(0, 0).red()


def test_the_frame_under_the_mouse_is_shown(qtbot: QtBot, scrubber: Scrubber) -> None:
    hit = film()
    scrubber.move(hit, 0.5, 256)
    scrub = scrubber.scrub(hit)
    assert scrub is not None
    assert (scrub.share, scrub.at_s, scrub.frame) == (0.5, 80.0, None), "the place is known at once"
    qtbot.waitUntil(lambda: grey(scrubber, hit) == 85)
    scrubber.move(hit, 2.0, 256)
    qtbot.waitUntil(lambda: grey(scrubber, hit) == 155)
    assert scrubber.scrub(film("b")) is None


def test_until_a_frame_is_there_the_nearest_one_is_shown(
    qtbot: QtBot, scrubber: Scrubber, frames: Frames, jobs: Jobs
) -> None:
    hit = film()
    scrubber.move(hit, 0.0, 256)
    qtbot.waitUntil(lambda: len(frames.asked) == 2 and jobs.n_waiting() == 0)
    assert {at_s for _, at_s in frames.asked} == {5.0, 15.0}, "and the one beside it is ready"
    frames.gate.clear()
    scrubber.move(hit, 0.99, 256)
    assert grey(scrubber, hit) == 15


def test_who_only_passes_opens_no_film(
    qtbot: QtBot, scrubber: Scrubber, frames: Frames, jobs: Jobs
) -> None:
    scrubber.move(film(), 0.5, 256)
    scrubber.leave()
    last = film("last")
    scrubber.move(last, 0.5, 256)
    qtbot.waitUntil(lambda: grey(scrubber, last) is not None)
    assert {name for name, _ in frames.asked} == {"last.mp4"}


def test_wishes_for_a_film_that_was_left_are_dropped(
    qtbot: QtBot, scrubber: Scrubber, frames: Frames, jobs: Jobs
) -> None:
    frames.gate.clear()
    hit, other = film(), film("other")
    for place in range(N_FRAMES):
        scrubber.move(hit, place / N_FRAMES, 256)
        if place == 0:
            qtbot.waitUntil(lambda: bool(frames.asked))
    scrubber.move(other, 0.5, 256)
    frames.gate.set()
    qtbot.waitUntil(lambda: grey(scrubber, other) is not None)
    assert len([name for name, _ in frames.asked if name == "a.mp4"]) <= 2


def test_leaving_shows_the_found_moment_again(qtbot: QtBot, scrubber: Scrubber) -> None:
    hit = film()
    scrubber.move(hit, 0.5, 256)
    with qtbot.waitSignal(scrubber.changed):
        scrubber.leave()
    assert scrubber.scrub(hit) is None


@pytest.mark.parametrize("hit", [made_hit(), film(duration_s=None)])
def test_what_is_no_film_or_has_no_length_stays(scrubber: Scrubber, hit: Hit) -> None:
    scrubber.move(hit, 0.5, 256)
    assert scrubber.scrub(hit) is None


def test_a_film_that_cannot_be_read_keeps_its_picture(
    qtbot: QtBot, scrubber: Scrubber, frames: Frames, jobs: Jobs
) -> None:
    frames.is_broken = True
    hit = film()
    scrubber.move(hit, 0.5, 256)
    qtbot.waitUntil(lambda: len(frames.asked) == 3 and jobs.n_waiting() == 0)
    assert grey(scrubber, hit) is None
