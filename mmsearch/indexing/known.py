"""What the library knows about files, as columns: a million of them must cost little."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mmsearch.store.records import FAILED, INDEXED

if TYPE_CHECKING:
    import pyarrow

KNOWN_COLUMNS = (
    "asset_id",
    "root_id",
    "relative_path",
    "size_bytes",
    "mtime_ns",
    "content_id",
    "status",
    "failure_kind",
    "space",
)
"""What a run compares the disk with."""
I64: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
_SLICE = 65_536
_END_BYTES = 16
_ODD = np.uint64(0x9E3779B97F4A7C15)
"""Keeps the two halves of an end from taking each other away."""


class KnownAssets:
    """The assets of a library; a row is a number from 0 to ``n - 1``.

    table: an Arrow table with at least KNOWN_COLUMNS.
    roots: whose assets are compared with the disk; None for all.
    """

    def __init__(self, table: pyarrow.Table, roots: Sequence[str] | None = None) -> None:
        self._all = table
        self._table = (table if roots is None else _of_roots(table, roots)).combine_chunks()
        self._ids = _Places(self._table["asset_id"])
        self.n = self._table.num_rows
        self.size_bytes: I64 = self._table["size_bytes"].to_numpy()
        self.mtime_ns: I64 = self._table["mtime_ns"].to_numpy()

    def rows(self, asset_ids: Sequence[str]) -> I64:
        """(n,) the row of each asset, -1 for those that the library does not know."""
        return self._ids.find(asset_ids)

    def is_good(self, space: str, retried: frozenset[str]) -> Mask:
        """(n,) whether an asset is done as long as its file stays as it was.

        space: vectors of another one are of no use.
        retried: the kinds of failure that are tried again although nothing has changed.
        """
        failed = self._equal("status", FAILED)
        tried_again = np.zeros(self.n, bool)
        for kind in retried:
            tried_again |= self._equal("failure_kind", kind)
        return np.where(failed, ~tried_again, self._equal("space", space))

    def failed_rows(self, asset_ids: Iterable[str]) -> I64:
        """The rows of those assets that are known, and could not be read."""
        rows = self.rows(list(asset_ids))
        rows = rows[rows >= 0]
        return rows[self._equal("status", FAILED)[rows]]

    def of_root(self, root_id: str) -> I64:
        """The rows of a root's assets."""
        return np.flatnonzero(self._equal("root_id", root_id))

    def asset_id(self, row: int) -> str:
        """The id of an asset."""
        return str(self._table["asset_id"][row].as_py())

    def content_id(self, row: int) -> str:
        """What an asset contained when it was last read."""
        return str(self._table["content_id"][row].as_py())

    def relative_path(self, row: int) -> str:
        """The path of an asset below its root."""
        return str(self._table["relative_path"][row].as_py())

    def contents(self, space: str) -> KnownContents:
        """The contents, of all roots, whose vectors of a space are stored."""
        import pyarrow.compute as compute

        is_indexed = compute.equal(self._all["status"], INDEXED)
        stored = compute.and_(is_indexed, compute.equal(self._all["space"], space))
        return KnownContents(self._all["content_id"].filter(stored).combine_chunks())

    def _equal(self, column: str, value: str) -> Mask:
        import pyarrow.compute

        equal = pyarrow.compute.equal(self._table[column], value)
        return np.asarray(equal.to_numpy(zero_copy_only=False), bool)


def _of_roots(table: pyarrow.Table, roots: Sequence[str]) -> pyarrow.Table:
    import pyarrow as pa
    import pyarrow.compute

    return table.filter(pyarrow.compute.is_in(table["root_id"], pa.array(roots, pa.string())))


class KnownContents:
    """Contents that need not be read again: those of the library, and those of this run."""

    def __init__(self, column: pyarrow.Array | pyarrow.ChunkedArray) -> None:
        self._column = column
        self._added: set[str] = set()

    def __contains__(self, content_id: str) -> bool:
        return content_id in self._added or self._stored.find([content_id])[0] >= 0

    @cached_property
    def _stored(self) -> _Places:
        """Made only when there is something to read."""
        return _Places(self._column)

    def add(self, content_id: str) -> None:
        """Its vectors are stored now."""
        self._added.add(content_id)


class _Places:
    """Finds the row of a text in a column. A dictionary would take ten times the memory and time.

    Texts are sorted by their ends, in which ids differ most; equal ends are compared as a whole.
    """

    def __init__(self, column: pyarrow.Array | pyarrow.ChunkedArray) -> None:
        self._column = column
        chunks = [_ends(chunk) for chunk in getattr(column, "chunks", [column])]
        ends = np.concatenate(chunks) if chunks else np.zeros(0, np.uint64)
        self._order = np.argsort(ends, kind="stable")
        self._sorted = ends[self._order]

    def find(self, texts: Sequence[str]) -> I64:
        """(n,) the first row of each text, -1 where there is none."""
        import pyarrow as pa

        wanted = _ends(pa.array(texts, pa.string()))
        first = np.searchsorted(self._sorted, wanted)
        last = np.searchsorted(self._sorted, wanted, side="right")
        rows = np.full(len(texts), -1, np.int64)
        alike = np.flatnonzero(first < last)
        rows[alike] = self._order[first[alike]]
        wrong = ~self._are_at(rows[alike], [texts[int(place)] for place in alike])
        for place in map(int, alike[wrong]):
            same = self._order[first[place] : last[place]]
            equal = (int(row) for row in same if self._column[int(row)].as_py() == texts[place])
            rows[place] = next(equal, -1)
        return rows

    def _are_at(self, rows: I64, texts: list[str]) -> Mask:
        import pyarrow as pa
        import pyarrow.compute

        stored = self._column.take(pa.array(rows))
        equal = pyarrow.compute.equal(stored, pa.array(texts, pa.string()))
        return np.asarray(equal.to_numpy(zero_copy_only=False), bool)


def _ends(array: pyarrow.Array) -> NDArray[np.uint64]:
    """(n,) a number for each text, made of its last 16 bytes (of shorter ones, of all)."""
    _, offsets, data = array.buffers()
    if len(array) == 0:
        return np.zeros(0, np.uint64)
    bounds = np.frombuffer(offsets, np.int32)[array.offset : array.offset + len(array) + 1]
    # Texts before the first one, so that every text has 16 bytes before its end.
    text = np.concatenate([np.zeros(_END_BYTES, np.uint8), np.frombuffer(data or b"", np.uint8)])
    found = np.empty(len(array), np.uint64)
    for start in range(0, len(array), _SLICE):
        ends = bounds[start + 1 : start + 1 + _SLICE].astype(np.int64)
        lengths = ends - bounds[start : start + len(ends)]
        letters = text[ends[:, None] + np.arange(_END_BYTES)]
        letters[np.arange(_END_BYTES) < _END_BYTES - lengths[:, None]] = 0
        halves = letters.view(np.uint64)
        found[start : start + len(ends)] = halves[:, 0] * _ODD + halves[:, 1]
    return found
