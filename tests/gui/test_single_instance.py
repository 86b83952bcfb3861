"""One window a library, over local sockets."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mmsearch.gui import single_instance as module
from mmsearch.gui.single_instance import SingleInstance, bring_to_front, socket_name


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path) -> Iterator[SingleInstance]:
    made = SingleInstance(tmp_path)
    assert made.claim()
    yield made
    made.release()


def test_the_second_start_asks_the_first_to_come(
    qtbot: QtBot, first: SingleInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-7")
    second = SingleInstance(tmp_path)
    with qtbot.waitSignal(first.asked) as asked:
        assert not second.claim()
    assert asked.args == ["token-7"]
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
    with qtbot.waitSignal(first.asked) as asked:
        assert not SingleInstance(tmp_path).claim()
    assert asked.args == [""]


def test_another_library_has_a_window_of_its_own(
    first: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    other = SingleInstance(tmp_path / "other")
    assert other.claim()
    other.release()


def test_when_the_first_is_gone_the_next_is_the_first(
    first: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    first.release()
    following = SingleInstance(tmp_path)
    assert following.claim()
    following.release()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes leave nothing behind")
def test_a_socket_left_by_a_killed_program_is_no_hindrance(qtbot: QtBot, tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from mmsearch.gui.single_instance import SingleInstance;"
        "application = QCoreApplication([]); one = SingleInstance(Path(sys.argv[1]));"
        "print(one.claim(), one._server.fullServerName(), flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    claimed, left = done.stdout.split()
    assert claimed == "True"
    assert os.path.exists(left), "it is still there"
    following = SingleInstance(tmp_path)
    assert following.claim()
    following.release()


def test_where_no_socket_can_be_made_the_window_comes_all_the_same(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "socket_name", lambda library: str(tmp_path / "gone" / "socket"))
    with caplog.at_level("ERROR"):
        assert SingleInstance(tmp_path).claim()


def test_every_path_to_a_library_means_the_same_window(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "library")
    name = socket_name(tmp_path / "library")
    assert socket_name(tmp_path / "link") == name
    assert socket_name(tmp_path / "link" / ".." / "library") == name
    assert socket_name(tmp_path) != name
    assert len(name) < 40, "the names of sockets may not be long"


def test_coming_to_the_front_keeps_what_the_window_was(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    window = QWidget()
    qtbot.addWidget(window)
    window.hide()
    bring_to_front(window, "token")
    assert window.isVisible()
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "token"
    window.showMaximized()
    bring_to_front(window, "")
    assert window.isMaximized()
    window.setWindowState(window.windowState() | Qt.WindowState.WindowMinimized)
    bring_to_front(window, "")
    assert not window.isMinimized()
    assert window.isMaximized()
