"""What has to be done: the difference between the disk and the library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from mmsearch.errors import FailureKind
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.walk import FoundFile, walk
from mmsearch.store.records import FAILED, AssetRecord
from mmsearch.types import FailedFile, MissingFiles

if TYPE_CHECKING:
    import pyarrow

_RETRIED_ALWAYS = {FailureKind.PERMISSION.value, FailureKind.VANISHED.value}
"""Failures that may have gone although the file's stamp is the same."""
_FEW_FILES = 20


def asset_id_of(root_id: str, relative_path: str) -> str:
    """The id of a file under a root; the same file always has the same id."""
    return blake2b(f"{root_id}\0{relative_path}".encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Todo:
    """A new or changed file."""

    asset_id: str
    root_id: str
    found: FoundFile


@dataclass(slots=True)
class Plan:
    """The difference between the disk and the library, root by root."""

    space: str
    todo: list[Todo] = field(default_factory=list)
    failures: list[AssetRecord] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    n_found: int = 0
    n_unchanged: int = 0
    n_offline: int = 0
    retry_failed: bool = False
    retry: frozenset[str] = frozenset()
    """Assets to try again even if their stamp is the same."""
    ignored: frozenset[str] = frozenset()
    """Unreadable assets that nobody wants to hear of: not tried again, whatever happens."""
    forget_missing: frozenset[str] = frozenset()
    """Roots whose vanished files are forgotten, however many they are."""
    missing: list[MissingFiles] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def scan_root(
        self,
        root_id: str,
        path: Path,
        rules: IgnoreRules,
        known: dict[str, AssetRecord],
    ) -> Iterator[int]:
        """Walk one root and sort every file into unchanged, to do, or failed.

        Yields the number of files found so far, now and then, so that the caller can show it.
        """
        unreadable_folders: list[str] = []
        for entry in walk(path, rules):
            if isinstance(entry, FailedFile):
                self._add_failure(root_id, path, entry, unreadable_folders)
                continue
            self.n_found += 1
            self._add_file(root_id, entry, known)
            if self.n_found % 1000 == 0:
                yield self.n_found
        self._add_removals(root_id, path, known, tuple(unreadable_folders))

    def _add_file(self, root_id: str, found: FoundFile, known: dict[str, AssetRecord]) -> None:
        asset_id = asset_id_of(root_id, found.relative_path)
        self._seen.add(asset_id)
        before = known.get(asset_id)
        if before and self._still_good(before, found):
            self.n_unchanged += 1
        else:
            self.todo.append(Todo(asset_id, root_id, found))

    def _still_good(self, before: AssetRecord, found: FoundFile) -> bool:
        """Same stamp, same encoder, and not a failure that is to be tried again."""
        if before.status == FAILED and before.asset_id in self.ignored:
            return True
        stamp = found.stamp
        if (before.size_bytes, before.mtime_ns) != (stamp.size_bytes, stamp.mtime_ns):
            return False
        if before.status == FAILED:
            wanted = self.retry_failed or before.asset_id in self.retry
            return not wanted and before.failure_kind not in _RETRIED_ALWAYS
        return before.space == self.space

    def _add_failure(
        self, root_id: str, root: Path, failed: FailedFile, unreadable_folders: list[str]
    ) -> None:
        relative_path = Path(os.path.relpath(failed.path, root)).as_posix()
        storable = relative_path.encode("utf-8", "backslashreplace").decode("utf-8")
        asset_id = asset_id_of(root_id, storable)
        self._seen.add(asset_id)
        if failed.path.is_dir():
            unreadable_folders.append(f"{storable}/" if storable != "." else "")
        if asset_id in self.ignored:
            return
        self.failures.append(
            AssetRecord(
                asset_id=asset_id,
                root_id=root_id,
                relative_path=storable,
                modality="",
                size_bytes=0,
                mtime_ns=0,
                content_id="",
                status=FAILED,
                failure_kind=failed.kind,
                reason=failed.reason,
                hint=failed.hint,
            )
        )

    def _add_removals(
        self,
        root_id: str,
        path: Path,
        known: dict[str, AssetRecord],
        unreadable_folders: tuple[str, ...],
    ) -> None:
        """What the library has and the disk has not; nothing under a folder we could not read."""
        mine = [asset for asset in known.values() if asset.root_id == root_id]
        gone = [
            asset.asset_id
            for asset in mine
            if asset.asset_id not in self._seen
            and not (unreadable_folders and asset.relative_path.startswith(unreadable_folders))
        ]
        if _suspicious(len(gone), len(mine)) and root_id not in self.forget_missing:
            self.missing.append(MissingFiles(root_id, str(path), len(gone), len(mine)))
            self.notes.append(
                f"{len(gone)} of {len(mine)} files of {path} are gone. They stay in the library, "
                "in case a drive is missing; to forget them: mmsearch index --forget-missing"
            )
            self.n_offline += len(gone)
        else:
            self.removed.extend(gone)


def _suspicious(n_gone: int, n_known: int) -> bool:
    """Everything gone, or more than a fifth and not just a few: rather a missing drive."""
    if n_known > 1 and n_gone == n_known:
        return True
    return n_gone > _FEW_FILES and n_gone > n_known / 5


def known_assets(table: pyarrow.Table) -> dict[str, AssetRecord]:
    """All assets of the library by id."""
    return {row["asset_id"]: AssetRecord(**row) for row in table.to_pylist()}
