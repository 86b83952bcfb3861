"""Four buttons that say which kinds to search."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import row
from mmsearch.gui.texts import kind_name
from mmsearch.gui.theme import Theme
from mmsearch.types import Modality


class KindToggles(QWidget):
    """None pressed means all kinds."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = row(self, gap_px=4)
        self._buttons: dict[Modality, IconButton] = {}
        for number, kind in enumerate(Modality, start=1):
            text = self.tr("{0} only (Ctrl+{1})").format(kind_name(kind), number)
            button = IconButton(kind.value, text, theme, self, checkable=True)
            button.toggled.connect(self.changed)
            self._buttons[kind] = button
            layout.addWidget(button)

    def kinds(self) -> tuple[Modality, ...]:
        """The kinds to search; empty means all."""
        return tuple(kind for kind, button in self._buttons.items() if button.isChecked())

    def toggle(self, kind: Modality) -> None:
        """Press or release one."""
        self._buttons[kind].toggle()

    def set_kinds(self, kinds: Iterable[Modality]) -> None:
        """Search these kinds; none means all."""
        wanted = set(kinds)
        for kind, button in self._buttons.items():
            button.setChecked(kind in wanted)

    def clear(self) -> None:
        """Search all kinds."""
        for button in self._buttons.values():
            button.setChecked(False)
