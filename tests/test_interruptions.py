"""A run that is killed or interrupted loses at most what was read in the last two seconds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from tests.conftest import PATIENCE_S, FakeEncoder
from tests.files import RED, save_picture

N_PICTURES = 160


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place in range(N_PICTURES):
        save_picture(tmp_path / "pictures" / f"{place:03}.png", RED, spot=place)
    return tmp_path / "pictures"


@pytest.fixture
def sign(tmp_path: Path) -> Path:
    """Where there is this file, the run goes on to its end."""
    return tmp_path / "go on"


def start(library: Path, folder: Path, sign: Path) -> subprocess.Popen[bytes]:
    """Start a run and wait until it has committed something twice; then it waits for the sign."""
    arguments = [str(library), str(folder), str(sign)]
    command = [sys.executable, "-m", "tests.slow_indexer", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline_s = time.monotonic() + PATIENCE_S
    while generation(library) < 3:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline_s
        time.sleep(0.02)
    return process


def generation(library: Path) -> int:
    try:
        return int(json.loads((library / "state.json").read_text())["generation"])
    except FileNotFoundError:
        return 0


def opened(library: Path) -> Library:
    settings = Settings(decode_in_process=True)
    return open_library(library, encoder=FakeEncoder(), settings=settings)


def assert_complete(library: Library) -> None:
    hits = library.search("red", limit=1000)
    assert len({hit.path for hit in hits}) == len(hits) == N_PICTURES
    assert library.status().n_segments == N_PICTURES


def test_a_killed_run_keeps_its_commits_and_the_next_one_finishes(
    tmp_path: Path, folder: Path, sign: Path
) -> None:
    process = start(tmp_path / "library", folder, sign)
    process.kill()
    process.communicate()

    with opened(tmp_path / "library") as library:
        n_kept = len(library.search("red", limit=1000))
        report = library.index()

        assert 0 < n_kept < N_PICTURES
        assert report.n_unchanged == n_kept
        assert_complete(library)


def test_ctrl_c_keeps_everything_done_and_says_so(tmp_path: Path, folder: Path, sign: Path) -> None:
    process = start(tmp_path / "library", folder, sign)
    process.send_signal(signal.SIGINT)
    sign.touch()
    out, err = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 130, err
    assert b"What was done is kept" in out
    assert b"Traceback" not in err
    with opened(tmp_path / "library") as library:
        assert 0 < len(library.search("red", limit=1000)) < N_PICTURES
        library.index()
        assert_complete(library)


def test_searching_goes_on_while_another_process_indexes(
    tmp_path: Path, folder: Path, sign: Path
) -> None:
    process = start(tmp_path / "library", folder, sign)
    with opened(tmp_path / "library") as library:
        first = len(library.search("red", limit=1000))
        sign.touch()
        process.communicate(timeout=PATIENCE_S)

        assert process.returncode == 0
        assert 0 < first < N_PICTURES
        assert len(library.search("red", limit=1000)) == N_PICTURES


def test_clocks_that_jump_do_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dates_s = [0, -86_400, 2**33, time.time() + 10**6]
    for place, date_s in enumerate(dates_s):
        path = save_picture(tmp_path / "pictures" / f"{place}.png", RED, spot=place)
        os.utime(path, (date_s, date_s))
    now_s = time.time
    with opened(tmp_path / "library") as library:
        library.add(tmp_path / "pictures")
        for jump_s in (0, -(10**7), 10**7):
            monkeypatch.setattr(time, "time", lambda jump_s=jump_s: now_s() + jump_s)
            save_picture(tmp_path / "pictures" / f"jump {jump_s}.png", RED, spot=77 + jump_s % 99)
            assert library.index().n_indexed == (5 if jump_s == 0 else 1)
            assert library.index().n_indexed == 0
        assert len(library.search("red", limit=100)) == 7
        assert library.check() == []
