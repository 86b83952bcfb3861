"""How a library is looked after: checked, mended, saved to one file, and taken out of it."""

from __future__ import annotations

from pathlib import Path

from mmsearch.exporting import export_index
from mmsearch.paths import full_path
from mmsearch.store.backup import write_backup
from mmsearch.store.store import Store


class Keeping:
    """The part of a library that looks after itself."""

    _store: Store

    def check(self) -> list[str]:
        """What is wrong with the library, line by line; empty where all is well.

        Takes some seconds for a million segments. Raises LibraryError while somebody indexes.
        """
        return [finding.message for finding in self._store.check()]

    def repair(self) -> list[str]:
        """Mend what ``check`` finds, and say what was done, line by line.

        Only what is made of your files is dropped and made again; your files, and what you told
        the library, stay as they are. Raises LibraryError when it cannot be written.
        """
        return self._store.repair()

    def is_being_written(self) -> bool:
        """Whether somebody indexes, in this process or another."""
        return self._store.is_being_written()

    def backup(self, path: Path | str) -> Path:
        """Save the library to one new file, also while another process indexes into it.

        mmsearch.restore_library makes a library of it again. Raises LibraryError when the file is
        there already or cannot be written.
        """
        return write_backup(self._store, full_path(path))

    def export_index(self, folder: Path | str) -> list[Path]:
        """Write assets.parquet and segments.parquet, with all vectors, into a folder.

        Raises UserError when they are there already or cannot be written.
        """
        return export_index(self._store, full_path(folder))
