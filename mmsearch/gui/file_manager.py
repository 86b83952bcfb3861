"""Opening files with their own programs and showing them in the file manager."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from mmsearch.errors import UserError


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)


def open_file(path: Path) -> None:
    """Open a file with the default program. Raises UserError when that is not possible."""
    require(path)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise UserError(
            _tr("There is no program to open {0}.").format(path.name),
            _tr("Choose a default program for such files in your system's settings."),
        )


def reveal(path: Path) -> None:
    """Show a file selected in the file manager, or at least its folder. Raises UserError."""
    require(path)
    command = _reveal_command(path)
    if command is not None:
        QProcess.startDetached(command[0], command[1:])
        return
    folder = path if path.is_dir() else path.parent
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        message = _tr("There is no file manager to show {0}.").format(folder)
        raise UserError(message, _tr("The path can be copied."))


def _reveal_command(path: Path) -> list[str] | None:
    """Return the command of the system's file manager that selects a file."""
    if sys.platform == "darwin":
        return ["open", "-R", str(path)]
    if sys.platform == "win32":
        return ["explorer", f"/select,{path}"]
    bus = shutil.which("dbus-send")
    if bus is None or not _has_session_bus():
        return None
    # The desktop-neutral way: https://www.freedesktop.org/wiki/Specifications/file-manager-interface
    return [
        bus,
        "--session",
        "--dest=org.freedesktop.FileManager1",
        "--type=method_call",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1.ShowItems",
        f"array:string:{path.as_uri()}",
        "string:",
    ]


def _has_session_bus() -> bool:
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))


def require(path: Path) -> None:
    """Raise UserError where a file is not there."""
    if not path.exists():
        raise UserError(
            _tr("{0} is not there any more.").format(path.name),
            _tr("It may be on a drive that is not connected, or have been moved or deleted."),
        )
