"""Scores kept for ANNCUR: by sentence and content, on disk, and only what is missing is asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.errors import LibraryError
from mmsearch.searching.anchors import Anchors, fill_anchors, load_anchors, save_anchors
from mmsearch.searching.judges import OpenJudge
from tests.searching.test_judging import Reader

NAME = "judge@12ab pairs"
KEYS = [("a", 0), ("a", 1), ("b", 0)]


class Shelf:
    """Texts by content, as Items has them."""

    def __init__(self, texts: dict[tuple[str, int], str | None]) -> None:
        self.texts, self.rows = list(texts.items()), np.arange(len(texts))

    def key(self, place: int) -> tuple[str, int]:
        return self.texts[place][0]

    def read(self, place: int) -> str | None:
        return self.texts[place][1]


def fill(library: Path, reader: Reader, sentences: list[str], shelf: Shelf) -> list[object]:
    opened = OpenJudge("judge", NAME, reader)
    return list(fill_anchors(library, opened, sentences, shelf))


def test_they_come_back_from_the_disk(tmp_path: Path) -> None:
    scores = np.arange(6, dtype=np.float32).reshape(2, 3)
    save_anchors(tmp_path, NAME, Anchors(["x", "y"], KEYS, scores))
    kept = load_anchors(tmp_path, NAME)
    assert (kept.sentences, kept.keys) == (("x", "y"), tuple(KEYS))
    assert np.array_equal(kept.scores, scores)
    known, told = kept.of([("b", 0), ("c", 0), ("a", 1)])
    assert known.tolist() == [True, False, True]
    assert told.tolist() == [[2, 1], [5, 4]]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_none(content: bytes, tmp_path: Path) -> None:
    save_anchors(tmp_path, NAME, Anchors(["x"], KEYS, np.zeros((1, 3), np.float32)))
    (path,) = (tmp_path / "anchors").iterdir()
    path.write_bytes(content)
    assert load_anchors(tmp_path, NAME).sentences == ()
    assert load_anchors(tmp_path, "another@12ab pairs").sentences == ()


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "anchors").write_bytes(b"a file where the folder should be")
    with pytest.raises(LibraryError, match="cannot be kept"):
        save_anchors(tmp_path, NAME, Anchors(["x"], KEYS, np.zeros((1, 3), np.float32)))


def test_only_what_is_missing_is_asked(tmp_path: Path) -> None:
    first = Shelf({("a", 0): "red red", ("b", 0): "blue", ("c", 0): None})
    reader = Reader()
    steps = fill(tmp_path, reader, ["red", "blue"], first)
    assert steps[-1] == (5, 6)  # what cannot be read is filled in afterwards
    assert reader.read == ["red red", "blue"] * 2
    kept = load_anchors(tmp_path, NAME)
    assert kept.scores.tolist() == [[2, 0, 0], [0, 1, 0]]

    reader.read.clear()
    more = Shelf({("b", 0): "blue", ("d", 0): "red blue"})
    fill(tmp_path, reader, ["red", "blue", "green"], more)
    assert reader.read == ["red blue", "red blue", "blue", "red blue"]
    kept = load_anchors(tmp_path, NAME)
    assert kept.keys == (("b", 0), ("d", 0))
    assert kept.scores.tolist() == [[0, 1], [1, 1], [0, 0]]


def test_a_run_that_is_cut_off_goes_on_where_it_was(tmp_path: Path) -> None:
    shelf = Shelf({("a", 0): "red", ("b", 0): "blue"})
    reader = Reader()
    run = fill_anchors(tmp_path, OpenJudge("judge", NAME, reader), ["red", "blue"], shelf)
    next(run)
    next(run)  # in the second sentence, so the first is kept
    run.close()
    reader.read.clear()
    fill(tmp_path, reader, ["red", "blue"], shelf)
    assert reader.read == ["red", "blue"], "the second sentence alone"
