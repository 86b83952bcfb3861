"""Files, folders and drives that move keep their vectors: nothing is decoded or encoded again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from mmsearch.library import Library, open_library
from mmsearch.scan import volume
from mmsearch.scan.mountinfo import Mount, read_mounts
from mmsearch.scan.touched import touched_trees
from mmsearch.settings import Settings
from mmsearch.types import F32, Content, Modality
from tests.conftest import FakeEncoder
from tests.files import BLUE, GREEN, RED, save_picture, save_text


class CountingEncoder(FakeEncoder):
    """Counts what it encodes."""

    def __init__(self) -> None:
        self.n_encoded = 0

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        self.n_encoded += len(contents)
        return super().encode_contents(modality, contents)


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def library(tmp_path: Path, encoder: CountingEncoder) -> Iterator[Library]:
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=encoder, settings=settings) as made:
        yield made


def fill(folder: Path) -> Path:
    for name, colour in (("red", RED), ("blue", BLUE), ("deep/green", GREEN)):
        save_picture(folder / f"{name}.png", colour)
    save_text(folder / "deep" / "sort.py", 'def sort():\n    """sort the items"""\n')
    return folder


def found(library: Library, text: str) -> Path:
    return library.search(text)[0].path


def test_renamed_moved_and_copied_files_and_folders(
    library: Library, encoder: CountingEncoder, tmp_path: Path
) -> None:
    folder = fill(tmp_path / "things")
    library.add(folder)
    library.index()
    n_before = encoder.n_encoded

    (folder / "red.png").rename(folder / "crimson.png")
    shutil.move(folder / "blue.png", folder / "deep" / "blue.png")
    (folder / "deep").rename(folder / "deeper")
    shutil.copytree(folder / "deeper", folder / "copy")
    report = library.index()

    assert (report.n_reused, report.n_indexed, report.n_removed) == (7, 0, 4)
    assert encoder.n_encoded == n_before
    assert found(library, "red") == folder / "crimson.png"
    assert {hit.path.parent.name for hit in library.search("blue")[:2]} == {"deeper", "copy"}


def test_a_file_that_moves_between_two_folders_of_the_library(
    library: Library, encoder: CountingEncoder, tmp_path: Path
) -> None:
    folder = fill(tmp_path / "things")
    other = save_picture(tmp_path / "other" / "x.png", RED, spot=9).parent
    library.add(folder, other)
    library.index()
    n_before = encoder.n_encoded
    shutil.move(folder / "blue.png", other / "blue.png")
    touched = touched_trees([folder, other])
    for _ in library.indexing(touched=touched):
        pass
    assert encoder.n_encoded == n_before
    assert found(library, "blue") == other / "blue.png"


def test_very_many_moved_files_are_committed_on_the_way(
    library: Library, encoder: CountingEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mmsearch.indexing import ledger, run

    for place in range(60):
        save_picture(tmp_path / "many" / f"{place}.png", RED, spot=place)
    library.add(tmp_path / "many")
    library.index()
    n_before = encoder.n_encoded
    (tmp_path / "many").rename(tmp_path / "renamed")
    (tmp_path / "many").mkdir()
    (tmp_path / "renamed").rename(tmp_path / "many" / "in")
    monkeypatch.setattr(ledger, "_COMMIT_EVERY_REUSED", 10)
    monkeypatch.setattr(run, "_LOOK_UP_EVERY_S", 0.0)
    generation = library.generation
    assert library.index().n_reused == 60
    assert library.generation >= generation + 6
    assert encoder.n_encoded == n_before
    assert library.status().n_indexed == 60, "what has moved is not missing"


class Drives:
    """A table of mounts that a test changes: sticks are folders that appear and disappear."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._real = read_mounts()
        self.mounted: dict[str, Path] = {}
        monkeypatch.setattr(volume, "_IS_LINUX", True)
        monkeypatch.setattr(volume, "read_mounts", self._mounts)
        monkeypatch.setattr(volume, "read_uuids", self._uuids)

    def _mounts(self) -> list[Mount]:
        sticks = [
            Mount(f"8:{place}", "/", str(path), "vfat", f"/dev/{name}")
            for place, (name, path) in enumerate(self.mounted.items())
        ]
        return [*self._real, *sticks]

    def _uuids(self) -> dict[str, str]:
        # The drive of the system has a lasting name, too, or no path there could be doubted.
        sources = {os.path.realpath(mount.source): "SYSTEM" for mount in self._real}
        return sources | {f"/dev/{name}": name.upper() for name in self.mounted}


