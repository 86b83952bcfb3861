"""A map of the library: files that are alike lie near each other, whatever their kind."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.present.map_layout import plane_layout
from mmsearch.types import F32, Hit, Locator, Modality

MOST_POINTS = 20_000
"""More can neither be told apart nor be placed in a second or two."""
_NO_SCORES: dict[str, float] = {}


@dataclass(frozen=True, slots=True, eq=False)
class LibraryMap:
    """Points, one for each file (copies share one)."""

    positions: F32
    """(n_point, 2) in the square from -1 to 1."""
    rows: NDArray[np.int64]
    """(n_point,) the asset of each point."""
    kinds: NDArray[np.uint8]
    """(n_point,) places in MODALITIES."""
    n_file: int
    """How many files could be on the map, of which it may be a sample."""
    gallery: Gallery
    root_paths: Mapping[str, Path]

    def is_same(self, other: LibraryMap) -> bool:
        """Whether both show the same files of the same state of a library."""
        return self.gallery is other.gallery and np.array_equal(self.rows, other.rows)

    def hit(self, point: int) -> Hit:
        """The file of a point, as if it had been found."""
        gallery, row = self.gallery, int(self.rows[point])
        root_path = self.root_paths[gallery.root_ids[gallery.asset_root[row]]]
        path = root_path / gallery.relative_paths[row]
        return Hit(
            rank=point + 1,
            path=path,
            modality=MODALITIES[self.kinds[point]],
            match=1.0,
            locator=_middle(gallery, row),
            scores=_NO_SCORES,
            asset_id=gallery.asset_ids[row],
            content_id=gallery.content_ids[row],
            size_bytes=int(gallery.asset_size_bytes[row]),
            modified_at_s=float(gallery.asset_mtime_ns[row]) / 1e9,
            offline=not os.path.lexists(path),
        )


def map_rows(
    gallery: Gallery, most: int = MOST_POINTS, seed: int = 0
) -> tuple[NDArray[np.int64], int]:
    """The assets on the map, in the gallery's order: the first of each content, or a sample of
    them; and how many there are to sample from."""
    rows = np.flatnonzero(gallery.asset_content >= 0)
    _, first = np.unique(gallery.asset_content[rows], return_index=True)
    rows = np.sort(rows[first])
    n_file = len(rows)
    if n_file > most:
        rows = np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))
    return rows, n_file


def map_positions(gallery: Gallery, rows: NDArray[np.int64]) -> F32:
    """Where files lie: (n_row, 2) float32 in the square from -1 to 1."""
    return plane_layout(file_vectors(gallery, rows))


def file_vectors(gallery: Gallery, rows: NDArray[np.int64]) -> F32:
    """One unit vector for each file, without what is common to its kind: (n_row, dim) float32.

    Towers leave their vectors in cones of their own (the modality gap: Liang et al. 2022); with
    them, the map would show kinds instead of what is in the files.
    """
    contents = gallery.asset_content[rows]
    starts, ends = gallery.first_segment[contents], gallery.first_segment[contents + 1]
    sizes = ends - starts
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    segments = np.arange(sizes.sum()) + np.repeat(starts - firsts, sizes)
    vectors = np.array(gallery.vectors[segments], np.float32)
    towers = gallery.kind[segments]
    for tower in np.unique(towers).tolist():
        vectors[towers == tower] -= vectors[towers == tower].mean(axis=0)
    sums = np.add.reduceat(vectors, firsts, axis=0) if len(rows) else vectors
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))


def _middle(gallery: Gallery, row: int) -> Locator:
    """What to show of a film: the shot in its middle; of other files, all."""
    if MODALITIES[gallery.asset_modality[row]] is not Modality.VIDEO:
        return None
    content = int(gallery.asset_content[row])
    mine = np.arange(*gallery.first_segment[content : content + 2])
    seen = mine[gallery.kind[mine] != MODALITIES.index(Modality.AUDIO)]
    mine = seen if len(seen) else mine
    return gallery.locator(int(mine[len(mine) // 2]))
