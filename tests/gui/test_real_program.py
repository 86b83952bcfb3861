"""The real program on a real display, from dropping a folder to looking at what is found."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mmsearch.installed import shipped_path
from tests.conftest import PATIENCE_S
from tests.gui.virtual_display import XVFB, virtual_display

FILES = (
    "pictures/lighthouse.jpg", "pictures/football.jpg", "pictures/candle.jpg",
    "pictures/city_at_night.jpg", "code/binary_search.py", "code/checksum.c", "sounds/rain.ogg",
    "sounds/church_bells.mp3",
)  # fmt: skip
LIMIT_S = 540

pytestmark = [
    pytest.mark.models,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="X11"),
    pytest.mark.skipif(XVFB is None, reason="no Xvfb (on Debian or Ubuntu: apt install xvfb)"),
]


@pytest.fixture
def display() -> Iterator[str]:
    with virtual_display() as name:
        yield name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "My files"
    made.mkdir()
    for name in FILES:
        shutil.copy(shipped_path("resources", "samples", *name.split("/")), made)
    return made


@pytest.fixture
def environment(tmp_path: Path, display: str) -> dict[str, str]:
    """A person's own: a home, a display and nothing else."""
    home = tmp_path / "home"
    (home / "runtime").mkdir(parents=True, mode=0o700)
    mine = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "OMP_NUM_THREADS")
    kept = {name: os.environ[name] for name in mine if name in os.environ}
    places = {f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "data", "state")}
    own = {
        "HOME": str(home),
        "DISPLAY": display,
        "LANG": "C.UTF-8",
        "XDG_RUNTIME_DIR": str(home / "runtime"),
        "MMSEARCH_CACHE": str(home / "cache"),
        "MMSEARCH_LIBRARY": str(home / "library"),
        "LIBGL_ALWAYS_SOFTWARE": "1",
    }
    return kept | places | own


def test_a_folder_is_dropped_searched_and_looked_at(
    folder: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    picture = tmp_path / "screen.png"
    command = [sys.executable, "-m", "tests.gui.driven_program", str(folder), str(picture)]
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=LIMIT_S)
    finally:
        process.kill()
    assert process.returncode == 0, f"{err}\n{out}\nthe screen: {picture}"
    assert err == "", "no warning of Qt, Python or a library"
    wait_until_gone(process.pid)
    check_what_was_seen([json.loads(line) for line in out.splitlines()], folder)


def check_what_was_seen(seen: list[dict[str, Any]], folder: Path) -> None:
    found = {one["words"]: one["names"] for one in seen if one["step"] == "found"}
    first = {words: names[0] for words, names in found.items()}
    assert first == {
        "lighthouse by the sea": "lighthouse.jpg",
        "find a value in a sorted list": "binary_search.py",
        "heavy rain": "rain.ogg",
    }
    steps = {one["step"]: one for one in seen}
    assert steps["indexed"]["folders"] == [folder.name]
    assert steps["indexed"]["words"] == f"Done: {len(FILES)} files indexed."
    for step in ("preview", "quick look"):
        assert steps[step]["name"] == "lighthouse.jpg"
        assert steps[step]["mean"] == pytest.approx(mean_colour(folder / "lighthouse.jpg"), abs=6)
    assert steps["next"]["name"] == found["lighthouse by the sea"][1]
    assert "def " in steps["code"]["text"]
    assert steps["sound"]["name"] == "rain.ogg"


def mean_colour(path: Path) -> list[float]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB")).reshape(-1, 3).mean(axis=0).tolist()


def wait_until_gone(session: int) -> None:
    """A process that sees its parent's end needs a moment to end, too."""
    deadline_s = time.monotonic() + PATIENCE_S
    while left := left_of_session(session):
        assert time.monotonic() < deadline_s, f"left behind: {left}"
        time.sleep(0.05)


def left_of_session(session: int) -> list[str]:
    """What still runs of the processes that a program has started."""
    left = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = status.read_text().rpartition(")")
        except OSError:
            continue  # it has ended meanwhile
        if rest.split()[0] != "Z" and int(rest.split()[3]) == session:
            left.append(name)
    return left
