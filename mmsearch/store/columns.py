"""Turns the tables into the columns of a Gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mmsearch.gallery import MODALITIES, Gallery, empty_gallery
from mmsearch.store.records import INDEXED

if TYPE_CHECKING:
    import pyarrow


def gallery_from_tables(
    assets: pyarrow.Table, segments: pyarrow.Table, *, space: str, dim: int
) -> Gallery:
    """Join assets and segments by content; segments that no asset owns are left out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    assets = assets.filter(
        pc.and_(pc.equal(assets["status"], INDEXED), pc.equal(assets["space"], space))
    )
    if assets.num_rows == 0:
        return empty_gallery(space, dim)
    owned = pc.unique(assets["content_id"])
    content_row = pc.index_in(segments["content_id"], value_set=owned)
    segments = segments.append_column("row", content_row).filter(pc.is_valid(content_row))
    order = pc.sort_indices(segments, [("row", "ascending"), ("ordinal", "ascending")])
    segments = segments.take(order)

    used, first_segment = np.unique(_numbers(segments["row"]), return_index=True)
    place = np.full(len(owned), -1, np.int64)
    place[used] = np.arange(len(used))
    asset_owner = _numbers(pc.index_in(assets["content_id"], value_set=owned))
    vectors = pa.chunked_array(segments["vector"].chunks, type=segments["vector"].type)
    roots = assets["root_id"].combine_chunks().dictionary_encode()
    return Gallery(
        space=space,
        vectors=_matrix(vectors, dim),
        kind=_codes(segments["kind"]),
        locators=np.stack([_floats(segments["start"]), _floats(segments["end"])], axis=1),
        first_segment=np.append(first_segment, segments.num_rows).astype(np.int64),
        asset_content=place[asset_owner],
        asset_modality=_codes(assets["modality"]),
        asset_size_bytes=_numbers(assets["size_bytes"]),
        asset_mtime_ns=_numbers(assets["mtime_ns"]),
        asset_root=_numbers(roots.indices).astype(np.int32),
        root_ids=tuple(roots.dictionary.to_pylist()),
        asset_ids=assets["asset_id"].to_pylist(),
        relative_paths=assets["relative_path"].to_pylist(),
        content_ids=assets["content_id"].to_pylist(),
        taken_at=assets["taken_at"].to_pylist(),
        metadata=assets["metadata"].to_pylist(),
    )


def _matrix(column: Any, dim: int) -> Any:
    """The vectors as (n, dim) float32."""
    parts = [chunk.flatten().to_numpy().reshape(-1, dim) for chunk in column.chunks]
    if not parts:
        return np.zeros((0, dim), np.float32)
    return np.concatenate(parts).astype(np.float32)


def _numbers(column: Any) -> Any:
    return np.asarray(column.to_numpy())


def _floats(column: Any) -> Any:
    """Unknown becomes NaN."""
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _codes(column: Any) -> Any:
    """Kinds as their place in MODALITIES."""
    import pyarrow as pa
    import pyarrow.compute as pc

    known = pa.array([kind.value for kind in MODALITIES])
    return _numbers(pc.index_in(column, value_set=known)).astype(np.uint8)
