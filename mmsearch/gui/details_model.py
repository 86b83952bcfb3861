"""The results as a table: one row a hit, one column a detail; rows are the ResultModel's."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt

from mmsearch.gui.result_model import ROW_FLAGS, AnyIndex, ResultModel
from mmsearch.gui.texts import kind_of_one, match_name, size_text
from mmsearch.present.arrangement import shown_date
from mmsearch.present.words import clock, match_word, place_words
from mmsearch.types import Hit, TimeRange


class Column(IntEnum):
    """From left to right."""

    NAME = 0
    MATCH = 1
    KIND = 2
    PART = 3
    DATE = 4
    SIZE = 5
    FOLDER = 6


class DetailsModel(QAbstractTableModel):
    """Holds nothing itself; changes of the ResultModel are its changes."""

    def __init__(self, results: ResultModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results = results
        results.modelAboutToBeReset.connect(self.beginResetModel)
        results.modelReset.connect(self.endResetModel)
        results.rowsAboutToBeInserted.connect(
            lambda _parent, first, last: self.beginInsertRows(QModelIndex(), first, last)
        )
        results.rowsInserted.connect(lambda *_: self.endInsertRows())
        results.rowsAboutToBeRemoved.connect(
            lambda _parent, first, last: self.beginRemoveRows(QModelIndex(), first, last)
        )
        results.rowsRemoved.connect(lambda *_: self.endRemoveRows())
        results.dataChanged.connect(self._on_changed)

    def _on_changed(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        name = Column.NAME
        self.dataChanged.emit(self.index(first.row(), name), self.index(last.row(), name), roles)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """As many as there are results."""
        if parent is not None and parent.isValid():
            return 0
        return self._results.rowCount()

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """As many as there are details."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment_of(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = {
            Column.NAME: self.tr("Name"),
            Column.MATCH: self.tr("Match"),
            Column.KIND: self.tr("Kind"),
            Column.PART: self.tr("Found at"),
            Column.DATE: self.tr("Date"),
            Column.SIZE: self.tr("Size"),
            Column.FOLDER: self.tr("Folder"),
        }
        return names[Column(section)]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one cell; what is not a column's own is the row's."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            hit = self._results.hits()[index.row()]
            return self._text(hit, Column(index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment_of(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() != Column.NAME:
            return None
        return self._results.data(self._results.index(index.row()), role)

    def _text(self, hit: Hit, column: Column) -> str:
        match column:
            case Column.NAME:
                return hit.path.name
            case Column.MATCH:
                return match_name(match_word(hit.match))
            case Column.KIND:
                return hit.metadata.language or kind_of_one(hit.modality)
            case Column.PART:
                return _part(hit)
            case Column.DATE:
                return _day(hit)
            case Column.SIZE:
                return size_text(hit.size_bytes)
            case Column.FOLDER:
                return str(hit.path.parent)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """As those of the row."""
        return ROW_FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:
        """Hits leave as files."""
        return self._results.mimeTypes()

    def mimeData(self, indexes: Any) -> QMimeData:
        """The files of some rows, each once."""
        rows = sorted({index.row() for index in indexes})
        return self._results.mimeData([self._results.index(row) for row in rows])


def alignment_of(column: int) -> Qt.AlignmentFlag:
    """Numbers to the right, so that their digits stand below each other."""
    flag = Qt.AlignmentFlag
    return flag.AlignVCenter | (flag.AlignRight if column == Column.SIZE else flag.AlignLeft)


def _part(hit: Hit) -> str:
    duration_s = hit.metadata.duration_s
    if isinstance(hit.locator, TimeRange) and duration_s:
        return f"{clock(hit.locator.start_s)} / {clock(duration_s)}"
    return place_words(hit)


def _day(hit: Hit) -> str:
    text = shown_date(hit)
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:  # of a camera that writes nonsense
        return text
