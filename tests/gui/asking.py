"""Asking in the window, waiting for the answer to just that, and seeing what it shows."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.search_session import Answer


def answered(qtbot: QtBot, window: MainWindow) -> SignalBlocker:
    """Wait, at the end of a block, for the answer to the newest query and to no other."""

    def is_newest(answer: Answer) -> bool:
        return answer.query == window.search.query

    return qtbot.waitSignal(window.search.answered, check_params_cb=is_newest)


def ask(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Search for a text and wait for the answer."""
    with answered(qtbot, window):
        window.parts.search_box.set_text(text)


def field_of(window: MainWindow) -> QLineEdit:
    """Where one types."""
    field = window.parts.search_box.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def ranks(window: MainWindow) -> list[int]:
    """The results on show."""
    return [hit.rank for hit in window.parts.result_model.hits()]


def page(window: MainWindow) -> QWidget | None:
    """What stands between the columns."""
    return window.parts.stack.currentWidget()
