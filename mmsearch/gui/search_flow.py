"""The search row, the session and the results page, joined."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QSignalBlocker, QTimer, Signal

from mmsearch.errors import QueryError, UserError
from mmsearch.gui.chip_flow import ChipFlow
from mmsearch.gui.incoming import examples_in
from mmsearch.gui.search_session import Answer, SearchSession
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import Query

FIRST_LIMIT = 300
MORE_FACTOR = 5
WRONG_WHEN_RESTED_MS = 900
"""Half a query is often wrong; only when somebody stops typing is it worth a word."""


class SearchFlow(QObject):
    """Builds queries from what the window shows, and shows their answers."""

    shown = Signal()
    """There is an answer to look at."""

    def __init__(self, parts: WindowParts, session: SearchSession, pasted_folder: Path) -> None:
        super().__init__(parts)
        self._parts = parts
        self._session = session
        self._pasted_folder = pasted_folder
        self.chips = ChipFlow(parts)
        parts.verdicts.changed.connect(self.ask)
        self._limit = FIRST_LIMIT
        self._failed = False
        self._typing = False
        self._words_only = ""
        """The text in which nothing is to be read as a filter."""
        self._error: UserError | None = None
        self._tell_error = QTimer(self, singleShot=True, interval=WRONG_WHEN_RESTED_MS)
        self._tell_error.timeout.connect(self._show_error)
        self._connect()

    def _connect(self) -> None:
        parts, box = self._parts, self._parts.search_box
        box.edited.connect(self._on_edited)
        box.submitted.connect(self.ask)
        box.left_down.connect(self._go_to_results)
        box.example_refused.connect(parts.banner.show_note)
        parts.kinds.changed.connect(self.ask)
        parts.folders.scope_changed.connect(self.ask)
        parts.results.strictness_changed.connect(self.ask)
        parts.results.by_kind_changed.connect(self.ask)
        parts.results.more_asked.connect(self._ask_for_more)
        parts.chips.all_words_asked.connect(self._ask_for_words)
        self.chips.asked.connect(self.ask)
        self._session.cleared.connect(self.chips.clear)
        parts.banner.words_asked.connect(self._ask_for_words)
        parts.results.all_kinds_asked.connect(parts.kinds.clear)
        parts.results.loosen_asked.connect(self._loosen)
        parts.results.no_filters_asked.connect(parts.filters.reset)
        parts.results.all_folders_asked.connect(parts.folders.clear_scope)
        parts.welcome.suggestion_chosen.connect(box.set_text)
        parts.drops.search_dropped.connect(self.search_by)
        self._session.answered.connect(self._on_answer)
        self._session.failed.connect(self._on_failed)
        self._session.busy_changed.connect(parts.busy.set_busy)

    def ask(self) -> None:
        """Search now for what the window shows."""
        self._typing = False
        self._tell_error.stop()
        self._session.ask(self._new_query())

    def show_parts(self) -> None:
        """Show what would be asked for, as at the start, when filters of the last run are back."""
        self.chips.show_query(self._query())

    def show_query(self, query: Query) -> None:
        """Bring the window to where it asks this query, and ask it once."""
        parts = self._parts
        heads = (parts.kinds, parts.folders, parts.filters, parts.results.head.strictness)
        blockers = [QSignalBlocker(one) for one in heads]
        parts.search_box.load(query.text, query.like)
        parts.kinds.set_kinds(query.modalities)
        parts.folders.set_scope(query.folders)
        parts.filters.set_filters(query.filters)
        parts.filters.show_kinds(query.modalities)
        parts.results.head.strictness.set_min_match(query.min_match)
        for blocker in blockers:
            blocker.unblock()
        self._words_only = query.text.strip() if query.literal else ""
        self.chips.set_as_words(query.as_words)
        parts.verdicts.learn(query)
        self.ask()

    def _loosen(self) -> None:
        """Ask the same of all files."""
        self.show_query(replace(self._query(), modalities=(), folders=(), filters=""))

    def search_by(self, data: QMimeData) -> None:
        """Search by dropped files or a dropped picture alone."""
        examples = examples_in(data, self._pasted_folder)
        if examples:
            self._parts.search_box.search_like(examples)
        else:
            self._parts.search_box.refuse(data)

    def _on_edited(self) -> None:
        self._typing = True
        self._tell_error.stop()
        self._session.type(self._new_query())

    def _ask_for_words(self) -> None:
        """Take the text of the box as it is, until it is another."""
        self._words_only = self._parts.search_box.text().strip()
        self.ask()

    def _new_query(self) -> Query:
        self._limit = FIRST_LIMIT
        return self._query()

    def _query(self) -> Query:
        box = self._parts.search_box
        text = box.text().strip()
        query = Query(
            text=text,
            literal=bool(text) and text == self._words_only,
            as_words=self.chips.as_words(),
            like=box.examples(),
            modalities=self._parts.kinds.kinds(),
            folders=self._parts.folders.scope(),
            filters=self._parts.filters.filters(),
            min_match=self._parts.results.min_match(),
            each_kind=self._parts.results.is_by_kind(),
            limit=self._limit,
        )
        return self._parts.verdicts.applied(query)

    def _ask_for_more(self) -> None:
        self._limit *= MORE_FACTOR
        self._session.ask(self._query())

    def _on_answer(self, answer: Answer) -> None:
        self._tell_error.stop()
        if self._failed:  # another message is not ours to take away
            self._failed = False
            self._parts.banner.hide()
        self.chips.show_query(answer.query)
        self._parts.results.show_answer(answer)
        self._parts.verdicts.show(answer.query)
        self.shown.emit()

    def _on_failed(self, error: UserError) -> None:
        self._error = error
        if self._typing and isinstance(error, QueryError):
            self._tell_error.start()
        else:
            self._show_error()

    def _show_error(self) -> None:
        if self._error is not None:
            self._failed = True
            self._parts.banner.show_error(self._error)

    def _go_to_results(self) -> None:
        if self._parts.stack.currentWidget() is self._parts.results:
            self._parts.results.grid.setFocus()
