"""Files of rows are shared by snapshots, grow, and are never written over."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mmsearch.store.row_files import grown_rows, load_rows, save_rows

_FIRST = np.arange(12, dtype=np.int8).reshape(4, 3)
_SECOND = np.arange(20, 26, dtype=np.int8).reshape(2, 3)
_BOTH = np.concatenate([_FIRST, _SECOND])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save_rows(tmp_path / "rows", _FIRST)
    return tmp_path / "rows"


def _mapped(path: Path, n: int = 4) -> NDArray[Any]:
    return load_rows(path, np.int8, (n, 3))


def test_that_rows_are_read_as_they_were_written(path: Path) -> None:
    np.testing.assert_array_equal(_mapped(path), _FIRST)


def test_that_no_rows_can_be_kept(tmp_path: Path) -> None:
    save_rows(tmp_path / "rows", _FIRST[:0])
    assert _mapped(tmp_path / "rows", 0).shape == (0, 3)


def test_that_a_file_with_too_few_rows_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="mmap"):
        _mapped(path, 5)


def test_that_new_rows_are_appended_and_older_readers_see_theirs(path: Path) -> None:
    earlier = _mapped(path)
    grown = grown_rows(earlier, _SECOND)
    np.testing.assert_array_equal(grown, _BOTH)
    assert path.read_bytes() == _BOTH.tobytes()
    np.testing.assert_array_equal(earlier, _FIRST)
    np.testing.assert_array_equal(_mapped(path), _FIRST)


def test_that_rows_in_memory_are_joined_there() -> None:
    np.testing.assert_array_equal(grown_rows(_FIRST, _SECOND), _BOTH)


def test_that_a_file_which_somebody_has_appended_to_is_left_alone(path: Path) -> None:
    """A writer was killed, or the folder is a copy that shares its files with another."""
    earlier = _mapped(path)
    content = path.read_bytes() + b"torn"
    path.write_bytes(content)
    np.testing.assert_array_equal(grown_rows(earlier, _SECOND), _BOTH)
    assert path.read_bytes() == content


def test_that_some_rows_of_a_file_are_not_taken_for_all(path: Path) -> None:
    earlier = _mapped(path)[:2]
    np.testing.assert_array_equal(
        grown_rows(earlier, _SECOND), np.concatenate([_FIRST[:2], _SECOND])
    )
    assert path.read_bytes() == _FIRST.tobytes()


def test_that_a_mapped_column_is_kept_under_a_second_name(path: Path, tmp_path: Path) -> None:
    save_rows(tmp_path / "later", grown_rows(_mapped(path), _SECOND))
    assert (tmp_path / "later").samefile(path)
    path.unlink()
    np.testing.assert_array_equal(_mapped(tmp_path / "later", 6), _BOTH)


def test_that_a_disk_without_second_names_gets_a_copy(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    save_rows(tmp_path / "later", grown_rows(_mapped(path), _SECOND))
    assert not (tmp_path / "later").samefile(path)
    np.testing.assert_array_equal(_mapped(tmp_path / "later", 6), _BOTH)


def test_that_rows_can_be_written_without_those_that_went(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mmsearch.store.row_files._ROWS_AT_ONCE", 2)
    save_rows(tmp_path / "fewer", _mapped(path), np.array([0, 2, 3]))
    np.testing.assert_array_equal(_mapped(tmp_path / "fewer", 3), _FIRST[[0, 2, 3]])
    assert not (tmp_path / "fewer").samefile(path)
