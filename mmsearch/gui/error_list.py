"""Every file that could not be read, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import button, column, label, row
from mmsearch.gui.pop_up import pop_up
from mmsearch.gui.result_model import AnyIndex
from mmsearch.gui.texts import counted, failure_name
from mmsearch.gui.theme import Theme
from mmsearch.types import FailedFile

_WIDTHS_PX = (220, 280, 140)


class ErrorModel(QAbstractTableModel):
    """Rows are files; columns are file, folder, kind and reason."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errors: tuple[FailedFile, ...] = ()

    def set_errors(self, errors: Sequence[FailedFile]) -> None:
        """Show other errors; the same ones again change nothing."""
        if tuple(errors) == self._errors:
            return
        self.beginResetModel()
        self._errors = tuple(errors)
        self.endResetModel()

    def error(self, index: AnyIndex) -> FailedFile | None:
        """Return the file of a row, or None."""
        return self._errors[index.row()] if 0 <= index.row() < len(self._errors) else None

    def as_text(self) -> str:
        """All rows as tab-separated lines, for the clipboard."""
        return "\n".join(
            f"{error.path}\t{error.kind}\t{error.reason}\t{error.hint}" for error in self._errors
        )

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """One row a file."""
        return 0 if parent is not None and parent.isValid() else len(self._errors)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Four columns."""
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("File"), self.tr("Folder"), self.tr("Kind"), self.tr("Reason"))[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one cell."""
        error = self.error(index)
        if error is None:
            return None
        reason = engine_text(f"{error.reason} {error.hint}".strip())
        if role == Qt.ItemDataRole.DisplayRole:
            cells = (error.path.name, str(error.path.parent), failure_name(error.kind), reason)
            return cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{error.path}\n{reason}"
        return None


class ErrorList(QWidget):
    """A page with the table, a way back, and the list for the clipboard."""

    back_asked = Signal()
    reveal_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ErrorModel(self)
        self.table = QTableView(self)
        self._title = label("", "large")
        self._set_up_table()
        back = IconButton("back", self.tr("Back to the results (Esc)"), theme, self)
        back.clicked.connect(self.back_asked)
        copy = button(self.tr("Copy list"))
        copy.clicked.connect(self.copy_all)
        head = row()
        head.addWidget(back)
        head.addWidget(self._title, 1)
        head.addWidget(copy)
        note = self.tr("All other files are in the library. A file is tried again when it changes.")
        layout = column(self, gap_px=8, margin_px=16)
        layout.addLayout(head)
        layout.addWidget(label(note, "secondary", wrap=True))
        layout.addWidget(self.table, 1)
        self.show_errors(())

    def _set_up_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Unreadable files"))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(32)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column_number, width_px in enumerate(_WIDTHS_PX):
            self.table.setColumnWidth(column_number, width_px)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.doubleClicked.connect(self._reveal)

    def show_errors(self, errors: Sequence[FailedFile]) -> None:
        """Show other errors."""
        self.model.set_errors(errors)
        one, many = self.tr("{n} file could not be read"), self.tr("{n} files could not be read")
        self._title.setText(counted(len(errors), one, many))

    def copy_all(self) -> None:
        """Put the whole list on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.as_text())

    def menu_for(self, error: FailedFile) -> QMenu:
        """Return the context menu of a file."""
        clipboard = QGuiApplication.clipboard()
        reason = engine_text(f"{error.reason} {error.hint}".strip())
        details = f"{error.path}\n{failure_name(error.kind)}: {reason}"
        menu = QMenu(self)
        menu.addAction(self.tr("Show in file manager"), lambda: self.reveal_asked.emit(error.path))
        menu.addAction(self.tr("Copy path"), lambda: clipboard.setText(str(error.path)))
        menu.addAction(self.tr("Copy details"), lambda: clipboard.setText(details))
        return menu

    def _show_menu(self, at: QPoint) -> None:
        error = self.model.error(self.table.indexAt(at))
        if error is not None:
            pop_up(self.menu_for(error), self.table.viewport().mapToGlobal(at))

    def _reveal(self, index: AnyIndex) -> None:
        error = self.model.error(index)
        if error is not None:
            self.reveal_asked.emit(error.path)
