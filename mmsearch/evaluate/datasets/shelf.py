"""The folder of plain files that a dataset becomes, as a user might have it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from mmsearch.atomic import write_atomically
from mmsearch.errors import UserError

_HALF_MADE = ".new-"
"""How the names of files and folders begin that are not finished; see atomic.py."""


class Shelf:
    """Puts files into a folder, each once; what is there already stays.

    So an interrupted build goes on where it was. Nothing is ever deleted: the folder is named by
    a user, and what a dataset did not put there is told by ``demand_no_others``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: set[Path] = set()

    def link(self, name: str, source: Path) -> Path:
        """A link to a file of the dataset, or a copy where links cannot be made."""
        target = self._new(name)
        source = source.absolute()
        if not source.is_file():
            raise UserError(
                f"The dataset is not complete: {source} is not there.",
                "Name the folder that holds the datasets with --data.",
            )
        if target.is_symlink() and os.readlink(target) != str(source):
            target.unlink()
        if not target.exists():
            _link_or_copy(source, target)
        return target

    def write(self, name: str, text: str) -> Path:
        """A file with this text."""
        target = self._new(name)
        content = text.encode("utf-8", "surrogateescape")
        if not target.is_file() or target.read_bytes() != content:
            write_atomically(target, content)
        return target

    def make(self, name: str, write: Callable[[Path], None]) -> Path:
        """A file that ``write`` makes at the path it is given.

        An existing one is kept, so the name has to change with what goes into it.
        """
        target = self._new(name)
        if not target.is_file():
            with tempfile.TemporaryDirectory(dir=self.folder, prefix=_HALF_MADE) as folder:
                made = Path(folder) / target.name
                write(made)
                os.replace(made, target)
        return target

    def demand_no_others(self) -> None:
        """Raise UserError when the folder holds files that are not of the dataset."""
        found = (Path(at) / name for at, _, names in os.walk(self.folder) for name in names)
        # What a kill left half-made is hidden from the index as well.
        others = sorted(path for path in found if path not in self._known and not _is_rest(path))
        if others:
            raise UserError(
                f"{self.folder} holds {len(others):,} files that are not of the dataset, "
                f"e.g. {others[0].relative_to(self.folder)}.",
                "Delete that folder, or name another one with --work.",
            )

    @property
    def n_files(self) -> int:
        """How many files were put there."""
        return len(self._known)

    def _new(self, name: str) -> Path:
        target = self.folder / name
        if target in self._known:
            raise ValueError(f"{name} is on the shelf twice")
        self._known.add(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def _is_rest(path: Path) -> bool:
    return path.name.startswith(_HALF_MADE) or path.parent.name.startswith(_HALF_MADE)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        target.symlink_to(source)
    except OSError:
        # Windows allows links to few users, and some file systems have none.
        shutil.copyfile(source, target)
