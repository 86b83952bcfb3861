"""Runs of a library: what they read, keep and tell, with an encoder without weights."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from mmsearch.errors import LibraryError
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import IndexReport, Modality, Progress
from tests.conftest import FakeEncoder, found_names
from tests.files import BLUE, RED, save_picture


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
    assert found_names(library, "is it red")[0] == "red.png", "it is called so"
    assert found_names(library, "something red")[0] == "new.png"
    assert "sorting.py" not in found_names(library, "sort items")


def test_moved_and_copied_files_keep_their_vectors(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    shutil.move(folder / "red.png", folder / "deep" / "moved.png")
    shutil.copy(folder / "deep" / "blue.jpg", folder / "copy.jpg")

    report = library.index()

    assert (report.n_reused, report.n_indexed, report.n_removed) == (2, 0, 1)
    assert found_names(library, "red")[0] == "moved.png"
    assert set(found_names(library, "blue")[:2]) == {"blue.jpg", "copy.jpg"}


def test_copies_found_in_the_same_run_are_read_once(library: Library, tmp_path: Path) -> None:
    for place in range(5):
        save_picture(tmp_path / "copies" / f"{place}.png", RED)
    library.add(tmp_path / "copies")

    report = library.index()

    assert report.n_segments == 1
    assert report.n_indexed + report.n_reused == 5
    assert len(found_names(library, "red")) == 5


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
