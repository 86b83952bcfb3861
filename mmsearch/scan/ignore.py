"""What a walk passes over: hidden and system files, caches, and what the user does not want.

The ``.gitignore`` files of code are another matter and live in gitignore.py.
"""

from __future__ import annotations

import fnmatch
import functools
import os
import re
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from pathspec import GitIgnoreSpec

from mmsearch.errors import UnreadableFileError, UserError
from mmsearch.installed import shipped_path
from mmsearch.scan.regular import open_regular

LIBRARY_MARK = "library.toml"
"""The settings file of a library folder; it names mmsearch within its first 4 KiB."""

# Of the file system itself: these hold no files of anybody.
_VIRTUAL_FOLDERS = ("/proc", "/sys", "/dev") if sys.platform == "linux" else ()

_WINDOWS_HIDDEN = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM
_MAC_HIDDEN = 0x8000  # UF_HIDDEN
CAN_MARK_HIDDEN = sys.platform in {"win32", "darwin"}
"""Whether this system hides files by a mark beside the name."""


class IgnoreRules:
    """Which names, paths and folders a walk passes over.

    patterns: the user's own, in ``.gitignore`` syntax relative to the root that is walked; they
        come after the default ones, so ``!node_modules/`` brings these back.
    excluded: whole folders or files that are never entered, e.g. the open library itself.
    gitignore: whether code files that a ``.gitignore`` names are passed over.
    """

    def __init__(
        self,
        patterns: Iterable[str] = (),
        *,
        excluded: Iterable[Path | str] = (),
        gitignore: bool = True,
    ) -> None:
        self.gitignore = gitignore
        self.excluded = frozenset(map(_canonical, excluded)).union(_VIRTUAL_FOLDERS)
        self._user = _compile(patterns)
        self._names, self._globs, self._folder_names, self._folder_globs = _default_patterns()

    def ignores(
        self, relative_path: str, name: str, *, is_folder: bool, marked_hidden: bool = False
    ) -> bool:
        """Tell whether the patterns take this file or folder out; the last match decides."""
        if self._user is not None:
            verdict = self._user.check_file(relative_path + "/" if is_folder else relative_path)
            if verdict.include is not None:
                return verdict.include
        return marked_hidden or self._ignored_by_default(name.lower(), is_folder)

    def _ignored_by_default(self, name: str, is_folder: bool) -> bool:
        if name in self._names or self._globs.fullmatch(name):
            return True
        return is_folder and (
            name in self._folder_names or self._folder_globs.fullmatch(name) is not None
        )

    def excludes(self, path: str) -> bool:
        """Tell whether the caller took this very path out."""
        return path in self.excluded


def _compile(patterns: Iterable[str]) -> GitIgnoreSpec | None:
    lines = [line for line in patterns if line.strip() and not line.startswith("#")]
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError as error:
            raise UserError(
                f"The ignore pattern {line!r} cannot be understood.",
                "It is written as in a .gitignore file, e.g. *.tmp or old/.",
            ) from error
    return GitIgnoreSpec.from_lines(lines) if lines else None


_Patterns = tuple[frozenset[str], re.Pattern[str], frozenset[str], re.Pattern[str]]


@functools.cache
def _default_patterns() -> _Patterns:
    """Read the shipped patterns: names, globs, and both again for folders only, in lower case.

    They are asked for every file, a hundred thousand times in a walk; a set and one regular
    expression answer fifty times faster than forty patterns one after the other.
    """
    text = shipped_path("resources", "ignore_default.txt").read_text(encoding="utf-8")
    lines = [line for line in text.lower().splitlines() if line and not line.startswith("#")]
    lines = [line.removeprefix("\\") for line in lines]
    folders = [line.removesuffix("/") for line in lines if line.endswith("/")]
    others = [line for line in lines if not line.endswith("/")]
    return (*_split_globs(others), *_split_globs(folders))


def _split_globs(patterns: list[str]) -> tuple[frozenset[str], re.Pattern[str]]:
    if any("/" in pattern or pattern.startswith("!") for pattern in patterns):
        raise ValueError(f"the default ignore patterns are names only, not {patterns}")
    names = frozenset(pattern for pattern in patterns if not set(pattern) & set("*?["))
    globs = [fnmatch.translate(pattern) for pattern in patterns if pattern not in names]
    # "(?!)" matches nothing.
    return names, re.compile("|".join(globs) or "(?!)")


def is_marked_hidden(status: os.stat_result) -> bool:
    """Tell whether the file system marks a file as hidden (Windows and macOS do)."""
    attributes: int = getattr(status, "st_file_attributes", 0)
    flags: int = getattr(status, "st_flags", 0)
    return bool(attributes & _WINDOWS_HIDDEN or flags & _MAC_HIDDEN)


def is_cache_or_library(folder: str, names: frozenset[str] | set[str]) -> bool:
    """Tell by the files in a folder that it is a cache, a virtual environment or a library."""
    if "pyvenv.cfg" in names:
        return True
    if "CACHEDIR.TAG" in names:
        head = _head(os.path.join(folder, "CACHEDIR.TAG"), 43)
        return head == b"Signature: 8a477f597d28d172789f06886806bc55"
    if LIBRARY_MARK in names:
        return b"mmsearch" in _head(os.path.join(folder, LIBRARY_MARK), 4096)
    return False


def _head(path: str, n_bytes: int) -> bytes:
    try:
        with open_regular(path) as file:
            return file.read(n_bytes)
    except UnreadableFileError:
        return b""


def _canonical(path: Path | str) -> str:
    return os.path.realpath(path)
