"""What can go wrong with a file before its content matters."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mmsearch.errors import FailureKind, UnreadableFileError


def require_file(path: Path) -> int:
    """Return the size in bytes of a regular file that is not empty.

    Only looks, because opening a FIFO waits for ever and opening a device may do things.
    Raises UnreadableFileError: VANISHED, PERMISSION, NOT_REGULAR or EMPTY.
    """
    with os_errors_described():
        status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(
            FailureKind.NOT_REGULAR, "This is not a file but a folder, a pipe or a device."
        )
    if status.st_size == 0:
        raise UnreadableFileError(FailureKind.EMPTY, "The file is empty.")
    return status.st_size


@contextmanager
def os_errors_described() -> Iterator[None]:
    """Turn what the operating system says into an UnreadableFileError."""
    try:
        yield
    except OSError as error:
        raise describe_os_error(error) from error


def describe_os_error(error: OSError) -> UnreadableFileError:
    """The same error in words for the person who owns the file."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UnreadableFileError(
            FailureKind.VANISHED, "The file is no longer there.", "Index the folder again."
        )
    if isinstance(error, PermissionError):
        return UnreadableFileError(
            FailureKind.PERMISSION,
            "You may not read this file.",
            "Change its permissions or leave it out.",
        )
    if isinstance(error, IsADirectoryError):
        return UnreadableFileError(FailureKind.NOT_REGULAR, "This is a folder, not a file.")
    reason = error.strerror or str(error) or type(error).__name__
    return UnreadableFileError(
        FailureKind.CORRUPT, f"The file could not be read: {reason}.", "Check the disk."
    )
