"""The list of unreadable files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mmsearch.gui.error_list import ErrorList, ErrorModel
from mmsearch.gui.theme import Theme
from mmsearch.types import FailedFile

ERRORS = (
    FailedFile(Path("/photos/a.jpg"), "corrupt", "The file is cut short.", "Copy it again."),
    FailedFile(Path("/photos/b.png"), "empty", "There is nothing in it."),
)


def test_the_model_keeps_the_rules_of_qt(qapp: QApplication, qtmodeltester: ModelTester) -> None:
    model = ErrorModel()
    qtmodeltester.check(model)
    model.set_errors(ERRORS)
    qtmodeltester.check(model)


def test_rows_say_file_folder_kind_and_reason(qapp: QApplication) -> None:
    model = ErrorModel()
    model.set_errors(ERRORS)
    shown = [[model.index(row, column).data() for column in range(4)] for row in range(2)]
    assert shown == [
        ["a.jpg", "/photos", "corrupt", "The file is cut short. Copy it again."],
        ["b.png", "/photos", "empty", "There is nothing in it."],
    ]
    names = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert names == ["File", "Folder", "Kind", "Reason"]


def test_the_same_errors_again_do_not_disturb(qtbot: QtBot) -> None:
    model = ErrorModel()
    model.set_errors(ERRORS)
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_errors(list(ERRORS))


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> ErrorList:
    made = ErrorList(theme)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.show_errors(ERRORS)
    return made


def test_the_list_goes_to_the_clipboard(page: ErrorList) -> None:
    page.copy_all()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == [
        str(Path("/photos/a.jpg")),
        "corrupt",
        "The file is cut short.",
        "Copy it again.",
    ]
    assert len(lines) == 2


def test_the_menu_reveals_and_copies(qtbot: QtBot, page: ErrorList) -> None:
    reveal, copy_path, copy_details = page.menu_for(ERRORS[0]).actions()
    with qtbot.waitSignal(page.reveal_asked) as asked:
        reveal.trigger()
    assert asked.args == [ERRORS[0].path]
    copy_path.trigger()
    assert QGuiApplication.clipboard().text() == str(ERRORS[0].path)
    copy_details.trigger()
    assert "corrupt: The file is cut short. Copy it again." in QGuiApplication.clipboard().text()


def test_a_double_click_reveals(qtbot: QtBot, page: ErrorList) -> None:
    with qtbot.waitSignal(page.reveal_asked) as asked:
        page.table.doubleClicked.emit(page.model.index(1, 0))
    assert asked.args == [ERRORS[1].path]


def test_the_title_counts(page: ErrorList) -> None:
    assert page._title.text() == "2 files could not be read"
    page.show_errors(ERRORS[:1])
    assert page._title.text() == "1 file could not be read"
