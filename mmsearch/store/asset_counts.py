"""How many assets there are of each sort, counted without making rows of 100,000 files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from mmsearch.store.records import FAILED

if TYPE_CHECKING:
    import pyarrow


class AssetSort(NamedTuple):
    """What assets are counted by."""

    root_id: str
    modality: str
    status: str
    space: str


def count_assets(assets: pyarrow.Table) -> Counter[AssetSort]:
    """Count the rows of a table that has at least the columns of AssetSort."""
    counted = assets.group_by(list(AssetSort._fields)).aggregate([([], "count_all")])
    counts: Counter[AssetSort] = Counter()
    for row in counted.to_pylist():
        n_rows = row.pop("count_all")
        counts[AssetSort(**row)] = n_rows
    return counts


def failed_assets(assets: pyarrow.Table) -> list[dict[str, Any]]:
    """The rows of the assets that could not be read."""
    import pyarrow.compute

    failed: list[dict[str, Any]] = assets.filter(
        pyarrow.compute.equal(assets["status"], FAILED)
    ).to_pylist()
    return failed
