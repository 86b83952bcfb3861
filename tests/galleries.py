"""Galleries made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.concepts import N_CONCEPTS, NO_CONCEPT, Concepts
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.store.asset_names import asset_names
from mmsearch.store.postings_table import postings_of
from mmsearch.types import F32, Modality
from mmsearch.vectors import Vectors


def gallery_of(
    *,
    segments_per_content: Sequence[int],
    paths: Sequence[str] | None = None,
    kinds: Sequence[Modality] | None = None,
    vectors: F32 | None = None,
    sizes_bytes: Sequence[int] | None = None,
    days: Sequence[int] | None = None,
    durations_ms: Sequence[int] | None = None,
    cameras: Sequence[str] | None = None,
    languages: Sequence[str] | None = None,
    root_ids: tuple[str, ...] = ("root",),
    roots: Sequence[int] | None = None,
    metadata: Sequence[str] | None = None,
    locators: NDArray[np.float64] | None = None,
    tags: Sequence[Sequence[str]] | None = None,
) -> Gallery:
    """One asset a content, named 000, 001, … unless ``paths`` says otherwise.

    tags: the concept words of each segment.
    """
    names = paths or [f"{place:03}" for place in range(len(segments_per_content))]
    in_folders = [name[: name.rfind("/") + 1] for name in names]
    with_extensions = [Path(name).suffix.lower()[1:] for name in names]
    folders, extensions = sorted(set(in_folders)), sorted(set(with_extensions))
    n_asset, n_segment = len(segments_per_content), sum(segments_per_content)
    codes = np.array(
        [MODALITIES.index(kind) for kind in kinds or [Modality.IMAGE] * n_asset], np.uint8
    )
    return Gallery(
        space="fake@1",
        vectors=Vectors.of(np.eye(n_segment, 4, dtype=np.float32) if vectors is None else vectors),
        kind=np.repeat(codes, segments_per_content),
        locators=np.full((n_segment, 2), np.nan) if locators is None else locators,
        first_segment=np.concatenate([[0], np.cumsum(segments_per_content)]).astype(np.int64),
        asset_content=np.arange(n_asset),
        asset_modality=codes,
        asset_size_bytes=np.array(sizes_bytes or [1] * n_asset),
        asset_mtime_ns=np.zeros(n_asset, np.int64),
        asset_root=np.array(roots or [0] * n_asset, np.int32),
        asset_folder=np.array([folders.index(one) for one in in_folders], np.int32),
        asset_extension=np.array([extensions.index(one) for one in with_extensions], np.int32),
        asset_day=np.array(days or [0] * n_asset, np.int32),
        asset_duration_ms=np.array(durations_ms or [-1] * n_asset),
        asset_camera=np.arange(n_asset, dtype=np.int32),
        asset_language=np.arange(n_asset, dtype=np.int32),
        root_ids=root_ids,
        folders=folders,
        extensions=extensions,
        cameras=cameras or [""] * n_asset,
        languages=languages or [""] * n_asset,
        file_names="\n".join(Path(name).name.lower() for name in names),
        asset_ids=[f"id{place}" for place in range(n_asset)],
        relative_paths=names,
        content_ids=[f"c{place}" for place in range(n_asset)],
        metadata=metadata or ["{}"] * n_asset,
        names=asset_names(names, metadata or ["{}"] * n_asset),
        concepts=None if tags is None else concepts_of(tags),
    )


def concepts_of(tags: Sequence[Sequence[str]]) -> Concepts:
    """The concept words of segments, at most N_CONCEPTS of each."""
    vocabulary = sorted({word for words in tags for word in words})
    places = np.full((len(tags), N_CONCEPTS), NO_CONCEPT, np.uint16)
    for segment, words in enumerate(tags):
        places[segment, : len(words)] = [vocabulary.index(word) for word in words]
    owners = np.repeat(np.arange(len(tags)), [len(words) for words in tags])
    said = postings_of([word for words in tags for word in words], owners, len(tags))
    return Concepts(vocabulary, "hand", places, said)
