"""Orders and stacks of results."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.present.arrangement import Order, Stack, arranged, shown_date
from mmsearch.types import Hit, Metadata
from tests.gui.fake_library import made_hit

HITS = [
    made_hit(1, "/x/b.jpg", size_bytes=30, modified_at_s=86_400 * 3),
    made_hit(2, "/x/C.jpg", size_bytes=10, modified_at_s=86_400 * 9),
    made_hit(3, "/x/a.jpg", size_bytes=20, metadata=Metadata(taken_at="1969-01-02T03:04:05")),
]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Order.MATCH, "bCa"),
        (Order.NEWEST, "Cba"),
        (Order.OLDEST, "abC"),
        (Order.NAME, "abC"),
        (Order.LARGEST, "baC"),
        (Order.SMALLEST, "Cab"),
    ],
)
def test_orders(order: Order, names: str) -> None:
    assert "".join(hit.path.stem for hit in arranged(HITS, order).rows) == names


def grouped(groups: str) -> list[Hit]:
    return [
        made_hit(rank, f"/x/{rank}.jpg", group="" if group == "." else group)
        for rank, group in enumerate(groups, 1)
    ]


def ranks(groups: str, *opened: str) -> list[int]:
    return [hit.rank for hit in arranged(grouped(groups), Order.MATCH, set(opened)).rows]


def test_near_duplicates_stand_behind_the_first_of_them() -> None:
    assert ranks("a.ab.ab") == [1, 2, 4, 5]
    assert ranks("a.ab.ab", "a") == [1, 3, 6, 2, 4, 5]
    assert ranks("a.ab.ab", "a", "b") == [1, 3, 6, 2, 4, 7, 5]


def test_a_file_alone_in_its_group_is_no_stack() -> None:
    shown = arranged(grouped("a.b"), Order.MATCH, {"a"})
    assert [shown.stack(hit) for hit in shown.rows] == [None, None, None]
    assert shown.opened == frozenset()


def test_rows_know_their_stack() -> None:
    shown = arranged(grouped("aab"), Order.MATCH, {"a"})
    assert [shown.stack(hit) for hit in shown.rows] == [
        Stack(2, is_open=True, is_top=True),
        Stack(2, is_open=True, is_top=False),
        None,
    ]


def test_the_first_in_the_order_is_on_top() -> None:
    hits = [made_hit(1, "/x/b.jpg", group="g"), made_hit(2, "/x/a.jpg", group="g")]
    assert [hit.rank for hit in arranged(hits, Order.NAME).rows] == [2]


def test_the_day_it_was_taken_counts_before_that_of_the_file() -> None:
    assert shown_date(HITS[2]) == "1969-01-02T03:04:05"
    assert shown_date(HITS[0]).startswith("1970-01-0")


@given(st.text("ab.", max_size=30), st.sets(st.sampled_from("ab")))
def test_every_file_is_shown_or_in_a_closed_stack(groups: str, opened: set[str]) -> None:
    hits = grouped(groups)
    shown = arranged(hits, Order.MATCH, opened)
    closed = [
        hit.rank
        for group, members in shown.members.items()
        if group not in opened
        for hit in members[1:]
    ]
    assert sorted([*(hit.rank for hit in shown.rows), *closed]) == [hit.rank for hit in hits]
