"""Makes the small libraries of older versions that the tests of migrations open.

python -m tests.store.libraries.make_libraries

Each one is written by the program as it was, which is taken out of this repository's history. The
result lies beside this file and is not made again unless a version is added.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from tests.files import BLUE, GREEN, RED, save_picture, save_text

HERE = Path(__file__).parent
MTIME_NS = 1_700_000_000 * 10**9
COMMITS = {
    "first": "80945c1",
    "first-words": "1774a11",
    "words-of-names": "eac8c2c",
    "terms": "da4a9ba",
    "told": "f4a1497",
}
"""Name of a library -> the commit that first wrote such a one."""

_WRITE = """
import sys
from pathlib import Path
from mmsearch.library import open_library
from mmsearch.settings import Settings
from tests.conftest import FakeEncoder

library, files = map(Path, sys.argv[1:])
settings = Settings(decode_in_process=True)
with open_library(library, encoder=FakeEncoder(), settings=settings) as opened:
    opened.add(files)
    opened.index()
    if hasattr(opened, "save_search"):
        opened.save_search("reds", "red")
        opened.note_recent("a red thing")
        opened.say_different(files / "red.png", files / "blue.png")
        hits = opened.search("red")
        opened.search(opened.judge("red", liked=hits[:1]))
"""


def make_files(folder: Path) -> None:
    """The files that all libraries are made of."""
    save_picture(folder / "red.png", RED)
    save_picture(folder / "sub" / "blue.png", BLUE)
    save_picture(folder / "blue.png", BLUE, spot=1)
    save_picture(folder / "green.png", GREEN)
    save_text(folder / "needle.py", "def needle(hay):\n    return hay\n")
    set_times(folder)


def set_times(folder: Path) -> None:
    """Give all files the time that the libraries know."""
    for path in folder.rglob("*"):
        os.utime(path, ns=(MTIME_NS, MTIME_NS))


def make_library(name: str, commit: str) -> Path:
    """Write one library with the program as it was at a commit."""
    with tempfile.TemporaryDirectory() as work:
        program, library, files = (Path(work) / part for part in ("program", "library", "files"))
        archive = subprocess.run(
            ["git", "archive", commit], cwd=HERE.parents[2], capture_output=True, check=True
        ).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(program, filter="data")
        make_files(files)
        environment = os.environ | {"PYTHONPATH": str(program), "XDG_CONFIG_HOME": work}
        command = [sys.executable, "-c", _WRITE, str(library), str(files)]
        subprocess.run(command, cwd=program, env=environment, check=True)
        return _pack(name, Path(work))


def _pack(name: str, work: Path) -> Path:
    path = HERE / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for folder in ("library", "files"):
            for file in sorted((work / folder).rglob("*")):
                if file.is_file() and file.name != "writer.lock":
                    packed.write(file, file.relative_to(work).as_posix())
    return path


if __name__ == "__main__":
    for library_name, its_commit in COMMITS.items():
        made = make_library(library_name, its_commit)
        print(f"{made.name}: {made.stat().st_size:,} bytes")
