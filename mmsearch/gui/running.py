"""Runs the window: application, theme, logging, and what happens on bugs and on Ctrl-C."""

from __future__ import annotations

import logging
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from mmsearch.errors import UserError
from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.single_instance import SingleInstance, bring_to_front
from mmsearch.gui.theme import Theme
from mmsearch.gui.translating import install_language
from mmsearch.gui.window_state import WindowState
from mmsearch.paths import full_path
from mmsearch.settings import Settings, cache_path, default_library_path, load_settings

_PYTHON_RUNS_EVERY_MS = 200
_N_LOG_LINES_KEPT = 200
_SWITCH_INTERVAL_S = 0.0005


def run(library_path: Path | None) -> int:
    """Show the window until it is closed; return the exit code.

    Where the library has a window already, that one comes to the front, and this start is over.
    """
    # Python lets a worker run for 5 ms before the window gets its turn; that is seen as stutter.
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    application = the_application()
    instance = SingleInstance(full_path(library_path or default_library_path()))
    if not instance.claim():
        return 0
    install_language(application, language_setting())
    state = WindowState()
    theme = Theme(application, state.theme_mode)
    window = MainWindow(library_opener(library_path), theme, state, cache_path())
    instance.asked.connect(partial(bring_to_front, window))
    with bugs_reported(window.show_bug), interrupts_heard(application):
        window.show()
        window.start()
        exit_code = application.exec()
    instance.release()
    leave_clipboard()
    return exit_code


def leave_clipboard() -> None:
    """Turn copied files on the clipboard into their text before Python ends.

    The clipboard outlives Python, and files that were put on it are an object of Python's: the
    process would crash when Qt deletes it. Text is Qt's own.
    """
    clipboard = QGuiApplication.clipboard()
    # The offscreen platform has a clipboard of its own and never says so.
    if clipboard.ownsClipboard() or QGuiApplication.platformName() == "offscreen":
        clipboard.setText(clipboard.text())


def the_application() -> QApplication:
    """Return the one QApplication, made if need be, in the style that the theme is drawn for."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("mmsearch")
    application.setApplicationDisplayName("mmsearch")
    application.setDesktopFileName("mmsearch")
    application.setStyle("Fusion")
    return application


def language_setting() -> str:
    """The setting; where the file cannot be read, the settings page will say so."""
    try:
        return load_settings().language
    except UserError:
        return Settings().language


def library_opener(library_path: Path | None) -> Callable[[], LibraryDoor]:
    """Return what opens the library; called in another thread, heavy imports included."""

    def open_it() -> LibraryDoor:
        from mmsearch.background.library import LibraryInBackground
        from mmsearch.library import open_library

        return open_library(library_path, kind=LibraryInBackground)

    return open_it


class RecentLog(logging.Handler):
    """Keeps the last lines of the log for a report."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self.lines: deque[str] = deque(maxlen=_N_LOG_LINES_KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))


@contextmanager
def bugs_reported(show: Callable[[str], None]) -> Iterator[None]:
    """Show what nobody caught, with the last log lines; it is printed as usual, too."""
    logging.basicConfig(level=logging.WARNING)
    recent = RecentLog()
    logging.getLogger().addHandler(recent)
    before = sys.excepthook

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        before(kind, error, trace)
        details = "".join(traceback.format_exception(kind, error, trace))
        show("\n".join((details, *recent.lines)))

    sys.excepthook = report
    try:
        yield
    finally:
        sys.excepthook = before
        logging.getLogger().removeHandler(recent)


@contextmanager
def interrupts_heard(application: QApplication) -> Iterator[None]:
    """Let Ctrl-C in the terminal close the window."""
    # Also before the loop runs, when there is nothing to quit yet: it ends as soon as it begins.
    before = signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, application.quit))
    # Python handles signals only while it runs, and the loop of Qt is not Python.
    timer = QTimer(interval=_PYTHON_RUNS_EVERY_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        signal.signal(signal.SIGINT, before)
