"""Opens other libraries, each in a window of its own, and remembers which there were."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess

from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.libraries_section import LibrariesSection
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.window_state import WindowState
from mmsearch.store.folder import MARK

_MOST = 8
_NAME = "libraries"

Start = Callable[[Path], bool]
"""Opens a window over a library; False when that did not go."""


def start_window(library: Path) -> bool:
    """Start the program again over another library, as a process of its own."""
    is_frozen = bool(getattr(sys, "frozen", False))
    arguments = [] if is_frozen else ["-m", "mmsearch"]
    started = QProcess.startDetached(sys.executable, [*arguments, "--library", str(library)])
    return bool(started[0] if isinstance(started, tuple) else started)


class LibrariesFlow(QObject):
    """The section of libraries, what the window remembers, and the process, joined."""

    def __init__(
        self,
        section: LibrariesSection,
        library: LibrarySession,
        state: WindowState,
        start: Start = start_window,
    ) -> None:
        super().__init__(section)
        self._section, self._state, self._start = section, state, start
        self._here: Path | None = None
        library.opened.connect(self._on_opened)
        section.open_asked.connect(self.open)
        section.make_asked.connect(self.make)
        section.forget_asked.connect(self.forget)

    def open(self, path: Path) -> None:
        """Open a library that is there."""
        if path == self._here:
            self._section.show_trouble(self.tr("This library is open in this window."))
        elif not (path / MARK).is_file():
            text = self.tr("{0} is not an mmsearch library.")
            self._section.show_trouble(text.format(path))
        else:
            self._open(path)

    def make(self, path: Path) -> None:
        """Make a library in a folder that is empty or not there yet."""
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            text = self.tr("{0} is not empty; name a new folder.")
            self._section.show_trouble(text.format(path))
        else:
            self._open(path)

    def forget(self, path: Path) -> None:
        """Leave a library out of the list. Nothing of it is touched."""
        self._remember([known for known in self._recent() if known != path])

    def _open(self, path: Path) -> None:
        if not self._start(path):
            text = self.tr("Another window cannot be started.")
            self._section.show_trouble(text)
            return
        self._section.show_trouble("")
        self._note(path)

    def _on_opened(self, library: LibraryDoor) -> None:
        self._here = library.path
        self._note(library.path)

    def _note(self, path: Path) -> None:
        rest = [known for known in self._recent() if known != path]
        self._remember([path, *rest][:_MOST])

    def _remember(self, paths: Sequence[Path]) -> None:
        self._state.set_text(_NAME, json.dumps([str(path) for path in paths]))
        self._section.show_recent([path for path in paths if path != self._here])

    def _recent(self) -> list[Path]:
        """The libraries that are remembered and still there."""
        try:
            names = json.loads(self._state.text(_NAME) or "[]")
        except ValueError:
            return []
        known = names if isinstance(names, list) else []
        paths = [Path(name) for name in known if isinstance(name, str)]
        return [path for path in paths if path == self._here or (path / MARK).is_file()]
