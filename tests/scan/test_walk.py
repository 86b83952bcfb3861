"""Walking real trees: order, links, loops, odd names, forbidden and vanishing things."""

from __future__ import annotations

import os
import socket
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from mmsearch.errors import FailureKind, UserError
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.walk import FoundFile, walk
from mmsearch.types import FailedFile, Modality, Stamp
from tests.scan.conftest import Plant, failures, found_paths


def test_files_come_sorted_with_kind_and_stamp(plant: Plant) -> None:
    root = plant("b.jpg", "a.py", "Z/c.mp4", "a.d/e.wav", "a.d/notes.pdf")
    items = list(walk(root, IgnoreRules()))
    assert [item.relative_path for item in items if isinstance(item, FoundFile)] == [
        "a.py",
        "b.jpg",
        "Z/c.mp4",
        "a.d/e.wav",
    ]
    first = items[0]
    assert isinstance(first, FoundFile)
    status = (root / "a.py").stat()
    assert first == FoundFile(
        str(root / "a.py"), "a.py", Modality.CODE, Stamp(status.st_size, status.st_mtime_ns)
    )
    assert first.path == root / "a.py"


def test_relative_root_gives_absolute_paths(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plant("a.jpg").parent)
    (item,) = walk("root", IgnoreRules())
    assert isinstance(item, FoundFile)
    assert item.path.is_absolute()


def test_single_file_is_a_root(plant: Plant) -> None:
    root = plant("a.jpg", "b.pdf")
    (item,) = walk(root / "a.jpg", IgnoreRules())
    assert isinstance(item, FoundFile)
    assert root / "a.jpg" / item.relative_path == item.path == root / "a.jpg"
    (refused,) = walk(root / "b.pdf", IgnoreRules())
    assert isinstance(refused, FailedFile)
    assert refused.kind == FailureKind.UNSUPPORTED


def test_missing_root_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder"):
        list(walk(tmp_path / "missing", IgnoreRules()))


def test_links_inside_add_nothing(plant: Plant) -> None:
    root = plant("real/a.jpg")
    (root / "again.jpg").symlink_to(root / "real" / "a.jpg")
    (root / "alias").symlink_to(root / "real", target_is_directory=True)
    assert found_paths(root) == ["real/a.jpg"]


def test_links_to_outside_are_followed_once(plant: Plant, tmp_path: Path) -> None:
    root = plant("a.jpg")
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "b.jpg").write_text("x")
    (tmp_path / "single.jpg").write_text("single")
    for name in ("one", "two"):
        (root / name).symlink_to(outside)
        (root / f"{name}.jpg").symlink_to(tmp_path / "single.jpg")
    (root / "three").symlink_to(outside / "deep")
    assert found_paths(root) == ["a.jpg", "one.jpg", "one/deep/b.jpg"]
    linked = next(item for item in walk(root, IgnoreRules()) if "one.jpg" in str(item))
    assert isinstance(linked, FoundFile)
    assert linked.stamp.size_bytes == len("single")


def test_loops_end(plant: Plant, tmp_path: Path) -> None:
    root = plant("a/b/c.jpg")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "d.jpg").write_text("x")
    (outside / "back").symlink_to(root)
    (outside / "self").symlink_to(outside)
    (root / "a" / "b" / "up").symlink_to(root / "a")
    (root / "a" / "everything").symlink_to("/")
    (root / "out").symlink_to(outside)
    (root / "loop").symlink_to(root / "loop")
    (root / "loop.jpg").symlink_to(root / "loop.jpg")
    assert found_paths(root) == ["a/b/c.jpg", "out/d.jpg"]
    assert {name: item.kind for name, item in failures(root).items()} == {
        "loop.jpg": FailureKind.VANISHED
    }


def test_dangling_links_are_reported_when_they_are_media(plant: Plant) -> None:
    root = plant("a.jpg")
    (root / "gone.png").symlink_to("/nowhere/x.png")
    (root / "gone.pdf").symlink_to("/nowhere/x.pdf")
    assert {name: item.kind for name, item in failures(root).items()} == {
        "gone.png": FailureKind.VANISHED
    }


