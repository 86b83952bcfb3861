"""Chips say what was understood and ask for other texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mmsearch.gui.chip_line import ChipLine
from mmsearch.gui.theme import Theme
from mmsearch.query.chips import chips_of
from mmsearch.query.understand import understand
from mmsearch.types import Query

TODAY = date(2024, 5, 17)


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> ChipLine:
    made = ChipLine(theme)
    qtbot.addWidget(made)
    made.resize(700, 40)
    return made


def show(line: ChipLine, text: str) -> None:
    understood = understand(Query(text=text), TODAY)
    chips = chips_of(text, TODAY, applied=understood.applied, offered=understood.offered)
    line.show_parts(chips, notes=understood.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dog type:video,image", ["Kind: Videos, Pictures"]),
        ("dog -people -type:code", ["Not: people", "Not: Kind: Code"]),
        ("date:2023 date:2023-05.. date:..2024", ["Date: 2023", "Date: from 2023-05",
                                                   "Date: up to 2024"]),
        ("size:1MB..5MB duration:<61", ["Size: 1.0 MB – 5.0 MB", "Length: up to 1:00"]),
        ("in:holiday like:x/a.jpg camera:canon", ["Folder: holiday", "Like: a.jpg",
                                                  "Camera: canon"]),
        ("sound of rain", ["Kind: Sounds"]),
    ],
)  # fmt: skip
def test_chips_say_what_the_parts_mean(line: ChipLine, text: str, said: list[str]) -> None:
    show(line, text)
    assert line.texts() == said


def test_a_query_of_plain_words_has_no_line(line: ChipLine) -> None:
    show(line, "dog type:video")
    assert line.isVisibleTo(line.parentWidget())
    show(line, "dog")
    assert not line.isVisible()
    assert line.chips() == []


def test_the_cross_asks_for_the_text_without(qtbot: QtBot, line: ChipLine) -> None:
    show(line, "dog type:video cat")
    with qtbot.waitSignal(line.text_asked) as asked:
        line.chips()[0].cross.click()
    assert asked.args == ["dog cat"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_keys_take_a_chip_out(qtbot: QtBot, line: ChipLine, key: Qt.Key) -> None:
    show(line, "dog -people")
    with qtbot.waitSignal(line.text_asked) as asked:
        qtbot.keyClick(line.chips()[0], key)
    assert asked.args == ["dog"]


def test_an_offered_reading_is_taken_by_a_click(qtbot: QtBot, line: ChipLine) -> None:
    show(line, "sound of rain")
    (chip,) = line.chips()
    assert not chip.cross.isVisibleTo(chip)
    assert chip.name_button.accessibleName() == "Perhaps Kind: Sounds?"
    with qtbot.waitSignal(line.text_asked) as asked:
        chip.name_button.click()
    assert asked.args == ["type:audio rain"]


def test_what_was_read_can_be_words_or_be_written_out(qtbot: QtBot, line: ChipLine) -> None:
    show(line, "videos of dogs")
    actions = line.chips()[0].menu().actions()  # type: ignore[union-attr]
    edit, words, written, remove = actions
    with qtbot.waitSignal(line.edit_asked) as asked:
        edit.trigger()
    assert asked.args == [(0, 9)]
    with qtbot.waitSignal(line.words_asked) as asked:
        words.trigger()
    assert asked.args is not None
    assert asked.args[0].words == "videos of"
    with qtbot.waitSignal(line.text_asked) as asked:
        written.trigger()
    assert asked.args == ["type:video dogs"]
    with qtbot.waitSignal(line.text_asked) as asked:
        remove.trigger()
    assert asked.args == ["dogs"]


def test_a_written_filter_can_be_searched_for_as_words(qtbot: QtBot, line: ChipLine) -> None:
    show(line, "type:video dog")
    action = next(
        one
        for one in line.chips()[0].menu().actions()  # type: ignore[union-attr]
        if one.text() == "Search for the words"
    )
    with qtbot.waitSignal(line.text_asked) as asked:
        action.trigger()
    assert asked.args == ['"type:video" dog']


def test_folders_are_chips_too(qtbot: QtBot, line: ChipLine) -> None:
    line.show_parts((), folders=(Path("/x/Holiday"),))
    assert line.texts() == ["Folder: Holiday"]
    with qtbot.waitSignal(line.folder_dropped) as dropped:
        line.chips()[0].cross.click()
    assert dropped.args == [Path("/x/Holiday")]


def test_notes_stand_below(line: ChipLine) -> None:
    show(line, "дом на холме")
    assert "Cyrillic" in line.notes()
