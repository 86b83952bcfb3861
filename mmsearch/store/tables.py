"""Assets, segments and words in LanceDB. Only this package talks to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmsearch.store.durable import DurableFolder
from mmsearch.store.records import (
    AssetRecord,
    SegmentRecord,
    asset_schema,
    records_to_arrow,
    said_to_arrow,
    segment_schema,
    segments_to_arrow,
    words_schema,
    words_to_arrow,
)
from mmsearch.store.table_rows import (
    conditions,
    contents_of,
    delete_rows,
    other_contents,
    quoted,
    rows_having,
)
from mmsearch.store.upkeep import drop_old_versions, is_merged, is_worth_merging

if TYPE_CHECKING:
    import numpy as np
    import pyarrow
    from numpy.typing import NDArray

_COMMITS_BETWEEN_UPKEEP = 100
"""Every commit leaves a file and a version; merging them keeps later commits fast."""
_KEEP_ALL_VERSIONS = timedelta(days=36_500)
_WORTH_A_SCAN = 5_000
"""From so many ids on, reading the whole table once is quicker than a statement for each 500."""
_ROWS_AT_ONCE = 4096
_ASSETS = "assets"
_WORDS = "words"
_SEGMENTS = "segments_"


class Tables:
    """Assets, the segments of one space, and the words of segments with a full-text index.

    What is not there yet reads as an empty table; ``make`` makes it.
    """

    def __init__(self, folder: Path, space: str, dim: int) -> None:
        import lancedb

        self._dim = dim
        self._commits = 0
        self._durable = DurableFolder(folder / "tables")
        self._database = lancedb.connect(str(folder / "tables"))
        self._segments_name = segments_table(space)
        self._there = self._those_there()
        self._assets = self._open(_ASSETS, asset_schema())
        self._segments = self._open(self._segments_name, segment_schema(dim))
        self._words: Any = self._database.open_table(_WORDS) if _WORDS in self._there else None

    def _names(self) -> list[str]:
        return list(self._database.list_tables(limit=1000).tables)

    def _those_there(self) -> set[str]:
        return {_ASSETS, self._segments_name, _WORDS}.intersection(self._names())

    def _open(self, name: str, schema: pyarrow.Schema) -> Any:
        """A table; where there is none, an empty one in memory: who only reads makes nothing."""
        if name in self._there:
            return self._database.open_table(name)
        return _in_memory(name, schema)

    def _make(self, name: str, schema: pyarrow.Schema) -> Any:
        return self._database.create_table(name, schema=schema, exist_ok=True)

    def _all(self) -> list[Any]:
        tables = (self._assets, self._segments, self._words)
        return [table for table in tables if table is not None]

    def refresh(self) -> bool:
        """See what other processes have written.

        False where a table has come or gone since: then all are to be opened anew.
        """
        if self._those_there() != self._there:
            return False
        for table in self._all():
            table.checkout_latest()
        return True

    def make(self) -> None:
        """Make the tables that are missing; needs the writer's lock.

        The index of words is made while they are empty: no search goes without.
        """
        if _ASSETS not in self._there:
            self._assets = self._make(_ASSETS, asset_schema())
        if self._segments_name not in self._there:
            self._segments = self._make(self._segments_name, segment_schema(self._dim))
        if self._words is None:
            self._words = self._make(_WORDS, words_schema())
        if not self._words.list_indices():
            self._words.create_index("text", config=_full_text())
        self._there = self._those_there()

    def assets(self, columns: Sequence[str] | None = None) -> pyarrow.Table:
        """All assets; reading fewer columns is quicker and takes less memory."""
        if columns is None:
            return self._assets.to_arrow()
        return self._assets.search().select(list(columns)).to_arrow()

    def assets_with(self, content_ids: Iterable[str]) -> pyarrow.Table:
        """The assets of these contents."""
        import pyarrow as pa
        import pyarrow.compute

        wanted = list(content_ids)
        if len(wanted) > _WORTH_A_SCAN:
            assets = self._assets.to_arrow()
            return assets.filter(pa.compute.is_in(assets["content_id"], pa.array(wanted)))
        found = [
            self._assets.search().where(condition).to_arrow()
            for condition in conditions("content_id", wanted)
        ]
        return pa.concat_tables(found) if found else asset_schema().empty_table()

    def segments(self) -> pyarrow.Table:
        return self._segments.to_arrow()

    def segments_with(self, content_ids: Iterable[str]) -> pyarrow.Table:
        """The segments of these contents."""
        return rows_having(self._segments, content_ids)

    def words_with(self, content_ids: Iterable[str]) -> pyarrow.Table:
        """The words of these contents."""
        if self._words is None:
            return words_schema().empty_table()
        return rows_having(self._words, content_ids)

    def segment_keys(self) -> pyarrow.Table:
        """The content and the place in it of every segment."""
        return self._segments.search().select(["content_id", "ordinal"]).to_arrow()

    def vector_batches(self) -> Iterator[tuple[list[str], NDArray[np.float16]]]:
        """All vectors, some thousand at a time: their contents, and (n, dim)."""
        query = self._segments.search().select(["content_id", "vector"])
        for batch in query.to_batches(batch_size=_ROWS_AT_ONCE):
            vectors = batch["vector"].flatten().to_numpy(zero_copy_only=False)
            yield batch["content_id"].to_pylist(), vectors.reshape(-1, self._dim)

    def segment_batches(self) -> Iterator[pyarrow.RecordBatch]:
        """All segments, some thousand at a time."""
        yield from self._segments.search().to_batches(batch_size=_ROWS_AT_ONCE)

    def segment_contents(self, kind: str = "") -> set[str]:
        """The contents that have at least one stored segment (of a kind)."""
        where = f"kind = {quoted(kind)}" if kind else ""
        return set(contents_of(self._segments, where).to_pylist())

    def word_contents(self) -> set[str]:
        """The contents of which the words of at least one segment are stored."""
        return set(contents_of(self._words).to_pylist()) if self._words is not None else set()

    def segment_contents_but(self, known: pyarrow.Array) -> set[str]:
        """The contents of stored segments that are not known; reading them all takes longer."""
        return other_contents(contents_of(self._segments), known)

    def word_contents_but(self, known: pyarrow.Array) -> set[str]:
        """The contents of stored words that are not known."""
        return other_contents(contents_of(self._words), known) if self._words is not None else set()

    def words(self) -> pyarrow.Table:
        return words_schema().empty_table() if self._words is None else self._words.to_arrow()

    def match_words(self, terms: Sequence[str], limit: int) -> pyarrow.Table:
        """The best rows by BM25, as content_id, ordinal and _score, in no certain order.

        ``terms`` are words as they are stored. They go in as words, not as a query language.
        """
        from lancedb.query import MatchQuery

        if self._words is None or not terms:
            return words_schema().empty_table()
        search = self._words.search(MatchQuery(" ".join(terms), "text"), query_type="fts")
        return search.limit(limit).select(["content_id", "ordinal", "_score"]).to_arrow()

    def add_segments(self, segments: Sequence[SegmentRecord]) -> None:
        """Write the segments with their words."""
        if segments:
            self._segments.add(segments_to_arrow(list(segments), self._dim))
        words = words_to_arrow(list(segments))
        if words.num_rows:
            self._words.add(words)

    def add_said(self, words: Mapping[tuple[str, int], str]) -> None:
        """Write words that models made of segments."""
        if words:
            self._words.add(said_to_arrow(words))

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

    def assets_of_root(self, root_id: str) -> set[str]:
        """The ids of a root's assets."""
        query = self._assets.search().where(f"root_id = {quoted(root_id)}")
        return set(query.select(["asset_id"]).to_arrow()["asset_id"].to_pylist())

    def delete_assets_of_root(self, root_id: str) -> None:
        self._assets.delete(f"root_id = {quoted(root_id)}")

    def delete_assets(self, asset_ids: Iterable[str]) -> None:
        delete_rows(self._assets, "asset_id", asset_ids)

    def delete_segments(self, content_ids: Iterable[str]) -> None:
        delete_rows(self._segments, "content_id", content_ids)

    def delete_words(self, content_ids: Iterable[str]) -> None:
        if self._words is not None:
            delete_rows(self._words, "content_id", content_ids)

    def drop_other_spaces(self) -> None:
        """Drop the vectors of all spaces but this one's."""
        for name in self._names():
            if name.startswith(_SEGMENTS) and name != self._segments_name:
                self._database.drop_table(name)

    def after_commit(self) -> None:
        """Merge small files now and then."""
        self._commits += 1
        if self._commits % _COMMITS_BETWEEN_UPKEEP == 0:
            self.upkeep()

    def sync(self) -> None:
        """Have everything on the disk that was written; LanceDB leaves that to the system."""
        self._durable.sync()

    def upkeep(self, *, whole: bool = False) -> None:
        """Merge small files, drop old versions, and take new words into the index.

        whole: of every table, so that what was deleted is gone; else of those where it pays.
        """
        tables = [table for table in self._all() if whole or is_worth_merging(table)]
        for table in tables:
            table.optimize(cleanup_older_than=_KEEP_ALL_VERSIONS)
        # The old versions go only when the merged one is safe from a power cut.
        self.sync()
        drop_old_versions(tables)

    def drop_replaced_files(self) -> None:
        """Drop what a merge before has left for readers, which is as much as there is.

        To be called before anything is written: dropping is merging too, which is then nothing.
        """
        drop_old_versions([table for table in self._all() if is_merged(table)])


def _in_memory(name: str, schema: pyarrow.Schema) -> Any:
    import lancedb

    return lancedb.connect("memory://").create_table(name, schema=schema)


def segments_table(space: str) -> str:
    """The name of the table that holds the vectors of a space."""
    return _SEGMENTS + re.sub(r"[^a-zA-Z0-9]+", "_", space).strip("_")


def _full_text() -> Any:
    """The index of words as they are: identifiers.terms has made them comparable already."""
    from lancedb.index import FTS

    return FTS(
        base_tokenizer="whitespace",
        lower_case=False,
        stem=False,
        remove_stop_words=False,
        ascii_folding=False,
        max_token_length=None,
        with_position=False,
    )
