"""Finds what has lost its counterpart: segments without a file, files without their segments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mmsearch.store.records import INDEXED
from mmsearch.types import Modality

if TYPE_CHECKING:
    import pyarrow

    from mmsearch.store.tables import Tables

OWNERSHIP = ("asset_id", "root_id", "content_id", "status", "space")
"""The columns of assets that are looked at here."""


def owned_contents(assets: pyarrow.Table, space: str = "") -> pyarrow.Array:
    """The contents that indexed files have; only files that were read for a space, if given."""
    import pyarrow.compute as pc

    keep = pc.equal(assets["status"], INDEXED)
    if space:
        keep = pc.and_(keep, pc.equal(assets["space"], space))
    return assets["content_id"].filter(keep).unique()


def orphan_segments(tables: Tables, assets: pyarrow.Table, space: str) -> set[str]:
    """Contents with segments of the space but no file of it: left by a kill, or by files that went.

    What files own that were last read for another space counts too: for this one they are read
    again, and would be stored twice.
    """
    return tables.segment_contents_but(owned_contents(assets, space))


def orphan_words(tables: Tables, assets: pyarrow.Table) -> set[str]:
    """Contents with words but no file."""
    return tables.word_contents_but(owned_contents(assets))


def segmentless_assets(tables: Tables, assets: pyarrow.Table, space: str) -> set[str]:
    """Files whose segments are not there: a power cut kept the one and not the other."""
    import pyarrow as pa
    import pyarrow.compute as pc

    stored = pa.array(["", *tables.segment_contents()], pa.string())
    mine = pc.and_(pc.equal(assets["status"], INDEXED), pc.equal(assets["space"], space))
    lost = pc.and_(mine, pc.invert(pc.is_in(assets["content_id"], value_set=stored)))
    return set(assets["asset_id"].filter(lost).to_pylist())


def wordless_assets(tables: Tables, assets: pyarrow.Table, root_ids: Iterable[str]) -> set[str]:
    """Code under these roots that older versions stored without its words."""
    wordless = tables.segment_contents(Modality.CODE.value) - tables.word_contents()
    if not wordless:
        return set()
    roots = set(root_ids)
    columns = (assets[name].to_pylist() for name in ("asset_id", "root_id", "content_id"))
    rows = zip(*columns, strict=True)
    return {asset for asset, root, content in rows if content in wordless and root in roots}
