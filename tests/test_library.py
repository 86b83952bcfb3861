"""The door as a user of the Python API meets it, with an encoder without weights."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mmsearch.errors import LibraryError, QueryError, UserError
from mmsearch.library import Library, open_library
from mmsearch.scanning import products_by_numpy
from mmsearch.settings import Settings
from mmsearch.types import IndexReport, Modality, Progress
from tests.conftest import FakeEncoder
from tests.files import BLUE, GREEN, RED, save_picture, save_text


@pytest.fixture
def library(tmp_path: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A mixed folder: three pictures and a piece of code."""
    folder = tmp_path / "things"
    save_picture(folder / "red.png", RED)
    save_picture(folder / "deep" / "grün.png", GREEN)
    save_picture(folder / "deep" / "blue.jpg", BLUE)
    save_text(folder / "sorting.py", 'def bubble(items):\n    """sort the items"""\n    return 1\n')
    return folder


def names(library: Library, text: str, **fields: object) -> list[str]:
    return [hit.path.name for hit in library.search(text, **fields)]


def test_add_index_search(library: Library, folder: Path) -> None:
    library.add(folder)
    report = library.index()

    assert (report.n_found, report.n_indexed, report.n_failed) == (4, 4, 0)
    best = library.search("red")[0]
    assert (best.rank, best.path, best.modality) == (1, folder / "red.png", Modality.IMAGE)
    assert best.match > 0.99
    assert best.scores["cosine"] == pytest.approx(1, abs=1e-3)
    assert names(library, "sort items")[0] == "sorting.py"
    assert names(library, "green", modalities=(Modality.IMAGE,), limit=1) == ["grün.png"]