@pytest.mark.skipif(sys.platform == "win32", reason="mount points of Linux")
def test_a_drive_that_leaves_is_offline_and_comes_back_elsewhere(
    library: Library, encoder: CountingEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drives = Drives(monkeypatch)
    stick = fill(tmp_path / "media" / "stick")
    drives.mounted["stick"] = stick
    library.add(stick / "deep", stick / "red.png")
    library.index()
    n_before = encoder.n_encoded

    drives.mounted.clear()
    stick.rename(tmp_path / "in a drawer")
    stick.mkdir()  # an empty mount point stays, or another drive is mounted there
    (stick / "deep").mkdir()
    away = library.index()
    assert (away.n_removed, library.status().n_offline) == (0, 3)
    assert all(hit.offline for hit in library.search("green"))

    back = tmp_path / "media" / "stick1"
    (tmp_path / "in a drawer").rename(back)
    drives.mounted["stick"] = back
    report = library.index()
    assert (report.n_unchanged, report.n_indexed, report.n_removed) == (3, 0, 0)
    assert encoder.n_encoded == n_before
    assert found(library, "green") == back / "deep" / "green.png"
    assert not any(hit.offline for hit in library.search("green"))


def test_a_real_drive_that_is_mounted_elsewhere(
    library: Library, encoder: CountingEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a file system in a file, which only root may mount."""
    one, other = tmp_path / "one", tmp_path / "other"
    image = tmp_path / "drive.img"
    one.mkdir()
    other.mkdir()
    image.write_bytes(b"")
    os.truncate(image, 8 << 20)
    _run_or_skip("mkfs.ext4", "-q", "-F", image)
    _run_or_skip("mount", "-o", "loop", image, one)
    try:
        _give_lasting_names(monkeypatch, tmp_path)
        fill(one / "things")
        library.add(one / "things")
        library.index()
        n_before = encoder.n_encoded
        subprocess.run(["umount", one], check=True)
        library.index()
        assert library.status().n_offline == 4

        subprocess.run(["mount", "-o", "loop", image, other], check=True)
        _give_lasting_names(monkeypatch, tmp_path)
        assert library.index().n_unchanged == 4
        assert encoder.n_encoded == n_before
        assert found(library, "red") == other / "things" / "red.png"
    finally:
        for place in (one, other):
            subprocess.run(["umount", place], check=False, stderr=subprocess.DEVNULL)


def _run_or_skip(*command: str | Path) -> None:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"there is no {command[0]} here")
    ran = subprocess.run(list(command), capture_output=True, text=True, check=False)
    if ran.returncode:
        pytest.skip(f"{command[0]}: {ran.stderr.strip()}")


def _give_lasting_names(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """What udev does on a whole system: name each device by the file system on it."""
    names = folder / "by-uuid"
    shutil.rmtree(names, ignore_errors=True)
    names.mkdir()
    for mount in read_mounts():
        if mount.source.startswith("/dev/"):
            command = ["blkid", "-o", "value", "-s", "UUID", mount.source]
            uuid = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            if uuid.strip() and not (names / uuid.strip()).is_symlink():
                (names / uuid.strip()).symlink_to(mount.source)
    monkeypatch.setattr(volume, "read_uuids", lambda: _read_names(names))


def _read_names(names: Path) -> dict[str, str]:
    return {os.path.realpath(link): link.name for link in names.iterdir()}
