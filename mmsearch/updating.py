"""How a library is kept up to date: folders that are added and removed, and the indexing run."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from pathlib import Path

from mmsearch.answering import Answers
from mmsearch.describing.models import Describers
from mmsearch.describing.second_pass import SecondPass
from mmsearch.errors import ModelError, UserError
from mmsearch.indexing.pace import Pace
from mmsearch.indexing.plan import Wishes
from mmsearch.indexing.run import IndexOptions, IndexRun
from mmsearch.overview import Overview, current_path
from mmsearch.paths import full_path
from mmsearch.scan.touched import Touched
from mmsearch.scan.volume import volume_of
from mmsearch.settings import cache_path
from mmsearch.store.descriptions import Descriptions
from mmsearch.store.records import RootRecord
from mmsearch.types import IndexReport, Progress, RootStatus


class Updating(Overview):
    """The part of a library that reads files."""

    _answers: Answers
    _descriptions: Descriptions

    @abstractmethod
    def refresh(self) -> bool:
        """See what has been written since."""

    def catch_up(self) -> None:
        """Take over which models another program has chosen; a plain library keeps its own."""

    def add(self, *folders: Path | str) -> list[RootStatus]:
        """Add folders (or single files); index() then reads them.

        A folder inside one that was added before changes nothing. Raises UserError for a path
        that does not exist, before anything is added.
        """
        paths = [full_path(folder) for folder in folders]
        for path in paths:
            if not path.exists():
                raise UserError(f"{path} does not exist.", "Check the path.")
        roots = self._store.roots()
        fresh: list[RootRecord] = []
        for path in paths:
            if not any(path.is_relative_to(root.path) for root in (*roots, *fresh)):
                place = volume_of(path)
                fresh.append(
                    RootRecord(uuid.uuid4().hex, str(path), place.volume_id, place.path_on_volume)
                )
        if fresh:
            with self._store.locked():
                self._store.put_roots(fresh)
            self._answers.forget_loaded()
        wanted = {str(path) for path in paths}
        return [root for root in self.roots() if str(root.path) in wanted]

    def remove(self, folder: Path | str) -> None:
        """Forget a folder that was added. Nothing on your disk is touched."""
        path = full_path(folder)
        for root in self._store.roots():
            if Path(root.path) == path:
                with self._store.writing():
                    self._store.forget_root(root.root_id)
                self._answers.forget_loaded()
                return
        raise UserError(f"{path} is not a folder of this library.")

    def indexing(
        self,
        *,
        stop: Callable[[], bool] | None = None,
        retry_failed: bool | Iterable[Path | str] = False,
        forget_missing: bool | Iterable[Path | str] = False,
        touched: Touched | None = None,
    ) -> Generator[Progress, None, IndexReport]:
        """Bring the library up to date while being iterated; the return value is the report.

        Everything is committed at most two seconds after it was read, so it may be left, or the
        process killed, at any moment.

        retry_failed: try unreadable files again although they have not changed; all, or these.
        forget_missing: forget vanished files where so many are gone at once that a drive may be
            missing; of all folders, or of these.
        touched: look into these folders only, because nothing has happened elsewhere.
        """
        options = IndexOptions(
            self._settings,
            Wishes(
                retry_failed=retry_failed is True,
                retry=(
                    frozenset()
                    if isinstance(retry_failed, bool)
                    else self._failed_ids(retry_failed)
                ),
                ignored=self._told.ignored(),
                forget_missing=self._root_ids(forget_missing),
            ),
            stop=stop or (lambda: False),
            touched=touched,
        )
        with self._store.writing():
            online, offline = self._find_roots()
            run = IndexRun(self._store, self._encoder, online, options)
            report = yield from run.steps()
            if touched is None and not report.stopped:
                self._store.answer_in_own_space()
        Pace(cache_path() / "pace.json").learn(run.laps.measured)
        self._answers.refit(self._told.verdicts())
        self.refresh()
        problems: list[str] = []
        if not report.stopped:
            problems = yield from self._describing(options.stop, retry=retry_failed is not False)
        notes = tuple(
            f"{path} is not there; what it holds stays in the library." for path in offline
        )
        return replace(report, notes=(*report.notes, *notes, *problems))

    def _describing(
        self, stop: Callable[[], bool], *, retry: bool
    ) -> Generator[Progress, None, list[str]]:
        """Have models say what is heard and seen, where the settings name some.

        Returns why they could not be asked, in sentences.
        """
        try:
            describers = Describers(self._settings)
        except ModelError as error:
            return [str(error)]
        ready = self._answers.ready()
        if describers.versions():
            second = SecondPass(
                self._store,
                ready.gallery,
                ready.path_of,
                self._descriptions,
                describers,
                stop,
                again=retry,
            )
            yield from second.steps()
            self.refresh()
        return []

    def index(
        self,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
        retry_failed: bool | Iterable[Path | str] = False,
        forget_missing: bool | Iterable[Path | str] = False,
    ) -> IndexReport:
        """Bring the library up to date with the disk and say what was done; see ``indexing``."""
        steps = self.indexing(stop=stop, retry_failed=retry_failed, forget_missing=forget_missing)
        while True:
            try:
                progress = next(steps)
            except StopIteration as end:
                report: IndexReport = end.value
                return report
            if on_progress:
                on_progress(progress)

    def _root_ids(self, chosen: bool | Iterable[Path | str]) -> frozenset[str]:
        """All roots, none, or those at some paths."""
        paths = None if isinstance(chosen, bool) else {str(full_path(path)) for path in chosen}
        return frozenset(
            root.root_id
            for root in self._store.roots()
            if chosen is True or (paths and root.path in paths)
        )

    def _find_roots(self) -> tuple[list[tuple[str, Path, tuple[Path, ...]]], list[str]]:
        """Roots that are there, with the roots inside them; and the paths of those that are not.

        A drive that came back under another mount point is found by its volume.
        """
        online: list[tuple[str, Path]] = []
        offline: list[str] = []
        for root in self._store.roots():
            path = current_path(root)
            if path is None:
                offline.append(root.path)
                continue
            if str(path) != root.path:
                self._store.put_roots([replace(root, path=str(path))])
            online.append((root.root_id, path))
        everywhere = [path for _, path in online]
        return [
            (
                root_id,
                path,
                tuple(p for p in everywhere if p != path and p.is_relative_to(path)),
            )
            for root_id, path in online
        ], offline
