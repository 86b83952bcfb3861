"""Writes results and the index as files that other programs read."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mmsearch.atomic import write_atomically
from mmsearch.errors import UserError
from mmsearch.store.export_tables import exported_tables
from mmsearch.store.store import Store
from mmsearch.types import Hit, LineRange, TimeRange

_COLUMNS = (
    "rank", "path", "modality", "match", "start_s", "end_s", "first_line", "last_line", "logit",
)  # fmt: skip
_TEXTS = {"path", "modality"}
_HINT = "Name a file that ends in .csv, .jsonl or .parquet."


def export_hits(hits: Sequence[Hit], path: Path) -> None:
    """Write the results of a search; the end of the name says in which format.

    CSV and Parquet have one row a hit with its best segment; JSON lines have all that
    ``search --json`` says. Raises UserError for another ending and when it cannot be written.
    """
    check_export(path)
    match path.suffix.lower():
        case ".csv":
            content = _as_csv(hits)
        case ".jsonl":
            lines = (json.dumps(hit.to_json(), ensure_ascii=False) for hit in hits)
            content = "".join(f"{line}\n" for line in lines).encode()
        case _:
            content = _as_parquet(hits)
    try:
        write_atomically(path, content)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from error


def check_export(path: Path) -> None:
    """Raises UserError for a file whose ending names no format that results can have."""
    if path.suffix.lower() not in {".csv", ".jsonl", ".parquet"}:
        raise UserError(f"{path.suffix or path.name} is no format for results.", _HINT)


def export_index(store: Store, folder: Path) -> list[Path]:
    """Write what is stored as Parquet: one file of assets, one of segments with their vectors.

    Raises UserError when one of the files is there already or cannot be written.
    """
    paths = [folder / "assets.parquet", folder / "segments.parquet"]
    for path in paths:
        if os.path.lexists(path):
            raise UserError(f"{path} exists already.", "Name another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        roots = {root.root_id: root.path for root in store.roots()}
        for path, table in zip(paths, exported_tables(store.answering, roots), strict=True):
            _write_parquet(path, *table)
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}.") from error
    return paths


def _rows(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    rows = []
    for hit in hits:
        row: dict[str, Any] = dict.fromkeys(_COLUMNS)
        row |= {"rank": hit.rank, "path": str(hit.path), "modality": hit.modality.value}
        row |= {"match": hit.match, "logit": hit.scores.get("logit")}
        match hit.locator:
            case TimeRange(start_s, end_s):
                row |= {"start_s": start_s, "end_s": end_s}
            case LineRange(first_line, last_line):
                row |= {"first_line": first_line, "last_line": last_line}
        rows.append(row)
    return rows


def _as_csv(hits: Sequence[Hit]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS)
    writer.writeheader()
    writer.writerows(_rows(hits))
    # Spreadsheets take a file without this mark for one in the system's old encoding.
    return text.getvalue().encode("utf-8-sig", "surrogateescape")


def _as_parquet(hits: Sequence[Hit]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet

    whole = {"rank", "first_line", "last_line"}
    schema = pa.schema(
        [
            (name, pa.string() if name in _TEXTS else pa.int64() if name in whole else pa.float64())
            for name in _COLUMNS
        ]
    )
    content = io.BytesIO()
    pa.parquet.write_table(pa.Table.from_pylist(_rows(hits), schema=schema), content)
    return content.getvalue()


def _write_parquet(path: Path, schema: Any, batches: Iterable[Any]) -> None:
    import pyarrow.parquet

    draft = path.with_name(f".{path.name}.draft")
    try:
        with pyarrow.parquet.ParquetWriter(draft, schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
