"""What a session has changed in a gallery, and the gallery that this makes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import Gallery
from mmsearch.store.column_files import Texts
from mmsearch.store.joining import joined
from mmsearch.store.thinning import without
from mmsearch.vectors import Vectors


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What came to a gallery since it was taken, and what went."""

    new: Gallery
    """All assets that came or changed, in that order, with words, names and concept words. A
    content that was there before has no segments in it. It has no vectors: they lie behind those
    of the gallery before."""
    gone: Collection[str]
    """Ids of assets of the gallery before that went or changed."""
    dead: Collection[int]
    """Rows of assets in ``new`` that went or changed later."""
    n_place: int
    """Places of vectors, those of the gallery before included."""


def applied(earlier: Gallery, change: Change, vectors: Vectors) -> Gallery:
    """The gallery after a change: what was there first, then what came.

    vectors: of both. It costs a copy of the columns.
    """
    gallery = _with_copies(joined(earlier, change.new, vectors))
    is_kept = np.ones(gallery.n_asset, bool)
    is_kept[[earlier.n_asset + row for row in change.dead]] = False
    is_kept[_rows_of(earlier.asset_ids, change.gone)] = False
    return gallery if is_kept.all() else without(gallery, is_kept)


def orphans(earlier: Gallery, change: Change) -> set[str]:
    """The contents that only assets had which went."""
    gone = _rows_of(earlier.asset_ids, change.gone)
    removed = ((earlier, gone), (change.new, np.array(change.dead, np.int64)))
    lost = {gallery.content_ids[row] for gallery, rows in removed for row in rows.tolist()}
    for gallery, rows in removed:
        kept = np.setdiff1d(_rows_of(gallery.content_ids, lost), rows)
        lost -= {gallery.content_ids[row] for row in kept.tolist()}
    return lost


def _with_copies(gallery: Gallery) -> Gallery:
    """Assets that contain what came with another asset."""
    rows = np.flatnonzero(gallery.asset_content < 0)
    if len(rows) == 0:
        return gallery
    wanted = {gallery.content_ids[row] for row in rows.tolist()}
    owners = _rows_of(gallery.content_ids, wanted)
    numbers = gallery.asset_content[owners].tolist()
    pairs = zip(owners.tolist(), numbers, strict=True)
    known = {gallery.content_ids[row]: number for row, number in pairs if number >= 0}
    content = gallery.asset_content.copy()
    content[rows] = [known.get(gallery.content_ids[row], -1) for row in rows.tolist()]
    return replace(gallery, asset_content=content)


def _rows_of(texts: Any, wanted: Collection[str]) -> NDArray[np.int64]:
    """The rows of a column in which one of these texts stands."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not wanted:
        return np.zeros(0, np.int64)
    values = pa.array(list(wanted), pa.large_string())
    is_in = pc.is_in(Texts.of(texts).to_arrow(), value_set=values)
    return np.flatnonzero(is_in.to_numpy(zero_copy_only=False))
