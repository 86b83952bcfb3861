"""Pictures as the cells show them: scaled, cut and with round corners, ready to be copied.

Scaling a picture smoothly into round corners takes a millisecond, copying it a fiftieth of that;
while scrolling every picture in sight is painted many times.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from mmsearch.gui.cell_painting import paint_picture
from mmsearch.gui.theme import Colours

MAX_BYTES = 64 * 2**20


class PreparedPictures:
    """The last pictures that were painted, for one theme at a time."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._made_for: tuple[float, Colours] | None = None
        self._kept: OrderedDict[tuple[int, int, int], QPixmap] = OrderedDict()
        self._n_bytes = 0

    def get(self, pixmap: QPixmap, size: QSize, ratio: float, colours: Colours) -> QPixmap:
        """Return ``pixmap`` as it looks in a box of this size."""
        if self._made_for != (ratio, colours):
            self._made_for = (ratio, colours)
            self._kept.clear()
            self._n_bytes = 0
        key = (pixmap.cacheKey(), size.width(), size.height())
        prepared = self._kept.get(key)
        if prepared is None:
            prepared = _prepare(pixmap, size, ratio, colours)
            self._keep(key, prepared)
        self._kept.move_to_end(key)
        return prepared

    def _keep(self, key: tuple[int, int, int], prepared: QPixmap) -> None:
        self._kept[key] = prepared
        self._n_bytes += _size_bytes(prepared)
        while self._n_bytes > self._max_bytes and len(self._kept) > 1:
            self._n_bytes -= _size_bytes(self._kept.popitem(last=False)[1])

    def __len__(self) -> int:
        return len(self._kept)


def _prepare(pixmap: QPixmap, size: QSize, ratio: float, colours: Colours) -> QPixmap:
    prepared = QPixmap(size * ratio)
    prepared.setDevicePixelRatio(ratio)
    prepared.fill(Qt.GlobalColor.transparent)
    painter = QPainter(prepared)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    paint_picture(painter, QRect(0, 0, size.width(), size.height()), pixmap, colours)
    painter.end()
    return prepared


def _size_bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
