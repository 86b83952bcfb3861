"""Touched folders, seen from a root; and walks that look nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.touched import Touched, TouchedBelow, touched_trees
from mmsearch.scan.walk import FoundFile, walk

ROOT = Path("/root")


def below(*folders: str, trees: tuple[str, ...] = ()) -> TouchedBelow | None:
    return Touched(frozenset(map(Path, folders)), frozenset(map(Path, trees))).below(ROOT)


@pytest.mark.parametrize(
    ("folders", "trees", "expected"),
    [
        (("/root",), (), ({""}, set())),
        (("/root/a/b",), (), ({"a/b/"}, set())),
        ((), ("/root",), (set(), {""})),
        ((), ("/",), (set(), {""})),
        ((), ("/root/a",), (set(), {"a/"})),
        (("/rooted", "/other"), ("/root2",), None),
    ],
)
def test_what_concerns_a_root(
    folders: tuple[str, ...],
    trees: tuple[str, ...],
    expected: tuple[set[str], set[str]] | None,
) -> None:
    found = below(*folders, trees=trees)
    assert (found and (found.folders, found.trees)) == expected


def test_a_root_that_is_a_file_is_touched_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.touch()
    found = Touched(frozenset({tmp_path})).below(file)
    assert found is not None
    assert found.holds(".")


def test_where_a_walk_has_to_go() -> None:
    found = below("/root/a/b", trees=("/root/c",))
    assert found is not None
    assert [found.leads_through(name) for name in ("a/", "a/b/", "c/", "c/d/", "cc/", "a/x/")] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
    assert [found.lists(name) for name in ("", "a/", "a/b/", "a/b/c/", "c/", "c/d/")] == [
        False, False, True, False, True, True,
    ]  # fmt: skip
    assert found.holds("a/b/x.py")
    assert not found.holds("x.py")


def test_a_walk_yields_the_same_files_as_the_whole_one(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("secret.py\n")
    for name in ("a.py", "in/secret.py", "in/b.py", "in/deep/c.py", "node_modules/d.py", "x/e.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")

    def names(touched: Touched) -> list[str]:
        found = walk(tmp_path, IgnoreRules(), touched.below(tmp_path))
        return [file.relative_path for file in found if isinstance(file, FoundFile)]

    assert names(touched_trees([tmp_path])) == ["a.py", "in/b.py", "in/deep/c.py", "x/e.py"]
    assert names(Touched(frozenset({tmp_path / "in"}))) == ["in/b.py"]
    assert names(touched_trees([tmp_path / "in"])) == ["in/b.py", "in/deep/c.py"]
    assert names(touched_trees([tmp_path / "node_modules"])) == []
    assert names(touched_trees([tmp_path / "gone"])) == []
