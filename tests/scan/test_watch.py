"""Watching real folders, and what happens where that does not work."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mmsearch.scan import hints as hints_module
from mmsearch.scan import watch as watch_module
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.network import is_network_by_list, is_on_network
from mmsearch.scan.touched import Touched
from mmsearch.scan.watch import Watch
from tests.conftest import PATIENCE_S


@contextmanager
def watching(*roots: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    monkeypatch.setattr(hints_module, "_QUIET_S", 0.2)
    with Watch(list(roots), IgnoreRules()) as watch:
        yield watch


def taken(watch: Watch, is_enough: Callable[[Touched], bool]) -> Touched:
    """All that has been told until it is enough; what comes in several portions is joined."""
    found = Touched()
    deadline_s = time.monotonic() + PATIENCE_S
    while not is_enough(found):
        assert time.monotonic() < deadline_s, found
        found |= watch.take() or Touched()
        time.sleep(0.02)
    return found


def test_files_and_folders_that_come_change_and_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("new", "changed", "gone", "from", "to"):
        (tmp_path / name).mkdir()
    (tmp_path / "changed" / "a.py").write_text("x")
    (tmp_path / "gone" / "b.jpg").write_text("x")
    (tmp_path / "from" / "c.mp3").write_text("x")
    (tmp_path / "from" / "folder").mkdir()
    with watching(tmp_path, monkeypatch=monkeypatch) as watch:
        assert watch.unwatched == []
        (tmp_path / "new" / "d.mp4").write_text("x")
        (tmp_path / "changed" / "a.py").write_text("y")
        (tmp_path / "gone" / "b.jpg").unlink()
        shutil.move(tmp_path / "from" / "c.mp3", tmp_path / "to" / "c.mp3")
        shutil.move(tmp_path / "from" / "folder", tmp_path / "to" / "folder")
        (tmp_path / "made").mkdir()
        names = ("new", "changed", "gone", "from", "to")
        folders = {tmp_path / name for name in names}
        trees = {tmp_path / "from/folder", tmp_path / "to/folder", tmp_path / "made"}
        taken(watch, lambda found: folders <= found.folders and trees <= found.trees)


def test_a_folder_made_later_is_watched_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watching(tmp_path, monkeypatch=monkeypatch) as watch:
        (tmp_path / "made").mkdir()
        taken(watch, lambda found: tmp_path / "made" in found.trees)
        (tmp_path / "made" / "x.py").write_text("x")
        taken(watch, lambda found: tmp_path / "made" in found.folders)


def test_a_single_file_as_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.py"
    file.write_text("x")
    with watching(file, monkeypatch=monkeypatch) as watch:
        file.write_text("y")
        taken(watch, lambda found: found.below(file) is not None)


def test_an_overflow_means_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with watching(tmp_path, monkeypatch=monkeypatch) as watch:
        logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")
        assert taken(watch, bool).trees == {tmp_path}


def test_network_drives_are_not_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "near").mkdir()
    (tmp_path / "far").mkdir()
    monkeypatch.setattr(watch_module, "is_on_network", lambda path: path.name == "far")
    roots = (tmp_path / "near", tmp_path / "far")
    with watching(*roots, monkeypatch=monkeypatch) as watch:
        assert watch.unwatched == [tmp_path / "far"]


def test_a_folder_that_has_gone_is_not_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watching(tmp_path / "gone" / "far", monkeypatch=monkeypatch) as watch:
        assert watch.unwatched == [tmp_path / "gone" / "far"]


def test_at_the_limit_of_the_system_nothing_counts_as_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is met amid the subfolders, of which the library of events says nothing."""
    from watchdog.observers import Observer

    real_schedule = Observer.schedule

    def schedule(self: object, handler: object, path: str, **options: object) -> object:
        if Path(path).name.startswith("mmsearch-"):
            raise OSError(28, "inotify watch limit reached")
        return real_schedule(self, handler, path, **options)

    monkeypatch.setattr(Observer, "schedule", schedule)
    monkeypatch.setattr(watch_module.sys, "platform", "linux")
    with watching(tmp_path, monkeypatch=monkeypatch) as watch:
        assert watch.unwatched == [tmp_path]


def test_where_nothing_can_be_watched_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog import observers

    def refuse() -> object:
        raise OSError(24, "inotify instance limit reached")

    monkeypatch.setattr(observers, "Observer", refuse)
    with watching(tmp_path, monkeypatch=monkeypatch) as watch:
        assert watch.unwatched == [tmp_path]
        assert watch.take() is None


MAC_MOUNTS = """\
/dev/disk1s1 on / (apfs, local, journaled)
//anna@nas/photos on /Volumes/My Photos (smbfs, nodev, nosuid, mounted by anna)
/dev/disk2s1 on /Volumes/Stick (msdos, local, nodev)
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/Volumes/My Photos/a", True), ("/Volumes/Stick/a", False), ("/Users/anna", False)],
)
def test_what_macos_says_of_its_drives(path: str, expected: bool) -> None:
    assert is_network_by_list(path, MAC_MOUNTS) is expected


def test_this_folder_is_not_on_the_network(tmp_path: Path) -> None:
    assert not is_on_network(tmp_path)
