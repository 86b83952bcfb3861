"""Long words never make the window wider."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui.layouts import ElidedLabel, WrappedLabel, column
from mmsearch.types import Progress
from tests.gui.conftest import MakeWindow

LONG_NAME = "a_name_without_any_space" * 20
LONG_PATH = "/home/me/" + "folder_without_spaces/" * 20 + "file.jpg"


def test_an_elided_label_gives_way_and_has_all_in_its_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(LONG_NAME)
    assert label.minimumSizeHint().width() < 100
    assert label.toolTip() == LONG_NAME
    assert label.text() == LONG_NAME
    label.resize(120, 20)
    image = label.grab().toImage()
    inked = [x for x in range(120) for y in range(20) if image.pixelColor(x, y).lightness() < 128]
    assert max(inked) > 100, "it uses the room it has"


def test_a_wrapped_label_breaks_paths_and_gives_them_back_whole(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label = WrappedLabel(LONG_PATH)
    column(holder).addWidget(label)
    assert holder.minimumSizeHint().width() < 60
    assert label.text() == LONG_PATH
    assert label.heightForWidth(300) > 4 * label.fontMetrics().height()


def test_only_texts_without_invisible_marks_can_be_copied(qtbot: QtBot) -> None:
    for text, selectable in ((LONG_PATH, False), ("2023-07-14 18:03, Sony", True)):
        label = WrappedLabel(text)
        qtbot.addWidget(label)
        label.make_selectable()
        flag = Qt.TextInteractionFlag.TextSelectableByMouse
        assert bool(label.textInteractionFlags() & flag) is selectable


def test_the_window_keeps_its_width_whatever_it_shows(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window()
    window.resize(790, 560)
    window.parts.status.show_progress(
        Progress("scanning", n_found=123_456_789, current=LONG_PATH + LONG_NAME)
    )
    window.parts.banner.show_error(UserError(f"{LONG_PATH} {LONG_NAME} is not there.", LONG_PATH))
    window.parts.problem.say(LONG_NAME, LONG_PATH)
    window.parts.stack.setCurrentWidget(window.parts.problem)
    qtbot.wait(50)
    assert window.width() == 790
