"""The kept searches in the side column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from mmsearch.gui.icons import SMALL_ICON_PX, IconButton, tinted
from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.pop_up import pop_up
from mmsearch.gui.side_row import SideRow
from mmsearch.gui.texts import number_text
from mmsearch.gui.theme import SMALL_PX, Theme

_ROW_PX = 28


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A name, and how many hits there are that nobody has seen."""

    name: str
    n_new: int = 0


class SavedRow(SideRow):
    """A star, the name, and how many hits are new."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _ROW_PX, parent)
        self.saved = SavedSearch("")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def show_saved(self, saved: SavedSearch) -> None:
        """Stand for another search."""
        self.saved = saved
        self.setToolTip(saved.name)
        new = self.new_text()
        self.setAccessibleName(f"{saved.name}, {new}" if new else saved.name)
        self.update()

    def new_text(self) -> str:
        """How many are new; empty for none."""
        return self.tr("{0} new").format(number_text(self.saved.n_new)) if self.saved.n_new else ""

    def paint_row(self, painter: QPainter) -> None:
        """Draw the star, the name and how many are new."""
        colours = self.theme.colours
        star = tinted("star", colours.accent_text, SMALL_ICON_PX, self.devicePixelRatioF())
        painter.drawPixmap(4, (self.height() - SMALL_ICON_PX) // 2, star)
        font = self.theme.font(SMALL_PX, bold=True)
        accent = self.theme.colour("accent_text")
        right_px = self.paint_right(painter, self.new_text(), font, accent)
        self.paint_name(painter, self.saved.name, left_px=28, right_px=right_px)


class NameField(QLineEdit):
    """Asks for a name where it will stand; Enter takes it, Escape does not."""

    taken = Signal(str)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Escape is for the field while it is open, and not for the window."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the name, or leave."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text().strip():
                self.taken.emit(self.text().strip())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SavedPanel(QWidget):
    """Names searches in place, without a dialog."""

    chosen = Signal(str)
    named = Signal(str, str)
    """A new name, and the search that had another one before; empty for the present query."""
    forget_asked = Signal(str)
    naming_ended = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[SavedRow] = []
        self._renamed = ""
        self.add_button = IconButton("add", self.tr("Keep this search (Ctrl+S)"), theme, self)
        head = row()
        head.setContentsMargins(4, 0, 0, 0)
        head.addWidget(label(self.tr("SAVED"), "heading"), 1)
        head.addWidget(self.add_button)
        self.field = NameField(self)
        self.field.setAccessibleName(self.tr("Name of the search"))
        self.field.setPlaceholderText(self.tr("Name of the search"))
        self.field.taken.connect(self._on_named)
        self.field.left.connect(self._end_naming)
        self.field.hide()
        self._hint = label(self.tr("Ctrl+S keeps a search here."), "small", wrap=True)
        self._hint.setContentsMargins(4, 0, 0, 0)
        self._column = column(self, gap_px=0)
        self._column.addLayout(head)
        self._column.addWidget(self._hint)
        self._column.addWidget(self.field)

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """Show other searches, in their order."""
        self._hint.setVisible(not searches)
        while len(self._rows) < len(searches):
            self._add_row()
        for place, made in enumerate(self._rows):
            made.setVisible(place < len(searches))
            if place < len(searches):
                made.show_saved(searches[place])

    def rows(self) -> list[SavedRow]:
        """The rows on show."""
        return [one for one in self._rows if not one.isHidden()]

    def ask_name(self, suggestion: str, *, renamed: str = "") -> None:
        """Ask, in the column and not in a dialog, for a name."""
        self._renamed = renamed
        self._hint.hide()
        self.field.setText(suggestion)
        self.field.show()
        self.field.setFocus()
        self.field.selectAll()

    def menu_for(self, name: str) -> QMenu:
        """Return the context menu of a search."""
        menu = QMenu(self)
        menu.addAction(self.tr("Search")).triggered.connect(lambda: self.chosen.emit(name))
        rename = menu.addAction(self.tr("Rename…"))
        rename.triggered.connect(lambda: self.ask_name(name, renamed=name))
        forget = menu.addAction(self.tr("Forget"))
        forget.triggered.connect(lambda: self.forget_asked.emit(name))
        return menu

    def _add_row(self) -> None:
        made = SavedRow(self._theme, self)
        made.clicked.connect(lambda: self.chosen.emit(made.saved.name))
        made.customContextMenuRequested.connect(partial(self._show_menu, made))
        self._column.addWidget(made)
        self._rows.append(made)

    def _show_menu(self, made: SavedRow, at: QPoint) -> None:
        pop_up(self.menu_for(made.saved.name), made.mapToGlobal(at))

    def _on_named(self, name: str) -> None:
        self.named.emit(name, self._renamed)
        self._end_naming()

    def _end_naming(self) -> None:
        self.field.hide()
        self.naming_ended.emit()
