"""What a kill or a power cut leaves is made whole again."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import lancedb
import pytest

from mmsearch.atomic import LEFTOVER
from mmsearch.store import reading
from mmsearch.store.folder import change_state, open_folder, read_state
from mmsearch.store.mending import mend_tables
from mmsearch.store.records import RootRecord
from mmsearch.store.store import Store

from .conftest import DIM, asset, segment
from .test_words import code

DAMAGES = {
    "empty": lambda content: b"",
    "half": lambda content: content[: len(content) // 2],
    "zeros": lambda content: bytes(len(content)),
    "gone": lambda content: None,
}


@pytest.fixture
def cut_off(store: Store) -> Store:
    """A store with two assets, of which the second was being written when it all ended."""
    with store.writing():
        store.put_roots([RootRecord("root", "/x")])
        store.commit([asset("a.jpg", "c1")], [segment("c1")])
    with store.writing():
        store.commit([asset("b.jpg", "c2")], [segment("c2")])
    change_state(store.folder, writing=True)
    store.close()
    return Store(store.folder, space="fake@1", dim=DIM)


def tables(store: Store) -> list[Path]:
    return sorted((store.folder / "tables").glob("*.lance"))


def damage(path: Path, how: Callable[[bytes], bytes | None]) -> None:
    content = how(path.read_bytes())
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("table", ["assets", "segments_fake_1", "words"])
def test_a_table_goes_back_to_what_can_be_read(cut_off: Store, table: str, how: str) -> None:
    versions = cut_off.folder / "tables" / f"{table}.lance" / "_versions"
    damage(min(versions.glob("*.manifest")), DAMAGES[how])

    assert "a.jpg" in cut_off.gallery()[1].relative_paths

    with cut_off.writing():
        stored = {row["relative_path"] for row in cut_off.assets().to_pylist()}
        missing = {"a.jpg", "b.jpg"} - stored
        cut_off.commit(
            [asset(name, f"c{'ab'.index(name[0]) + 1}") for name in sorted(missing)],
            [segment(f"c{'ab'.index(name[0]) + 1}") for name in sorted(missing)],
        )
    assert sorted(cut_off.gallery()[1].relative_paths) == ["a.jpg", "b.jpg"]
    assert cut_off.check() == []


@pytest.mark.parametrize("how", DAMAGES)
def test_a_table_goes_back_when_its_data_cannot_be_read(cut_off: Store, how: str) -> None:
    data = cut_off.folder / "tables" / "segments_fake_1.lance" / "data"
    damage(max(data.iterdir(), key=lambda path: path.stat().st_mtime_ns), DAMAGES[how])

    assert cut_off.gallery()[1].n_segment == 2, "as before the files were merged"
    with cut_off.writing():
        pass
    assert cut_off.gallery()[1].n_asset == cut_off.gallery()[1].n_segment == 2
    assert cut_off.check() == []


def test_no_file_stays_whose_segments_are_lost(cut_off: Store) -> None:
    database = lancedb.connect(str(cut_off.folder / "tables"))
    database.open_table("segments_fake_1").delete("content_id = 'c2'")

    with cut_off.writing():
        pass

    assert list(cut_off.gallery()[1].relative_paths) == ["a.jpg"]
    assert cut_off.check() == []


def test_tables_without_a_good_version_are_made_anew(cut_off: Store) -> None:
    for table in tables(cut_off):
        for version in (table / "_versions").glob("*.manifest"):
            version.write_bytes(b"")

    assert cut_off.gallery()[1].n_asset == 0
    with cut_off.writing():
        cut_off.commit([asset("a.jpg", "c1")], [segment("c1")])
    assert cut_off.gallery()[1].n_asset == 1
    assert cut_off.check() == []


def test_whole_tables_are_left_alone(cut_off: Store) -> None:
    assert mend_tables(cut_off.folder) == []


def test_what_a_kill_left_uncounted_gets_into_the_snapshot(store: Store) -> None:
    with store.writing():
        store.put_roots([RootRecord("root", "/x")])
        store.commit([asset("a.jpg", "c1")], [segment("c1")])
    before = read_state(store.folder)
    with store.writing():
        store.commit([asset("b.jpg", "c2")], [segment("c2")])
        # As if the process had been killed before the commit was counted.
        change_state(store.folder, generation=before.generation)
        killed = read_state(store.folder)
    store.close()
    (store.folder / "state.json").write_text(
        json.dumps({"generation": killed.generation, "snapshot": before.snapshot, "writing": True})
    )

    after = Store(store.folder, space="fake@1", dim=DIM)
    with after.writing():
        pass

    assert sorted(after.gallery()[1].relative_paths) == ["a.jpg", "b.jpg"]
    assert read_state(after.folder).generation > before.generation
    assert after.check() == []


def test_a_reader_does_not_mend_what_somebody_writes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended: list[Path] = []
    monkeypatch.setattr(reading, "mend_tables", mended.append)
    reader = Store(store.folder, space="fake@1", dim=DIM)
    with store.writing():
        store.commit([asset("a.jpg", "c1")], [segment("c1")])
        assert reader.gallery()[1].n_asset == store.gallery()[1].n_asset == 1
        assert mended == []
    change_state(store.folder, writing=True)
    reader.gallery()
    assert mended == [store.folder]
    reader.close()


def test_half_written_files_of_long_ago_are_swept_away(store: Store) -> None:
    for home in ("", "normalise", "map"):
        (store.folder / home).mkdir(exist_ok=True)
        (store.folder / home / f"{LEFTOVER}old").write_bytes(b"half")
        os.utime(store.folder / home / f"{LEFTOVER}old", (0, time.time() - 3600))
    (store.folder / f"{LEFTOVER}young").write_bytes(b"somebody writes this now")
    for draft in ("snapshot/7.draft", "normalise/auto-3.99.draft"):
        (store.folder / draft).mkdir(parents=True)

    with store.writing():
        pass

    assert [path.name for path in store.folder.rglob(f"{LEFTOVER}*")] == [f"{LEFTOVER}young"]
    assert not list(store.folder.rglob("*.draft"))


def test_a_folder_whose_making_was_cut_off_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / f"{LEFTOVER}abc").write_bytes(b"kind = ")
    open_folder(tmp_path, create=True)
    open_folder(tmp_path, create=False)


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_index_of_words_is_made_anew(store: Store, how: str) -> None:
    with store.writing():
        store.put_roots([RootRecord("root", "/x")])
        store.commit([asset("w.py", "c1", modality="code")], [code("c1", "alpha beta")])
    change_state(store.folder, writing=True)
    store.close()
    for path in (store.folder / "tables" / "words.lance" / "_indices").rglob("*.lance"):
        damage(path, DAMAGES[how])

    after = Store(store.folder, space="fake@1", dim=DIM)
    with after.writing():
        if "c1" not in after.fresh_tables().word_contents():
            after.forget_wordless(["root"])
            after.commit([asset("w.py", "c1", modality="code")], [code("c1", "alpha beta")])

    assert list(after.match_words(["alpha"], 10).content_ids) == ["c1"]
    assert after.check() == []
    after.close()
