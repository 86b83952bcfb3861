"""A gallery that has grown is the one that would be read from the tables."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mmsearch.concepts import Vocabulary
from mmsearch.gallery import Gallery
from mmsearch.store.folder import State, read_state
from mmsearch.store.reading import StoreReader
from mmsearch.store.records import FAILED, INDEXED, AssetRecord, RootRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.store.tables import Tables
from mmsearch.types import LineRange, Modality, TimeRange
from tests.store.conftest import DIM
from tests.store.facts import facts, wholes
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
    """Counts how often the gallery had to be read from the tables."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.n_read = 0
        read = StoreReader.read_gallery

        def counted(reader: StoreReader) -> Gallery:
            self.n_read += 1
            return read(reader)

        monkeypatch.setattr(StoreReader, "read_gallery", counted)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> _Watched:
    return _Watched(monkeypatch)


def _store(folder: Path, vocabulary: Vocabulary | None = None) -> Store:
    return Store(folder, space=SPACE, dim=DIM, vocabulary=lambda: vocabulary)


def _write(store: Store, places: Sequence[int]) -> None:
    with store.writing():
        store.put_roots([RootRecord("root 0", "/zero"), RootRecord("root 1", "/one")])
        store.commit(*_records(places))


def _assert_right(store: Store) -> None:
    """What the store shows is what its tables hold."""
    found, right = store.gallery()[1], store.whole_gallery(State())
    assert facts(found) == facts(right)
    assert wholes(found) == wholes(right)


def _vocabulary() -> Vocabulary:
    return vocabulary_of([f"word {place}" for place in range(8)], np.eye(8, DIM))


@pytest.mark.parametrize("with_concepts", [False, True])
def test_what_came_is_added_to_what_was_there(
    tmp_path: Path, watched: _Watched, *, with_concepts: bool
) -> None:
    store = _store(tmp_path / "library", _vocabulary() if with_concepts else None)
    for places in (range(20), range(20, 23), range(23, 41)):
        _write(store, places)
    assert watched.n_read == 0
    assert store.gallery()[1].n_asset == 41
    _assert_right(store)


def test_that_a_reader_sees_what_a_session_has_done_without_a_table(
    tmp_path: Path, watched: _Watched
) -> None:
    store, reader = _store(tmp_path / "library"), _store(tmp_path / "library")
    _write(store, range(20))
    with store.writing():
        assert reader.gallery()[1].n_asset == 20
        store.commit(*_records(range(20, 24)))
        assert reader.gallery()[1].n_asset == 24
        store.delete_assets(["a3", "a21"])
        assert watched.n_read == 0
        _assert_right(reader)
    assert store.gallery()[1].n_asset == 22
    _assert_right(reader)


def test_that_a_reader_needs_no_table_while_a_session_ends(
    tmp_path: Path, watched: _Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, reader = _store(tmp_path / "library"), _store(tmp_path / "library")
    _write(store, range(20))
    seen = []

    def sync(folder: Path) -> None:
        seen.append(reader.gallery()[1].n_asset)

    monkeypatch.setattr("mmsearch.store.store.sync_whole_folder", sync)
    _write(store, range(20, 24))
    assert seen == [24]
    assert watched.n_read == 0
    assert len(list((store.folder / "snapshot").iterdir())) == 1


def test_that_many_new_files_are_folded_into_a_snapshot(tmp_path: Path, watched: _Watched) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    with store.writing():
        since = read_state(store.folder).snapshot
        store.commit(*_records(range(20, 22)))
        assert read_state(store.folder).snapshot == since
        store.commit(*_records(range(22, 60)))
        assert read_state(store.folder).snapshot > since
        store.delete_assets(["a2", "a30"])
        store.commit(*_records(range(60, 62)))
        assert watched.n_read == 0
        _assert_right(store)
    _assert_right(store)


def test_that_what_nobody_has_is_found_again_until_the_session_ends(
    tmp_path: Path, watched: _Watched
) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(4))
    with store.writing():
        store.delete_assets(["a0", "a1"])
        assets, _ = _records(range(2))
        store.commit([replace(assets[1], asset_id="found again")], [])
    assert watched.n_read == 0
    assert store.gallery()[1].n_asset == 3
    _assert_right(store)


