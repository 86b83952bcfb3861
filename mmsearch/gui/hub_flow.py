"""Measures hubs beside the window and shows them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from mmsearch.errors import UserError
from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.hub_page import HubPair
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.library_flow import LibraryFlow
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.window_parts import WindowParts
from mmsearch.normalising.report import PairReport, path_of_segment

LEAST_SEGMENTS = 40
"""Of fewer, most are among the first ten of any query, and none is a hub."""


class HubFlow(QObject):
    """One measurement at a time; the newest alone is shown."""

    def __init__(
        self, parts: WindowParts, jobs: Jobs, library: LibrarySession, pages: LibraryFlow
    ) -> None:
        super().__init__(parts)
        self._page, self._jobs, self._library, self._pages = parts.hubs, jobs, library, pages
        self._job: JobHandle | None = None
        parts.settings.hubness_asked.connect(self.show)
        parts.hubs.back_asked.connect(pages.leave_aside)
        parts.hubs.anew_asked.connect(lambda: self._measure(anew=True))

    def show(self) -> None:
        """Show the page and measure."""
        self._pages.show_aside(self._page, self._page.back)
        self._measure(anew=False)

    def _measure(self, *, anew: bool) -> None:
        if self._library.library is None:
            return
        if self._job is not None:
            self._job.drop()
        self._page.show_waiting()
        job = Job(_Measure(self._library.library, anew), self._on_done, self._on_failed)
        self._job = self._jobs.start(Lane.SEARCH, job)

    def _on_done(self, pairs: list[HubPair]) -> None:
        self._job = None
        self._page.show_pairs(pairs)

    def _on_failed(self, error: UserError) -> None:
        self._job = None
        self._page.show_trouble(str(error))


@dataclass(frozen=True, slots=True)
class _Measure:
    library: LibraryDoor
    anew: bool

    def __call__(self, task: Task) -> list[HubPair]:
        if task.stopped():
            return []
        gallery, reports = self.library.hubness(decide_anew=self.anew)
        return [
            _shown(one, path_of_segment(gallery, one.before.largest))
            for one in reports
            if len(one.before.counts) >= LEAST_SEGMENTS
        ]


def _shown(report: PairReport, largest: str) -> HubPair:
    asked_with, found = report.pair
    return HubPair(
        asked_with,
        found,
        str(report.choice.setting),
        report.choice.setting.is_raw,
        engine_text(report.choice.reason.removeprefix("raw cosines: ")),
        report.before.counts,
        report.after.counts,
        largest,
        (report.before.skewness, report.after.skewness),
    )
