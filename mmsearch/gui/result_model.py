"""The hits as a Qt model: all rows known at once, everything costly only when painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from mmsearch.gui.cell_loader import CellKey, CellLoader
from mmsearch.gui.result_words import spoken, tool_tip
from mmsearch.gui.verdicts import Judged
from mmsearch.present.arrangement import Arrangement, Order, arranged
from mmsearch.present.sections import Section, sections
from mmsearch.types import Hit, Modality

AnyIndex = QModelIndex | QPersistentModelIndex


ROW_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
"""Of every hit; selecting 100,000 rows asks each of them."""


class ResultRole(IntEnum):
    """What the delegate and the views ask for beyond Qt's own roles."""

    HIT = Qt.ItemDataRole.UserRole + 1
    CONTENT = Qt.ItemDataRole.UserRole + 2
    """A CellContent, or None while it is being read."""
    STACK = Qt.ItemDataRole.UserRole + 3
    """A present.arrangement.Stack, or None."""
    VERDICT = Qt.ItemDataRole.UserRole + 4
    """A Verdict, or None."""


class ResultModel(QAbstractListModel):
    """Rows are hits in the order wanted, near-duplicates stacked."""

    def __init__(self, loader: CellLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ranked: list[Hit] = []
        self._order = Order.MATCH
        self._shown: Arrangement = arranged((), self._order)
        self._hits: list[Hit] = self._shown.rows
        self._section_rows: int | None = None
        """How many rows each kind has; None where kinds are not apart."""
        self._sections: list[Section] = []
        self._opened_kinds: frozenset[Modality] = frozenset()
        self._judged: Judged = {}
        self.loader = loader
        self._away_words: Callable[[Path], str] = lambda path: ""
        self.picture_px = 256
        self._visible = range(0)
        self._rows: dict[CellKey, set[int]] = {}
        loader.loaded.connect(self._on_loaded)
        loader.set_visibility(self._is_visible)

    # Content -------------------------------------------------------------------------------

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Show other results, in rank order; stacks that were opened stay open."""
        self._ranked = list(hits)
        self._arrange()

    @property
    def order(self) -> Order:
        """What comes first."""
        return self._order

    def set_order(self, order: Order) -> None:
        """Show the same results in another order."""
        if order is not self._order:
            self._order = order
            self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._show(self._shown.opened)
        self._visible = range(0)
        self.endResetModel()

    def _show(self, opened: frozenset[str]) -> None:
        self._shown = arranged(self._ranked, self._order, opened)
        self._sections = self._divided()
        self._take_rows()

    def _divided(self) -> list[Section]:
        if self._section_rows is None:
            return []
        return sections(self._shown, self._section_rows, self._opened_kinds)

    def _take_rows(self) -> None:
        self._hits = self._shown.rows
        if self._section_rows is not None:
            self._hits = [hit for section in self._sections for hit in section.rows]
        self._rows.clear()

    # Kinds apart ---------------------------------------------------------------------------

    def sections(self) -> list[Section]:
        """The rows by kind, in their order; none where kinds are not apart."""
        return self._sections

    def set_section_rows(self, n_rows: int | None) -> None:
        """Show so many of each kind, one kind after the other; None shows all together."""
        before, self._section_rows = self._section_rows, n_rows
        if (before is None) != (n_rows is None):
            self._opened_kinds = frozenset()
            self._arrange()
        elif before != n_rows:
            self._resize_sections()

    def close_sections(self) -> None:
        """Show the first of each kind only, from the next results on."""
        self._opened_kinds = frozenset()

    def toggle_section(self, kind: Modality) -> None:
        """Show all of a kind, or the first of it again."""
        self._opened_kinds ^= {kind}
        self._resize_sections()

    def _resize_sections(self) -> None:
        """Rows come and go at the ends of sections; what stays, stays selected."""
        first = 0
        for place, wanted in enumerate(self._divided()):
            n_before, n_now = len(self._sections[place].rows), len(wanted.rows)
            if n_now > n_before:
                self.beginInsertRows(QModelIndex(), first + n_before, first + n_now - 1)
            elif n_now < n_before:
                self.beginRemoveRows(QModelIndex(), first + n_now, first + n_before - 1)
            self._sections[place] = wanted
            self._take_rows()
            if n_now != n_before:
                (self.endInsertRows if n_now > n_before else self.endRemoveRows)()
            first += n_now

    def toggle_stack(self, index: AnyIndex) -> bool:
        """Open or close the stack that a row belongs to; False where there is none."""
        hit = self.hit(index)
        stack = self._shown.stack(hit) if hit is not None else None
        if hit is None or stack is None:
            return False
        first = self._hits.index(self._shown.members[hit.group_id][0]) + 1
        last, group = first + stack.n - 2, frozenset((hit.group_id,))
        if stack.is_open:
            self.beginRemoveRows(QModelIndex(), first, last)
            self._show(self._shown.opened - group)
            self.endRemoveRows()
        else:
            self.beginInsertRows(QModelIndex(), first, last)
            self._show(self._shown.opened | group)
            self.endInsertRows()
        top = self.index(first - 1)
        self.dataChanged.emit(top, top, [ResultRole.STACK])
        return True

    def stack_of(self, index: AnyIndex) -> list[Hit]:
        """The hits that are stacked with a row, itself among them; none where it stands alone."""
        hit = self.hit(index)
        return list(self._shown.members.get(hit.group_id, ())) if hit is not None else []

    def set_verdicts(self, judged: Judged) -> None:
        """Mark what was said about the files."""
        if judged != self._judged:
            self._judged = dict(judged)
            if self._hits:
                first, last = self.index(0), self.index(len(self._hits) - 1)
                self.dataChanged.emit(first, last, [ResultRole.VERDICT])

    def hit(self, index: AnyIndex) -> Hit | None:
        """Return the hit of a row, or None for no row."""
        row = index.row()
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def hits(self) -> list[Hit]:
        """All rows in their order; not to be changed."""
        return self._hits

    def row_of(self, asset_id: str) -> int | None:
        """Return where a file stands now, or the stack it is in; None where it is not."""
        rows = (row for row, hit in enumerate(self._hits) if hit.asset_id == asset_id)
        row = next(rows, None)
        if row is not None:
            return row
        for members in self._shown.members.values():
            if any(hit.asset_id == asset_id for hit in members):
                return self._hits.index(members[0])
        return None

    # What is worth reading -----------------------------------------------------------------

    def set_picture_px(self, size_px: int) -> None:
        """Ask for pictures of another size, because the cells have grown or shrunk."""
        if size_px != self.picture_px:
            self.picture_px = size_px
            self._rows.clear()

    def set_visible_rows(self, rows: range) -> None:
        """Tell which rows can be seen; wishes for others are dropped."""
        self._visible = rows

    def _is_visible(self, key: CellKey) -> bool:
        # A margin of one screen: what is about to be seen is not thrown away.
        margin = len(self._visible)
        near = range(self._visible.start - margin, self._visible.stop + margin)
        return not self._visible or any(row in near for row in self._rows.get(key, ()))

    def _on_loaded(self, key: CellKey) -> None:
        for row in self._rows.get(key, ()):
            index = self.index(row)
            self.dataChanged.emit(index, index, [ResultRole.CONTENT])

    def _content(self, row: int) -> Any:
        hit = self._hits[row]
        key = CellKey.of(hit, self.picture_px)
        self._rows.setdefault(key, set()).add(row)
        return self.loader.get(hit, key)

    # QAbstractListModel --------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """All hits: they are in memory, so the scroll bar is honest."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        hit = self.hit(index)
        if hit is None:
            return None
        if role == ResultRole.HIT:
            return hit
        if role == ResultRole.STACK:
            return self._shown.stack(hit)
        if role == ResultRole.VERDICT:
            return self._judged.get(hit.path)
        if role == ResultRole.CONTENT:
            return self._content(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            away = self._away_words(hit.path) if hit.offline else ""
            return tool_tip(hit, self._shown.stack(hit), away)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(hit, self._shown.stack(hit), self._judged.get(hit.path))
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Hits can be selected and dragged out."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return ROW_FLAGS

    def mimeTypes(self) -> list[str]:
        """Hits leave as files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The files of some rows, for dragging and copying."""
        hits = [hit for hit in map(self.hit, indexes) if hit is not None]
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(hit.path)) for hit in hits])
        return data

    def set_away_words(self, away_words: Callable[[Path], str]) -> None:
        """Know who says what to connect to see a file that is away."""
        self._away_words = away_words
