"""Cells show what they should, judged by their pixels and their words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStyle

from mmsearch.gui.cell_loader import Unavailable
from mmsearch.gui.result_delegate import ResultDelegate, badge_text
from mmsearch.gui.theme import Theme, ThemeMode
from mmsearch.present.excerpt import Excerpt, ExcerptLine, Span, TokenKind
from mmsearch.present.visuals import Wave
from mmsearch.types import LineRange, Locator, Metadata, Modality, TimeRange
from tests.gui.fake_library import made_hit
from tests.gui.painting import count_near, count_of, paint_cell, plain_pixmap

BOX = QRect(8, 8, 184, 138)
"""Where the picture of a cell 200 px wide stands."""


def middle_of(box: QRect) -> QRect:
    return box.adjusted(20, 20, -20, -20)


def test_a_picture_of_nearly_the_right_shape_fills_the_box(theme: Theme) -> None:
    image = paint_cell(theme, made_hit(), plain_pixmap(256, 256, "#FF8800"))
    assert count_of(image, "#FF8800", middle_of(BOX)) == 144 * 98


def test_a_panorama_is_shown_whole(theme: Theme) -> None:
    image = paint_cell(theme, made_hit(), plain_pixmap(256, 64, "#FF8800"))
    orange = count_of(image, "#FF8800", BOX)
    assert 180 * 42 < orange < 190 * 48
    assert count_of(image, theme.colours.raised, BOX) > 10_000


def test_a_tiny_picture_is_not_blown_up(theme: Theme) -> None:
    image = paint_cell(theme, made_hit(), plain_pixmap(64, 10, "#FF8800"))
    assert count_of(image, "#FF8800", BOX) <= 64 * 10


def test_the_selected_cell_has_a_ring_in_the_accent_colour(theme: Theme) -> None:
    hit, picture = made_hit(match=0.1), plain_pixmap(256, 192, "#808080")
    plain = paint_cell(theme, hit, picture)
    chosen = paint_cell(theme, hit, picture, state=QStyle.StateFlag.State_Selected)
    around = QRect(0, 0, 200, 150)
    assert count_of(plain, theme.colours.accent, around) == 0
    assert count_of(chosen, theme.colours.accent, around) > 500


@pytest.mark.parametrize(("match", "n_steps"), [(0.9, 4), (0.5, 3), (0.2, 2), (0.05, 1)])
def test_the_match_bar_has_as_many_steps_as_the_word(
    theme: Theme, match: float, n_steps: int
) -> None:
    image = paint_cell(theme, made_hit(match=match), plain_pixmap(256, 192, "#808080"))
    words = QRect(0, 150, 200, image.height() - 150)
    per_step = 12 * 4
    filled = count_of(image, theme.colours.accent, words)
    assert abs(filled - n_steps * per_step) <= n_steps * 14


def test_only_the_found_part_of_a_wave_is_in_the_accent_colour(theme: Theme) -> None:
    hit = made_hit(path="/s/a.ogg", modality=Modality.AUDIO)
    wave = Wave(np.ones(512, np.float32), (0.5, 0.75))
    image = paint_cell(theme, hit, wave)
    left, right = QRect(8, 8, 92, 100), QRect(100, 8, 60, 100)
    assert count_of(image, theme.colours.accent, left) == 0
    assert count_of(image, theme.colours.accent, right) > 100
    assert count_of(image, theme.colours.found, right) > 100


def test_code_has_colours(theme: Theme) -> None:
    hit = made_hit(path="/c/a.py", modality=Modality.CODE)

    def purple(kind: TokenKind) -> int:
        lines = tuple(ExcerptLine(n, (Span("return", kind),), True) for n in range(98, 103))
        image = paint_cell(theme, hit, Excerpt(lines, 200), width_px=300)
        return count_near(image, theme.colours.keyword)

    assert purple(TokenKind.KEYWORD) > 3 * purple(TokenKind.PLAIN)


def test_an_empty_file_of_code_can_be_drawn(theme: Theme) -> None:
    paint_cell(theme, made_hit(modality=Modality.CODE), Excerpt((), 0))


@pytest.mark.parametrize("content", [None, Unavailable("It is gone.")])
@pytest.mark.parametrize("kind", list(Modality))
def test_every_kind_has_a_placeholder(
    theme: Theme, kind: Modality, content: Unavailable | None
) -> None:
    image = paint_cell(theme, made_hit(modality=kind), content)
    assert count_of(image, theme.colours.raised, BOX) > 15_000


def test_an_offline_cell_is_dimmed(theme: Theme) -> None:
    picture = plain_pixmap(256, 192, "#000000")
    online = paint_cell(theme, made_hit(), picture)
    offline = paint_cell(theme, made_hit(offline=True), picture)
    assert count_of(online, "#000000", middle_of(BOX)) > 10_000
    assert count_of(offline, "#000000", middle_of(BOX)) == 0


def test_what_is_only_away_is_no_warning(theme: Theme) -> None:
    gone = Unavailable("The file is not there.")
    broken, away = (paint_cell(theme, made_hit(offline=offline), gone) for offline in (False, True))
    assert broken != away
    warning = theme.colours.warning
    assert count_of(broken, warning, middle_of(BOX)) > 0
    assert count_of(away, warning, middle_of(BOX)) == 0


@pytest.mark.parametrize(
    ("kind", "locator", "about", "shown"),
    [
        (Modality.VIDEO, TimeRange(42, 51), Metadata(duration_s=300), "0:42"),
        (Modality.VIDEO, None, Metadata(duration_s=300), "5:00"),
        (Modality.AUDIO, TimeRange(0, 5), Metadata(duration_s=5.0), "0:05"),
        (Modality.AUDIO, TimeRange(3, 5), Metadata(), "0:03"),
        (Modality.AUDIO, None, Metadata(), ""),
        (Modality.CODE, LineRange(10, 42), Metadata(language="python"), "python · 10 – 42"),
        (Modality.CODE, None, Metadata(), "jpg"),
    ],
)
def test_badges(kind: Modality, locator: Locator, about: Metadata, shown: str) -> None:
    assert badge_text(made_hit(modality=kind, locator=locator, metadata=about)) == shown


def test_a_badge_counts_other_places_of_code() -> None:
    hit = made_hit(path="/c/a.py", modality=Modality.CODE, locator=LineRange(10, 42))
    more = replace(hit, passages=(LineRange(60, 70), LineRange(1, 5)))
    assert badge_text(more) == "py · 10 – 42 +2"


def test_cells_of_one_width_are_of_one_size(theme: Theme) -> None:
    delegate = ResultDelegate(theme)
    delegate.set_cell_width(200)
    assert (delegate.cell_size().width(), delegate.cell_size().height()) == (200, 198)


def test_cells_follow_the_theme(theme: Theme) -> None:
    picture = plain_pixmap(256, 192, "#808080")
    chosen = QStyle.StateFlag.State_Selected
    light = theme.colours.accent
    theme.set_mode(ThemeMode.DARK)
    image = paint_cell(theme, made_hit(match=0.1), picture, state=chosen)
    assert count_of(image, theme.colours.accent) > 500
    assert count_of(image, light) == 0


def test_larger_texts_get_higher_rows(theme: Theme) -> None:
    delegate = ResultDelegate(theme)
    delegate.set_cell_width(200)
    before = delegate.cell_size().height()
    try:
        theme.set_text_percent(150)
        delegate.set_cell_width(200)
        assert delegate.cell_size().height() == before + 18
        theme.set_text_percent(5000)
        assert theme.scale == pytest.approx(2.0)
    finally:
        theme.set_text_percent(100)


def test_a_long_badge_stays_in_its_cell(theme: Theme) -> None:
    hit = made_hit(
        path="/a.py",
        modality=Modality.CODE,
        locator=LineRange(1_000_182, 1_000_189),
        metadata=Metadata(language="a language with a long name"),
    )
    picture = plain_pixmap(256, 192, "#808080")
    image = paint_cell(theme, hit, picture)
    plain = paint_cell(theme, made_hit(match=hit.match), picture)
    beside = QRect(BOX.right() + 1, BOX.top(), 200 - BOX.right() - 1, BOX.height())
    assert image.copy(beside) == plain.copy(beside)
