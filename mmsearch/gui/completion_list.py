"""What may come next, below the search box; the keyboard stays in the box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mmsearch.gui.chip_words import field_name
from mmsearch.gui.icons import SMALL_ICON_PX, tinted
from mmsearch.gui.layouts import column
from mmsearch.gui.result_model import AnyIndex
from mmsearch.gui.theme import CORNER_PX, NORMAL_PX, SMALL_PX, Theme
from mmsearch.query.completion import Completion, CompletionSort

COMPLETION_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW_PX, _FRAME_PX, _MOST_PX = 30, 5, 560


class CompletionModel(QAbstractListModel):
    """Rows are completions."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Completion, ...] = ()

    def set_completions(self, completions: Sequence[Completion]) -> None:
        """Offer others."""
        self.beginResetModel()
        self._rows = tuple(completions)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """As many as are offered."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one row."""
        if not 0 <= index.row() < len(self._rows):
            return None
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.shown
        if role == COMPLETION_ROLE:
            return one
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (one.shown, hint_of(one))))
        return None


def hint_of(one: Completion) -> str:
    """What a completion is about, in a word."""
    return "" if one.field is None else field_name(one.field)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        one = index.data(COMPLETION_ROLE)
        if not isinstance(one, Completion):
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            is_on = state & QStyle.StateFlag.State_Selected
            painter.setBrush(self._theme.colour("found" if is_on else "raised"))
            painter.drawRoundedRect(area, CORNER_PX, CORNER_PX)
        self._paint_words(painter, area, one)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, one: Completion) -> None:
        is_recent = one.sort is CompletionSort.RECENT
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        mark = tinted(
            "recent" if is_recent else "filter",
            self._theme.colours.secondary,
            SMALL_ICON_PX,
            ratio,
        )
        painter.drawPixmap(area.x() + 8, area.center().y() - SMALL_ICON_PX // 2 + 1, mark)
        vertical = Qt.AlignmentFlag.AlignVCenter
        font = self._theme.font(SMALL_PX)
        painter.setFont(font)
        painter.setPen(self._theme.colour("secondary"))
        hint = hint_of(one)
        hint_px = QFontMetrics(font).horizontalAdvance(hint)
        inner = area.adjusted(34, 0, -10, 0)
        painter.drawText(inner, vertical | Qt.AlignmentFlag.AlignRight, hint)
        font = self._theme.font(NORMAL_PX)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        width_px = inner.width() - hint_px - 12
        mode = Qt.TextElideMode.ElideRight
        painter.drawText(inner, vertical, QFontMetrics(font).elidedText(one.shown, mode, width_px))


class CompletionList(QFrame):
    """Lies over its parent; shows itself only when there is something to offer."""

    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("completions")
        self.model = CompletionModel(self)
        self.view = QListView(self)
        self.view.setObjectName("folders")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(theme, self))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("Suggestions"))
        self.view.clicked.connect(self._on_clicked)
        column(self, gap_px=0, margin_px=_FRAME_PX - 1).addWidget(self.view)
        theme.changed.connect(self.view.viewport().update)
        self.hide()

    def offer(self, completions: Sequence[Completion], below: QRect) -> None:
        """Show completions below a box in the parent, or nothing where there are none."""
        self.model.set_completions(completions)
        self.view.setCurrentIndex(QModelIndex())
        if not completions:
            self.hide()
            return
        height = len(completions) * _ROW_PX + 2 * _FRAME_PX
        width = min(below.width(), _MOST_PX)
        self.setGeometry(below.x(), below.bottom() + 3, width, height)
        self.show()
        self.raise_()

    def shown(self) -> list[str]:
        """What is offered now."""
        rows = range(self.model.rowCount()) if self.isVisible() else range(0)
        return [str(self.model.index(row).data()) for row in rows]

    def current(self) -> Completion | None:
        """The completion that the arrow keys have reached, or None."""
        found = self.view.currentIndex().data(COMPLETION_ROLE)
        return found if isinstance(found, Completion) else None

    def step(self, by: int) -> None:
        """Move to the next or the one before; beyond the ends is none."""
        n = self.model.rowCount() + 1  # none is a place of its own
        place = (self.view.currentIndex().row() + 1 + by) % n
        self.view.setCurrentIndex(self.model.index(place - 1) if place else QModelIndex())

    def take(self) -> bool:
        """Take the current one; False where there is none."""
        one = self.current()
        if not self.isVisible() or one is None:
            return False
        self._take(one)
        return True

    def _take(self, one: Completion) -> None:
        self.hide()
        self.taken.emit(one)

    def _on_clicked(self, index: QModelIndex) -> None:
        one = index.data(COMPLETION_ROLE)
        if isinstance(one, Completion):
            self._take(one)
