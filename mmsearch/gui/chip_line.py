"""The line below the search box: how a query was understood, part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from mmsearch.gui.chip import ChipButton
from mmsearch.gui.chip_words import chip_words
from mmsearch.gui.flow_layout import FlowLayout
from mmsearch.gui.layouts import button, column, label
from mmsearch.gui.theme import Theme
from mmsearch.query.chips import Chip, ChipSort


class ChipLine(QWidget):
    """Hidden where a query has no parts. It changes nothing itself: it asks for another text."""

    text_asked = Signal(str)
    """The box is to hold this text, and it is to be searched for."""
    words_asked = Signal(object)
    """A chip that was read from plain words is to be words again."""
    all_words_asked = Signal()
    edit_asked = Signal(object)
    """The span of a chip is to be selected in the box."""
    filter_dropped = Signal(str)
    """The filters of the side column are to be these."""
    folder_dropped = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self.setAccessibleName(self.tr("How the query was understood"))
        self._holder = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._holder.setSizePolicy(policy)
        self._flow = FlowLayout(self._holder, gap_px=8)
        self._notes = label("", "secondary", wrap=True)
        layout = column(self, gap_px=4)
        layout.setContentsMargins(60, 0, 16, 6)  # under the words of the box
        layout.addWidget(self._holder)
        layout.addWidget(self._notes)
        self.hide()

    def show_parts(
        self,
        chips: Sequence[Chip],
        *,
        filters: Sequence[Chip] = (),
        folders: Sequence[Path] = (),
        notes: Sequence[str] = (),
    ) -> None:
        """Show what a query consists of.

        filters: the parts of the filters in the side column; folders: the folders chosen there.
        notes: what else the user should know, in sentences.
        """
        shown = (tuple(chips), tuple(filters), tuple(folders), tuple(notes))
        if shown == self._shown:
            return
        self._shown = shown
        self._flow.clear()
        for chip in chips:
            self._add(self._made(chip))
        for chip in filters:
            self._add(self._made_filter(chip))
        for folder in folders:
            self._add(self._made_folder(folder))
        if any(chip.sort is ChipSort.READ for chip in chips):
            self._add(self._made_link())
        self._holder.setVisible(self._flow.count() > 0)
        self._notes.setText("  ·  ".join(notes))
        self._notes.setVisible(bool(notes))
        self.setVisible(any(shown))
        self._holder.updateGeometry()

    def clear(self) -> None:
        """Show nothing."""
        self.show_parts(())

    def chips(self) -> list[ChipButton]:
        """The chips on show."""
        widgets = (
            item.widget() for item in map(self._flow.itemAt, range(self._flow.count())) if item
        )
        return [widget for widget in widgets if isinstance(widget, ChipButton)]

    def texts(self) -> list[str]:
        """What the chips say."""
        return [chip.text for chip in self.chips()]

    def notes(self) -> str:
        """The sentences below the chips."""
        return self._notes.text()

    def _add(self, widget: QWidget) -> None:
        widget.setParent(self._holder)
        self._flow.addWidget(widget)
        widget.show()

    def _made(self, chip: Chip) -> ChipButton:
        offered = chip.sort is ChipSort.OFFERED
        made = ChipButton(*chip_words(chip.node), self._theme, self._holder, offered=offered)
        if offered:
            made.setToolTip(self.tr("Read “{0}” as a filter").format(chip.words))
            made.taken.connect(lambda: self.text_asked.emit(chip.written))
            return made
        made.setToolTip(self.tr("From “{0}”").format(chip.words))
        made.removed.connect(lambda: self.text_asked.emit(chip.without))
        made.set_menu(self._menu_of(chip, made))
        return made

    def _menu_of(self, chip: Chip, parent: QWidget) -> QMenu:
        menu = QMenu(parent)

        def add(text: str, act: Callable[[], object]) -> None:
            menu.addAction(text).triggered.connect(lambda _checked=False: act())

        add(self.tr("Edit in the search box"), lambda: self.edit_asked.emit(chip.span))
        if chip.sort is ChipSort.READ:
            add(self.tr("Search for the words"), lambda: self.words_asked.emit(chip))
            add(self.tr("Write it as a filter"), lambda: self.text_asked.emit(chip.written))
        else:
            add(self.tr("Search for the words"), lambda: self.text_asked.emit(chip.as_words))
        add(self.tr("Remove"), lambda: self.text_asked.emit(chip.without))
        return menu

    def _made_filter(self, chip: Chip) -> ChipButton:
        made = ChipButton(*chip_words(chip.node), self._theme, self._holder, offered=False)
        made.setToolTip(self.tr("From the filters in the side column"))
        made.removed.connect(lambda: self.filter_dropped.emit(chip.without))
        return made

    def _made_folder(self, folder: Path) -> ChipButton:
        name = self.tr("Folder")
        made = ChipButton(name, folder.name, self._theme, self._holder, offered=False)
        made.setToolTip(str(folder))
        made.removed.connect(lambda: self.folder_dropped.emit(folder))
        return made

    def _made_link(self) -> QWidget:
        made = button(self.tr("Search for the words instead"), "link")
        made.clicked.connect(self.all_words_asked)
        return made
