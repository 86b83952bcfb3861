"""The list of unreadable files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui.error_export import as_csv, as_text, write_errors
from mmsearch.gui.error_list import ErrorList
from mmsearch.gui.error_model import ErrorModel
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
    page.copy.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    reason = "The file is cut short. Copy it again."
    assert lines[0].split("\t") == [str(Path("/photos/a.jpg")), "corrupt", reason]
    assert len(lines) == 2


def test_the_menu_reveals_and_copies(qtbot: QtBot, page: ErrorList) -> None:
    actions = {action.text(): action for action in page.menu_for(ERRORS[0]).actions()}
    with qtbot.waitSignal(page.reveal_asked) as asked:
        actions["Show in file manager"].trigger()
    assert asked.args == [ERRORS[0].path]
    actions["Copy path"].trigger()
    assert QGuiApplication.clipboard().text() == str(ERRORS[0].path)
    actions["Copy details"].trigger()
    assert "corrupt\nThe file is cut short. Copy it again." in QGuiApplication.clipboard().text()


def test_the_menu_acts_on_what_is_selected(qtbot: QtBot, page: ErrorList) -> None:
    def paths_of(name: str) -> list[Path]:
        actions = {action.text(): action for action in page.menu_for(ERRORS[0]).actions()}
        signal = page.retry_asked if name == "Try again" else page.ignore_asked
        with qtbot.waitSignal(signal) as asked:
            actions[name].trigger()
        return list(asked.args[0])

    assert paths_of("Try again") == [ERRORS[0].path]
    page.table.selectAll()
    assert paths_of("Ignore") == [error.path for error in ERRORS]


def test_buttons_act_on_the_selection_or_on_all(qtbot: QtBot, page: ErrorList) -> None:
    assert not any(one.isVisible() for one in (page.retry, page.reveal, page.ignore))
    with qtbot.waitSignal(page.retry_asked) as asked:
        page.retry_all.click()
    assert asked.args == [[]]
    page.table.selectRow(1)
    with qtbot.waitSignal(page.retry_asked) as asked:
        page.retry.click()
    assert asked.args == [[ERRORS[1].path]]
    with qtbot.waitSignal(page.reveal_asked) as asked:
        page.reveal.click()
    assert asked.args == [ERRORS[1].path]
    with qtbot.waitSignal(page.ignore_asked) as asked:
        page.ignore.click()
    assert asked.args == [[ERRORS[1].path]]
    page.table.selectAll()
    assert page.ignore.isVisible()
    assert not page.reveal.isVisible(), "only one file can be shown"
    with qtbot.waitSignal(page.export_asked):
        page.export.click()
    page.show_errors(())
    assert page._title.text() == "Every file could be read"
    assert not page.retry_all.isVisibleTo(page)
    assert not page.export.isVisibleTo(page)
    assert not page.table.isVisibleTo(page)


def test_ignored_files_have_a_list_of_their_own(qtbot: QtBot, page: ErrorList) -> None:
    assert not page.switch.isVisible()
    page.show_errors(ERRORS[:1], ERRORS[1:])
    assert page.switch.text() == "Ignored: 1"
    page.switch.click()
    assert page._title.text() == "1 ignored file"
    assert page.model.index(0, 0).data() == "b.png"
    assert not page.retry.isVisible()
    page.table.selectRow(0)
    assert page.ignore.text() == "Do not ignore any more"
    with qtbot.waitSignal(page.heed_asked) as asked:
        page.ignore.click()
    assert asked.args == [[ERRORS[1].path]]
    page.show_errors(ERRORS, ())
    assert not page.shows_ignored()
    assert page._title.text() == "2 files could not be read"


def test_the_files_of_a_folder_are_gone_to(page: ErrorList) -> None:
    films = FailedFile(Path("/videos/a.mp4"), "corrupt", "The file is cut short.")
    page.show_errors((*ERRORS, films))
    page.select_under(Path("/videos"))
    assert page.selected() == [films.path]
    page.select_under(Path("/nowhere"))
    assert page.selected() == [films.path]


@pytest.mark.parametrize(("width", "hidden"), [(1000, []), (800, [1]), (500, [1, 2])])
def test_a_narrow_list_keeps_what_counts(
    qtbot: QtBot, page: ErrorList, width: int, hidden: list[int]
) -> None:
    page.resize(width, 400)
    qtbot.waitUntil(
        lambda: [place for place in range(4) if page.table.isColumnHidden(place)] == hidden
    )


def test_a_table_for_spreadsheets_and_a_text_to_read(tmp_path: Path) -> None:
    odd = FailedFile(Path('/photos/a "b", c.jpg'), "corrupt", "The file is cut short.")
    lines = as_csv([*ERRORS, odd]).split("\r\n")
    assert lines[0] == "Path,Kind,Reason"
    assert lines[1] == f"{ERRORS[0].path},corrupt,The file is cut short. Copy it again."
    assert list(csv.reader(lines))[3][0] == str(odd.path)
    assert as_text(ERRORS[1:]) == f"{ERRORS[1].path}\n    empty: There is nothing in it.\n"
    write_errors(tmp_path / "a.csv", ERRORS)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfPath,")
    write_errors(tmp_path / "a.txt", ERRORS)
    assert (tmp_path / "a.txt").read_text("utf-8") == as_text(ERRORS)


def test_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be written"):
        write_errors(tmp_path / "file" / "a.csv", ERRORS)


def test_a_double_click_reveals(qtbot: QtBot, page: ErrorList) -> None:
    with qtbot.waitSignal(page.reveal_asked) as asked:
        page.table.doubleClicked.emit(page.model.index(1, 0))
    assert asked.args == [ERRORS[1].path]


def test_the_title_counts(page: ErrorList) -> None:
    assert page._title.text() == "2 files could not be read"
    page.show_errors(ERRORS[:1])
    assert page._title.text() == "1 file could not be read"
