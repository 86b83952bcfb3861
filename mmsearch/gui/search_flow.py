"""The search row, the session and the results page, joined."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal

from mmsearch.errors import UserError
from mmsearch.gui.incoming import examples_in
from mmsearch.gui.search_session import Answer, SearchSession
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import Query

FIRST_LIMIT = 300
MORE_FACTOR = 5


class SearchFlow(QObject):
    """Builds queries from what the window shows, and shows their answers."""

    shown = Signal()
    """There is an answer to look at."""

    def __init__(self, parts: WindowParts, session: SearchSession, pasted_folder: Path) -> None:
        super().__init__(parts)
        self._parts = parts
        self._session = session
        self._pasted_folder = pasted_folder
        self._limit = FIRST_LIMIT
        self._failed = False
        self._connect()

    def _connect(self) -> None:
        parts, box = self._parts, self._parts.search_box
        box.edited.connect(lambda: self._session.type(self._new_query()))
        box.submitted.connect(self.ask)
        box.left_down.connect(self._go_to_results)
        box.example_refused.connect(parts.banner.show_note)
        parts.kinds.changed.connect(self.ask)
        parts.folders.scope_changed.connect(self.ask)
        parts.results.more_asked.connect(self._ask_for_more)
        parts.results.all_kinds_asked.connect(parts.kinds.clear)
        parts.results.all_folders_asked.connect(parts.folders.clear_scope)
        parts.welcome.suggestion_chosen.connect(box.set_text)
        parts.drops.search_dropped.connect(self.search_by)
        self._session.answered.connect(self._on_answer)
        self._session.failed.connect(self._on_failed)
        self._session.busy_changed.connect(parts.busy.set_busy)

    def ask(self) -> None:
        """Search now for what the window shows."""
        self._session.ask(self._new_query())

    def search_by(self, data: QMimeData) -> None:
        """Search by dropped files or a dropped picture alone."""
        examples = examples_in(data, self._pasted_folder)
        if examples:
            self._parts.search_box.search_like(examples)
        else:
            self._parts.search_box.refuse()

    def _new_query(self) -> Query:
        self._limit = FIRST_LIMIT
        return self._query()

    def _query(self) -> Query:
        box = self._parts.search_box
        return Query(
            text=box.text().strip(),
            like=box.examples(),
            modalities=self._parts.kinds.kinds(),
            folders=self._parts.folders.scope(),
            limit=self._limit,
        )

    def _ask_for_more(self) -> None:
        self._limit *= MORE_FACTOR
        self._session.ask(self._query())

    def _on_answer(self, answer: Answer) -> None:
        if self._failed:  # another message is not ours to take away
            self._failed = False
            self._parts.banner.hide()
        self._parts.results.show_answer(answer)
        self.shown.emit()

    def _on_failed(self, error: UserError) -> None:
        self._failed = True
        self._parts.banner.show_error(error)

    def _go_to_results(self) -> None:
        if self._parts.stack.currentWidget() is self._parts.results:
            self._parts.results.grid.setFocus()
