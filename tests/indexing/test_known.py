"""Assets as columns, against a dictionary of them."""

from __future__ import annotations

from itertools import product

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.indexing.known import KnownAssets, KnownContents
from mmsearch.store.records import FAILED, INDEXED, AssetRecord, asset_schema, records_to_arrow


def asset(asset_id: str, **changes: object) -> AssetRecord:
    fields = {
        "root_id": "root",
        "relative_path": f"{asset_id}.py",
        "modality": "code",
        "size_bytes": 1,
        "mtime_ns": 2,
        "content_id": f"of {asset_id}",
        "status": INDEXED,
        "space": "s",
    }
    return AssetRecord(asset_id, **(fields | changes))  # type: ignore[arg-type]


def known(*assets: AssetRecord) -> KnownAssets:
    return KnownAssets(records_to_arrow(list(assets), asset_schema()))


TEXTS = st.lists(st.text(max_size=3) | st.text("ab", min_size=15, max_size=18))


@given(TEXTS, TEXTS)
def test_rows_are_those_of_a_dictionary(ids: list[str], wanted: list[str]) -> None:
    unique = list(dict.fromkeys(ids))
    rows = {asset_id: row for row, asset_id in enumerate(unique)}
    found = known(*map(asset, unique)).rows(wanted)
    assert found.tolist() == [rows.get(asset_id, -1) for asset_id in wanted]


def test_ids_with_equal_ends_are_told_apart() -> None:
    end = "the same sixteen bytes at the end"
    table = known(asset(f"one {end}"), asset(f"two {end}"), asset(end))
    wanted = [f"two {end}", end, f"one {end}", f"three {end}"]
    assert table.rows(wanted).tolist() == [1, 2, 0, -1]


def test_only_some_roots_are_compared_and_all_contents_are_known() -> None:
    table = records_to_arrow([asset("a"), asset("b", root_id="other")], asset_schema())
    some = KnownAssets(table, ["other"])
    assert some.rows(["a", "b"]).tolist() == [-1, 0]
    contents = some.contents("s")
    assert "of a" in contents
    assert "of b" in contents


def test_what_is_good_and_what_is_read_again() -> None:
    assets = [
        asset(f"{place}", status=status, space=space, failure_kind=kind)
        for place, (status, space, kind) in enumerate(
            [
                *product([INDEXED], ["s", "old"], [""]),
                *product([FAILED], [""], ["corrupt", "vanished"]),
            ]
        )
    ]
    assert known(*assets).is_good("s", frozenset({"vanished"})).tolist() == [
        True,
        False,
        True,
        False,
    ]


def test_contents_are_those_with_vectors_of_this_space() -> None:
    table = known(
        asset("a"), asset("b", space="old"), asset("c", status=FAILED), asset("d", root_id="other")
    )
    contents = table.contents("s")
    assert [f"of {name}" in contents for name in "abcd"] == [True, False, False, True]
    contents.add("of b")
    assert "of b" in contents
    assert table.of_root("other").tolist() == [3]


def test_nothing_is_known_of_an_empty_library() -> None:
    nothing = known()
    assert nothing.rows(["a"]).tolist() == [-1]
    assert nothing.of_root("root").size == 0
    assert "x" not in KnownContents(pa.chunked_array([], pa.string()))
