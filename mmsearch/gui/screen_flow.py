"""Search by a part of the screen: the window steps aside, one draws a rectangle, it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPixmap

from mmsearch.errors import UserError
from mmsearch.gui.incoming import keep_picture
from mmsearch.gui.screen_picker import ScreenPicker
from mmsearch.gui.single_instance import bring_to_front
from mmsearch.gui.theme import Theme
from mmsearch.gui.window_parts import WindowParts

GONE_AFTER_MS = 300
"""So long a desktop takes to fade a window out."""
_LOOK_PX = 32

Shot = tuple[QPixmap, QRect]
"""What a screen shows, and where it lies among the screens."""


class ScreenFlow(QObject):
    """Nothing is kept of the screens but the part that was drawn around."""

    def __init__(self, parts: WindowParts, theme: Theme, pasted_folder: Path) -> None:
        super().__init__(parts)
        self._parts, self._theme, self._folder = parts, theme, pasted_folder
        self.pickers: list[ScreenPicker] = []
        self._gone = QTimer(self, singleShot=True, interval=GONE_AFTER_MS)
        self._gone.timeout.connect(self._pick)

    def start(self) -> None:
        """Step aside, so that what lies behind the window can be seen."""
        if not self.pickers and not self._gone.isActive():
            self._parts.window().hide()
            self._gone.start()

    def _pick(self) -> None:
        shots = grab_screens()
        if not shots:
            self._come_back()
            self._parts.banner.show_error(
                UserError(
                    self.tr("This desktop does not let programs look at the screen."),
                    self.tr("Take a screenshot with the desktop's own key, and paste it here."),
                )
            )
            return
        for shot, area in shots:
            picker = ScreenPicker(shot, area, self._theme)
            picker.picked.connect(self._on_picked)
            picker.left.connect(self._come_back)
            self.pickers.append(picker)
            picker.show()
        self.pickers[0].activateWindow()
        self.pickers[0].setFocus()

    def _on_picked(self, image: QImage) -> None:
        self._come_back()
        try:
            example = keep_picture(image, self._folder)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = self.tr("The picture cannot be kept in {0}: {1}.").format(
                self._folder, reason
            )
            self._parts.banner.show_error(UserError(message))
            return
        self._parts.search_box.search_like([example])

    def _come_back(self) -> None:
        while self.pickers:
            picker = self.pickers.pop()
            picker.hide()
            picker.deleteLater()
        bring_to_front(self._parts.window(), "")


def grab_screens() -> Sequence[Shot]:
    """What all screens show now; none where the desktop does not tell."""
    shots = []
    for screen in QGuiApplication.screens():
        shot = screen.grabWindow(0)
        if not is_blank(shot):
            shots.append((shot, screen.geometry()))
    return shots


def is_blank(shot: QPixmap) -> bool:
    """Whether there is nothing to see: Wayland gives no picture at all, or a black one."""
    if shot.isNull():
        return True
    small = shot.toImage().scaled(
        _LOOK_PX,
        _LOOK_PX,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    colours = {small.pixel(x, y) for x in range(_LOOK_PX) for y in range(_LOOK_PX)}
    return len(colours) == 1
