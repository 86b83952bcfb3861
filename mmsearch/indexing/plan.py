"""What has to be done: the difference between the disk and the library."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from mmsearch.errors import FailureKind
from mmsearch.indexing.known import I64, KnownAssets, Mask
from mmsearch.indexing.todo_list import Todo, TodoList, asset_id_of
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.touched import TouchedBelow
from mmsearch.scan.walk import FoundFile, walk
from mmsearch.store.records import FAILED, AssetRecord
from mmsearch.types import FailedFile, MissingFiles

_RETRIED_ALWAYS = frozenset({FailureKind.PERMISSION.value, FailureKind.VANISHED.value})
"""Failures that may have gone although the file's stamp is the same."""
_RETRIED_WHEN_ASKED = frozenset(kind.value for kind in FailureKind)
_FEW_FILES = 20
_COMPARED_TOGETHER = 1000


@dataclass(frozen=True, slots=True)
class Vanished:
    """So many files of a root are gone that they may only have moved, or a drive may be missing."""

    root_id: str
    path: Path
    gone: list[tuple[str, str]]
    """Asset and what it contained."""
    n_known: int


@dataclass(slots=True)
class Plan:
    """What is to do, and what was found on the way."""

    todo: TodoList = field(default_factory=TodoList)
    failures: list[AssetRecord] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    vanished: list[Vanished] = field(default_factory=list)
    missing: list[MissingFiles] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    """The contents that files had which have changed."""
    n_found: int = 0
    n_unchanged: int = 0

    def settle(self, moved: Container[str]) -> None:
        """Decide about what has vanished, once the contents that were found again are known."""
        for one in self.vanished:
            lost = [asset for asset, content in one.gone if content not in moved]
            if _suspicious(len(lost), one.n_known):
                missing = MissingFiles(one.root_id, str(one.path), len(lost), one.n_known)
                self.missing.append(missing)
                kept = set(lost)
                self.removed.extend(asset for asset, _ in one.gone if asset not in kept)
            else:
                self.removed.extend(asset for asset, _ in one.gone)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants to be done about unreadable and vanished files."""

    retry_failed: bool = False
    """Try files again that could not be read, although they have not changed."""
    retry: frozenset[str] = frozenset()
    """Single assets to try again in the same way."""
    ignored: frozenset[str] = frozenset()
    """Unreadable assets that nobody wants to hear of: not tried again, whatever happens."""
    forget_missing: frozenset[str] = frozenset()
    """Roots whose vanished files are forgotten even where so many are gone that a drive may be
    missing."""


class Comparison:
    """Compares the disk with the library, root by root, and writes a plan."""

    def __init__(self, known: KnownAssets, space: str, wishes: Wishes) -> None:
        self.plan = Plan()
        self._known = known
        self._wishes = wishes
        retried = _RETRIED_WHEN_ASKED if wishes.retry_failed else _RETRIED_ALWAYS
        self._good = known.is_good(space, retried)
        self._good[known.failed_rows(wishes.retry)] = False
        self._left_alone = np.zeros(known.n, bool)
        self._left_alone[known.failed_rows(wishes.ignored)] = True
        self._seen = np.zeros(known.n, bool)

    def scan_root(
        self, root_id: str, path: Path, rules: IgnoreRules, touched: TouchedBelow | None = None
    ) -> Iterator[int]:
        """Walk one root, or its touched folders, and sort every file: unchanged, to do, failed.

        Yields the number of files found so far, now and then, so that the caller can show it.
        """
        unreadable_folders: list[str] = []
        files: list[FoundFile] = []
        for entry in walk(path, rules, touched):
            if isinstance(entry, FailedFile):
                self._add_failure(root_id, path, entry, unreadable_folders)
                continue
            files.append(entry)
            if len(files) == _COMPARED_TOGETHER:
                self._compare(root_id, path, files)
                yield self.plan.n_found
                files = []
        self._compare(root_id, path, files)
        self._add_removals(root_id, path, tuple(unreadable_folders), touched)

    def _compare(self, root_id: str, root: Path, files: list[FoundFile]) -> None:
        """Part the files that have changed from those with the stamp that is known."""
        self.plan.n_found += len(files)
        rows = self._known.rows([asset_id_of(root_id, file.relative_path) for file in files])
        self._seen[rows[rows >= 0]] = True
        unchanged = self._is_unchanged(rows, files)
        self.plan.n_unchanged += int(unchanged.sum())
        for place in np.flatnonzero(~unchanged):
            file = files[place]
            todo = Todo(root_id, root, file.relative_path, file.modality, file.stamp)
            self.plan.todo.append(todo)
            if rows[place] >= 0:
                self.plan.replaced.add(self._known.content_id(int(rows[place])))

    def _is_unchanged(self, rows: I64, files: list[FoundFile]) -> Mask:
        """(n_file,) whether it is known, with the same stamp, and need not be tried again."""
        if self._known.n == 0:
            return np.zeros(len(files), bool)
        sizes = np.fromiter((file.stamp.size_bytes for file in files), np.int64, len(files))
        times = np.fromiter((file.stamp.mtime_ns for file in files), np.int64, len(files))
        same: Mask = (self._known.size_bytes[rows] == sizes) & (self._known.mtime_ns[rows] == times)
        unchanged: Mask = (rows >= 0) & ((same & self._good[rows]) | self._left_alone[rows])
        return unchanged

    def _add_failure(
        self, root_id: str, root: Path, failed: FailedFile, unreadable_folders: list[str]
    ) -> None:
        relative_path = Path(os.path.relpath(failed.path, root)).as_posix()
        storable = relative_path.encode("utf-8", "backslashreplace").decode("utf-8")
        asset_id = asset_id_of(root_id, storable)
        row = self._known.rows([asset_id])[0]
        if row >= 0:
            self._seen[row] = True
        if failed.path.is_dir():
            unreadable_folders.append(f"{storable}/" if storable != "." else "")
        if asset_id in self._wishes.ignored:
            return
        self.plan.failures.append(
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
        unreadable_folders: tuple[str, ...],
        touched: TouchedBelow | None,
    ) -> None:
        """What the library has and the disk has not, of what was looked for.

        Nothing under a folder that could not be read is held to be gone.
        """
        mine = self._known.of_root(root_id)
        gone = [int(row) for row in mine[~self._seen[mine]]]
        if unreadable_folders or touched:
            paths = map(self._known.relative_path, gone)
            gone = [
                row
                for row, relative in zip(gone, paths, strict=True)
                if not (unreadable_folders and relative.startswith(unreadable_folders))
                and (touched is None or touched.holds(relative))
            ]
        if _suspicious(len(gone), len(mine)) and root_id not in self._wishes.forget_missing:
            ids = [(self._known.asset_id(row), self._known.content_id(row)) for row in gone]
            self.plan.vanished.append(Vanished(root_id, path, ids, len(mine)))
        else:
            self.plan.removed.extend(map(self._known.asset_id, gone))


def _suspicious(n_gone: int, n_known: int) -> bool:
    """Everything gone, or more than a fifth and not just a few: rather a missing drive."""
    if n_known > 1 and n_gone == n_known:
        return True
    return n_gone > _FEW_FILES and n_gone > n_known / 5
