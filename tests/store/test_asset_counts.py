"""Counting assets by sort, against a loop over rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import hypothesis
import pyarrow as pa
from hypothesis import strategies

from mmsearch.store.asset_counts import AssetSort, count_assets, failed_assets
from mmsearch.store.records import FAILED, INDEXED, AssetRecord, asset_schema

SORTS = strategies.builds(
    AssetSort,
    root_id=strategies.sampled_from("ab"),
    modality=strategies.sampled_from(["image", "code", ""]),
    status=strategies.sampled_from([INDEXED, FAILED]),
    space=strategies.sampled_from(["", "x@1"]),
)


@hypothesis.given(strategies.lists(SORTS))
def test_counts_are_those_of_a_loop(sorts: list[AssetSort]) -> None:
    rows = [
        asdict(
            AssetRecord(
                asset_id=str(place),
                relative_path=f"{place}.jpg",
                size_bytes=1,
                mtime_ns=1,
                content_id="c",
                **sort._asdict(),
            )
        )
        for place, sort in enumerate(sorts)
    ]
    table = pa.Table.from_pylist(rows, schema=asset_schema())
    assert count_assets(table) == Counter(sorts)
    assert failed_assets(table) == [row for row in rows if row["status"] == FAILED]
