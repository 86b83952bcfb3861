"""The chips, the search box and the folders, joined."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mmsearch.errors import QueryError
from mmsearch.expression import Span
from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.window_parts import WindowParts
from mmsearch.query.chips import Chip, chips_of
from mmsearch.query.understand import understand
from mmsearch.types import Query


class ChipFlow(QObject):
    """Shows how a query was understood, and carries out what its chips ask for."""

    asked = Signal()
    """Search again: what counts as words has changed."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._as_words: frozenset[str] = frozenset()
        line = parts.chips
        line.text_asked.connect(parts.search_box.set_text)
        line.words_asked.connect(self._take_as_words)
        line.edit_asked.connect(self._select)
        line.folder_dropped.connect(self._drop_folder)

    def as_words(self) -> tuple[str, ...]:
        """Words that are not to be read as filters."""
        return tuple(sorted(self._as_words))

    def set_as_words(self, words: Iterable[str]) -> None:
        """Take other words not to be filters."""
        self._as_words = frozenset(words)

    def show_query(self, query: Query) -> None:
        """Show the parts of a query; one that is wrong is told elsewhere and changes nothing."""
        try:
            understood = understand(query)
            if query.literal or "\n" in query.text.strip():
                chips: tuple[Chip, ...] = ()
            else:
                chips = chips_of(
                    query.text,
                    date.today(),
                    applied=understood.applied,
                    offered=understood.offered,
                )
            filters = chips_of(query.filters, date.today())
        except QueryError:
            return
        self._parts.chips.show_parts(
            chips,
            filters=filters,
            folders=query.folders,
            notes=tuple(map(engine_text, understood.notes)),
        )

    def clear(self) -> None:
        """Nothing is asked for."""
        self._as_words = frozenset()
        self._parts.chips.clear()

    def _take_as_words(self, chip: Chip) -> None:
        self._as_words |= {chip.words.lower()}
        self.asked.emit()

    def _select(self, span: Span) -> None:
        self._parts.search_box.select(span)

    def _drop_folder(self, folder: Path) -> None:
        self._parts.folders.drop_from_scope(folder)
