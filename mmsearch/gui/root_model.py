"""The folders of the library as a Qt model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    COUNT = Qt.ItemDataRole.UserRole + 3
    """Its files, or how much of it is read, as a short text."""


class RootModel(QAbstractListModel):
    """Rows are roots in the order of the library."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: list[RootStatus] = []
        self._indexing = False
        self._current = ""
        self._waiting: dict[str, int] = {}

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
        before = self._shown()
        self._indexing, self._current = indexing, current
        self._tell_if_changed(before)

    def set_waiting(self, waiting: Mapping[str, int]) -> None:
        """Tell how many files of which root are still to be read; what was told stays so."""
        before = self._shown()
        self._waiting = dict(waiting)
        self._tell_if_changed(before)

    def n_waiting(self, root: RootStatus) -> int:
        """How many of its files are still to be read."""
        return self._waiting.get(root.root_id, 0)

    def _shown(self) -> list[tuple[RootState, str]]:
        return [(self.state(root), self.count_text(root)) for root in self._roots]

    def _tell_if_changed(self, before: list[tuple[RootState, str]]) -> None:
        if before != self._shown():
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
        if self.n_waiting(root):
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
            case RootRole.COUNT:
                return self.count_text(root)
            case _:
                return None

    def describe(self, root: RootStatus) -> str:
        """Say in words how a folder stands."""
        parts = [counted(root.n_indexed, self.tr("{n} file"), self.tr("{n} files"))]
        n_waiting = self.n_waiting(root)
        if n_waiting and self._indexing:
            parts.append(self.tr("{0} still to be read").format(number_text(n_waiting)))
        elif n_waiting:
            parts.append(self.tr("{0} wait until indexing goes on").format(number_text(n_waiting)))
        elif self.state(root) is RootState.INDEXING:
            parts.append(self.tr("being read"))
        if root.n_failed:
            parts.append(self.tr("{0} unreadable").format(number_text(root.n_failed)))
        if not root.online:
            parts.append(self.tr("not connected"))
        return ", ".join(parts)

    def count_text(self, root: RootStatus) -> str:
        """How many files are in the library, or how much of the folder while more is to come."""
        n_waiting, n_done = self.n_waiting(root), root.n_indexed + root.n_failed
        if not n_waiting:
            return number_text(root.n_indexed)
        share = min(99, int(100 * n_done / (n_done + n_waiting)))
        return self.tr("{0} %").format(share)

    def connect_words(self, path: Path) -> str:
        """What to do to see a file of a drive that is away; empty where its folder is there."""
        away = [root for root in self._roots if not root.online and path.is_relative_to(root.path)]
        if not away:
            return ""
        root = max(away, key=lambda one: len(one.path.parts))
        if root.drive:
            return self.tr("Connect “{0}” to open it.").format(root.drive)
        words = self.tr("“{0}” is not there. Connect its drive to open it.")
        return words.format(root.path.name or root.path)


def _is_unread(root: RootStatus) -> bool:
    """Whether nothing of it has been read yet: while the indexing runs, its turn will come."""
    return root.n_indexed == 0 and root.n_failed == 0
