"""The limits of inotify, met for real: events that are lost, and watches that run out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from mmsearch.background.board import Phase, read_notice
from mmsearch.library import Library
from tests.background.process import wait_until
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture
from tests.reencoding_indexer import opened

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is of Linux")

QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")
MOST_EVENTS = 100_000
"""Where the system keeps more of them, losing some takes too long for a test."""
FEW_WATCHES = ["unshare", "-Ur", "sh", "-c"]
FEW_WATCHES += ['echo 4 > /proc/sys/user/max_inotify_watches && exec "$@"', "sh"]
"""Before a command: it may watch four folders, and no other process notices anything."""


@contextmanager
def watching(library: Path, folder: Path, *before: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has indexed a folder and watches it."""
    command = [*before, sys.executable, "-m", "tests.quick_indexer", "--library", str(library)]
    process = subprocess.Popen(
        [*command, "index", str(folder), "--watch"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )
    with ExitStack() as at_the_end:
        at_the_end.callback(process.wait)
        at_the_end.callback(process.terminate)
        at_the_end.callback(process.send_signal, signal.SIGCONT)
        wait_until(lambda: process.poll() is not None or is_watching(library))
        assert process.poll() is None
        yield process


def is_watching(library: Path) -> bool:
    notice = read_notice(library)
    return notice is not None and notice.phase is Phase.WATCHING and notice.n_runs > 0


def names(library: Library) -> set[str]:
    return {hit.path.name for hit in library.search("red", limit=100)}


def touch_without_end(path: Path) -> None:
    """Fill the queue with events of a file that nobody wants to index."""
    path.write_text("")
    other = path.with_name("other.tmp")
    for _ in range(int(QUEUE.read_text()) // 2 + 100):
        os.rename(path, other)
        path, other = other, path


def test_what_is_lost_in_an_overflow_is_found_by_a_walk(tmp_path: Path) -> None:
    if int(QUEUE.read_text()) > MOST_EVENTS:
        pytest.skip("the queue is too long to be filled")
    folder = tmp_path / "files"
    save_picture(folder / "first.png", RED)
    with watching(tmp_path / "library", folder) as process:
        process.send_signal(signal.SIGSTOP)
        touch_without_end(folder / "one.tmp")
        save_picture(folder / "lost" / "later.png", BLUE)
        process.send_signal(signal.SIGCONT)
        with opened(tmp_path / "library", FakeEncoder.spec.revision) as library:
            wait_until(lambda: names(library) == {"first.png", "later.png"})


def test_where_watches_run_out_nothing_counts_as_watched(tmp_path: Path) -> None:
    if not may_limit_watches():
        pytest.skip("no namespace of its own can be had here")
    for place in range(10):
        save_picture(tmp_path / "files" / f"folder {place}" / "red.png", RED, spot=place)
    library = tmp_path / "library"
    with watching(library, tmp_path / "files", *FEW_WATCHES):

        def unwatched() -> tuple[str, ...]:
            notice = read_notice(library)
            return notice.unwatched if notice else ()

        wait_until(lambda: unwatched() == (str(tmp_path / "files"),))


def may_limit_watches() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*FEW_WATCHES, "true"], capture_output=True, check=False).returncode == 0
