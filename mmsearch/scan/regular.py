"""Opening a file that may be anything: a pipe, a device, gone, or forbidden."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from mmsearch.errors import FailureKind, UnreadableFileError
from mmsearch.types import FailedFile

_SPECIAL = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE}
_FORBIDDEN = {errno.EACCES, errno.EPERM}

# Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever. The other flags
# exist on some systems only.
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


def open_regular(path: Path | str) -> BinaryIO:
    """Open a regular file for reading, without ever waiting; anything else raises.

    The file is looked at twice: before opening, because opening a device can already do
    something to it, and after, because the file may have been swapped in between.

    Raises UnreadableFileError: VANISHED, PERMISSION, NOT_REGULAR or CORRUPT (input/output error).
    """
    try:
        _demand_regular(path, os.stat(path).st_mode)
        descriptor = os.open(path, _OPEN_FLAGS)
    except (OSError, ValueError) as error:
        raise as_unreadable(error) from error
    try:
        _demand_regular(path, os.fstat(descriptor).st_mode)
        return os.fdopen(descriptor, "rb", buffering=0)
    except UnreadableFileError:
        os.close(descriptor)
        raise


def _demand_regular(path: Path | str, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise UnreadableFileError(FailureKind.NOT_REGULAR, special_reason(mode))


def special_reason(mode: int) -> str:
    """Say what a file that is not a regular file is."""
    return f"This is {_SPECIAL.get(stat.S_IFMT(mode), 'something else')}, not a file with content."


def as_unreadable(error: OSError | ValueError) -> UnreadableFileError:
    """Turn an error of the operating system into a kind, a reason and a hint."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _GONE:
        return UnreadableFileError(FailureKind.VANISHED, "The file is not there any more.")
    if number in _FORBIDDEN:
        return UnreadableFileError(
            FailureKind.PERMISSION, "Reading it is not allowed.", "Check its access rights."
        )
    if number == errno.ELOOP:
        return UnreadableFileError(FailureKind.VANISHED, "It is a link that leads to itself.")
    if number == errno.ENAMETOOLONG:
        return UnreadableFileError(
            FailureKind.UNSUPPORTED, "Its path is longer than this system allows."
        )
    return UnreadableFileError(
        FailureKind.CORRUPT, f"The drive could not read it: {error}.", "Check the drive."
    )


def as_failed(path: str, error: UnreadableFileError) -> FailedFile:
    """Make the row of the error list; its path can always be shown and stored as UTF-8."""
    return FailedFile(Path(displayable(path)), error.kind.value, error.message, error.hint)


def displayable(path: str) -> str:
    r"""Write bytes of a name that are not UTF-8 as \xNN, so that the path can be shown."""
    if is_storable(path):
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_storable(name: str) -> bool:
    """Tell whether a name can be written as UTF-8. Names on Linux are bytes and may not be."""
    if name.isascii():
        return True
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
