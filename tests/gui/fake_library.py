"""A library without an index: the tests say what it finds and how long it takes."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from mmsearch.adapting.adaptation import Adaptation
from mmsearch.errors import UserError
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalising.report import PairReport
from mmsearch.present.library_map import LibraryMap
from mmsearch.retrieve.facets import Count, Facets
from mmsearch.settings import Settings
from mmsearch.types import (
    FailedFile,
    Hit,
    IndexReport,
    LibraryStatus,
    Locator,
    Metadata,
    MissingFiles,
    Modality,
    Progress,
    Query,
    RelevanceCurve,
    RootStatus,
    Survey,
)
from tests.galleries import gallery_of


def made_hit(
    rank: int = 1,
    path: Path | str = "/photos/a.jpg",
    modality: Modality = Modality.IMAGE,
    *,
    match: float = 0.8,
    locator: Locator = None,
    metadata: Metadata | None = None,
    offline: bool = False,
    group: str = "",
    size_bytes: int = 12_345,
    modified_at_s: float = 1_689_357_791.0,
) -> Hit:
    """A hit; its content is named by its path."""
    return Hit(
        rank=rank,
        path=Path(path),
        modality=modality,
        match=match,
        locator=locator,
        scores={"cosine": 0.31, "normalised": 0.22},
        asset_id=f"asset {path}",
        content_id=f"content {path}",
        size_bytes=size_bytes,
        modified_at_s=modified_at_s,
        metadata=metadata or Metadata(),
        offline=offline,
        group_id=group,
    )


def made_hits(n: int, *, match: float = 0.8) -> list[Hit]:
    """Many pictures that are not there."""
    return [made_hit(rank, f"/photos/{rank:06}.jpg", match=match) for rank in range(1, n + 1)]


def made_map(n: int) -> LibraryMap:
    """A map of n files of all kinds along a diagonal, from the top left to the bottom right."""
    kinds = [MODALITIES[place % 4] for place in range(n)]
    gallery = gallery_of(
        segments_per_content=[1] * n,
        paths=[f"{place:03}.bin" for place in range(n)],
        kinds=kinds,
        locators=np.tile([1.0, 2.0], (n, 1)),
    )
    along = np.linspace(-1, 1, n, dtype=np.float32)
    positions = np.stack([along, along], axis=1)
    return LibraryMap(
        positions, np.arange(n), gallery.asset_modality, n, gallery, {"root": Path("/photos")}
    )


class FakeLibrary:
    """Has the methods of mmsearch.library.Library that the window uses."""

    def __init__(self, path: Path = Path("/fake/library")) -> None:
        self.path = path
        self.hits: list[Hit] = made_hits(3)
        """What every search answers, filtered by kind and folder, up to the limit."""
        self.queries: list[Query] = []
        self.facets_given: Facets | None = None
        """What every count answers; by default the kinds of the hits."""
        self.saved: dict[str, Query] = {}
        self.recent: list[str] = []
        self.counted: list[Query] = []
        """What facets were asked for."""
        self.told_apart: list[tuple[Path, Path]] = []
        self.n_prepared = 0
        self.n_caught_up = 0
        self.n_outdated = 0
        self.answering = "fake@1"
        self.n_new: dict[str, int] = {}
        """How many new hits each kept search has."""
        self.search_error: UserError | None = None
        self.reasons: tuple[str, ...] = ()
        self.refines = False
        self.search_gate: Callable[[Query], None] = lambda query: None
        """Called in the searching thread; may wait."""
        self.folders: list[Path] = []
        self.failed: list[FailedFile] = []
        self.offline: set[Path] = set()
        self.n_steps = 3
        self.step_gate = threading.Event()
        """Indexing waits here before each step after the first; set at once by default."""
        self.step_gate.set()
        self.retried: list[object] = []
        self.forgotten: list[object] = []
        self.missing: tuple[MissingFiles, ...] = ()
        """What every run reports as gone."""
        self.took_s = 1.0
        self.surveys: dict[Path, Survey] = {}
        self.survey_gate = threading.Event()
        """Counting waits here before it is complete; set at once by default."""
        self.survey_gate.set()
        self.ignored: list[FailedFile] = []
        self.drives: dict[Path, str] = {}
        self.index_error: UserError | None = None
        self.settings = Settings()
        self.hub_reports: list[PairReport] = []
        self.hub_error: UserError | None = None
        self.decided_anew: list[bool] = []
        self.map = made_map(0)
        self.map_error: UserError | None = None
        self.learns: Adaptation | None = None
        """What learning finds."""
        self.learn_gate = threading.Event()
        """Learning waits here, half done; set at once by default."""
        self.learn_gate.set()
        self.learn_error: UserError | None = None
        self.learned: Adaptation | None = None
        """What is kept."""
        self.add_error: UserError | None = None
        self.curve = RelevanceCurve((), (), (), ())
        """Of every file."""
        self.curve_error: UserError | None = None
        self.curves_asked: list[tuple[Query, Path]] = []
        self.n_runs = 0
        self.generation = 1
        self.elsewhere = False
        """Whether another process has begun a run."""
        self.abandoned = False
        self.left = False
        self.n_closed = 0
        self.removed: list[Path] = []
        self.threads: set[str] = set()

    # The door ------------------------------------------------------------------------------

    def add(self, *folders: Path | str) -> list[RootStatus]:
        self._note()
        if self.add_error is not None:
            raise self.add_error
        for folder in folders:
            if Path(folder) not in self.folders:
                self.folders.append(Path(folder))
        return self.roots()

    def remove(self, folder: Path | str) -> None:
        self._note()
        self.folders.remove(Path(folder))
        self.removed.append(Path(folder))

    def roots(self) -> list[RootStatus]:
        return [
            RootStatus(
                str(folder),
                folder,
                folder not in self.offline,
                100,
                sum(error.path.is_relative_to(folder) for error in self.failed),
                self.drives.get(folder, ""),
            )
            for folder in self.folders
        ]

    def indexing(
        self,
        *,
        stop: Callable[[], bool] | None = None,
        retry_failed: bool | Iterable[Path | str] = False,
        forget_missing: bool | Iterable[Path | str] = False,
    ) -> Generator[Progress, None, IndexReport]:
        self._note()
        self.n_runs += 1
        self.retried.append(retry_failed)
        self.forgotten.append(forget_missing)
        if self.index_error is not None:
            raise self.index_error
        n_done = 0
        stopped = False
        for n_done in range(1, self.n_steps + 1):
            current = str(self.folders[0] / f"{n_done}.jpg") if self.folders else ""
            yield Progress(
                "indexing",
                n_found=self.n_steps,
                n_todo=self.n_steps,
                n_done=n_done,
                files_per_s=96.0,
                eta_s=180.0,
                current=current,
                waiting=tuple((str(one), self.n_steps - n_done) for one in self.folders[:1]),
            )
            while not self.step_gate.wait(0.005) and not (stop and stop()):
                pass
            if stop and stop():
                stopped = True
                break
        waiting = tuple((str(one), self.n_steps - n_done) for one in self.folders[:1])
        yield Progress("finishing", n_todo=self.n_steps, n_done=n_done, waiting=waiting)
        missing = () if forget_missing else self.missing
        return IndexReport(
            self.n_steps, 0, n_done, 0, 0, 0, 0, n_done, self.took_s, stopped, missing=missing
        )

    def survey(
        self, folder: Path | str, *, stop: Callable[[], bool] | None = None
    ) -> Generator[Survey, None, None]:
        self._note()
        last = self.surveys.get(Path(folder), Survey(dict.fromkeys(Modality, 0), 0, 0.0, 0, True))
        yield replace(last, complete=False)
        while not self.survey_gate.wait(0.005):
            if stop and stop():
                return
        yield last

    def drive_sign(self) -> tuple[object, ...]:
        self._note()
        return (frozenset(self.offline),)

    def following(self, *, stop: Callable[[], bool]) -> Generator[Progress, None, IndexReport]:
        self.elsewhere = False
        return self.indexing(stop=stop)

    def is_indexed_elsewhere(self) -> bool:
        return self.elsewhere

    def is_abandoned(self) -> bool:
        return self.abandoned

    def adapt(
        self,
        *,
        on_progress: Callable[[Modality, float], None] = lambda kind, done: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Adaptation | None:
        self._note()
        if self.learn_error is not None:
            raise self.learn_error
        on_progress(Modality.IMAGE, 0.5)
        while not self.learn_gate.wait(0.005):
            if stop():
                return None
        self.learned = self.learns
        return self.learned

    def adaptation(self) -> Adaptation | None:
        self._note()
        return self.learned

    def use_adaptation(self, on: bool) -> Adaptation | None:
        self._note()
        self.learned = replace(self.learned, is_on=on) if self.learned else None
        return self.learned

    def forget_adaptation(self) -> bool:
        self._note()
        was_there, self.learned = self.learned is not None, None
        return was_there

    def leave_indexing(self) -> None:
        self.left = True

    def search(self, query: Query | str = "") -> list[Hit]:
        assert isinstance(query, Query)
        self._note()
        self.queries.append(query)
        self.search_gate(query)
        if self.search_error is not None:
            raise self.search_error
        found = [hit for hit in self.hits if self._allows(query, hit)][: query.limit]
        return [replace(hit, rank=rank) for rank, hit in enumerate(found, 1)]

    def relevance_curve(self, query: Query | str, path: Path | str) -> RelevanceCurve:
        assert isinstance(query, Query)
        self._note()
        self.curves_asked.append((query, Path(path)))
        if self.curve_error is not None:
            raise self.curve_error
        return self.curve

    def refined(self, query: Query) -> Query | None:
        return replace(query, rerank="picture-words") if self.refines else None

    def why_nothing(self, query: Query) -> tuple[str, ...]:
        return self.reasons

    def saved_searches(self) -> dict[str, Query]:
        self._note()
        return dict(self.saved)

    def save_search(self, name: str, query: Query | str) -> None:
        assert isinstance(query, Query)
        self.saved[name] = query

    def forget_search(self, name: str) -> None:
        del self.saved[name]

    def note_recent(self, text: str) -> None:
        self._note()
        self.recent.insert(0, text)

    def recent_searches(self) -> list[str]:
        return list(self.recent)

    def new_hits(self, name: str) -> list[Hit]:
        return made_hits(self.n_new.get(name, 0))

    def mark_seen(self, name: str) -> None:
        self.n_new.pop(name, None)

    def facets(self, query: Query) -> Facets:
        self._note()
        self.counted.append(query)
        if self.facets_given is not None:
            return self.facets_given
        counts = Counter(hit.modality.value for hit in self.hits)
        return Facets(len(self.hits), kinds=tuple(Count(*one) for one in counts.most_common()))

    def prepare(self) -> None:
        self._note()
        self.n_prepared += 1

    def hubness(self, *, decide_anew: bool = False) -> tuple[Gallery, list[PairReport]]:
        self._note()
        self.decided_anew.append(decide_anew)
        if self.hub_error is not None:
            raise self.hub_error
        return gallery_of(segments_per_content=[2, 2]), self.hub_reports

    def say_different(self, one: Path | str, other: Path | str) -> None:
        self._note()
        if self.search_error is not None:
            raise self.search_error
        self.told_apart.append((Path(one), Path(other)))

    def take_back_different(self, one: Path | str, other: Path | str) -> None:
        self._note()
        if self.search_error is not None:
            raise self.search_error
        self.told_apart.remove((Path(one), Path(other)))

    def library_map(self) -> LibraryMap:
        self._note()
        if self.map_error is not None:
            raise self.map_error
        return self.map

    def catch_up(self) -> None:
        self.n_caught_up += 1

    def use_settings(self, settings: Settings) -> None:
        self.settings = settings

    def status(self) -> LibraryStatus:
        counts = dict.fromkeys(Modality, 0)
        for hit in self.hits:
            counts[hit.modality] += 1
        roots = tuple(self.roots())
        return LibraryStatus(
            len(self.hits),
            len(self.failed),
            0,
            len(self.hits),
            ("fake@1",),
            counts,
            roots,
            n_outdated=self.n_outdated,
            answering=self.answering,
        )

    def errors(self) -> list[FailedFile]:
        return list(self.failed)

    def ignored_errors(self) -> list[FailedFile]:
        return list(self.ignored)

    def ignore_errors(self, paths: Iterable[Path | str]) -> None:
        self._note()
        self.failed, self.ignored = _moved(self.failed, self.ignored, set(paths))

    def heed_errors(self, paths: Iterable[Path | str]) -> None:
        self._note()
        self.ignored, self.failed = _moved(self.ignored, self.failed, set(paths))

    def close(self) -> None:
        self.n_closed += 1

    # For the tests -------------------------------------------------------------------------

    def _note(self) -> None:
        self.threads.add(threading.current_thread().name)

    def _allows(self, query: Query, hit: Hit) -> bool:
        if query.modalities and hit.modality not in query.modalities:
            return False
        folders: Sequence[Path] = query.folders
        return not folders or any(hit.path.is_relative_to(folder) for folder in folders)


def _moved(
    here: list[FailedFile], there: list[FailedFile], paths: set[Path | str]
) -> tuple[list[FailedFile], list[FailedFile]]:
    gone = [failed for failed in here if failed.path in paths]
    return [failed for failed in here if failed not in gone], there + gone
