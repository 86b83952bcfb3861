"""Looks through a library for what should not be there, and says what may be dropped to cure it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mmsearch.atomic import old_leftovers
from mmsearch.gallery import Gallery
from mmsearch.store.column_files import Texts
from mmsearch.store.mending import drafts, is_readable
from mmsearch.store.orphans import OWNERSHIP, orphan_segments, orphan_words, segmentless_assets

if TYPE_CHECKING:
    import pyarrow

    from mmsearch.store.tables import Tables

_ROWS = 8192
_UNIT = 0.01
"""How far the length of a vector of half precision may be from 1; a vector of zeros says that the
encoder had nothing to say."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and what to forget so that the next run makes it anew."""

    message: str
    contents: frozenset[str] = frozenset()
    assets: frozenset[str] = frozenset()
    is_told: bool = False
    """It is in what a person told the library, which cannot be made again and is never dropped."""


def unreadable_tables(folder: Path) -> list[Finding]:
    """The tables of which the newest version cannot be read."""
    paths = sorted((folder / "tables").glob("*.lance"))
    return [
        Finding(f"table {path.stem}: cannot be read")
        for path in paths
        if not is_readable(folder, path)
    ]


def check_tables(tables: Tables, space: str, root_ids: set[str]) -> Iterator[Finding]:
    """What is wrong in tables that can be read; takes a few seconds for a million segments."""
    assets = tables.assets(OWNERSHIP)
    yield from _assets_of_no_root(assets, root_ids)
    yield from _twice(assets, ("asset_id",), "files listed twice")
    yield from _counterparts(tables, assets, space)
    yield from _twice(tables.segment_keys(), ("content_id", "ordinal"), "segments stored twice")
    keys = ("content_id", "ordinal", "field")
    yield from _twice(tables.words().select(keys), keys, "segments whose words are stored twice")
    yield from _odd_vectors(tables)


def snapshot_differs(snapshot: Gallery | None, tables: Gallery) -> Finding | None:
    """Whether a snapshot says something else than the tables that it was made of."""
    if snapshot is None:
        return Finding("snapshot: missing or not to be read")
    return None if _are_same(snapshot, tables) else Finding("snapshot: differs from the tables")


def _are_same(one: Gallery, other: Gallery) -> bool:
    """Whether two galleries have the same assets with the same segments, in whatever order."""
    if (one.n_asset, one.n_segment) != (other.n_asset, other.n_segment):
        return False
    orders = [_by_asset_id(gallery) for gallery in (one, other)]
    for name in ("asset_ids", "content_ids"):
        columns = [Texts.of(getattr(gallery, name)).to_arrow() for gallery in (one, other)]
        if not columns[0].take(orders[0]).equals(columns[1].take(orders[1])):
            return False
    rows = [
        _segments_of(gallery, order) for gallery, order in zip((one, other), orders, strict=True)
    ]
    return len(rows[0]) == len(rows[1]) and all(
        np.array_equal(
            one.vectors[rows[0][at : at + _ROWS]], other.vectors[rows[1][at : at + _ROWS]]
        )
        for at in range(0, len(rows[0]), _ROWS)
    )


def _by_asset_id(gallery: Gallery) -> NDArray[np.int64]:
    import pyarrow.compute as pc

    order = pc.sort_indices(Texts.of(gallery.asset_ids).to_arrow())
    return np.asarray(order.to_numpy(), np.int64)


def _segments_of(gallery: Gallery, assets: NDArray[np.int64]) -> NDArray[np.int64]:
    """The segments of some assets, one asset after the other."""
    contents = gallery.asset_content[assets]
    contents = contents[contents >= 0]
    first, size = gallery.first_segment[contents], np.diff(gallery.first_segment)[contents]
    return np.repeat(first - np.cumsum(size) + size, size) + np.arange(size.sum())


def leftovers(folder: Path) -> list[Finding]:
    """Half-written files that a killed process left."""
    homes = (folder, folder / "normalise", folder / "map", folder / "adapt")
    found = [path for home in homes for path in old_leftovers(home)]
    found += drafts(folder)
    return [Finding(f"half-written files of a killed process: {len(found)}")] if found else []


def _assets_of_no_root(assets: pyarrow.Table, root_ids: set[str]) -> Iterator[Finding]:
    ids, roots = assets["asset_id"].to_pylist(), assets["root_id"].to_pylist()
    lost = frozenset(one for one, root in zip(ids, roots, strict=True) if root not in root_ids)
    if lost:
        yield Finding(f"files of no folder of the library: {len(lost):,}", assets=lost)


def _counterparts(tables: Tables, assets: pyarrow.Table, space: str) -> Iterator[Finding]:
    if orphans := orphan_segments(tables, assets, space):
        yield Finding(f"contents with segments, but no file: {len(orphans):,}")
    if orphans := orphan_words(tables, assets):
        yield Finding(f"contents with words, but no file: {len(orphans):,}")
    lost = segmentless_assets(tables, assets, space)
    if lost:
        yield Finding(f"files that have lost their segments: {len(lost):,}", assets=frozenset(lost))


def _twice(rows: pyarrow.Table, columns: tuple[str, ...], what: str) -> Iterator[Finding]:
    import pyarrow.compute as pc

    counted = rows.select(columns).group_by(list(columns)).aggregate([([], "count_all")])
    twice = counted.filter(pc.greater(counted["count_all"], 1))
    if twice.num_rows:
        named = frozenset(twice[columns[0]].to_pylist())
        message = f"{what}: {twice.num_rows:,}"
        of_assets = columns[0] == "asset_id"
        yield Finding(message, assets=named) if of_assets else Finding(message, named)


def _odd_vectors(tables: Tables) -> Iterator[Finding]:
    odd: set[str] = set()
    for content_ids, vectors in tables.vector_batches():
        norms = np.linalg.norm(vectors.astype(np.float32), axis=1)
        wrong = ~((np.abs(norms - 1) < _UNIT) | (norms == 0))
        odd.update(content_ids[row] for row in np.flatnonzero(wrong))
    if odd:
        yield Finding(f"contents with damaged vectors: {len(odd):,}", frozenset(odd))
