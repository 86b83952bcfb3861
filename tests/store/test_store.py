from __future__ import annotations

import multiprocessing
from pathlib import Path

import numpy as np
import pytest

from mmsearch.errors import LibraryError
from mmsearch.store.folder import read_state
from mmsearch.store.records import FAILED, RootRecord
from mmsearch.store.store import Store
from mmsearch.types import LineRange, Modality, TimeRange

from .conftest import DIM, asset, segment


def reopen(store: Store) -> Store:
    store.close()
    return Store(store.folder, space="fake@1", dim=DIM)


def test_a_new_library_is_empty(store: Store) -> None:
    generation, gallery = store.gallery()

    assert generation == 0
    assert (gallery.n_asset, gallery.n_segment) == (0, 0)
    assert gallery.vectors.shape == (0, DIM)


def test_what_is_committed_is_found_after_reopening(store: Store) -> None:
    with store.writing():
        store.commit(
            [asset("film.mp4", "c1", modality="video"), asset("read.py", "c2", modality="code")],
            [
                segment("c1", 1, Modality.AUDIO, TimeRange(2.5, 7.5), direction=2),
                segment("c1", 0, Modality.VIDEO, TimeRange(0, 2.5), direction=1),
                segment("c2", 0, Modality.CODE, LineRange(3, 9), direction=3),
            ],
        )

    _, gallery = reopen(store).gallery()

    assert sorted(gallery.relative_paths) == ["film.mp4", "read.py"]
    content = gallery.asset_content[list(gallery.relative_paths).index("film.mp4")]
    first, end = gallery.first_segment[content], gallery.first_segment[content + 1]
    assert [gallery.locator(place) for place in range(first, end)] == [
        TimeRange(0, 2.5),
        TimeRange(2.5, 7.5),
    ]
    assert gallery.vectors[first:end].argmax(axis=1).tolist() == [1, 2]
    other = gallery.asset_content[list(gallery.relative_paths).index("read.py")]
    assert gallery.locator(gallery.first_segment[other]) == LineRange(3, 9)


def test_the_snapshot_answers_like_the_tables(store: Store) -> None:
    with store.writing():
        store.commit([asset("ä.jpg", "c1"), asset("b.jpg", "")], [segment("c1", direction=4)])
    state = read_state(store.folder)
    assert state.snapshot == state.generation
    _, from_snapshot = reopen(store).gallery()

    from_tables = store.read_gallery()

    assert list(from_snapshot.relative_paths) == list(from_tables.relative_paths)
    assert from_snapshot.asset_content.tolist() == from_tables.asset_content.tolist() == [0, -1]
    np.testing.assert_array_equal(from_snapshot.vectors, from_tables.vectors)


def test_a_damaged_snapshot_is_replaced_by_the_tables(store: Store) -> None:
    with store.writing():
        store.commit([asset("a.jpg", "c1")], [segment("c1")])
    for file in store.folder.glob("snapshot/*/vectors.npy"):
        file.write_bytes(b"nonsense")

    assert reopen(store).gallery()[1].n_segment == 1


def test_a_second_commit_of_an_asset_replaces_it(store: Store) -> None:
    with store.writing():
        store.commit([asset("a.jpg", "c1")], [segment("c1")])
    with store.writing():
        store.commit([asset("a.jpg", "c2", size_bytes=11)], [segment("c2", direction=1)])

    _, gallery = store.gallery()
    assert gallery.asset_size_bytes.tolist() == [11]
    assert gallery.n_segment == 1, "the old content has no owner any more"


def test_copies_share_their_segments_until_the_last_one_goes(store: Store) -> None:
    with store.writing():
        store.commit([asset("a.jpg", "c1"), asset("copy.jpg", "c1")], [segment("c1")])
    with store.writing():
        store.delete_assets(["id-a.jpg"])
    assert store.gallery()[1].n_segment == 1

    with store.writing():
        store.delete_assets(["id-copy.jpg"])

    assert store.gallery()[1].n_segment == 0
    with store.writing():
        assert store.fresh_tables().segment_contents() == set()


