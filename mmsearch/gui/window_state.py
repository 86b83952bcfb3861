"""What the window remembers between runs: its place, columns, zoom and colours."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

from mmsearch.gui.result_grid import DEFAULT_ZOOM
from mmsearch.gui.theme import ThemeMode


class WindowState:
    """Reads and writes one small file; a damaged value is as good as none."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or user_config_path("mmsearch") / "window.ini"
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def blob(self, name: str) -> QByteArray | None:
        """Return a geometry or splitter state."""
        value = self._file.value(name)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    def set_blob(self, name: str, value: QByteArray) -> None:
        """Remember a geometry or splitter state."""
        self._file.setValue(name, value)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a yes or no."""
        value = str(self._file.value(name, default)).lower()
        return default if value not in ("true", "false") else value == "true"

    def set_flag(self, name: str, value: bool) -> None:
        """Remember a yes or no."""
        self._file.setValue(name, value)

    def number(self, name: str, *, default: int) -> int:
        """Return a whole number that is not negative."""
        value = str(self._file.value(name, default))
        return int(value) if value.isdecimal() else default

    def set_number(self, name: str, value: int) -> None:
        """Remember a whole number."""
        self._file.setValue(name, value)

    def text(self, name: str) -> str:
        """Return a text; empty where there is none."""
        return str(self._file.value(name, ""))

    def set_text(self, name: str, value: str) -> None:
        """Remember a text."""
        self._file.setValue(name, value)

    @property
    def zoom(self) -> int:
        """The zoom of the grid."""
        return self.number("zoom", default=DEFAULT_ZOOM)

    @zoom.setter
    def zoom(self, step: int) -> None:
        self._file.setValue("zoom", step)

    @property
    def theme_mode(self) -> ThemeMode:
        """Light, dark, or as the system."""
        value = str(self._file.value("theme", ThemeMode.SYSTEM.value))
        return ThemeMode(value) if value in set(ThemeMode) else ThemeMode.SYSTEM

    @theme_mode.setter
    def theme_mode(self, mode: ThemeMode) -> None:
        self._file.setValue("theme", mode.value)

    def save(self) -> None:
        """Write it to disk now."""
        self._file.sync()
