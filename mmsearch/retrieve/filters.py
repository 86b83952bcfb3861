"""Which assets a query may answer with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.types import Query

Mask = NDArray[np.bool_]


def asset_mask(gallery: Gallery, query: Query, root_paths: Mapping[str, Path]) -> Mask:
    """True for each asset that passes all filters of the query: (n_asset,) bool.

    ``root_paths`` says where each root lies; assets of a root that is not in it are left out,
    because it was forgotten.
    """
    known = np.array([root_id in root_paths for root_id in gallery.root_ids], bool)
    mask: Mask = known[gallery.asset_root] if gallery.n_asset else np.zeros(0, bool)
    mask &= gallery.asset_content >= 0
    if query.modalities:
        wanted = [MODALITIES.index(kind) for kind in query.modalities]
        mask &= np.isin(gallery.asset_modality, wanted)
    if query.min_size_bytes is not None:
        mask &= gallery.asset_size_bytes >= query.min_size_bytes
    if query.max_size_bytes is not None:
        mask &= gallery.asset_size_bytes <= query.max_size_bytes
    if query.folders:
        mask &= _in_folders(gallery, query.folders, root_paths)
    if query.extensions:
        mask &= _with_extension(gallery, query.extensions, root_paths)
    if query.date_from is not None:
        mask &= gallery.asset_day >= _day(query.date_from)
    if query.date_to is not None:
        mask &= gallery.asset_day <= _day(query.date_to)
    return mask


def _in_folders(
    gallery: Gallery, folders: tuple[Path, ...], root_paths: Mapping[str, Path]
) -> Mask:
    """Assets in or below one of the folders; a root that is a file counts as in its folder."""
    passed = np.zeros(gallery.n_asset, bool)
    for place, root_id in enumerate(gallery.root_ids):
        wanted = _prefixes(root_paths[root_id], folders) if root_id in root_paths else ()
        if wanted:
            inside = np.array([folder.startswith(wanted) for folder in gallery.folders])
            passed |= (gallery.asset_root == place) & inside[gallery.asset_folder]
    return passed


def _prefixes(root: Path, folders: tuple[Path, ...]) -> tuple[str, ...]:
    """What folders under the root start with to lie in one of the wanted ones."""
    found = []
    for folder in folders:
        if root.is_relative_to(folder):
            return ("",)
        if folder.is_relative_to(root):
            found.append(folder.relative_to(root).as_posix() + "/")
    return tuple(found)


def _with_extension(
    gallery: Gallery, extensions: tuple[str, ...], root_paths: Mapping[str, Path]
) -> Mask:
    wanted = {extension.lower().lstrip(".") for extension in extensions}
    passed = np.array([extension in wanted for extension in gallery.extensions])
    mask: Mask = passed[gallery.asset_extension]
    for place, root_id in enumerate(gallery.root_ids):
        root = root_paths.get(root_id)
        if root is not None and root.suffix.lower().lstrip(".") in wanted:
            mask |= (gallery.asset_root == place) & _is_root_itself(gallery, place)
    return mask


def _is_root_itself(gallery: Gallery, place: int) -> Mask:
    """Where a root is a single file, its only asset has the relative path "."."""
    rows = np.flatnonzero(gallery.asset_root == place)
    passed = np.zeros(gallery.n_asset, bool)
    if len(rows) == 1 and gallery.relative_paths[int(rows[0])] == ".":
        passed[rows] = True
    return passed


def _day(day: date) -> int:
    """Days since 1970."""
    return (day - date(1970, 1, 1)).days
