"""The filters of the side column, the kinds of the search row, and the library's counts, joined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from mmsearch.errors import QueryError, UserError
from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.window_parts import WindowParts
from mmsearch.gui.window_state import WindowState
from mmsearch.query.understand import understand
from mmsearch.retrieve.facets import Facets
from mmsearch.types import Query

_NOT_COUNTED: dict[str, Any] = {
    "text": "",
    "like": (),
    "avoid": (),
    "avoid_like": (),
    "liked": (),
    "disliked": (),
    "wanted": None,
    "min_match": 0.0,
    "limit": 1,
    "is_understood": True,
}
"""What of a query does not change how many files its filters leave."""


class FilterFlow(QObject):
    """Counts beside the window, after each answer and each change of the library."""

    asked = Signal()
    """Other filters were chosen."""

    def __init__(self, parts: WindowParts, jobs: Jobs) -> None:
        super().__init__(parts)
        self._parts = parts
        self._jobs = jobs
        self._library: LibraryDoor | None = None
        self._asked = Query()
        self._running: JobHandle | None = None
        panel = parts.filters
        panel.changed.connect(self.asked)
        panel.kind_toggled.connect(parts.kinds.toggle)
        panel.kinds_cleared.connect(parts.kinds.clear)
        parts.kinds.changed.connect(lambda: panel.show_kinds(parts.kinds.kinds()))
        parts.chips.filter_dropped.connect(panel.set_filters)

    def restore(self, state: WindowState) -> None:
        """Choose what was chosen at the end of the last run."""
        self._parts.filters.set_filters(state.text("filters"))

    def remember(self, state: WindowState) -> None:
        """Keep what is chosen for the next run."""
        state.set_text("filters", self._parts.filters.filters())

    def set_library(self, library: LibraryDoor) -> None:
        """Count here from now on."""
        self._library = library
        self.count_again()

    def count(self, query: Query) -> None:
        """Count what the filters of a query leave, unless only its words are others; a query that
        is wrong leaves the counts as they are."""
        try:
            asked = replace(understand(query).query, **_NOT_COUNTED)
        except QueryError:
            return
        if asked != self._asked:
            self._asked = asked
            self.count_again()

    def count_again(self) -> None:
        """Count anew, because the library has changed."""
        if self._running is not None:
            self._running.drop()
            self._running = None
        if self._library is not None:
            work = _Count(self._library, self._asked)
            job = Job(work, self._on_counted, self._on_error)
            self._running = self._jobs.start(Lane.SEARCH, job)

    def _on_counted(self, facets: Facets) -> None:
        self._running = None
        self._parts.filters.show_facets(facets)

    def _on_error(self, error: UserError) -> None:
        self._running = None  # the search says what is wrong with the query


@dataclass(frozen=True, slots=True)
class _Count:
    library: LibraryDoor
    query: Query

    def __call__(self, task: Task) -> Facets:
        return Facets(0) if task.stopped() else self.library.facets(self.query)
