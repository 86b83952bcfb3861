"""A library in one file and back, and nothing else by way of such a file."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mmsearch.errors import LibraryError
from mmsearch.indexing import ledger
from mmsearch.library import Library, open_library, restore_library
from mmsearch.settings import Settings
from tests.bad_disks import fill, small_disk
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture, save_text


def opened(path: Path) -> Library:
    settings = Settings(decode_in_process=True, grouping=False)
    return open_library(path, encoder=FakeEncoder(), settings=settings)


def restore(backup: Path, path: Path) -> None:
    restore_library(backup, path, encoder=FakeEncoder())


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for place in range(3):
        save_picture(tmp_path / "files" / f"red{place}.png", RED, spot=place)
    save_picture(tmp_path / "files" / "blue.png", BLUE)
    save_text(tmp_path / "files" / "needle.py", "def needle(hay):\n    return hay\n")
    with opened(tmp_path / "library") as library:
        library.add(tmp_path / "files")
        library.index()
        library.save_search("reds", "red")
        library.search(library.judge("red", liked=library.search("red")[:1]))
    return library


def test_a_restored_library_is_the_same(library: Library, tmp_path: Path) -> None:
    saved = library.backup(tmp_path / "saved.zip")
    restore(saved, tmp_path / "again")

    with opened(tmp_path / "again") as again:
        assert again.check() == []
        assert [hit.to_json() for hit in again.search("blue")] == [
            hit.to_json() for hit in library.search("blue")
        ]
        assert again.search("needle")[0].path.name == "needle.py"
        assert list(again.saved_searches()) == ["reds"]
        assert len(again._told.verdicts()) == 1
        assert again.index().n_unchanged == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "again", "files", "library", "saved.zip",
    ]  # fmt: skip


def test_a_backup_while_somebody_indexes_is_whole(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_COMMIT_EVERY_SEGMENTS", 1)
    for place in range(100):
        save_picture(tmp_path / "files" / f"more{place}.png", RED, spot=1000 + place)
    (tmp_path / "files" / "red0.png").unlink()
    indexer = threading.Thread(target=library.index)
    indexer.start()
    saved = [library.backup(tmp_path / f"saved{number}.zip") for number in range(4)]
    indexer.join()

    for number, path in enumerate(saved):
        restore(path, tmp_path / f"again{number}")
        with opened(tmp_path / f"again{number}") as again:
            assert again.check() == []
            gallery = again._current()[0]
            assert gallery.n_asset == gallery.n_segment >= 4
            again.index()
            assert again.status().n_indexed == 104
            assert again.check() == []


def repacked(saved: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(saved) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    path = saved.with_name("changed.zip")
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


def with_member(name: str) -> Callable[[dict[str, bytes]], None]:
    def add(members: dict[str, bytes]) -> None:
        told = json.loads(members["contents.json"])
        told["sha256"][name] = hashlib.sha256(b"evil").hexdigest()
        members |= {name: b"evil", "contents.json": json.dumps(told).encode()}

    return add


def newer(members: dict[str, bytes]) -> None:
    members["library.toml"] = members["library.toml"].replace(b'"1.', b'"99.')
    told = json.loads(members["contents.json"])
    told["sha256"]["library.toml"] = hashlib.sha256(members["library.toml"]).hexdigest()
    members["contents.json"] = json.dumps(told).encode()


def cut(name: str) -> Callable[[dict[str, bytes]], None]:
    def shorten(members: dict[str, bytes]) -> None:
        members[name] = members[name][: len(members[name]) // 2]

    return shorten


def no_stream(members: dict[str, bytes]) -> None:
    with_member("tables/assets.arrow")(members)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (with_member("../evil.json"), "it holds '../evil.json'"),
        (with_member("/etc/evil.json"), "it holds"),
        (with_member("normalise/../../evil"), "it holds"),
        (with_member("normalise/..\\..\\evil"), "it holds"),
        (with_member("tables/assets.lance/_versions/1.manifest"), "it holds"),
        (lambda members: members.pop("contents.json"), "is no backup"),
        (lambda members: members.pop("roots.json"), "it lacks roots.json"),
        (cut("roots.json"), "another checksum"),
        (cut("tables/assets.arrow"), "another checksum"),
        (cut("contents.json"), "is no backup"),
        (no_stream, "is damaged"),
        (newer, "newer mmsearch"),
    ],
)
def test_what_is_no_sound_backup_leaves_nothing_behind(
    library: Library,
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
    said: str,
) -> None:
    changed = repacked(library.backup(tmp_path / "saved.zip"), change)
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(LibraryError) as caught:
        restore(changed, tmp_path / "again")

    assert said in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("damage", [lambda content: content[:-40], lambda content: b"no zip"])
def test_a_damaged_file_is_told(
    library: Library, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    saved = library.backup(tmp_path / "saved.zip")
    saved.write_bytes(damage(saved.read_bytes()))
    with pytest.raises(LibraryError, match="is damaged"):
        restore(saved, tmp_path / "again")
    with pytest.raises(LibraryError, match="cannot be restored"):
        restore(tmp_path / "nowhere.zip", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_nothing_that_is_there_is_overwritten(library: Library, tmp_path: Path) -> None:
    saved = library.backup(tmp_path / "saved.zip")
    content = saved.read_bytes()
    with pytest.raises(LibraryError, match="exists already"):
        library.backup(saved)
    with pytest.raises(LibraryError, match="not empty"):
        restore(saved, library.path)
    assert saved.read_bytes() == content
    (tmp_path / "empty").mkdir()
    restore(saved, tmp_path / "empty")
    assert (tmp_path / "empty" / "library.toml").is_file()


def test_a_full_disk_leaves_no_half_backup(library: Library, tmp_path: Path) -> None:
    saved = library.backup(tmp_path / "saved.zip")
    with small_disk(tmp_path / "disk", 64 * 1024) as disk:
        fill(disk, but_for_bytes=0)
        with pytest.raises(LibraryError, match="No space left"):
            library.backup(disk / "saved.zip")
        with pytest.raises(LibraryError, match="No space left"):
            restore(saved, disk / "again")
        assert [path.name for path in disk.iterdir()] == ["ballast"]
