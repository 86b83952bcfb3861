"""How a library stands: its folders, what could not be read, what adding a folder would cost."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping
from pathlib import Path

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.errors import FailureKind
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.indexing.pace import Pace, expected_bytes, expected_s
from mmsearch.paths import full_path
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.volume import VolumePlace, drive_name, find_again, mounted
from mmsearch.scan.walk import FoundFile, walk
from mmsearch.settings import Settings, cache_path
from mmsearch.store.asset_counts import AssetSort, count_assets, failed_assets
from mmsearch.store.descriptions import Descriptions
from mmsearch.store.records import FAILED, RootRecord
from mmsearch.store.store import Store
from mmsearch.store.told import Told
from mmsearch.types import FailedFile, LibraryStatus, Modality, RootStatus, Survey

_SURVEY_EVERY_S = 0.2


class Overview(ABC):
    """The part of a library that looks, and reads no file."""

    _store: Store
    _told: Told
    _settings: Settings
    _encoder: Encoder
    _descriptions: Descriptions

    @abstractmethod
    def _current(self) -> tuple[Gallery, Mapping[str, Path]]:
        """The newest gallery, and where its roots lie."""

    def status(self) -> LibraryStatus:
        """What the library holds."""
        counts, own = self._counts(), self._encoder.spec.space
        gallery, _ = self._current()
        kinds: Counter[str] = Counter()
        in_roots: Counter[tuple[str, bool]] = Counter()
        for sort, n in counts.items():
            in_roots[sort.root_id, sort.status == FAILED] += n
            if sort.status != FAILED:
                kinds[sort.modality] += n
        roots = tuple(
            _root_status(root, in_roots[root.root_id, False], in_roots[root.root_id, True])
            for root in self._store.roots()
        )
        return LibraryStatus(
            n_indexed=kinds.total(),
            n_failed=counts.total() - kinds.total(),
            n_offline=sum(root.n_indexed for root in roots if not root.online),
            n_segments=gallery.n_segment,
            spaces=(own,),
            by_modality={kind: kinds[kind.value] for kind in Modality},
            roots=roots,
            n_outdated=sum(
                n for sort, n in counts.items() if sort.status != FAILED and sort.space != own
            ),
            answering=gallery.space,
            segments_by_kind=_by_kind(gallery),
        )

    def _counts(self) -> Counter[AssetSort]:
        """How many files there are of each sort, without those that are ignored."""
        ignored = self._told.ignored()
        # Other columns of a million files take half a gigabyte.
        assets = self._store.assets((*AssetSort._fields, "asset_id"))
        counts = count_assets(assets)
        for asset in failed_assets(assets) if ignored else ():
            if asset["asset_id"] in ignored:
                counts[AssetSort(*(asset[name] for name in AssetSort._fields))] -= 1
        return counts

    def roots(self) -> list[RootStatus]:
        """The folders of the library and how they stand."""
        return list(self.status().roots)

    def online_roots(self) -> list[Path]:
        """The folders that are there, without those that lie in others of them."""
        paths = [path for root in self._store.roots() if (path := current_path(root))]
        return [
            path
            for path in paths
            if not any(path != other and path.is_relative_to(other) for other in paths)
        ]

    def ignore_rules(self) -> IgnoreRules:
        """What is passed over in these folders."""
        return IgnoreRules(self._settings.ignore, excluded=(self._store.folder,))

    def drive_sign(self) -> tuple[object, ...]:
        """Another value than before means that drives have come or gone; cheap to ask often."""
        return mounted(), tuple(Path(root.path).exists() for root in self._store.roots())

    # What could not be read ----------------------------------------------------------------

    def errors(self) -> list[FailedFile]:
        """Every file that could not be read, with the reason, by path; without ignored ones.

        With those that are indexed but that a model for speech or captions has failed at.
        """
        return sorted(
            (*self._failed(ignored=False), *self._undescribed()), key=lambda file: file.path
        )

    def ignored_errors(self) -> list[FailedFile]:
        """Unreadable files that are to be left alone, by path."""
        return self._failed(ignored=True)

    def ignore_errors(self, paths: Iterable[Path | str]) -> None:
        """Hear no more of these unreadable files, and do not try them again."""
        self._told.keep_ignored(self._told.ignored() | self._failed_ids(paths))

    def heed_errors(self, paths: Iterable[Path | str]) -> None:
        """Take back that unreadable files are ignored."""
        self._told.keep_ignored(self._told.ignored() - self._failed_ids(paths))

    def _failed(self, *, ignored: bool) -> list[FailedFile]:
        left_alone = self._told.ignored()
        found = self._failed_assets().items()
        failed = (file for asset_id, file in found if (asset_id in left_alone) is ignored)
        return sorted(failed, key=lambda file: file.path)

    def _undescribed(self) -> list[FailedFile]:
        failed = {one.content_id: one for one in self._descriptions.all().values() if one.failure}
        if not failed:
            return []
        gallery, root_paths = self._current()
        return [
            FailedFile(
                root_paths[gallery.root_ids[gallery.asset_root[row]]] / gallery.relative_paths[row],
                FailureKind.MODEL.value,
                f"{failed[content_id].by.partition('@')[0]}: {failed[content_id].failure}",
            )
            for row, content_id in enumerate(gallery.content_ids)
            if content_id in failed
        ]

    def _failed_ids(self, paths: Iterable[Path | str]) -> frozenset[str]:
        """The assets that could not be read and lie at these paths."""
        wanted = {full_path(path) for path in paths}
        if not wanted:
            return frozenset()
        found = self._failed_assets().items()
        return frozenset(asset_id for asset_id, file in found if file.path in wanted)

    def _failed_assets(self) -> dict[str, FailedFile]:
        roots = {root.root_id: Path(root.path) for root in self._store.roots()}
        return {
            asset["asset_id"]: FailedFile(
                roots[asset["root_id"]] / asset["relative_path"],
                asset["failure_kind"],
                asset["reason"],
                asset["hint"],
            )
            for asset in failed_assets(self._store.assets())
            if asset["root_id"] in roots
        }

    # What may be added ---------------------------------------------------------------------

    def survey(
        self, folder: Path | str, *, stop: Callable[[], bool] | None = None
    ) -> Generator[Survey, None, None]:
        """Count what a folder holds, and say what adding it would take; no file is opened.

        Yields what is counted so far five times a second, and at last, unless stopped, all of it.
        Raises UserError when there is no such folder.
        """
        count = _Count(Pace(cache_path() / "pace.json"))
        shown_s = time.monotonic()
        for found in walk(full_path(folder), self.ignore_rules()):
            if stop is not None and stop():
                return
            if isinstance(found, FoundFile):
                count.add(found.modality, found.stamp.size_bytes)
            if time.monotonic() - shown_s > _SURVEY_EVERY_S:
                yield count.survey(complete=False)
                shown_s = time.monotonic()
        yield count.survey(complete=True)


class _Count:
    """What was counted so far."""

    def __init__(self, pace: Pace) -> None:
        self._ratios = {kind: pace.ratio(kind) for kind in Modality}
        self._kinds: Counter[Modality] = Counter()
        self._size_bytes = self._disk_bytes = 0
        self._time_s = 0.0

    def add(self, kind: Modality, size_bytes: int) -> None:
        self._kinds[kind] += 1
        self._size_bytes += size_bytes
        self._disk_bytes += expected_bytes(kind, size_bytes)
        self._time_s += expected_s(kind, size_bytes) * self._ratios[kind]

    def survey(self, *, complete: bool) -> Survey:
        kinds = {kind: self._kinds[kind] for kind in Modality}
        return Survey(kinds, self._size_bytes, self._time_s, self._disk_bytes, complete)


def _by_kind(gallery: Gallery) -> dict[Modality, int]:
    """How many segments there are of each kind."""
    counts = np.bincount(gallery.kind, minlength=len(MODALITIES)).tolist()
    return dict(zip(MODALITIES, counts, strict=True))


def _root_status(root: RootRecord, n_indexed: int, n_failed: int) -> RootStatus:
    path = current_path(root)
    where = path or Path(root.path)
    drive = drive_name(root.path, root.volume_path)
    return RootStatus(root.root_id, where, path is not None, n_indexed, n_failed, drive)


def current_path(root: RootRecord) -> Path | None:
    """Where the root is now: at its path, or where its volume is mounted; None if offline."""
    return find_again(VolumePlace(root.volume_id, root.volume_path), Path(root.path))
