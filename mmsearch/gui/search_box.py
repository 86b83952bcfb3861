"""One box for words and example files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

from mmsearch.gui.icons import ICON_PX, SMALL_ICON_PX, IconButton, tinted
from mmsearch.gui.incoming import (
    examples_in,
    is_droppable,
    is_file_like,
    is_searchable,
    refusal,
)
from mmsearch.gui.layouts import label, row
from mmsearch.gui.theme import Theme

MAX_EXAMPLES = 5
_CHIP_NAME_PX = 140


class SearchBox(QFrame):
    """Words, and chips for the example files. Takes drops and pastes of both."""

    edited = Signal()
    """The words change while somebody types."""
    submitted = Signal()
    """Search now: Enter, a new example, a removed one."""
    left_down = Signal()
    """The down key: the keyboard goes to the results."""
    example_refused = Signal(str)

    def __init__(self, theme: Theme, pasted_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        self._theme = theme
        self._pasted_folder = pasted_folder
        self._examples: list[Path] = []
        self.setAcceptDrops(True)
        self.setFixedHeight(36)
        self._mark = QLabel()
        self._mark.setToolTip(
            self.tr(
                "Words, and if you like:\n"
                '"exact phrase"   -without   2:important\n'
                "type:video   in:holiday   ext:jpg   name:IMG*\n"
                "date:2023-05..2024   size:>5MB   duration:<60\n"
                "camera:canon   lang:python   tag:dog   like:photo.jpg\n"
                "dog OR cat   (dog OR cat) AND beach   NOT people"
            )
        )
        self._chips = row(gap_px=4)
        self._input = _Input(self)
        self._clear = IconButton("close", self.tr("Clear (Esc)"), theme, self)
        self._lay_out()
        self._input.textEdited.connect(lambda _text: self._on_edited())
        self._input.returnPressed.connect(self.submitted)
        self._clear.clicked.connect(self.clear)
        theme.changed.connect(self._tint)
        self._tint()
        self._update_clear()

    def _lay_out(self) -> None:
        layout = row(self, gap_px=8)
        layout.setContentsMargins(12, 3, 4, 3)
        self._clear.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))
        layout.addWidget(self._mark)
        layout.addLayout(self._chips)
        layout.addWidget(self._input, 1)
        layout.addWidget(self._clear)

    # Content -------------------------------------------------------------------------------

    def text(self) -> str:
        """The words."""
        return self._input.text()

    def examples(self) -> tuple[Path, ...]:
        """The example files."""
        return tuple(self._examples)

    def set_text(self, text: str) -> None:
        """Replace the words and search."""
        self._input.setText(text)
        self._update_clear()
        self.submitted.emit()

    def set_examples(self, paths: Iterable[Path]) -> None:
        """Replace the example files and search."""
        self._examples = []
        self.add_examples(paths)

    @property
    def field(self) -> QLineEdit:
        """Where the words are typed."""
        return self._input

    def type_text(self, text: str, cursor: int) -> None:
        """Replace the words as if somebody had typed them."""
        self._input.setText(text)
        self._input.setCursorPosition(cursor)
        self._on_edited()

    def load(self, text: str, examples: Iterable[Path]) -> None:
        """Replace words and examples; whoever asks for it searches."""
        self._input.setText(text)
        self._examples = list(examples)[-MAX_EXAMPLES:]
        self._show_chips()

    def add_examples(self, paths: Iterable[Path]) -> None:
        """Add example files and search; the oldest give way to new ones."""
        fresh = [path for path in paths if path not in self._examples]
        if not fresh and self._examples:
            return
        self._examples = [*self._examples, *fresh][-MAX_EXAMPLES:]
        self._show_chips()
        self.submitted.emit()

    def search_like(self, paths: Iterable[Path]) -> None:
        """Forget the words and search by these files alone."""
        self._input.clear()
        self.set_examples(paths)

    def remove_example(self, path: Path) -> None:
        """Search without this example."""
        self._examples.remove(path)
        self._show_chips()
        self.submitted.emit()

    def clear(self) -> None:
        """Ask for nothing."""
        self._input.clear()
        self._examples = []
        self._show_chips()
        self._input.setFocus()
        self.submitted.emit()

    def is_blank(self) -> bool:
        """Whether there are neither words nor examples."""
        return not self._input.text() and not self._examples

    def focus_input(self) -> None:
        """Take the keyboard, with the words selected so that typing replaces them."""
        self._input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._input.selectAll()

    def select(self, span: tuple[int, int]) -> None:
        """Take the keyboard, with a part of the words selected."""
        self._input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._input.setSelection(span[0], span[1] - span[0])

    # Drops and pastes ----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what one can search by."""
        if is_searchable(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropping here always searches."""
        data = event.mimeData()
        event.acceptProposedAction()
        if is_droppable(data):
            self.take(data)
        else:
            self.set_text(data.text().strip())

    def paste(self) -> bool:
        """Take files or a picture from the clipboard; False when it holds only words."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not is_file_like(data):
            return False
        self.take(data)
        return True

    def take(self, data: QMimeData) -> None:
        """Search by the files or the picture in some mime data."""
        examples = examples_in(data, self._pasted_folder)
        if examples:
            self.add_examples(examples)
        else:
            self.refuse(data)

    def refuse(self, data: QMimeData) -> None:
        """Say why this cannot be an example."""
        self.example_refused.emit(refusal(data))

    # Looks ---------------------------------------------------------------------------------

    def show_focus(self, has_focus: bool) -> None:
        """Draw the border of the box that has the keyboard."""
        self.setProperty("focused", has_focus)
        self.style().unpolish(self)
        self.style().polish(self)

    def _on_edited(self) -> None:
        self._update_clear()
        self.edited.emit()

    def _show_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for path in self._examples:
            chip = _Chip(path, self._theme, self)
            chip.removed.connect(self.remove_example)
            self._chips.addWidget(chip)
        self._input.show_hint(with_example=bool(self._examples))
        self._update_clear()

    def _update_clear(self) -> None:
        self._clear.setVisible(not self.is_blank())

    def _tint(self) -> None:
        mark = tinted("search", self._theme.colours.secondary, ICON_PX, self.devicePixelRatioF())
        self._mark.setPixmap(mark)


class _Input(QLineEdit):
    def __init__(self, box: SearchBox) -> None:
        super().__init__(box)
        self._box = box
        self.setAccessibleName(self.tr("Search"))
        self.setAcceptDrops(False)  # the box takes them, words included
        self.setFrame(False)
        self.show_hint(with_example=False)

    def show_hint(self, *, with_example: bool) -> None:
        self.setPlaceholderText(
            self.tr("Add words, e.g. “at night”")
            if with_example
            else self.tr("Describe what you look for, or drop a file here")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._box.paste():
            return
        if event.key() == Qt.Key.Key_Down:
            self._box.left_down.emit()
            return
        if event.key() == Qt.Key.Key_Backspace and not self.text() and self._box.examples():
            self._box.remove_example(self._box.examples()[-1])
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._box.show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._box.show_focus(False)


class _Chip(QFrame):
    removed = Signal(object)

    def __init__(self, path: Path, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self._theme = theme
        self._mark = QLabel()
        name = label(path.name, elide=True)
        name.setMaximumWidth(_CHIP_NAME_PX)
        name.setToolTip(str(path))
        remove = IconButton("close", self.tr("Remove {0}").format(path.name), theme, self)
        remove.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))
        remove.clicked.connect(lambda: self.removed.emit(path))
        layout = row(self, gap_px=4)
        layout.setContentsMargins(8, 2, 4, 2)
        for widget in (self._mark, name, remove):
            layout.addWidget(widget)
        self.setAccessibleName(self.tr("Example file {0}").format(path.name))
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        colour = self._theme.colours.accent_text
        self._mark.setPixmap(tinted("similar", colour, SMALL_ICON_PX, self.devicePixelRatioF()))
