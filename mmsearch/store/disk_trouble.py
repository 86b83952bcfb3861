"""Says in words what the disk has done, whichever library met it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mmsearch.errors import LibraryError

_FULL = "Make room on that disk and run it again; what was done is kept."
_HINTS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: "Searching works; to index, make the disk writable or use another library.",
    errno.EACCES: "Searching works; to index, you need the right to write there.",
    errno.EPERM: "Searching works; to index, you need the right to write there.",
    errno.EIO: "The disk may be failing: make a backup, then run: mmsearch doctor",
}
_NO_TABLE = re.compile(r"Table '.*' was not found")
_LANCE_ERRNO = re.compile(r"\(os error (\d+)\)")


def disk_trouble(error: BaseException, folder: Path) -> LibraryError | None:
    """What to tell when ``error`` says that ``folder`` cannot be written; None for other errors.

    LanceDB hides the number of the system's error in the text of a RuntimeError.
    """
    if isinstance(error, OSError):
        number = error.errno
        where = error.filename or folder
        if not Path(os.fsdecode(where)).is_relative_to(folder):
            return None  # the disk of somebody's pictures
    elif isinstance(error, RuntimeError | ValueError):
        found = _LANCE_ERRNO.search(str(error))
        number = int(found[1]) if found else None
    else:
        return None
    if number not in _HINTS:
        return None
    return LibraryError(
        f"The library {folder} cannot be written: {os.strerror(number)}.", _HINTS[number]
    )


def is_of_tables(error: BaseException) -> bool:
    """Whether it is LanceDB that complains; its errors are of Python's own kinds."""
    return "lance" in str(error).lower() or bool(_NO_TABLE.match(str(error)))


@contextmanager
def damage_told(folder: Path) -> Iterator[None]:
    """Turn what LanceDB says of tables that it cannot read into a LibraryError."""
    try:
        yield
    except (RuntimeError, ValueError, OSError) as error:
        if not is_of_tables(error):
            raise
        raise LibraryError(
            f"The tables of the library {folder} cannot be read.", "Run: mmsearch doctor --repair"
        ) from error


@contextmanager
def disk_trouble_told(folder: Path) -> Iterator[None]:
    """Turn errors of the disk into a LibraryError; everything else passes."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        told = disk_trouble(error, folder)
        if told is None:
            raise
        raise told from error