def test_what_goes_or_changes_is_taken_out(tmp_path: Path, watched: _Watched) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    with store.writing():
        store.commit(*_records(range(20, 25)))
        store.delete_assets(["a3"])
    with store.writing():
        assets, _ = _records([0])
        store.commit([replace(assets[0], size_bytes=99)], [])
    assert watched.n_read == 0
    gallery = store.gallery()[1]
    assert gallery.n_asset == 24
    assert 99 in gallery.asset_size_bytes
    _assert_right(store)
    assert not store.check()


def test_that_vectors_of_what_went_stay_until_they_are_many(
    tmp_path: Path, watched: _Watched
) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(40))
    n_segment = store.gallery()[1].n_segment
    with store.writing():
        store.delete_assets(["a1"])
    assert len(store.gallery()[1].vectors.codes) == n_segment > store.gallery()[1].n_segment
    _write(store, range(40, 44))
    _assert_right(store)
    with store.writing():
        store.delete_assets([f"a{place}" for place in range(2, 15)])
    assert len(store.gallery()[1].vectors.codes) == store.gallery()[1].n_segment
    assert watched.n_read == 1, "by the comparison above"
    _assert_right(store)
    assert not store.check()


def test_that_a_forgotten_folder_is_taken_out(tmp_path: Path, watched: _Watched) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    with store.writing():
        store.forget_root("root 1")
    assert watched.n_read == 0
    assert store.gallery()[1].root_ids == ("root 0",)
    _assert_right(store)
    assert not store.check()


def test_that_segments_may_come_before_their_file(tmp_path: Path, watched: _Watched) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    assets, segments = _records([22])
    with store.writing():
        store.commit([], segments[:2])
        assert store.gallery()[1].n_asset == 20
        store.commit(assets, segments[2:])
        _assert_right(store)
    assert watched.n_read == 1, "by the comparison above"
    _assert_right(store)


def test_another_root_alone_reads_no_rows(tmp_path: Path, watched: _Watched) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    with store.locked():
        store.put_roots([RootRecord("root 2", "/two")])
    assert store.gallery()[1].n_asset == 20
    with store.writing():
        store.put_roots([RootRecord("root 3", "/three")])
    assert store.gallery()[1].n_asset == 20
    assert watched.n_read == 0


def test_a_file_that_cannot_be_read_adds_nothing(tmp_path: Path, watched: _Watched) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    assets, segments = _records(range(20, 24))
    broken = replace(assets[0], status=FAILED, content_id="")
    with store.writing():
        store.commit([broken, *assets[1:]], [one for one in segments if one.content_id != "c20"])
    assert watched.n_read == 0
    assert store.gallery()[1].n_asset == 23


def test_a_session_that_was_cut_off_is_not_built_upon(tmp_path: Path, watched: _Watched) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    with store.writing():
        store.commit(*_records(range(20, 24)))
        shutil.copytree(tmp_path / "library", tmp_path / "as a power cut leaves it")
    assert watched.n_read == 0
    again = _store(tmp_path / "as a power cut leaves it")
    assert again.gallery()[1].n_asset == 24
    assert watched.n_read == 1
    _write(again, range(24, 30))
    assert watched.n_read == 2
    assert again.gallery()[1].n_asset == 30


def test_a_change_that_fails_half_way_is_read_from_the_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _store(tmp_path / "library")
    _write(store, range(20))
    assets, segments = _records(range(20, 24))
    failures = []

    def fail(*_: Any) -> None:
        failures.append("half way")
        raise RuntimeError

    with contextlib.suppress(RuntimeError), store.writing():
        store.commit(assets[:1], segments[:1])
        monkeypatch.setattr(Tables, "put_assets", fail)
        store.commit(assets[1:], segments[1:])
    assert failures
    assert store.gallery()[1].n_asset == 21
    _assert_right(store)
    assert not store.check()