def test_pipes_sockets_and_devices(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant("a.jpg")
    for name in ("pipe.jpg", "pipe.ts", "pipe", ".pipe.jpg"):
        os.mkfifo(root / name)
    (root / "zero.wav").symlink_to("/dev/zero")
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.mp4")
        failed = failures(root)
    assert set(failed) == {"pipe.jpg", "pipe.ts", "zero.wav", "socket.mp4"}
    assert {item.kind for item in failed.values()} == {FailureKind.NOT_REGULAR}
    assert "device" in failed["zero.wav"].reason


def test_forbidden_folder_is_one_row(unprivileged: Path) -> None:
    (unprivileged / "open").mkdir()
    (unprivileged / "open" / "a.jpg").write_text("x")
    (unprivileged / "closed").mkdir()
    (unprivileged / "closed" / "b.jpg").write_text("x")
    (unprivileged / "closed").chmod(0)
    try:
        assert found_paths(unprivileged) == ["open/a.jpg"]
        assert {name: item.kind for name, item in failures(unprivileged).items()} == {
            "closed": FailureKind.PERMISSION
        }
    finally:
        (unprivileged / "closed").chmod(0o700)


def test_unicode_names_stay_as_they_are(plant: Plant) -> None:
    names = ["日本語/写真.jpg", "émigré.jpg", unicodedata.normalize("NFD", "Ärger.jpg"), "🐈.png"]
    root = plant(*names, "ro\u202egpj.jpg", "line\nbreak.jpg", " spaces .jpg")
    assert set(names) < set(found_paths(root))
    assert len(found_paths(root)) == 7
    assert all(path.encode("utf-8") for path in found_paths(root))


@pytest.mark.skipif(sys.platform != "linux", reason="names elsewhere are always Unicode")
def test_names_that_are_no_utf8_are_rows_that_can_be_stored(plant: Plant) -> None:
    root = plant("a.jpg")
    raw = os.fsencode(root)
    (Path(os.fsdecode(raw + b"/caf\xe9.jpg"))).write_text("x")
    os.mkdir(raw + b"/\xff\xfe")
    (Path(os.fsdecode(raw + b"/\xff\xfe/x.jpg"))).write_text("x")
    assert found_paths(root) == ["a.jpg"]
    failed = failures(root)
    assert set(failed) == {r"caf\xe9.jpg", r"\xff\xfe"}
    assert all(str(item.path).encode("utf-8") for item in failed.values())
    (refused,) = walk(os.fsdecode(raw + b"/caf\xe9.jpg"), IgnoreRules())
    assert isinstance(refused, FailedFile)


def test_longest_names_and_deep_folders(plant: Plant) -> None:
    root = plant("a.jpg")
    long_name = "n" * 251 + ".jpg"
    (root / long_name).write_text("x")
    here = os.open(root, os.O_RDONLY)
    try:
        for _ in range(20):  # 20 * 250 bytes: deeper than a path may be long
            os.mkdir("d" * 249, dir_fd=here)
            below = os.open("d" * 249, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(os.open("deep.jpg", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    finally:
        os.close(here)
    items = list(walk(root, IgnoreRules()))
    assert long_name in {item.relative_path for item in items if isinstance(item, FoundFile)}
    (failed,) = [item for item in items if isinstance(item, FailedFile)]
    assert "longer" in failed.reason


def test_what_vanishes_during_the_walk_does_not_come(plant: Plant) -> None:
    root = plant("a.jpg", "b.jpg", "folder/c.jpg", "folder/inner/d.jpg")
    items: Iterator[FoundFile | FailedFile] = walk(root, IgnoreRules())
    first = next(items)
    (root / "b.jpg").unlink()
    (root / "folder" / "inner" / "d.jpg").unlink()
    (root / "folder" / "inner").rmdir()
    (root / "folder" / "c.jpg").unlink()
    (root / "folder").rmdir()
    assert str(first.path).endswith("a.jpg")
    assert list(items) == []


def test_a_drive_that_fails_costs_one_row(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    root = plant("a.jpg", "bad/b.jpg", "good/c.jpg")
    real_scandir = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("bad"):
            raise OSError(5, "Input/output error")
        return real_scandir(path)

    monkeypatch.setattr("mmsearch.scan.walk.os.scandir", scandir)
    assert found_paths(root) == ["a.jpg", "good/c.jpg"]
    assert failures(root)["bad"].kind == FailureKind.CORRUPT
