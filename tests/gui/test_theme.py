"""Colours can be read, light and dark, and switch while the window is shown."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mmsearch.gui.icons import IconButton, icon, tinted
from mmsearch.gui.theme import DARK, LIGHT, Colours, Theme, ThemeMode
from mmsearch.installed import shipped_path
from mmsearch.present.excerpt import TokenKind

LEAST_CONTRAST = 4.5
BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    shown = QColor(colour)
    red, green, blue = (linear(v) for v in (shown.redF(), shown.greenF(), shown.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@BOTH
def test_texts_can_be_read_on_every_ground(colours: Colours) -> None:
    texts = (colours.text, colours.secondary, colours.accent_text, colours.good)
    texts = (*texts, colours.warning, colours.error)
    grounds = (colours.ground, colours.surface)
    for text, ground in product(texts, grounds):
        assert contrast(text, ground) >= LEAST_CONTRAST, (text, ground)
    for text in (colours.text, colours.secondary, colours.accent_text):
        assert contrast(text, colours.raised) >= LEAST_CONTRAST, text
        assert contrast(text, colours.found) >= LEAST_CONTRAST, text
    assert contrast(colours.on_accent, colours.accent) >= LEAST_CONTRAST
    assert contrast(colours.on_accent, colours.accent_text) >= LEAST_CONTRAST, "hovered button"


@BOTH
@pytest.mark.parametrize("kind", list(TokenKind))
def test_code_can_be_read_also_where_it_was_found(colours: Colours, kind: TokenKind) -> None:
    for ground in (colours.surface, colours.found):
        assert contrast(colours.of_token(kind), ground) >= LEAST_CONTRAST


@BOTH
def test_colours_are_colours(colours: Colours) -> None:
    for name in Colours.__slots__:
        assert re.fullmatch(r"#[0-9A-F]{6}", getattr(colours, name)), name


def test_switching_is_live(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ThemeMode.DARK)
    assert theme.is_dark
    role = QPalette.ColorRole
    assert qapp.palette().color(role.Window).name().upper() == DARK.ground
    assert DARK.accent in qapp.styleSheet()
    theme.set_mode(ThemeMode.LIGHT)
    assert qapp.palette().color(role.WindowText).name().upper() == LIGHT.text
    assert DARK.accent not in qapp.styleSheet()


def test_choosing_what_is_shown_already_changes_nothing(qtbot: QtBot, theme: Theme) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode(ThemeMode.LIGHT)


def test_the_system_mode_follows_the_system(theme: Theme) -> None:
    theme.set_mode(ThemeMode.SYSTEM)
    assert theme.mode is ThemeMode.SYSTEM
    assert not theme.is_dark, "the offscreen platform is not dark"


def test_the_style_sheet_has_no_place_left_open(qapp: QApplication) -> None:
    assert "$" not in qapp.styleSheet()


def test_icons_are_drawn_with_one_stroke_and_tinted(theme: Theme) -> None:
    names = sorted(path.stem for path in shipped_path("resources", "icons").glob("*.svg"))
    assert len(names) > 20
    for name in names:
        drawing = shipped_path("resources", "icons", f"{name}.svg").read_text("utf-8")
        assert set(re.findall(r'stroke-width="([^"]*)"', drawing)) == {"1.5"}, name
        assert set(re.findall(r"#[0-9A-Fa-f]+", drawing)) == {"#000000"}, name
        image = tinted(name, "#FF0000", 40).toImage()
        seen = [image.pixelColor(x, y) for x in range(40) for y in range(40)]
        drawn = [colour for colour in seen if colour.alpha() > 200]
        assert len(drawn) > 30, name
        assert all(colour.red() > 200 and colour.green() < 40 for colour in drawn), name


def test_a_dense_screen_gets_more_pixels(theme: Theme) -> None:
    assert tinted("search", "#000000", 20, 2.0).width() == 40
    assert icon("search", theme).availableSizes()


def test_buttons_keep_up_with_the_theme(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton("search", "Search", theme)
    qtbot.addWidget(button)

    def darkest() -> int:
        image = button.icon().pixmap(20, 20).toImage()
        seen = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
        return min(colour.lightness() for colour in seen if colour.alpha() > 200)

    light = darkest()
    theme.set_mode(ThemeMode.DARK)
    assert darkest() > light + 100
    assert button.accessibleName() == "Search"
