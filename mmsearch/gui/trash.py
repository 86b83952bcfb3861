"""The trash of the system: files go there, and come back from there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QFile

from mmsearch.errors import UserError
from mmsearch.gui.file_manager import require
from mmsearch.gui.jobs import Task

T = TypeVar("T")


def _tr(text: str) -> str:
    return QCoreApplication.translate("trash", text)


@dataclass(frozen=True, slots=True)
class Trashed:
    """A file that was moved to the trash."""

    path: Path
    """Where it was."""
    place: Path | None
    """Where it is now; None where the system does not tell, so that only a person can look."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of moving some files."""

    done: tuple[Trashed, ...]
    errors: tuple[UserError, ...] = ()


def move_to_trash(path: Path) -> Trashed:
    """Move a file to the trash of the system; never deletes. Raises UserError."""
    file = QFile(str(path))
    require(path)
    if not file.moveToTrash():
        raise UserError(
            _tr("{0} cannot be moved to the trash: {1}.").format(path.name, file.errorString()),
            _tr("Its drive may have no trash. The file is where it was."),
        )
    place = Path(file.fileName())
    return Trashed(path, place if place != path and place.is_file() else None)


def put_back(trashed: Trashed) -> Trashed:
    """Move a file from the trash to where it was, over nothing. Raises UserError."""
    if trashed.place is None or not trashed.place.is_file():
        message = _tr("{0} is not found in the trash.").format(trashed.path.name)
        raise UserError(message, _tr("Open the trash of your system and put it back from there."))
    if os.path.lexists(trashed.path):
        message = _tr("There is another file at {0} now.").format(trashed.path)
        raise UserError(message, _tr("Rename that one; the file stays in the trash till then."))
    try:
        _move(trashed.place, trashed.path)
    except OSError as error:
        message = _tr("{0} cannot be put back: {1}.")
        reason = error.strerror or type(error).__name__
        raise UserError(
            message.format(trashed.path.name, reason), _tr("The file stays in the trash.")
        ) from error
    _note(trashed.place).unlink(missing_ok=True)
    return trashed


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.move(source, target)


def _note(place: Path) -> Path:
    """Where the desktop keeps what it knows of a file in the trash; not there elsewhere.

    Source: https://specifications.freedesktop.org/trash-spec/latest/
    """
    return place.parent.parent / "info" / f"{place.name}.trashinfo"


@dataclass(frozen=True, slots=True)
class ForEach(Generic[T]):
    """Moves one after the other; one that cannot be moved keeps no other back."""

    move: Callable[[T], Trashed]
    ones: Sequence[T]

    def __call__(self, task: Task) -> Moved:
        """Move them; what was done before a stop is told."""
        done, errors = [], []
        for one in self.ones:
            if task.stopped():
                break
            try:
                done.append(self.move(one))
            except UserError as error:
                errors.append(error)
        return Moved(tuple(done), tuple(errors))
