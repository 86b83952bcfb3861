"""One part of a query as a small button that can be taken out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from mmsearch.gui.icons import SMALL_ICON_PX, IconButton, icon
from mmsearch.gui.layouts import row
from mmsearch.gui.theme import Theme

_MOST_PX = 240


class ChipButton(QFrame):
    """Its name opens what can be done with it, its cross takes it out; offered, a click takes it.

    Delete and Backspace take it out, too.
    """

    removed = Signal()
    taken = Signal()

    def __init__(
        self, name: str, value: str, theme: Theme, parent: QWidget | None = None, *, offered: bool
    ) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setProperty("offered", offered)
        self._theme = theme
        self._offered = offered
        self._menu: QMenu | None = None
        self.text = f"{name}: {value}" if name else value
        self.name_button = self._made_name_button()
        layout = row(self, gap_px=0)
        layout.setContentsMargins(0, 1, 2 if not offered else 0, 1)
        layout.addWidget(self.name_button)
        self.cross = IconButton("close", self.tr("Remove {0}").format(self.text), theme, self)
        self.cross.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))
        self.cross.setVisible(not offered)
        self.cross.clicked.connect(self.removed)
        layout.addWidget(self.cross)

    def _made_name_button(self) -> QToolButton:
        made = QToolButton(self)
        elided = made.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideMiddle, _MOST_PX)
        made.setText(elided)
        made.setAccessibleName(
            self.tr("Perhaps {0}?").format(self.text) if self._offered else self.text
        )
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if self._offered:
            made.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._theme.changed.connect(self._tint)
            made.setIcon(icon("add", self._theme))
        made.clicked.connect(self._on_click)
        return made

    def set_menu(self, menu: QMenu) -> None:
        """Open this when its name is clicked."""
        self._menu = menu

    def menu(self) -> QMenu | None:
        """What its name opens."""
        return self._menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes it out."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._offered:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _on_click(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        elif self._offered:
            self.taken.emit()

    def _tint(self) -> None:
        self.name_button.setIcon(icon("add", self._theme))
