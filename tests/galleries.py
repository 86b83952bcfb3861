"""Galleries made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.types import F32, Modality


def gallery_of(
    *,
    segments_per_content: Sequence[int],
    paths: Sequence[str] | None = None,
    kinds: Sequence[Modality] | None = None,
    vectors: F32 | None = None,
    sizes_bytes: Sequence[int] | None = None,
    taken_at: Sequence[str] | None = None,
    root_ids: tuple[str, ...] = ("root",),
    roots: Sequence[int] | None = None,
) -> Gallery:
    """One asset a content, named 000, 001, … unless ``paths`` says otherwise."""
    n_asset, n_segment = len(segments_per_content), sum(segments_per_content)
    codes = np.array(
        [MODALITIES.index(kind) for kind in kinds or [Modality.IMAGE] * n_asset], np.uint8
    )
    return Gallery(
        space="fake@1",
        vectors=np.eye(n_segment, 4, dtype=np.float32) if vectors is None else vectors,
        kind=np.repeat(codes, segments_per_content),
        locators=np.full((n_segment, 2), np.nan),
        first_segment=np.concatenate([[0], np.cumsum(segments_per_content)]).astype(np.int64),
        asset_content=np.arange(n_asset),
        asset_modality=codes,
        asset_size_bytes=np.array(sizes_bytes or [1] * n_asset),
        asset_mtime_ns=np.zeros(n_asset, np.int64),
        asset_root=np.array(roots or [0] * n_asset, np.int32),
        root_ids=root_ids,
        asset_ids=[f"id{place}" for place in range(n_asset)],
        relative_paths=paths or [f"{place:03}" for place in range(n_asset)],
        content_ids=[f"c{place}" for place in range(n_asset)],
        taken_at=taken_at or [""] * n_asset,
        metadata=["{}"] * n_asset,
    )
