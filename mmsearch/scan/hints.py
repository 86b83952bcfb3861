"""Collects what is said to have changed until it is quiet; what a walk passes over is left out."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.kinds import modality_of_name
from mmsearch.scan.mountinfo import is_below
from mmsearch.scan.touched import Touched

_QUIET_S = 2.0
"""A file that is being written, or a folder that is being copied, is worth waiting for."""
_MOST_S = 20.0
"""Something that never rests is looked at so often."""
_MANY_FOLDERS = 500
"""From so many on, going through the whole root is simpler, and hardly slower."""
_GITIGNORE = ".gitignore"


class Hints:
    """Folders that something happened in. Filled by one thread, taken by another.

    roots: the folders that are watched; what lies elsewhere is passed over.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        rules: IgnoreRules,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._roots = list(roots)
        self._real = [Path(os.path.realpath(root)) for root in roots]
        self._rules = rules
        self._clock = clock
        self._lock = threading.Lock()
        self._folders: set[Path] = set()
        self._trees: set[Path] = set()
        self._first_s = self._last_s = 0.0

    def file_changed(self, path: str) -> None:
        """A file has come, gone or changed."""
        folder, name = os.path.split(path)
        if name == _GITIGNORE:
            self._add(Path(folder), whole=True)
        elif modality_of_name(name, lambda: True) is not None:
            self._add(Path(folder), whole=False)

    def folder_changed(self, path: str) -> None:
        """A folder has come or gone, with all that is in it."""
        self._add(Path(path), whole=True)

    def lost(self) -> None:
        """Something may have happened anywhere."""
        for root in self._roots:
            self._add(root, whole=True)

    def take(self) -> Touched | None:
        """What has been touched, once it has become quiet; None as long as it has not."""
        with self._lock:
            now_s = self._clock()
            if not (self._folders or self._trees):
                return None
            if now_s - self._last_s < _QUIET_S and now_s - self._first_s < _MOST_S:
                return None
            touched = Touched(frozenset(self._folders), frozenset(self._trees))
            self._folders, self._trees = set(), set()
            return touched

    def _add(self, told: Path, *, whole: bool) -> None:
        path = self._wanted(told)
        if path is None:
            return
        with self._lock:
            if not (self._folders or self._trees):
                self._first_s = self._clock()
            self._last_s = self._clock()
            (self._trees if whole else self._folders).add(path)
            if len(self._folders) + len(self._trees) > _MANY_FOLDERS:
                self._folders, self._trees = set(), set(self._roots)

    def _wanted(self, told: Path) -> Path | None:
        """The path as seen from the root it lies in; None for what a walk would pass over.

        Some systems tell the path without the links that lead to the root.
        """
        for root, real in zip(self._roots, self._real, strict=True):
            for base in (root, real):
                if told.is_relative_to(base):
                    inner = told.relative_to(base)
                    return None if self._is_passed_over(inner, real) else root / inner
            if told in (root.parent, real.parent) and not root.is_dir():
                return root.parent  # a root that is a file is watched through its folder
        return None

    def _is_passed_over(self, inner: Path, real_root: Path) -> bool:
        real = str(real_root / inner)
        if any(is_below(real, excluded) for excluded in self._rules.excluded):
            return True
        return any(
            self._rules.ignores("/".join(inner.parts[: depth + 1]), name, is_folder=True)
            for depth, name in enumerate(inner.parts)
        )
