"""The part of mmsearch.library.Library that the window uses."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Protocol, TypeAlias

from mmsearch.adapting.adaptation import Adaptation
from mmsearch.gallery import Gallery
from mmsearch.normalising.report import PairReport
from mmsearch.present.library_map import LibraryMap
from mmsearch.retrieve.facets import Facets
from mmsearch.settings import Settings
from mmsearch.types import (
    FailedFile,
    Hit,
    IndexReport,
    LibraryStatus,
    Modality,
    Progress,
    Query,
    RelevanceCurve,
    RootStatus,
    Survey,
)


class LibraryDoor(Protocol):
    """A library as the window sees it; ``search`` may run while ``indexing`` is iterated."""

    @property
    def path(self) -> Path:
        """The folder of the library."""
        ...

    def add(self, *folders: Path | str) -> list[RootStatus]:
        """Add folders; nothing is read yet."""
        ...

    def remove(self, folder: Path | str) -> None:
        """Forget a folder; nothing on disk is touched."""
        ...

    def roots(self) -> list[RootStatus]:
        """The folders."""
        ...

    def indexing(
        self,
        *,
        stop: Callable[[], bool] | None = None,
        retry_failed: bool | Iterable[Path | str] = False,
        forget_missing: bool | Iterable[Path | str] = False,
    ) -> Generator[Progress, None, IndexReport]:
        """Index what is new or changed, as it is iterated."""
        ...

    def following(self, *, stop: Callable[[], bool]) -> Generator[Progress, None, IndexReport]:
        """Follow a run that somebody else has begun."""
        ...

    def is_indexed_elsewhere(self) -> bool:
        """Whether there is a run, whoever has begun it."""
        ...

    def is_abandoned(self) -> bool:
        """Whether whoever watched the folders has died."""
        ...

    def leave_indexing(self) -> None:
        """Follow no run any more; what goes on elsewhere goes on."""
        ...

    @property
    def generation(self) -> int:
        """Another number than before means that something was written."""
        ...

    def survey(
        self, folder: Path | str, *, stop: Callable[[], bool] | None = None
    ) -> Generator[Survey, None, None]:
        """Count what a folder holds before it is added."""
        ...

    def drive_sign(self) -> tuple[object, ...]:
        """Another value than before: drives have come or gone."""
        ...

    def search(self, query: Query | str = "") -> list[Hit]:
        """Answer a query, best first."""
        ...

    def prepare(self) -> None:
        """Load what the first search would wait for."""
        ...

    def relevance_curve(self, query: Query | str, path: Path | str) -> RelevanceCurve:
        """How well each part of a film or sound answers."""
        ...

    def facets(self, query: Query) -> Facets:
        """What the filters of a query leave, counted."""
        ...

    def saved_searches(self) -> dict[str, Query]:
        """The kept searches by name."""
        ...

    def save_search(self, name: str, query: Query | str) -> None:
        """Keep a search under a name."""
        ...

    def forget_search(self, name: str) -> None:
        """Forget a kept search."""
        ...

    def note_recent(self, text: str) -> None:
        """Remember the text of a search."""
        ...

    def recent_searches(self) -> list[str]:
        """The texts of the last searches, the newest first."""
        ...

    def new_hits(self, name: str) -> list[Hit]:
        """What a kept search finds that it did not when it was last looked at."""
        ...

    def mark_seen(self, name: str) -> None:
        """What a kept search finds now is not new any more."""
        ...

    def refined(self, query: Query) -> Query | None:
        """The query to ask after this one for a better order; None without one."""
        ...

    def why_nothing(self, query: Query) -> tuple[str, ...]:
        """Which filters of a query let nothing through, in sentences."""
        ...

    def hubness(self, *, decide_anew: bool = False) -> tuple[Gallery, list[PairReport]]:
        """Which files turn up too often, before and after balancing."""
        ...

    def take_back_different(self, one: Path | str, other: Path | str) -> None:
        """Forget that two files are no duplicates."""
        ...

    def say_different(self, one: Path | str, other: Path | str) -> None:
        """Two files are no duplicates: they are never grouped again."""
        ...

    def library_map(self) -> LibraryMap:
        """Where the files lie on a map."""
        ...

    def use_settings(self, settings: Settings) -> None:
        """Search and index with other settings from now on."""
        ...

    def catch_up(self) -> None:
        """Take over which models another program has chosen meanwhile."""
        ...

    def status(self) -> LibraryStatus:
        """Counts."""
        ...

    def errors(self) -> list[FailedFile]:
        """Every file that could not be read."""
        ...

    def ignored_errors(self) -> list[FailedFile]:
        """Unreadable files that are left alone."""
        ...

    def ignore_errors(self, paths: Iterable[Path | str]) -> None:
        """Leave unreadable files alone."""
        ...

    def heed_errors(self, paths: Iterable[Path | str]) -> None:
        """Take that back."""
        ...

    def adapt(
        self,
        *,
        on_progress: Callable[[Modality, float], None] = ...,
        stop: Callable[[], bool] = ...,
    ) -> Adaptation | None:
        """Learn what things are called; None when it was stopped."""
        ...

    def adaptation(self) -> Adaptation | None:
        """What was learned; None for nothing."""
        ...

    def use_adaptation(self, on: bool) -> Adaptation | None:
        """Use what was learned, or leave it alone."""
        ...

    def forget_adaptation(self) -> bool:
        """Throw away what was learned."""
        ...

    def close(self) -> None:
        """Let go of the folder."""
        ...


OpenLibrary: TypeAlias = Callable[[], LibraryDoor]
