from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.errors import LibraryError
from mmsearch.store.journal import Journal
from mmsearch.store.told import Told


def test_rows_come_back_in_their_order(tmp_path: Path) -> None:
    Journal(tmp_path / "a.jsonl").add({"text": "Möwe\nam Meer"})
    Journal(tmp_path / "a.jsonl").add({"n": 2})
    assert Journal(tmp_path / "a.jsonl").rows() == [{"text": "Möwe\nam Meer"}, {"n": 2}]


def test_a_line_that_was_cut_off_costs_itself_only(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "a.jsonl")
    journal.add({"n": 1})
    with journal.path.open("a") as file:
        file.write('{"n": 2, "te')
    journal.add({"n": 3})
    assert journal.rows() == [{"n": 1}, {"n": 3}]


def test_nothing_was_told_yet(tmp_path: Path) -> None:
    assert Told(tmp_path).different() == frozenset()


def test_pairs_are_remembered_in_either_order(tmp_path: Path) -> None:
    Told(tmp_path).say_different("a", "b")
    Told(tmp_path).say_different("b", "a")
    assert Told(tmp_path).different() == {frozenset(("a", "b"))}


def test_a_pair_can_be_taken_back_and_said_again(tmp_path: Path) -> None:
    told = Told(tmp_path)
    told.say_different("a", "b")
    told.say_different("a", "c")
    told.take_back_different("b", "a")
    assert Told(tmp_path).different() == {frozenset(("a", "c"))}
    told.say_different("a", "b")
    assert len(Told(tmp_path).different()) == 2


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(LibraryError, match="cannot be written"):
        Journal(tmp_path / "a.jsonl").add({})
    with pytest.raises(LibraryError, match="cannot be read"):
        Journal(tmp_path / "a.jsonl").rows()
