"""The keys of the search box while completions are offered below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from mmsearch.gui.completion_list import CompletionList

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class CompletionKeys(QObject):
    """Arrows choose, Enter and Tab take, Escape closes; everything else goes to the box."""

    def __init__(
        self, field: QLineEdit, offered: CompletionList, open_history: Callable[[], bool]
    ) -> None:
        super().__init__(field)
        self._offered = offered
        self._open_history = open_history
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are meant for the list."""
        if event.type() == QEvent.Type.FocusOut:
            self._offered.hide()
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape and self._offered.isVisible():
                event.accept()
                return True
            return False
        return event.type() == QEvent.Type.KeyPress and self._is_taken(event)

    def _is_taken(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if not self._offered.isVisible():
            return key is Qt.Key.Key_Down and self._open_history()
        match key:
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._offered.step(_STEPS[key])
                return True
            case Qt.Key.Key_Escape:
                self._offered.hide()
                return True
            case Qt.Key.Key_Tab:
                if self._offered.current() is None:
                    self._offered.step(1)
                return self._offered.take()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                is_taken = self._offered.take()
                self._offered.hide()
                return is_taken
            case _:
                return False
