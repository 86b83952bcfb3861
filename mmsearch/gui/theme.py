"""Colours and text sizes, light and dark, switched live."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from mmsearch.installed import shipped_path
from mmsearch.present.excerpt import TokenKind

SMALL_PX, NORMAL_PX, LARGE_PX, TITLE_PX = 11, 13, 16, 20
"""The four text sizes."""
STEP_PX = 4
"""Distances are multiples of this."""
CORNER_PX = 6


class ThemeMode(StrEnum):
    """Which colours: those of the system, or always the same."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette. Texts reach a contrast of 4.5 : 1 on the grounds they are used on."""

    ground: str
    surface: str
    raised: str
    """Behind a hovered thing, and behind a picture that does not fill its cell."""
    text: str
    secondary: str
    line: str
    accent: str
    on_accent: str
    accent_text: str
    """The accent where it is text: darker or lighter than the fill, for contrast."""
    found: str
    """Behind found lines and found stretches of time."""
    good: str
    warning: str
    error: str
    keyword: str
    string: str
    number: str
    comment: str
    name: str

    def of_token(self, kind: TokenKind) -> str:
        """Return the colour of a piece of code."""
        return self.text if kind is TokenKind.PLAIN else str(getattr(self, kind.value))


LIGHT = Colours(
    ground="#FAFAFA",
    surface="#FFFFFF",
    raised="#EFF1F4",
    text="#1B1F24",
    secondary="#5B6470",
    line="#E3E6EA",
    accent="#2F6FED",
    on_accent="#FFFFFF",
    accent_text="#2462DB",
    found="#E8F0FE",
    good="#1B7F4B",
    warning="#8A5A00",
    error="#B4232A",
    keyword="#7A3E9D",
    string="#1A7446",
    number="#9A3412",
    comment="#5F6974",
    name="#1D5BC4",
)
DARK = Colours(
    ground="#16181C",
    surface="#1E2126",
    raised="#282C33",
    text="#E6E8EB",
    secondary="#9AA3AE",
    line="#2C3036",
    accent="#6A9BFF",
    on_accent="#10131A",
    accent_text="#82ABFF",
    found="#243350",
    good="#7FCB9A",
    warning="#E0B050",
    error="#FF8A8A",
    keyword="#C792EA",
    string="#8FD3A8",
    number="#F0A070",
    comment="#98A2AE",
    name="#8AB4FF",
)


class Theme(QObject):
    """Applies colours to the application; ``changed`` tells what draws by itself."""

    changed = Signal()

    def __init__(self, application: QApplication, mode: ThemeMode = ThemeMode.SYSTEM) -> None:
        super().__init__()
        self._application = application
        self._mode = mode
        self._shown: Colours | None = None
        self._system_scale = self._scale = _text_scale(application.font())
        application.styleHints().colorSchemeChanged.connect(self._apply)
        self.set_mode(mode)

    @property
    def mode(self) -> ThemeMode:
        """What the user chose."""
        return self._mode

    @property
    def colours(self) -> Colours:
        """The palette in force."""
        return self._shown or LIGHT

    @property
    def is_dark(self) -> bool:
        """Whether the palette in force is the dark one."""
        return self.colours is DARK

    def colour(self, name: str) -> QColor:
        """Return one colour of the palette in force by its field name."""
        return QColor(str(getattr(self.colours, name)))

    def font(self, size_px: int = NORMAL_PX, *, bold: bool = False) -> QFont:
        """Return the system font in one of the four sizes, larger where the system's is."""
        font = QFont(self._application.font())
        font.setPixelSize(round(size_px * self._scale))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def set_mode(self, mode: ThemeMode) -> None:
        """Follow the system, or be light or dark."""
        self._mode = mode
        schemes = {
            ThemeMode.SYSTEM: Qt.ColorScheme.Unknown,
            ThemeMode.LIGHT: Qt.ColorScheme.Light,
            ThemeMode.DARK: Qt.ColorScheme.Dark,
        }
        # Title bars and file dialogs are drawn by the system and follow this.
        self._application.styleHints().setColorScheme(schemes[mode])
        self._apply()

    @property
    def scale(self) -> float:
        """How much larger texts are than drawn for."""
        return self._scale

    def set_text_percent(self, percent: int) -> None:
        """Make texts larger or smaller than the system wants them."""
        scale = self._system_scale * min(200, max(80, percent)) / 100
        if scale != self._scale:
            self._scale, self._shown = scale, None
            self._apply()

    def _apply(self) -> None:
        colours = DARK if self._wants_dark() else LIGHT
        if colours is self._shown:
            return
        self._shown = colours
        self._application.setPalette(_palette(colours))
        self._application.setStyleSheet(_style_sheet(colours, self._scale))
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._mode is not ThemeMode.SYSTEM:
            return self._mode is ThemeMode.DARK
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _text_scale(font: QFont) -> float:
    """Return how much larger than usual the system wants text; never smaller."""
    size_px = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * 96 / 72
    return max(1.0, size_px / NORMAL_PX)


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    roles = {
        role.Window: colours.ground,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.ground,
        role.Text: colours.text,
        role.PlaceholderText: colours.secondary,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent_text,
        role.Mid: colours.line,
        role.Light: colours.raised,
        role.Dark: colours.line,
    }
    palette = QPalette()
    for name, colour in roles.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.secondary))
    return palette


def _style_sheet(colours: Colours, scale: float) -> str:
    template = Template(shipped_path("resources", "style", "window.qss").read_text("utf-8"))
    sizes = {"small": SMALL_PX, "normal": NORMAL_PX, "large": LARGE_PX, "title": TITLE_PX}
    texts = {f"{name}_px": f"{round(size * scale)}px" for name, size in sizes.items()}
    return template.substitute(asdict(colours), **texts)
