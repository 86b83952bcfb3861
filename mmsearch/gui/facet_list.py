"""Values to narrow a search by, each with the number of files that have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from mmsearch.gui.layouts import button, column
from mmsearch.gui.side_row import SideRow
from mmsearch.gui.texts import number_text
from mmsearch.gui.theme import SMALL_PX, Theme

N_SHOWN = 5
_ROW_PX, _MARK_PX = 26, 14


@dataclass(frozen=True, slots=True)
class Choice:
    """A row: what it stands for, what it says, how many files it has."""

    value: str
    name: str
    n: int


class FacetRow(SideRow):
    """A box to tick, a name, and a number on the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _ROW_PX, parent)
        self.choice = Choice("", "", 0)
        self.setCheckable(True)

    def show_choice(self, choice: Choice, *, checked: bool) -> None:
        """Stand for another value."""
        self.choice = choice
        self.setChecked(checked)
        self.setToolTip(choice.name)
        self.setAccessibleName(self.tr("{0}, {1} files").format(choice.name, number_text(choice.n)))
        self.update()

    def paint_row(self, painter: QPainter) -> None:
        """Draw the box, the name and the number."""
        self._paint_mark(painter)
        count, font = number_text(self.choice.n), self.theme.font(SMALL_PX)
        right_px = self.paint_right(painter, count, font, self.theme.colour("secondary"))
        colour = "text" if self.choice.n else "secondary"
        self.paint_name(painter, self.choice.name, left_px=26, right_px=right_px, colour=colour)

    def _paint_mark(self, painter: QPainter) -> None:
        box = QRectF(4.5, (self.height() - _MARK_PX) / 2, _MARK_PX, _MARK_PX)
        is_on = self.isChecked()
        painter.setPen(QPen(self.theme.colour("accent" if is_on else "secondary"), 1.2))
        painter.setBrush(self.theme.colour("accent" if is_on else "surface"))
        painter.drawRoundedRect(box, 3, 3)
        if is_on:
            painter.setPen(QPen(self.theme.colour("on_accent"), 1.8))
            x, y = box.x(), box.y()
            points = ((3.5, 7.2), (6, 9.8), (10.6, 4.4))
            painter.drawPolyline(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points]))


class FacetList(QWidget):
    """The most frequent values, the chosen ones among them, and the rest on demand."""

    toggled = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choices: tuple[Choice, ...] = ()
        self._checked: tuple[str, ...] = ()
        self._all = False
        self._rows: list[FacetRow] = []
        self._column = column(self, gap_px=0)
        self.more = button("", "link")
        self.more.clicked.connect(self._show_all)
        self._column.addWidget(self.more)

    def show_choices(self, choices: Sequence[Choice], checked: Sequence[str]) -> None:
        """Show other values; rows that can stay do, and with them the keyboard."""
        self._choices, self._checked = tuple(choices), tuple(checked)
        self._show()

    def rows(self) -> list[FacetRow]:
        """The rows on show."""
        return [row for row in self._rows if not row.isHidden()]

    def _show(self) -> None:
        shown = self._shown()
        while len(self._rows) < len(shown):
            self._add_row()
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                row.show_choice(shown[place], checked=shown[place].value in self._checked)
        n_more = len(self._choices) - len(shown)
        self.more.setVisible(n_more > 0)
        self.more.setText(self.tr("{0} more").format(number_text(n_more)))

    def _shown(self) -> list[Choice]:
        """The first few and those that are chosen; a chosen one without files, too."""
        known = {choice.value for choice in self._choices}
        gone = [Choice(value, value, 0) for value in self._checked if value not in known]
        chosen = [one for one in self._choices[N_SHOWN:] if one.value in self._checked]
        first = self._choices if self._all else (*self._choices[:N_SHOWN], *chosen)
        return [*first, *gone]

    def _add_row(self) -> None:
        row = FacetRow(self._theme, self)
        row.clicked.connect(lambda: self.toggled.emit(row.choice.value))
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)

    def _show_all(self) -> None:
        self._all = True
        self._show()
