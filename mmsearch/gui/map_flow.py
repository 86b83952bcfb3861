"""Draws the map of the library beside the window, shows it, and searches by what is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from mmsearch.errors import UserError
from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.library_flow import LibraryFlow
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.window_parts import WindowParts
from mmsearch.present.library_map import LibraryMap
from mmsearch.types import Hit


class MapFlow(QObject):
    """One map at a time; the newest alone is shown."""

    def __init__(
        self, parts: WindowParts, jobs: Jobs, library: LibrarySession, pages: LibraryFlow
    ) -> None:
        super().__init__(parts)
        self._page, self._box = parts.map, parts.search_box
        self._jobs, self._library, self._pages = jobs, library, pages
        self._job: JobHandle | None = None
        self._shown: LibraryMap | None = None
        parts.map.back_asked.connect(pages.leave_aside)
        parts.map.view.chosen.connect(self._search_by)

    def show(self) -> None:
        """Show the page; what it shows already stays until there is a newer map."""
        if self._library.library is None:
            return
        self._pages.show_aside(self._page, self._page.view)
        if self._job is not None:
            self._job.drop()
        if self._shown is None:
            self._page.show_waiting()
        # Not in the lane of searches: they need not wait a second or two.
        job = Job(_Draw(self._library.library), self._on_done, self._on_failed)
        self._job = self._jobs.start(Lane.MEDIA, job)

    def _on_done(self, drawn: LibraryMap) -> None:
        self._job = None
        # Where somebody looks at stays, unless files have come or gone.
        if self._shown is None or not self._shown.is_same(drawn):
            self._shown = drawn
            self._page.show_map(drawn)
            if self._page.isVisible():
                self._page.view.setFocus()

    def _on_failed(self, error: UserError) -> None:
        self._job, self._shown = None, None
        self._page.show_trouble(str(error))

    def _search_by(self, hit: Hit) -> None:
        self._pages.leave_aside()
        self._box.search_like([hit.path])


@dataclass(frozen=True, slots=True)
class _Draw:
    library: LibraryDoor

    def __call__(self, task: Task) -> LibraryMap:
        return self.library.library_map()
