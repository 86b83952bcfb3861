"""The tables in the shape in which they leave the library: what other programs can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mmsearch.store.orphans import owned_contents
from mmsearch.store.records import segment_schema

if TYPE_CHECKING:
    import pyarrow

    from mmsearch.store.reading import StoreReader


def exported_tables(
    store: StoreReader, root_paths: Mapping[str, str]
) -> list[tuple[pyarrow.Schema, Iterator[pyarrow.RecordBatch]]]:
    """Assets with their full path, and segments with float32 vectors: a schema and batches each.

    A segment and the assets that have it share ``content_id``.
    """
    tables = store.fresh_tables()
    # Assets first: an asset is written after its segments, so what it owns is there.
    assets = tables.assets()
    roots = [root_paths.get(root_id, "") for root_id in assets["root_id"].to_pylist()]
    names = assets["relative_path"].to_pylist()
    paths = [f"{root}/{name}" for root, name in zip(roots, names, strict=True)]
    assets = assets.append_column("path", [paths])
    owned = owned_contents(assets)
    return [
        (assets.schema, iter(assets.to_batches())),
        (_segment_schema(store.dim), _segments(tables.segment_batches(), owned, store.dim)),
    ]


def _segment_schema(dim: int) -> pyarrow.Schema:
    """As in the tables, with wider numbers: half floats are known to few readers of Parquet."""
    import pyarrow as pa

    schema = segment_schema(dim)
    vector = pa.field("vector", pa.list_(pa.float32(), dim))
    return schema.set(schema.get_field_index("vector"), vector)


def _segments(
    batches: Iterator[Any], owned: pyarrow.Array, dim: int
) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa
    import pyarrow.compute as pc

    schema = _segment_schema(dim)
    for batch in batches:
        mine = batch.filter(pc.is_in(batch["content_id"], value_set=owned))
        vectors = mine["vector"].flatten().to_numpy(zero_copy_only=False).astype("float32")
        columns = [mine[name] for name in schema.names[:-1]]
        vector = pa.FixedSizeListArray.from_arrays(pa.array(vectors), dim)
        yield pa.record_batch([*columns, vector], schema=schema)
