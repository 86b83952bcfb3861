"""Patterns, marks and markers that take files out of a walk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mmsearch.errors import UserError
from mmsearch.scan.ignore import IgnoreRules, is_cache_or_library, is_marked_hidden
from tests.scan.conftest import Plant, found_paths


@pytest.mark.parametrize(
    ("name", "is_folder"),
    [
        (".git", True),
        (".venv", True),
        (".hidden.jpg", False),
        ("._photo.jpg", False),
        (".DS_Store", False),
        ("Thumbs.db", False),
        ("THUMBS.DB", False),
        ("$RECYCLE.BIN", True),
        ("$Recycle.Bin", True),
        ("System Volume Information", True),
        ("__MACOSX", True),
        ("#recycle", True),
        ("node_modules", True),
        ("__pycache__", True),
        ("thing.egg-info", True),
        ("jquery.min.js", False),
        ("~$letter.txt", False),
    ],
)
def test_ignored_by_default(name: str, is_folder: bool) -> None:
    assert IgnoreRules().ignores(f"a/{name}", name, is_folder=is_folder)


@pytest.mark.parametrize(
    ("name", "is_folder"),
    [
        ("photo.jpg", False),
        ("node_modules", False),
        ("node_modules_photos", True),
        ("build", True),
        ("Trash", True),
        ("a.min.jsx", False),
        ("résumé …", True),
    ],
)
def test_kept_by_default(name: str, is_folder: bool) -> None:
    assert not IgnoreRules().ignores(f"a/{name}", name, is_folder=is_folder)


def test_user_patterns_take_out_and_bring_back(plant: Plant) -> None:
    root = plant("keep.jpg", "x.bak.jpg", "old/a.jpg", "deep/old/b.jpg", "node_modules/c.jpg")
    rules = IgnoreRules(["# a remark", "", "*.bak.jpg", "/old/", "!node_modules/"])
    assert found_paths(root, rules) == ["keep.jpg", "deep/old/b.jpg", "node_modules/c.jpg"]


def test_pattern_that_cannot_be_understood_is_named() -> None:
    with pytest.raises(UserError, match="'!'") as caught:
        IgnoreRules(["*.tmp", "!"])
    assert caught.value.hint


def test_excluded_folders_and_files(plant: Plant, tmp_path: Path) -> None:
    root = plant("a.jpg", "b.jpg", "library/thumb.jpg")
    (tmp_path / "alias").symlink_to(root)
    rules = IgnoreRules(excluded=[tmp_path / "alias" / "library", root / "b.jpg"])
    assert found_paths(root, rules) == ["a.jpg"]
    assert found_paths(tmp_path / "alias", rules) == ["a.jpg"]


def test_folders_are_told_by_what_they_hold(plant: Plant) -> None:
    root = plant(
        "a.jpg",
        "cache/CACHEDIR.TAG=Signature: 8a477f597d28d172789f06886806bc55\n# a comment",
        "cache/x.jpg",
        "no_cache/CACHEDIR.TAG=something else",
        "no_cache/y.jpg",
        "environment/pyvenv.cfg",
        "environment/lib/x.py",
        "index/library.toml=[mmsearch]\nversion = 1",
        "index/thumbnails/x.jpg",
        "books/library.toml=[shelf]",
        "books/y.jpg",
    )
    assert found_paths(root) == ["a.jpg", "books/library.toml", "books/y.jpg", "no_cache/y.jpg"]


def test_a_folder_that_was_named_is_walked_whatever_it_holds(plant: Plant) -> None:
    root = plant("pyvenv.cfg", "x.py")
    assert found_paths(root) == ["pyvenv.cfg", "x.py"]


def test_marker_that_cannot_be_read_is_no_marker(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "CACHEDIR.TAG")
    assert not is_cache_or_library(str(tmp_path), {"CACHEDIR.TAG"})


def test_hidden_marks_of_windows_and_macos() -> None:
    class Status:
        st_file_attributes = 0
        st_flags = 0

    status = Status()
    assert not is_marked_hidden(status)  # type: ignore[arg-type]
    status.st_file_attributes = 2
    assert is_marked_hidden(status)  # type: ignore[arg-type]
    status.st_file_attributes, status.st_flags = 0x20, 0x8000
    assert is_marked_hidden(status)  # type: ignore[arg-type]
    assert IgnoreRules().ignores("a.jpg", "a.jpg", is_folder=False, marked_hidden=True)
    assert not IgnoreRules(["!a.jpg"]).ignores(
        "a.jpg", "a.jpg", is_folder=False, marked_hidden=True
    )
