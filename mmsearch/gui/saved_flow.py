"""The kept searches of the library, the side column and the search row, joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.saved_panel import SavedSearch
from mmsearch.gui.search_flow import SearchFlow
from mmsearch.gui.search_session import SearchSession, is_empty
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import Query

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class _Kept:
    queries: dict[str, Query]
    n_new: dict[str, int]


class SavedFlow(QObject):
    """Keeps, shows, asks again and forgets searches; counts their new hits beside the window."""

    def __init__(
        self, parts: WindowParts, jobs: Jobs, session: SearchSession, search: SearchFlow
    ) -> None:
        super().__init__(parts)
        self._parts = parts
        self._jobs = jobs
        self._session = session
        self._search = search
        self._library: LibraryDoor | None = None
        self._kept = _Kept({}, {})
        self._looking: JobHandle | None = None
        panel = parts.saved
        panel.chosen.connect(self.choose)
        panel.named.connect(self._on_named)
        panel.forget_asked.connect(lambda name: self._change(lambda door: door.forget_search(name)))
        panel.naming_ended.connect(parts.search_box.focus_input)
        panel.add_button.clicked.connect(self.ask_name)

    def set_library(self, library: LibraryDoor) -> None:
        """Show the searches of this library."""
        self._library = library
        self.look()

    def look(self) -> None:
        """Read the searches and count their new hits."""
        if self._library is None:
            return
        if self._looking is not None:
            self._looking.drop()
        job = Job(_Look(self._library), self._on_looked, self._parts.banner.show_error)
        self._looking = self._jobs.start(Lane.SEARCH, job)

    def ask_name(self) -> None:
        """Begin to keep the search that the window shows."""
        query = self._session.query
        if is_empty(query):
            self._parts.banner.show_note(self.tr("There is no search to keep yet."))
            return
        self._parts.left_button.setChecked(True)
        names = [query.text, *(path.name for path in query.like), query.filters]
        self._parts.saved.ask_name(next(filter(None, names), "")[:_LONGEST_NAME])

    def choose(self, name: str) -> None:
        """Search again as it was kept; what it finds is seen then."""
        query = self._kept.queries.get(name)
        if query is None:
            return
        self._search.show_query(query)
        self._change(lambda door: door.mark_seen(name))

    def _on_named(self, name: str, renamed: str) -> None:
        query = self._kept.queries.get(renamed, self._session.query)

        def keep(door: LibraryDoor) -> None:
            door.save_search(name, query)
            if renamed and renamed != name:
                door.forget_search(renamed)
            door.mark_seen(name)

        self._change(keep)

    def _change(self, change: Callable[[LibraryDoor], None]) -> None:
        if self._library is not None:
            work = _Change(self._library, change)
            error = self._parts.banner.show_error
            self._jobs.start(Lane.SEARCH, Job(work, lambda _done: self.look(), error))

    def _on_looked(self, kept: _Kept) -> None:
        self._looking = None
        self._kept = kept
        names = sorted(kept.queries, key=str.casefold)
        rows = [SavedSearch(name, kept.n_new.get(name, 0)) for name in names]
        self._parts.saved.show_searches(rows)


@dataclass(frozen=True, slots=True)
class _Look:
    library: LibraryDoor

    def __call__(self, task: Task) -> _Kept:
        queries = self.library.saved_searches()
        n_new: dict[str, int] = {}
        for name in queries:
            if task.stopped():
                break
            n_new[name] = len(self.library.new_hits(name))
        return _Kept(queries, n_new)


@dataclass(frozen=True, slots=True)
class _Change:
    library: LibraryDoor
    change: Callable[[LibraryDoor], None]

    def __call__(self, task: Task) -> None:
        self.change(self.library)
