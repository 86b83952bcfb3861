"""Finds a file of the library by its path."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from mmsearch.errors import QueryError
from mmsearch.gallery import Gallery


def row_of(gallery: Gallery, path: Path, root_paths: Mapping[str, Path]) -> int:
    """The asset with this path; raises QueryError when there is none."""
    for place, root_id in enumerate(gallery.root_ids):
        root = root_paths.get(root_id)
        if root is None or not path.is_relative_to(root):
            continue
        relative = path.relative_to(root)
        rows = _in_folder(gallery, place, relative)
        for row in rows.tolist():
            if gallery.relative_paths[row] == relative.as_posix():
                return int(row)
    raise QueryError(f"{path} is not in the library.", "Add its folder with: mmsearch index")


def _in_folder(gallery: Gallery, root: int, relative: Path) -> np.ndarray:
    """The assets of a root in one folder: few, where all paths would take long to read."""
    parent = relative.parent.as_posix()
    folder = "" if parent == "." else parent + "/"
    codes = [code for code, name in enumerate(gallery.folders) if name == folder]
    return np.flatnonzero((gallery.asset_root == root) & np.isin(gallery.asset_folder, codes))