_PLACES = st.integers(0, 11)
_STEPS = st.one_of(
    st.tuples(st.just("add"), st.lists(_PLACES, min_size=1, max_size=4, unique=True)),
    st.tuples(st.just("change"), st.lists(_PLACES, min_size=1, max_size=2, unique=True)),
    st.tuples(st.just("touch"), st.lists(_PLACES, min_size=1, max_size=2, unique=True)),
    st.tuples(st.just("break"), st.lists(_PLACES, min_size=1, max_size=1)),
    st.tuples(st.just("delete"), st.lists(_PLACES, min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("move"), st.lists(_PLACES, min_size=2, max_size=2, unique=True)),
    st.tuples(st.just("find again"), st.lists(_PLACES, min_size=1, max_size=1)),
    st.tuples(st.just("copy"), st.lists(_PLACES, min_size=2, max_size=2, unique=True)),
)


class _Files:
    """Files that are changed as an indexing run would tell of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.content_of: dict[str, str] = {}
        self.stored: set[str] = set()
        self.number = 0

    def step(self, what: str, places: Sequence[int]) -> None:
        names = [f"a{place}" for place in places]
        known = [name for name in names if name in self.content_of]
        match what:
            case "add" | "change":
                self.put({name: self.new_content(name) for name in names})
            case "touch":
                self.number += 1
                self.put({name: self.content_of[name] for name in known})
            case "break":
                self.store.commit([self.asset(names[0], "", FAILED)], [])
                self.content_of.pop(names[0], None)
            case "delete":
                self.delete(known)
            case "find again":
                lost = sorted(self.stored - set(self.content_of.values()))
                self.put(dict.fromkeys(names, lost[-1]) if lost else {})
            case "move" | "copy" if names[0] in self.content_of:
                self.put({names[1]: self.content_of[names[0]]})
                if what == "move":
                    self.delete([names[0]])

    def new_content(self, name: str) -> str:
        self.number += 1
        return f"c{10_000 + self.number * 100 + int(name[1:])}"

    def put(self, contents: dict[str, str]) -> None:
        segments = []
        for content in set(contents.values()) - self.stored:
            place = int(content[1:])
            segments += _segments(place, _KINDS[place % 3])
        self.stored |= set(contents.values())
        self.content_of |= contents
        self.store.commit([self.asset(*pair) for pair in contents.items()], segments)

    def asset(self, name: str, content: str, status: str = INDEXED) -> AssetRecord:
        place = int(name[1:])
        kind = _KINDS[int(content[1:] or 0) % 3]
        said = '{"language":"python"}' if kind is Modality.CODE else "{}"
        path = f"folder {place % 4}/Name {place} of it.{('jpg', 'mp4', 'py')[place % 3]}"
        return AssetRecord(
            name, f"root {place % 2}", path, kind.value, place, self.number, content, status,
            metadata=said, space=SPACE,
        )  # fmt: skip

    def delete(self, names: Sequence[str]) -> None:
        self.store.delete_assets(names)
        for name in names:
            del self.content_of[name]

    def end(self) -> None:
        """When a session ends, what nobody has any more is deleted."""
        self.stored = set(self.content_of.values())


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(_STEPS, min_size=2, max_size=5), min_size=2, max_size=3))
def test_that_any_changes_end_as_the_tables_do(
    tmp_path_factory: pytest.TempPathFactory, sessions: list[list[tuple[str, list[int]]]]
) -> None:
    store = _store(tmp_path_factory.mktemp("any") / "library", _vocabulary())
    with store.writing():
        store.put_roots([RootRecord("root 0", "/zero"), RootRecord("root 1", "/one")])
        store.commit(*_records(range(210, 240)))
    files = _Files(store)
    for steps in sessions:
        with store.writing():
            for what, places in steps:
                files.step(what, places)
            assert store._growing is not None
            _assert_right(store)
        files.end()
        _assert_right(store)
    assert not store.check()


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
