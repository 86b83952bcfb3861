"""Rows of the store, and the Arrow schemas of assets and segments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from mmsearch.types import F32, LineRange, Locator, Metadata, Modality, TimeRange

if TYPE_CHECKING:
    import pyarrow

INDEXED = "indexed"
FAILED = "failed"
FIELD_CODE, FIELD_SAID = "code", "said"
"""The field of words that stand in a piece of code."""


@dataclass(frozen=True, slots=True)
class RootRecord:
    """A folder (or single file) that the user added."""

    root_id: str
    path: str
    volume_id: str = ""
    volume_path: str = ""
    """The root's path on its volume, so that it is found again under another mount point."""


@dataclass(frozen=True, slots=True)
class AssetRecord:
    """One file: what the disk said about it, and what became of it."""

    asset_id: str
    root_id: str
    relative_path: str
    modality: str
    size_bytes: int
    mtime_ns: int
    content_id: str
    status: str
    failure_kind: str = ""
    reason: str = ""
    hint: str = ""
    taken_at: str = ""
    metadata: str = "{}"
    space: str = ""
    """The space its segments were encoded in; another encoder has to read the file again."""


@dataclass(frozen=True, slots=True, eq=False)
class SegmentRecord:
    """One segment of a content with its vector."""

    content_id: str
    ordinal: int
    kind: Modality
    locator: Locator
    vector: F32
    words: str | None = None
    """What the lexical index finds it by, terms with blanks between; None: it is not in there."""


def metadata_to_json(metadata: Metadata) -> str:
    """Only the fields that are known, as compact JSON."""
    known = {name: value for name, value in asdict(metadata).items() if value not in (None, (), "")}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def metadata_from_json(text: str) -> Metadata:
    """The reverse of metadata_to_json; fields of a newer minor version are passed over."""
    given = json.loads(text)
    known = {name: given[name] for name in Metadata.__slots__ if name in given}
    for name in ("notes", "tags"):
        if name in known:
            known[name] = tuple(known[name])
    return Metadata(**known)


def asset_schema() -> pyarrow.Schema:
    import pyarrow as pa

    whole_numbers = {"size_bytes", "mtime_ns"}
    return pa.schema(
        [
            (name, pa.int64() if name in whole_numbers else pa.string())
            for name in AssetRecord.__slots__
        ]
    )


def segment_schema(dim: int) -> pyarrow.Schema:
    import pyarrow as pa

    return pa.schema(
        [
            ("content_id", pa.string()),
            ("ordinal", pa.int32()),
            ("kind", pa.string()),
            ("start", pa.float64()),
            ("end", pa.float64()),
            ("vector", pa.list_(pa.float16(), dim)),
        ]
    )


def words_schema() -> pyarrow.Schema:
    """Words of segments: the same whatever encoder made the vectors, hence a table of their own.

    ``field`` says where they come from, so that other sources can stand beside the first.
    """
    import pyarrow as pa

    return pa.schema(
        [
            ("content_id", pa.string()),
            ("ordinal", pa.int32()),
            ("field", pa.string()),
            ("text", pa.string()),
        ]
    )


def records_to_arrow(records: list[AssetRecord], schema: pyarrow.Schema) -> pyarrow.Table:
    """Assets as an Arrow table."""
    import pyarrow as pa

    columns = {name: [getattr(record, name) for record in records] for name in schema.names}
    return pa.table(columns, schema=schema)


def segments_to_arrow(segments: list[SegmentRecord], dim: int) -> pyarrow.Table:
    """Segments as an Arrow table with float16 vectors; refuses NaN and wrong dimensions."""
    import numpy as np
    import pyarrow as pa

    if not segments:
        return segment_schema(dim).empty_table()
    vectors = np.stack([segment.vector for segment in segments]).astype(np.float16)
    if vectors.shape[1] != dim or not np.isfinite(vectors).all():
        raise ValueError(f"vectors must be finite and of dimension {dim}, got {vectors.shape}")
    bounds = [_bounds(segment.locator) for segment in segments]
    schema = segment_schema(dim)
    return pa.table(
        {
            "content_id": [segment.content_id for segment in segments],
            "ordinal": [segment.ordinal for segment in segments],
            "kind": [segment.kind.value for segment in segments],
            "start": [start for start, _ in bounds],
            "end": [end for _, end in bounds],
            "vector": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), dim),
        },
        schema=schema,
    )


def words_to_arrow(segments: list[SegmentRecord]) -> pyarrow.Table:
    """The words of those segments that have some, or could have."""
    import pyarrow as pa

    worded = [segment for segment in segments if segment.words is not None]
    return pa.table(
        {
            "content_id": [segment.content_id for segment in worded],
            "ordinal": [segment.ordinal for segment in worded],
            "field": [FIELD_CODE] * len(worded),
            "text": [segment.words for segment in worded],
        },
        schema=words_schema(),
    )


def said_to_arrow(words: Mapping[tuple[str, int], str]) -> pyarrow.Table:
    """Words that models made of segments: by content and place in it, terms with blanks between."""
    import pyarrow as pa

    return pa.table(
        {
            "content_id": [content_id for content_id, _ in words],
            "ordinal": [ordinal for _, ordinal in words],
            "field": [FIELD_SAID] * len(words),
            "text": list(words.values()),
        },
        schema=words_schema(),
    )


def _bounds(locator: Locator) -> tuple[float | None, float | None]:
    match locator:
        case TimeRange(start_s, end_s):
            return start_s, end_s
        case LineRange(first_line, last_line):
            return float(first_line), float(last_line)
        case None:
            return None, None
