"""Drags the found part of a film or sound out of the window as a file of its own."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication

from mmsearch.errors import UserError
from mmsearch.gui.clip_row import Cut
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import Hit, TimeRange

_N_KEPT = 20
"""Clips; whoever takes a dropped file may still be reading it."""


class ClipDrag(QObject):
    """Cuts when a drag begins with Alt, and drags as soon as there is something to drag.

    Most parts are copied in less than a second, while the button is still pressed; where that
    takes longer, the part is kept and the next drag begins at once.
    """

    def __init__(self, parts: WindowParts, jobs: Jobs, folder: Path) -> None:
        super().__init__(parts)
        self._parts, self._jobs, self._folder = parts, jobs, folder
        self._job: JobHandle | None = None
        for view in (parts.results.grid, parts.results.table):
            view.clip_dragged.connect(self.begin)

    def begin(self, hit: Hit | None) -> None:
        """Drag the found part, or cut it first."""
        if hit is None or not isinstance(hit.locator, TimeRange):
            words = self.tr("Only a found part of a film or sound can be dragged with Alt.")
            self._parts.banner.show_note(words)
            return
        target = clip_path(self._folder, hit, hit.locator)
        if target.is_file():
            self.drag(target)
        elif self._job is None:
            self._cut(hit, hit.locator, target)

    def _cut(self, hit: Hit, part: TimeRange, target: Path) -> None:
        words = self.tr("Cutting {0}… Keep the button pressed.").format(target.name)
        self._parts.banner.show_note(words)
        make_room(self._folder, _N_KEPT - 1)
        target.parent.mkdir(parents=True, exist_ok=True)
        job = Job(Cut(hit.path, target, part, True), self._on_cut, self._on_failed)
        self._job = self._jobs.start(Lane.MEDIA, job)

    def _on_cut(self, made: Path | None) -> None:
        self._job = None
        if made is None:
            return
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._parts.banner.hide()
            self.drag(made)
        else:
            words = self.tr("The clip is ready. Drag it again with Alt.")
            self._parts.banner.show_note(words)

    def _on_failed(self, error: UserError) -> None:
        self._job = None
        self._parts.banner.show_error(error)

    def drag(self, path: Path) -> None:
        """Let the person drop the file somewhere."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        drag = QDrag(self._parts.results.grid)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


def clip_path(folder: Path, hit: Hit, part: TimeRange) -> Path:
    """Where the clip of a part is kept: under a good name, in a folder of its own."""
    from mmsearch.present.clip import clip_name

    key = f"{hit.content_id} {hit.path} {part.start_s} {part.end_s}"
    own = hashlib.blake2b(key.encode(), digest_size=8).hexdigest()
    return folder / own / clip_name(hit.path, hit.modality, part)


def make_room(folder: Path, n_kept: int) -> None:
    """Take the oldest clips away until so many are left."""
    if folder.is_dir():
        by_age = sorted(folder.iterdir(), key=lambda old: old.stat().st_mtime)
        for old in by_age[: max(0, len(by_age) - n_kept)]:
            shutil.rmtree(old, ignore_errors=True)
