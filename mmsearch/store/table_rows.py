"""Rows of a table of LanceDB by the contents that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow

_IDS_PER_STATEMENT = 500


def rows_having(table: Any, content_ids: Iterable[str]) -> pyarrow.Table:
    """The rows of some contents."""
    import pyarrow as pa

    found = [table.search().where(one).to_arrow() for one in conditions("content_id", content_ids)]
    return pa.concat_tables(found) if found else table.schema.empty_table()


def contents_of(table: Any, where: str = "") -> pyarrow.Array:
    """The contents of the rows (for which a condition holds), each once."""
    query = table.search().select(["content_id"])
    column = (query.where(where) if where else query).to_arrow().column("content_id")
    return column.unique()


def other_contents(contents: pyarrow.Array, known: pyarrow.Array) -> set[str]:
    """The contents that are not known."""
    import pyarrow.compute as pc

    return set(contents.filter(pc.invert(pc.is_in(contents, value_set=known))).to_pylist())


def conditions(column: str, ids: Iterable[str]) -> Iterator[str]:
    """Conditions for LanceDB that together hold for these values of a column."""
    pending = sorted(ids)
    for start in range(0, len(pending), _IDS_PER_STATEMENT):
        some = ", ".join(map(quoted, pending[start : start + _IDS_PER_STATEMENT]))
        yield f"{column} IN ({some})"


def quoted(text: str) -> str:
    """A string literal for LanceDB's filter language."""
    return "'" + text.replace("'", "''") + "'"


def delete_rows(table: Any, column: str, ids: Iterable[str]) -> None:
    """Delete the rows that have one of these values in a column."""
    for condition in conditions(column, ids):
        table.delete(condition)
