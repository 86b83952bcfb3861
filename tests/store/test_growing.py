"""A gallery that has grown is the one that would be read from the tables."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmsearch.concepts import Vocabulary
from mmsearch.gallery import Gallery
from mmsearch.postings import Postings
from mmsearch.store import growing, reading
from mmsearch.store.records import FAILED, INDEXED, AssetRecord, RootRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import LineRange, Modality, TimeRange
from tests.store.conftest import DIM
from tests.vocabularies import vocabulary_of

SPACE = "fake@1"
_KINDS = (Modality.IMAGE, Modality.VIDEO, Modality.CODE)


def _records(places: Sequence[int]) -> tuple[list[AssetRecord], list[SegmentRecord]]:
    """Pictures, films of three shots and code in folders; every seventh is a copy of another."""
    assets, segments = [], []
    for place in places:
        kind, content = _KINDS[place % 3], place - 3 if place % 7 == 6 else place
        extension = ("jpg", "mp4", "py")[place % 3]
        path = f"folder {place // 5}/Name {place} of it.{extension}"
        said = '{"language":"python"}' if kind is Modality.CODE else "{}"
        assets.append(
            AssetRecord(
                f"a{place}", f"root {place % 2}", path, kind.value, place, place, f"c{content}",
                INDEXED, metadata=said, space=SPACE,
            )
        )  # fmt: skip
        if content == place:
            segments += _segments(place, kind)
    return assets, segments


def _segments(place: int, kind: Modality) -> list[SegmentRecord]:
    chance = np.random.default_rng(place)
    found = []
    for ordinal in range(3 if kind is Modality.VIDEO else 1):
        vector = chance.standard_normal(DIM).astype(np.float32)
        vector /= np.linalg.norm(vector)
        locator = {Modality.VIDEO: TimeRange(ordinal, ordinal + 1), Modality.CODE: LineRange(1, 9)}
        words = f"word{place} shared a{place % 4}" if kind is Modality.CODE else None
        found.append(SegmentRecord(f"c{place}", ordinal, kind, locator.get(kind), vector, words))
    return found


class _Watched:
    """Counts the galleries that were grown, and those that had to be read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.n_grown = self.n_read = 0

        def grown(*arguments: Any) -> Gallery | None:
            found = growing.grown_gallery(*arguments)
            self.n_grown += found is not None
            self.n_read += found is None
            return found

        monkeypatch.setattr(reading, "grown_gallery", grown)


def _store(folder: Path, vocabulary: Vocabulary | None = None) -> Store:
    return Store(folder, space=SPACE, dim=DIM, vocabulary=lambda: vocabulary)


def _write(store: Store, places: Sequence[int]) -> None:
    with store.writing():
        store.put_roots([RootRecord("root 0", "/zero"), RootRecord("root 1", "/one")])
        store.commit(*_records(places))


def _assert_same(found: Any, right: Any, name: str = "") -> None:
    if isinstance(right, np.ndarray):
        assert found.dtype == right.dtype or name.endswith(("rows", "counts", "lengths", "ends"))
        np.testing.assert_array_equal(found, right, err_msg=name)
    elif hasattr(right, "__dataclass_fields__"):
        for one in fields(right):
            _assert_same(getattr(found, one.name), getattr(right, one.name), f"{name}.{one.name}")
    elif isinstance(right, Sequence) and not isinstance(right, str):
        assert list(found) == list(right), name
    else:
        assert found == right, name


@pytest.mark.parametrize("with_concepts", [False, True])
def test_what_came_is_added_to_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, with_concepts: bool
) -> None:
    words = [f"word {place}" for place in range(8)]
    vocabulary = vocabulary_of(words, np.eye(8, DIM)) if with_concepts else None
    watched = _Watched(monkeypatch)
    grown = _store(tmp_path / "grown", vocabulary)
    for places in (range(20), range(20, 23), range(23, 41)):
        _write(grown, places)
    assert (watched.n_grown, watched.n_read) == (2, 0)

    at_once = _store(tmp_path / "at once", vocabulary)
    _write(at_once, range(41))
    right = at_once.gallery()[1]
    assert right.words is not None
    assert isinstance(right.words, Postings)
    _assert_same(grown.gallery()[1], right)


def test_what_goes_or_changes_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = _Watched(monkeypatch)
    store = _store(tmp_path / "library")
    _write(store, range(20))
    with store.writing():
        store.commit(*_records(range(20, 25)))
        store.delete_assets(["a3"])
    with store.writing():
        assets, _ = _records([0])
        store.commit([replace(assets[0], size_bytes=99)], [])
    assert (watched.n_grown, watched.n_read) == (0, 0)
    gallery = store.gallery()[1]
    assert gallery.n_asset == 24
    assert 99 in gallery.asset_size_bytes


def test_another_root_alone_reads_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = _Watched(monkeypatch)
    store = _store(tmp_path / "library")
    _write(store, range(20))
    with store.writing():
        store.put_roots([RootRecord("root 2", "/two")])
    assert (watched.n_grown, watched.n_read) == (1, 0)
    assert store.gallery()[1].n_asset == 20


def test_a_file_that_cannot_be_read_adds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = _Watched(monkeypatch)
    store = _store(tmp_path / "library")
    _write(store, range(20))
    assets, segments = _records(range(20, 24))
    broken = replace(assets[0], status=FAILED, content_id="")
    with store.writing():
        store.commit([broken, *assets[1:]], [one for one in segments if one.content_id != "c20"])
    assert (watched.n_grown, watched.n_read) == (1, 0)
    assert store.gallery()[1].n_asset == 23


def test_a_session_that_was_cut_off_is_not_built_upon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = _Watched(monkeypatch)
    store = _store(tmp_path / "library")
    _write(store, range(20))
    with store.writing():
        store.commit(*_records(range(20, 24)))
        shutil.copytree(tmp_path / "library", tmp_path / "as a power cut leaves it")
    n_grown = watched.n_grown
    again = _store(tmp_path / "as a power cut leaves it")
    _write(again, range(24, 30))
    assert (watched.n_grown, watched.n_read) == (n_grown, 0)
    assert again.gallery()[1].n_asset == 30


def test_that_vectors_are_appended_and_not_copied(tmp_path: Path) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    first = _codes_file(tmp_path / "library").stat()
    generation, earlier = store.gallery()
    before = np.array(earlier.vectors)
    _write(store, range(20, 24))
    later = _codes_file(tmp_path / "library").stat()
    assert (later.st_ino, later.st_dev) == (first.st_ino, first.st_dev)
    assert later.st_size == store.gallery()[1].n_segment * DIM > first.st_size
    assert store.generation > generation
    np.testing.assert_array_equal(np.array(earlier.vectors), before)
    assert not store.check()


def test_that_vectors_a_killed_writer_appended_are_not_taken_for_others(tmp_path: Path) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    with _codes_file(tmp_path / "library").open("ab") as file:
        file.write(b"\x01" * 5 * DIM)
    assert not store.check()
    _write(store, range(20, 24))
    assert _codes_file(tmp_path / "library").stat().st_size == store.gallery()[1].n_segment * DIM
    assert not store.check()


def _codes_file(library: Path) -> Path:
    (found,) = (library / "snapshot").glob("*/codes.rows")
    return found
