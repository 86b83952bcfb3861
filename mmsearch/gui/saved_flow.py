"""The kept searches of the library, the side column and the search row, joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject

from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.saved_panel import SavedSearch
from mmsearch.gui.search_flow import SearchFlow
from mmsearch.gui.search_session import SearchSession, is_empty
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import Query

T = TypeVar("T")
_LONGEST_NAME = 60


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
        self._queries: dict[str, Query] = {}
        self._n_new: dict[str, int] = {}
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
        """Read the searches and count their new hits, one after the other.

        Each count is a job of its own, so that a person who types does not wait for all of them.
        """
        if self._library is None:
            return
        if self._looking is not None:
            self._looking.drop()
        work = _Read(self._library)
        self._looking = self._start(work, self._on_read)

    def _start(self, work: Callable[[Task], T], on_done: Callable[[T], None]) -> JobHandle:
        return self._jobs.start(Lane.SEARCH, Job(work, on_done, self._parts.banner.show_error))

    def _on_read(self, queries: dict[str, Query]) -> None:
        self._looking = None
        self._queries = queries
        self._n_new = {name: n for name, n in self._n_new.items() if name in queries}
        self._show()
        self._count(list(queries))

    def _count(self, names: list[str]) -> None:
        if not names or self._library is None:
            return
        name, rest = names[0], names[1:]

        def on_counted(n_new: int) -> None:
            self._looking = None
            self._n_new[name] = n_new
            self._show()
            self._count(rest)

        self._looking = self._start(_Count(self._library, name), on_counted)

    def _show(self) -> None:
        names = sorted(self._queries, key=str.casefold)
        rows = [SavedSearch(name, self._n_new.get(name, 0)) for name in names]
        self._parts.saved.show_searches(rows)

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
        query = self._queries.get(name)
        if query is None:
            return
        self._search.show_query(query)
        self._change(lambda door: door.mark_seen(name))

    def _on_named(self, name: str, renamed: str) -> None:
        query = self._queries.get(renamed, self._session.query)

        def keep(door: LibraryDoor) -> None:
            door.save_search(name, query)
            if renamed and renamed != name:
                door.forget_search(renamed)
            door.mark_seen(name)

        self._change(keep)

    def _change(self, change: Callable[[LibraryDoor], None]) -> None:
        if self._library is not None:
            self._start(_Change(self._library, change), lambda _done: self.look())


@dataclass(frozen=True, slots=True)
class _Read:
    library: LibraryDoor

    def __call__(self, task: Task) -> dict[str, Query]:
        return self.library.saved_searches()


@dataclass(frozen=True, slots=True)
class _Count:
    library: LibraryDoor
    name: str

    def __call__(self, task: Task) -> int:
        return len(self.library.new_hits(self.name))


@dataclass(frozen=True, slots=True)
class _Change:
    library: LibraryDoor
    change: Callable[[LibraryDoor], None]

    def __call__(self, task: Task) -> None:
        self.change(self.library)
