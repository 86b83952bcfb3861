"""The doctor finds each kind of damage, and mends it without touching what a person told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import lancedb
import numpy as np
import pyarrow as pa
import pytest

from mmsearch.errors import LibraryError
from mmsearch.store.folder import change_state, read_state
from mmsearch.store.records import RootRecord
from mmsearch.store.store import Store
from mmsearch.store.tables import Tables

from .conftest import DIM, asset, segment
from .test_words import code


@pytest.fixture
def library(store: Store) -> Store:
    with store.writing():
        store.put_roots([RootRecord("root", "/x")])
        assets = [asset("a.jpg", "c1"), asset("b.jpg", "c2"), asset("w.py", "c3", modality="code")]
        store.commit(assets, [segment("c1"), segment("c2", direction=1), code("c3", "alpha beta")])
    store.close()
    return store


def table(library: Store, name: str) -> lancedb.table.Table:
    return lancedb.connect(str(library.folder / "tables")).open_table(name)


def rows_again(name: str, where: str) -> Callable[[Store], None]:
    def put_twice(library: Store) -> None:
        some = table(library, name)
        some.add(some.search().where(where).to_arrow())

    return put_twice


def orphan_segment(library: Store) -> None:
    some = table(library, "segments_fake_1")
    rows = some.search().where("content_id = 'c1'").to_arrow()
    some.add(rows.set_column(0, "content_id", [["nobody"]]))


def orphan_words(library: Store) -> None:
    some = table(library, "words")
    rows = some.search().to_arrow()
    some.add(rows.set_column(0, "content_id", [["nobody"]]))


def lost_segment(library: Store) -> None:
    table(library, "segments_fake_1").delete("content_id = 'c1'")


def odd_vector(value: float) -> Callable[[Store], None]:
    def spoil(library: Store) -> None:
        some = table(library, "segments_fake_1")
        rows = some.search().where("content_id = 'c1'").to_arrow()
        vectors = pa.FixedSizeListArray.from_arrays(pa.array(np.full(DIM, value, "f2")), DIM)
        some.delete("content_id = 'c1'")
        some.add(rows.set_column(rows.schema.get_field_index("vector"), "vector", vectors))

    return spoil


def no_root(library: Store) -> None:
    (library.folder / "roots.json").write_text("[]")


def cut_off(library: Store) -> None:
    change_state(library.folder, writing=True)


def damaged_snapshot(library: Store) -> None:
    generation = read_state(library.folder).generation
    path = library.folder / "snapshot" / str(generation) / "kind.npy"
    path.write_bytes(path.read_bytes()[:20])


def older_snapshot(library: Store) -> None:
    table(library, "assets").delete("asset_id = 'id-b.jpg'")
    table(library, "segments_fake_1").delete("content_id = 'c2'")


def damaged_table(library: Store) -> None:
    versions = library.folder / "tables" / "assets.lance" / "_versions"
    min(versions.glob("*.manifest")).write_bytes(b"")


def left_draft(library: Store) -> None:
    (library.folder / "snapshot" / "99.draft").mkdir()


def odd_terms(library: Store) -> None:
    generation = read_state(library.folder).generation
    home = library.folder / "normalise" / f"auto-{generation}"
    home.mkdir(parents=True)
    np.save(home / "keys.npy", np.zeros(99, np.uint64))
    head = {"format": 1, "identity": "x", "generation": generation, "raw": [], "active": []}
    (home / "head.json").write_text(json.dumps(head))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (rows_again("assets", "asset_id = 'id-a.jpg'"), "files listed twice: 1"),
        (rows_again("segments_fake_1", "content_id = 'c1'"), "segments stored twice: 1"),
        (rows_again("words", "content_id = 'c3'"), "whose words are stored twice: 1"),
        (orphan_segment, "contents with segments, but no file: 1"),
        (orphan_words, "contents with words, but no file: 1"),
        (lost_segment, "files that have lost their segments: 1"),
        (odd_vector(3.0), "contents with damaged vectors: 1"),
        (no_root, "files of no folder of the library: 3"),
        (cut_off, "session: the last one that wrote was cut off"),
        (damaged_snapshot, "snapshot: missing or not to be read"),
        (older_snapshot, "snapshot: differs from the tables"),
        (damaged_table, "table assets: cannot be read"),
        (left_draft, "half-written files of a killed process: 1"),
        (odd_terms, "terms against hubs that do not fit the library: auto-"),
    ],
)
def test_damage_is_found_and_mended(
    library: Store, damage: Callable[[Store], None], said: str
) -> None:
    assert library.check() == []
    damage(library)

    assert any(said in finding.message for finding in library.check())
    assert any(said in line for line in library.repair())
    assert library.check() == []
    assert library.repair() == []


def test_numbers_that_are_none_are_damage(library: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = np.eye(3, DIM, dtype=np.float16)
    vectors[0, 3], vectors[1, 3] = np.nan, np.inf
    batch = (["c1", "c2", "c3"], vectors)
    monkeypatch.setattr(Tables, "vector_batches", lambda self: iter([batch]))

    (finding,) = library.check()

    assert finding.contents == {"c1", "c2"}


def test_files_with_damaged_rows_are_forgotten_and_no_others(library: Store) -> None:
    odd_vector(0.1)(library)

    done = library.repair()

    assert "files forgotten, to be read again by mmsearch index: 1" in done
    assert sorted(library.gallery()[1].relative_paths) == ["b.jpg", "w.py"]


@pytest.mark.parametrize("name", ["searches.json", "recent.json", "different.jsonl"])
def test_what_a_person_told_is_named_and_never_dropped(library: Store, name: str) -> None:
    (library.folder / name).write_text('{"half')

    library.repair()

    assert [finding.message.split(":")[0] for finding in library.check()] == [name]
    assert library.check()[0].is_told
    assert (library.folder / name).read_text() == '{"half'


def test_nobody_repairs_what_somebody_writes(library: Store, tmp_path: Path) -> None:
    other = Store(library.folder, space="fake@1", dim=DIM)
    with other.writing():
        assert library.is_being_written()
        with pytest.raises(LibraryError, match="in use"):
            library.repair()
    assert not library.is_being_written()
    other.close()
