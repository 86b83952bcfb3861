"""The folders of the library as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, IntEnum, auto
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from mmsearch.gui.result_model import AnyIndex
from mmsearch.gui.texts import counted, number_text
from mmsearch.types import RootStatus


class RootState(Enum):
    """How a folder stands. Each has a shape of its own, never only a colour."""

    INDEXED = auto()
    INDEXING = auto()
    OFFLINE = auto()
    HAS_ERRORS = auto()


class RootRole(IntEnum):
    """What the delegate asks for beyond Qt's own roles."""

    ROOT = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2


class RootModel(QAbstractListModel):
    """Rows are roots in the order of the library."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: list[RootStatus] = []
        self._indexing = False
        self._current = ""

    def set_roots(self, roots: Sequence[RootStatus]) -> None:
        """Show other folders; when they are the same ones, the selection stays."""
        same = [root.root_id for root in roots] == [root.root_id for root in self._roots]
        if same:
            self._roots = list(roots)
            self._all_changed()
            return
        self.beginResetModel()
        self._roots = list(roots)
        self.endResetModel()

    def set_indexing(self, indexing: bool, current: str = "") -> None:
        """Tell that files are read, and which one."""
        before = [self.state(root) for root in self._roots]
        self._indexing, self._current = indexing, current
        if before != [self.state(root) for root in self._roots]:
            self._all_changed()

    def roots(self) -> list[RootStatus]:
        """All folders; not to be changed."""
        return self._roots

    def root(self, index: AnyIndex) -> RootStatus | None:
        """Return the folder of a row, or None."""
        return self._roots[index.row()] if 0 <= index.row() < len(self._roots) else None

    def state(self, root: RootStatus) -> RootState:
        """How a folder stands now."""
        if not root.online:
            return RootState.OFFLINE
        if self._indexing and (self._is_being_read(root) or _is_unread(root)):
            return RootState.INDEXING
        return RootState.HAS_ERRORS if root.n_failed else RootState.INDEXED

    def _is_being_read(self, root: RootStatus) -> bool:
        current = Path(self._current)
        return not self._current or not current.is_absolute() or current.is_relative_to(root.path)

    def _all_changed(self) -> None:
        if self._roots:
            self.dataChanged.emit(self.index(0), self.index(len(self._roots) - 1))

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """One row a folder."""
        return 0 if parent is not None and parent.isValid() else len(self._roots)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        root = self.root(index)
        if root is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return root.path.name or str(root.path)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{root.path}\n{self.describe(root)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{root.path}, {self.describe(root)}"
            case RootRole.ROOT:
                return root
            case RootRole.STATE:
                return self.state(root)
            case _:
                return None

    def describe(self, root: RootStatus) -> str:
        """Say in words how a folder stands."""
        files = counted(root.n_indexed, self.tr("{n} file"), self.tr("{n} files"))
        match self.state(root):
            case RootState.OFFLINE:
                return self.tr("{0}, not connected").format(files)
            case RootState.INDEXING:
                return self.tr("{0}, being read").format(files)
            case RootState.HAS_ERRORS:
                failed = self.tr("{0} unreadable").format(number_text(root.n_failed))
                return f"{files}, {failed}"
            case RootState.INDEXED:
                return files


def _is_unread(root: RootStatus) -> bool:
    """Whether nothing of it has been read yet: while the indexing runs, its turn will come."""
    return root.n_indexed == 0 and root.n_failed == 0
