"""``.gitignore`` takes out code, never pictures; git itself is the oracle."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from mmsearch.scan.ignore import IgnoreRules
from tests.scan.conftest import Plant, found_paths


def test_code_is_taken_out_and_pictures_stay(plant: Plant) -> None:
    root = plant(
        ".gitignore=*.gen.py\nout/\n*.jpg\n",
        "main.py",
        "main.gen.py",
        "photo.jpg",
        "out/built.js",
        "out/screen.jpg",
        "out/deep/more.c",
        "out/deep/film.mp4",
    )
    assert found_paths(root) == ["main.py", "photo.jpg", "out/screen.jpg", "out/deep/film.mp4"]


def test_it_can_be_switched_off(plant: Plant) -> None:
    root = plant(".gitignore=*.py", "main.py")
    assert found_paths(root) == []
    assert found_paths(root, IgnoreRules(gitignore=False)) == ["main.py"]


def test_inner_files_decide_and_nothing_comes_back_in_an_ignored_folder(plant: Plant) -> None:
    root = plant(
        ".gitignore=*.c\nout/\n!out/keep.py\n",
        "a.c",
        "inner/.gitignore=!b.c\nd.py",
        "inner/b.c",
        "inner/c.c",
        "inner/d.py",
        "out/.gitignore=!*",
        "out/keep.py",
    )
    assert found_paths(root) == ["inner/b.c"]


def test_a_repository_inside_has_rules_of_its_own(plant: Plant) -> None:
    root = plant(".git/HEAD", ".gitignore=*", "a.py", "project/.git/HEAD", "project/b.py", "c/d.py")
    assert found_paths(root) == ["project/b.py"]


def test_a_root_inside_a_work_tree_obeys_the_files_above(plant: Plant, tmp_path: Path) -> None:
    root = plant(".git/HEAD", ".gitignore=*.gen.py\n/part/skip/", "part/a.py", "part/b.gen.py")
    plant("part/skip/c.py", "part/skip/d.png")
    assert found_paths(root / "part") == ["a.py", "skip/d.png"]
    assert found_paths(root / "part" / "skip") == ["d.png"]
    (tmp_path / "alias").symlink_to(root / "part")
    assert found_paths(tmp_path / "alias") == ["a.py", "skip/d.png"]


def test_outside_of_a_work_tree_nothing_above_counts(plant: Plant) -> None:
    root = plant(".gitignore=*.py", "part/a.py")
    assert found_paths(root / "part") == ["a.py"]


def test_odd_files_hide_nothing(plant: Plant) -> None:
    root = plant("a/x.py", "b/x.py", "c/x.py", "c/y.py")
    os.mkfifo(root / "a" / ".gitignore")
    (root / "b" / ".gitignore").mkdir()
    (root / "c" / ".gitignore").write_bytes(b"\xff\xfe\x00!\n!\n\\\n# y.py\ny.py\r\n")
    assert found_paths(root) == ["a/x.py", "b/x.py", "c/x.py"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the oracle")
def test_git_agrees(plant: Plant) -> None:
    names = [
        f"{folder}{stem}.{suffix}"
        for folder in ("", "src/", "src/deep/", "build/", "doc/build/", "a b/")
        for stem in ("one", "two", "test_x", "#odd", "!bang")
        for suffix in ("py", "c", "md")
    ]
    root = plant(*names)
    (root / ".gitignore").write_text(
        "# comment\n\n*.c\n!two.c\n/build/\ndoc/**/one.*\ntest_?.md\n\\#odd.py\n\\!bang.md\n"
        "src/*/two.py\n[st]wo.md\n",
        encoding="utf-8",
    )
    (root / "src" / ".gitignore").write_text("!test_x.c\none.py \n", encoding="utf-8")
    assert sorted(found_paths(root)) == sorted(set(names) - _ignored_by_git(root, names))


def _ignored_by_git(root: Path, names: list[str]) -> set[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "-q", str(root)], check=True, env=environment)
    answer = subprocess.run(
        ["git", "-C", str(root), "check-ignore", "-z", "--stdin"],
        input="\0".join(names).encode(),
        capture_output=True,
        env=environment,
        check=True,
    ).stdout
    return set(answer.decode().split("\0")) - {""}
