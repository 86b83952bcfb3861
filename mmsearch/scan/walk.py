"""Walk a folder and yield every file of the four kinds with its stamp, in a settled order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mmsearch.errors import FailureKind, UnreadableFileError, UserError
from mmsearch.scan.gitignore import NO_GIT_RULES, GitRules, rules_above
from mmsearch.scan.ignore import (
    CAN_MARK_HIDDEN,
    IgnoreRules,
    is_cache_or_library,
    is_marked_hidden,
)
from mmsearch.scan.kinds import is_transport_stream, modality_of, modality_of_name
from mmsearch.scan.regular import as_failed, as_unreadable, is_storable, special_reason
from mmsearch.scan.touched import TouchedBelow
from mmsearch.types import FailedFile, Modality, Stamp

_NOT_UTF8 = UnreadableFileError(
    FailureKind.UNSUPPORTED, "Its name is not valid UTF-8.", "Rename it."
)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of one of the four kinds. Paths are strings: a walk meets a hundred thousand."""

    full_path: str
    relative_path: str
    """Below the root, with "/" on every system; "." when the root is this very file."""
    modality: Modality
    stamp: Stamp

    @property
    def path(self) -> Path:
        """The full path."""
        return Path(self.full_path)


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    relative: str
    """Empty for the root, otherwise with "/" at its end."""
    real: str
    """The path without any links, with a separator at its end."""
    git: GitRules


@dataclass(slots=True)
class _Walk:
    rules: IgnoreRules
    root_real: str
    covered: list[str]
    """Real folders whose content is found anyway, so that links into them add nothing."""
    touched: TouchedBelow | None = None
    """Where to look; None for everywhere."""
    visited: set[tuple[int, int | str]] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    """Files outside that a link has led to."""


def walk(
    root: Path | str, rules: IgnoreRules, touched: TouchedBelow | None = None
) -> Iterator[FoundFile | FailedFile]:
    """Yield the files under ``root`` sorted by name, those of a folder before its subfolders.

    What cannot be looked at, and what has the name of a picture but is a pipe or a device,
    comes as a FailedFile; what vanishes during the walk just does not come. ``root`` may be a
    single file. Links to files and folders outside of the root are followed, each place once;
    links to places inside it are not, since these are found without them. With ``touched``, only
    the files of these folders come.

    Raises UserError when there is no such root.
    """
    top = os.path.abspath(root)
    try:
        status = os.stat(top)
    except (OSError, ValueError) as error:
        reason = as_unreadable(error)
        raise UserError(f"There is no folder {top}: {reason.message}", reason.hint) from error
    if not stat.S_ISDIR(status.st_mode):
        yield _single_file(top, status)
        return
    real = _as_prefix(os.path.realpath(top))
    state = _Walk(rules, root_real=real, covered=[real], touched=touched)
    yield from _walk_folders(_Folder(top, "", real, _git_rules_at(real, rules)), state)


def _git_rules_at(real: str, rules: IgnoreRules) -> GitRules:
    return rules_above(real.rstrip(os.sep) or os.sep) if rules.gitignore else NO_GIT_RULES


def _single_file(path: str, status: os.stat_result) -> FoundFile | FailedFile:
    modality = modality_of(path)
    if modality is None:
        message = "It is no picture, video, sound, code or text that mmsearch knows."
        return as_failed(path, UnreadableFileError(FailureKind.UNSUPPORTED, message))
    if not stat.S_ISREG(status.st_mode):
        reason = special_reason(status.st_mode)
        return as_failed(path, UnreadableFileError(FailureKind.NOT_REGULAR, reason))
    if not is_storable(path):
        return as_failed(path, _NOT_UTF8)
    return FoundFile(path, ".", modality, _stamp(status))


def _walk_folders(root: _Folder, state: _Walk) -> Iterator[FoundFile | FailedFile]:
    stack = [root]
    while stack:
        folder = stack.pop()
        try:
            if not _is_first_visit(folder, state):
                continue
            with os.scandir(folder.path) as listing:
                entries = sorted(listing, key=_name)
        except OSError as error:
            yield from _failure_unless_gone(folder.path, error)
            continue
        subfolders: list[_Folder] = []
        yield from _look_through(folder, entries, subfolders, state)
        stack.extend(reversed(subfolders))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_first_visit(folder: _Folder, state: _Walk) -> bool:
    status = os.stat(folder.path)
    # Some network file systems number nothing; there the path has to do.
    key = (status.st_dev, status.st_ino or folder.real)
    if key in state.visited:
        return False
    state.visited.add(key)
    return True


