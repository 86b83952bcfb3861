"""What one can do about unreadable files: try again, ignore, take that back, export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.error_export import write_errors
from mmsearch.gui.jobs import Job, Jobs, Lane, Task
from mmsearch.gui.library_session import LibrarySession, Wishes
from mmsearch.gui.texts import counted
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import FailedFile


class ErrorFlow(QObject):
    """Joins the list with the library session."""

    def __init__(self, parts: WindowParts, jobs: Jobs, session: LibrarySession) -> None:
        super().__init__(parts)
        self._parts, self._page = parts, parts.errors
        self._jobs, self._session = jobs, session
        self._page.retry_asked.connect(self.retry)
        self._page.ignore_asked.connect(self.ignore)
        self._page.heed_asked.connect(self.heed)
        self._page.export_asked.connect(self.ask_where)

    def retry(self, paths: Sequence[Path]) -> None:
        """Try files again; none means all."""
        self._session.start_indexing(Wishes(retry_all=not paths, retry=frozenset(paths)))

    def ignore(self, paths: Sequence[Path]) -> None:
        """Hear no more of files, until that is taken back."""
        self._session.tell(_Ignore(tuple(paths)))
        one, many = self.tr("{n} file is ignored now."), self.tr("{n} files are ignored now.")
        undo = (self.tr("Undo"), lambda: self.heed(paths))
        self._parts.banner.show_offer(counted(len(paths), one, many), undo)

    def heed(self, paths: Sequence[Path]) -> None:
        """Take back that files are ignored."""
        self._session.tell(_Heed(tuple(paths)))

    def ask_where(self) -> None:
        """Let the person choose where to put the list."""
        name = str(Path.home() / self.tr("unreadable files.csv"))
        kinds = ";;".join((self.tr("Table (*.csv)"), self.tr("Text (*.txt)")))
        title = self.tr("Export the list")
        dialog = QFileDialog(self._parts.window(), title, name, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(
            lambda kind: dialog.setDefaultSuffix("txt" if "*.txt" in kind else "csv")
        )
        dialog.fileSelected.connect(lambda path: self.export(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, path: Path) -> None:
        """Write the list that is on show."""
        work = _Export(path, self._page.model.errors())
        self._jobs.start(Lane.MEDIA, Job(work, self._on_exported, self._parts.banner.show_error))

    def _on_exported(self, path: Path) -> None:
        self._parts.banner.show_note(self.tr("Written to {0}.").format(path))


@dataclass(frozen=True, slots=True)
class _Ignore:
    paths: tuple[Path, ...]

    def __call__(self, library: LibraryDoor) -> None:
        library.ignore_errors(self.paths)


@dataclass(frozen=True, slots=True)
class _Heed:
    paths: tuple[Path, ...]

    def __call__(self, library: LibraryDoor) -> None:
        library.heed_errors(self.paths)


@dataclass(frozen=True, slots=True)
class _Export:
    path: Path
    errors: tuple[FailedFile, ...]

    def __call__(self, task: Task) -> Path:
        write_errors(self.path, self.errors)
        return self.path
