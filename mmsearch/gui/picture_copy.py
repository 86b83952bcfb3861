"""Puts a picture, or the found still of a film, on the clipboard, to paste it into a text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage

from mmsearch.errors import UserError
from mmsearch.gui.cell_loader import Unavailable, load, load_detail
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.viewer import DETAIL_PX, PREVIEW_PX
from mmsearch.gui.window_parts import WindowParts
from mmsearch.present.visuals import Visuals
from mmsearch.types import Hit, Modality

HAVE_PICTURES = (Modality.IMAGE, Modality.VIDEO)


class PictureCopy(QObject):
    """The newest wish alone is carried out."""

    def __init__(self, parts: WindowParts, jobs: Jobs) -> None:
        super().__init__(parts)
        self._parts, self._jobs = parts, jobs
        self._job: JobHandle | None = None

    def copy(self, hit: Hit) -> None:
        """Read the picture beside the window and put it on the clipboard."""
        if hit.modality not in HAVE_PICTURES:
            words = self.tr("Only pictures and films can be copied as a picture.")
            self._parts.banner.show_note(words)
            return
        if self._job is not None:
            self._job.drop()
        job = Job(_Read(self._parts.visuals, hit), self._on_read, self._parts.banner.show_error)
        self._job = self._jobs.start(Lane.MEDIA, job)

    def _on_read(self, read: QImage | Unavailable) -> None:
        self._job = None
        if isinstance(read, Unavailable):
            self._parts.banner.show_error(UserError(read.reason))
            return
        QGuiApplication.clipboard().setImage(read)
        self._parts.banner.show_note(self.tr("Picture copied."))


@dataclass(frozen=True, slots=True)
class _Read:
    visuals: Visuals
    hit: Hit

    def __call__(self, task: Task) -> QImage | Unavailable:
        """Read a picture as it is, of a film what its preview shows."""
        if self.hit.modality is Modality.IMAGE:
            return load_detail(self.visuals, self.hit, DETAIL_PX)
        read = load(self.visuals, self.hit, PREVIEW_PX, large=True)
        if isinstance(read, QImage | Unavailable):
            return read
        raise TypeError("a film is shown by a still")
