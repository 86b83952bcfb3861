"""Files are merged when enough has come, and what was replaced goes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import lancedb
import pyarrow as pa
import pytest

from mmsearch.store import upkeep
from mmsearch.store.upkeep import drop_old_versions, is_merged, is_worth_merging


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a thousandth of the rows were as many."""
    monkeypatch.setattr(upkeep, "_ALWAYS_MERGED_ROWS", 20)
    monkeypatch.setattr(upkeep, "_ROWS_A_FILE", 5)
    monkeypatch.setattr(upkeep, "_KEEP_OLD_VERSIONS", timedelta(milliseconds=1))


@pytest.fixture
def table(tmp_path: Path) -> Any:
    return lancedb.connect(str(tmp_path)).create_table("some", _rows(100))


def _rows(n: int) -> pa.Table:
    return pa.table({"number": list(range(n))})


def _add_files(table: Any, n: int) -> None:
    for _ in range(n):
        table.add(_rows(1))


def test_that_a_large_table_is_merged_when_many_files_have_come(table: Any) -> None:
    _add_files(table, 20)  # 21 files, of 120 rows: 24 are paid for
    assert not is_worth_merging(table)
    _add_files(table, 6)
    assert is_worth_merging(table)
    table.optimize()
    assert not is_worth_merging(table)


def test_that_a_small_table_is_merged_always(tmp_path: Path) -> None:
    table = lancedb.connect(str(tmp_path)).create_table("some", _rows(10))
    assert is_worth_merging(table)


def test_that_full_files_need_no_merging(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "_FULL_FILE_ROWS", 100)
    table.add(_rows(100))
    table.add(_rows(50))
    assert is_merged(table)
    assert not is_worth_merging(table)


def test_that_replaced_files_go_before_more_is_written(table: Any, tmp_path: Path) -> None:
    _add_files(table, 3)
    assert not is_merged(table)
    table.optimize(cleanup_older_than=timedelta(days=1))
    assert is_merged(table)
    assert len(_data_files(tmp_path)) > 1
    drop_old_versions([table])
    assert len(_data_files(tmp_path)) == 1
    assert table.count_rows() == 103


def test_that_an_empty_table_has_nothing_to_drop(tmp_path: Path) -> None:
    schema = pa.schema([("number", pa.int64())])
    assert not is_merged(lancedb.connect(str(tmp_path)).create_table("none", schema=schema))


def _data_files(folder: Path) -> list[Path]:
    return list((folder / "some.lance" / "data").iterdir())
