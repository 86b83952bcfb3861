"""What went wrong, in words, above the results; never a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from mmsearch.errors import QueryError, UserError
from mmsearch.gui.engine_words import engine_error
from mmsearch.gui.icons import ICON_PX, IconButton, tinted
from mmsearch.gui.layouts import button, column, label, row
from mmsearch.gui.theme import Theme

_NOTE_SHOWN_MS = 4000
_OFFER_SHOWN_MS = 12_000


class Banner(QFrame):
    """One message with its hint; details go to the clipboard."""

    words_asked = Signal()
    """The query that is wrong is to be searched for as words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._theme = theme
        self._details = ""
        self._mark = QLabel()
        self._message = label("", wrap=True)
        self._pointer = label("")
        self._pointer.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._pointer.setMinimumWidth(1)  # a long line must not make the window wider
        self._pointer.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._hint = label("", "secondary", wrap=True)
        self.as_words = button(self.tr("Search for it as words"), "link")
        self._copy = button(self.tr("Copy details"), "link")
        self.offer = button(self.tr("Undo"), "link")
        self._act: Callable[[], object] = lambda: None
        close = IconButton("close", self.tr("Dismiss"), theme, self)
        words = column(gap_px=4)
        words.addWidget(self._message)
        words.addWidget(self._pointer)
        words.addWidget(self._hint)
        layout = row(self, gap_px=12)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.addWidget(self._mark)
        layout.addLayout(words, 1)
        layout.addWidget(self.as_words)
        layout.addWidget(self._copy)
        layout.addWidget(self.offer)
        layout.addWidget(close)
        self._note_over = QTimer(self, singleShot=True, interval=_NOTE_SHOWN_MS)
        self._note_over.timeout.connect(self.hide)
        self._copy.clicked.connect(self.copy_details)
        self.offer.clicked.connect(self._take_offer)
        self.as_words.clicked.connect(self.words_asked)
        close.clicked.connect(self.hide)
        self.hide()

    def show_error(
        self, error: UserError, offer: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Show what the world did, and perhaps a way out; of a query also where it is wrong."""
        pointer = error.pointer() if isinstance(error, QueryError) else ""
        error = engine_error(error)
        details = "" if pointer else str(error)
        self._show("warning", "warning", error.message, error.hint, details, pointer)
        if offer is not None:
            self._show_way(offer)

    def show_bug(self, details: str) -> None:
        """Show that we made a mistake, with everything one needs to report it."""
        message = self.tr("Something went wrong inside mmsearch. Your files are not affected.")
        hint = self.tr("You can go on. The details help to mend it.")
        self._show("warning", "error", message, hint, details)

    def show_note(self, message: str) -> None:
        """Say something that needs no answer; it goes by itself."""
        self._show("info", "accent_text", message, "", "")
        self._note_over.start(_NOTE_SHOWN_MS)

    def show_news(self, message: str) -> None:
        """Say something that stays until somebody has seen it."""
        self._show("info", "accent_text", message, "", "")

    def show_offer(self, message: str, offer: tuple[str, Callable[[], object]]) -> None:
        """Say what was done and offer something, as to undo it; it goes by itself, but later."""
        self._show("info", "accent_text", message, "", "")
        self._show_way(offer)
        self._note_over.start(_OFFER_SHOWN_MS)

    def _show_way(self, offer: tuple[str, Callable[[], object]]) -> None:
        words, self._act = offer
        self.offer.setText(words)
        self.offer.setAccessibleName(words)
        self.offer.show()

    def _take_offer(self) -> None:
        self.hide()
        self._act()

    def message(self) -> str:
        """What it says."""
        return self._message.text()

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)

    def pointer(self) -> str:
        """The wrong part of a query with marks under it."""
        return self._pointer.text()

    def _show(
        self,
        icon_name: str,
        colour: str,
        message: str,
        hint: str,
        details: str,
        pointer: str = "",
    ) -> None:
        self._note_over.stop()
        self._details = details
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._pointer.setText(pointer)
        self._pointer.setVisible(bool(pointer))
        self.as_words.setVisible(bool(pointer))
        self._copy.setVisible(bool(details))
        self.offer.hide()
        self._icon = (icon_name, colour)
        self._tint()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew with the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._tint()

    def _tint(self) -> None:
        name, colour = self._icon
        shown = str(getattr(self._theme.colours, colour))
        self._mark.setPixmap(tinted(name, shown, ICON_PX, self.devicePixelRatioF()))
