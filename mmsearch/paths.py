"""Paths as people type them."""

from __future__ import annotations

from pathlib import Path


def full_path(given: Path | str) -> Path:
    """Return the absolute path, with "~" and ".." followed.

    A link stays a link: the library shows files where the user knows them. Only a path with ".."
    is resolved, since ".." after a link leads elsewhere than its letters say; otherwise
    "/photos/../photos" would be a second folder, and every file in it would be found twice.
    """
    path = Path(given).expanduser()
    return path.resolve() if ".." in path.parts else path.absolute()
