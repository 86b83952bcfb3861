"""Folders of a library that come, go and lie in each other, with an encoder without weights."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mmsearch.errors import UserError
from mmsearch.library import Library


def test_a_folder_that_leaves_is_offline_and_comes_back(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    folder.rename(folder.with_name("unplugged"))

    away = library.index()

    assert away.n_removed == 0
    assert "not there" in away.notes[0]
    assert library.status().n_offline == 4
    assert library.search("red")[0].offline

    folder.with_name("unplugged").rename(folder)
    back = library.index()

    assert (back.n_unchanged, back.n_indexed) == (4, 0)
    assert library.status().n_offline == 0
    assert not library.search("red")[0].offline


def test_an_emptied_mount_point_forgets_nothing_until_told(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    shutil.rmtree(folder)
    folder.mkdir()

    report = library.index()
    assert report.n_removed == 0
    assert "--forget-missing" in report.notes[0]
    assert library.search("red")[0].offline

    assert library.index(forget_missing=True).n_removed == 4
    assert library.search("red") == []


def test_a_folder_inside_another_belongs_to_the_outer_one(library: Library, folder: Path) -> None:
    library.add(folder)
    library.add(folder / "deep")

    assert [root.path for root in library.roots()] == [folder]


def test_an_outer_folder_added_later_counts_no_file_twice(library: Library, folder: Path) -> None:
    library.add(folder / "deep")
    library.add(folder)

    report = library.index()

    assert report.n_found == 4
    assert len(library.search("red")) == 4


def test_removing_a_folder_touches_nothing_on_disk(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()

    library.remove(folder)

    assert library.search("red") == []
    assert library.roots() == []
    assert (folder / "red.png").exists()
    with pytest.raises(UserError, match="not a folder of this library"):
        library.remove(folder)


def test_a_missing_folder_is_told_before_anything_is_added(library: Library, folder: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        library.add(folder, folder / "nowhere")
    assert library.roots() == []


def test_two_libraries_in_one_folder_are_kept_out_of_the_index(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.add(tmp_path)  # the library itself lies inside

    report = library.index()

    assert report.n_found == 4


def test_a_folder_named_in_two_ways_is_one_folder(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "named twice"
    folder.mkdir()
    library.add(folder)
    library.add(folder / ".." / folder.name)
    assert [root.path for root in library.roots() if root.path.name == folder.name] == [folder]
