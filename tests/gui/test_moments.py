"""The relevance curve of a film, and the way from moment to moment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui.curves import Curves, has_curve
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.media_view import MediaView
from mmsearch.gui.moment_bar import MomentBar
from mmsearch.gui.theme import Theme
from mmsearch.gui.time_line import TimeLine
from mmsearch.types import (
    Hit,
    LineRange,
    Metadata,
    Modality,
    Moment,
    Query,
    RelevanceCurve,
    TimeRange,
)
from tests.gui.fake_library import FakeLibrary, made_hit
from tests.present.media_files import write_film

FIRST, SECOND, THIRD = (
    Moment(TimeRange(at, at + 1.0), match, TimeRange(at, at + 1.0))
    for at, match in ((0.0, 0.3), (1.0, 0.9), (2.0, 0.5))
)
CURVE = RelevanceCurve(
    (FIRST.range, SECOND.range, THIRD.range), (0.3, 0.9, 0.5), (SECOND, THIRD, FIRST), (0,)
)


def film(path: Path | str = "/films/a.mp4", *, moments: tuple[Moment, ...] = ()) -> Hit:
    about = Metadata(duration_s=3.0, width_px=160, height_px=90)
    hit = made_hit(path=path, modality=Modality.VIDEO, locator=SECOND.range, metadata=about)
    return replace(hit, moments=moments)


@pytest.fixture
def curves(jobs: Jobs, library: FakeLibrary) -> Curves:
    made = Curves(jobs)
    library.curve = CURVE
    made.set_library(library)
    made.set_query(Query(text="a dog"))
    return made


# Where curves come from ----------------------------------------------------------------------


def test_a_curve_is_made_once_beside_the_window(
    qtbot: QtBot, curves: Curves, library: FakeLibrary
) -> None:
    hit = film()
    with qtbot.waitSignal(curves.loaded) as told:
        assert curves.get(hit) is None
        assert curves.get(hit) is None
    assert told.args == [hit, CURVE]
    assert curves.get(hit) is CURVE
    assert [path for _, path in library.curves_asked] == [hit.path]
    assert all("search" in name for name in library.threads)


def test_another_query_has_another_curve_but_not_another_limit(
    qtbot: QtBot, curves: Curves, library: FakeLibrary
) -> None:
    with qtbot.waitSignal(curves.loaded):
        curves.get(film())
    curves.set_query(Query(text="a dog", limit=1500))
    assert curves.get(film()) is CURVE
    curves.set_query(Query(text="a cat"))
    with qtbot.waitSignal(curves.loaded):
        assert curves.get(film()) is None
    assert [query.text for query, _ in library.curves_asked] == ["a dog", "a cat"]


def test_only_films_and_sounds_have_curves(curves: Curves, jobs: Jobs) -> None:
    assert not has_curve(made_hit(modality=Modality.CODE, locator=LineRange(1, 2)))
    assert curves.get(made_hit()) is None
    curves.set_query(Query())
    assert curves.get(film()) is None
    assert jobs.n_waiting() == 0


def test_a_film_that_has_left_the_library_has_an_empty_curve(
    qtbot: QtBot, curves: Curves, library: FakeLibrary
) -> None:
    library.curve_error = UserError("gone")
    with qtbot.waitSignal(curves.loaded) as told:
        curves.get(film())
    assert told.args[1].parts == ()


# The bar -------------------------------------------------------------------------------------


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> MomentBar:
    made = MomentBar(theme)
    qtbot.addWidget(made)
    made.show_moments((FIRST, SECOND, THIRD), SECOND.range)
    return made


def test_the_bar_begins_at_the_moment_shown_and_ends_at_the_ends(bar: MomentBar) -> None:
    went: list[Moment] = []
    bar.chosen.connect(went.append)
    assert bar.words() == "2 of 3"
    bar.next.click()
    assert not bar.next.isEnabled()
    bar.step(1)
    bar.previous.click()
    bar.previous.click()
    assert not bar.previous.isEnabled()
    assert went == [THIRD, SECOND, FIRST]
    assert bar.words() == "1 of 3"


def test_one_moment_needs_no_bar(bar: MomentBar) -> None:
    bar.show_moments((SECOND,), SECOND.range)
    assert bar.isHidden()
    bar.show_moments((FIRST, THIRD), TimeRange(1.5, 1.9))
    assert bar.words() == "2 of 2", "the next one after what is shown"


# The time line -------------------------------------------------------------------------------


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> TimeLine:
    made = TimeLine(theme)
    qtbot.addWidget(made)
    made.resize(300, 44)
    made.show_media(3.0, SECOND.range, None)
    made.show_curve(CURVE, (FIRST, SECOND, THIRD))
    made.show()
    return made


def n_coloured(image: QImage, x: int, colour: QColor) -> int:
    """How many pixels of a column are drawn in a colour, focus ring and line left out."""
    return sum(image.pixelColor(x, y) == colour for y in range(2, image.height() - 10))


def test_the_curve_is_high_where_it_fits_and_the_found_part_is_filled(
    line: TimeLine, theme: Theme
) -> None:
    image = line.grab().toImage()
    accent = QColor(theme.colours.accent)
    assert n_coloured(image, 150, accent) > 25
    assert n_coloured(image, 50, accent) == n_coloured(image, 250, accent) == 0
    ground = image.pixelColor(50, 3)
    drawn = [sum(image.pixelColor(x, y) != ground for y in range(34)) for x in (50, 150, 250)]
    assert drawn[0] < drawn[2] < drawn[1]


def test_another_found_part_is_filled_instead(line: TimeLine, theme: Theme) -> None:
    line.show_found(THIRD.range)
    image = line.grab().toImage()
    accent = QColor(theme.colours.accent)
    assert n_coloured(image, 250, accent) > n_coloured(image, 150, accent) == 0


def test_the_line_says_what_is_under_the_pointer(line: TimeLine) -> None:
    assert line.words_at(150.0) == "0:01 · strong"
    line.show_curve(None, ())
    assert line.words_at(299.9) == "0:02"


def test_without_a_length_nothing_is_drawn_and_nothing_breaks(line: TimeLine) -> None:
    line.show_media(0.0, SECOND.range, None)
    line.show_curve(CURVE, (FIRST,))
    assert not line.grab().isNull()


# The media view and the window ---------------------------------------------------------------


def test_another_moment_changes_the_start_and_asks_for_its_still(
    qtbot: QtBot, theme: Theme
) -> None:
    media = MediaView(theme)
    qtbot.addWidget(media)
    hit = film(moments=(SECOND, FIRST))
    media.show_hit(hit, None)
    media.show_curve(hit, CURVE)
    asked: list[Moment] = []
    media.moment_chosen.connect(asked.append)
    media.moments.step(-1)
    assert asked == [FIRST]
    assert media.found == FIRST.range
    assert media._time.text() == "0:00 / 0:03"
    media.show_hit(hit, None)
    assert media.found == FIRST.range, "better content of the same hit changes nothing"
    media.show_hit(film("/films/b.mp4"), None)
    assert media.found == SECOND.range
    assert media.moments.moments == ()


def test_keys_go_from_moment_to_moment_and_the_still_follows(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    library.hits = [film(write_film(tmp_path / "a.mp4"))]
    library.curve = CURVE
    media = window.parts.preview.viewer.media
    with qtbot.waitSignal(window.parts.preview.viewer.shown):
        window.parts.search_box.set_text("a dog")
    qtbot.waitUntil(lambda: media.moments.words() == "2 of 3")
    window.parts.results.grid.setFocus()
    qtbot.keyClick(window.parts.results.grid, Qt.Key.Key_N)
    assert media.found == THIRD.range

    def colour() -> QColor:
        still = media._still
        return still.grab().toImage().pixelColor(still.rect().center())

    qtbot.waitUntil(lambda: colour().blue() > 120 > colour().green())
    qtbot.keyClick(window.parts.results.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert media.found == SECOND.range


def test_a_click_on_a_button_of_the_bar_works_in_the_narrow_column(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.hits, library.curve = [film()], CURVE
    window.parts.search_box.set_text("a dog")
    pane = window.parts.preview
    qtbot.waitUntil(lambda: pane.viewer.media.moments.words() == "2 of 3")
    button = pane.viewer.media.moments.next
    corner = button.mapTo(pane, QPoint(button.width(), button.height()))
    assert corner.x() <= pane.width()
