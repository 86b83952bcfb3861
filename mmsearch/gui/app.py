"""The way into the window. What is missing on this computer is said in words, not by a crash."""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from pathlib import Path

from mmsearch.errors import UserError

_XCB_LIBRARIES = ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libxcb-icccm.so.4")
_INSTALL_HINT = (
    "Run “python3 packaging/run.py”, which installs it, or on Debian or Ubuntu: "
    "apt install libegl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4."
)


def run_window(library_path: Path | None) -> int:
    """Show the window until it is closed; return the exit code.

    library_path: None means MMSEARCH_LIBRARY or the user's default library.
    Raises UserError when there is no display or a system library is missing.
    """
    check_display()
    for name in ("PySide6.QtWidgets", "PySide6.QtSvg"):
        try:
            importlib.import_module(name)
        except ImportError as error:
            raise UserError(f"The window cannot start: {error}.", _INSTALL_HINT) from error
    from mmsearch.gui.running import run

    return run(library_path)


def check_display() -> None:
    """Raise UserError where Qt would end the process: no display, or no way to draw on it."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise UserError(
            "There is no display to show the window on.",
            "Use the command line instead: mmsearch index FOLDER, then mmsearch search WORDS.",
        )
    for name in _XCB_LIBRARIES:
        _require_library(name)


def _require_library(name: str) -> None:
    try:
        ctypes.CDLL(name)
    except OSError as error:
        message = f"The window cannot start: the system library {name} is missing."
        raise UserError(message, _INSTALL_HINT) from error
