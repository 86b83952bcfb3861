"""What cells show, loaded lazily: newest wish first, only visible rows, bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from mmsearch.errors import UnreadableFileError
from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.jobs import Job, Jobs, Lane, Task
from mmsearch.present.excerpt import Excerpt
from mmsearch.present.visuals import Picture, Visual, Visuals, Wave
from mmsearch.types import U8, Hit, Locator, Modality

MAX_IN_FLIGHT = 8
MAX_WANTED = 2000
MAX_BYTES = 160 * 2**20


@dataclass(frozen=True, slots=True)
class CellKey:
    """Names what a cell shows; equal for copies of one file."""

    content_id: str
    modality: Modality
    locator: Locator
    size_px: int

    @classmethod
    def of(cls, hit: Hit, size_px: int) -> CellKey:
        """Return the key of a hit; only pictures come in sizes."""
        sized = hit.modality in (Modality.IMAGE, Modality.VIDEO)
        return cls(hit.content_id, hit.modality, hit.locator, size_px if sized else 0)


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The file could not be read; why, in words."""

    reason: str


CellContent: TypeAlias = QPixmap | Wave | Excerpt | Unavailable
_Loaded: TypeAlias = QImage | Wave | Excerpt | Unavailable


def to_image(pixels: U8) -> QImage:
    """Copy (h, w, 3) uint8 RGB into a QImage that owns its memory. Allowed in any thread."""
    height, width, _ = pixels.shape
    return QImage(
        pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888
    ).convertToFormat(QImage.Format.Format_RGB32)


def load(visuals: Visuals, hit: Hit, size_px: int, *, large: bool = False) -> _Loaded:
    """Read the file for one cell or preview. Runs in a worker."""
    try:
        make = visuals.large if large else visuals.small
        visual: Visual = make(hit, size_px=size_px)
    except UnreadableFileError as error:
        return Unavailable(engine_text(error.message))
    return to_image(visual.pixels) if isinstance(visual, Picture) else visual


def load_detail(visuals: Visuals, hit: Hit, most_px: int) -> QImage | Unavailable:
    """Read a picture for a close look. Runs in a worker."""
    try:
        return to_image(visuals.detail(hit, most_px=most_px).pixels)
    except UnreadableFileError as error:
        return Unavailable(engine_text(error.message))


class CellLoader(QObject):
    """A cache that answers at once with what it has and fetches the rest."""

    loaded = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        visuals: Visuals,
        parent: QObject | None = None,
        *,
        max_bytes: int = MAX_BYTES,
        max_in_flight: int = MAX_IN_FLIGHT,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._visuals = visuals
        self._max_bytes = max_bytes
        self._max_in_flight = max_in_flight
        self._n_bytes = 0
        self._kept: OrderedDict[CellKey, tuple[CellContent, int]] = OrderedDict()
        self._wanted: OrderedDict[CellKey, Hit] = OrderedDict()
        self._in_flight: set[CellKey] = set()
        self._is_visible: Callable[[CellKey], bool] = lambda key: True

    def beside(self, *, max_bytes: int, max_in_flight: int = MAX_IN_FLIGHT) -> CellLoader:
        """Return a loader that reads the same way, with wishes and a memory of its own."""
        return CellLoader(
            self._jobs, self._visuals, max_bytes=max_bytes, max_in_flight=max_in_flight
        )

    def set_visibility(self, is_visible: Callable[[CellKey], bool]) -> None:
        """Ask ``is_visible`` before a wish is carried out; the others are dropped."""
        self._is_visible = is_visible

    def peek(self, key: CellKey) -> CellContent | None:
        """Return what is there, without asking for it."""
        kept = self._kept.get(key)
        return kept[0] if kept else None

    def get(self, hit: Hit, key: CellKey) -> CellContent | None:
        """Return what is there, or None and emit ``loaded(key)`` later."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept[0]
        if key not in self._in_flight:
            self._wanted[key] = hit
            self._wanted.move_to_end(key)
            if len(self._wanted) > MAX_WANTED:
                self._wanted.popitem(last=False)
            self._pump()
        return None

    def forget_failures(self) -> None:
        """Try unreadable files again, e.g. because a drive came back."""
        for key in [key for key, kept in self._kept.items() if isinstance(kept[0], Unavailable)]:
            self._n_bytes -= self._kept.pop(key)[1]

    @property
    def n_bytes(self) -> int:
        """Memory held by what is kept."""
        return self._n_bytes

    def _pump(self) -> None:
        while self._wanted and len(self._in_flight) < self._max_in_flight:
            key, hit = self._wanted.popitem(last=True)
            if self._is_visible(key):
                self._start(key, hit)

    def _start(self, key: CellKey, hit: Hit) -> None:
        self._in_flight.add(key)
        work = _Load(self._visuals, hit, key.size_px)
        self._jobs.start(
            Lane.MEDIA,
            Job(
                work,
                lambda loaded: self._arrive(key, loaded),
                lambda error: self._arrive(key, Unavailable(error.message)),
            ),
        )

    def _arrive(self, key: CellKey, loaded: _Loaded) -> None:
        self._in_flight.discard(key)
        content = QPixmap.fromImage(loaded) if isinstance(loaded, QImage) else loaded
        self._keep(key, content)
        self.loaded.emit(key)
        self._pump()

    def _keep(self, key: CellKey, content: CellContent) -> None:
        size_bytes = _size_bytes(content)
        self._kept[key] = (content, size_bytes)
        self._n_bytes += size_bytes
        while self._n_bytes > self._max_bytes and len(self._kept) > 1:
            _key, (_content, freed) = self._kept.popitem(last=False)
            self._n_bytes -= freed


@dataclass(frozen=True, slots=True)
class _Load:
    visuals: Visuals
    hit: Hit
    size_px: int

    def __call__(self, task: Task) -> _Loaded:
        return load(self.visuals, self.hit, self.size_px)


def _size_bytes(content: CellContent) -> int:
    match content:
        case QPixmap():
            return content.width() * content.height() * 4
        case Wave(peaks):
            return int(peaks.nbytes)
        case Excerpt(lines):
            return 200 + sum(120 + 100 * len(line.spans) for line in lines)
        case _:
            return 100
