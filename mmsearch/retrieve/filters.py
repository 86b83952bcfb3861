"""Which assets a query may answer with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
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
        mask &= _in_folders(gallery, query.folders, root_paths, mask)
    if query.extensions:
        mask &= _with_extension(gallery, query.extensions, root_paths, mask)
    if query.date_from or query.date_to:
        mask &= _in_dates(gallery, query.date_from, query.date_to, mask)
    return mask


def _in_folders(
    gallery: Gallery, folders: tuple[Path, ...], root_paths: Mapping[str, Path], candidates: Mask
) -> Mask:
    """Assets in or below one of the folders."""
    prefixes: list[tuple[str, ...]] = []
    for root_id in gallery.root_ids:
        root = root_paths.get(root_id)
        prefixes.append(_prefixes(root, folders) if root else ())
    passed = np.zeros(gallery.n_asset, bool)
    for row in np.flatnonzero(candidates).tolist():
        wanted = prefixes[gallery.asset_root[row]]
        if wanted:
            passed[row] = gallery.relative_paths[row].startswith(wanted)
    return passed


def _prefixes(root: Path, folders: tuple[Path, ...]) -> tuple[str, ...]:
    """What relative paths under the root start with to lie in one of the folders."""
    found = []
    for folder in folders:
        if root.is_relative_to(folder):
            return ("",)
        if folder.is_relative_to(root):
            found.append(folder.relative_to(root).as_posix() + "/")
    return tuple(found)


def _with_extension(
    gallery: Gallery,
    extensions: tuple[str, ...],
    root_paths: Mapping[str, Path],
    candidates: Mask,
) -> Mask:
    endings = tuple(f".{extension.lower().lstrip('.')}" for extension in extensions)
    passed = np.zeros(gallery.n_asset, bool)
    for row in np.flatnonzero(candidates).tolist():
        name = gallery.relative_paths[row]
        if name == ".":  # the root is a single file
            name = root_paths[gallery.root_ids[gallery.asset_root[row]]].name
        passed[row] = name.lower().endswith(endings)
    return passed


def _in_dates(gallery: Gallery, first: date | None, last: date | None, candidates: Mask) -> Mask:
    """By the date the picture was taken, or else the file's date; both ends included."""
    passed = np.zeros(gallery.n_asset, bool)
    for row in np.flatnonzero(candidates).tolist():
        day = asset_date(gallery, row)
        passed[row] = (first is None or day >= first) and (last is None or day <= last)
    return passed


def asset_date(gallery: Gallery, row: int) -> date:
    """When a picture was taken, or else when its file was last changed (local time)."""
    taken_at = gallery.taken_at[row]
    if taken_at:
        try:
            return datetime.fromisoformat(taken_at).date()
        except ValueError:
            # A camera's nonsense date: the file's own is the next best.
            return _file_date(gallery, row)
    return _file_date(gallery, row)


def _file_date(gallery: Gallery, row: int) -> date:
    # Not datetime.fromtimestamp, which refuses dates before 1970 on some systems.
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return (epoch + timedelta(seconds=gallery.asset_mtime_ns[row] / 1e9)).astimezone().date()
