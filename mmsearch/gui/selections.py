"""Selections of rows, as Qt keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionRange


def ranges_of(selection: QItemSelection) -> Iterator[QItemSelectionRange]:
    """The ranges of a selection: few, however many rows are selected."""
    return iter(selection)  # type: ignore[call-overload, no-any-return]


def selection_of(
    model: QAbstractItemModel, stretches: Iterable[range], *, last_column: int = 0
) -> QItemSelection:
    """Select stretches of rows, from the first column to the last one; empty ones are left out."""
    selection = QItemSelection()
    for rows in stretches:
        if rows:
            first = model.index(rows.start, 0)
            selection.append(QItemSelectionRange(first, model.index(rows[-1], last_column)))
    return selection
