"""The program itself: what is missing is said in words, Ctrl-C ends it, bugs are shown."""

from __future__ import annotations

import ctypes
import importlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui import app, file_manager
from mmsearch.gui.running import RecentLog, bugs_reported, interrupts_heard
from tests.conftest import PATIENCE_S
from tests.files import save_text

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about X11 and Wayland")


@linux
def test_no_display_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UserError, match="no display") as caught:
        app.run_window(None)
    assert "mmsearch search" in caught.value.hint


@linux
def test_a_missing_library_of_x11_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":77")

    def missing(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", missing)
    with pytest.raises(UserError, match="libxcb-cursor") as caught:
        app.check_display()
    assert "apt install" in caught.value.hint


def test_a_missing_library_of_qt_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(UserError, match="libEGL") as caught:
        app.run_window(None)
    assert "packaging/run.py" in caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals")
def test_ctrl_c_closes_the_window(tmp_path: Path) -> None:
    """The real program with the real library: it starts, hears the signal and ends well."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "MMSEARCH_CACHE": str(tmp_path / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    script = (
        "import sys; from pathlib import Path; from mmsearch.gui import running;"
        "from mmsearch.gui.main_window import MainWindow;"
        "start = MainWindow.start;"
        "MainWindow.start = lambda self: (start(self), print('shown', flush=True));"
        f"sys.exit(running.run(Path({str(tmp_path / 'library')!r})))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "shown\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
    assert (tmp_path / "config" / "mmsearch" / "window.ini").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals")
def test_a_second_start_ends_and_the_first_window_stays(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "MMSEARCH_CACHE": str(tmp_path / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    script = (
        "import sys; from pathlib import Path; from mmsearch.gui import running, single_instance;"
        "from mmsearch.gui.main_window import MainWindow;"
        "start = MainWindow.start;"
        "MainWindow.start = lambda self: (start(self), print('shown', flush=True));"
        "running.bring_to_front = lambda window, token: print('in front', flush=True);"
        f"sys.exit(running.run(Path({str(tmp_path / 'library')!r})))"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "shown\n"
        second = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert (second.returncode, second.stdout) == (0, "")
        assert first.stdout.readline() == "in front\n"
        first.send_signal(signal.SIGINT)
        assert first.wait(60) == 0


def test_a_bug_is_printed_and_shown_with_the_last_log_lines(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    import logging

    shown: list[str] = []
    before = sys.excepthook
    try:
        sys.excepthook = sys.__excepthook__
        with bugs_reported(shown.append):
            logging.getLogger("mmsearch").warning("something before")
            error = RuntimeError("a mistake")
            sys.excepthook(RuntimeError, error, None)
        assert sys.excepthook is sys.__excepthook__, "it is put back"
    finally:
        sys.excepthook = before
    assert "RuntimeError: a mistake" in shown[0]
    assert "something before" in shown[0]
    assert "a mistake" in capsys.readouterr().err


def test_the_log_is_bounded() -> None:
    import logging

    recent = RecentLog()
    for number in range(500):
        recent.emit(logging.LogRecord("x", 30, "x", 1, f"line {number}", None, None))
    assert len(recent.lines) == 200
    assert "line 499" in recent.lines[-1]


def test_the_signal_handler_is_put_back(qapp: QApplication) -> None:
    before = signal.getsignal(signal.SIGINT)
    with interrupts_heard(qapp):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


# Opening and revealing ----------------------------------------------------------------------------


def test_a_file_is_opened_by_its_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_url(url: object) -> bool:
        opened.append(url.toLocalFile())  # type: ignore[attr-defined]
        return True

    monkeypatch.setattr(file_manager.QDesktopServices, "openUrl", open_url)
    path = save_text(tmp_path / "with space #1 ü.txt", "x")
    file_manager.open_file(path)
    assert opened == [str(path)]


def test_no_program_for_a_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_manager.QDesktopServices, "openUrl", lambda url: False)
    monkeypatch.setattr(file_manager, "_reveal_command", lambda path: None)
    path = save_text(tmp_path / "a.txt", "x")
    with pytest.raises(UserError, match="no program"):
        file_manager.open_file(path)
    with pytest.raises(UserError, match="no file manager"):
        file_manager.reveal(path)


@pytest.mark.parametrize("act", [file_manager.open_file, file_manager.reveal])
def test_a_file_that_has_gone_is_told(act: object, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not there any more"):
        act(tmp_path / "gone.txt")  # type: ignore[operator]


@linux
def test_the_file_manager_is_asked_to_select_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setattr(file_manager.shutil, "which", lambda name: "/usr/bin/dbus-send")
    started: list[list[str]] = []
    monkeypatch.setattr(
        file_manager.QProcess,
        "startDetached",
        lambda program, arguments: started.append([program, *arguments]),
    )
    path = save_text(tmp_path / "a,b c.txt", "x")
    file_manager.reveal(path)
    assert started[0][0] == "/usr/bin/dbus-send"
    (files,) = (some for some in started[0] if some.startswith("array:string:"))
    assert "," not in files, "a comma would make two addresses of one"
    assert files.endswith("a%2Cb%20c.txt")
