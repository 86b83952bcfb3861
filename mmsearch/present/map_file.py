"""Keeps the map of a library, so that it is there at once the next time.

Derived data: a missing, damaged or outdated file costs time, nothing else.
"""

from __future__ import annotations

import logging
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.atomic import write_atomically
from mmsearch.types import F32

logger = logging.getLogger(__name__)

_FORMAT = 1
"""Grows when maps are drawn in another way."""
_NAME = Path("map") / "map.npz"


def load_positions(library: Path, generation: int, rows: NDArray[np.int64]) -> F32 | None:
    """The positions of these rows at this generation of a library, if they are kept."""
    try:
        content = BytesIO((library / _NAME).read_bytes())
        with np.load(content, allow_pickle=False) as kept:
            is_same = kept["version"].tolist() == [_FORMAT, generation]
            if is_same and np.array_equal(kept["rows"], rows):
                return np.asarray(kept["positions"], np.float32)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return None


def save_positions(library: Path, generation: int, rows: NDArray[np.int64], positions: F32) -> None:
    """Keep them; older ones go. A full or read-only disk costs time later, nothing else."""
    content = BytesIO()
    np.savez(content, version=[_FORMAT, generation], rows=rows, positions=positions)
    try:
        write_atomically(library / _NAME, content.getvalue())
    except OSError as error:
        logger.warning("cannot keep the map of %s: %s", library, error)
