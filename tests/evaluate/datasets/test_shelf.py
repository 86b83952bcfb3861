from __future__ import annotations

import os
from pathlib import Path

import pytest

from mmsearch.errors import UserError
from mmsearch.evaluate.datasets import shelf as shelf_module
from mmsearch.evaluate.datasets.shelf import Shelf
from tests.files import save_text


def test_files_are_linked_written_and_made_once(tmp_path: Path) -> None:
    source = save_text(tmp_path / "data" / "a.txt", "a")
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_text("film")

    for _ in range(2):
        shelf = Shelf(tmp_path / "shelf")
        linked = shelf.link("sub/a.txt", source)
        assert linked.is_symlink()
        assert linked.read_text() == "a"
        assert shelf.write("b.py", "x = 1\n").read_text() == "x = 1\n"
        assert shelf.make("c.mp4", make).read_text() == "film"
        shelf.demand_no_others()

    assert len(made) == 1, "the second build found the film"
    assert made[0].name == "c.mp4"


def test_a_file_that_differs_is_written_anew_and_a_link_that_leads_elsewhere_moved(
    tmp_path: Path,
) -> None:
    first, second = (save_text(tmp_path / name / "a.txt", name) for name in ("one", "two"))
    shelf = Shelf(tmp_path / "shelf")
    shelf.link("a.txt", first)
    shelf.write("b.txt", "old")

    again = Shelf(tmp_path / "shelf")

    assert again.link("a.txt", second).read_text() == "two"
    assert again.write("b.txt", "new").read_text() == "new"


def test_an_unchanged_file_keeps_its_stamp(tmp_path: Path) -> None:
    path = Shelf(tmp_path).write("a.txt", "same")
    os.utime(path, (1, 1))
    assert Shelf(tmp_path).write("a.txt", "same").stat().st_mtime == 1


def test_a_copy_where_links_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(shelf_module.Path, "symlink_to", refuse)
    copied = Shelf(tmp_path / "shelf").link("a.txt", save_text(tmp_path / "a.txt", "a"))

    assert not copied.is_symlink()
    assert copied.read_text() == "a"


def test_files_of_others_and_missing_sources_are_told(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    with pytest.raises(UserError, match="not complete"):
        shelf.link("a.txt", tmp_path / "nowhere.txt")
    save_text(tmp_path / "shelf" / "mine" / "letter.txt", "dear")
    with pytest.raises(UserError, match=r"1 files that are not of the dataset.*letter.txt"):
        shelf.demand_no_others()
    assert (tmp_path / "shelf" / "mine" / "letter.txt").exists()


def test_a_film_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise UserError("the disk is full")

    shelf = Shelf(tmp_path)
    with pytest.raises(UserError, match="full"):
        shelf.make("films/a.mp4", fail)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_kill_left_half_made_is_no_file_of_others(tmp_path: Path) -> None:
    save_text(tmp_path / "films" / ".new-1a2b", "half")
    save_text(tmp_path / ".new-3c4d" / "film.mp4", "half")
    shelf = Shelf(tmp_path)
    shelf.write("a.txt", "a")
    shelf.demand_no_others()
    assert shelf.n_files == 1


def test_one_name_twice_is_a_bug(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.write("a.txt", "a")
    with pytest.raises(ValueError, match="twice"):
        shelf.write("a.txt", "b")
