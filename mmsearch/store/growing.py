"""Makes the gallery of a library that has grown from that before, reading what is new only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mmsearch.concepts import Vocabulary
from mmsearch.gallery import Gallery
from mmsearch.store.column_files import Texts
from mmsearch.store.columns import gallery_from_tables
from mmsearch.store.concept_columns import describe
from mmsearch.store.joining import joined
from mmsearch.store.postings_table import postings_from_table
from mmsearch.store.records import INDEXED

if TYPE_CHECKING:
    import pyarrow

    from mmsearch.store.tables import Tables

_MOST_NEW = 50_000
"""With more new files everything is read: it takes no longer then."""


@dataclass(frozen=True, slots=True)
class Space:
    """What the vectors of a gallery are of, and what describes them."""

    name: str
    dim: int
    vocabulary: Vocabulary | None


def grown_gallery(earlier: Gallery, tables: Tables, space: Space) -> Gallery | None:
    """The gallery of what the tables hold now, with its words.

    earlier: of the same tables. None where its assets are not all there as they were, very many
    came, or it has not all its words: then everything has to be read.
    """
    if not _is_whole(earlier, space.vocabulary):
        return None
    fresh = _new_assets(earlier, tables, space.name)
    if fresh is None or fresh.num_rows == 0:
        return None if fresh is None else earlier
    known = _known_contents(earlier, fresh["content_id"].to_pylist())
    wanted = {name for name in fresh["content_id"].to_pylist() if name not in known}
    new = gallery_from_tables(fresh, tables.segments_with(wanted), space=space.name, dim=space.dim)
    new = replace(new, words=postings_from_table(tables.words_with(wanted), new))
    if space.vocabulary is not None:
        new = replace(new, concepts=describe(new, space.vocabulary, None))
    return _with_copies(joined(earlier, new), earlier.n_asset, known)


def _is_whole(earlier: Gallery, vocabulary: Vocabulary | None) -> bool:
    """Whether it has all that would have to be read from the tables otherwise."""
    described_by = earlier.concepts.fingerprint if earlier.concepts else None
    wanted = vocabulary.fingerprint if vocabulary else None
    has_words = earlier.words is not None and earlier.names is not None
    return earlier.n_asset > 0 and has_words and described_by == wanted


def _new_assets(earlier: Gallery, tables: Tables, space: str) -> pyarrow.Table | None:
    """The assets that came; None where others went or changed, or very many came."""
    import pyarrow as pa
    import pyarrow.compute as pc

    keys = tables.assets(("asset_id", "content_id", "status", "space"))
    keys = keys.filter(pc.equal(keys["status"], INDEXED))
    if not pc.all(pc.equal(keys["space"], space)).as_py():
        return None
    ids = keys["asset_id"].cast(pa.large_string())
    places = pc.index_in(ids, value_set=Texts.of(earlier.asset_ids).to_arrow())
    old, fresh = keys.filter(pc.is_valid(places)), keys.filter(pc.is_null(places))
    contents = Texts.of(earlier.content_ids).to_arrow().take(places.drop_null())
    is_same = pc.equal(old["content_id"].cast(pa.large_string()), contents)
    if old.num_rows != earlier.n_asset or not pc.all(is_same).as_py():
        return None
    if fresh.num_rows > _MOST_NEW:
        return None
    if fresh.num_rows == 0:
        return fresh
    # Of all others the keys are enough: a million rows take a second and a gigabyte.
    rows = tables.assets_with(fresh["content_id"].unique().to_pylist())
    places = pc.index_in(fresh["asset_id"], value_set=rows["asset_id"].combine_chunks())
    return rows.take(places)


def _known_contents(earlier: Gallery, content_ids: Sequence[str]) -> dict[str, int]:
    """Those of the contents that were there, with their numbers."""
    import pyarrow as pa
    import pyarrow.compute as pc

    known = Texts.of(earlier.content_ids).to_arrow()
    rows = pc.index_in(pa.array(content_ids, pa.large_string()), value_set=known)
    pairs = zip(content_ids, rows.to_pylist(), strict=True)
    found = {name: int(earlier.asset_content[row]) for name, row in pairs if row is not None}
    return {name: content for name, content in found.items() if content >= 0}


def _with_copies(gallery: Gallery, start: int, known: dict[str, int]) -> Gallery:
    """New assets, from a row on, that contain what was there already."""
    content: NDArray[np.int64] = gallery.asset_content.copy()
    for row in np.flatnonzero(content[start:] < 0).tolist():
        content[start + row] = known.get(gallery.content_ids[start + row], -1)
    return replace(gallery, asset_content=content)
