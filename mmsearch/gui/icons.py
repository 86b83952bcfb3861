"""Our own icons: line drawings in resources/icons, tinted by the palette."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

from mmsearch.gui.theme import Theme
from mmsearch.installed import shipped_path

SMALL_ICON_PX, ICON_PX = 16, 20


@lru_cache(maxsize=256)
def tinted(name: str, colour: str, size_px: int = ICON_PX, ratio: float = 1.0) -> QPixmap:
    """Draw one icon in one colour; ``ratio`` is the device pixel ratio."""
    drawing = shipped_path("resources", "icons", f"{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("#000000", colour).encode()))
    pixmap = QPixmap(QSize(size_px, size_px) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return pixmap


def icon(name: str, theme: Theme, *, checked: str = "accent_text") -> QIcon:
    """Return an icon for buttons and menus: grey, accent when checked, sharp on dense screens."""
    made = QIcon()
    colours = theme.colours
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, colours.text),
        (QIcon.Mode.Normal, QIcon.State.On, str(getattr(colours, checked))),
        (QIcon.Mode.Disabled, QIcon.State.Off, colours.line),
    )
    for mode, state, colour in states:
        for ratio in (1.0, 2.0):
            made.addPixmap(tinted(name, colour, ICON_PX, ratio), mode, state)
    return made


class IconButton(QToolButton):
    """A flat button with an icon that keeps up with the theme; the text is for everyone else."""

    def __init__(
        self,
        icon_name: str,
        text: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        checkable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._theme = theme
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setAutoRaise(True)
        self.setCheckable(checkable)
        self.set_meaning(icon_name, text)
        theme.changed.connect(self._tint)

    def set_meaning(self, icon_name: str, text: str) -> None:
        """Change what the button does, e.g. from pause to resume."""
        self._icon_name = icon_name
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._tint()

    def _tint(self) -> None:
        self.setIcon(icon(self._icon_name, self._theme))
