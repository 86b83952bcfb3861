"""When a library is looked through again, with a clock that goes when the test says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mmsearch.background.lookout import EVERYWHERE, Lookout
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.touched import Touched, touched_trees


class Folders:
    """What a lookout asks of a library."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sign = 1

    def drive_sign(self) -> int:
        return self.sign

    def online_roots(self) -> list[Path]:
        return [self.root]

    def ignore_rules(self) -> IgnoreRules:
        return IgnoreRules()


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


@pytest.fixture
def clock() -> list[float]:
    return [1000.0]


@pytest.fixture
def lookout(folders: Folders, clock: list[float]) -> Iterator[Lookout]:
    with Lookout(folders, lambda: clock[0]) as made:  # type: ignore[arg-type]
        made.begin()
        yield made


def test_nothing_happens_for_an_hour(lookout: Lookout, clock: list[float]) -> None:
    for _ in range(60):
        clock[0] += 59
        assert lookout.look() is None
    clock[0] += 100
    assert lookout.look() == EVERYWHERE
    assert lookout.look() is None


def test_a_drive_that_comes_or_goes_is_noticed(
    lookout: Lookout, folders: Folders, clock: list[float]
) -> None:
    folders.sign = 2
    clock[0] += 6
    assert lookout.look() == EVERYWHERE
    clock[0] += 6
    assert lookout.look() is None


def test_where_nobody_tells_of_changes_they_are_looked_for(
    lookout: Lookout, folders: Folders, clock: list[float]
) -> None:
    lookout.unwatched.append(folders.root)
    clock[0] += 599
    assert lookout.look() is None
    clock[0] += 2
    assert lookout.look() == touched_trees([folders.root])
    assert lookout.look() is None


def test_what_could_not_be_looked_at_is_said_again(lookout: Lookout, clock: list[float]) -> None:
    touched = Touched(frozenset({Path("/x")}))
    lookout.put_back(touched)
    assert lookout.look() is None
    clock[0] += 11
    assert lookout.look() == touched
    assert lookout.look() is None


def test_a_lookout_that_never_began_looks_everywhere(folders: Folders) -> None:
    with Lookout(folders) as lookout:  # type: ignore[arg-type]
        assert lookout.look() == EVERYWHERE
