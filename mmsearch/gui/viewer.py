"""Shows one hit large: a picture, a film, a sound or code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QStackedWidget, QWidget

from mmsearch.gui.cell_loader import (
    CellContent,
    CellKey,
    CellLoader,
    Unavailable,
    load,
    load_detail,
)
from mmsearch.gui.code_view import CodeView
from mmsearch.gui.curves import Curves, has_curve
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.layouts import column, label
from mmsearch.gui.media_view import MediaView
from mmsearch.gui.picture_view import size_of
from mmsearch.gui.theme import Theme
from mmsearch.gui.zoom_view import ZoomView
from mmsearch.present.excerpt import Excerpt
from mmsearch.present.visuals import Visuals, Wave
from mmsearch.types import Hit, Modality, Moment, RelevanceCurve

_SIZES_PX = (256, 512, 1024)
PREVIEW_PX = 1280
DETAIL_PX = 8192
"""Of the longer side: 200 MB of memory at most, and more than anybody looks at."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Where previews come from."""

    jobs: Jobs
    visuals: Visuals
    loader: CellLoader
    """Holds what the cells show: a first, smaller answer that is there at once."""
    curves: Curves
    away_words: Callable[[Path], str] = lambda path: ""
    """What to connect to see a file that is away."""


class Viewer(QStackedWidget):
    """Answers at once with what the grid has, and better when the file is read."""

    shown = Signal(object)
    """The hit, when it is there in full."""

    def __init__(self, preview: Preview, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._hit: Hit | None = None
        self._job: JobHandle | None = None
        self.picture = ZoomView(theme, self)
        self.picture.detail_wanted.connect(self._load_detail)
        self.media = MediaView(theme, self)
        self.code = CodeView(theme, self)
        self.media.moment_chosen.connect(self._load_moment)
        preview.curves.loaded.connect(self._on_curve)
        self._trouble = label("", "secondary", wrap=True)
        self._message = QWidget(self)
        layout = column(self._message, margin_px=16)
        layout.addStretch(1)
        layout.addWidget(self._trouble)
        layout.addStretch(1)
        for view in (self.picture, self.media, self.code, self._message):
            self.addWidget(view)

    @property
    def hit(self) -> Hit | None:
        """What is shown."""
        return self._hit

    def show_hit(self, hit: Hit | None) -> None:
        """Show another hit, or nothing."""
        if hit is self._hit:
            return
        self._drop_job()
        self.media.release()
        self._hit = hit
        self.picture.show_new(None)
        if hit is None:
            self.setCurrentWidget(self.picture)
            return
        self._show_first_answer(hit)
        if has_curve(hit):
            self.media.show_curve(hit, self._preview.curves.get(hit))
        work = _LoadLarge(self._preview.visuals, hit)
        job = Job(work, self._on_loaded, lambda error: self._say(error.message))
        self._job = self._preview.jobs.start(Lane.MEDIA, job)

    def _on_curve(self, hit: Hit, curve: RelevanceCurve) -> None:
        if self._hit is not None and hit.asset_id == self._hit.asset_id:
            self.media.show_curve(self._hit, curve)

    def _load_detail(self) -> None:
        """Read a picture as large as it is, because somebody looks closely."""
        if self._hit is None:
            return
        self._drop_job()
        work = _LoadDetail(self._preview.visuals, self._hit)
        job = Job(work, self._on_loaded, lambda error: self._say(error.message))
        self._job = self._preview.jobs.start(Lane.MEDIA, job)

    def _load_moment(self, moment: Moment) -> None:
        """Read the still of another moment; a sound has its whole wave already."""
        if self._hit is None or self._hit.modality is not Modality.VIDEO:
            return
        self._drop_job()
        there = replace(self._hit, locator=moment.range, moments=(moment,))
        work = _LoadLarge(self._preview.visuals, there)
        job = Job(work, self._on_still, lambda error: self._say(error.message))
        self._job = self._preview.jobs.start(Lane.MEDIA, job)

    def _on_still(self, loaded: QImage | Wave | Excerpt | Unavailable) -> None:
        self._job = None
        if isinstance(loaded, QImage):
            self.media.show_still(QPixmap.fromImage(loaded))
        elif isinstance(loaded, Unavailable):
            self._say(loaded.reason)

    def toggle_playing(self) -> bool:
        """Play or pause; False when there is nothing to play."""
        if self.currentWidget() is not self.media:
            return False
        self.media.toggle()
        return True

    def ask_for_clip(self) -> None:
        """Ask for the found part of a film or sound as a file of its own."""
        if self.currentWidget() is self.media:
            self.media.ask_for_clip()

    def press_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks of what is shown; False when it asks for nothing."""
        return self.currentWidget() is self.picture and self.picture.press_key(event)

    def step_moment(self, by: int) -> None:
        """Go to the next moment of a film, or to the next found lines of code, or back."""
        if self.currentWidget() is self.media:
            self.media.moments.step(by)
        elif self.currentWidget() is self.code:
            self.code.step_found(by)

    def _show_first_answer(self, hit: Hit) -> None:
        for size_px in reversed(_SIZES_PX):
            content = self._preview.loader.peek(CellKey.of(hit, size_px))
            if content is not None and not isinstance(content, Excerpt):
                self._show(hit, content)
                return
        if hit.modality is Modality.IMAGE:
            self.setCurrentWidget(self.picture)
        elif hit.modality is not Modality.CODE:
            self.media.show_hit(hit, None)
            self.setCurrentWidget(self.media)

    def _on_loaded(self, loaded: QImage | Wave | Excerpt | Unavailable) -> None:
        self._job = None
        if self._hit is None:
            return
        content = QPixmap.fromImage(loaded) if isinstance(loaded, QImage) else loaded
        self._show(self._hit, content)
        self.shown.emit(self._hit)

    def _show(self, hit: Hit, content: CellContent) -> None:
        match content:
            case QPixmap() if hit.modality is Modality.IMAGE:
                self.picture.set_picture(content, size_of(hit))
                self.setCurrentWidget(self.picture)
            case QPixmap() | Wave():
                if not self.media.is_open():
                    self.media.show_hit(hit, content)
                self.setCurrentWidget(self.media)
            case Excerpt():
                self.code.show_code(content)
                self.setCurrentWidget(self.code)
            case Unavailable(reason):
                self._say(reason)

    def _say(self, text: str) -> None:
        hint = ""
        if self._hit is not None and self._hit.offline:
            away = self._preview.away_words(self._hit.path)
            hint = away or self.tr("Connect its drive to see it.")
        # Of a file that is away, it is no news that it is not there.
        self._trouble.setText(hint or text)
        self.setCurrentWidget(self._message)

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None


@dataclass(frozen=True, slots=True)
class _LoadLarge:
    visuals: Visuals
    hit: Hit

    def __call__(self, task: Task) -> QImage | Wave | Excerpt | Unavailable:
        return load(self.visuals, self.hit, PREVIEW_PX, large=True)


@dataclass(frozen=True, slots=True)
class _LoadDetail:
    visuals: Visuals
    hit: Hit

    def __call__(self, task: Task) -> QImage | Unavailable:
        return load_detail(self.visuals, self.hit, DETAIL_PX)
