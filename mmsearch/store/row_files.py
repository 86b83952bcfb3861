"""Columns of many bytes a row in files that only grow.

How many rows of a file count is said elsewhere: a snapshot does not look at what was added for a
later one, so that both have the same file, under two names.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_ROWS_AT_ONCE = 8192


def save_rows(
    path: Path, rows: NDArray[Any], places: NDArray[np.integer[Any]] | None = None
) -> None:
    """Write a column, or give the file that it is mapped from a second name.

    places: of the rows that are to be written, where it is not all of them.
    """
    if places is not None:
        with path.open("wb") as file:
            for start in range(0, len(places), _ROWS_AT_ONCE):
                file.write(rows[places[start : start + _ROWS_AT_ONCE]].data)
        return
    source = _file_of(rows)
    if source is None:
        rows.tofile(path)
        return
    try:
        os.link(source, path)
    except OSError:  # not every file system can
        shutil.copyfile(source, path)


def load_rows(path: Path, kind: DTypeLike, shape: Sequence[int]) -> NDArray[Any]:
    """Map the first rows of a file. Raises ValueError where there are fewer."""
    if 0 in shape:
        return np.zeros(shape, kind)
    return np.asarray(np.memmap(path, kind, "r", shape=tuple(shape)))


def grown_rows(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """Both, one after the other: appended to the file of the first, if it is mapped from one.

    Needs the writer's lock. Nothing that is in a file is ever written over: one that is longer
    than the first, because somebody was killed, is copied instead.
    """
    path = _file_of(first)
    if path is None:
        return np.concatenate([first, second])
    with path.open("ab") as file:
        file.write(np.ascontiguousarray(second).data)
    return load_rows(path, first.dtype, (len(first) + len(second), *first.shape[1:]))


def _file_of(rows: NDArray[Any]) -> Path | None:
    """The file that holds these rows and nothing else; None for rows in memory."""
    held: Any = rows
    while isinstance(held, np.ndarray) and not isinstance(held, np.memmap):
        held = held.base
    if not isinstance(held, np.memmap) or held.filename is None:
        return None
    path = Path(held.filename)
    is_all = held.offset == 0 and held.nbytes == rows.nbytes and held.dtype == rows.dtype
    return path if is_all and path.exists() and path.stat().st_size == rows.nbytes else None
