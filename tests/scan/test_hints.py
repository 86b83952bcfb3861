"""What is said to have changed, and when it is worth a look."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.scan.hints import Hints
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.touched import Touched


class Clock:
    """Time that passes when a test says so."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root" / "library").mkdir(parents=True)
    return tmp_path / "root"


@pytest.fixture
def hints(root: Path, clock: Clock) -> Hints:
    return Hints([root], IgnoreRules(["old/"], excluded=[root / "library"]), clock)


def test_a_change_is_told_when_it_has_become_quiet(hints: Hints, root: Path, clock: Clock) -> None:
    assert hints.take() is None
    hints.file_changed(str(root / "a" / "x.jpg"))
    clock.now_s += 1.5
    hints.file_changed(str(root / "b" / "y.py"))
    clock.now_s += 1.5
    assert hints.take() is None, "something happened 1.5 s ago"
    clock.now_s += 1
    assert hints.take() == Touched(frozenset({root / "a", root / "b"}))
    assert hints.take() is None


def test_what_never_rests_is_told_all_the_same(hints: Hints, root: Path, clock: Clock) -> None:
    for _ in range(25):
        assert hints.take() is None
        hints.file_changed(str(root / "log.txt"))
        clock.now_s += 0.8
    clock.now_s += 0.8
    assert hints.take() == Touched(frozenset({root}))


@pytest.mark.parametrize(
    "name",
    ["notes.xyz", ".git/index.py", "node_modules/a/b.js", "library/state.py", "old/x.jpg"],
)
def test_what_a_walk_would_not_see_is_no_hint(
    hints: Hints, root: Path, clock: Clock, name: str
) -> None:
    hints.file_changed(str(root / name))
    hints.folder_changed(str((root / name).parent)) if "/" in name else None
    hints.file_changed("/elsewhere/x.jpg")
    clock.now_s += 5
    assert hints.take() is None


def test_folders_are_looked_at_whole(hints: Hints, root: Path, clock: Clock) -> None:
    hints.folder_changed(str(root / "new"))
    hints.file_changed(str(root / "code" / ".gitignore"))
    clock.now_s += 5
    assert hints.take() == Touched(trees=frozenset({root / "new", root / "code"}))


def test_lost_events_mean_everything(hints: Hints, root: Path, clock: Clock) -> None:
    hints.lost()
    clock.now_s += 5
    assert hints.take() == Touched(trees=frozenset({root}))


def test_very_many_folders_mean_everything(hints: Hints, root: Path, clock: Clock) -> None:
    for place in range(600):
        hints.file_changed(str(root / f"{place}" / "x.py"))
    clock.now_s += 5
    touched = hints.take()
    assert touched is not None
    assert root in touched.trees


def test_paths_may_be_told_without_links(tmp_path: Path, root: Path, clock: Clock) -> None:
    link = tmp_path / "link"
    link.symlink_to(root)
    hints = Hints([link], IgnoreRules(), clock)
    hints.file_changed(str(root / "a" / "x.jpg"))
    clock.now_s += 5
    assert hints.take() == Touched(frozenset({link / "a"}))


def test_a_root_that_is_a_file(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "a.py"
    file.touch()
    hints = Hints([file], IgnoreRules(), clock)
    hints.file_changed(str(file))
    clock.now_s += 5
    touched = hints.take()
    assert touched is not None
    below = touched.below(file)
    assert below is not None
    assert below.holds(".")
