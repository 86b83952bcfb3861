"""Full and read-only disks: one clear sentence, searching goes on, nothing is broken after it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mmsearch.errors import LibraryError
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.store.folder import change_state
from tests.bad_disks import fill, read_only, small_disk
from tests.conftest import FakeEncoder
from tests.files import RED, save_picture

resource = pytest.importorskip("resource", reason="limits of a process, as POSIX has them")
MIB = 1024**2


def opened(path: Path) -> Library:
    settings = Settings(decode_in_process=True, grouping=False)
    return open_library(path, encoder=FakeEncoder(), settings=settings)


def add_pictures(folder: Path, first: int, n: int) -> None:
    for place in range(first, first + n):
        save_picture(folder / f"{place:04}.png", RED, spot=place)


def n_found(library: Library) -> int:
    return len({hit.path for hit in library.search("red", limit=10_000)})


@pytest.mark.parametrize("free_bytes", [0, 40_960, 122_880])
def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path, free_bytes: int) -> None:
    add_pictures(tmp_path / "files", 0, 30)
    with small_disk(tmp_path / "disk", 16 * MIB) as disk, opened(disk / "library") as library:
        library.add(tmp_path / "files")
        library.index()
        add_pictures(tmp_path / "files", 30, 200)
        ballast = fill(disk, but_for_bytes=free_bytes)

        with pytest.raises(LibraryError, match="No space left") as caught:
            library.index()

        assert "Make room" in caught.value.hint
        assert n_found(library) >= 30, "searching goes on"
        with opened(disk / "library") as another:
            assert n_found(another) >= 30
        ballast.unlink()
        library.index()
        assert n_found(library) == 230
        assert library._store.check() == []


def test_a_read_only_disk_is_searched_but_not_indexed(tmp_path: Path) -> None:
    add_pictures(tmp_path / "files", 0, 3)
    with opened(tmp_path / "library") as library:
        library.add(tmp_path / "files")
        library.index()
    with read_only(tmp_path / "library"), opened(tmp_path / "library") as library:
        assert n_found(library) == 3
        assert library.status().n_indexed == 3
        library.judge("red", liked=library.search("red")[:1])
        assert n_found(library) == 3
        for change in (library.index, lambda: library.remove(tmp_path / "files")):
            with pytest.raises(LibraryError, match="Read-only file system") as caught:
                change()
            assert "Searching works" in caught.value.hint


def test_a_library_whose_writer_was_cut_off_is_searched_read_only(tmp_path: Path) -> None:
    add_pictures(tmp_path / "files", 0, 3)
    with opened(tmp_path / "library") as library:
        library.add(tmp_path / "files")
        library.index()
    change_state(tmp_path / "library", writing=True)
    with read_only(tmp_path / "library"), opened(tmp_path / "library") as reader:
        assert n_found(reader) == 3


@pytest.mark.parametrize("limit_bytes", [2_000, 16_000])
def test_files_that_may_not_grow_are_a_full_disk(tmp_path: Path, limit_bytes: int) -> None:
    add_pictures(tmp_path / "files", 0, 300)
    arguments = ["--library", str(tmp_path / "library"), "index", str(tmp_path / "files")]
    done = subprocess.run(
        [sys.executable, "-m", "tests.quick_indexer", *arguments],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes)),
    )

    assert done.returncode == 1, done.stderr
    assert done.stderr.count("Error: The library") == 1
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    with opened(tmp_path / "library") as library:
        library.add(tmp_path / "files")
        library.index()
        assert n_found(library) == 300
        assert library._store.check() == []
