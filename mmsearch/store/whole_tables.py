"""Whole tables, into a backup and out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow


def pinned_tables(folder: Path) -> dict[str, Any]:
    """Every table by name, as it is now whatever is written later; assets are taken first."""
    import lancedb

    if not (folder / "tables").is_dir():
        return {}
    database = lancedb.connect(str(folder / "tables"))
    tables = {name: database.open_table(name) for name in _assets_first(database)}
    for table in tables.values():
        table.checkout(table.version)
    return tables


def _assets_first(database: Any) -> list[str]:
    return sorted(database.list_tables(limit=1000).tables)


def write_table(folder: Path, name: str, reader: pyarrow.RecordBatchReader) -> None:
    """Make a table of the batches of a stream."""
    import lancedb

    database = lancedb.connect(str(folder / "tables"))
    database.create_table(name, data=reader, schema=reader.schema)
