"""Saving the found part of a film or sound: where to, how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from mmsearch.errors import UserError
from mmsearch.gui.icons import IconButton
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.layouts import button, column, label, row
from mmsearch.gui.theme import Theme
from mmsearch.types import Hit, Modality, TimeRange


class ClipRow(QWidget):
    """One clip at a time; the row stays until it is dismissed or the next clip begins."""

    reveal_asked = Signal(object)

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: JobHandle | None = None
        self._folder: Path | None = None
        """Where the last clip went."""
        self._made: Path | None = None
        self._words = label("", "secondary", wrap=True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Progress of the clip"))
        self.reveal = button(self.tr("Show in folder"), "link")
        self.reveal.clicked.connect(lambda: self.reveal_asked.emit(self._made))
        self.stop = IconButton("close", self.tr("Stop"), theme, self)
        self.stop.clicked.connect(self._on_close)
        head = row(gap_px=4)
        head.addWidget(self._words, 1)
        head.addWidget(self.reveal)
        head.addWidget(self.stop)
        layout = column(self, gap_px=4)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        self.hide()

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def is_busy(self) -> bool:
        """Whether a clip is being written."""
        return self._job is not None

    def ask_where(self, hit: Hit, part: TimeRange) -> QFileDialog:
        """Let the person choose where the clip goes; the dialog asks before overwriting."""
        from mmsearch.present.clip import clip_name

        start = (self._folder or _home(hit.modality)) / clip_name(hit.path, hit.modality, part)
        dialog = QFileDialog(self.window(), self.tr("Save the found part"), str(start.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(start.name)
        # The dialog has asked about a file that is there already: that is the leave to replace it.
        dialog.fileSelected.connect(lambda name: self.start(hit, part, Path(name), overwrite=True))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def start(self, hit: Hit, part: TimeRange, target: Path, *, overwrite: bool = False) -> None:
        """Write the clip beside the window."""
        if self._job is not None:
            return
        self._folder, self._made = target.parent, None
        self._bar.setValue(0)
        self._say(self.tr("Saving {0}…").format(target.name), busy=True)
        work = Cut(hit.path, target, part, overwrite)
        job = Job(work, self._on_done, self._on_failed, self._on_progress)
        self._job = self._jobs.start(Lane.MEDIA, job)

    def _on_progress(self, done: float) -> None:
        self._bar.setValue(round(done * 1000))

    def _on_done(self, made: Path | None) -> None:
        self._job, self._made = None, made
        if made is None:
            self.hide()
        else:
            self._say(self.tr("Saved {0}.").format(made.name))

    def _on_failed(self, error: UserError) -> None:
        self._job = None
        self._say(f"{error.message} {error.hint}".strip())

    def _on_close(self) -> None:
        if self._job is not None:
            self._job.stop()
        else:
            self.hide()

    def _say(self, text: str, *, busy: bool = False) -> None:
        self._words.setText(text)
        self._bar.setVisible(busy)
        self.reveal.setVisible(self._made is not None)
        self.stop.set_meaning("close", self.tr("Stop") if busy else self.tr("Dismiss"))
        self.show()


def _home(modality: Modality) -> Path:
    """Where such files are kept."""
    place = QStandardPaths.StandardLocation
    wanted = place.MoviesLocation if modality is Modality.VIDEO else place.MusicLocation
    folder = Path(QStandardPaths.writableLocation(wanted))
    return folder if folder.is_dir() else Path.home()


@dataclass(frozen=True, slots=True)
class Cut:
    """Writes a part of a film or sound; returns where to, None when it was stopped."""

    source: Path
    target: Path
    part: TimeRange
    overwrite: bool

    def __call__(self, task: Task) -> Path | None:
        from mmsearch.present.clip import cut_clip

        told = -1.0

        def step(done: float) -> bool:
            nonlocal told
            if done - told >= 0.01:
                told = done
                task.report(done)
            return not task.stopped()

        made = cut_clip(self.source, self.target, self.part, step, overwrite=self.overwrite)
        return made.path if made is not None else None
