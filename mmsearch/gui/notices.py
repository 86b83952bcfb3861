"""Tells that a long indexing is done to somebody who is busy elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from mmsearch.gui.icons import icon
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.single_instance import bring_to_front
from mmsearch.gui.theme import Theme
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import IndexReport

_LEAST_S = 10.0
"""Nobody leaves for another program during a shorter run."""
_SHOWN_MS = 15_000


class Notices(QObject):
    """A notice of the desktop where it has a tray, else words that stay until they are read."""

    def __init__(self, parts: WindowParts, session: LibrarySession, theme: Theme) -> None:
        super().__init__(parts)
        self._parts, self._theme = parts, theme
        self._tray: QSystemTrayIcon | None = None
        self._over = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._over.timeout.connect(self._leave_tray)
        session.indexed.connect(self._on_indexed)

    def _on_indexed(self, report: IndexReport) -> None:
        window = self._parts.window()
        n_new = report.n_indexed + report.n_reused
        is_news = n_new > 0 and report.elapsed_s >= _LEAST_S and not report.stopped
        if is_news and self._parts.settings.settings.notify and not window.isActiveWindow():
            self._tell(self._parts.status.report_words(report))

    def _tell(self, words: str) -> None:
        QApplication.alert(self._parts.window())
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._tell_by_tray(words)
        else:
            self._parts.banner.show_news(words)

    def _tell_by_tray(self, words: str) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(icon("search", self._theme), self)
            self._tray.messageClicked.connect(self._come)
            self._tray.activated.connect(lambda _reason: self._come())
        # Only what is in the tray may speak; it goes again when it has.
        self._tray.show()
        quiet = QSystemTrayIcon.MessageIcon.Information
        self._tray.showMessage("mmsearch", words, quiet, _SHOWN_MS)
        self._over.start()

    def _come(self) -> None:
        self._leave_tray()
        bring_to_front(self._parts.window(), "")

    def _leave_tray(self) -> None:
        self._over.stop()
        if self._tray is not None:
            self._tray.hide()
