"""Indexing that watches, and indexing in a process of its own, as commands."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from mmsearch.background.board import Board, Phase, is_held
from tests.background.process import PROGRAM, SIGN
from tests.conftest import PATIENCE_S
from tests.files import GREEN, save_picture

from .conftest import Run


@pytest.fixture(autouse=True)
def _at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for a sign."""
    (tmp_path / "go on").touch()
    monkeypatch.setenv(SIGN, str(tmp_path / "go on"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


def test_watching_tells_what_it_finds_until_it_is_interrupted(tmp_path: Path, folder: Path) -> None:
    library = str(tmp_path / "library")
    command = [*PROGRAM, "--library", library, "index", "--watch", "--json", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        assert (first["n_indexed"], first["n_failed"]) == (3, 1)
        save_picture(folder / "new" / "green.png", GREEN)
        second = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE_S)
    assert (second["n_found"], second["n_indexed"]) == (1, 1), "only the new folder was looked at"
    assert process.returncode == 3, errors
    assert not is_held(Path(library))


def test_a_run_in_the_background_goes_on_by_itself(run: Run, tmp_path: Path, folder: Path) -> None:
    library = tmp_path / "library"
    command = [*PROGRAM, "--library", str(library), "index", "--background", str(folder)]
    started = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "goes on in the background" in started.stdout
    deadline_s = time.monotonic() + PATIENCE_S
    while json.loads(run("status", "--json").out)["assets"]["indexed"] < 3 or is_held(library):
        assert time.monotonic() < deadline_s
        time.sleep(0.1)
    assert run("index", "--background", "--json").code == 2


def test_the_status_tells_of_a_process_that_indexes(run: Run, folder: Path, tmp_path: Path) -> None:
    run("index", folder)
    board = Board(tmp_path / "library")
    assert board.take()
    board.notice = board.notice.__class__(pid=77, since_s=0.0, phase=Phase.WATCHING)
    board.write()
    assert "process 77, since" in run("status").out
    assert "watches the folders" in run("status").out
    board.release()
    assert "process" not in run("status").out
