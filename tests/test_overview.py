"""What a library tells about its folders, with an encoder without weights."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mmsearch.errors import UserError
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import MissingFiles, Modality, Progress
from tests.conftest import FakeEncoder
from tests.files import RED, save_picture, save_text


@pytest.fixture
def library(tmp_path: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    settings = Settings(decode_in_process=True, ignore=("skipped/",))
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files that can be read and two that cannot."""
    folder = tmp_path / "things"
    save_picture(folder / "red.png", RED)
    save_text(folder / "a.py", "x = 1\n")
    for name in ("broken.png", "torn.png"):
        (folder / name).write_bytes(b"\x89PNG\r\n\x1a\n broken")
    return folder


def names(library: Library) -> list[str]:
    return [failed.path.name for failed in library.errors()]


def test_an_unreadable_file_is_ignored_until_that_is_taken_back(
    library: Library, folder: Path
) -> None:
    library.add(folder)
    library.index()
    assert names(library) == ["broken.png", "torn.png"]
    library.ignore_errors([folder / "broken.png", folder / "red.png"])
    assert names(library) == ["torn.png"]
    assert [failed.path.name for failed in library.ignored_errors()] == ["broken.png"]
    assert (library.status().n_failed, library.status().roots[0].n_failed) == (1, 1)
    save_picture(folder / "broken.png", RED, spot=3)
    assert library.index(retry_failed=True).n_indexed == 0
    library.heed_errors([folder / "broken.png"])
    assert library.ignored_errors() == []
    assert library.index().n_indexed == 1
    assert names(library) == ["torn.png"]


def test_ignoring_outlives_the_program(
    library: Library, folder: Path, fake_encoder: FakeEncoder
) -> None:
    library.add(folder)
    library.index()
    library.ignore_errors([folder / "torn.png"])
    library.close()
    with open_library(library.path, encoder=fake_encoder, settings=Settings()) as again:
        assert names(again) == ["broken.png"]


def test_one_file_is_tried_again(library: Library, folder: Path) -> None:
    library.add(folder)
    library.index()
    assert library.index().n_failed == 0
    assert library.index(retry_failed=[folder / "torn.png"]).n_failed == 1
    assert library.index(retry_failed=True).n_failed == 2


def test_so_many_gone_at_once_are_asked_about(library: Library, tmp_path: Path) -> None:
    for name in ("one", "two"):
        for place in range(2):
            save_picture(tmp_path / name / f"{place}.png", RED, spot=place + len(name) * 3)
    library.add(tmp_path / "one", tmp_path / "two")
    library.index()
    for name in ("one", "two"):
        shutil.rmtree(tmp_path / name)
        (tmp_path / name).mkdir()
    roots = library.roots()
    missing = tuple(MissingFiles(root.root_id, str(root.path), 2, 2) for root in roots)
    assert library.index().missing == missing
    report = library.index(forget_missing=[tmp_path / "two"])
    assert (report.n_removed, report.missing) == (2, missing[:1])
    assert library.index(forget_missing=True).missing == ()
    assert library.status().n_indexed == 0


def test_progress_says_what_waits_in_which_folder(library: Library, tmp_path: Path) -> None:
    for place in range(30):
        save_text(tmp_path / "many" / f"{place:02}.py", f"x = {place}\n" * 50)
    save_picture(tmp_path / "few" / "red.png", RED)
    library.add(tmp_path / "many", tmp_path / "few")
    many, few = (root.root_id for root in library.roots())
    seen: list[Progress] = []
    library.index(on_progress=seen.append)
    waiting = [dict(progress.waiting) for progress in seen if progress.phase != "scanning"]
    assert all(set(one) == {many, few} for one in waiting if one)
    for one, progress in zip(waiting, (p for p in seen if p.phase != "scanning"), strict=True):
        assert not one or sum(one.values()) == progress.n_todo - progress.n_done
    left = [one[many] for one in waiting if one]
    assert left == sorted(left, reverse=True)


def test_another_drive_changes_the_sign(library: Library, folder: Path) -> None:
    library.add(folder)
    before = library.drive_sign()
    assert library.drive_sign() == before
    folder.rename(folder.with_name("away"))
    away = library.drive_sign()
    assert away != before
    folder.with_name("away").rename(folder)
    assert library.drive_sign() == before


def test_a_survey_counts_kinds_and_opens_nothing(library: Library, folder: Path) -> None:
    save_picture(folder / "skipped" / "b.png", RED)
    (folder / "notes.unknown").write_text("x")
    *_, last = library.survey(folder)
    assert last.complete
    assert dict(last.by_modality) == {
        Modality.IMAGE: 3,
        Modality.VIDEO: 0,
        Modality.AUDIO: 0,
        Modality.CODE: 1,
    }
    assert last.n_files == 4
    files = [path for path in folder.iterdir() if path.suffix in (".png", ".py")]
    assert last.size_bytes == sum(path.stat().st_size for path in files)
    assert 0 < last.time_s < 1
    assert last.disk_bytes > 0
    assert library.status().n_indexed == 0


def test_a_survey_can_be_stopped_and_needs_a_folder(library: Library, folder: Path) -> None:
    assert list(library.survey(folder, stop=lambda: True)) == []
    with pytest.raises(UserError, match="no folder"):
        list(library.survey(folder / "gone"))
