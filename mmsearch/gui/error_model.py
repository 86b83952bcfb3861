"""The files that could not be read as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.result_model import AnyIndex
from mmsearch.gui.texts import failure_name
from mmsearch.types import FailedFile


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

    def errors(self) -> tuple[FailedFile, ...]:
        """All files."""
        return self._errors

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