def test_results_are_filtered_by_folder(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()

    assert set(names(library, "red", folders=(folder / "deep",))) == {"grün.png", "blue.jpg"}


def test_an_example_alone_and_with_text_and_with_what_to_avoid(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.add(folder)
    library.index()
    example = save_picture(tmp_path / "outside.png", BLUE)

    assert names(library, "", like=(example,))[0] == "blue.jpg"
    with_text = library.search("red", like=(example,))
    assert {hit.path.name for hit in with_text[:2]} == {"red.png", "blue.jpg"}
    assert {"cosine text", "cosine like:1"} <= set(with_text[0].scores)
    assert names(library, "red blue", avoid=("red",))[0] == "blue.jpg"


def test_nothing_changed_means_nothing_read(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()

    again = library.index()

    assert (again.n_unchanged, again.n_indexed, again.n_segments) == (4, 0, 0)


def test_changed_new_and_removed_files_are_noticed(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    save_picture(folder / "red.png", BLUE, spot=5)
    save_picture(folder / "new.png", RED)
    (folder / "sorting.py").unlink()

    report = library.index()

    assert (report.n_indexed, report.n_reused, report.n_removed) == (1, 1, 1)
    assert names(library, "is it red")[0] == "red.png", "it is called so"
    assert names(library, "something red")[0] == "new.png"
    assert "sorting.py" not in names(library, "sort items")


def test_moved_and_copied_files_keep_their_vectors(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    shutil.move(folder / "red.png", folder / "deep" / "moved.png")
    shutil.copy(folder / "deep" / "blue.jpg", folder / "copy.jpg")

    report = library.index()

    assert (report.n_reused, report.n_indexed, report.n_removed) == (2, 0, 1)
    assert names(library, "red")[0] == "moved.png"
    assert set(names(library, "blue")[:2]) == {"blue.jpg", "copy.jpg"}


def test_copies_found_in_the_same_run_are_read_once(library: Library, tmp_path: Path) -> None:
    for place in range(5):
        save_picture(tmp_path / "copies" / f"{place}.png", RED)
    library.add(tmp_path / "copies")

    report = library.index()

    assert report.n_segments == 1
    assert report.n_indexed + report.n_reused == 5
    assert len(names(library, "red")) == 5


def test_bad_files_cost_one_row_each(library: Library, folder: Path) -> None:
    (folder / "empty.jpg").touch()
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    (folder / "binary.py").write_bytes(b"\x00\x01\x02" * 100)
    os.mkfifo(folder / "pipe.mp4")
    library.add(folder)

    report = library.index()

    assert (report.n_indexed, report.n_failed) == (4, 4)
    kinds = {failed.path.name: failed.kind for failed in library.errors()}
    assert kinds == {
        "empty.jpg": "empty",
        "broken.png": "corrupt",
        "binary.py": "binary",
        "pipe.mp4": "not a regular file",
    }
    assert all(failed.reason for failed in library.errors())
    again = library.index()
    assert again.n_failed == 1, "what has not changed is not tried again, but the pipe is seen"
    assert library.index(retry_failed=True).n_failed == 4


def test_a_mended_file_leaves_the_error_list(library: Library, folder: Path) -> None:
    (folder / "broken.png").write_bytes(b"nothing")
    library.add(folder)
    library.index()
    save_picture(folder / "broken.png", RED, spot=9)

    library.index()

    assert library.errors() == []


def test_a_folder_that_leaves_is_offline_and_comes_back(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    folder.rename(folder.with_name("unplugged"))

    away = library.index()

    assert away.n_removed == 0
    assert "not there" in away.notes[0]
    assert library.status().n_offline == 4
    assert library.search("red")[0].offline

    folder.with_name("unplugged").rename(folder)
    back = library.index()

    assert (back.n_unchanged, back.n_indexed) == (4, 0)
    assert library.status().n_offline == 0
    assert not library.search("red")[0].offline


def test_an_emptied_mount_point_forgets_nothing_until_told(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    shutil.rmtree(folder)
    folder.mkdir()

    report = library.index()
    assert report.n_removed == 0
    assert "--forget-missing" in report.notes[0]
    assert library.search("red")[0].offline

    assert library.index(forget_missing=True).n_removed == 4
    assert library.search("red") == []


def test_stopping_keeps_what_is_done(library: Library, tmp_path: Path) -> None:
    for place in range(40):
        save_picture(tmp_path / "many" / f"{place:02}.png", RED, spot=place)
    library.add(tmp_path / "many")
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 30

    stopped = library.index(stop=stop)
    rest = library.index()

    assert stopped.stopped
    assert 0 < stopped.n_indexed < 40
    assert stopped.n_indexed + rest.n_indexed == 40
    assert rest.n_unchanged == stopped.n_indexed
    assert len(library.search("red", limit=100)) == 40


def test_progress_says_what_is_going_on(library: Library, folder: Path) -> None:
    library.add(folder)
    seen: list[Progress] = []

    library.index(on_progress=seen.append)

    assert seen[0].phase == "scanning"
    assert seen[-1].phase == "finishing"
    assert all(progress.n_done <= progress.n_todo for progress in seen)


def test_leaving_a_run_midway_loses_nothing_that_was_committed(
    library: Library, folder: Path
) -> None:
    library.add(folder)
    steps = library.indexing()
    next(steps)
    steps.close()

    assert library.index().n_indexed == 4


def test_a_changed_encoder_reads_everything_again(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()

    class Newer(FakeEncoder):
        spec = FakeEncoder.spec.__class__(
            id="fake", revision="2", dim=64, modalities=tuple(Modality), image_px=32
        )

    settings = Settings(decode_in_process=True)
    with open_library(library.path, encoder=Newer(), settings=settings) as newer:
        with pytest.raises(LibraryError, match="another encoder"):
            newer.search("red")
        assert newer.index().n_indexed == 4
        assert newer.search("red")[0].path.name == "red.png"


def test_a_folder_inside_another_belongs_to_the_outer_one(library: Library, folder: Path) -> None:
    library.add(folder)
    library.add(folder / "deep")

    assert [root.path for root in library.roots()] == [folder]


def test_an_outer_folder_added_later_counts_no_file_twice(library: Library, folder: Path) -> None:
    library.add(folder / "deep")
    library.add(folder)

    report = library.index()

    assert report.n_found == 4
    assert len(library.search("red")) == 4


def test_removing_a_folder_touches_nothing_on_disk(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()

    library.remove(folder)

    assert library.search("red") == []
    assert library.roots() == []
    assert (folder / "red.png").exists()
    with pytest.raises(UserError, match="not a folder of this library"):
        library.remove(folder)


def test_a_missing_folder_is_told_before_anything_is_added(library: Library, folder: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        library.add(folder, folder / "nowhere")
    assert library.roots() == []


def test_examples_that_cannot_be_used(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    (folder / "empty.jpg").touch()
    (folder / "data.xyz").write_text("?")

    with pytest.raises(QueryError, match=r"empty\.jpg cannot be read"):
        library.search(like=(folder / "empty.jpg",))
    with pytest.raises(QueryError, match=r"data\.xyz cannot be an example"):
        library.search(like=(folder / "data.xyz",))


def test_searching_an_empty_library_answers_nothing(library: Library) -> None:
    assert library.search("red") == []


def test_status_as_in_the_stable_interface(library: Library, folder: Path) -> None:
    (folder / "empty.jpg").touch()
    library.add(folder)
    library.index()

    status = library.status().to_json()

    assert status["assets"] == {"indexed": 4, "failed": 1, "offline": 0}
    assert status["segments"] == 4
    assert status["spaces"] == ["fake@1"]
    assert status["by_modality"] == {"image": 3, "video": 0, "audio": 0, "code": 1}


def test_two_libraries_in_one_folder_are_kept_out_of_the_index(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.add(tmp_path)  # the library itself lies inside

    report = library.index()

    assert report.n_found == 4


def test_not_a_library(tmp_path: Path, fake_encoder: FakeEncoder) -> None:
    (tmp_path / "x.txt").write_text("x")
    with pytest.raises(LibraryError, match="not an mmsearch library"):
        open_library(tmp_path, encoder=fake_encoder)


def test_worker_processes_do_the_same_work(
    tmp_path: Path, folder: Path, fake_encoder: FakeEncoder
) -> None:
    (folder / "empty.jpg").touch()
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=Settings()) as library:
        library.add(folder)
        report: IndexReport = library.index()

        assert (report.n_indexed, report.n_failed) == (4, 1)
        assert library.search("green")[0].path.name == "grün.png"
        assert library.search(like=(folder / "sorting.py",))[0].path.name == "sorting.py"


def test_a_folder_named_in_two_ways_is_one_folder(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "named twice"
    folder.mkdir()
    library.add(folder)
    library.add(folder / ".." / folder.name)
    assert [root.path for root in library.roots() if root.path.name == folder.name] == [folder]


def test_other_settings_hold_from_the_next_search_on(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    library.use_settings(Settings(decode_in_process=True, normalise="sinkhorns"))
    with pytest.raises(QueryError, match="sinkhorns"):
        library.search("red")
    assert names(library, "red", normalise="none")[0] == "red.png", "a query may say it itself"
    library.use_settings(Settings(decode_in_process=True, ignore=("deep/",)))
    assert library.index().n_removed == 2
    assert "blue.jpg" not in names(library, "blue")


def test_past_searches_are_forgotten_at_once(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    for text in ("red", "something else", "blue"):
        library.search(text)
        library.note_recent(text)
    vectors = library.path / "normalise" / "searches.f16"
    assert vectors.exists()
    assert library.recent_searches() == ["blue", "something else", "red"]
    library.use_settings(Settings(decode_in_process=True, keep_searches=False))
    assert not vectors.exists()
    library.use_settings(Settings(decode_in_process=True))
    assert library.recent_searches() == []


def test_the_map_is_kept_until_the_library_changes(library: Library, folder: Path) -> None:
    assert len(library.library_map().rows) == 0
    library.add(folder)
    library.index()

    drawn = library.library_map()
    assert {drawn.hit(point).path.name for point in range(4)} == {
        "red.png", "grün.png", "blue.jpg", "sorting.py",
    }  # fmt: skip
    (kept,) = library.path.glob("map/*.npz")
    before = kept.read_bytes()
    assert library.library_map().is_same(drawn)
    assert kept.read_bytes() == before

    (folder / "red.png").unlink()
    library.index(forget_missing=True)
    assert not library.library_map().is_same(drawn)
    assert len(library.library_map().rows) == 3


def test_preparing_loads_the_scan_of_a_large_library(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(folder)
    library.index()
    before = names(library, "red")
    scanned: list[int] = []

    def products(codes: np.ndarray, scales: np.ndarray, query: np.ndarray) -> np.ndarray:
        scanned.append(len(codes))
        return products_by_numpy(codes, scales, query)

    monkeypatch.setattr("mmsearch.vectors._MOST_WHOLE", 0)
    monkeypatch.setattr("mmsearch.vectors.code_products", products)
    library.prepare()
    assert scanned == [4, 4]
    assert names(library, "red") == before
