"""The relevance curves of what is looked at, made beside the window and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.search_session import SearchSession, is_empty
from mmsearch.types import Hit, Modality, Query, RelevanceCurve, TimeRange

MOST_KEPT = 128
NO_CURVE = RelevanceCurve((), (), (), ())
"""Of a file that has left the library meanwhile."""
_Key: TypeAlias = tuple[Query, str]


class Curves(QObject):
    """Answers at once with what it has; the newest wish alone is carried out."""

    loaded = Signal(object, object)
    """The hit and its RelevanceCurve."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._library: LibraryDoor | None = None
        self._query = Query()
        self._kept: OrderedDict[_Key, RelevanceCurve] = OrderedDict()
        self._wanted: _Key | None = None
        self._job: JobHandle | None = None

    def follow(self, library: LibrarySession, search: SearchSession) -> None:
        """Take curves from this library for the query that was answered last.

        To be called before anybody shows answers: who shows a hit asks for its curve.
        """
        library.opened.connect(self.set_library)
        library.contents_changed.connect(self._kept.clear)
        search.answered.connect(lambda answer: self.set_query(answer.query))

    def set_library(self, library: LibraryDoor | None) -> None:
        """Take curves from this library."""
        self._library = library
        self._kept.clear()

    def set_query(self, query: Query) -> None:
        """Take curves for this query; how many hits it wants does not matter."""
        self._query = replace(query, limit=1)

    def get(self, hit: Hit) -> RelevanceCurve | None:
        """Return what is there, or None and emit ``loaded`` later if there is a curve at all."""
        key = (self._query, hit.asset_id)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        if self._library is not None and has_curve(hit) and not is_empty(self._query):
            self._start(key, hit, self._library)
        return None

    def _start(self, key: _Key, hit: Hit, library: LibraryDoor) -> None:
        if key == self._wanted:
            return
        if self._job is not None:
            self._job.drop()
        self._wanted = key
        job = Job(
            _Curve(library, self._query, hit),
            lambda curve: self._arrive(key, hit, curve),
            # What is wrong with the query or the library, the search itself has told.
            lambda error: self._arrive(key, hit, NO_CURVE),
        )
        self._job = self._jobs.start(Lane.SEARCH, job)

    def _arrive(self, key: _Key, hit: Hit, curve: RelevanceCurve) -> None:
        self._wanted = self._job = None
        self._kept[key] = curve
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.loaded.emit(hit, curve)


def has_curve(hit: Hit) -> bool:
    """Whether a hit is a part of a film or sound."""
    return hit.modality in (Modality.VIDEO, Modality.AUDIO) and isinstance(hit.locator, TimeRange)


@dataclass(frozen=True, slots=True)
class _Curve:
    library: LibraryDoor
    query: Query
    hit: Hit

    def __call__(self, task: Task) -> RelevanceCurve:
        if task.stopped():
            return NO_CURVE
        return self.library.relevance_curve(self.query, self.hit.path)
