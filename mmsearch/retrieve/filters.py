"""Which assets a query may answer with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.retrieve.conditions import passes
from mmsearch.retrieve.places import in_folders, with_extension
from mmsearch.types import Query

Mask = NDArray[np.bool_]


def asset_mask(gallery: Gallery, query: Query, root_paths: Mapping[str, Path]) -> Mask:
    """True for each asset that passes all filters of the query: (n_asset,) bool.

    ``root_paths`` says where each root lies; assets of a root that is not in it are left out,
    because it was forgotten.
    """
    known = np.array([root_id in root_paths for root_id in gallery.root_ids], bool)
    mask: Mask = gallery.is_indexed.copy()
    if not known.all():
        mask &= known[gallery.asset_root]
    if query.modalities:
        wanted = [MODALITIES.index(kind) for kind in query.modalities]
        mask &= np.isin(gallery.asset_modality, wanted)
    if query.min_size_bytes is not None:
        mask &= gallery.asset_size_bytes >= query.min_size_bytes
    if query.max_size_bytes is not None:
        mask &= gallery.asset_size_bytes <= query.max_size_bytes
    if query.folders:
        mask &= in_folders(gallery, query.folders, root_paths)
    if query.extensions:
        mask &= with_extension(gallery, query.extensions, root_paths)
    if query.date_from is not None:
        mask &= gallery.asset_day >= _day(query.date_from)
    if query.date_to is not None:
        mask &= gallery.asset_day <= _day(query.date_to)
    if query.where is not None:
        mask &= passes(query.where, gallery, root_paths)
    return mask


def _day(day: date) -> int:
    """Days since 1970."""
    return (day - date(1970, 1, 1)).days
