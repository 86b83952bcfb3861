"""Libraries of every earlier version open, keep what they hold, and survive being cut off."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import lancedb
import pytest
from filelock import FileLock

from mmsearch.errors import LibraryError
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.store import migrations
from mmsearch.store.folder import MARK, SCHEMA, read_state, write_version
from mmsearch.store.migrations import STEPS
from tests.bad_disks import read_only
from tests.conftest import FakeEncoder
from tests.store.libraries.make_libraries import COMMITS, HERE, set_times

SPACE = FakeEncoder.spec.space


def unpacked(name: str, folder: Path) -> Path:
    """A stored library; its files lie beside it, where it knows them."""
    with zipfile.ZipFile(HERE / f"{name}.zip") as packed:
        packed.extractall(folder)
    set_times(folder / "files")
    roots = json.loads((folder / "library" / "roots.json").read_text())
    roots[0] |= {"path": str(folder / "files"), "volume_id": "", "volume_path": ""}
    (folder / "library" / "roots.json").write_text(json.dumps(roots))
    return folder / "library"


def without_spaces(library: Path) -> Path:
    """As tables were before assets named their space."""
    lancedb.connect(str(library / "tables")).open_table("assets").drop_columns(["space"])
    return library


@pytest.fixture(params=[*COMMITS, "without spaces"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "without spaces":
        return without_spaces(unpacked("first", tmp_path))
    return unpacked(request.param, tmp_path)


def opened(library: Path) -> Library:
    settings = Settings(decode_in_process=True)
    return open_library(library, encoder=FakeEncoder(), settings=settings, create=False)


def version_of(library: Path) -> str:
    return (library / MARK).read_text().split('schema = "')[1].split('"')[0]


def assert_whole(path: Path) -> None:
    """It answers as it did, and a run finds nothing to encode anew but code without words."""
    with opened(path) as library:
        assert library.search("red")[0].path.name == "red.png"
        assert library.status().n_outdated == 0
        assert library.status().n_indexed == 5
        report = library.index()
        assert report.n_unchanged >= 4
        assert report.n_indexed == 5 - report.n_unchanged
        assert library.search("needle")[0].path.name == "needle.py"
        assert library._store.check() == []


def test_an_older_library_is_brought_up_to_date(library: Path) -> None:
    assert version_of(library) == "1.0"

    with opened(library):
        assert version_of(library) == ".".join(map(str, SCHEMA))

    assert read_state(library).space == SPACE
    assert_whole(library)


def test_a_migration_that_is_cut_off_is_done_once_more(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "write_version", power_cut)
    with pytest.raises(KeyboardInterrupt):
        opened(library)
    assert version_of(library) == "1.0"
    monkeypatch.undo()

    assert_whole(library)


def test_tables_that_were_being_written_when_they_were_left(library: Path) -> None:
    state = json.loads((library / "state.json").read_text())
    (library / "state.json").write_text(json.dumps(state | {"writing": True}))
    newest = min((library / "tables" / "assets.lance" / "_versions").glob("*.manifest"))
    shutil.copy(newest, newest.with_name(f"{int(newest.stem) - 1}.manifest"))
    newest.with_name(f"{int(newest.stem) - 1}.manifest").write_bytes(b"")

    assert_whole(library)


def test_what_a_person_told_is_kept(tmp_path: Path) -> None:
    with opened(unpacked("told", tmp_path)) as library:
        assert list(library.saved_searches()) == ["reds"]
        assert library.recent_searches() == ["a red thing"]
        assert len(library._told.different()) == 1
        assert len(library._told.verdicts()) == 1


def test_every_step_leads_to_the_next_version() -> None:
    assert list(STEPS) == sorted(STEPS)
    assert list(STEPS)[-1] == SCHEMA


def test_a_library_in_use_by_an_older_program_is_left_alone(tmp_path: Path) -> None:
    library = unpacked("first", tmp_path)
    with (
        FileLock(library / "writer.lock"),
        pytest.raises(LibraryError, match="older mmsearch"),
    ):
        opened(library)
    assert version_of(library) == "1.0"


def test_an_older_library_on_a_read_only_disk_is_searched_as_it_is(tmp_path: Path) -> None:
    library = unpacked("told", tmp_path)
    with read_only(library), opened(library) as reader:
        assert reader.search("red")[0].path.name == "red.png"
    assert version_of(library) == "1.0"


def test_one_that_cannot_be_searched_as_it_is_says_so(tmp_path: Path) -> None:
    library = without_spaces(unpacked("first", tmp_path))
    with read_only(library), pytest.raises(LibraryError, match="Read-only file system"):
        opened(library)


def test_an_older_library_without_anything_in_it(tmp_path: Path) -> None:
    write_version(tmp_path / "library", (1, 0))
    with opened(tmp_path / "library") as library:
        assert library.search("red") == []
    assert version_of(tmp_path / "library") == "1.1"
