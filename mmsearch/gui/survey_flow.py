"""Counts the folders that the first page offers, beside the window, as long as it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from mmsearch.errors import UserError
from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.folder_offer import FolderOffer
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.likely_folders import LikelyFolder, likely_folders
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import Survey


class SurveyFlow(QObject):
    """One folder after the other; none is counted when the page is left."""

    def __init__(self, parts: WindowParts, jobs: Jobs, session: LibrarySession) -> None:
        super().__init__(parts)
        self._parts, self._page, self._jobs = parts, parts.first_run, jobs
        self._session = session
        self._running: dict[Path, JobHandle] = {}
        self._looked = False
        parts.stack.currentChanged.connect(lambda _place: self._on_page())

    def _on_page(self) -> None:
        library = self._session.library
        if self._parts.stack.currentWidget() is not self._page or library is None:
            self._stop()
        elif not self._looked:
            self._looked = True
            self._jobs.start(Lane.DISK, Job(_look, self._offer, self._parts.banner.show_error))
        else:
            self._count_all(library)

    def _offer(self, folders: list[LikelyFolder]) -> None:
        self._page.offer(folders)
        self._on_page()

    def _count_all(self, library: LibraryDoor) -> None:
        for offer in self._page.offers:
            if offer.survey is None or not offer.survey.complete:
                self._count(library, offer)

    def _count(self, library: LibraryDoor, offer: FolderOffer) -> None:
        if offer.path in self._running:
            return

        def done(last: Survey | None) -> None:
            self._running.pop(offer.path, None)
            if last is not None:
                offer.show_survey(last)
                self._page.show_sum()

        def failed(error: UserError) -> None:
            self._running.pop(offer.path, None)
            offer.show_unknown(error.message)

        show: Callable[[Survey], None] = offer.show_survey
        job = Job(_Count(library, offer.path), done, failed, show)
        self._running[offer.path] = self._jobs.start(Lane.DISK, job)

    def _stop(self) -> None:
        while self._running:
            self._running.popitem()[1].drop()


def _look(task: Task) -> list[LikelyFolder]:
    return likely_folders()


@dataclass(frozen=True, slots=True)
class _Count:
    library: LibraryDoor
    folder: Path

    def __call__(self, task: Task) -> Survey | None:
        last = None
        for survey in self.library.survey(self.folder, stop=task.stopped):
            last = survey
            if not survey.complete:
                task.report(survey)
        return last
