"""Which folders of a person are worth offering: pictures, films, music, documents, projects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

_PROJECTS = ("Projects", "projects", "src", "code", "Code", "dev", "git", "repos", "source/repos")


@dataclass(frozen=True, slots=True)
class LikelyFolder:
    """A folder, and whether most people would want it."""

    path: Path
    wanted: bool


def likely_folders() -> list[LikelyFolder]:
    """Return the folders that exist and hold something, none twice and none inside another."""
    place = QStandardPaths.StandardLocation
    wanted = (place.PicturesLocation, place.MoviesLocation, place.MusicLocation)
    media = [Path(QStandardPaths.writableLocation(location)) for location in wanted]
    others = [Path(QStandardPaths.writableLocation(place.DocumentsLocation))]
    others += [Path.home() / name for name in _PROJECTS]
    found: list[LikelyFolder] = []
    for path in (*media, *others):
        known = [one.path.resolve() for one in found]
        if _is_worth_it(path) and not any(path.resolve().is_relative_to(one) for one in known):
            found.append(LikelyFolder(path, path in media))
    return found


def _is_worth_it(path: Path) -> bool:
    """Where a system has no such folder, Qt names the home folder."""
    try:
        return path not in (Path(), Path.home()) and path.is_dir() and any(path.iterdir())
    except OSError:  # nobody may look into it
        return False
