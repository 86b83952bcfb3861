"""The folders that something happened in, so that a walk need not look at all the others."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Touched:
    """Folders to look at, as full paths; what is not there any more may be named as well.

    folders: whose own files are looked at, not those of their subfolders.
    trees: which are gone through as a whole.
    """

    folders: frozenset[Path] = frozenset()
    trees: frozenset[Path] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.folders or self.trees)

    def __or__(self, other: Touched) -> Touched:
        return Touched(self.folders | other.folders, self.trees | other.trees)

    def below(self, root: Path) -> TouchedBelow | None:
        """The part that concerns a root; None when there is none."""
        trees = {_relative(path, root) for path in self.trees if path.is_relative_to(root)}
        if any(root.is_relative_to(path) for path in self.trees):
            trees.add("")
        # A root that is a single file is touched when its folder is.
        folders = {_relative(path, root) for path in self.folders if path.is_relative_to(root)}
        if root.parent in self.folders and not root.is_dir():
            folders.add("")
        return TouchedBelow(frozenset(folders), frozenset(trees)) if folders or trees else None


def touched_trees(paths: Iterable[Path | str]) -> Touched:
    """Whole folders with all that is in them."""
    return Touched(trees=frozenset(Path(os.path.abspath(path)) for path in paths))


@dataclass(frozen=True)
class TouchedBelow:
    """Touched folders relative to a root: "" is the root, others end with "/"."""

    folders: frozenset[str]
    trees: frozenset[str]

    @cached_property
    def _on_the_way(self) -> frozenset[str]:
        """The folders that a walk has to pass to come to the touched ones."""
        passed: set[str] = set()
        for folder in self.folders | self.trees:
            parts = folder.split("/")[:-1]
            passed.update("/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1))
        return frozenset(passed | {""})

    def lists(self, folder: str) -> bool:
        """Whether the files of this folder are looked at."""
        return folder in self.folders or self._is_in_tree(folder)

    def leads_through(self, folder: str) -> bool:
        """Whether a walk has to enter this folder."""
        return folder in self._on_the_way or self._is_in_tree(folder)

    def holds(self, relative_path: str) -> bool:
        """Whether a file, there or gone, lies where it was looked for."""
        return self.lists(relative_path[: relative_path.rfind("/") + 1])

    def _is_in_tree(self, folder: str) -> bool:
        return bool(self.trees) and folder.startswith(tuple(self.trees))


def _relative(path: Path, root: Path) -> str:
    relative = path.relative_to(root).as_posix()
    return "" if relative == "." else f"{relative}/"
