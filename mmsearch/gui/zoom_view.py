"""A picture that can be looked at closely: the wheel zooms, dragging moves, a double click both."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from mmsearch.gui.picture_view import PictureView
from mmsearch.gui.theme import Theme

STEP = 1.25
"""One notch of the wheel, or one key."""
MOST_SCALE = 8.0
"""Screen pixels for one of the picture; beyond, one sees only squares."""
_CLOSE_SCALE = 1.0
_NOTCH = 120
_LEAST_CLOSER = 1.5
"""A double click comes at least so much nearer, also to a picture that is small."""


class ZoomView(PictureView):
    """Fitted to begin with; a larger copy is asked for when the one it has gets coarse."""

    detail_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zoom = 1.0
        """How much larger than fitted."""
        self._centre = QPointF(0.5, 0.5)
        """What is in the middle, as fractions of the picture."""
        self._dragged_from: QPointF | None = None
        self._has_asked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture; plus and minus zoom, 0 fits"))

    # What is shown -------------------------------------------------------------------------

    def show_new(self, picture: QPixmap | QImage | None, natural: QSizeF | None = None) -> None:
        """Show another picture, fitted."""
        self._zoom, self._centre, self._has_asked = 1.0, QPointF(0.5, 0.5), False
        self.set_picture(picture, natural)
        self._show_cursor()

    @property
    def zoom(self) -> float:
        """How much larger than fitted."""
        return self._zoom

    def target(self) -> QRectF:
        """Where the whole picture lies; parts of it may be out of sight."""
        fitted = super().target()
        if self._zoom == 1.0 or fitted.isEmpty():
            return fitted
        size = fitted.size() * self._zoom
        middle = QRectF(self.rect()).center()
        left = middle.x() - self._centre.x() * size.width()
        top = middle.y() - self._centre.y() * size.height()
        return QRectF(QPointF(left, top), size)

    # Zooming -------------------------------------------------------------------------------

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer or go away; what is at a point of the view stays there."""
        fitted = super().target()
        if fitted.isEmpty():
            return
        at = at or QRectF(self.rect()).center()
        under = self._fraction_at(at)
        most = max(1.0, MOST_SCALE / self._fit_scale(fitted))
        self._zoom = min(most, max(1.0, self._zoom * factor))
        size = fitted.size() * self._zoom
        away = at - QRectF(self.rect()).center()
        self._centre = under - QPointF(away.x() / size.width(), away.y() / size.height())
        self._settle()

    def toggle_zoom(self, at: QPointF | None = None) -> None:
        """Between fitted and one screen pixel for one of the picture."""
        if self._zoom > 1.0:
            self.zoom_by(0.0, at)
            return
        fitted = super().target()
        if not fitted.isEmpty():
            self.zoom_by(max(_LEAST_CLOSER, _CLOSE_SCALE / self._fit_scale(fitted)), at)

    def _fit_scale(self, fitted: QRectF) -> float:
        """Screen pixels for one of the picture when it is fitted."""
        return fitted.width() * self.devicePixelRatioF() / max(1.0, self._whole().width())

    def _whole(self) -> QSizeF:
        if not self._natural.isEmpty() or self._picture is None:
            return self._natural
        return QSizeF(self._picture.size())

    def _fraction_at(self, at: QPointF) -> QPointF:
        target = self.target()
        away = at - target.topLeft()
        return QPointF(away.x() / target.width(), away.y() / target.height())

    def _settle(self) -> None:
        """Keep the picture in the view, and ask for a larger copy when it is worth that."""
        size = super().target().size() * self._zoom
        self._centre = QPointF(
            _kept(self._centre.x(), self.width() / size.width()),
            _kept(self._centre.y(), self.height() / size.height()),
        )
        self._show_cursor()
        self.update()
        copy = self._picture
        if copy is None or self._has_asked or copy.width() >= self._whole().width():
            return
        if size.width() * self.devicePixelRatioF() > copy.width() * 1.1:
            self._has_asked = True
            self.detail_wanted.emit()

    def _show_cursor(self) -> None:
        moving = self._dragged_from is not None
        closer = Qt.CursorShape.ClosedHandCursor if moving else Qt.CursorShape.OpenHandCursor
        self.setCursor(closer if self._zoom > 1.0 else Qt.CursorShape.ArrowCursor)

    # Hands ---------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        if not self.has_picture():
            super().wheelEvent(event)
            return
        self.zoom_by(STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Come close to what is under the pointer, or fit."""
        self.toggle_zoom(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a picture that does not fit."""
        if self._zoom > 1.0 and event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = event.position()
            self._show_cursor()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._dragged_from is None:
            super().mouseMoveEvent(event)
            return
        self._move(event.position() - self._dragged_from)
        self._dragged_from = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragged_from = None
        self._show_cursor()
        super().mouseReleaseEvent(event)

    def _move(self, by_px: QPointF) -> None:
        size = self.target().size()
        self._centre -= QPointF(by_px.x() / size.width(), by_px.y() / size.height())
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and 0."""
        if not self.press_key(event):
            super().keyPressEvent(event)

    def press_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False when it is none of ours."""
        factors = {"+": STEP, "=": STEP, "-": 1 / STEP, "0": 0.0}
        factor = factors.get(event.text())
        if factor is None or not self.has_picture():
            return False
        self.zoom_by(factor)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay within the picture."""
        super().resizeEvent(event)
        if self._zoom > 1.0 and not super().target().isEmpty():
            self._settle()

    # Drawing -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, and a ring when it has the keyboard."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.colours.accent))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


def _kept(centre: float, share: float) -> float:
    """The centre of a view that shows a share of the picture and nothing beside it."""
    return 0.5 if share >= 1.0 else min(1 - share / 2, max(share / 2, centre))