def test_segments_left_by_a_kill_are_deleted_by_the_next_session(store: Store) -> None:
    with store.writing():
        store.commit([asset("a.jpg", "c1")], [segment("c1")])
        store.commit([], [segment("half", 0), segment("half", 1)])
        assert store.gallery()[1].n_segment == 1, "not owned, so not found"

    with store.writing():
        assert store.fresh_tables().segment_contents() == {"c1"}


def test_failed_assets_are_kept_but_not_searched(store: Store) -> None:
    with store.writing():
        failed = asset("b.jpg", "c9", status=FAILED, failure_kind="corrupt", reason="broken")
        store.commit([failed], [])

    assert store.gallery()[1].n_asset == 0
    assert store.assets().to_pylist()[0]["reason"] == "broken"


def test_forgetting_a_root_forgets_its_assets(store: Store) -> None:
    with store.writing():
        store.put_roots([RootRecord("root", "/x"), RootRecord("other", "/y")])
        store.commit([asset("a.jpg", "c1")], [segment("c1")])
    with store.writing():
        store.forget_root("root")

    assert [root.path for root in store.roots()] == ["/y"]
    assert store.gallery()[1].n_asset == 0


def test_a_reader_sees_the_writers_commits(store: Store) -> None:
    reader = Store(store.folder, space="fake@1", dim=DIM)
    with store.writing():
        store.commit([asset("a.jpg", "c1")], [segment("c1")])
        before, gallery = reader.gallery()
        assert gallery.n_segment == 1
        store.commit([asset("b.jpg", "c2")], [segment("c2")])
        assert reader.generation > before
        assert reader.gallery()[1].n_segment == 2
    reader.close()


def _try_to_write(folder: Path, answers: multiprocessing.Queue[str]) -> None:
    store = Store(folder, space="fake@1", dim=DIM)
    try:
        with store.writing():
            answers.put("wrote")
    except LibraryError as error:
        answers.put(error.message)


def test_a_second_writer_is_told_to_wait(store: Store) -> None:
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.SimpleQueue()
    with store.writing():
        other = spawn.Process(target=_try_to_write, args=(store.folder, answers))
        other.start()
        other.join()

    assert "in use" in answers.get()


def test_vectors_with_nan_are_refused_before_anything_is_written(store: Store) -> None:
    bad = segment("c1")
    bad.vector[0] = np.nan
    with store.writing(), pytest.raises(ValueError, match="finite"):
        store.commit([asset("a.jpg", "c1")], [bad])

    assert store.gallery()[1].n_asset == 0


def test_writing_outside_a_session_is_a_bug(store: Store) -> None:
    with pytest.raises(RuntimeError, match="session"):
        store.commit([], [])


def test_columns_for_the_filters(store: Store) -> None:
    assets = [
        asset("a.JPG", "c1", taken_at="2023-07-14T23:59:59"),
        asset("sub/deep.er/b.tar.gz", "c1", taken_at="0000-00-00T00:00:00", mtime_ns=0),
        asset("sub/Makefile", "c1", mtime_ns=86_400 * 10**9 * 3 + 43_200 * 10**9),
    ]
    with store.writing():
        store.commit(assets, [segment("c1")])

    _, gallery = reopen(store).gallery()

    rows = [list(gallery.relative_paths).index(one.relative_path) for one in assets]
    assert [gallery.folders[gallery.asset_folder[row]] for row in rows] == [
        "",
        "sub/deep.er/",
        "sub/",
    ]
    assert [gallery.extensions[gallery.asset_extension[row]] for row in rows] == ["jpg", "gz", ""]
    assert gallery.asset_day[rows].tolist()[0] == 19552
    assert gallery.asset_day[rows].tolist()[1] in (-1, 0), "the day of the file, in local time"
    assert gallery.asset_day[rows].tolist()[2] == 3
