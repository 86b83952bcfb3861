"""Words and examples go in; one signal comes out for each change."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from mmsearch.gui.search_box import MAX_EXAMPLES, SearchBox
from mmsearch.gui.theme import Theme
from tests.files import save_text
from tests.gui.mime import drag_into, drop_on, mime_of, mime_of_picture, mime_of_text


class Listener:
    def __init__(self, box: SearchBox) -> None:
        self.heard: list[str] = []
        box.edited.connect(lambda: self.heard.append("edited"))
        box.submitted.connect(lambda: self.heard.append("submitted"))
        box.left_down.connect(lambda: self.heard.append("down"))
        box.example_refused.connect(lambda text: self.heard.append(f"refused: {text}"))


@pytest.fixture
def box(qtbot: QtBot, theme: Theme, tmp_path: Path) -> SearchBox:
    made = SearchBox(theme, tmp_path / "pasted")
    qtbot.addWidget(made)
    made.resize(600, 36)
    made.show()
    return made


@pytest.fixture
def heard(box: SearchBox) -> list[str]:
    return Listener(box).heard


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [save_text(tmp_path / f"example {n}.txt", "x") for n in range(8)]


def field_of(box: SearchBox) -> QLineEdit:
    field = box.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def chips_of(box: SearchBox) -> list[str]:
    chips = [frame for frame in box.findChildren(QFrame, "chip") if frame.isVisibleTo(box)]
    labels = [label for chip in chips for label in chip.findChildren(QLabel)]
    return [label.toolTip() for label in labels if label.toolTip()]


def test_typing_is_told_and_enter_submits(qtbot: QtBot, box: SearchBox, heard: list[str]) -> None:
    qtbot.keyClicks(field_of(box), "dog")
    assert heard == ["edited"] * 3
    qtbot.keyClick(field_of(box), Qt.Key.Key_Return)
    assert heard[-1] == "submitted"
    assert box.text() == "dog"


def test_down_leaves_for_the_results(qtbot: QtBot, box: SearchBox, heard: list[str]) -> None:
    qtbot.keyClick(field_of(box), Qt.Key.Key_Down)
    assert heard == ["down"]


def test_dropping_files_searches_by_them(
    qtbot: QtBot, box: SearchBox, heard: list[str], files: list[Path]
) -> None:
    assert drag_into(box, mime_of(files[0]))
    drop_on(box, mime_of(*files[:2]))
    assert box.examples() == tuple(files[:2])
    assert heard == ["submitted"]
    qtbot.waitUntil(lambda: chips_of(box) == [str(files[0]), str(files[1])])


def test_dropping_words_searches_for_them(box: SearchBox, heard: list[str]) -> None:
    assert drag_into(box, mime_of_text("a dog"))
    drop_on(box, mime_of_text("a dog\n"))
    assert box.text() == "a dog"
    assert heard == ["submitted"]


def test_dropping_a_picture_from_a_browser_searches_by_it(box: SearchBox) -> None:
    drop_on(box, mime_of_picture())
    (example,) = box.examples()
    assert example.exists()


def test_dropping_a_folder_is_refused_in_words(
    box: SearchBox, heard: list[str], tmp_path: Path
) -> None:
    drop_on(box, mime_of(tmp_path))
    assert box.examples() == ()
    assert heard[0].startswith("refused: A folder")


def test_pasting_files_or_words(
    qtbot: QtBot, box: SearchBox, heard: list[str], files: list[Path]
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(mime_of(files[0]))
    qtbot.keyClick(field_of(box), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert box.examples() == (files[0],)
    assert box.text() == ""
    clipboard.setText("words")
    qtbot.keyClick(field_of(box), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert box.text() == "words"
    assert box.examples() == (files[0],), "words and example together"


def test_a_picture_on_the_clipboard_is_an_example(qtbot: QtBot, box: SearchBox) -> None:
    QGuiApplication.clipboard().setMimeData(mime_of_picture())
    qtbot.keyClick(field_of(box), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(box.examples()) == 1


def test_an_example_can_be_taken_away(
    qtbot: QtBot, box: SearchBox, heard: list[str], files: list[Path]
) -> None:
    box.add_examples(files[:2])
    remove = next(
        button
        for button in box.findChildren(QToolButton)
        if button.accessibleName() == f"Remove {files[0].name}"
    )
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert box.examples() == (files[1],)
    qtbot.keyClick(field_of(box), Qt.Key.Key_Backspace)
    assert box.examples() == ()
    assert heard == ["submitted"] * 3


def test_the_same_example_twice_is_one_and_too_many_drop_the_oldest(
    box: SearchBox, files: list[Path]
) -> None:
    box.add_examples([files[0]])
    box.add_examples([files[0]])
    assert box.examples() == (files[0],)
    box.add_examples(files)
    assert box.examples() == tuple(files[-MAX_EXAMPLES:])


def test_clear_empties_both_and_hides_its_button(
    qtbot: QtBot, box: SearchBox, files: list[Path]
) -> None:
    clear = next(b for b in box.findChildren(QToolButton) if b.accessibleName().startswith("Clear"))
    assert not clear.isVisible()
    box.set_text("dog")
    box.add_examples(files[:1])
    assert clear.isVisible()
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert box.is_blank()
    assert not clear.isVisible()


def test_searching_like_a_file_forgets_the_words(box: SearchBox, files: list[Path]) -> None:
    box.set_text("dog")
    box.add_examples(files[:2])
    box.search_like([files[5]])
    assert (box.text(), box.examples()) == ("", (files[5],))


def test_the_box_shows_who_has_the_keyboard(qtbot: QtBot, box: SearchBox) -> None:
    box.activateWindow()
    box.focus_input()
    qtbot.waitUntil(lambda: box.property("focused") is True)
    field_of(box).clearFocus()
    assert box.property("focused") is False
