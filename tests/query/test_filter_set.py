"""Filters that are switched on and off, and the text they are kept as."""

from __future__ import annotations

import pytest

from mmsearch.errors import QueryError
from mmsearch.expression import Field
from mmsearch.query.filter_set import FilterSet
from mmsearch.query.understand import understand
from mmsearch.types import Query


def test_values_are_switched_on_and_off() -> None:
    one = FilterSet().toggled(Field.EXTENSION, "jpg").toggled(Field.EXTENSION, "png")
    assert one.to_text() == "ext:jpg,png"
    assert one.toggled(Field.EXTENSION, "jpg").to_text() == "ext:png"
    assert one.toggled(Field.EXTENSION, "jpg").toggled(Field.EXTENSION, "png") == FilterSet()


def test_ranges_are_set_and_opened() -> None:
    one = FilterSet().limited(Field.SIZE, 10_000, 99_999)
    assert one.to_text() == "size:10kB..99999B"
    assert one.range(Field.SIZE) == (10_000, 99_999)
    assert one.limited(Field.SIZE, None, None) == FilterSet()


@pytest.mark.parametrize(
    "text", ["ext:jpg,png", "date:2023-05..2024 camera:\"Canon EOS 5D\"", "size:>=1MB", ""]
)  # fmt: skip
def test_the_text_is_read_again(text: str) -> None:
    assert FilterSet.from_text(text).to_text() == text


@pytest.mark.parametrize("text", ["date:nonsense", '"', "dog"])
def test_a_damaged_text_is_no_filter(text: str) -> None:
    assert FilterSet.from_text(text) == FilterSet()


def test_words_are_no_filters() -> None:
    with pytest.raises(QueryError, match="not filters alone"):
        understand(Query(text="dog", filters="cat type:video"))


def test_filters_join_those_of_the_text() -> None:
    one = understand(Query(text="dog type:video", filters="date:2023")).query
    other = understand(Query(text="dog type:video AND date:2023")).query
    assert one.where == other.where
    assert one.text == "dog"
    assert understand(Query(text="dog", literal=True, filters="date:2023")).query.where is not None
