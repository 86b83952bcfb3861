"""Says when it pays to merge the files of a table, and drops those that were replaced.

LanceDB writes a file for every commit, and merges all files below a million rows at once, however
few are new. So it costs as much as the table is large, and is done when enough has come.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

_ALWAYS_MERGED_ROWS = 20_000
"""Below, merging takes a tenth of a second."""
_ROWS_A_FILE = 5_000
"""Every new file pays for so many rows to be written again; opening one takes 0.2 ms, and
writing so many rows 15."""
_FULL_FILE_ROWS = 1024 * 1024
"""LanceDB does not touch files of so many rows again."""
_KEEP_OLD_VERSIONS = timedelta(minutes=5)
"""A reader in another process may still be reading a version that was current a moment ago."""


def is_worth_merging(table: Any) -> bool:
    """Whether a table of LanceDB has small files enough."""
    n_row, n_loose = _rows_and_loose_files(table)
    if n_row <= _ALWAYS_MERGED_ROWS:
        return True
    return n_loose > 1 + (n_row % _FULL_FILE_ROWS) // _ROWS_A_FILE


def is_merged(table: Any) -> bool:
    """Whether there is nothing to merge, so that old versions can be dropped without."""
    n_row, n_loose = _rows_and_loose_files(table)
    return n_row > 0 and n_loose <= 1


def drop_old_versions(tables: Iterable[Any]) -> None:
    """Drop the files that only old versions name, or none; merges the rest if there is any."""
    for table in tables:
        # There is one writer, so what no version names was left by a killed one.
        table.optimize(cleanup_older_than=_KEEP_OLD_VERSIONS, delete_unverified=True)


def _rows_and_loose_files(table: Any) -> tuple[int, int]:
    """Rows, and how many files there are beside the full ones."""
    stats = table.stats()
    n_row = stats["num_rows"]
    return n_row, stats["fragment_stats"]["num_fragments"] - n_row // _FULL_FILE_ROWS
