"""The only module that talks to LanceDB."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmsearch.store.records import (
    AssetRecord,
    SegmentRecord,
    asset_schema,
    records_to_arrow,
    segment_schema,
    segments_to_arrow,
)

if TYPE_CHECKING:
    import pyarrow

_COMMITS_BETWEEN_UPKEEP = 100
"""Every commit leaves a file and a version; merging them keeps later commits fast."""
_KEEP_OLD_VERSIONS = timedelta(minutes=5)
"""A reader in another process may still be reading a version that was current a moment ago."""
_IDS_PER_STATEMENT = 500


class Tables:
    """Assets, and the segments of one space."""

    def __init__(self, folder: Path, space: str, dim: int) -> None:
        import lancedb

        self._dim = dim
        self._commits = 0
        database = lancedb.connect(str(folder / "tables"))
        self._assets = self._open(database, "assets", asset_schema())
        name = "segments_" + re.sub(r"[^a-zA-Z0-9]+", "_", space).strip("_")
        self._segments = self._open(database, name, segment_schema(dim))

    @staticmethod
    def _open(database: Any, name: str, schema: pyarrow.Schema) -> Any:
        if name in database.list_tables(limit=1000).tables:
            return database.open_table(name)
        return database.create_table(name, schema=schema, exist_ok=True)

    def refresh(self) -> None:
        """See what other processes have written."""
        for table in (self._assets, self._segments):
            table.checkout_latest()

    def assets(self) -> pyarrow.Table:
        return self._assets.to_arrow()

    def segments(self) -> pyarrow.Table:
        return self._segments.to_arrow()

    def segment_contents(self) -> set[str]:
        """The contents that have at least one stored segment."""
        column = self._segments.search().select(["content_id"]).to_arrow().column("content_id")
        return set(column.unique().to_pylist())

    def add_segments(self, segments: Sequence[SegmentRecord]) -> None:
        if segments:
            self._segments.add(segments_to_arrow(list(segments), self._dim))

    def put_assets(self, assets: Sequence[AssetRecord], known: set[str]) -> None:
        """Insert or replace; ``known`` are the ids that the table already has.

        New rows are appended, which costs the same however large the table is; only known ones
        go through the slower merge.
        """
        fresh = [asset for asset in assets if asset.asset_id not in known]
        changed = [asset for asset in assets if asset.asset_id in known]
        if fresh:
            self._assets.add(records_to_arrow(fresh, asset_schema()))
        if changed:
            merge = self._assets.merge_insert("asset_id").when_matched_update_all()
            merge.when_not_matched_insert_all().execute(records_to_arrow(changed, asset_schema()))

    def delete_assets_of_root(self, root_id: str) -> None:
        self._assets.delete(f"root_id = {_quoted(root_id)}")

    def delete_assets(self, asset_ids: Iterable[str]) -> None:
        self._delete(self._assets, "asset_id", asset_ids)

    def delete_contents(self, content_ids: Iterable[str]) -> None:
        self._delete(self._segments, "content_id", content_ids)

    @staticmethod
    def _delete(table: Any, column: str, ids: Iterable[str]) -> None:
        pending = sorted(ids)
        for start in range(0, len(pending), _IDS_PER_STATEMENT):
            some = ", ".join(map(_quoted, pending[start : start + _IDS_PER_STATEMENT]))
            table.delete(f"{column} IN ({some})")

    def after_commit(self) -> None:
        """Merge small files now and then."""
        self._commits += 1
        if self._commits % _COMMITS_BETWEEN_UPKEEP == 0:
            self.upkeep()

    def upkeep(self) -> None:
        """Merge small files and drop old versions."""
        for table in (self._assets, self._segments):
            table.optimize(cleanup_older_than=_KEEP_OLD_VERSIONS)


def _quoted(text: str) -> str:
    """A string literal for LanceDB's filter language."""
    return "'" + text.replace("'", "''") + "'"
