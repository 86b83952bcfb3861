"""The folders of the library as a tree, with the files in and below each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mmsearch.gui.texts import number_text
from mmsearch.retrieve.facets import FolderCount

N_ROLE = Qt.ItemDataRole.UserRole + 1
PATH_ROLE = Qt.ItemDataRole.UserRole + 2
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(slots=True, eq=False)
class _Node:
    name: str
    path: Path
    parent: _Node | None
    row: int
    n: int = 0
    children: list[_Node] = field(default_factory=list)
    by_name: dict[str, _Node] = field(default_factory=dict)

    def child(self, name: str, below: Path) -> _Node:
        """The child of a name, made if need be as the folder of that name below another."""
        found = self.by_name.get(name)
        if found is None:
            found = _Node(name, below / name, self, len(self.children))
            self.children.append(found)
            self.by_name[name] = found
        return found

    def all(self) -> Iterator[_Node]:
        yield self
        for child in self.children:
            yield from child.all()


class FolderTreeModel(QAbstractItemModel):
    """Other counts of the same folders leave what is open as it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders: tuple[tuple[Path, tuple[str, ...]], ...] = ()
        self._top = _Node("", Path(), None, 0)

    def set_folders(self, counts: Sequence[FolderCount]) -> bool:
        """Show other counts; True where the folders themselves are others."""
        folders = tuple((one.root, one.names) for one in counts)
        is_same = folders == self._folders
        if not is_same:
            self.beginResetModel()
            self._folders = folders
            self._top = _Node("", Path(), None, 0)
        self._count(counts)
        if not is_same:
            self.endResetModel()
        elif self._top.children:
            last = len(self._top.children) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, 0), [N_ROLE])
        return not is_same

    def _count(self, counts: Sequence[FolderCount]) -> None:
        for node in self._top.all():
            node.n = 0
        for one in counts:
            node = self._top.child(str(one.root), Path())
            node.name = one.root.name or str(one.root)
            node.n += one.n
            for name in one.names:
                node = node.child(name, node.path)
                node.n += one.n

    def index_of(self, path: str) -> QModelIndex:
        """Where a folder stands; an invalid index where it does not."""
        for node in self._top.all():
            if node is not self._top and str(node.path) == path:
                return self.createIndex(node.row, 0, node)
        return QModelIndex()

    def _node(self, index: AnyIndex | None) -> _Node:
        found = index.internalPointer() if index is not None and index.isValid() else None
        return found if isinstance(found, _Node) else self._top

    # QAbstractItemModel --------------------------------------------------------------------

    def index(self, row: int, column: int, parent: AnyIndex | None = None) -> QModelIndex:
        """The child of a folder."""
        children = self._node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]
        """The folder around a folder."""
        above = self._node(index).parent
        if above is None or above is self._top:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many folders lie in one."""
        return len(self._node(parent).children)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """One."""
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one folder."""
        if not index.isValid():
            return None
        node = self._node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return node.name
        if role == N_ROLE:
            return node.n
        if role in (PATH_ROLE, Qt.ItemDataRole.ToolTipRole):
            return str(node.path)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{0}, {1} files").format(node.name, number_text(node.n))
        return None
