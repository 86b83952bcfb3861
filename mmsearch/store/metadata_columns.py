"""What files say about themselves as columns, so that a search never parses JSON."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

UNKNOWN_MS = -1


def metadata_columns(metadata: Any) -> tuple[Any, Any, Any]:
    """From a column of JSON of types.Metadata, as records.metadata_to_json writes it.

    Returns the durations (n,) int64 in milliseconds, UNKNOWN_MS where there is none, and the
    cameras and programming languages as Arrow columns, empty where there is none.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import json

    fields = [("duration_s", pa.float64()), ("camera", pa.string()), ("language", pa.string())]
    lines = "\n".join(metadata.to_pylist()).encode()
    table = json.read_json(
        io.BytesIO(lines),
        # Blocks have to hold the longest line; one block is the simplest that always does.
        read_options=json.ReadOptions(use_threads=False, block_size=len(lines) + 1),
        parse_options=json.ParseOptions(
            explicit_schema=pa.schema(fields), unexpected_field_behavior="ignore"
        ),
    )
    if table.num_rows != len(metadata):
        raise ValueError(f"{len(metadata)} rows of metadata hold {table.num_rows} values")
    seconds = np.asarray(table["duration_s"].to_numpy(), np.float64)
    known = np.isfinite(seconds)
    duration_ms = np.where(known, np.where(known, seconds, 0) * 1000, UNKNOWN_MS).astype(np.int64)
    return duration_ms, pc.fill_null(table["camera"], ""), pc.fill_null(table["language"], "")