def _look_through(
    folder: _Folder,
    entries: list[os.DirEntry[str]],
    subfolders: list[_Folder],
    state: _Walk,
) -> Iterator[FoundFile | FailedFile]:
    """Yield the files of one folder and collect its subfolders."""
    names = {entry.name for entry in entries}
    if folder.relative and is_cache_or_library(folder.path, names):
        return
    git = folder.git.within(folder.real, names) if state.rules.gitignore else NO_GIT_RULES
    for entry in entries:
        try:
            is_folder = _leads_to_folder(entry)
            if not _is_wanted(folder, entry, state.touched, is_folder=is_folder):
                continue
            look = _subfolder if is_folder else _file
            found = look(folder, entry, git, state)
        except OSError as error:
            yield from _failure_unless_gone(entry.path, error)
            continue
        if isinstance(found, _Folder):
            subfolders.append(found)
        elif found is not None:
            yield found


def _is_wanted(
    folder: _Folder, entry: os.DirEntry[str], touched: TouchedBelow | None, *, is_folder: bool
) -> bool:
    if touched is None:
        return True
    if is_folder:
        return touched.leads_through(f"{folder.relative}{entry.name}/")
    return touched.lists(folder.relative)


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads to itself, or to where one may not look. If its name is that of a
        # file of the four kinds, the look at the file says so.
        return False


def _subfolder(
    folder: _Folder, entry: os.DirEntry[str], git: GitRules, state: _Walk
) -> _Folder | FailedFile | None:
    relative = folder.relative + entry.name
    hidden = CAN_MARK_HIDDEN and is_marked_hidden(entry.stat(follow_symlinks=False))
    if state.rules.ignores(relative, entry.name, is_folder=True, marked_hidden=hidden):
        return None
    is_link = _is_link(entry)
    real = os.path.realpath(entry.path) if is_link else folder.real + entry.name
    if state.rules.excludes(real):
        return None
    if not is_storable(entry.name):
        return as_failed(entry.path, _NOT_UTF8)
    prefix = _as_prefix(real)
    if is_link:
        if not _is_worth_following(prefix, state):
            return None
        state.covered.append(prefix)
        git = _git_rules_at(prefix, state.rules)
    return _Folder(entry.path, relative + "/", prefix, git)


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a symbolic link or, on Windows, a junction."""
    is_junction = getattr(entry, "is_junction", None)  # Python 3.12
    return entry.is_symlink() or (is_junction is not None and is_junction())


def _is_worth_following(target: str, state: _Walk) -> bool:
    """Tell whether a link leads somewhere new, and not to a folder that holds the root itself.

    Wine, for one, keeps a link to "/" in each of its folders.
    """
    return not state.root_real.startswith(target) and not target.startswith(tuple(state.covered))


def _file(
    folder: _Folder, entry: os.DirEntry[str], git: GitRules, state: _Walk
) -> FoundFile | FailedFile | None:
    name = entry.name
    modality = modality_of_name(name, lambda: is_transport_stream(entry.path))
    if modality is None:
        return None
    relative = folder.relative + name
    hidden = CAN_MARK_HIDDEN and is_marked_hidden(entry.stat(follow_symlinks=False))
    if state.rules.ignores(relative, name, is_folder=False, marked_hidden=hidden):
        return None
    real = folder.real + name
    if modality is Modality.CODE and git.ignores(real):
        return None
    if state.rules.excludes(real) or (entry.is_symlink() and not _is_new_file(real, state)):
        return None
    return _found(entry, relative, modality)


def _is_new_file(link: str, state: _Walk) -> bool:
    real = os.path.realpath(link)
    if real.startswith(tuple(state.covered)) and os.path.exists(real):
        return False
    if real in state.linked or state.rules.excludes(real):
        return False
    state.linked.add(real)
    return True


def _found(
    entry: os.DirEntry[str], relative: str, modality: Modality
) -> FoundFile | FailedFile | None:
    try:
        status = entry.stat()
    except FileNotFoundError:
        if not entry.is_symlink():
            return None
        message = "It is a link to a file that is not there."
        return as_failed(entry.path, UnreadableFileError(FailureKind.VANISHED, message))
    if not stat.S_ISREG(status.st_mode):
        reason = special_reason(status.st_mode)
        return as_failed(entry.path, UnreadableFileError(FailureKind.NOT_REGULAR, reason))
    if not is_storable(entry.name):
        return as_failed(entry.path, _NOT_UTF8)
    return FoundFile(entry.path, relative, modality, _stamp(status))


def _failure_unless_gone(path: str, error: OSError) -> Iterator[FailedFile]:
    if not isinstance(error, FileNotFoundError):
        yield as_failed(path, as_unreadable(error))


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns)


def _as_prefix(folder: str) -> str:
    return os.path.join(folder, "")
