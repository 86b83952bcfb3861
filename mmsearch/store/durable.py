"""Brings what the database has written onto the disk, which it leaves to the system itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from mmsearch.atomic import sync_file, sync_folder

_NEEDLESS = "_transactions"
"""Only a second writer would look at these, and there is none."""


class DurableFolder:
    """A folder of files that are written once, under names of their own, and never changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._synced: set[str] = set()
        self._folders: set[str] = set()

    def sync(self) -> None:
        """Have all new files on the disk when this returns. Raises OSError.

        The content of a file comes before its name, data before the versions that name it.
        """
        now = set(_files(self._folder))
        new = sorted(now - self._synced, key=lambda path: ("_versions" in path, path))
        for path in new:
            _sync(path)
        folders = {os.path.dirname(path) for path in new}
        # A new folder has its name in the one above.
        folders |= {os.path.dirname(path) for path in folders - self._folders}
        for folder in sorted(folders):
            sync_folder(Path(folder))
        self._synced, self._folders = now, self._folders | folders


def sync_whole_folder(folder: Path) -> None:
    """Have all files of a folder on the disk when this returns. Raises OSError."""
    DurableFolder(folder).sync()


def _sync(path: str) -> None:
    try:
        sync_file(Path(path))
    except FileNotFoundError:
        return  # an old version, dropped meanwhile


def _files(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != _NEEDLESS]
        yield from (os.path.join(parent, name) for name in names)
