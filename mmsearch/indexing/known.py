"""What the library knows about files, as columns: a million of them must cost little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


class KnownAssets:
    """The assets of a library; a row is a number from 0 to ``n - 1``.

    table: an Arrow table with at least KNOWN_COLUMNS.
    """

    def __init__(self, table: pyarrow.Table) -> None:
        self._table = table.combine_chunks()
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
        """The contents whose vectors of a space are stored."""
        stored = self._equal("status", INDEXED) & self._equal("space", space)
        return KnownContents(self._table["content_id"].filter(stored))

    def _equal(self, column: str, value: str) -> Mask:
        import pyarrow.compute

        equal = pyarrow.compute.equal(self._table[column], value)
        return np.asarray(equal.to_numpy(zero_copy_only=False), bool)


class KnownContents:
    """Contents that need not be read again: those of the library, and those of this run."""

    def __init__(self, column: pyarrow.ChunkedArray) -> None:
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
    """Finds the row of a text in a column. A dictionary would take ten times the memory."""

    def __init__(self, column: pyarrow.ChunkedArray) -> None:
        self._column = column
        hashes = np.fromiter(map(hash, _texts(column)), np.int64, len(column))
        self._order = np.argsort(hashes, kind="stable")
        self._sorted = hashes[self._order]

    def find(self, texts: Sequence[str]) -> I64:
        """(n,) the first row of each text, -1 where there is none."""
        wanted = np.fromiter(map(hash, texts), np.int64, len(texts))
        first = np.searchsorted(self._sorted, wanted)
        last = np.searchsorted(self._sorted, wanted, side="right")
        rows = np.full(len(texts), -1, np.int64)
        hashed = np.flatnonzero(first < last)
        rows[hashed] = self._order[first[hashed]]
        wrong = ~self._are_at(rows[hashed], [texts[int(place)] for place in hashed])
        for place in map(int, hashed[wrong]):
            # Two texts may have one hash; the column says which is which.
            same = self._order[first[place] : last[place]]
            equal = (int(row) for row in same if self._column[int(row)].as_py() == texts[place])
            rows[place] = next(equal, -1)
        return rows

    def _are_at(self, rows: I64, texts: list[str]) -> Mask:
        import pyarrow as pa
        import pyarrow.compute

        equal = pyarrow.compute.equal(
            self._column.take(pa.array(rows)), pa.array(texts, pa.string())
        )
        return np.asarray(equal.to_numpy(zero_copy_only=False), bool)


def _texts(column: pyarrow.ChunkedArray) -> Iterator[str]:
    """The texts one after the other, without a list of all of them."""
    for start in range(0, len(column), _SLICE):
        yield from column.slice(start, _SLICE).to_pylist()
