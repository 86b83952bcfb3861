from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.errors import LibraryError
from mmsearch.store.folder import MARK, State, change_state, open_folder, read_state


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_of_other_things_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    before = everything_in(tmp_path)

    with pytest.raises(LibraryError, match="not an mmsearch library"):
        open_folder(tmp_path, create=True)

    assert everything_in(tmp_path) == before


def test_a_file_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(LibraryError, match="not an mmsearch library"):
        open_folder(tmp_path / "file", create=True)


def test_a_missing_library_is_only_made_when_asked(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library") as caught:
        open_folder(tmp_path / "new", create=False)
    assert "mmsearch index" in caught.value.hint
    assert not (tmp_path / "new").exists()

    open_folder(tmp_path / "new", create=True)
    open_folder(tmp_path / "new", create=False)


@pytest.mark.parametrize("version", ["1.2", "2.0", "10.3"])
def test_a_newer_library_is_refused_and_untouched(tmp_path: Path, version: str) -> None:
    (tmp_path / MARK).write_text(f'kind = "mmsearch library"\nschema = "{version}"\n')
    before = everything_in(tmp_path)

    with pytest.raises(LibraryError, match="newer mmsearch"):
        open_folder(tmp_path, create=True)

    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("content", ["", "schema = 1", "not toml at all ="])
def test_a_damaged_mark_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / MARK).write_text(content)
    with pytest.raises(LibraryError, match="damaged"):
        open_folder(tmp_path, create=True)


def test_state_survives_and_a_damaged_one_means_changed(tmp_path: Path) -> None:
    assert read_state(tmp_path) == State()
    change_state(tmp_path, generation=3)
    assert change_state(tmp_path, snapshot=3) == State(generation=3, snapshot=3)

    (tmp_path / "state.json").write_text("{")

    assert read_state(tmp_path).writing
    assert read_state(tmp_path).generation > 3
