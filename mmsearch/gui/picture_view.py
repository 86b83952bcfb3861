"""A picture, as large as fits."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from mmsearch.types import Hit

MAX_ENLARGED = 2.0
"""Small pictures grow at most so much: beyond, one sees only pixels."""


class PictureView(QWidget):
    """Scales to fit and keeps the aspect; issue-free at any size, also with nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QPixmap | QImage | None = None
        self._natural = QSizeF()
        self.setMinimumHeight(120)

    def set_picture(self, picture: QPixmap | QImage | None, natural: QSizeF | None = None) -> None:
        """Show another picture, or none.

        natural: the size of the whole picture, of which this may be a reduced copy; so a first,
        small copy takes the same place as the better one that follows.
        """
        self._picture = picture
        self._natural = natural or QSizeF()
        self.update()

    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return self._picture is not None and not self._picture.isNull()

    def sizeHint(self) -> QSize:
        """Wide rather than high."""
        return QSize(320, 240)

    def target(self) -> QRectF:
        """Where the picture lies."""
        if self._picture is None or self._picture.isNull():
            return QRectF()
        size = self._natural
        if size.isEmpty():
            size = self._picture.deviceIndependentSize()
        scale = min(self.width() / size.width(), self.height() / size.height(), MAX_ENLARGED)
        target = QRectF(0, 0, size.width() * scale, size.height() * scale)
        target.moveCenter(QRectF(self.rect()).center())
        return target

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self._picture is None or self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        source = QRectF(self._picture.rect())
        if isinstance(self._picture, QPixmap):
            painter.drawPixmap(self.target(), self._picture, source)
        else:
            painter.drawImage(self.target(), self._picture, source)
        painter.end()


def size_of(hit: Hit) -> QSizeF:
    """The size of the whole picture of a hit, or an empty one where it is not known."""
    return QSizeF(hit.metadata.width_px or 0, hit.metadata.height_px or 0)
